/** Mail in and out behind one port. A connector sends what it is given, byte for byte, and can look up what it sent. */
import type { RemyError } from '../domain/errors.ts';

export type OutgoingMail = {
  /** RFC 5322 Message-ID with angle brackets, made by us before the first try: the key of the effect. */
  readonly messageId: string;
  readonly from: string;
  readonly replyTo: string | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly { name: string; mime: string; bytes: Uint8Array }[];
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** `mailto:` address for List-Unsubscribe; null for none. */
  readonly listUnsubscribe: string | null;
  readonly date: Date;
};

export type IncomingMail = {
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly body: string | null;
  /** ISO 8601. */
  readonly sentAt: string;
  /** What the mail says of itself: a bounce, an automatic answer, a list. */
  readonly automatic: boolean;
  /** Final recipient of a delivery failure (RFC 3464). */
  readonly bouncedRecipient: string | null;
  /** Where one report names several: the others. */
  readonly otherBouncedRecipients?: readonly string[];
  /** Files, pictures within the text left out. Bytes from outside: read with care, never run. */
  readonly attachments?: readonly {
    readonly name: string;
    readonly mime: string;
    readonly bytes: Uint8Array;
  }[];
};

export type SentMail = {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly sentAt: string;
};

/**
 * What became of a try. `refused`: certainly not sent; `retry` says whether another try may help. Everything else that
 * goes wrong (timeout, broken connection, 5xx) throws: then nobody knows, and the mail is looked up.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly detail: string }
  | {
      readonly outcome: 'refused';
      readonly retry: boolean;
      readonly retryAfterSeconds?: number;
      readonly error: RemyError;
    };

export type Mailbox = {
  readonly name: string;
  /**
   * Seconds after a try until a search of Sent is sure to show what left: before that, "not found" proves nothing and
   * the caller waits. Not given: at once.
   */
  readonly settleSeconds?: number;
  send(mail: OutgoingMail, signal: AbortSignal): Promise<SendResult>;
  /** The sent mail with this Message-ID; null when it certainly did not leave. Throws when it cannot tell. */
  findSent(messageId: string, signal: AbortSignal): Promise<SentMail | null>;
  /** Everything sent from this instant on, by us or by hand: compared after an unclean stop. */
  listSent(since: Date): AsyncIterable<SentMail>;
  /** Incoming mail, oldest first; the same mail may come again. */
  listIncoming(since: Date | null): AsyncIterable<IncomingMail>;
  /** Null when it can be used; else what is wrong and what to do. */
  problem(): Promise<string | null>;
};

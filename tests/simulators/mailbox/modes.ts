/** How the simulated provider treats a request. What is accepted has left: it counts as sent, whatever the answer. */
export type Mode =
  | { mode: 'ok' }
  /** Takes the mail, then answers 500. */
  | { mode: 'accepted_then_500' }
  /** Answers 500 (or another status) and took nothing. */
  | { mode: 'failed'; status?: number }
  /** Takes the mail, then cuts the connection after so many bytes of its answer (0: before the first one). */
  | { mode: 'cut_answer'; bytes: number }
  /** Cuts the connection after so many bytes of the request's body; nothing was taken. */
  | { mode: 'cut_request'; bytes: number }
  /** Takes the mail after `takeMs`, answers after another `answerMs`. */
  | { mode: 'slow'; takeMs?: number; answerMs: number }
  /** 429; took nothing. */
  | { mode: 'too_many'; retryAfterSeconds: number }
  /** Refuses the mail for good, such as for a wrong recipient. */
  | { mode: 'refused'; reason: string }
  /** 401: the token is not good any more; took nothing. */
  | { mode: 'token_expired' };

/** One mail as it was taken. */
export type TakenMail = {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  readonly body: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly listUnsubscribe: string | null;
  readonly attachments: readonly { name: string; mime: string; base64: string }[];
  readonly date: string;
};

/** One request, in the order of arrival. */
export type JournalEntry = {
  readonly at: number;
  readonly act: 'send' | 'search' | 'list_sent' | 'list_inbox';
  readonly messageId: string | null;
  readonly mode: Mode['mode'];
  /** The mail left. */
  taken: boolean;
  /** Null: the connection was cut, or the caller went away before the answer. */
  status: number | null;
};

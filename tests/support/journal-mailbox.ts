/**
 * A mail provider in memory, as the outside world: its journal holds everything that it really sent. What it does with
 * a mail is scripted; it also keeps what is still under way after the caller has gone.
 */
import { RemyError } from '../../src/domain/errors.ts';
import type { Mailbox, OutgoingMail, SendResult, SentMail } from '../../src/ports/mailbox.ts';

export type Mode =
  | 'ok'
  /** Sends, then answers an error. */
  | 'done_then_error'
  /** Certainly not sent, and another try may help. */
  | 'refused'
  /** Not sent, and no other try helps. */
  | 'hopeless'
  /** Sends nothing and answers an error. */
  | 'error'
  /** Nobody hears an answer; it is sent after the caller has given up. */
  | 'slow'
  /** Sends, but the answer never comes. */
  | 'answer_lost';

const isMode = (mode: Mode | undefined, ...of: Mode[]): boolean => mode !== undefined && of.includes(mode);
const never = <Value>(signal: AbortSignal): Promise<Value> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
const broken = () => new RemyError('mail_unknown', 'The provider answered 500.', { retryable: true });

export type JournalMailbox = Mailbox & {
  /** Everything that left, in order. */
  readonly journal: OutgoingMail[];
  /** Calls of `send`, whatever became of them. */
  readonly calls: string[];
  readonly lookUps: string[];
  /** Modes of the next calls; `ok` when none is left. */
  readonly script: Mode[];
  /** While true, nothing can be looked up. */
  blind: boolean;
  /** What slow calls had taken is sent now. */
  settle(): void;
};

export function journalMailbox(now: () => Date, settleSeconds = 0): JournalMailbox {
  const journal: OutgoingMail[] = [];
  const times = new Map<string, string>();
  const underWay: OutgoingMail[] = [];
  const take = (mail: OutgoingMail): void => {
    journal.push(mail);
    times.set(mail.messageId, now().toISOString());
  };
  const sent = (mail: OutgoingMail): SentMail => ({
    messageId: mail.messageId,
    to: mail.to,
    subject: mail.subject,
    sentAt: times.get(mail.messageId)!,
  });
  const self: JournalMailbox = {
    ...{ name: 'journal', settleSeconds, journal, calls: [], lookUps: [], script: [], blind: false },
    settle: () => {
      for (const mail of underWay.splice(0)) take(mail);
    },
    send: async (mail, signal): Promise<SendResult> => {
      self.calls.push(mail.messageId);
      const mode = self.script.shift() ?? 'ok';
      if (isMode(mode, 'refused', 'hopeless'))
        return {
          outcome: 'refused',
          retry: mode === 'refused',
          error: new RemyError('mail_refused', 'The provider refused the mail.'),
        };
      if (mode === 'slow') underWay.push(mail);
      else if (mode !== 'error') take(mail);
      if (isMode(mode, 'done_then_error', 'error')) throw broken();
      if (isMode(mode, 'slow', 'answer_lost')) return never(signal);
      return { outcome: 'sent', detail: 'accepted' };
    },
    findSent: async (messageId) => {
      self.lookUps.push(messageId);
      if (self.blind) throw broken();
      const found = journal.find((each) => each.messageId === messageId);
      return found ? sent(found) : null;
    },
    async *listSent(since) {
      for (const mail of journal) if (times.get(mail.messageId)! >= since.toISOString()) yield sent(mail);
    },
    async *listIncoming() {},
    problem: async () => null,
  };
  return self;
}

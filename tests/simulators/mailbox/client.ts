/** The `Mailbox` port over the simulated provider: what a connector to a real one does with its answers. */
import { z } from 'zod';
import { RemyError } from '../../../src/domain/errors.ts';
import type {
  IncomingMail,
  Mailbox,
  OutgoingMail,
  SendResult,
  SentMail,
} from '../../../src/ports/mailbox.ts';

const sentAnswer = z.object({
  mails: z.array(
    z.object({
      messageId: z.string(),
      to: z.array(z.string()),
      subject: z.string().nullable(),
      sentAt: z.string(),
    }),
  ),
});

const wire = ({ attachments, date, ...mail }: OutgoingMail) => ({
  ...mail,
  date: date.toISOString(),
  attachments: attachments.map(({ name, mime, bytes }) => ({
    name,
    mime,
    base64: Buffer.from(bytes).toString('base64'),
  })),
});

const refused = (retry: boolean, code: string, message: string, retryAfterSeconds?: number): SendResult => ({
  outcome: 'refused',
  retry,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  error: new RemyError(code, message, { retryable: retry }),
});

async function readSent(response: Response): Promise<SendResult> {
  const text = await response.text(); // cut short, it throws: then nobody knows
  if (response.ok) return { outcome: 'sent', detail: `accepted: ${text}` };
  if (response.status === 429)
    return refused(
      true,
      'mail_too_many',
      'The provider asks to slow down.',
      Number(response.headers.get('retry-after')),
    );
  if (response.status === 401)
    return refused(true, 'mail_token_expired', 'The access to the mailbox has expired. Connect it again.');
  if (response.status < 500) return refused(false, 'mail_refused', `The provider refused the mail: ${text}`);
  throw new RemyError('mail_unknown', `The provider answered ${response.status}.`, { retryable: true });
}

/**
 * `settleSeconds` says how long after a try the provider's search is sure to show a mail; it is the caller's to wait.
 */
export function simulatorMailbox(at: { url: string; token: string }, settleSeconds = 0): Mailbox {
  const headers = { authorization: `Bearer ${at.token}`, 'content-type': 'application/json' };
  const read = async <Shape extends z.ZodType>(path: string, shape: Shape, signal?: AbortSignal) => {
    const response = await fetch(`${at.url}${path}`, { headers, ...(signal && { signal }) });
    if (!response.ok)
      throw new RemyError('mail_unreachable', `The provider answered ${response.status}.`, {
        retryable: true,
      });
    return shape.parse(await response.json());
  };
  const from = (since: Date | null) => (since ? `?since=${encodeURIComponent(since.toISOString())}` : '');
  return {
    name: 'simulator',
    settleSeconds,
    send: async (mail, signal) =>
      readSent(
        await fetch(`${at.url}/messages`, {
          method: 'POST',
          headers,
          body: JSON.stringify(wire(mail)),
          signal,
        }),
      ),
    findSent: async (messageId, signal): Promise<SentMail | null> =>
      (await read(`/sent/${encodeURIComponent(messageId)}`, sentAnswer, signal)).mails[0] ?? null,
    async *listSent(since) {
      yield* (await read(`/sent${from(since)}`, sentAnswer)).mails;
    },
    async *listIncoming(since) {
      const inbox = z.object({ mails: z.array(z.custom<IncomingMail>()) });
      yield* (await read(`/inbox${from(since)}`, inbox)).mails;
    },
    problem: async () =>
      read('/sent?since=9999', sentAnswer).then(
        () => null,
        () => 'The mail provider does not answer. Try again later.',
      ),
  };
}

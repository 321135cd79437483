import { afterEach, describe, expect, test } from 'vitest';
import type { OutgoingMail } from '../../../src/ports/mailbox.ts';
import { simulatorMailbox } from './client.ts';
import type { Mode } from './modes.ts';
import { type MailboxSimulator, type SimulatorOptions, startMailbox } from './server.ts';

const mail: OutgoingMail = {
  messageId: '<1@remy.test>',
  from: 'Remy <ar@remy.test>',
  replyTo: null,
  to: ['ap@acme.test'],
  cc: [],
  bcc: [],
  subject: 'Invoice 1',
  body: 'Hello',
  attachments: [{ name: 'a.csv', mime: 'text/csv', bytes: new Uint8Array([1, 2, 3]) }],
  inReplyTo: null,
  references: [],
  listUnsubscribe: null,
  date: new Date('2026-11-24T10:00:00Z'),
};
const soon = () => AbortSignal.timeout(2000);

describe('the simulated mail provider', () => {
  let simulator: MailboxSimulator;
  const begin = async (options: SimulatorOptions = {}) => {
    simulator = await startMailbox(options);
    return simulatorMailbox(simulator);
  };
  afterEach(() => simulator.close());

  test('takes a mail, shows it in Sent and counts a second one as a duplicate', async () => {
    const mailbox = await begin();
    expect(await mailbox.findSent(mail.messageId, soon())).toBeNull();
    expect(await mailbox.send(mail, soon())).toMatchObject({ outcome: 'sent' });
    expect(await mailbox.findSent(mail.messageId, soon())).toMatchObject({ to: ['ap@acme.test'] });
    expect(simulator.duplicates()).toEqual([]);
    await mailbox.send(mail, soon());
    expect(simulator.duplicates()).toEqual([mail.messageId]);
    expect(simulator.sent[0]!.attachments[0]!.base64).toBe('AQID');
  });

  test.each<[string, Mode, boolean]>([
    ['answers 500 after it took the mail', { mode: 'accepted_then_500' }, true],
    ['answers 500 and took nothing', { mode: 'failed' }, false],
    ['cuts before its answer', { mode: 'cut_answer', bytes: 0 }, true],
    ['cuts within its answer', { mode: 'cut_answer', bytes: 5 }, true],
    ['cuts while it reads', { mode: 'cut_request', bytes: 10 }, false],
    ['answers too late', { mode: 'slow', answerMs: 5000 }, true],
    ['takes it too late', { mode: 'slow', takeMs: 5000, answerMs: 0 }, false],
  ])('a provider that %s leaves the sender without knowing', async (_, mode, taken) => {
    const mailbox = await begin({ modes: mode });
    await expect(mailbox.send(mail, AbortSignal.timeout(300))).rejects.toThrow();
    simulator.setMode({ mode: 'ok' });
    expect((await mailbox.findSent(mail.messageId, soon())) !== null).toBe(taken);
    expect(simulator.journal[0]).toMatchObject({ act: 'send', taken });
  });

  test.each<[Mode, object]>([
    [
      { mode: 'too_many', retryAfterSeconds: 7 },
      { retry: true, retryAfterSeconds: 7 },
    ],
    [{ mode: 'refused', reason: 'no such user' }, { retry: false }],
    [{ mode: 'token_expired' }, { retry: true }],
  ])('%o is a certain no', async (mode, outcome) => {
    const mailbox = await begin({ modes: mode });
    expect(await mailbox.send(mail, soon())).toMatchObject({ outcome: 'refused', ...outcome });
    expect(simulator.sent).toEqual([]);
  });

  test('a search that fails says so instead of "not sent"', async () => {
    const mailbox = await begin({ modes: { mode: 'failed', status: 503 } });
    await expect(mailbox.findSent(mail.messageId, soon())).rejects.toThrow(/503/);
  });

  test('Sent shows a mail only after its lag', async () => {
    const mailbox = await begin({ sentLagMs: 150 });
    await mailbox.send(mail, soon());
    expect(await mailbox.findSent(mail.messageId, soon())).toBeNull();
    await expect.poll(() => mailbox.findSent(mail.messageId, soon())).not.toBeNull();
  });
});

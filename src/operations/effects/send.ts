/** The one call of the provider for one claim, and the look-up of what became of an earlier one. */
import type { OutgoingMail, SentMail } from '../../ports/mailbox.ts';
import { type InHand, pauseAfter, type Result, type Tried, withinLimit } from './parts.ts';
import { recordSent } from './record-sent.ts';
import { leaveUnknown, tryAgain } from './unsent.ts';

type Looked = { readonly found: SentMail | null } | { readonly error: unknown };

async function findSent(work: InHand, messageId: string): Promise<Looked> {
  await work.point('look:before');
  const looked = await withinLimit(work, (signal) => work.mailbox.findSent(messageId, signal)).then(
    (found): Looked => ({ found }),
    (error: unknown): Looked => ({ error }),
  );
  await work.point('look:after');
  return looked;
}

/** It counts on the day it left, by the provider's clock where that can be read. */
function foundSent(work: InHand, tried: Tried, { sentAt }: SentMail): Promise<Result> {
  const at = new Date(sentAt);
  const known = !Number.isNaN(at.getTime()) && at <= work.clock.now();
  return recordSent(work, tried, {
    sentAt: known ? at : work.clock.now(),
    provider: `found among the sent mail of ${work.mailbox.name}`,
  });
}

/**
 * How long "not among the sent mail" proves nothing yet: the call may still be at work at the provider. Counted from
 * when this process first knew of the try, and not by the clock on the wall, which may jump.
 */
function unsettledMs(work: InHand, tried: Tried): number {
  const { mailbox, limits, known, tenantId } = work;
  return limits.callMs + (mailbox.settleSeconds ?? 0) * 1000 - known.since(tenantId, tried);
}

/** Finds out what became of a try that nobody came back from. It is never sent here. */
export async function lookUp(work: InHand, tried: Tried): Promise<Result> {
  const { limits } = work;
  const looked = await findSent(work, tried.messageId);
  const pause = pauseAfter(limits, tried.fence - tried.attempts);
  if ('error' in looked) return leaveUnknown(work, tried, looked.error, pause);
  if (looked.found) return foundSent(work, tried, looked.found);
  const wait = unsettledMs(work, tried);
  if (wait > 0) return leaveUnknown(work, tried, 'Not among the sent mail yet.', Math.min(wait, pause));
  return tryAgain(work, tried, {
    error: 'The last try did not leave.',
    failed: true,
  });
}

async function call(work: InHand, tried: Tried, mail: OutgoingMail): Promise<Result> {
  const { mailbox, limits, clock } = work;
  await work.point('send:before');
  const result = await withinLimit(work, (signal) => mailbox.send(mail, signal)).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  await work.point('send:after');
  if ('error' in result) {
    work.known.since(work.tenantId, tried);
    return leaveUnknown(work, tried, result.error, limits.pauseMs);
  }
  const { answer } = result;
  if (answer.outcome === 'sent')
    return recordSent(work, tried, { sentAt: clock.now(), provider: answer.detail });
  const waits = answer.retryAfterSeconds;
  return tryAgain(work, tried, {
    error: answer.error,
    hopeless: !answer.retry,
    // a provider that says when to come back has not refused this email
    failed: waits === undefined,
    ...(waits !== undefined && { pauseMs: waits * 1000 }),
  });
}

/**
 * Sends once. Where an earlier try is possible (a second one, or a database that may have forgotten the first), the
 * Message-ID is looked up before; when that cannot be told, nothing is sent.
 */
export async function send(work: InHand, tried: Tried, mail: OutgoingMail): Promise<Result> {
  const { limits } = work;
  if (work.compareFirst || tried.attempts > 1) {
    const looked = await findSent(work, tried.messageId);
    if ('error' in looked)
      return tryAgain(work, tried, {
        error: looked.error,
        failed: false,
        pauseMs: pauseAfter(limits, tried.attempts),
      });
    if (looked.found) return foundSent(work, tried, looked.found);
  }
  const held = work.elapsed() - (tried.claimedAt ?? Number.NEGATIVE_INFINITY);
  if (held > limits.leaseMs - 2 * limits.callMs || work.lost.aborted)
    return tryAgain(work, tried, {
      error: 'This process was held up; it is looked at again.',
      failed: false,
    });
  return call(work, tried, mail);
}

/** What running an effect needs, its time limits, and what it reports. Durations are milliseconds. */
import { RemyError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Mailbox } from '../../ports/mailbox.ts';
import type { Held } from '../../store/effects/outcome.ts';
import type { Database } from '../../store/pool.ts';
import type { EffectPoint, OnPoint } from '../proposals/crash-points.ts';
import type { KnownTries } from './known-tries.ts';

export type Limits = {
  /** How long one call of the provider may take. */
  readonly callMs: number;
  /** After this a worker counts as gone; several calls long. */
  readonly leaseMs: number;
  /** The first pause before another try or look; doubled each time up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** Tries or faults of our own after which a person has to look. */
  readonly mostTries: number;
  /** How many effects one sweep takes in hand; how many at once over all sweeps: a fifth of the connections. */
  readonly sweep: number;
  readonly atOnce: number;
};

export const defaultLimits: Limits = {
  callMs: 30_000,
  leaseMs: 300_000,
  pauseMs: 15_000,
  longestPauseMs: 900_000,
  mostTries: 8,
  sweep: 200,
  atOnce: 4,
};

export type Outcome =
  | 'sent'
  | 'applied'
  | 'void'
  | 'later'
  | 'unknown'
  | 'again'
  | 'dead'
  | 'overtaken'
  | 'busy'
  | 'fault';

export type EffectEvent = {
  readonly tenantId: number;
  readonly effectId: number;
  readonly proposalId: number;
  readonly outcome: Outcome;
  /** In words, without content of the email. */
  readonly detail: string;
  readonly error?: unknown;
};

export type Parts = {
  readonly database: Pick<Database, 'pool' | 'kind'>;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  /** This process, as written beside what it takes in hand. */
  readonly instance: string;
  /** Look the Message-ID up before the first try too: where the database may have forgotten a send. */
  readonly compareFirst: boolean;
  readonly limits: Limits;
  readonly point: OnPoint<EffectPoint>;
  /** Milliseconds that only ever grow, whatever happens to the clock on the wall. */
  readonly elapsed: () => number;
  readonly known: KnownTries;
};

/** One effect in the hands of one worker. */
export type InHand = Parts & {
  readonly tenantId: number;
  readonly effectId: number;
  readonly proposalId: number;
  /** Aborted when another worker may begin. */
  readonly lost: AbortSignal;
};

export type Result = { readonly outcome: Outcome; readonly detail: string; readonly error?: unknown };

export const after = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** The pause before the next try or look, growing with how many there were. */
export const pauseAfter = (limits: Limits, count: number): number =>
  Math.min(limits.pauseMs * 2 ** Math.min(Math.max(count - 1, 0), 20), limits.longestPauseMs);

export type Tried = Held & {
  readonly messageId: string;
  readonly attempts: number;
  readonly failures: number;
  /** When the claim was made, by `elapsed`; null for a try of some other process. */
  readonly claimedAt: number | null;
};

/**
 * Waits for a call of the provider, but not longer than `callMs`, nor after the lock was lost: a call that does not
 * heed its signal is left alone, and its outcome is unknown.
 */
export async function withinLimit<Value>(
  { limits, lost }: Pick<InHand, 'limits' | 'lost'>,
  call: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  lost.throwIfAborted();
  const over = new AbortController();
  const stop = () => over.abort(lost.reason);
  const timer = setTimeout(
    () =>
      over.abort(new RemyError('provider_slow', `No answer in ${limits.callMs} ms.`, { retryable: true })),
    limits.callMs,
  );
  lost.addEventListener('abort', stop);
  try {
    const aborted = new Promise<never>((_, reject) => {
      over.signal.addEventListener('abort', () => reject(over.signal.reason), { once: true });
    });
    return await Promise.race([call(over.signal), aborted]);
  } finally {
    clearTimeout(timer);
    lost.removeEventListener('abort', stop);
  }
}

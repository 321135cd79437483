/**
 * Lets what was approved leave: each effect at most once, and none without everything being looked at again.
 *
 * One effect goes: session lock, claim with all checks (one transaction), one call of the provider, record (one
 * transaction). A process may die anywhere in between: what has not begun is begun again, what may have left is looked
 * up by its Message-ID. Nothing here waits for time to pass: what is not due yet is left for a later sweep.
 */

import { type DueEffect, dueEffects, nextDue } from '../store/effects/due.ts';
import { withEffectLock } from '../store/effects/lock.ts';
import { inTenant } from '../store/transaction.ts';
import { claim } from './effects/claim.ts';
import { recordFault } from './effects/fault.ts';
import { createKnownTries } from './effects/known-tries.ts';
import {
  defaultLimits,
  type EffectEvent,
  type InHand,
  type Limits,
  type Outcome,
  type Parts,
  type Result,
} from './effects/parts.ts';
import { lookUp, send } from './effects/send.ts';
import { createSlots } from './effects/slots.ts';

export type { EffectEvent, Limits, Outcome } from './effects/parts.ts';

export type RunEffectsOptions = Pick<Parts, 'database' | 'mailbox' | 'clock' | 'instance'> & {
  /** Default: on the embedded database, which may forget what it acknowledged when the power goes. */
  readonly compareFirst?: boolean;
  readonly limits?: Partial<Limits>;
  readonly onEvent?: (event: EffectEvent) => void;
  readonly onPoint?: Parts['point'];
  /** Default: the machine's monotonic clock. */
  readonly elapsed?: () => number;
};

export type Sweep = {
  /** How many were taken in hand, by what became of them. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** When the next one is due; null when nothing is on its way. */
  readonly nextAt: Date | null;
};

export type RunEffects = {
  /** One sweep over what is due. Never throws for one effect: that one's fault is counted and told by `onEvent`. */
  runDue(tenantId: number, signal?: AbortSignal): Promise<Sweep>;
};

async function carry(work: InHand): Promise<Result | null> {
  const claimed = await claim(work);
  if (claimed.next === 'nothing') return claimed.result;
  return claimed.next === 'look' ? lookUp(work, claimed.tried) : send(work, claimed.tried, claimed.mail);
}

/** One effect, from the lock to what became of it; null when it was not due any more. */
async function runOne(parts: Parts, tenantId: number, due: DueEffect): Promise<Result | null> {
  const inHand = { ...parts, tenantId, effectId: due.id, proposalId: due.proposal_id };
  const busy: Result = { outcome: 'busy', detail: 'Another worker has it.' };
  try {
    const result = await withEffectLock(parts.database, tenantId, due.id, (lost) =>
      carry({ ...inHand, lost }),
    );
    return result === undefined ? busy : result;
  } catch (error) {
    return recordFault({ ...inHand, lost: new AbortController().signal }, error);
  }
}

/** After these the outcome of the last try may still be open. */
const settling = new Set<Outcome>(['unknown', 'busy', 'fault', 'overtaken']);

/** One executor a process: it never takes the same effect twice at once. */
export function createRunEffects(options: RunEffectsOptions): RunEffects {
  const elapsed = options.elapsed ?? (() => performance.now());
  const known = createKnownTries(elapsed);
  const parts: Parts = {
    elapsed,
    known,
    database: options.database,
    mailbox: options.mailbox,
    clock: options.clock,
    instance: options.instance,
    compareFirst: options.compareFirst ?? options.database.kind === 'embedded',
    limits: { ...defaultLimits, ...options.limits },
    point: options.onPoint ?? (() => undefined),
  };
  const { pool } = parts.database;
  const inHand = new Set<string>();
  // over all tenants: each effect in hand keeps one connection for its lock and takes another to write
  const slots = createSlots(parts.limits.atOnce);

  async function take(tenantId: number, due: DueEffect): Promise<Outcome | null> {
    const name = `${tenantId}:${due.id}`;
    if (inHand.has(name)) return 'busy';
    inHand.add(name);
    try {
      const result = await runOne(parts, tenantId, due);
      if (!result) return null;
      if (!settling.has(result.outcome)) known.forget(tenantId, due.id);
      options.onEvent?.({ tenantId, effectId: due.id, proposalId: due.proposal_id, ...result });
      return result.outcome;
    } finally {
      inHand.delete(name);
    }
  }

  return {
    runDue: async (tenantId, signal) => {
      const due = await inTenant(pool, tenantId, (sql) =>
        dueEffects(sql, parts.clock.now(), parts.limits.sweep),
      );
      const outcomes: Partial<Record<Outcome, number>> = {};
      const one = async (each: DueEffect): Promise<void> => {
        const outcome = signal?.aborted ? null : await take(tenantId, each);
        if (outcome) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      };
      await Promise.all(due.map((each) => slots(() => one(each))));
      return { outcomes, nextAt: await inTenant(pool, tenantId, nextDue) };
    },
  };
}

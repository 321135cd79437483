/** What is on its way out, what left, and what could not: dead letters stay in sight. */
import { z } from 'zod';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { nextDue } from '../store/effects/due.ts';
import { countEffects, type EffectListing, readEffects } from '../store/effects/read.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { parseInput } from './recording.ts';

const groups = {
  open: ['ready', 'sending', 'unknown'],
  dead: ['dead'],
  sent: ['sent'],
  ended: ['void', 'cancelled'],
  all: ['ready', 'sending', 'unknown', 'sent', 'void', 'cancelled', 'dead'],
} as const;

export const listEffectsInput = z.strictObject({
  state: z.enum(['open', 'dead', 'sent', 'ended', 'all']).default('open'),
  limit: z.int().min(1).max(200).default(50),
});

export type ListEffectsOutput = {
  /** All of them by state, whatever was asked for. */
  readonly counts: Readonly<Record<string, number>>;
  readonly effects: readonly EffectListing[];
  /** ISO 8601; null when nothing is on its way. */
  readonly nextAt: string | null;
};

/** Newest first. Sales see those of their own customers. */
export const createListEffects =
  (database: Pick<Database, 'pool'>) =>
  async (raw: z.input<typeof listEffectsInput>, context: Context): Promise<ListEffectsOutput> => {
    const { state, limit } = parseInput(listEffectsInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const owner = visibleOwner(context.actor);
      const counted = await countEffects(sql, { states: groups.all, owner });
      return {
        counts: Object.fromEntries(counted.map((each) => [each.state, each.count])),
        effects: await readEffects(sql, { states: groups[state], owner }, limit),
        nextAt: (await nextDue(sql))?.toISOString() ?? null,
      };
    });
  };

/**
 * What is asked about cash, and which tool calls must come of it. One conversation a line in cash.jsonl, over the
 * ledger of cash-scenario.ts; customers stand by name and payments by number.
 */
import { z } from 'zod';
import { goldenTurn, readConversations } from './conversations.ts';

const conversation = z.strictObject({
  id: z.string(),
  as: z.enum(['viewer', 'collector', 'controller']).default('collector'),
  /** It begins with a ledger of its own; those after it go on with that one. */
  fresh: z.boolean().default(false),
  turns: z
    .array(
      goldenTurn.extend({
        /** What is open of invoices, or unapplied of payments, where the turn changed it: decimals by number. */
        books: z.record(z.string(), z.string()).default({}),
      }),
    )
    .min(1),
});
export type GoldenCash = z.infer<typeof conversation>;

export const goldenCash: readonly GoldenCash[] = readConversations('cash.jsonl', conversation);

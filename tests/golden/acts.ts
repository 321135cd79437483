/**
 * What is asked about chasing, and which tool calls must come of it. One conversation a line in acts.jsonl; today is
 * that of the golden questions, customers stand by name. `tells` must stand in the answer over the demo company.
 */
import { z } from 'zod';
import { goldenTurn, readConversations } from './conversations.ts';

const conversation = z.strictObject({
  id: z.string(),
  /** `viewer` is Maria Lopez, who sees her own accounts; else Dana Kim asks, who collects. */
  as: z.enum(['viewer', 'collector']).default('collector'),
  turns: z.array(goldenTurn).min(1),
  /** Its calls follow from what other tools gave, so it needs the real ones. */
  outputs: z.boolean().default(false),
});
export type GoldenAct = z.infer<typeof conversation>;

export const goldenActs: readonly GoldenAct[] = readConversations('acts.jsonl', conversation);

/**
 * What is asked about chasing, and which tool calls must come of it. One conversation a line in acts.jsonl; today is
 * that of the golden questions, customers stand by name. `tells` must stand in the answer over the demo company.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const turn = z.strictObject({
  ask: z.string(),
  /** The calls of the answer, without find_customer; customer names in place of ids. */
  calls: z.array(z.strictObject({ tool: z.string(), input: z.record(z.string(), z.unknown()) })).default([]),
  /** A question back. */
  asksBack: z.boolean().default(false),
  /** Plain talk that begins like this. */
  says: z.string().optional(),
  tells: z.array(z.string()).default([]),
  /** The operation must refuse it; the answer says why. */
  refused: z.boolean().default(false),
});

const conversation = z.strictObject({
  id: z.string(),
  /** `viewer` is Maria Lopez, who sees her own accounts; else Dana Kim asks, who collects. */
  as: z.enum(['viewer', 'collector']).default('collector'),
  turns: z.array(turn).min(1),
  /** Its calls follow from what other tools gave, so it needs the real ones. */
  outputs: z.boolean().default(false),
});
export type GoldenAct = z.infer<typeof conversation>;

export const goldenActs: readonly GoldenAct[] = readFileSync(join(import.meta.dirname, 'acts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => conversation.parse(JSON.parse(line)));

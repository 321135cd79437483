/**
 * The golden questions: what is asked, by whom, and which tool calls must come of it. They are kept one a line in
 * questions.jsonl. Today is always 2026-08-20, a Thursday; customers stand by name where a call has their ids.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The day of all golden questions. */
export const goldenToday = '2026-08-20';

const turn = z.strictObject({
  ask: z.string(),
  /** The calls that the answer is made of, without find_customer; customer names in place of ids. */
  calls: z.array(z.strictObject({ tool: z.string(), input: z.record(z.string(), z.unknown()) })).optional(),
  /** A question back, with no figure. */
  asksBack: z.boolean().optional(),
  /** A refusal or plain talk that begins like this, with no figure. */
  says: z.string().optional(),
});

const question = z.strictObject({
  id: z.string(),
  /** `viewer` is Maria Lopez, who sees her own accounts; else a collector asks. */
  as: z.enum(['viewer', 'collector']).default('collector'),
  turns: z.array(turn).min(1),
  /** False: names customers that the demo company does not have. */
  demo: z.boolean().default(true),
});
export type GoldenQuestion = z.infer<typeof question>;

export const goldenQuestions: readonly GoldenQuestion[] = readFileSync(
  join(import.meta.dirname, 'questions.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => question.parse(JSON.parse(line)));

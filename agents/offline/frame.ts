/** What the model remembers of a turn, kept on its message and so in the graph's checkpoints. Plain JSON, checked when read. */
import { z } from 'zod';
import { cashMemory } from './cash/slots.ts';
import { slots } from './slots.ts';

export const candidate = z.strictObject({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  country: z.string().nullable(),
  parentId: z.int().nullable(),
});
export type Candidate = z.infer<typeof candidate>;

export const toolCall = z.strictObject({ name: z.string(), args: z.record(z.string(), z.unknown()) });
export type PlannedCall = z.infer<typeof toolCall>;

export const frame = z.strictObject({
  slots,
  /** What was asked back, while the answer is awaited. */
  pending: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('customer'), candidates: z.array(candidate).max(10) }),
      z.strictObject({ kind: z.literal('name') }),
      z.strictObject({ kind: z.literal('field') }),
      /** What an act still lacks: a day, an amount, a reason. */
      z.strictObject({ kind: z.literal('detail') }),
    ])
    .nullable()
    .default(null),
  /** The calls whose outputs the last answer came from; "how was this computed" runs them again. */
  calls: z.array(toolCall).max(6).default([]),
  /** What was shown or proposed of payments; stays until other payments are. */
  cash: cashMemory.optional(),
});
export type Frame = z.infer<typeof frame>;

/** The frame on a message, or null when there is none or it is not valid. */
export function readFrame(kwargs: Record<string, unknown> | undefined): Frame | null {
  const read = frame.safeParse(kwargs?.frame);
  return read.success ? read.data : null;
}

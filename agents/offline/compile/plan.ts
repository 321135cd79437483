/** What to do about a question: tool calls, or something to say. */
import type { Frame, PlannedCall } from '../frame.ts';

export type Plan =
  | { kind: 'calls'; calls: PlannedCall[] }
  | { kind: 'say'; text: string; pending?: Frame['pending'] };

export const call = (name: string, args: Record<string, unknown>): PlannedCall => ({
  name,
  args: withoutUndefined(args),
});
export const calls = (...planned: PlannedCall[]): Plan => ({ kind: 'calls', calls: planned });
export const say = (text: string, pending?: Frame['pending']): Plan => ({
  kind: 'say',
  text,
  ...(pending ? { pending } : {}),
});

/** JSON has no undefined: keys without a value are left out, at every depth. */
export const withoutUndefined = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value));

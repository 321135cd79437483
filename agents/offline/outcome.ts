/** What one message leads to: look-ups of names, a plan, or words. */
import type { z } from 'zod';
import { findCustomerOutput } from '../../src/domain/ledger-query/answers.ts';
import { call, type Plan, say } from './compile/plan.ts';
import type { Frame, PlannedCall } from './frame.ts';
import type { History } from './history.ts';
import { lookUpKey } from './names.ts';
import type { Slots } from './slots.ts';

export type Outcome = { plan: Plan; slots: Slots };
export type LookUp = z.infer<typeof findCustomerOutput>;

const MAX_LOOKUPS = 8;

export const stop = (text: string, slots: Slots, pending?: Frame['pending']): Outcome => ({
  plan: say(text, pending),
  slots,
});

/** What find_customer said in this turn, by the text that was looked up. */
export function lookUpsOf(history: History): Map<string, LookUp> {
  const found = new Map<string, LookUp>();
  for (const { call: made, output } of history.results) {
    if (made.name !== 'find_customer') continue;
    const read = findCustomerOutput.safeParse(output);
    const name = String(made.args.name ?? '');
    found.set(
      lookUpKey(name),
      read.success ? read.data : { asked: name, resolved: null, why: 'none', matches: [] },
    );
  }
  return found;
}

export const lookUpCalls = (names: readonly string[]): PlannedCall[] =>
  [...new Set(names)].slice(0, MAX_LOOKUPS).map((name) => call('find_customer', { name }));

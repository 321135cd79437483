/** Which rung of the ladder is next for the oldest invoice that may be chased. */
import { addDays, type Day, daysBetween } from '../calendar.ts';
import type { CadencePolicy, CadenceStep } from '../chase/policy.ts';
import type { ChaseFacts, ChaseInvoice } from './facts.ts';

/** The steps of the customer's segment, by day. */
export function ladderOf(
  policy: Pick<CadencePolicy, 'segments'>,
  { segment }: Pick<ChaseFacts['customer'], 'segment'>,
): CadenceStep[] {
  const name = segment?.toLowerCase() ?? 'default';
  const steps = Object.hasOwn(policy.segments, name) ? policy.segments[name] : policy.segments.default;
  return [...(steps ?? [])].sort((a, b) => a.day - b.day);
}

/** Final notices and hand-overs: none of them is skipped, and none comes before the customer was written to. */
const isSevere = (step: CadenceStep): boolean =>
  step.letter === 'final_notice' || step.channel === 'hand_over';
const isPlainEmail = (step: CadenceStep): boolean => step.channel === 'email' && !isSevere(step);

type Contact = {
  readonly on: Day;
  readonly stepId: string | null;
  readonly currency: string | null;
  readonly invoiceIds?: readonly number[] | null;
};

/**
 * The rung that a chase was for an invoice: what it was when it went out, but none that the invoice had not reached by
 * then. A chase that named no step of this ladder was a reminder of its day, never a final notice.
 * -1: the invoice had reached no rung, so it was not about it.
 */
function rungFor(contact: Contact, invoice: ChaseInvoice, ladder: readonly CadenceStep[]): number {
  if (contact.invoiceIds && !contact.invoiceIds.includes(invoice.id)) return -1;
  const days = daysBetween(invoice.dueOn, contact.on);
  const reached = ladder.findLastIndex((step) => step.day <= days);
  const named = ladder.findIndex((step) => step.id === contact.stepId);
  if (named >= 0) return Math.min(named, reached);
  return ladder.findLastIndex((step, at) => at <= reached && isPlainEmail(step));
}

export type Rung = { readonly step: CadenceStep } | { readonly step: null; readonly nextOn: Day | null };

/**
 * The step to take for the invoice on a day, or the day of the next one (null: all are taken).
 * The latest rung it has reached is taken and skipped ones are not made up for (nor is a reminder before the due day
 * sent after it); but final notice and hand-overs come
 * one by one, and not before one earlier message about this invoice.
 */
export function nextRung(
  invoice: ChaseInvoice,
  facts: Pick<ChaseFacts, 'chases' | 'tasksMade' | 'currency'>,
  ladder: readonly CadenceStep[],
  today: Day,
): Rung {
  const begins = addDays(invoice.dueOn, ladder[0]?.day ?? 0);
  const mine = (each: Contact) =>
    each.on >= begins && each.on <= today && (each.currency === null || each.currency === facts.currency);
  const chased = facts.chases.filter(mine).map((each) => rungFor(each, invoice, ladder));
  const made = facts.tasksMade
    .filter(mine)
    .filter((each) => ladder.some((step) => step.id === each.stepId))
    .map((each) => rungFor(each, invoice, ladder));
  const taken = Math.max(-1, ...chased, ...made);
  const days = daysBetween(invoice.dueOn, today);
  const isReached = (step: CadenceStep) => step.day <= days && !(step.day < 0 && days > 0);
  const reached = ladder.filter(isReached);
  const open = ladder.filter((step, at) => at > taken && isReached(step));
  if (open.length === 0) {
    const next = ladder.find((step, at) => at > taken && step.day > days);
    return { step: null, nextOn: next ? addDays(invoice.dueOn, next.day) : null };
  }
  const severe = open.find(isSevere);
  const wasChased = chased.some((rung) => rung >= 0);
  if (severe && wasChased) return { step: severe };
  if (!wasChased) {
    const gentle = reached.filter(isPlainEmail).at(-1);
    if (gentle) return { step: gentle };
  }
  return { step: open.filter((step) => !isSevere(step)).at(-1) ?? severe! };
}

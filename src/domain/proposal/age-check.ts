/** Whether the days that a letter says are still true on the day it leaves. */
import { isChase } from '../cadence/stops.ts';
import { type Day, daysBetween } from '../calendar.ts';
import type { CheckResult, EmailContent } from '../chase/proposals.ts';

/** Days overdue and "pay by": from Friday to Monday, and no longer. */
const CHASE_DAYS = 3;
/** Thanks, a question, a statement of its own day. */
const OTHER_DAYS = 14;

/** The day it was written for, and the day by which it asks for an answer where that is known. */
export type Written = { readonly asOf: Day; readonly answerBy?: Day | undefined };

function problemOf(
  { letter, invoices }: Pick<EmailContent, 'letter' | 'invoices'>,
  { asOf, answerBy }: Written,
  day: Day,
): string | null {
  const age = daysBetween(asOf, day);
  const chase = isChase(letter);
  if (age > (chase ? CHASE_DAYS : OTHER_DAYS))
    return `It was written for ${asOf}, and what it says of days is not true any more on ${day}.`;
  if (chase && answerBy !== undefined && answerBy < day)
    return `It asks for an answer by ${answerBy}, which has passed.`;
  const late = letter === 'reminder' ? invoices.filter(({ dueOn }) => dueOn >= asOf && dueOn < day) : [];
  return late.length === 0
    ? null
    : `It reminds of ${late.map(({ number }) => number).join(', ')} as not yet overdue, which is overdue now.`;
}

/** `day`: when it leaves, or would. */
export function checkAge(
  content: Pick<EmailContent, 'letter' | 'invoices'>,
  written: Written,
  day: Day,
): CheckResult {
  const problem = problemOf(content, written, day);
  return {
    check: 'age',
    ok: problem === null,
    detail: problem ?? `What it says of days, written for ${written.asOf}, holds.`,
  };
}

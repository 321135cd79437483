/** Whom to chase and why, whom not and why not. */
import type { NotChasedItem, WorklistItem, WorklistOutput } from '../../../src/domain/chase/worklist.ts';
import type { ChaseSlots } from '../chasing/slots.ts';
import { counted, days, lines, listed, money, paragraphs, sentence } from './words.ts';

/** The card below shows the rest. */
const SHOWN = 5;

const overdueText = (item: { maxDaysOverdue: number }): string =>
  item.maxDaysOverdue > 0 ? `, up to ${days(item.maxDaysOverdue)} overdue` : '';

/** The first reason that says more than the amount, which stands before it. */
const telling = ({ reasons, dueAmount, currency }: WorklistItem): string => {
  const found = reasons.find((each) => !each.startsWith(money(dueAmount, currency)));
  return found ? ` (${found})` : '';
};

const itemText = (item: WorklistItem): string =>
  `${item.customer.name}, ${money(item.dueAmount, item.currency)} due${overdueText(item)}: ${item.step.text}${telling(item)}`;

const stopsText = (item: NotChasedItem): string =>
  `${item.reasons.map((each) => each.text).join('; ')}${item.nextOn ? `; again from ${item.nextOn}` : ''}`;

const notChasedText = (item: NotChasedItem): string =>
  `${item.customer.name}, ${money(item.overdueAmount, item.currency)} overdue: ${stopsText(item)}`;

/** One account: why it is on the list, or what stops it. */
function why(output: WorklistOutput): string {
  const { items, notChased, on } = output;
  if (items.length === 0 && notChased.length === 0)
    return `Nothing of that account calls for a chase on ${on}: it owes nothing that is due.`;
  return paragraphs(
    ...items.map((item) =>
      paragraphs(
        sentence(
          `${item.customer.name} is in place ${item.rank} of the list of ${on}: ${item.step.text}, about ${money(item.dueAmount, item.currency)}${overdueText(item)}`,
        ),
        lines(item.reasons.slice(0, 5)),
        item.wouldChange.length > 0 &&
          sentence(`What would change the rank: ${item.wouldChange.slice(0, 3).join('; ')}`),
        item.leftOut.length > 0 &&
          sentence(
            `Left out: ${listed(item.leftOut.slice(0, 5).map((each) => `${each.number} (${each.reason.text})`))}`,
          ),
      ),
    ),
    ...notChased.map((item) =>
      paragraphs(
        `${item.customer.name} is not chased on ${on}${items.some((each) => each.customer.id === item.customer.id) ? ` in ${item.currency}` : ''}, because:`,
        lines(item.reasons.slice(0, 6).map((each) => each.text)),
        item.nextOn ? `It can be chased again from ${item.nextOn}.` : null,
      ),
    ),
  );
}

const totalsText = ({ totals }: WorklistOutput): string =>
  listed(totals.map((total) => money(total.amount, total.currency)));

function notChasedList(output: WorklistOutput): string {
  const { notChased, notChasedCount, on } = output;
  if (notChasedCount === 0)
    return `Every account with something due is on the list of ${on}; none is left out.`;
  return paragraphs(
    `Not chased on ${on}: ${counted(notChasedCount, 'account')}, each with the reason.`,
    lines(notChased.slice(0, SHOWN).map(notChasedText)),
  );
}

/** The text beside the worklist's card; at most ten accounts. */
export function phraseWorklist(
  output: WorklistOutput,
  { why: asked, notChased, limit }: ChaseSlots,
  named: boolean,
): string {
  if (asked || named) return why(output);
  if (notChased) return notChasedList(output);
  const { count, items, on, dayOff, notChasedCount } = output;
  return paragraphs(
    dayOff && sentence(`${on} is no working day (${dayOff})`),
    count === 0
      ? `Nobody is to be chased on ${on}.`
      : `To chase on ${on}: ${counted(count, 'account')}, ${totalsText(output)} in all, ranked by the cash that acting is expected to bring.`,
    items
      .slice(0, Math.max(SHOWN, Math.min(limit ?? 0, 10)))
      .map((item, index) => `${index + 1}. ${itemText(item)}`)
      .join('\n'),
    notChasedCount > 0 &&
      `Not chased: ${counted(notChasedCount, 'account')}. Ask "who are we not chasing and why" for the reasons.`,
    'Emails are drafts until somebody approves them.',
  );
}

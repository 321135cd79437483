/** What the reader must know beside the figures. */
import type { Day } from '../calendar.ts';
import type { SettledQuestion } from './settle.ts';

const PERIOD_WORDS = { issued: 'issued', due: 'due', paid: 'paid', received: 'received' } as const;
const OF_DATASET: Partial<
  Record<SettledQuestion['dataset'], Partial<Record<keyof typeof PERIOD_WORDS, string>>>
> = {
  applications: { paid: 'applied' },
  promises: { issued: 'made', due: 'promised' },
  disputes: { issued: 'opened', due: 'answer due' },
  timeline: { issued: 'happened' },
};

/**
 * `currencies`: how many the answer has; `owner`: set when only that person's accounts are seen (P-10);
 * `unknownPaidDays`: the books of a past day are asked, and some invoices were paid on a day nobody recorded.
 */
export function notesOn(
  question: SettledQuestion,
  answer: { today: Day; currencies: number; owner: string | null; unknownPaidDays: boolean },
): string[] {
  const { dataset, filters, asOf, period, groupBy } = question;
  const notes: string[] = [];
  if (answer.currencies > 1) notes.push('Amounts are per currency; nothing is converted.');
  if (asOf > answer.today)
    notes.push(`${asOf} is ahead: days are counted to it, open amounts are those of ${answer.today}.`);
  if (answer.unknownPaidDays)
    notes.push(
      'Some paid invoices have no known payment day; on an earlier day they count as paid, so more may have been open then.',
    );
  if (period)
    notes.push(
      `${groupBy.includes('week') ? 'Weeks' : 'Months'} are of the day ${OF_DATASET[dataset]?.[period] ?? PERIOD_WORDS[period]}.`,
    );
  const byAccount =
    (filters.customer?.except ? undefined : filters.customer) ??
    filters.owner ??
    filters.segment ??
    filters.region ??
    filters.country ??
    answer.owner;
  if (dataset === 'payments' && byAccount)
    notes.push('Payments whose payer is not yet matched to a customer are left out.');
  return notes;
}

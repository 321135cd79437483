/** What was let off already and counts against the limits of whoever lets off more: a limit is not passed in parts. */
import { letOff } from '../../domain/cash/let-off.ts';
import type { Clock } from '../../ports/clock.ts';
import { sumLetOffBefore } from '../../store/cash/live-rows.ts';
import type { ProposalRow } from '../../store/proposals/read.ts';
import type { Sql } from '../../store/transaction.ts';
import { localDay } from '../local-day.ts';
import type { Viewpoint } from './present.ts';

/** Whether approving it closes a part of an invoice without money. */
export const letsOff = ({ content }: Pick<ProposalRow, 'content'>): boolean =>
  content.kind === 'application' && letOff(content.placing, content.currency) > 0n;

/**
 * By proposal, in minor units of its currency: what is let off in force on the invoices on which it lets off, whoever
 * approved that, and what this person let off today for their customers. Those without are left out.
 */
export async function readLetOffBefore(
  sql: Sql,
  rows: readonly ProposalRow[],
  { person, company }: Pick<Viewpoint, 'person' | 'company'>,
  clock: Clock,
): Promise<Map<number, bigint>> {
  const asked = rows
    .filter((row) => ['pending', 'snoozed'].includes(row.state) && letsOff(row))
    .flatMap(({ id, content }) =>
      content.kind === 'application'
        ? content.placing.adjustments
            .filter(({ kind }) => kind !== 'short_pay')
            .map(({ invoiceId }) => ({ key: id, invoiceId }))
        : [],
    );
  return sumLetOffBefore(sql, asked, { madeBy: person.email, on: localDay(clock, company) });
}

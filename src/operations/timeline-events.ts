/** Timeline events as they are shown: documents are told in words. */
import { formatAmount, toDecimal } from '../domain/money.ts';
import type { TimelineRow } from '../store/timeline.ts';

const VERB: Record<string, string> = {
  paid: 'Paid in full with',
  partly_paid: 'Paid in part with',
  credited: 'Credited with',
  reversed: 'Taken back:',
};

function told(row: TimelineRow): string {
  if (row.summary !== null) return row.summary;
  const amount =
    row.amount_minor !== null && row.currency !== null
      ? formatAmount(toDecimal(row.amount_minor, row.currency), row.currency)
      : '';
  if (row.kind === 'issued') return `Issued over ${amount}, due ${row.due_on}`;
  return `${VERB[row.kind] ?? row.kind} ${amount}${row.document === null ? '' : ` (${row.document})`}`;
}

export const presentEvent = (row: TimelineRow) => ({
  day: row.happened_on,
  kind: row.kind,
  summary: told(row),
  actor: row.actor,
  invoice: row.invoice,
});

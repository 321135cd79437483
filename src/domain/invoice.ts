import { type Day, daysBetween } from './calendar.ts';

export type InvoiceStanding = {
  status: 'overdue' | 'not_due' | 'paid' | 'void';
  /** 0 when not due, paid or void. */
  daysOverdue: number;
  /** Due day to paid day of a paid invoice whose paid day is known; negative is early. */
  daysLate: number | null;
};

/** How an invoice stands on the day. Source: policy P-4 in README, overdue from the day after the due day. */
export function invoiceStanding(
  invoice: { status: 'open' | 'paid' | 'void'; dueOn: Day; paidOn: Day | null },
  day: Day,
): InvoiceStanding {
  if (invoice.status !== 'open')
    return {
      status: invoice.status,
      daysOverdue: 0,
      daysLate: invoice.paidOn === null ? null : daysBetween(invoice.dueOn, invoice.paidOn),
    };
  const daysOverdue = Math.max(0, daysBetween(invoice.dueOn, day));
  return { status: daysOverdue > 0 ? 'overdue' : 'not_due', daysOverdue, daysLate: null };
}

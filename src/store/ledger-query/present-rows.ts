/** Rows as they are shown: decimal text, days, and the status in words. */
import { daysBetween } from '../../domain/calendar.ts';
import { abilities } from '../../domain/ledger-query/abilities.ts';
import type { CustomerRef, LedgerRow } from '../../domain/ledger-query/result.ts';
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import { toDecimal } from '../../domain/money.ts';
import type { RowRecord } from './rows.ts';

function invoiceStatus(record: RowRecord, asOf: string): string {
  if (record.raw_status === 'void') return 'void';
  if (record.open === 0n) return 'paid';
  return record.due_on! < asOf ? 'overdue' : 'not_due';
}

function statusOf(record: RowRecord, { dataset, asOf }: SettledQuestion): string | undefined {
  switch (dataset) {
    case 'invoices':
      return invoiceStatus(record, asOf);
    case 'promises':
      return record.state ?? undefined;
    case 'disputes':
      return record.resolved_on && record.resolved_on <= asOf ? 'resolved' : 'open';
    case 'payments':
    case 'credits':
      return record.open === 0n ? 'applied' : record.open === record.amount ? 'unapplied' : 'partly_applied';
    default:
      return undefined;
  }
}

const customerOf = (record: RowRecord): CustomerRef | null =>
  record.customer_id === null
    ? null
    : { id: record.customer_id, code: record.customer_code!, name: record.customer_name! };

/** Leaves out what the dataset does not have; what it has but is unknown stays null. */
const present = (row: Record<string, unknown>): LedgerRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as LedgerRow;

/** `daysOverdue` is there for what is owed only: 0 when it is not due yet. */
export function presentRow(record: RowRecord, question: SettledQuestion): LedgerRow {
  const { dataset, asOf } = question;
  const currency = record.currency ?? undefined;
  const money = (minor: bigint | undefined) =>
    minor === undefined || currency === undefined ? undefined : toDecimal(minor, currency);
  const { ageFrom } = abilities[dataset];
  const born = { issued: record.issued_on, received: record.received_on, paid: record.paid_on };
  const since = ageFrom && born[ageFrom];
  const status = statusOf(record, question);
  const owed = dataset === 'invoices' && (status === 'overdue' || status === 'not_due');
  return present({
    id: record.id,
    number: record.number ?? undefined,
    customer: customerOf(record),
    parent: record.parent,
    currency,
    amount: money(record.amount),
    open: money(record.open),
    issuedOn: record.issued_on ?? undefined,
    dueOn: record.due_on,
    paidOn: dataset === 'invoices' && question.past ? record.paid : record.paid_on,
    receivedOn: record.received_on ?? undefined,
    daysOverdue: owed ? Math.max(0, daysBetween(record.due_on!, asOf)) : undefined,
    ageDays: since ? daysBetween(since, asOf) : undefined,
    status,
    owner: dataset === 'disputes' ? record.row_owner : record.owner,
    segment: record.segment,
    region: record.region,
    country: record.country,
    invoice: record.invoice,
    payment: record.payment,
    payer: record.payer,
    reference: record.reference,
    method: record.method,
    reason: record.reason,
    kind: record.kind ?? undefined,
    summary: record.summary ?? undefined,
    poNumber: record.po_number,
  });
}

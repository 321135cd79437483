/** Cells to payments and applications. */
import { createHash } from 'node:crypto';
import type { ApplicationRow, PaymentRow } from '../../ports/ledger-source.ts';
import { lessDecimal } from './map-documents.ts';
import { optionalCustomerRef } from './map-parties.ts';
import { BadRowError, type RowReader } from './row-reader.ts';

/**
 * A key for payments whose export has none: a digest of what they say. Equal payments of one file are counted, so
 * that the second of two keeps its own key whenever the same file is read.
 */
function contentKey(row: Omit<PaymentRow, 'externalId' | 'line'>, seen: Map<string, number>): string {
  const digest = createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 20);
  const count = (seen.get(digest) ?? 0) + 1;
  seen.set(digest, count);
  return count === 1 ? `content-${digest}` : `content-${digest}-${count}`;
}

function refuseOtherTypes(row: RowReader): void {
  const type = row.text('type', 200);
  if (type !== null && (!/payment|receipt|receive|accrec/i.test(type) || /bill|accpay|refund/i.test(type)))
    throw new BadRowError(`is a "${type.slice(0, 60)}", not a payment that came in`);
  const status = row.text('status', 200);
  if (
    status !== null &&
    /fail|incomplete|cancell?ed|void|deleted|requires|blocked|pending|uncaptured/i.test(status)
  )
    throw new BadRowError(`no money came in (${row.header('status')} is "${status.slice(0, 60)}")`);
}

/** What was received less what was given back; a payment refunded in full is none. */
function received(row: RowReader, currency: string | null): { decimal: string; currency: string | null } {
  const amount = row.needed('amount', row.amount('amount', currency));
  const refunded = row.amount('refunded', currency)?.decimal ?? '0';
  const kept = lessDecimal(amount.decimal, refunded);
  if (kept === null || !/[1-9]/.test(kept))
    throw new BadRowError(
      /[1-9]/.test(refunded) ? 'was refunded in full' : `${row.header('amount')} is not above zero`,
    );
  return { decimal: kept, currency: amount.currency };
}

/** `seen` counts the payments without an id over one reading of a file. */
export function mapPayment(row: RowReader, seen: Map<string, number>): PaymentRow {
  refuseOtherTypes(row);
  const amount = received(row, row.currency());
  const customer = optionalCustomerRef(row);
  const content = {
    receivedOn: row.needed('received_on', row.day('received_on')),
    currency: amount.currency,
    amount: amount.decimal,
    payerName: row.text('payer_name', 300) ?? (customer?.by === 'name' ? customer.value : null),
    payerAccount: row.text('payer_account', 100),
    reference: row.text('reference', 1_000),
    method: row.text('method', 100),
    customer,
    invoice: row.id('invoice_number')?.replace(/^invoice\s*#?\s*/i, '') || null,
  };
  const id = row.id('payment_id');
  if (id === null && row.source === 'csv') row.needed('payment_id', null);
  return { line: row.line, externalId: id ?? contentKey(content, seen), ...content };
}

export function mapApplication(row: RowReader): ApplicationRow {
  const amount = row.needed('amount', row.amount('amount', null)).decimal;
  if (!/[1-9]/.test(amount)) throw new BadRowError(`${row.header('amount')} is not above zero`);
  return {
    line: row.line,
    payment: row.needed('payment_id', row.id('payment_id')),
    invoice: row.needed('invoice_number', row.id('invoice_number')),
    amount,
    appliedOn: row.needed('applied_on', row.day('applied_on')),
  };
}

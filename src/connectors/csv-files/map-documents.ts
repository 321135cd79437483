/** Cells to invoices and credits. */
import type { CreditRow, InvoiceRow } from '../../ports/ledger-source.ts';
import { customerRef } from './map-parties.ts';
import { BadRowError, type RowReader } from './row-reader.ts';

const STATUS: [RegExp, InvoiceRow['status'] | 'draft'][] = [
  [/draft|pending approval|awaiting approval|submitted|rejected/, 'draft'],
  [/void|deleted|cancell?ed/, 'void'],
  [/part(ial|ly|ially)?\b.*\bpaid|partial/, 'open'],
  [
    /unpaid|not paid|awaiting payment|overdue|past due|due (in|today|on)|sent|viewed|delivered|open|authorised|uncollectible/,
    'open',
  ],
  [/paid|closed|deposited/, 'paid'],
];

/** A product's own word for the state; an unknown one counts as not given, but in the canonical format it is wrong. */
function invoiceStatus(row: RowReader): InvoiceRow['status'] {
  const text = row.text('status', 200);
  if (text === null) return null;
  const word = text.toLowerCase();
  if (row.source === 'csv') {
    if (word === 'open' || word === 'paid' || word === 'void') return word;
    throw new BadRowError(`${row.header('status')} "${text.slice(0, 60)}" is none of open, paid, void`);
  }
  const status = STATUS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
  if (status === 'draft') throw new BadRowError(`is not issued yet (${row.header('status')} is "${text}")`);
  return status;
}

/** Difference of two plain decimals as a decimal; null when it would be below zero. */
export function lessDecimal(from: string, less: string): string | null {
  const places = Math.max(...[from, less].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  };
  const left = scaled(from) - scaled(less);
  if (left < 0n) return null;
  const digits = left.toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function openAmount(row: RowReader, currency: string | null, amount: string): string | null {
  const open = row.amount('open_amount', currency);
  if (open) return open.decimal;
  const paid = row.amount('paid_amount', currency);
  if (!paid) return null;
  const left = lessDecimal(amount, paid.decimal);
  if (left === null) throw new BadRowError(`${row.header('paid_amount')} is above ${row.header('amount')}`);
  return left;
}

export function mapInvoice(row: RowReader): InvoiceRow {
  const type = row.text('type', 200);
  if (type !== null && (!/invoice|accrec/i.test(type) || /credit|bill/i.test(type)))
    throw new BadRowError(`is a "${type.slice(0, 60)}", not an invoice`);
  const status = invoiceStatus(row);
  const currency = row.currency();
  const amount = row.needed('amount', row.amount('amount', currency));
  const open = openAmount(row, currency, amount.decimal);
  const number = row.id('number') ?? row.id('invoice_number') ?? row.id('internal_id');
  return {
    line: row.line,
    number: row.needed(row.has('invoice_number') ? 'invoice_number' : 'number', number),
    otherId: number === row.id('internal_id') ? null : row.id('internal_id'),
    customer: customerRef(row),
    issuedOn: row.needed('issued_on', row.day('issued_on')),
    dueOn: row.day('due_on'),
    currency: amount.currency,
    amount: amount.decimal,
    open: status === 'void' ? null : open,
    status,
    paidOn: row.day('paid_on'),
    poNumber: row.text('po_number', 200),
    description: row.text('description'),
  };
}

export function mapCredit(row: RowReader): CreditRow {
  const currency = row.currency();
  const amount = row.needed('amount', row.amount('amount', currency));
  return {
    line: row.line,
    number: row.needed('credit_number', row.id('credit_number')),
    customer: customerRef(row),
    issuedOn: row.needed('issued_on', row.day('issued_on')),
    currency: amount.currency,
    amount: amount.decimal,
    open: row.amount('open_amount', currency)?.decimal ?? null,
  };
}

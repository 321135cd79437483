/** Debits that take a payment back: what it had paid is open again. Where it is not clear whose, a person decides. */

import { returnKindOf } from '../../domain/cash/bank-codes.ts';
import { returnedAmounts } from '../../domain/cash/returned-amounts.ts';
import { baseName } from '../../domain/customer.ts';
import { compareMoney, type MoneyView } from '../../domain/matching/money-evidence.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import type { StoredLine } from '../../store/bank/lines.ts';
import { type AmountOf, linkLines } from '../../store/bank/money.ts';
import {
  invoicesPaidBy,
  type ReturnablePayment,
  returnablePayments,
  unmatchedDebits,
} from '../../store/bank/returns.ts';
import { lockInvoices } from '../../store/cash/documents.ts';
import { lockPayments } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';
import { returnPayment } from '../cash/return-payment.ts';
import { lineView } from './money-views.ts';
import { wordsOf } from './place-money.ts';
import { storableText } from './stored-line.ts';

const AT_ONCE = 200;

export type TakenReturns = {
  /** Where to go on; null at the end. */
  readonly next: number | null;
  readonly returned: readonly { line: StoredLine; payment: string; reopened: readonly string[] }[];
  readonly unclear: readonly { line: StoredLine; warning: string }[];
};

const paymentView = (payment: ReturnablePayment): MoneyView => ({
  names: payment.payer_name === null ? [] : [payment.payer_name],
  knownNames: [
    ...(payment.customer_name === null ? [] : [baseName(payment.customer_name)]),
    ...payment.aliases,
  ],
  accounts: payment.payer_account === null ? [] : [payment.payer_account],
  knownAccounts: [],
  ids: [payment.number, ...payment.bank_ids],
  text: [payment.reference, payment.bank_text].filter(Boolean).join('\n'),
});

/** The only one that a shared id, then a shared document, then the payer points at. */
function meantBy(line: StoredLine, payments: readonly ReturnablePayment[]): ReturnablePayment | null {
  const view = lineView(line);
  const found = payments.map((payment) => ({ payment, ...compareMoney(view, paymentView(payment)) }));
  const fits = found.filter(({ name, account }) => name !== 'other' || account === 'same');
  const steps = [
    found.filter(({ id }) => id),
    fits.filter(({ document }) => document === 'shared'),
    fits.filter(
      ({ name, account, document }) => (name === 'same' || account === 'same') && document !== 'other',
    ),
  ];
  for (const step of steps) {
    if (step.length === 1) return step[0]!.payment;
    if (step.length > 1) return null;
  }
  return null;
}

const warningOf = (line: StoredLine, candidates: number): string => {
  const amount = formatAmount(toDecimal(line.amount_minor, line.currency), line.currency);
  const why =
    candidates === 0
      ? 'no payment of this amount is known'
      : `${candidates === 1 ? 'one payment has' : `${candidates} payments have`} this amount, and it is not clear which one it takes back`;
  return `${amount} left on ${line.booked_on} as a return${line.return_reason ? ` (${line.return_reason})` : ''}, but ${why}. Say which payment was returned, so that its invoices are open again.`;
};

async function takeBack(
  sql: Sql,
  line: StoredLine,
  payment: ReturnablePayment,
  madeBy: string,
): Promise<readonly string[]> {
  const words = wordsOf(line);
  const { reopened } = await returnPayment(sql, {
    paymentId: payment.id,
    kind: returnKindOf(words)!,
    amountMinor: null,
    on: line.booked_on,
    bankLineId: line.id,
    reason: line.return_reason ?? storableText(line.text.split('\n')[0] ?? '', 200),
    madeBy,
  });
  await linkLines(sql, [{ id: line.id, payment_id: payment.id }]);
  return reopened.map(({ invoice }) => invoice);
}

type Debit = { readonly line: StoredLine; readonly amounts: readonly AmountOf[] };

/** The debits that say they take a payment back, with what that payment may have been over. */
const returnsAmong = (lines: readonly StoredLine[]): Debit[] =>
  lines.flatMap((line) => {
    const words = wordsOf(line);
    if (returnKindOf(words) === null) return [];
    const { amount_minor: amountMinor, currency, charges } = line;
    const amounts = returnedAmounts({ amountMinor, currency, charges, text: words.text });
    return [{ line, amounts: amounts.map((amount_minor) => ({ currency, amount_minor })) }];
  });

/**
 * Locks everything that these debits may change, payments before invoices as everywhere: after the first entry of the
 * audit log, which others wait for, nothing more is waited for.
 */
async function lockAll(sql: Sql, debits: readonly Debit[]): Promise<void> {
  const ids = new Set<number>();
  for (const { line, amounts } of debits)
    for (const { id } of await returnablePayments(sql, line, amounts)) ids.add(id);
  if (ids.size === 0) return;
  await lockPayments(sql, [...ids]);
  await lockInvoices(sql, await invoicesPaidBy(sql, [...ids]));
}

/** The next debits, after the given id. */
export async function takeReturns(
  sql: Sql,
  sha256: string,
  afterId: number,
  madeBy: string,
): Promise<TakenReturns> {
  const debits = await unmatchedDebits(sql, sha256, afterId, AT_ONCE);
  const returns = returnsAmong(debits);
  await lockAll(sql, returns);
  const returned: TakenReturns['returned'][number][] = [];
  const unclear: TakenReturns['unclear'][number][] = [];
  for (const { line, amounts } of returns) {
    const candidates = await returnablePayments(sql, line, amounts);
    const payment = meantBy(line, candidates);
    if (payment)
      returned.push({ line, payment: payment.number, reopened: await takeBack(sql, line, payment, madeBy) });
    else unclear.push({ line, warning: warningOf(line, candidates.length) });
  }
  return { next: debits.length < AT_ONCE ? null : debits.at(-1)!.id, returned, unclear };
}

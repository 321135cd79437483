/** Which one payment is meant: by its number, or by what is said of it; several that fit are asked back. */
import type { PaymentWish } from '../../domain/cash/answers.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { formatAmount, isCurrency, parseDecimal, toDecimal } from '../../domain/money.ts';
import { type Context, visibleOwner } from '../../ports/actor.ts';
import { applicationsOfPayments } from '../../store/cash/live-rows.ts';
import { findPaymentRows, type PaymentRow, readPayments } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';

/** How the sources write a way of paying. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  card: ['card', 'credit_card'],
  ach: ['ach', 'direct_debit', 'sepa', 'transfer', 'bank_transfer'],
  wire: ['wire', 'transfer', 'bank_transfer'],
  cheque: ['cheque', 'check'],
  other: ['other', 'cash'],
};
const MOST = 8;

const worded = (row: PaymentRow): string =>
  `${formatAmount(toDecimal(row.amount_minor, row.currency), row.currency)} of ${row.received_on} from ${row.payer_name ?? row.customer?.name ?? 'an unnamed payer'} (${row.number})`;

/** Without a currency the amount is read in each currency that payments have. */
function amountsOf({ amount, currency }: PaymentWish): { minor: bigint; currency: string | undefined }[] {
  if (amount === undefined) return [];
  if (currency !== undefined) return [{ minor: parseDecimal(amount, currency), currency }];
  const byDigits = ['USD', 'JPY', 'KWD'].flatMap((code) => {
    try {
      return [parseDecimal(amount, code)];
    } catch {
      return [];
    }
  });
  return [...new Set(byDigits)].map((minor) => ({ minor, currency: undefined }));
}

async function search(sql: Sql, wish: PaymentWish, owner: string | null, byMethod: boolean) {
  const { number, payer, customerId, receivedOn, currency, method } = wish;
  const amounts = amountsOf(wish);
  const filter = {
    ...{ number, payer, customerId, receivedOn, currency, owner },
    methods: byMethod && method ? METHODS[method] : undefined,
  };
  if (amounts.length === 0) return findPaymentRows(sql, filter, MOST + 1);
  const found: PaymentRow[] = [];
  for (const { minor } of amounts)
    found.push(...(await findPaymentRows(sql, { ...filter, amountMinor: minor }, MOST + 1)));
  // the digits that were typed, in the currency the payment has
  return found.filter((row) => amountFits(row, wish));
}

function amountFits(row: PaymentRow, { amount }: PaymentWish): boolean {
  if (amount === undefined) return true;
  try {
    return parseDecimal(amount, row.currency) === row.amount_minor;
  } catch {
    return false;
  }
}

/** Which of several that fit are meant: money on no invoice, money on one, or either as long as it is still there. */
export type Preference = 'waiting' | 'placed' | 'there';

async function preferred(sql: Sql, rows: readonly PaymentRow[], prefer: Preference): Promise<PaymentRow[]> {
  if (prefer === 'waiting') return rows.filter((row) => row.unapplied_minor > 0n);
  if (prefer === 'placed') return rows.filter((row) => row.unapplied_minor < row.amount_minor);
  const live = await applicationsOfPayments(
    sql,
    rows.map(({ id }) => id),
  );
  const placed = new Set(live.map(({ payment_id }) => payment_id));
  return rows.filter((row) => row.unapplied_minor > 0n || placed.has(row.id));
}

const wordedWhere = (row: PaymentRow): string =>
  `${worded(row)}, ${row.unapplied_minor === 0n ? 'on invoices' : row.unapplied_minor === row.amount_minor ? 'on no invoice' : 'partly on no invoice'}`;

/**
 * Of several that fit, those with money on no invoice are meant, or with `placed` those whose money is on one. With
 * `there` neither is: of a payment that came twice, the one on its invoice is as likely to be meant as the other.
 *
 * Throws: NotFoundError; InvalidInputError that lists the payments when several fit, or when nothing was said.
 */
export async function choosePayment(
  sql: Sql,
  wish: PaymentWish,
  { actor }: Context,
  prefer: Preference = 'waiting',
): Promise<PaymentRow> {
  const owner = visibleOwner(actor);
  if (wish.currency !== undefined && !isCurrency(wish.currency))
    throw new InvalidInputError(`"${wish.currency}" is not a currency code such as USD`);
  if (wish.paymentId !== undefined) {
    const [row] = await readPayments(sql, [wish.paymentId], owner);
    if (!row) throw new NotFoundError(`There is no payment ${wish.paymentId} among those you may see.`);
    return row;
  }
  if (Object.values(wish).every((value) => value === undefined))
    throw new InvalidInputError('Say which payment: by its number, or by amount, payer or day.');
  const strict = await search(sql, wish, owner, true);
  // a way of paying is often not what the ledger calls it
  const all = strict.length > 0 ? strict : await search(sql, wish, owner, false);
  const first = await preferred(sql, all, prefer);
  const fitting = first.length > 0 ? first : all;
  const [only, second] = fitting;
  if (only && !second) return only;
  if (!only)
    throw new NotFoundError(
      'No payment fits that. "show unapplied payments" lists those that wait; a bank file is read with: npx remy bank FILE',
    );
  const rest = fitting.length > MOST ? ' and more' : '';
  throw new InvalidInputError(
    `${fitting.length > MOST ? `More than ${MOST}` : fitting.length} payments fit: ${fitting
      .slice(0, MOST)
      .map(prefer === 'there' ? wordedWhere : worded)
      .join('; ')}${rest}. Say which one.`,
  );
}

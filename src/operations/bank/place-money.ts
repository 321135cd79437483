/** Makes payments of the credits that are none yet, unless their money is known already. */
import { addDays } from '../../domain/calendar.ts';
import { isOwnMoneyBack, methodOf } from '../../domain/cash/bank-codes.ts';
import { payoutOf } from '../../domain/cash/processor-payout.ts';
import { groupedBy } from '../../domain/grouped-by.ts';
import { barePairs, pairUp } from '../../domain/matching/pair-up.ts';
import { SAME_MONEY_DAYS, sameMoney } from '../../domain/matching/same-money.ts';
import type { StoredLine } from '../../store/bank/lines.ts';
import {
  type AmountOf,
  addBankPayments,
  type BankPayment,
  linkLines,
  type MoneyWindow,
  moneyLike,
  takenNumbers,
  telling,
  unplacedAmounts,
  unplacedLines,
} from '../../store/bank/money.ts';
import type { Sql } from '../../store/transaction.ts';
import { paymentNumber } from './line-key.ts';
import { lineView, paymentView } from './money-views.ts';
import { storableText } from './stored-line.ts';

const AMOUNTS_AT_ONCE = 400;
const LONGEST_REFERENCE = 500;

/** A line that is the sum of payments known one by one. */
export type Payout = { readonly line: StoredLine; readonly processor: string };

export type Placed = {
  /** Where to go on; null at the end. */
  readonly next: AmountOf | null;
  /** Lines whose money was known, and lines that became payments. */
  readonly linked: readonly StoredLine[];
  readonly made: readonly StoredLine[];
  /** Of the linked: those of which only amount and day agree, with the number of the payment. */
  readonly bare: readonly { readonly line: StoredLine; readonly payment: string }[];
  /** Lines that stay without a payment. */
  readonly payouts: readonly Payout[];
};

const amountKey = ({ currency, amount_minor }: AmountOf): string => `${currency}${amount_minor}`;

/** The days in which a payment may be the money of any of these lines, by amount. */
export function windowsOf(
  rows: readonly (AmountOf & { readonly day: string })[],
  days: number,
): MoneyWindow[] {
  const windows = new Map<string, MoneyWindow>();
  for (const { currency, amount_minor, day } of rows) {
    // a month apart is another window, so that a yearly statement does not load the year for each amount
    const key = `${amountKey({ currency, amount_minor })}|${day.slice(0, 7)}`;
    const before = windows.get(key);
    const [from, to] = [addDays(day, -days), addDays(day, days)];
    windows.set(key, {
      currency,
      amount_minor,
      from_on: before && before.from_on < from ? before.from_on : from,
      to_on: before && before.to_on > to ? before.to_on : to,
    });
  }
  return [...windows.values()];
}

/** Which known payment each line is, by the line's id; and which of these pairs are bare. */
async function findKnown(
  sql: Sql,
  lines: readonly StoredLine[],
  isPayout: ReadonlySet<number>,
): Promise<{ known: Map<number, number>; bare: Placed['bare'] }> {
  const windows = windowsOf(
    lines.map((line) => ({ ...line, day: line.booked_on })),
    SAME_MONEY_DAYS,
  );
  const payments = await moneyLike(sql, windows, { bank: true });
  const byAmount = groupedBy(payments, amountKey);
  const views = new Map(payments.map((payment) => [payment.id, paymentView(payment)]));
  const possible = lines.flatMap((line) => {
    const candidates = byAmount.get(amountKey(line)) ?? [];
    if (candidates.length === 0) return [];
    const view = lineView(line);
    return candidates.flatMap(({ id, received_on }) => {
      const strength = sameMoney(view, views.get(id)!);
      const days = Math.abs(Date.parse(received_on) - Date.parse(line.booked_on));
      // that a payment has the amount of a payout by chance says nothing
      if (strength === 0 && isPayout.has(line.id)) return [];
      return strength === null ? [] : [{ left: line.id, right: id, strength, days }];
    });
  });
  const known = pairUp(possible);
  const ids = barePairs(possible, known);
  const numbers = new Map(payments.map(({ id, external_id }) => [id, external_id]));
  const bare = lines.filter(({ id }) => ids.has(id));
  return {
    known,
    bare: bare.map((line) => ({ line, payment: numbers.get(known.get(line.id)!)! })),
  };
}

/** What a person would read: the structured reference, then the text. */
export const readableReference = (line: Pick<StoredLine, 'reference' | 'text'>): string | null => {
  const said = line.reference !== null && !line.text.includes(line.reference) ? [line.reference] : [];
  const parts = [...said, ...line.text.split('\n')].filter((part) => part !== '');
  const text = storableText([...new Set(parts)].join(' '), LONGEST_REFERENCE);
  return text === '' ? null : text;
};

const asPayment = (line: StoredLine, number: string): BankPayment => ({
  external_id: number,
  received_on: line.booked_on,
  currency: line.currency,
  amount_minor: line.amount_minor,
  payer_name: line.payer_name,
  payer_account: line.payer_account,
  reference: readableReference(line),
  method: methodOf(line),
});

async function makePayments(sql: Sql, lines: readonly StoredLine[]): Promise<void> {
  const taken = await takenNumbers(
    sql,
    lines.map((line) => paymentNumber(line)),
  );
  const numberOf = new Map<number, string>();
  for (const line of lines) {
    const short = paymentNumber(line);
    const number = taken.has(short) ? paymentNumber(line, 20) : short;
    taken.add(number);
    numberOf.set(line.id, number);
  }
  const ids = await addBankPayments(
    sql,
    lines.map((line) => asPayment(line, numberOf.get(line.id)!)),
  );
  await linkLines(
    sql,
    lines.map((line) => ({ id: line.id, payment_id: ids.get(numberOf.get(line.id)!)! })),
  );
}

async function payoutsAmong(sql: Sql, lines: readonly StoredLine[]): Promise<Payout[]> {
  const found = lines.flatMap((line): Payout[] => {
    const processor = payoutOf({ payerName: line.payer_name, text: wordsOf(line).text });
    return processor === null ? [] : [{ line, processor }];
  });
  if (found.length === 0) return [];
  const told = await telling(sql, [...new Set(found.map(({ processor }) => processor))]);
  return found.filter(({ processor }) => told.has(processor));
}

/**
 * Places the lines of the next amounts. All lines and payments of an amount are looked at together, so that equal
 * amounts are never paired twice.
 */
export async function placeMoney(sql: Sql, after: AmountOf | null): Promise<Placed> {
  const amounts = await unplacedAmounts(sql, after, AMOUNTS_AT_ONCE);
  const last = amounts.at(-1);
  if (!last) return { next: null, linked: [], made: [], bare: [], payouts: [] };
  const lines = (await unplacedLines(sql, amounts)).filter((line) => !isOwnMoneyBack(wordsOf(line)));
  const sums = await payoutsAmong(sql, lines);
  const isPayout = new Set(sums.map(({ line }) => line.id));
  const { known, bare } = await findKnown(sql, lines, isPayout);
  await linkLines(
    sql,
    [...known].map(([id, payment_id]) => ({ id, payment_id })),
  );
  const payouts = sums.filter(({ line }) => !known.has(line.id));
  const made = lines.filter((line) => !known.has(line.id) && !isPayout.has(line.id));
  await makePayments(sql, made);
  return { next: last, linked: lines.filter((line) => known.has(line.id)), made, bare, payouts };
}

/** A stored line as codes and words are read. */
export const wordsOf = (line: StoredLine) => ({
  code: line.code,
  text: [line.reference, line.payer_name, line.text].filter(Boolean).join('\n'),
  direction: line.direction,
  reversal: line.reversal,
  returnReason: line.return_reason,
});

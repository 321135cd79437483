/** A source tells of payments: which of them are money that is known already from the bank or from another source. */
import type { Day } from '../../domain/calendar.ts';
import { groupedBy } from '../../domain/grouped-by.ts';
import { compareMoney } from '../../domain/matching/money-evidence.ts';
import { barePairs, pairUp } from '../../domain/matching/pair-up.ts';
import { type DatedMoney, SAME_MONEY_DAYS, sameMoney } from '../../domain/matching/same-money.ts';
import { moneyLike } from '../../store/bank/money.ts';
import type { Sql } from '../../store/transaction.ts';
import { paymentView } from './money-views.ts';
import { windowsOf } from './place-money.ts';

export type SeenMoney = {
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly receivedOn: Day;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly reference: string | null;
  readonly method: string | null;
  /** What the source and the payer call it. */
  readonly ids: readonly string[];
  /** Its customer's names, folded with `baseName`; none where the source does not say. */
  readonly customerNames: readonly string[];
};

export type SameMoney = {
  /** By place in `seen`: the payment of another source that it is. */
  readonly pairs: ReadonlyMap<number, number>;
  /** Those of which only amount and day agree, with the number of the payment. */
  readonly bare: ReadonlyMap<number, string>;
};

const viewOf = (seen: SeenMoney, source: string): DatedMoney => ({
  day: seen.receivedOn,
  names: seen.payerName === null ? [] : [seen.payerName],
  knownNames: seen.customerNames,
  accounts: seen.payerAccount === null ? [] : [seen.payerAccount],
  knownAccounts: [],
  ids: seen.ids,
  text: seen.reference ?? '',
  method: source === 'stripe' ? source : seen.method,
});

/** Two ledgers may each have a customer who pays the same amount: between them only an id or a document counts. */
function fits(view: DatedMoney, other: DatedMoney, fromBank: boolean): number | null {
  const strength = sameMoney(view, other);
  if (strength === null || fromBank) return strength;
  const { id, document, name } = compareMoney(view, other);
  return id || (document === 'shared' && name !== 'other') ? strength : null;
}

/**
 * Which payment of another source each is. No payment is two of them, and none that this source
 * told of before. Everything of an amount should come together: then equal amounts are told apart best.
 */
export async function findSameMoney(
  sql: Sql,
  seen: readonly SeenMoney[],
  source: string,
): Promise<SameMoney> {
  const windows = windowsOf(
    seen.map(({ currency, amountMinor, receivedOn }) => ({
      currency,
      amount_minor: amountMinor,
      day: receivedOn,
    })),
    SAME_MONEY_DAYS,
  );
  const payments = await moneyLike(sql, windows, { source });
  if (payments.length === 0) return { pairs: new Map(), bare: new Map() };
  const byAmount = groupedBy(payments, (each) => `${each.currency}${each.amount_minor}`);
  const views = new Map(payments.map((payment) => [payment.id, paymentView(payment)]));
  const possible = seen.flatMap((each, left) => {
    const candidates = byAmount.get(`${each.currency}${each.amountMinor}`) ?? [];
    if (candidates.length === 0) return [];
    const view = viewOf(each, source);
    return candidates.flatMap((payment) => {
      const strength = fits(view, views.get(payment.id)!, payment.source === 'bank');
      const days = Math.abs(Date.parse(payment.received_on) - Date.parse(each.receivedOn));
      return strength === null ? [] : [{ left, right: payment.id, strength, days }];
    });
  });
  const pairs = pairUp(possible);
  const numbers = new Map(payments.map(({ id, external_id }) => [id, external_id]));
  const bare = [...barePairs(possible, pairs)].map((at) => [at, numbers.get(pairs.get(at)!)!] as const);
  return { pairs, bare: new Map(bare) };
}

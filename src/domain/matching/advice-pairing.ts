/** Which payment an advice is about. Text from outside: it says what money was meant for, it is never money itself. */
import { type Day, daysBetween } from '../calendar.ts';
import { groupedBy } from '../grouped-by.ts';
import { type DecimalText, toDecimal } from '../money.ts';
import { isTelling, namesAgree } from './money-evidence.ts';

export type AdviceToPair = {
  readonly id: number;
  readonly customerId: number | null;
  /** Folded with `baseName`: the payer it names, its customer and what that is called. */
  readonly names: readonly string[];
  readonly currency: string | null;
  /** In the currency, or in that of whatever payment it is about. */
  readonly total: DecimalText | null;
  /** The day of payment as it says, else the day it came. */
  readonly on: Day;
  readonly paymentReference: string | null;
  /** Equal for two copies of one advice. */
  readonly content: string;
};

export type PaymentToPair = {
  readonly id: number;
  readonly customerId: number | null;
  readonly names: readonly string[];
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly receivedOn: Day;
  readonly ids: readonly string[];
  readonly text: string;
};

/** A payment comes so many days before its advice, or after it. */
const BEFORE = 10;
const AFTER = 20;
/** A number this short may be another payer's cheque. */
const SHORT = 6;

const squeezed = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^0+/, '');

/** "500.00" and "500" are one amount. */
const plainAmount = (decimal: DecimalText): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;

const amountOf = ({ amountMinor, currency }: PaymentToPair): string =>
  plainAmount(toDecimal(amountMinor, currency));

/** Everything by which an advice may name the payment. */
const wordsOf = ({ ids, text }: PaymentToPair): Set<string> =>
  new Set([...ids, ...text.split(/[\s,;:|]+/)].map(squeezed));

const isNear = ({ on }: AdviceToPair, { receivedOn }: PaymentToPair): boolean => {
  const days = daysBetween(on, receivedOn);
  return days >= -BEFORE && days <= AFTER;
};

/** Null: one of the two does not say who. */
function samePayer(advice: AdviceToPair, payment: PaymentToPair): boolean | null {
  if (advice.customerId !== null && payment.customerId !== null)
    return advice.customerId === payment.customerId;
  if (advice.names.length === 0 || payment.names.length === 0) return null;
  return advice.names.some((one) => payment.names.some((other) => namesAgree(one, other) !== 'other'));
}

/** By its reference, or by total and payer. Another total than the amount, or another payer, speaks against it. */
function fits(advice: AdviceToPair, payment: PaymentToPair, isNamed: boolean): 'reference' | 'total' | null {
  if (!isNear(advice, payment)) return null;
  if (advice.currency !== null && advice.currency !== payment.currency) return null;
  const sameTotal = advice.total === null ? null : plainAmount(advice.total) === amountOf(payment);
  const payer = samePayer(advice, payment);
  if (isNamed) {
    const isShort = squeezed(advice.paymentReference!).length < SHORT;
    const sure = isShort ? sameTotal === true || payer === true : true;
    if (sure && sameTotal !== false && payer !== false) return 'reference';
  }
  return sameTotal === true && payer === true ? 'total' : null;
}

type Pair = { readonly advice: AdviceToPair; readonly payment: PaymentToPair };

/** Of several copies of one advice the oldest; null when they are different ones. */
const oneOf = (advices: readonly AdviceToPair[]): AdviceToPair | null =>
  advices.every(({ content }) => content === advices[0]!.content)
    ? [...advices].sort((a, b) => a.id - b.id)[0]!
    : null;

/** Pairs in which neither side could be with another one. */
function unambiguous(pairs: readonly Pair[]): Map<number, number> {
  const found = new Map<number, number>();
  const ofAdvice = groupedBy(pairs, ({ advice }) => advice.id);
  for (const own of groupedBy(pairs, ({ payment }) => payment.id).values()) {
    const advice = oneOf(own.map((pair) => pair.advice));
    const alone = own.every((pair) => ofAdvice.get(pair.advice.id)!.length === 1);
    if (advice && alone) found.set(advice.id, own[0]!.payment.id);
  }
  return found;
}

/**
 * The payment of each advice that is about exactly one. What fits several is left alone; equal copies of an advice
 * count as one.
 */
export function adviceFor(
  payments: readonly PaymentToPair[],
  advices: readonly AdviceToPair[],
): Map<number, number> {
  const byAmount = groupedBy(payments, amountOf);
  const byWord = new Map<string, PaymentToPair[]>();
  for (const payment of payments)
    for (const word of wordsOf(payment)) {
      if (!isTelling(word)) continue;
      const held = byWord.get(word);
      if (held) held.push(payment);
      else byWord.set(word, [payment]);
    }
  const byReference: Pair[] = [];
  const byTotal: Pair[] = [];
  for (const advice of advices) {
    const named = new Set(byWord.get(squeezed(advice.paymentReference ?? '')) ?? []);
    const equal = advice.total === null ? [] : (byAmount.get(plainAmount(advice.total)) ?? []);
    for (const payment of new Set([...named, ...equal])) {
      const how = fits(advice, payment, named.has(payment));
      if (how) (how === 'reference' ? byReference : byTotal).push({ advice, payment });
    }
  }
  const found = unambiguous(byReference);
  const taken = new Set(found.values());
  const named = new Set(byReference.map(({ advice }) => advice.id));
  const rest = byTotal.filter(({ advice, payment }) => !named.has(advice.id) && !taken.has(payment.id));
  for (const [advice, payment] of unambiguous(rest)) found.set(advice, payment);
  return found;
}

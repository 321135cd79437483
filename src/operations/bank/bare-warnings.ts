/** Money that was taken for a known payment though nothing but amount and day agrees: a person should know. */
import { formatAmount, toDecimal } from '../../domain/money.ts';

/** More than anybody would check. */
const MOST_NAMED = 20;

export type BarePair = {
  /** What the source calls it; null for a line of a bank. */
  readonly number: string | null;
  /** The payment that it was taken for. */
  readonly payment: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly on: string;
};

/** For lines of one processor's payouts in one statement. */
export function payoutWarning(processor: string, count: number): string {
  const name = processor[0]!.toUpperCase() + processor.slice(1);
  const what = count === 1 ? '1 credit is a payout' : `${count} credits are payouts`;
  return `${what} of ${name}. The payments in it are known from ${name} itself, so it was kept as a line of the bank and no payment was made of it.`;
}

/** One sentence each, the first of them; the rest is counted. */
export function bareWarnings(pairs: readonly BarePair[]): string[] {
  const named = pairs.slice(0, MOST_NAMED).map(({ number, payment, currency, minor, on }) => {
    const what = `${formatAmount(toDecimal(minor, currency), currency)} of ${on}${number === null ? '' : ` ("${number}")`}`;
    return `${what} was taken for payment ${payment}, known already: only amount and day agree, and nothing says who paid. Check that it is the same money.`;
  });
  const more = pairs.length - named.length;
  return more > 0
    ? [...named, `${more} more were taken for known payments because only amount and day agree.`]
    : named;
}

/** A tenant's tolerances for one currency as whole numbers of minor units, prepared once for a run. */
import { minorDigits } from '../money.ts';
import { exactNumber } from './payment-view.ts';
import type { MatchSettings } from './shapes.ts';

/** `share` is in thousandths of a percent (2 % is 2000). */
export type Percent = { readonly text: string; readonly share: number; readonly days: number };

export type Tolerances = {
  readonly currency: string;
  readonly writeOff: number;
  readonly fee: number;
  readonly commonFees: ReadonlySet<number>;
  readonly discounts: readonly Percent[];
  readonly withholdings: readonly Percent[];
  readonly graceDays: number;
  /** Something tells of tax withheld: the payer's word, or the customer's country. */
  readonly withholds: boolean;
  /** One whole unit of the currency. */
  readonly unit: number;
};

export const HUNDRED_PERCENT = 100_000;

/** Fees that banks take of a transfer, in whole units. */
export const COMMON_FEES = [5, 6, 7, 8, 10, 12, 14, 15, 16, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50];

const percent = (text: string, days: number): Percent => ({
  text,
  share: Math.round(Number(text) * 1_000),
  days,
});
const usable = ({ share }: Percent): boolean => share > 0 && share < HUNDRED_PERCENT;

export function tolerancesOf(currency: string, settings: MatchSettings, withholds = false): Tolerances {
  const unit = 10 ** minorDigits(currency);
  const fee = exactNumber(settings.bankFeeUpTo[currency] ?? 0n) || 0;
  // A currency of small worth has larger numbers for the same fee: the bar tells how much larger.
  const scale = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, fee / (unit * 50)))));
  return {
    currency,
    unit,
    fee,
    writeOff: exactNumber(settings.writeOffUpTo[currency] ?? 0n) || 0,
    commonFees: new Set(COMMON_FEES.map((units) => units * unit * scale).filter((each) => each <= fee)),
    discounts: settings.discounts.map((terms) => percent(terms.percent, terms.days)).filter(usable),
    withholdings: [...new Set(settings.withholdingPercents)].map((text) => percent(text, 0)).filter(usable),
    graceDays: settings.discountGraceDays,
    withholds,
  };
}

/** A share of an amount, to the nearest minor unit, half up. Exact below 2^53 / 100,000; NaN beyond, which fits nothing. */
export function shareOf(amount: number, share: number): number {
  const product = amount * share;
  return Number.isSafeInteger(product)
    ? Math.floor((product + HUNDRED_PERCENT / 2) / HUNDRED_PERCENT)
    : Math.round((amount / HUNDRED_PERCENT) * share);
}

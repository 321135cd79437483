/** Why a payment is not what was owed: every explanation that fits the gap, and what comes near, with the arithmetic. */
import { addDays, type Day, daysBetween } from '../calendar.ts';
import { divideRounded, formatAmount, minorDigits, toDecimal } from '../money.ts';
import type { AdjustmentKind, MatchSettings } from './shapes.ts';

export type Difference = {
  readonly paidMinor: bigint;
  /** Together, of the invoices that the payment is for. */
  readonly owedMinor: bigint;
  readonly currency: string;
  readonly receivedOn?: Day | null;
  readonly issuedOn?: Day | null;
  readonly dueOn?: Day | null;
};

export type Explanation = {
  /** `miss`: what comes near and does not fit. */
  readonly kind: AdjustmentKind | 'exact' | 'short_pay' | 'overpayment' | 'miss';
  readonly amountMinor: bigint;
  readonly text: string;
};

const MOST_MISSES = 3;
const HUNDRED_PERCENT = 100_000n;
/** Rounding of a share on several invoices. */
const ROUNDING = 2n;

const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
/** `percent` is decimal text; to the nearest minor unit. */
const shareOf = (minor: bigint, percent: string): bigint =>
  divideRounded(minor * BigInt(Math.round(Number(percent) * 1_000)), HUNDRED_PERCENT);

/** What all explanations look at. */
type Gap = Difference & {
  readonly gap: bigint;
  readonly settings: MatchSettings;
  readonly money: (minor: bigint) => string;
  /** "9,975.00 is 10,000.00 less 25.00". */
  readonly sum: string;
};

type Percents = { readonly fits: readonly Explanation[]; readonly misses: readonly Explanation[] };

/** On what day of the term a discount was taken; empty when a day is not known. */
function termWords({ issuedOn, receivedOn, settings }: Gap, days: number): { late: boolean; text: string } {
  if (!issuedOn || !receivedOn) return { late: false, text: `, granted within ${days} days` };
  const last = addDays(issuedOn, days + settings.discountGraceDays);
  const day = daysBetween(issuedOn, receivedOn);
  return receivedOn <= last
    ? { late: false, text: `, paid on day ${day} of ${days}` }
    : { late: true, text: `, but it was paid on day ${day} and granted until day ${days}` };
}

const usual = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => Number(text) > 0);

function discounts(of: Gap): Percents {
  const fits: Explanation[] = [];
  const misses: Explanation[] = [];
  const { owedMinor, gap, sum, money, settings } = of;
  for (const { percent, days } of settings.discounts) {
    const amountMinor = shareOf(owedMinor, percent);
    if (magnitude(gap - amountMinor) > ROUNDING) {
      const text = `${percent} % discount would be ${money(amountMinor)}, not ${money(gap)}`;
      misses.push({ kind: 'miss', amountMinor, text });
      continue;
    }
    const { late, text } = termWords(of, days);
    const words = `${sum}, which is ${percent} % discount${text}`;
    fits.push({ kind: late ? 'short_pay' : 'early_payment_discount', amountMinor: gap, text: words });
  }
  return { fits, misses };
}

function withholdings({ owedMinor, gap, sum, money, settings }: Gap): Percents {
  const fits: Explanation[] = [];
  const misses: Explanation[] = [];
  for (const percent of usual(settings.withholdingPercents)) {
    const amountMinor = shareOf(owedMinor, percent);
    if (magnitude(gap - amountMinor) <= ROUNDING)
      fits.push({
        kind: 'withholding_tax',
        amountMinor: gap,
        text: `${sum}, which is ${percent} % as tax withheld would be`,
      });
    else {
      const text = `${percent} % tax withheld would be ${money(amountMinor)}, not ${money(gap)}`;
      misses.push({ kind: 'miss', amountMinor, text });
    }
  }
  return { fits, misses };
}

/** A discount or a tax, and a bank fee besides. */
function withFee({ owedMinor, gap, sum, money, settings, currency }: Gap): Explanation[] {
  const fee = settings.bankFeeUpTo[currency] ?? 0n;
  const whole = 10n ** BigInt(minorDigits(currency));
  const named = [
    ...settings.discounts.map(
      ({ percent }) => ({ percent, word: 'discount', kind: 'early_payment_discount' }) as const,
    ),
    ...settings.withholdingPercents.map(
      (percent) => ({ percent, word: 'tax withheld', kind: 'withholding_tax' }) as const,
    ),
  ];
  return named.flatMap(({ percent, word, kind }) => {
    const share = shareOf(owedMinor, percent);
    const rest = gap - share;
    if (rest <= ROUNDING || rest > fee || rest % whole !== 0n) return [];
    const text = `${sum}: ${money(share)} is ${percent} % ${word}, and ${money(rest)} a bank fee`;
    return [{ kind, amountMinor: gap, text }];
  });
}

function feeAndWriteOff({ gap, sum, money, settings, currency }: Gap): Percents {
  const fee = settings.bankFeeUpTo[currency] ?? 0n;
  const writeOff = settings.writeOffUpTo[currency] ?? 0n;
  const fits: Explanation[] = [];
  const misses: Explanation[] = [];
  if (gap <= writeOff)
    fits.push({
      kind: 'write_off',
      amountMinor: gap,
      text: `${sum}, within the write-off tolerance of ${money(writeOff)}`,
    });
  if (gap <= fee)
    fits.push({
      kind: 'bank_fee',
      amountMinor: gap,
      text: `${sum}, within the usual bank fee of up to ${money(fee)}`,
    });
  else if (fee > 0n && gap <= fee * 4n)
    misses.push({
      kind: 'miss',
      amountMinor: fee,
      text: `a bank fee would be up to ${money(fee)}, not ${money(gap)}`,
    });
  return { fits, misses };
}

/** Two neighbouring digits of the amount swapped: the difference is then a multiple of nine. */
function swapped({ paidMinor, owedMinor, gap, money }: Gap): Explanation[] {
  const [paid, owed] = [paidMinor.toString(), owedMinor.toString()];
  const at = [...paid].findIndex((digit, place) => digit !== owed[place]);
  const isSwap =
    paid.length === owed.length &&
    at >= 0 &&
    paid[at] === owed[at + 1] &&
    paid[at + 1] === owed[at] &&
    paid.slice(at + 2) === owed.slice(at + 2);
  const text = `${money(paidMinor)} is ${money(owedMinor)} with two digits swapped`;
  return isSwap ? [{ kind: gap > 0n ? 'short_pay' : 'overpayment', amountMinor: magnitude(gap), text }] : [];
}

const nearest = (misses: readonly Explanation[], gap: bigint): Explanation[] =>
  [...misses]
    .sort((a, b) => {
      const [one, other] = [magnitude(a.amountMinor - gap), magnitude(b.amountMinor - gap)];
      return one < other ? -1 : one > other ? 1 : a.text < b.text ? -1 : 1;
    })
    .slice(0, MOST_MISSES);

function short(of: Gap): Explanation[] {
  const { gap, sum, paidMinor, currency, owedMinor, money } = of;
  const small = feeAndWriteOff(of);
  const discount = discounts(of);
  const tax = withholdings(of);
  const unit = 10n ** BigInt(minorDigits(currency));
  const rounded: Explanation[] =
    gap < unit && unit > 1n && paidMinor % unit === 0n
      ? [
          {
            kind: 'write_off',
            amountMinor: gap,
            text: `${money(paidMinor)} is ${money(owedMinor)} rounded to whole units`,
          },
        ]
      : [];
  const fits = [...small.fits, ...discount.fits, ...tax.fits, ...withFee(of), ...rounded, ...swapped(of)];
  const open: Explanation = {
    kind: 'short_pay',
    amountMinor: gap,
    text: `${sum}${fits.length > 0 ? '; if none of these is meant' : ''}, it stays open to be asked for`,
  };
  return [...fits, open, ...nearest([...small.misses, ...discount.misses, ...tax.misses], gap)];
}

/**
 * At least one: what explains the whole gap first, then that it stays open, then up to three near misses. Days, where
 * given, tell whether a discount was in time. Amounts are of one currency; over currencies no rate is guessed.
 */
export function explainDifference(difference: Difference, settings: MatchSettings): Explanation[] {
  const { paidMinor, owedMinor, currency } = difference;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const gap = owedMinor - paidMinor;
  const sum = `${money(paidMinor)} is ${money(owedMinor)} less ${money(gap)}`;
  if (gap === 0n)
    return [{ kind: 'exact', amountMinor: 0n, text: `${money(paidMinor)} is exactly what is owed` }];
  const of: Gap = { ...difference, gap, settings, money, sum };
  if (gap > 0n) return short(of);
  const over = `${money(paidMinor)} is ${money(-gap)} more than the ${money(owedMinor)} owed`;
  return [
    ...swapped(of),
    { kind: 'overpayment', amountMinor: -gap, text: `${over}; the rest stays unapplied` },
  ];
}

/** Rules of cash application for a tenant that set none. */
import type { MatchSettings } from './shapes.ts';

/** One amount for currencies of about the same worth, in minor units with two decimals. */
const hundredths = (whole: number, factors: Readonly<Record<string, number>>): Record<string, bigint> =>
  Object.fromEntries(
    Object.entries(factors).map(([currency, factor]) => [currency, BigInt(Math.round(whole * factor * 100))]),
  );

/** About one US dollar each; rough on purpose, these are bars and no rates. */
const WORTH = {
  USD: 1,
  EUR: 1,
  GBP: 1,
  CHF: 1,
  CAD: 1,
  AUD: 1,
  NZD: 1,
  SGD: 1,
  SEK: 10,
  NOK: 10,
  DKK: 7,
  CZK: 20,
  PLN: 4,
  HKD: 8,
  CNY: 7,
  INR: 80,
  MXN: 18,
  BRL: 5,
  ZAR: 18,
  AED: 4,
  ILS: 4,
};
/** Without decimals. */
const WHOLE = { JPY: 100n, KRW: 1_000n };

const inMajorCurrencies = (whole: number): Record<string, bigint> => ({
  ...hundredths(whole, WORTH),
  ...Object.fromEntries(Object.entries(WHOLE).map(([code, worth]) => [code, worth * BigInt(whole)])),
});

/** Source: policy P-19 in README. The confidences are fitted with these (see confidence.ts). */
export const defaultMatchSettings: MatchSettings = {
  applyFrom: 0.99,
  proposeFrom: 0.3,
  applyUpTo: null,
  writeOffUpTo: inMajorCurrencies(1),
  bankFeeUpTo: inMajorCurrencies(50),
  discounts: [
    { percent: '1', days: 10 },
    { percent: '2', days: 10 },
    { percent: '2', days: 14 },
    { percent: '3', days: 10 },
    { percent: '2.5', days: 10 },
    { percent: '5', days: 7 },
  ],
  discountGraceDays: 5,
  withholdingPercents: ['1', '2', '3', '5', '7.5', '10', '15', '20'],
  fxTolerancePercent: '3',
};

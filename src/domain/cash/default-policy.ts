/** The rules of cash application as shipped, and how matching reads a tenant's. */
import type { MatchSettings } from '../matching/shapes.ts';
import { parseBar } from '../money.ts';
import type { CashPolicy } from './policy.ts';

const everywhere = (usd: string, yen: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries('USD EUR GBP CHF CAD AUD NZD SGD'.split(' ').map((code) => [code, usd])),
  ...Object.fromEntries('DKK NOK SEK CZK PLN'.split(' ').map((code) => [code, `${Number(usd) * 5}`])),
  JPY: yen,
});

export const defaultCashPolicy: CashPolicy = {
  autoApplyFrom: 0.99,
  proposeFrom: 0.4,
  autoApply: true,
  autoApplyUpTo: null,
  writeOffUpTo: everywhere('1', '100'),
  bankFeeUpTo: everywhere('50', '5000'),
  discounts: [
    { percent: '2', days: 10 },
    { percent: '2', days: 14 },
    { percent: '3', days: 7 },
    { percent: '1', days: 10 },
  ],
  discountGraceDays: 5,
  withholdingPercents: ['2', '5', '7.5', '10', '15', '20', '25', '30'],
  fxTolerancePercent: '3',
  adjustmentLimits: { collector: everywhere('50', '5000'), approver: everywhere('500', '50000') },
  secondPersonFrom: everywhere('250', '25000'),
  learn: true,
};

const minor = (amounts: Readonly<Record<string, string>>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(amounts).map(([code, amount]) => [code, parseBar(amount, code)]));

/** As matching takes it: amounts in minor units. */
export const matchSettings = (policy: CashPolicy): MatchSettings => ({
  applyFrom: policy.autoApply ? policy.autoApplyFrom : 2,
  proposeFrom: policy.proposeFrom,
  applyUpTo: policy.autoApplyUpTo && minor(policy.autoApplyUpTo),
  writeOffUpTo: minor(policy.writeOffUpTo),
  bankFeeUpTo: minor(policy.bankFeeUpTo),
  discounts: policy.discounts,
  discountGraceDays: policy.discountGraceDays,
  withholdingPercents: policy.withholdingPercents,
  fxTolerancePercent: policy.fxTolerancePercent,
});

/** The rules of cash application as shipped, and how matching reads a tenant's. */
import { defaultMatchSettings } from '../matching/default-settings.ts';
import type { MatchSettings } from '../matching/shapes.ts';
import { parseBar, toDecimal } from '../money.ts';
import type { CashPolicy } from './policy.ts';

const decimals = (amounts: Readonly<Record<string, bigint>>, times = 1n): Record<string, string> =>
  Object.fromEntries(Object.entries(amounts).map(([code, minor]) => [code, toDecimal(minor * times, code)]));

const shipped = defaultMatchSettings;

export const defaultCashPolicy: CashPolicy = {
  autoApplyFrom: shipped.applyFrom,
  // a guess that is wrong in more than half of the cases is no help to whoever decides
  proposeFrom: 0.4,
  autoApply: true,
  autoApplyUpTo: null,
  writeOffUpTo: decimals(shipped.writeOffUpTo),
  bankFeeUpTo: decimals(shipped.bankFeeUpTo),
  discounts: [...shipped.discounts],
  discountGraceDays: shipped.discountGraceDays,
  withholdingPercents: [...shipped.withholdingPercents],
  fxTolerancePercent: shipped.fxTolerancePercent,
  // a clerk may let off what a bank keeps of a transfer, an approver ten times as much
  adjustmentLimits: {
    collector: decimals(shipped.bankFeeUpTo),
    approver: decimals(shipped.bankFeeUpTo, 10n),
  },
  secondPersonFrom: decimals(shipped.bankFeeUpTo, 5n),
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

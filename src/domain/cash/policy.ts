/** A tenant's rules of cash application, as a document. Amounts are decimal text by currency; one not named has none. */
import { z } from 'zod';

const amounts = z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,15}(\.\d{1,4})?$/));
const percent = z.string().regex(/^\d{1,2}(\.\d{1,3})?$/);

export const cashPolicy = z.strictObject({
  /** Confidence from which money is applied without asking, and from which an application is proposed. */
  autoApplyFrom: z.number().min(0.9).max(1),
  proposeFrom: z.number().min(0.05).max(0.99),
  /** False: nothing is applied without a person, whatever the confidence. */
  autoApply: z.boolean(),
  /** Above it a person is asked; null: no such bar. A currency that is not named has no automatic application then. */
  autoApplyUpTo: amounts.nullable(),
  writeOffUpTo: amounts,
  bankFeeUpTo: amounts,
  discounts: z.array(z.strictObject({ percent, days: z.int().min(1).max(120) })).max(10),
  discountGraceDays: z.int().min(0).max(30),
  withholdingPercents: z.array(percent).max(20),
  fxTolerancePercent: percent,
  /** What a role may let off by itself: fees, discounts, tax, write-offs. Controllers and admins have no limit. */
  adjustmentLimits: z.strictObject({ collector: amounts, approver: amounts }),
  /** From this sum of adjustments on, whoever proposed it cannot approve it. */
  secondPersonFrom: amounts,
  /** Confirmed matches teach who pays for whom. */
  learn: z.boolean(),
});
export type CashPolicy = z.infer<typeof cashPolicy>;

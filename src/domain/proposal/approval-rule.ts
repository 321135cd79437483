/** How many people have to approve an email, and whether its maker may be one of them. Used by drafting and deciding. */
import type { CadencePolicy } from '../chase/policy.ts';
import { parseDecimal } from '../money.ts';

export type ApprovalRule = {
  /** Different people whose approval is needed. */
  readonly approvalsNeeded: number;
  /** False: whoever made the newest revision cannot approve it. */
  readonly makerMayApprove: boolean;
  /** In words, for the card; null when one click of anybody with the role is enough. */
  readonly why: string | null;
};

/**
 * Two people have looked at what is large or flagged. A person's draft has its maker as the first, so one other
 * approval is enough; a flagged draft of Remy itself needs two. A currency without a limit counts as above it.
 */
export function approvalRule(
  draft: {
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly riskFlags: readonly string[];
    readonly madeByBot: boolean;
  },
  policy: Pick<CadencePolicy, 'approval'>,
): ApprovalRule {
  const from = policy.approval.secondPersonFrom[draft.currency];
  const large = from === undefined || draft.amountMinor >= parseDecimal(from, draft.currency);
  const flagged = draft.riskFlags.length > 0;
  if (!large && !flagged) return { approvalsNeeded: 1, makerMayApprove: true, why: null };
  const reason = flagged ? 'something in it needs a second look' : 'its amount is above the limit for one';
  const two = draft.madeByBot && flagged;
  return {
    approvalsNeeded: two ? 2 : 1,
    makerMayApprove: false,
    why: two ? `Two people have to approve it: ${reason}.` : `One person is not enough: ${reason}.`,
  };
}

/**
 * Who may decide on a proposal: the role, the amount, a second person, and that a person is one person.
 * Amounts are minor units. The answers are sentences for people; null means yes.
 */
import type { CadencePolicy } from '../chase/policy.ts';
import { formatAmount, parseDecimal, toDecimal } from '../money.ts';
import { approvalRule } from './approval-rule.ts';

export type Decider = {
  readonly id: number;
  readonly email: string;
  readonly role: 'viewer' | 'collector' | 'approver' | 'controller' | 'admin';
  readonly active: boolean;
  readonly isBot: boolean;
  /** The person's own limit for emails; it replaces the role's in its currency. For letting off it only lowers it. */
  readonly limit: { readonly minor: bigint; readonly currency: string } | null;
};

export type Decidable = {
  readonly kind: 'email' | 'policy_change' | 'application';
  /** Of an email, from its digested content; what an application lets off; null where nothing limits it. */
  readonly amount: {
    /** All that counts against limits, `before` included. */
    readonly minor: bigint;
    readonly currency: string;
    /** Let off earlier on the same invoices, or today by the decider for the same customer. */
    readonly before?: bigint;
  } | null;
  readonly riskFlags: readonly string[];
  readonly approvalsNeeded: number;
  /** Who made the revision that is decided on. */
  readonly maker: { readonly userId: number; readonly isBot: boolean };
  /** The people who approved this revision so far. */
  readonly approvedBy: readonly number[];
};

type Approval = CadencePolicy['approval'];

const ruleOf = ({ amount, riskFlags, maker }: Decidable, approval: Approval) =>
  amount &&
  approvalRule(
    { amountMinor: amount.minor, currency: amount.currency, riskFlags, madeByBot: maker.isBot },
    { approval },
  );

/** How many different people must approve: what is stored, or what the policy in force asks if that is more. */
export const neededApprovals = (of: Decidable, approval: Approval): number =>
  Math.max(
    of.approvalsNeeded,
    ruleOf(of, approval)?.approvalsNeeded ?? 1,
    of.kind === 'policy_change' && of.maker.isBot ? 2 : 1,
  );

/** Why this person can decide nothing at all. */
export function standingRefusal({ active, isBot, role, email }: Decider): string | null {
  if (isBot) return 'Remy itself never decides.';
  if (!active) return `The access of ${email} is switched off.`;
  return role === 'viewer' ? 'Your role (viewer) can look but not decide.' : null;
}

/** Why this person cannot hold this proposal back (reject, snooze, take an approval back). */
export const stopRefusal = (decider: Decider, of: Decidable): string | null =>
  standingRefusal(decider) ??
  (of.kind === 'policy_change' && !governs(decider) && decider.id !== of.maker.userId
    ? 'Only a controller or an admin decides on a change of the policy.'
    : null);

const governs = ({ role }: Decider): boolean => role === 'controller' || role === 'admin';

/** What the role allows in the currency: null for no limit. */
function roleLimit(decider: Decider, currency: string, { limits }: Approval): bigint | null {
  if (governs(decider)) return null;
  const limit = limits[decider.role === 'approver' ? 'approver' : 'collector'][currency];
  return limit === undefined ? 0n : parseDecimal(limit, currency);
}

/**
 * The amount up to which the person may approve in the currency: null for no limit. Who may send large emails may not
 * for that let large amounts off.
 */
function limitIn(decider: Decider, { kind }: Decidable, currency: string, policy: Approval): bigint | null {
  const own = decider.limit?.currency === currency ? decider.limit.minor : null;
  if (own !== null && kind !== 'application') return own;
  const role = roleLimit(decider, currency, policy);
  const roleIsLower = own === null || (role !== null && role < own);
  return roleIsLower ? role : own;
}

function aboutWords({ minor, currency, before = 0n }: NonNullable<Decidable['amount']>): string {
  const money = (each: bigint) => formatAmount(toDecimal(each, currency), currency);
  return before === 0n
    ? `It is about ${money(minor)}`
    : `It lets off ${money(minor - before)}, and with the ${money(before)} let off before on the same invoices or by you for this customer today that is ${money(minor)}`;
}

function limitRefusal(decider: Decider, of: Decidable, policy: Approval): string | null {
  if (!of.amount) return null;
  const { minor, currency } = of.amount;
  const limit = limitIn(decider, of, currency, policy);
  if (limit === null || (minor <= limit && limit > 0n)) return null;
  const upTo =
    limit > 0n
      ? `you may approve up to ${formatAmount(toDecimal(limit, currency), currency)}`
      : `you have no limit in ${currency}`;
  return `${aboutWords(of.amount)}; ${upTo}. Ask someone with a higher limit.`;
}

function makerRefusal(decider: Decider, of: Decidable, approval: Approval): string | null {
  if (decider.id !== of.maker.userId) return null;
  if (of.kind === 'policy_change')
    return 'You made this change: another controller or admin has to approve it.';
  // placing money that lets nothing off is bookkeeping that one click takes back: one person is enough
  if (of.kind === 'application' && of.amount === null) return null;
  const rule = ruleOf(of, approval);
  return rule?.makerMayApprove
    ? null
    : `You wrote it, so another person has to approve it. ${rule?.why ?? ''}`.trim();
}

/** Why an approval by this person cannot count, whoever else approved: asked at the click and again before sending. */
export const approvalRefusal = (decider: Decider, of: Decidable, policy: Approval): string | null =>
  standingRefusal(decider) ??
  (of.kind === 'policy_change' && !governs(decider)
    ? 'Only a controller or an admin approves a change of the policy.'
    : null) ??
  limitRefusal(decider, of, policy) ??
  makerRefusal(decider, of, policy);

/** Why this person cannot approve it now. */
export const approveRefusal = (decider: Decider, of: Decidable, policy: Approval): string | null =>
  approvalRefusal(decider, of, policy) ??
  (of.approvedBy.includes(decider.id) ? 'You approved it already; it needs another person as well.' : null);

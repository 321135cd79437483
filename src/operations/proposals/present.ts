/** A proposal as a person sees it: with what that person may do about it now, and why not. */
import { letOff } from '../../domain/cash/let-off.ts';
import type { CashPolicy } from '../../domain/cash/policy.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import type { ProposalView } from '../../domain/chase/proposals.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { emailAmount } from '../../domain/proposal/amount.ts';
import {
  approveRefusal,
  type Decidable,
  type Decider,
  stopRefusal,
} from '../../domain/proposal/authority.ts';
import type { ProposalRow } from '../../store/proposals/read.ts';
import { leavingTime } from './leaving-time.ts';

/** What limits count: all of an email; of an application what it lets off and what was let off `before` it. */
function limitedAmount(content: ProposalRow['content'], before: bigint): Decidable['amount'] {
  if (content.kind === 'policy_change') return null;
  const { currency } = content;
  if (content.kind === 'email') return { minor: emailAmount(content), currency };
  const minor = letOff(content.placing, currency);
  return minor === 0n ? null : { minor: minor + before, currency, before };
}

/** What is asked about a person's right to decide on this row; for stopping it, amounts do not matter. */
export const decidableOf = (row: ProposalRow, viewpoint?: Viewpoint): Decidable => ({
  kind: row.kind,
  amount: limitedAmount(row.content, viewpoint?.letOffBefore?.get(row.id) ?? 0n),
  riskFlags: row.risk_flags,
  approvalsNeeded: row.approvals_needed,
  maker: { userId: row.maker_id, isBot: row.maker_is_bot },
  approvedBy: row.decisions
    .filter((each) => each.kind === 'approve' && each.revision === row.revision)
    .map((each) => each.userId),
});

/** How it stands, when it does not wait for a decision. */
export function standing(row: ProposalRow): string | null {
  const last = row.decisions.at(-1);
  const who = (verb: string) =>
    last ? `${last.by} ${verb} it on ${last.at.slice(0, 16).replace('T', ' at ')} UTC` : `It was ${verb}`;
  switch (row.state) {
    case 'pending':
      return null;
    case 'snoozed':
      return `${who('put off')}, until ${row.snoozed_until}. Take that back to decide now.`;
    case 'approved':
      return row.effect?.state === 'unknown'
        ? `${who('approved')}; whether it left is being looked up.`
        : `${who('approved')}; it is on its way.`;
    case 'done':
      return row.kind === 'email'
        ? `${who('approved')}, and it was sent.`
        : row.kind === 'application'
          ? `${who('approved')}, and it was applied.`
          : `${who('approved')}, and it is in force.`;
    case 'rejected':
      return `${who('rejected')}${row.state_reason ? `: ${row.state_reason}` : ''}.`;
    default:
      return `It is ${row.state}${row.state_reason ? `: ${row.state_reason}` : ''}. Draft it again.`;
  }
}

export type Viewpoint = {
  readonly person: Decider;
  readonly policy: CadencePolicy;
  readonly company: CompanySettings | null;
  readonly cash: CashPolicy;
  readonly now: Date;
  /** By proposal: what counts against limits beside what it lets off itself (see let-off-before.ts). Minor units. */
  readonly letOffBefore?: ReadonlyMap<number, bigint>;
};

/** The limits that count for it: what may be sent and what may be let off are limited apart. */
export const limitsFor = (
  row: Pick<ProposalRow, 'kind'>,
  { policy, cash }: Pick<Viewpoint, 'policy' | 'cash'>,
): CadencePolicy['approval'] =>
  row.kind === 'application'
    ? { ...policy.approval, limits: cash.adjustmentLimits, secondPersonFrom: cash.secondPersonFrom }
    : policy.approval;

const expired = (row: ProposalRow, now: Date): boolean => new Date(row.expires_at) <= now;

/** Why the person cannot approve it now; null when it can. */
export const whyNot = (row: ProposalRow, viewpoint: Viewpoint): string | null =>
  standing(row) ??
  (expired(row, viewpoint.now) ? 'It waited too long and expired. Draft it again.' : null) ??
  approveRefusal(viewpoint.person, decidableOf(row, viewpoint), limitsFor(row, viewpoint));

const leavingOf = (row: ProposalRow, { now, policy, company }: Viewpoint) =>
  leavingTime(now, row.recipient!, policy, company);

/** What is unusual about it as it stands, and has to be looked at by itself. */
export function warnings(row: ProposalRow, viewpoint: Viewpoint): string[] {
  if (row.content.kind !== 'email' || row.state !== 'pending') return [];
  const { company } = viewpoint;
  const leaves = leavingOf(row, viewpoint);
  const never = 'never' in leaves ? [leaves.never] : [];
  const hidden = row.content.bcc.length > 0 ? [`A blind copy goes to ${row.content.bcc.join(', ')}.`] : [];
  const sender = company ? [] : ['Nothing can be sent before the company settings name a sender.'];
  return [...never, ...hidden, ...sender];
}

/** That more was let off than this proposal shows, for whoever looks at it. */
function letOffWords(row: ProposalRow, viewpoint: Viewpoint): string[] {
  const { amount } = decidableOf(row, viewpoint);
  if (row.state !== 'pending' || !amount?.before) return [];
  const money = (minor: bigint) => formatAmount(toDecimal(minor, amount.currency), amount.currency);
  return [
    `${money(amount.before)} let off before on the same invoices, or by you for this customer today, count as well: ${money(amount.minor)} in all.`,
  ];
}

function cautions(row: ProposalRow, viewpoint: Viewpoint): string[] {
  if (row.content.kind === 'application') return letOffWords(row, viewpoint);
  if (row.content.kind !== 'email' || row.state !== 'pending') return [];
  const leaves = leavingOf(row, viewpoint);
  const waits = 'why' in leaves && leaves.why !== null;
  return [...(waits ? [`It would not leave at once: ${leaves.why}.`] : []), ...warnings(row, viewpoint)];
}

/** `known`: cautions that were read for it. */
export function presentProposal(
  row: ProposalRow,
  viewpoint: Viewpoint,
  known: readonly string[] = [],
): ProposalView {
  const reason = whyNot(row, viewpoint);
  return {
    id: row.id,
    revision: row.revision,
    digest: row.digest,
    kind: row.kind,
    origin: row.origin,
    state: row.state,
    stateReason: row.state_reason,
    customer: row.customer,
    currency: row.currency,
    amount:
      row.amount_minor === null || row.currency === null ? null : toDecimal(row.amount_minor, row.currency),
    content: row.content,
    madeBy: row.made_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    snoozedUntil: row.snoozed_until,
    riskFlags: row.risk_flags,
    approvalsNeeded: row.approvals_needed,
    mayDecide: reason === null,
    whyNot: reason,
    mayStop: stopRefusal(viewpoint.person, decidableOf(row)) === null,
    model: row.model,
    decisions: row.decisions.map(({ userId: _, ...decision }) => decision),
    effect: row.effect,
    match: row.match,
    cautions: [...known, ...cautions(row, viewpoint)],
  };
}

/** Everything that is looked at again at the moment of leaving, in the transaction that takes the effect in hand. */
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import type { CheckResult, EmailContent, Receipt } from '../../domain/chase/proposals.ts';
import { emailAmount } from '../../domain/proposal/amount.ts';
import { approvalRefusal, type Decidable, neededApprovals } from '../../domain/proposal/authority.ts';
import {
  checkApproval,
  checkDigest,
  checkExpiry,
  checkFreshness,
  checkHours,
} from '../../domain/proposal/send-checks.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LockedEffect } from '../../store/effects/due.ts';
import { sourceFreshness } from '../../store/freshness.ts';
import { readCadence, readCompany } from '../../store/policies.ts';
import { readApprovals } from '../../store/proposals/approvals.ts';
import { readRecipient } from '../../store/proposals/ledger-now.ts';
import { lockPeople } from '../../store/proposals/people.ts';
import { readStored, type StoredRevision } from '../../store/proposals/stored.ts';
import type { Sql } from '../../store/transaction.ts';
import { localDay } from '../local-day.ts';
import { namedFiles, recomputed } from '../proposals/digests.ts';
import { leavingTime } from '../proposals/leaving-time.ts';
import { emailIn, lookAgain } from '../proposals/overtaken.ts';
import { policyProblem } from '../proposals/policy-change.ts';

export type Recheck = {
  readonly stored: StoredRevision;
  readonly receipt: Receipt;
  /** In words; empty when it may leave, apart from the hour. */
  readonly problems: readonly string[];
  /** When it may leave: now, or a later time of day. */
  readonly leavesAt: Date;
};

type Setting = { now: Date; today: string; policy: CadencePolicy; company: CompanySettings | null };

async function approvalCheck(
  sql: Sql,
  effect: LockedEffect,
  stored: StoredRevision,
  { policy }: Setting,
): Promise<CheckResult[]> {
  const approvals = await readApprovals(sql, effect.proposal_id, effect.revision);
  const people = new Map(
    (
      await lockPeople(
        sql,
        approvals.map((each) => each.user_id),
      )
    ).map((each) => [each.id, each]),
  );
  const email = emailIn(stored);
  const of: Decidable = {
    kind: effect.kind,
    amount: email && { minor: emailAmount(email), currency: email.currency },
    riskFlags: stored.risk_flags,
    approvalsNeeded: stored.approvals_needed,
    maker: { userId: stored.maker_id, isBot: stored.maker_is_bot },
    approvedBy: [],
  };
  const refusals = approvals.flatMap(({ user_id, user_email }) => {
    const person = people.get(user_id);
    const reason = person ? approvalRefusal(person, of, policy.approval) : 'There is no such user.';
    return reason === null ? [] : [`${user_email}: ${reason}`];
  });
  const digest = checkDigest(
    {
      recomputed: recomputed(stored),
      stored: stored.digest,
      approved: [effect.digest, ...approvals.map((each) => each.digest)],
    },
    namedFiles(stored),
    stored.attachments,
  );
  return [
    digest,
    checkApproval(
      approvals.map((each) => each.user_email),
      refusals,
      neededApprovals(of, policy.approval),
    ),
  ];
}

async function emailChecks(
  sql: Sql,
  stored: StoredRevision,
  setting: Setting & { readonly leavesAt: Date },
): Promise<CheckResult[]> {
  return [
    ...((await lookAgain(sql, [stored], setting)).get(stored.proposal_id) ?? []),
    checkFreshness(await sourceFreshness(sql), setting.now),
  ];
}

const newestCheck = (effect: LockedEffect, stored: StoredRevision, state: string): CheckResult => {
  const same = state === 'approved' && stored.revision === effect.revision;
  return {
    check: 'proposal',
    ok: same,
    detail: same
      ? 'It is the draft that was approved.'
      : 'The draft that was approved is not the newest any more.',
  };
};

const asCheck = (name: string, problem: string | null, fine: string): CheckResult => ({
  check: name,
  ok: problem === null,
  detail: problem ?? fine,
});

/** The hour at which it may leave: where that is past the approval's end, the approval has ended. */
async function hoursCheck(sql: Sql, content: EmailContent, effect: LockedEffect, setting: Setting) {
  const { now, policy, company } = setting;
  const recipient = await readRecipient(sql, content.customerId);
  if (!recipient)
    return { check: asCheck('hours', 'The customer is not there any more.', ''), at: now, ended: false };
  const next = leavingTime(now, recipient, policy, company);
  if ('never' in next) return { check: asCheck('hours', next.never, ''), at: now, ended: false };
  return { check: checkHours(next, now), at: next.at, ended: next.at >= effect.expires_at };
}

/** Looks at all of it, whatever the first answer is: the receipt shows everything. */
export async function recheck(
  sql: Sql,
  effect: LockedEffect,
  proposalState: string,
  clock: Clock,
): Promise<Recheck> {
  const stored = (await readStored(sql, [effect.proposal_id]))[0]!;
  const { company } = await readCompany(sql);
  const at = { now: clock.now(), today: localDay(clock, company) };
  const setting = { ...at, policy: (await readCadence(sql)).policy, company };
  const content = effect.kind === 'email' ? emailIn(stored) : null;
  const hours = content ? await hoursCheck(sql, content, effect, setting) : null;
  const checks = [
    newestCheck(effect, stored, proposalState),
    ...(await approvalCheck(sql, effect, stored, setting)),
    checkExpiry(effect.expires_at, hours?.ended ? effect.expires_at : at.now),
    ...(content
      ? await emailChecks(sql, stored, { ...setting, leavesAt: hours?.at ?? at.now })
      : effect.kind === 'email'
        ? [asCheck('content', 'The email cannot be read.', '')]
        : [
            asCheck(
              'base',
              await policyProblem(sql, stored),
              'The settings it changes are still those in force.',
            ),
          ]),
  ];
  const all = hours ? [...checks, hours.check] : checks;
  const lasting = hours && !hours.check.ok && hours.at <= at.now ? all : checks;
  return {
    stored,
    receipt: {
      checkedAt: at.now.toISOString(),
      checks: all,
      sources: await sourceFreshness(sql),
      sentAt: null,
      messageId: effect.message_id,
      provider: null,
    },
    problems: lasting.filter((each) => !each.ok).map((each) => each.detail),
    leavesAt: hours?.at ?? at.now,
  };
}

/** Stores a change of settings as a proposal: another controller or admin decides on exactly this document. */
import type { CashPolicy } from '../../domain/cash/policy.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import { changesBetween } from '../../domain/chase/policy-changes.ts';
import { policyEffects } from '../../domain/chase/policy-effects.ts';
import type { PolicyChangeContent, ProposalView } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import type { Context } from '../../ports/actor.ts';
import type { Clock } from '../../ports/clock.ts';
import { readChaseFacts } from '../../store/chase/facts.ts';
import { contentDigest } from '../../store/digest.ts';
import { waitingProposals } from '../../store/digests.ts';
import { readCadence, readCashPolicy, readCompany } from '../../store/policies.ts';
import { addProposal } from '../../store/proposals/write.ts';
import type { Sql } from '../../store/transaction.ts';
import { viewProposals } from '../list-proposals.ts';
import { audit } from '../recording.ts';

/** Nobody wrote prose: the change is put into words by code. */
const BY_CODE = { model: 'code', promptVersion: 'none' };
const HOUR_MS = 3_600_000;

const origins = ['chat', 'console', 'command_line'] as const;
export type WishOrigin = (typeof origins)[number];

export type NewSettings =
  | { readonly policy: 'cadence'; readonly after: CadencePolicy }
  | { readonly policy: 'company'; readonly after: CompanySettings }
  | { readonly policy: 'cash'; readonly after: CashPolicy };

/** What goes out differently, of the cadence computed on today's books. */
async function effectsOf(sql: Sql, wish: NewSettings, context: Context): Promise<string[]> {
  const { policy: before } = await readCadence(sql);
  const { company } = await readCompany(sql);
  if (wish.policy === 'cash')
    return [
      'The next run of matching uses the new rules. What was applied before stays, and what waits for a decision is worked out anew.',
    ];
  if (wish.policy === 'company')
    return [
      'Every draft that is made from then on uses the new settings; drafts that wait have to be made again.',
    ];
  const waiting = await waitingProposals(sql, null);
  return policyEffects({
    facts: await readChaseFacts(sql, { today: context.today, owner: null }),
    waiting: waiting.flatMap(({ id, name, currency, amount_minor: amountMinor }) =>
      name === null || currency === null || amountMinor === null
        ? []
        : [{ id, customer: name, currency, amountMinor }],
    ),
    before,
    after: wish.after,
    today: context.today,
    company,
  });
}

async function documentInForce(sql: Sql, policy: NewSettings['policy']) {
  if (policy === 'company') {
    const { version, company } = await readCompany(sql);
    return { version, document: company ?? undefined };
  }
  const { version, policy: document } =
    policy === 'cadence' ? await readCadence(sql) : await readCashPolicy(sql);
  return { version, document };
}

/** Where money goes and who writes: a change of these is looked at twice. */
const RISKY = /^(paymentInstructions|paymentLink|fromAddress|replyTo)\b/;

/**
 * The stored proposal. Throws: InvalidInputError when nothing would change.
 */
export async function proposeSettings(
  sql: Sql,
  clock: Clock,
  wish: NewSettings,
  made: { readonly context: Context; readonly origin: WishOrigin; readonly instruction: string | null },
): Promise<ProposalView> {
  const { context } = made;
  const cadence = await readCadence(sql);
  const inForce = await documentInForce(sql, wish.policy);
  const changes = changesBetween(inForce.document, wish.after);
  if (changes.length === 0) throw new InvalidInputError('That is how it is already; nothing would change.');
  const content: PolicyChangeContent = {
    kind: 'policy_change',
    policy: wish.policy,
    baseVersion: inForce.version,
    changes,
    after: wish.after,
    effects: await effectsOf(sql, wish, context),
  };
  const riskFlags = changes.some(({ path }) => RISKY.test(path)) ? ['payment_or_sender'] : [];
  const id = await addProposal(sql, {
    ...{
      content,
      attachments: [],
      evidence: null,
      riskFlags,
      approvalsNeeded: 1,
      amountMinor: null,
      ...BY_CODE,
    },
    ...{ instruction: made.instruction, origin: made.origin, thread: context.thread },
    madeBy: { userId: context.actor.userId, email: context.actor.email },
    expiresAt: new Date(clock.now().getTime() + cadence.policy.approval.expiresAfterHours * HOUR_MS),
  });
  await audit(sql, context, 'propose_policy_change', {
    proposalId: id,
    policy: wish.policy,
    digest: contentDigest(content),
    changes: changes.slice(0, 50),
  });
  return (await viewProposals(sql, clock, [id!], context))[0]!;
}

/** Stores a placing as a proposal: new, in place of Remy's own suggestion, or as a revision of what waits. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import { letOff } from '../../domain/cash/let-off.ts';
import type { ProposalView } from '../../domain/chase/proposals.ts';
import { parseDecimal } from '../../domain/money.ts';
import { approvalRule } from '../../domain/proposal/approval-rule.ts';
import type { Context } from '../../ports/actor.ts';
import type { Clock } from '../../ports/clock.ts';
import { contentDigest } from '../../store/digest.ts';
import { readCadence, readCashPolicy } from '../../store/policies.ts';
import { readProposal } from '../../store/proposals/read.ts';
import { addProposal, addRevision, closeProposal, type NewRevision } from '../../store/proposals/write.ts';
import { livePlacings } from '../../store/proposals/write-many.ts';
import type { Sql } from '../../store/transaction.ts';
import { viewProposals } from '../list-proposals.ts';
import { limitsFor } from '../proposals/present.ts';
import { audit } from '../recording.ts';
import { PLACING_DAYS } from './keep-proposals.ts';

export type StoreOrigin = 'chat' | 'console' | 'command_line';

async function revisionOf(
  sql: Sql,
  clock: Clock,
  content: ApplicationContent,
  { actor }: Context,
  instruction: string | null,
): Promise<NewRevision> {
  const { policy } = await readCadence(sql);
  const { policy: cash } = await readCashPolicy(sql);
  const amountMinor = letOff(content.placing, content.currency);
  const rule = approvalRule(
    { amountMinor, currency: content.currency, riskFlags: [], madeByBot: false },
    { approval: limitsFor({ kind: 'application' }, { policy, cash }) },
  );
  return {
    content,
    attachments: [],
    evidence: null,
    riskFlags: [],
    approvalsNeeded: amountMinor === 0n ? 1 : rule.approvalsNeeded,
    amountMinor: content.payment ? parseDecimal(content.payment.unapplied, content.currency) : amountMinor,
    madeBy: { userId: actor.userId, email: actor.email },
    instruction,
    model: 'by hand',
    promptVersion: 'none',
    expiresAt: new Date(clock.now().getTime() + PLACING_DAYS * 86_400_000),
  };
}

/** The proposal as it waits afterwards. One payment has at most one. */
export async function storePlacing(
  sql: Sql,
  clock: Clock,
  content: ApplicationContent,
  made: { readonly context: Context; readonly origin: StoreOrigin; readonly instruction: string | null },
): Promise<ProposalView> {
  const { context } = made;
  const revision = await revisionOf(sql, clock, content, context, made.instruction);
  const [live] = content.payment ? await livePlacings(sql, [content.payment.id]) : [];
  const row = live && (await readProposal(sql, live.id, null));
  const revised = row && (await addRevision(sql, row.id, row.revision, revision));
  if (live && !revised)
    await closeProposal(sql, live.id, 'replaced', 'Somebody placed the money in another way.');
  const id = revised
    ? row.id
    : await addProposal(sql, { ...revision, origin: made.origin, thread: context.thread });
  await audit(sql, context, revised ? 'revise_placing' : 'propose_placing', {
    proposalId: id,
    paymentId: content.payment?.id ?? null,
    digest: contentDigest(content),
    placing: content.placing,
  });
  return (await viewProposals(sql, clock, [id!], context))[0]!;
}

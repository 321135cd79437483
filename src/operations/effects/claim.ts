/**
 * Takes one due effect in hand, in one transaction: looks at everything again and either begins the try, or ends it,
 * or moves it. The proposal is locked before its effect, as everywhere.
 */
import { type EmailContent, proposalContent } from '../../domain/chase/proposals.ts';
import type { OutgoingMail } from '../../ports/mailbox.ts';
import { appendAudit } from '../../store/audit.ts';
import { beginLookUp, beginTry, type LockedEffect, lockDueEffect } from '../../store/effects/due.ts';
import { markVoid, postpone } from '../../store/effects/outcome.ts';
import { lockProposal, moveProposal } from '../../store/proposals/decide.ts';
import { readAttachments } from '../../store/proposals/stored.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { applyPolicy } from './apply-policy.ts';
import { after, type InHand, type Result, type Tried } from './parts.ts';
import { type Recheck, recheck } from './recheck.ts';

export type Claimed =
  | { readonly next: 'nothing'; readonly result: Result | null }
  | { readonly next: 'look'; readonly tried: Tried }
  | { readonly next: 'send'; readonly tried: Tried; readonly mail: OutgoingMail };

const done = (outcome: Result['outcome'], detail: string): Claimed => ({
  next: 'nothing',
  result: { outcome, detail },
});

/** What must not leave ends here; its proposal is stale and says why. */
async function end(
  sql: Sql,
  effect: LockedEffect,
  state: string,
  found: Recheck,
  now: Date,
): Promise<Claimed> {
  const reason = found.problems.join(' ');
  const { id: effectId, proposal_id: proposalId, revision, digest } = effect;
  await markVoid(sql, { effectId, fence: effect.fence }, now, { receipt: found.receipt, reason });
  if (state === 'approved') await moveProposal(sql, proposalId, { state: 'stale', reason });
  await appendAudit(sql, {
    actor: 'remy',
    act: 'effect_void',
    detail: { effectId, proposalId, revision, digest, reason },
  });
  return done('void', reason);
}

async function mailOf(
  sql: Sql,
  { proposal_id, revision, message_id }: LockedEffect,
  content: EmailContent,
  date: Date,
): Promise<OutgoingMail> {
  const bytes = await readAttachments(sql, proposal_id, revision);
  return {
    messageId: message_id!,
    from: content.from,
    replyTo: content.replyTo,
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    subject: content.subject,
    body: content.body,
    attachments: content.attachments.map(({ name, mime }) => ({ name, mime, bytes: bytes.get(name)! })),
    inReplyTo: content.inReplyTo,
    references: content.references,
    listUnsubscribe: content.listUnsubscribe,
    date,
  };
}

async function begin(
  sql: Sql,
  work: InHand,
  effect: LockedEffect,
  found: Recheck,
  now: Date,
): Promise<Claimed> {
  const { clock, limits, instance } = work;
  const content = proposalContent.parse(found.stored.content) as EmailContent;
  await beginTry(sql, effect.id, now, {
    worker: instance,
    leaseUntil: after(clock, limits.leaseMs),
    receipt: found.receipt,
  });
  const mail = await mailOf(sql, effect, content, now);
  return {
    next: 'send',
    tried: { ...triedBy(effect), attempts: effect.attempts + 1, claimedAt: work.elapsed() },
    mail,
  };
}

/** The effect in the hands of the claim that raises its fence. */
const triedBy = (effect: LockedEffect): Tried => ({
  effectId: effect.id,
  fence: effect.fence + 1,
  messageId: effect.message_id!,
  attempts: effect.attempts,
  failures: effect.failures,
  claimedAt: null,
});

async function take(sql: Sql, work: InHand): Promise<Claimed> {
  const { clock, limits, instance, point } = work;
  const proposal = await lockProposal(sql, work.proposalId);
  const now = clock.now();
  const effect = proposal && (await lockDueEffect(sql, work.effectId, now));
  if (!effect) return { next: 'nothing', result: null };
  await point('claim:locked');
  if (effect.state !== 'ready') {
    await beginLookUp(sql, effect.id, instance, after(clock, limits.callMs * 2));
    return { next: 'look', tried: triedBy(effect) };
  }
  // one instant for all of it: a clock that moves on between two looks would put it off for ever
  const found = await recheck(sql, effect, proposal.state, { ...clock, now: () => now });
  await point('claim:checked');
  if (found.problems.length > 0) return end(sql, effect, proposal.state, found, now);
  if (effect.kind === 'policy_change')
    return { next: 'nothing', result: await applyPolicy(sql, work, effect, found) };
  if (found.leavesAt > now) {
    await postpone(sql, { effectId: effect.id, fence: effect.fence }, found.leavesAt, found.receipt);
    return done('later', `It may leave from ${found.leavesAt.toISOString()} on.`);
  }
  return begin(sql, work, effect, found, now);
}

export async function claim(work: InHand): Promise<Claimed> {
  const claimed = await inTenant(work.database.pool, work.tenantId, async (sql) => {
    const taken = await take(sql, work);
    await work.point('claim:written');
    return taken;
  });
  await work.point('claim:committed');
  return claimed;
}

/** Writes down that an email left: message, timeline, receipt, audit and proposal, all of it once and in one transaction. */
import { type EmailContent, type Receipt, receipt as receiptShape } from '../../domain/chase/proposals.ts';
import { appendAudit } from '../../store/audit.ts';
import { markSent } from '../../store/effects/outcome.ts';
import { readReceipt } from '../../store/effects/read.ts';
import { addMessage, addThread, findContacts, findThread } from '../../store/messages.ts';
import { readCompany } from '../../store/policies.ts';
import { readApprovals } from '../../store/proposals/approvals.ts';
import { lockProposal, moveProposal } from '../../store/proposals/decide.ts';
import { readStored, type StoredRevision } from '../../store/proposals/stored.ts';
import { addEvent } from '../../store/timeline.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { localDay } from '../local-day.ts';
import { emailIn } from '../proposals/overtaken.ts';
import type { InHand, Result, Tried } from './parts.ts';

/** Under which sent mail is stored, beside mail that came in. */
const MAIL = 'mail';

export type Left = {
  readonly sentAt: Date;
  /** What the provider said, or how it was found out. */
  readonly provider: string;
};

async function addToThread(
  sql: Sql,
  messageId: string,
  email: EmailContent,
  { sentAt }: Left,
): Promise<number | null> {
  const { customerId } = email;
  const earlier = [...(email.inReplyTo ? [email.inReplyTo] : []), ...email.references];
  const thread = await findThread(sql, MAIL, earlier);
  const contacts = await findContacts(sql, email.to);
  return addMessage(sql, {
    source: MAIL,
    externalId: messageId,
    threadId: thread?.threadId ?? (await addThread(sql, { customerId, subject: email.subject })),
    customerId,
    contactId: contacts.find((each) => each.customer_id === customerId)?.id ?? null,
    direction: 'out',
    sentAt: sentAt.toISOString(),
    from: email.from,
    to: [...email.to, ...email.cc, ...email.bcc],
    subject: email.subject,
    body: email.body,
  });
}

/** Nothing where the message is stored already: whoever stored it wrote its event too. */
async function tell(
  sql: Sql,
  { clock }: InHand,
  stored: StoredRevision,
  messageId: string,
  left: Left,
): Promise<void> {
  const email = emailIn(stored);
  if (!email) return;
  const id = await addToThread(sql, messageId, email, left);
  if (id === null) return;
  const day = localDay(clock, (await readCompany(sql)).company);
  const invoiceIds = email.invoices.map((each) => each.id);
  await addEvent(sql, {
    source: 'remy',
    externalId: `message:${id}`,
    customerId: email.customerId,
    invoiceId: invoiceIds.length === 1 ? invoiceIds[0]! : null,
    kind: 'chased',
    happenedOn: day,
    happenedAt: left.sentAt.toISOString(),
    actor: 'remy',
    summary: `Written to: ${email.subject}`,
    detail: {
      messageId: id,
      proposalId: stored.proposal_id,
      stepId: email.stepId,
      letter: email.letter,
      invoiceIds,
    },
  });
}

/** It had left although our own row of the try is lost: what was looked at then is not known any more. */
const forgotten = ({ messageId }: Tried, { sentAt }: Left): Receipt => ({
  checkedAt: sentAt.toISOString(),
  checks: [],
  sources: [],
  sentAt: null,
  messageId,
  provider: null,
});

/** False: another worker has taken the effect since, and finds out by itself; nothing was written. */
async function write(sql: Sql, work: InHand, tried: Tried, left: Left): Promise<boolean> {
  const { proposalId, point } = work;
  await lockProposal(sql, proposalId);
  await point('record:locked');
  const kept = receiptShape.safeParse(await readReceipt(sql, tried.effectId));
  const looked = kept.success ? kept.data : forgotten(tried, left);
  const receipt: Receipt = { ...looked, sentAt: left.sentAt.toISOString(), provider: left.provider };
  if (!(await markSent(sql, tried, left.sentAt, receipt))) return false;
  const stored = (await readStored(sql, [proposalId]))[0]!;
  await tell(sql, work, stored, tried.messageId, left);
  await moveProposal(sql, proposalId, { state: 'done' });
  const approvals = await readApprovals(sql, proposalId, stored.revision);
  await appendAudit(sql, {
    actor: 'remy',
    act: 'email_sent',
    detail: {
      effectId: tried.effectId,
      proposalId,
      revision: stored.revision,
      digest: stored.digest,
      approvedBy: approvals.map((each) => each.user_email),
      messageId: tried.messageId,
      model: stored.model,
      promptVersion: stored.prompt_version,
      evidence: stored.evidence,
      provider: left.provider,
    },
  });
  await point('record:written');
  return true;
}

export async function recordSent(work: InHand, tried: Tried, left: Left): Promise<Result> {
  const written = await inTenant(work.database.pool, work.tenantId, (sql) => write(sql, work, tried, left));
  await work.point('record:committed');
  return written
    ? { outcome: 'sent', detail: left.provider }
    : { outcome: 'overtaken', detail: 'Another worker took it in hand; nothing was written.' };
}

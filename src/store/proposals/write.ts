/** Storing proposals and their revisions. Deciding on them is in decide.ts, reading in read.ts. */
import { z } from 'zod';
import type { ProposalContent } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { bytesDigest, contentDigest } from '../digest.ts';
import type { Sql } from '../transaction.ts';

/** What was known when the content was written; what is newer makes an email stale before it leaves. */
export type Evidence = {
  /** Newest incoming message of the customer, and newest payment; 0 when there is none. */
  readonly lastMessageInId: number;
  readonly lastPaymentId: number;
  /** ISO 8601. */
  readonly at: string;
  readonly asOf: string;
  /** The version of the company settings it was written with; null: there were none. */
  readonly companyVersion?: number | null;
  /** The day by which it asks for an answer. */
  readonly answerBy?: string;
  /** How the text was asked for, so that the next wish goes on from it. */
  readonly style?: {
    readonly shorter: boolean;
    readonly mentionPo: boolean;
    readonly wishes: readonly string[];
    readonly edited: boolean;
  };
};

export type Attachment = { readonly name: string; readonly mime: string; readonly bytes: Uint8Array };

export type NewRevision = {
  readonly content: ProposalContent;
  readonly attachments: readonly Attachment[];
  readonly evidence: Evidence | null;
  readonly madeBy: { readonly userId: number; readonly email: string };
  readonly instruction: string | null;
  readonly model: string;
  readonly promptVersion: string;
  readonly riskFlags: readonly string[];
  readonly approvalsNeeded: number;
  readonly amountMinor: bigint | null;
  readonly expiresAt: Date;
};

export type NewProposal = NewRevision & {
  readonly origin: 'matching' | 'cadence' | 'chat' | 'console' | 'command_line';
  readonly thread: string | null;
};

const idRow = z.object({ id: z.coerce.number() });

/** Throws: InvalidInputError when the content names attachments that are not the given bytes. */
function assertAttachments({ content, attachments }: NewRevision): void {
  const named = content.kind === 'email' ? content.attachments : [];
  const fits =
    named.length === attachments.length &&
    named.every((each, at) => {
      const file = attachments[at]!;
      return each.name === file.name && each.mime === file.mime && each.sha256 === bytesDigest(file.bytes);
    });
  if (!fits) throw new InvalidInputError('The attachments are not those that the email names.');
}

type About = {
  readonly customerId: number | null;
  readonly currency: string | null;
  readonly paymentId: number | null;
};

/** Whom and what a proposal is about, for finding it. */
function aboutOf(content: ProposalContent): About {
  if (content.kind === 'policy_change') return { customerId: null, currency: null, paymentId: null };
  if (content.kind === 'email')
    return { customerId: content.customerId, currency: content.currency, paymentId: null };
  const { placing, payment, currency } = content;
  const customerId = (placing.customer ?? payment?.customer)?.id ?? null;
  return { customerId, currency, paymentId: payment?.id ?? null };
}

async function addRevisionRow(
  sql: Sql,
  proposalId: number,
  revision: number,
  made: NewRevision,
): Promise<void> {
  assertAttachments(made);
  await sql.run(
    `insert into proposal_revision (tenant_id, proposal_id, revision, content, digest, evidence, made_by, made_by_user,
       instruction, model, prompt_version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      sql.tenantId,
      proposalId,
      revision,
      JSON.stringify(made.content),
      contentDigest(made.content),
      JSON.stringify(made.evidence ?? {}),
      made.madeBy.email,
      made.madeBy.userId,
      made.instruction,
      made.model,
      made.promptVersion,
    ],
  );
  for (const { name, mime, bytes } of made.attachments)
    await sql.run(
      `insert into proposal_attachment (tenant_id, proposal_id, revision, name, mime, bytes, sha256)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [sql.tenantId, proposalId, revision, name, mime, Buffer.from(bytes), bytesDigest(bytes)],
    );
}

/**
 * Stores a proposal with its first revision. Null when an email to this customer in this currency, or a placing of this
 * payment, is alive already: the caller replaces that one first, or refuses.
 */
export async function addProposal(sql: Sql, made: NewProposal): Promise<number | null> {
  const { content } = made;
  const about = aboutOf(content);
  const row = await sql.maybe(
    idRow,
    `insert into proposal (tenant_id, kind, origin, customer_id, currency, amount_minor, approvals_needed, risk_flags,
       made_by, made_by_user, expires_at, thread, payment_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning id`,
    [
      sql.tenantId,
      content.kind,
      made.origin,
      about.customerId,
      about.currency,
      about.currency === null ? null : made.amountMinor,
      made.approvalsNeeded,
      made.riskFlags,
      made.madeBy.email,
      made.madeBy.userId,
      made.expiresAt,
      made.thread,
      about.paymentId,
    ],
  );
  if (!row) return null;
  await addRevisionRow(sql, row.id, 1, made);
  return row.id;
}

/**
 * Adds the next revision and makes it the one that can be decided on. Null when the proposal is not waiting any more
 * or has moved on from `from`: then nothing was written.
 */
export async function addRevision(
  sql: Sql,
  proposalId: number,
  from: number,
  made: NewRevision,
): Promise<number | null> {
  const moved = await sql.run(
    `update proposal set revision = revision + 1, amount_minor = case when kind <> 'policy_change' then $4::bigint end,
       customer_id = case when kind = 'application' then $8::bigint else customer_id end,
       risk_flags = $5, approvals_needed = $6, expires_at = $7, state = 'pending', snoozed_until = null, updated_at = now()
     where id = $1 and revision = $2 and state in ('pending', 'snoozed') and kind = $3`,
    [
      proposalId,
      from,
      made.content.kind,
      made.amountMinor,
      made.riskFlags,
      made.approvalsNeeded,
      made.expiresAt,
      aboutOf(made.content).customerId,
    ],
  );
  if (moved === 0) return null;
  await addRevisionRow(sql, proposalId, from + 1, made);
  return from + 1;
}

/** Ends a waiting proposal without a decision. False when it is not waiting any more. */
export const closeProposal = async (
  sql: Sql,
  proposalId: number,
  state: 'stale' | 'expired' | 'replaced',
  reason: string,
): Promise<boolean> =>
  (await sql.run(
    `update proposal set state = $2, state_reason = $3, snoozed_until = null, updated_at = now()
     where id = $1 and state in ('pending', 'snoozed')`,
    [proposalId, state, reason],
  )) > 0;

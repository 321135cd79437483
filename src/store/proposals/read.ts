/** Reading proposals with their newest revision, their decisions and their newest effect. */
import { z } from 'zod';
import { proposalContent, proposalState, receipt } from '../../domain/chase/proposals.ts';
import { customerRef } from '../../domain/ledger-query/result.ts';
import type { Sql } from '../transaction.ts';

const instant = z
  .union([z.string(), z.date()])
  .transform((value) => (typeof value === 'string' ? new Date(value) : value).toISOString());

const decisionRow = z.object({
  kind: z.enum(['approve', 'reject', 'snooze', 'undo']),
  userId: z.number(),
  by: z.string(),
  role: z.string(),
  at: instant,
  via: z.string(),
  revision: z.number(),
  digest: z.string(),
  reason: z.string().nullable(),
  untilOn: z.string().nullable(),
});

export const effectRow = z.object({
  id: z.number(),
  proposalId: z.number(),
  kind: z.enum(['email', 'policy_change']),
  state: z.enum(['ready', 'sending', 'unknown', 'sent', 'void', 'cancelled', 'dead']),
  notBefore: instant,
  attempts: z.number(),
  messageId: z.string().nullable(),
  error: z.string().nullable(),
  receipt: receipt.nullable(),
});

/** What says when a customer may be written to. The ledger's region is a sales region, without holidays of its own. */
export const recipientShape = z.object({
  timezone: z.string().nullable(),
  country: z.string().nullable(),
  region: z.null(),
});

/** A customer as `recipientShape` reads it, from the table `c`. */
export const recipientJson = `case when c.id is not null then json_build_object('timezone', c.timezone,
  'country', c.country, 'region', null) end`;

/** The act of placing money that it was approved for. */
const matchRow = z.object({
  matchId: z.number(),
  reversedOn: z.string().nullable(),
  reversedBy: z.string().nullable(),
});

const proposalRow = z.object({
  id: z.coerce.number(),
  revision: z.number(),
  digest: z.string(),
  kind: z.enum(['email', 'policy_change', 'application']),
  origin: z.enum(['matching', 'cadence', 'chat', 'console', 'command_line']),
  state: proposalState,
  state_reason: z.string().nullable(),
  customer: customerRef.nullable(),
  recipient: recipientShape.nullable(),
  currency: z.string().nullable(),
  amount_minor: z.coerce.bigint().nullable(),
  content: proposalContent,
  made_by: z.string(),
  maker_id: z.coerce.number(),
  maker_is_bot: z.boolean(),
  created_at: instant,
  expires_at: instant,
  snoozed_until: z.string().nullable(),
  risk_flags: z.array(z.string()),
  approvals_needed: z.number(),
  model: z.string(),
  decisions: z.array(decisionRow),
  effect: effectRow.nullable(),
  match: matchRow.nullable(),
});
export type ProposalRow = z.infer<typeof proposalRow>;

/** An effect as `effectRow` reads it, from the table `e`. */
export const effectJson = `json_build_object('id', e.id, 'proposalId', e.proposal_id, 'kind', e.kind, 'state', e.state,
  'notBefore', e.not_before, 'attempts', e.attempts, 'messageId', e.message_id, 'error', e.error, 'receipt', e.receipt)`;

/** States by what a person asks for. */
export const stateGroups = {
  waiting: ['pending', 'snoozed'],
  approved: ['approved'],
  done: ['done'],
  closed: ['rejected', 'stale', 'expired', 'replaced', 'failed'],
  all: proposalState.options,
} as const;

export type ProposalFilter = {
  readonly states: readonly string[];
  /** Sales see proposals about their own customers only, and none to place money; null: no limit. */
  readonly owner: string | null;
  readonly customerId?: number | undefined;
  readonly kind?: string | undefined;
  readonly proposalId?: number | undefined;
};

const where = `p.state = any($1::text[]) and ($2::text is null or c.owner_email = $2)
  and ($3::bigint is null or p.customer_id = $3) and ($4::bigint is null or p.id = $4)
  and ($5::text is null or p.kind = $5)
  and ($2::text is null or p.kind <> 'application')`;
const values = (filter: ProposalFilter): unknown[] => [
  filter.states,
  filter.owner,
  filter.customerId ?? null,
  filter.proposalId ?? null,
  filter.kind ?? null,
];

/** Those that fit; the ones that wait or are on their way oldest first, ended ones newest first. */
export const readProposals = (
  sql: Sql,
  filter: ProposalFilter,
  limit: number,
  newestFirst = false,
): Promise<ProposalRow[]> =>
  sql.many(
    proposalRow,
    `select p.id, p.revision, r.digest, p.kind, p.origin, p.state, p.state_reason, p.currency, p.amount_minor, r.content,
       case when c.id is not null then json_build_object('id', c.id, 'code', c.external_id, 'name', c.name) end as customer,
       ${recipientJson} as recipient,
       r.made_by, r.made_by_user as maker_id, u.is_bot as maker_is_bot, p.created_at, p.expires_at, p.snoozed_until,
       p.risk_flags, p.approvals_needed, r.model,
       coalesce((select json_agg(json_build_object('kind', d.kind, 'userId', d.user_id, 'by', d.user_email,
           'role', d.user_role, 'at', d.decided_at, 'via', d.via, 'revision', d.revision, 'digest', d.digest,
           'reason', d.reason, 'untilOn', d.until_on) order by d.id)
         from decision d where d.proposal_id = p.id), '[]') as decisions,
       (select ${effectJson} from effect e where e.proposal_id = p.id order by e.id desc limit 1) as effect,
       (select json_build_object('matchId', m.id, 'reversedOn', m.reversed_on, 'reversedBy', m.reversed_by)
          from cash_match m where m.tenant_id = p.tenant_id and m.proposal_id = p.id) as match
     from proposal p
       join proposal_revision r on r.proposal_id = p.id and r.revision = p.revision
       join app_user u on u.id = r.made_by_user
       left join customer c on c.id = p.customer_id
     where ${where} order by p.id ${newestFirst ? 'desc' : 'asc'} limit $6`,
    [...values(filter), limit],
  );

/** The one with this id; null when there is none among what `owner` may see. */
export const readProposal = async (
  sql: Sql,
  proposalId: number,
  owner: string | null,
): Promise<ProposalRow | null> =>
  (await readProposals(sql, { states: stateGroups.all, owner, proposalId }, 1))[0] ?? null;

/** How many fit, and how much by currency; a policy change has no currency. */
export const countProposals = (sql: Sql, filter: ProposalFilter) =>
  sql.many(
    z.object({
      currency: z.string().nullable(),
      amount_minor: z.coerce.bigint(),
      count: z.coerce.number(),
    }),
    `select p.currency, coalesce(sum(p.amount_minor), 0)::bigint as amount_minor, count(*) as count
       from proposal p left join customer c on c.id = p.customer_id
      where ${where} group by p.currency order by p.currency`,
    values(filter),
  );

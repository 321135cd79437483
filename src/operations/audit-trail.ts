/** Who did what, when, and what exactly left: read from the audit chain and from what was frozen before it left. */
import { isZone } from '../domain/cadence/zones.ts';
import { receipt } from '../domain/chase/proposals.ts';
import { type AuditTrailInput, type AuditTrailOutput, auditTrailInput } from '../domain/chase/reports.ts';
import { csvText } from '../domain/csv-text.ts';
import { NotAllowedError } from '../domain/errors.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import { verifyAudit, verifyNewestAudit } from '../store/audit.ts';
import {
  auditLength,
  countSent,
  countTrail,
  type RawEntry,
  readChain,
  readSent,
  readTrail,
  type TrailFilter,
} from '../store/audit-trail.ts';
import { readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { sentenceOf } from './audit/sentences.ts';
import { BOT_EMAIL } from './ensure-bot.ts';
import { viewProposals } from './list-proposals.ts';
import { parseInput } from './recording.ts';

/** Names under which Remy acts without a person. */
const REMY = ['remy', BOT_EMAIL];
/** So many entries are recomputed for an answer; a longer chain by its newest ones. */
const CHEAP = 20_000;
/** As Remy's own doings; null: everybody's. */
const BY = { remy: true, people: false, all: null } as const;

async function zoneOf(sql: Sql): Promise<string> {
  const zone = (await readCompany(sql)).company?.timezone ?? 'UTC';
  return isZone(zone) ? zone : 'UTC';
}

const isIntact = async (sql: Sql): Promise<boolean> =>
  (await auditLength(sql)) <= CHEAP ? (await verifyAudit(sql)).intact : verifyNewestAudit(sql, CHEAP);

async function entriesOf(sql: Sql, filter: TrailFilter, limit: number): Promise<AuditTrailOutput['entries']> {
  const rows = await readTrail(sql, filter, limit);
  return rows.map((row) => ({
    ...{ id: row.id, at: row.at.toISOString(), actor: row.actor, act: row.act, text: sentenceOf(row) },
  }));
}

async function sentOf(
  sql: Sql,
  clock: Clock,
  input: AuditTrailInput,
  base: TrailFilter,
  context: Context,
): Promise<AuditTrailOutput> {
  const filter = { ...base, proposalId: input.proposalId ?? null };
  const rows = await readSent(sql, filter, input.limit);
  const ids = rows.map((row) => row.proposal_id);
  const views = new Map((await viewProposals(sql, clock, ids, context)).map((view) => [view.id, view]));
  const everything = { ...base, from: null, to: null, isActor: null, proposalIds: ids };
  return {
    total: await countSent(sql, filter),
    // how they came about, whenever that was
    entries: ids.length === 0 ? [] : await entriesOf(sql, everything, 200),
    sent: rows.flatMap((row) => {
      const proposal = views.get(row.proposal_id);
      const kept = receipt.safeParse(row.receipt);
      return proposal
        ? [
            {
              ...{ proposal, approvedBy: row.approved_by, sentAt: row.sent_at.toISOString() },
              ...{ receipt: kept.success ? kept.data : null, promptVersion: row.prompt_version },
            },
          ]
        : [];
    }),
    chainIntact: await isIntact(sql),
  };
}

/**
 * With `sent` the emails that left between the days, whole, and every entry about them; else the entries, newest first.
 * Sales see what is about their own accounts.
 */
export const createAuditTrail =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  async (raw: AuditTrailInput, context: Context): Promise<AuditTrailOutput> => {
    const input = parseInput(auditTrailInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const filter: TrailFilter = {
        owner: visibleOwner(context.actor),
        customerId: input.customerId ?? null,
        proposalIds: input.proposalId === undefined ? null : [input.proposalId],
        from: input.from ?? null,
        to: input.to ?? null,
        zone: await zoneOf(sql),
        actors: REMY,
        isActor: BY[input.by],
      };
      if (input.sent) return sentOf(sql, clock, input, filter, context);
      return {
        total: await countTrail(sql, filter),
        entries: await entriesOf(sql, filter, input.limit),
        sent: [],
        chainIntact: await isIntact(sql),
      };
    });
  };

export type ExportAuditInput = {
  readonly format: 'csv' | 'json';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const PAGE = 2000;
const HEADER = ['id', 'at', 'actor', 'act', 'detail', 'previous_hash', 'hash'];

const lineOf = (entry: RawEntry, format: ExportAuditInput['format']): string => {
  const { id, actor, act, detail, previous_hash, hash } = entry;
  const at = entry.at.toISOString();
  return format === 'json'
    ? `${JSON.stringify({ id, at, actor, act, detail, previous_hash, hash })}\n`
    : csvText([[String(id), at, actor, act, JSON.stringify(detail), previous_hash ?? '', hash]]);
};

/**
 * The whole trail as lines of text, each with its line end, oldest first, with the hashes of the chain: a JSON document a line, or CSV with a
 * header. Read page by page, so that its length costs no memory.
 *
 * Throws: NotAllowedError (viewer).
 */
export const createExportAudit = (database: Pick<Database, 'pool'>) =>
  async function* (input: ExportAuditInput, context: Context): AsyncGenerator<string> {
    if (context.actor.role === 'viewer')
      throw new NotAllowedError(
        'Your role (viewer) cannot export the audit trail. Ask a controller or an admin.',
      );
    const { from = null, to = null } = input;
    if (input.format === 'csv') yield csvText([HEADER]);
    for (let after = 0; ; ) {
      const page = await inTenant(database.pool, context.actor.tenantId, async (sql) =>
        readChain(sql, { after, from, to, zone: await zoneOf(sql) }, PAGE),
      );
      for (const entry of page) yield lineOf(entry, input.format);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
    }
  };

/** Who approved a revision, and whether the sender's settings are still those it was written with. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

const approvalRow = z.object({
  user_id: z.coerce.number(),
  user_email: z.string(),
  digest: z.string(),
  final: z.boolean(),
});
export type Approval = z.infer<typeof approvalRow>;

/** The approvals of this revision, in the order they were given. */
export const readApprovals = (sql: Sql, proposalId: number, revision: number): Promise<Approval[]> =>
  sql.many(
    approvalRow,
    `select user_id, user_email, digest, final from decision
      where proposal_id = $1 and revision = $2 and kind = 'approve' order by id`,
    [proposalId, revision],
  );

/**
 * Those of these emails that were written with other company settings than those in force. Versions are compared: a
 * revision may be stored after the settings it was written with were replaced. Where none is recorded, every version
 * newer than the revision counts.
 */
export async function readOtherSettings(sql: Sql, proposalIds: readonly number[]): Promise<Set<number>> {
  const rows = await sql.many(
    z.object({ id: z.coerce.number() }),
    `with company as (select id, created_at from policy_version where tenant_id = $2 and kind = 'company')
     select p.id from proposal p join proposal_revision r on r.proposal_id = p.id and r.revision = p.revision
      where p.id = any($1::bigint[]) and p.kind = 'email'
        and case when r.evidence ? 'companyVersion'
              then (r.evidence->>'companyVersion')::bigint is distinct from (select max(id) from company)
              else exists (select from company where created_at > r.created_at) end`,
    [proposalIds, sql.tenantId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Changes of the policy wait for each other until their transactions end. */
export const lockPolicies = (sql: Sql): Promise<number> =>
  sql.run(`select pg_advisory_xact_lock(hashtextextended('remy.policy:' || $1::int, 0))`, [sql.tenantId]);

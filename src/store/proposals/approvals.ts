/** Who approved a revision, and whether the sender's settings changed after it was written. */
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

/** True when a version of the company settings came after the revision was written. */
export const companyChangedSince = async (sql: Sql, proposalId: number, revision: number): Promise<boolean> =>
  (
    await sql.one(
      z.object({ changed: z.boolean() }),
      `select exists (select from policy_version v join proposal_revision r on v.created_at > r.created_at
         where v.kind = 'company' and r.proposal_id = $1 and r.revision = $2) as changed`,
      [proposalId, revision],
    )
  ).changed;

/** Changes of the policy wait for each other until their transactions end. */
export const lockPolicies = (sql: Sql): Promise<number> =>
  sql.run(`select pg_advisory_xact_lock(hashtextextended('remy.policy:' || $1::int, 0))`, [sql.tenantId]);

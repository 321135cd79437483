/** A revision as it is stored, byte for byte what was digested, for comparing before it is decided on and sent. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import type { Evidence } from './write.ts';

const storedRow = z.object({
  proposal_id: z.coerce.number(),
  revision: z.number(),
  customer_id: z.coerce.number().nullable(),
  origin: z.string(),
  content: z.unknown(),
  digest: z.string(),
  evidence: z
    .object({
      ...{ lastMessageInId: z.number(), lastPaymentId: z.number(), at: z.string(), asOf: z.string() },
      ...{ companyVersion: z.number().nullable(), answerBy: z.string() },
    })
    .partial()
    .transform((found): Evidence | null => (found.at === undefined ? null : (found as Evidence))),
  maker_id: z.coerce.number(),
  maker_is_bot: z.boolean(),
  risk_flags: z.array(z.string()),
  approvals_needed: z.number(),
  model: z.string(),
  prompt_version: z.string(),
  created_at: z.date(),
  /** Hashed again from the stored bytes. */
  attachments: z.array(
    z.object({ name: z.string(), mime: z.string(), size: z.number(), sha256: z.string() }),
  ),
});
export type StoredRevision = z.infer<typeof storedRow>;

/** The newest revision of each of these proposals. */
export const readStored = (sql: Sql, proposalIds: readonly number[]): Promise<StoredRevision[]> =>
  sql.many(
    storedRow,
    `select p.id as proposal_id, r.revision, p.customer_id, p.origin, r.content, r.digest, r.evidence,
       r.made_by_user as maker_id, u.is_bot as maker_is_bot, p.risk_flags, p.approvals_needed, r.model,
       r.prompt_version, r.created_at,
       coalesce((select json_agg(json_build_object('name', a.name, 'mime', a.mime, 'size', length(a.bytes),
           'sha256', encode(sha256(a.bytes), 'hex')) order by a.name)
         from proposal_attachment a where a.proposal_id = r.proposal_id and a.revision = r.revision), '[]') as attachments
     from proposal p join proposal_revision r on r.proposal_id = p.id and r.revision = p.revision
       join app_user u on u.id = r.made_by_user
     where p.id = any($1::bigint[]) order by p.id`,
    [proposalIds],
  );

/** The bytes of a revision's attachments, by name. */
export async function readAttachments(
  sql: Sql,
  proposalId: number,
  revision: number,
): Promise<Map<string, Uint8Array>> {
  const rows = await sql.many(
    z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
    'select name, bytes from proposal_attachment where proposal_id = $1 and revision = $2',
    [proposalId, revision],
  );
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** The drafts that a conversation left, and how the newest revision of one was asked for. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

/** The newest waiting email of this conversation; null when there is none. */
export async function newestDraftOf(sql: Sql, thread: string, userId: number): Promise<number | null> {
  const row = await sql.maybe(
    z.object({ id: z.coerce.number() }),
    `select id from proposal where tenant_id = $1 and thread = $2 and kind = 'email'
        and state in ('pending', 'snoozed')
        and (made_by_user = $3 or exists (select from proposal_revision r
          where r.proposal_id = proposal.id and r.made_by_user = $3))
      order by updated_at desc, id desc limit 1`,
    [sql.tenantId, thread, userId],
  );
  return row?.id ?? null;
}

/** How a text was asked for; what a later wish does not change stays so. */
export const draftStyle = z.object({
  shorter: z.boolean().default(false),
  mentionPo: z.boolean().default(false),
  /** The wishes in the person's own words, oldest first. */
  wishes: z.array(z.string()).default([]),
  /** The text was changed by hand, so a newly written one does not keep it. */
  edited: z.boolean().default(false),
});
export type DraftStyle = z.output<typeof draftStyle>;

/** Of a revision; the plain one where it was stored without. */
export async function readStyle(sql: Sql, proposalId: number, revision: number): Promise<DraftStyle> {
  const row = await sql.maybe(
    z.object({ style: draftStyle.nullable() }),
    `select evidence->'style' as style from proposal_revision where proposal_id = $1 and revision = $2`,
    [proposalId, revision],
  );
  return row?.style ?? draftStyle.parse({});
}

/** Names the proposal that took the place of another one. */
export const nameReplacement = (sql: Sql, replacedId: number, byId: number): Promise<number> =>
  sql.run(`update proposal set replaced_by = $2 where id = $1 and state = 'replaced'`, [replacedId, byId]);

/** Every answered figure as the typed question behind it, so that its rows can be shown later. Append-only. */
import { z } from 'zod';
import type { Context } from '../ports/actor.ts';
import type { Sql } from './transaction.ts';

const figureRow = z.object({
  id: z.coerce.number(),
  thread: z.string(),
  tool: z.string(),
  input: z.unknown(),
  as_of: z.string(),
});
export type Figure = z.infer<typeof figureRow>;

/** Stores what was asked and returns the figure's id. */
export async function saveFigure(
  sql: Sql,
  context: Context,
  figure: { tool: string; input: unknown; asOf: string },
): Promise<number> {
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into figure (tenant_id, thread, user_id, tool, input, as_of) values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      sql.tenantId,
      context.thread,
      context.actor.userId,
      figure.tool,
      JSON.stringify(figure.input),
      figure.asOf,
    ],
  );
  return id;
}

/** The user's figure with this id, or the last one of the thread; null when there is none that the user asked. */
export const findFigure = (sql: Sql, context: Context, id?: number): Promise<Figure | null> =>
  sql.maybe(
    figureRow,
    `select id, thread, tool, input, as_of from figure
      where user_id = $1 and ($2::bigint is null and thread = $3 or id = $2::bigint) order by id desc limit 1`,
    [context.actor.userId, id ?? null, context.thread],
  );

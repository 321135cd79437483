/** What became of an effect. Every write here fits one claim only: a late worker's does not, and changes nothing. */
import type { Sql } from '../transaction.ts';

/** The claim that writes: the effect and its fence. */
export type Held = { readonly effectId: number; readonly fence: number };

const HELD = `id = $1 and fence = $2 and state in ('ready', 'sending', 'unknown')`;

const fits = async (touched: Promise<number>): Promise<boolean> => (await touched) > 0;

export const markSent = (sql: Sql, { effectId, fence }: Held, at: Date, receipt: unknown): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set state = 'sent', lease_until = null, finished_at = $3, receipt = $4, error = null
        where ${HELD}`,
      [effectId, fence, at, JSON.stringify(receipt)],
    ),
  );

/** Nobody knows whether it left: it is looked up from `again` on, and never tried blind. */
export const markUnknown = (
  sql: Sql,
  { effectId, fence }: Held,
  again: Date,
  error: string,
): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set state = 'unknown', lease_until = null, not_before = $3, error = $4 where ${HELD}`,
      [effectId, fence, again, error],
    ),
  );

/** It certainly did not leave, and may be tried (and checked) again from `at` on. */
export const markReady = (
  sql: Sql,
  { effectId, fence }: Held,
  again: { at: Date; error: string | null; failed: boolean },
): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set state = 'ready', lease_until = null, not_before = $3, error = $4,
         failures = failures + case when $5 then 1 else 0 end where ${HELD}`,
      [effectId, fence, again.at, again.error, again.failed],
    ),
  );

/** A visible dead letter: a person looks at it. It certainly did not leave. */
export const markDead = (sql: Sql, { effectId, fence }: Held, at: Date, error: string): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set state = 'dead', lease_until = null, finished_at = $3, error = $4, failures = failures + 1
        where ${HELD}`,
      [effectId, fence, at, error],
    ),
  );

/** It must not leave any more; the receipt says what was found. */
export const markVoid = (
  sql: Sql,
  { effectId, fence }: Held,
  at: Date,
  found: { receipt: unknown; reason: string },
): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set state = 'void', finished_at = $3, receipt = $4, error = $5
        where id = $1 and fence = $2 and state = 'ready'`,
      [effectId, fence, at, JSON.stringify(found.receipt), found.reason],
    ),
  );

/** Not now: only the time moves, and what was found is kept. */
export const postpone = (sql: Sql, { effectId, fence }: Held, to: Date, receipt: unknown): Promise<boolean> =>
  fits(
    sql.run(
      `update effect set not_before = $3, receipt = $4 where id = $1 and fence = $2 and state = 'ready'`,
      [effectId, fence, to, JSON.stringify(receipt)],
    ),
  );

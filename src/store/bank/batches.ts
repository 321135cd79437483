/** A batch booked as one amount, and its single transactions told by a notification. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';
import { type StoredLine, selectLines } from './lines.ts';

const NAMELESS = `l.payer_name is null and l.payer_account is null`;

/**
 * Credits of statements that may be a batch: nobody is named, no parts are known, and they or a notification a day
 * around them are of this file.
 */
export const possibleBatches = (sql: Sql, sha256: string): Promise<StoredLine[]> =>
  selectLines(
    sql,
    `where l.tenant_id = $1 and l.direction = 'credit' and not l.interim and not l.reversal and l.part_of is null
       and ${NAMELESS}
       and not exists (select from bank_line x where x.tenant_id = l.tenant_id and x.part_of = l.id)
       and exists (select from bank_line d join bank_statement ds on ds.tenant_id = d.tenant_id and ds.id = d.statement_id
         where d.tenant_id = l.tenant_id and d.account = l.account and d.currency = l.currency
           and d.booked_on between l.booked_on - 1 and l.booked_on + 1 and d.direction = 'credit' and d.interim
           and d.part_of is null and d.amount_minor < l.amount_minor
           and (s.file_sha256 = $2 or ds.file_sha256 = $2))
     order by l.booked_on, l.id`,
    [sql.tenantId, sha256],
  );

/** Notified credits of the account a day around, in the order in which they were told. */
export const notifiedAround = (sql: Sql, batch: StoredLine): Promise<StoredLine[]> =>
  selectLines(
    sql,
    `where l.tenant_id = $1 and l.account = $2 and l.currency = $3 and l.booked_on between $4::date - 1 and $4::date + 1
       and l.direction = 'credit' and l.interim and not l.reversal and l.part_of is null and l.amount_minor < $5
     order by l.statement_id, l.id`,
    [sql.tenantId, batch.account, batch.currency, batch.booked_on, batch.amount_minor],
  );

/** The single transactions are confirmed by the batch. */
export const setParts = (sql: Sql, batchId: number, partIds: readonly number[]): Promise<number> =>
  sql.run(
    'update bank_line set part_of = $2, interim = false where tenant_id = $1 and id = any($3::bigint[])',
    [sql.tenantId, batchId, partIds],
  );

/** True when nothing was done with a payment of the bank: no application, return, sighting, proposal or advice. */
export const isUntouched = async (sql: Sql, paymentId: number): Promise<boolean> =>
  (
    await sql.one(
      z.object({ untouched: z.boolean() }),
      `select p.source = 'bank' and p.unapplied_minor = p.amount_minor and p.customer_id is null
         and not exists (select from application a where a.tenant_id = p.tenant_id and a.payment_id = p.id)
         and not exists (select from adjustment a where a.tenant_id = p.tenant_id and a.payment_id = p.id)
         and not exists (select from payment_return t where t.tenant_id = p.tenant_id and t.payment_id = p.id)
         and not exists (select from payment_sighting g where g.tenant_id = p.tenant_id and g.payment_id = p.id)
         and not exists (select from proposal o where o.tenant_id = p.tenant_id and o.payment_id = p.id)
         and not exists (select from remittance m where m.tenant_id = p.tenant_id and m.payment_id = p.id)
         and not exists (select from cash_match c where c.tenant_id = p.tenant_id and c.payment_id = p.id) as untouched
         from payment p where p.tenant_id = $1 and p.id = $2 for update`,
      [sql.tenantId, paymentId],
    )
  ).untouched;

/** The payment made of a batch becomes that of its first part; the others are made as of any line. */
export async function movePayment(
  sql: Sql,
  { paymentId, from, to }: { paymentId: number; from: StoredLine; to: StoredLine },
  content: {
    payer_name: string | null;
    payer_account: string | null;
    reference: string | null;
    method: string;
  },
): Promise<void> {
  await sql.run('update bank_line set payment_id = null where tenant_id = $1 and id = $2', [
    sql.tenantId,
    from.id,
  ]);
  await sql.run(
    `update payment set amount_minor = $3, unapplied_minor = $3, received_on = $4, payer_name = $5, payer_account = $6,
       reference = $7, method = $8, updated_at = now() where tenant_id = $1 and id = $2`,
    [
      ...[sql.tenantId, paymentId, to.amount_minor, to.booked_on],
      ...[content.payer_name, content.payer_account, content.reference, content.method],
    ],
  );
  await sql.run('update bank_line set payment_id = $3 where tenant_id = $1 and id = $2', [
    sql.tenantId,
    to.id,
    paymentId,
  ]);
}

/**
 * The books as they stood before a window, and what people really applied in it: for trying matching out on the past.
 * Amounts are minor units.
 */
import { z } from 'zod';
import type { MatchCredit, MatchInvoice } from '../../domain/matching/shapes.ts';
import type { Sql } from '../transaction.ts';
import { INVOICE_COLUMNS, invoiceRow } from './candidates.ts';

const amount = z.coerce.bigint();
const id = z.coerce.number();

/** Applications in force that people or the ledger made, of payments received in the window; credits by their day. */
const truthRow = z.object({
  payment_id: id.nullable(),
  credit_id: id.nullable(),
  invoice_id: id,
  amount_minor: amount,
  on_day: z.string(),
});
export type TruthRow = z.infer<typeof truthRow>;

const LIVE = `a.reverses_id is null
  and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;

/** What was applied from `from` on, by whomever: what matching of that time did not know yet. */
export const appliedSince = (sql: Sql, from: string): Promise<TruthRow[]> =>
  sql.many(
    truthRow,
    `select a.payment_id, a.credit_id, a.invoice_id, a.amount_minor, a.applied_on as on_day from application a
      where a.tenant_id = $1 and ${LIVE} and a.applied_on >= $2
     union all
     select null, null, j.invoice_id, j.amount_minor, j.booked_on from adjustment j
      where j.tenant_id = $1 and j.reverses_id is null and j.booked_on >= $2
        and not exists (select from adjustment r where r.tenant_id = j.tenant_id and r.reverses_id = j.id)`,
    [sql.tenantId, from],
  );

/** Payments of the window that people applied (not matching on its own), and how many they did not. */
export const windowPayments = (sql: Sql, from: string, to: string) =>
  sql.many(
    z.object({ id, by_people: z.boolean() }),
    `select p.id, exists (select from application a left join cash_match m on m.tenant_id = a.tenant_id and m.id = a.match_id
        where a.tenant_id = p.tenant_id and a.payment_id = p.id and ${LIVE} and coalesce(m.origin, 'person') = 'person') as by_people
       from payment p where p.tenant_id = $1 and p.received_on between $2 and $3 order by p.received_on, p.id`,
    [sql.tenantId, from, to],
  );

/** Invoices that were open on the day or came later, as they stand now; what came since is taken back by the caller. */
export const invoicesSince = (sql: Sql, from: string, to: string): Promise<MatchInvoice[]> =>
  sql.many(
    invoiceRow,
    `select ${INVOICE_COLUMNS} from invoice i where i.tenant_id = $1 and i.status <> 'void' and i.issued_on <= $3
       and (i.status = 'open' or i.paid_on >= $2 or i.paid_on is null) order by i.id`,
    [sql.tenantId, from, to],
  );

export const creditsSince = (sql: Sql, from: string, to: string): Promise<MatchCredit[]> =>
  sql.many(
    z
      .object({
        id,
        number: z.string(),
        customer_id: id,
        currency: z.string(),
        open_minor: amount,
        issued_on: z.string(),
      })
      .transform(
        (row): MatchCredit => ({
          id: row.id,
          number: row.number,
          customerId: row.customer_id,
          currency: row.currency,
          openMinor: row.open_minor,
          issuedOn: row.issued_on,
        }),
      ),
    `select k.id, k.number, k.customer_id, k.currency, k.open_minor, k.issued_on from credit k
      where k.tenant_id = $1 and k.issued_on <= $3 and (k.open_minor > 0 or exists (select from application a
        where a.tenant_id = k.tenant_id and a.credit_id = k.id and a.applied_on >= $2)) order by k.id`,
    [sql.tenantId, from, to],
  );

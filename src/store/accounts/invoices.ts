/** The invoices of one account, and finding one by its number. Amounts in minor units. */
import { z } from 'zod';
import { canMeanNumber, invoiceDigits, invoiceKey, slipsOf } from '../../domain/invoice-number.ts';
import type { Sql } from '../transaction.ts';

const foundRow = z.object({
  id: z.coerce.number(),
  number: z.string(),
  source: z.string(),
  customer_id: z.coerce.number(),
  customer: z.string(),
  currency: z.string(),
  open_minor: z.coerce.bigint(),
});
export type FoundInvoice = z.infer<typeof foundRow>;

const find = (sql: Sql, where: string, value: unknown, owner: string | null): Promise<FoundInvoice[]> =>
  sql.many(
    foundRow,
    `select i.id, i.number, i.source, i.customer_id, c.name as customer, i.currency, i.open_minor
       from invoice i join customer c on c.id = i.customer_id
      where ${where} and ($2::text is null or c.owner_email = $2) order by i.number, i.source, i.id limit 20`,
    [value, owner],
  );

/** Invoices that the typed number can mean: by the number itself in any case, else by its digits. */
export async function findInvoicesByNumber(
  sql: Sql,
  typed: string,
  owner: string | null,
): Promise<FoundInvoice[]> {
  const exact = await find(sql, 'i.number_key = $1', invoiceKey(typed), owner);
  const digits = invoiceDigits(typed);
  if (exact.length > 0 || digits === '') return exact;
  const alike = await find(sql, 'i.number_digits = $1', digits, owner);
  return alike.filter((invoice) => canMeanNumber(typed, invoice.number));
}

/** Numbers of invoices that are one slip away from the typed one, else those that come before and after it. */
export async function nearestNumbers(sql: Sql, typed: string, owner: string | null): Promise<string[]> {
  const key = invoiceKey(typed);
  const digits = invoiceDigits(typed);
  const slips = await find(sql, 'i.number_key = any($1::text[])', slipsOf(key), owner);
  const close =
    slips.length > 0 || digits === ''
      ? slips
      : await find(sql, 'i.number_digits = any($1::text[])', slipsOf(digits), owner);
  if (close.length > 0) return close.slice(0, 5).map((invoice) => invoice.number);
  const beside = await sql.many(
    z.object({ number: z.string() }),
    `select x.number from (
       (select number, customer_id, number_key from invoice where number_key < $1 order by number_key desc limit 20)
       union all
       (select number, customer_id, number_key from invoice where number_key > $1 order by number_key limit 20)
     ) x join customer c on c.id = x.customer_id where $2::text is null or c.owner_email = $2
     order by abs(length(x.number_key) - length($1)), x.number_key limit 4`,
    [key, owner],
  );
  return beside.map((invoice) => invoice.number);
}

const lineRow = z.object({
  number: z.string(),
  customer: z.object({ id: z.number(), code: z.string(), name: z.string() }),
  issued_on: z.string(),
  due_on: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  open_minor: z.coerce.bigint(),
  status: z.enum(['open', 'paid', 'void']),
  paid_on: z.string().nullable(),
  po_number: z.string().nullable(),
  disputed: z.boolean(),
});
export type InvoiceRow = z.infer<typeof lineRow>;

const lines = (
  where: string,
) => `select i.number, json_build_object('id', c.id, 'code', c.external_id, 'name', c.name) as customer,
    i.issued_on, i.due_on, i.currency, i.amount_minor, i.open_minor, i.status, i.paid_on, i.po_number,
    exists (select from dispute d where d.invoice_id = i.id and d.resolved_on is null) as disputed
  from invoice i join customer c on c.id = i.customer_id where ${where}`;

/** Oldest due first. */
export const readOpenInvoices = (sql: Sql, customerId: number, most: number): Promise<InvoiceRow[]> =>
  sql.many(
    lineRow,
    `${lines(`i.customer_id = $1 and i.status = 'open'`)} order by i.due_on, i.number, i.id limit $2`,
    [customerId, most],
  );

export const readInvoice = (sql: Sql, id: number): Promise<InvoiceRow> =>
  sql.one(lineRow, lines('i.id = $1'), [id]);

const applicationRow = z.object({
  applied_on: z.string(),
  amount_minor: z.coerce.bigint(),
  source: z.enum(['payment', 'credit', 'adjustment']),
  number: z.string(),
});

/** What was put on the invoice, oldest first; a reversal has a negative amount. */
export const readApplications = (sql: Sql, invoiceId: number) =>
  sql.many(
    applicationRow,
    `select a.applied_on, a.amount_minor, case when a.payment_id is null then 'credit' else 'payment' end as source,
       coalesce(p.external_id, c.number) as number
     from application a left join payment p on p.id = a.payment_id left join credit c on c.id = a.credit_id
     where a.invoice_id = $1
     union all
     select j.booked_on, j.amount_minor, 'adjustment', replace(j.kind, '_', ' ') from adjustment j where j.invoice_id = $1
     order by 1 limit 200`,
    [invoiceId],
  );

const openRow = z.object({
  currency: z.string(),
  count: z.coerce.number(),
  open: z.coerce.bigint(),
  overdue_count: z.coerce.number(),
  overdue: z.coerce.bigint(),
  max_days: z.coerce.number(),
  unapplied: z.coerce.bigint(),
  credits: z.coerce.bigint(),
});

/** What is open, overdue, unapplied and credited, per currency (P-1), without children. */
export const readOpenTotals = (sql: Sql, customerId: number, today: string) =>
  sql.many(
    openRow,
    `select currency, sum(count) as count, sum(open) as open, sum(overdue_count) as overdue_count,
       sum(overdue) as overdue, max(max_days) as max_days, sum(unapplied) as unapplied, sum(credits) as credits
     from (
       select currency, count(*) as count, sum(open_minor) as open, count(*) filter (where due_on < $2) as overdue_count,
         coalesce(sum(open_minor) filter (where due_on < $2), 0) as overdue, greatest(0, $2::date - min(due_on)) as max_days,
         0 as unapplied, 0 as credits
         from invoice where customer_id = $1 and status = 'open' group by currency
       union all
       select currency, 0, 0, 0, 0, 0, sum(unapplied_minor), 0 from payment
        where customer_id = $1 and unapplied_minor > 0 group by currency
       union all
       select currency, 0, 0, 0, 0, 0, 0, sum(open_minor) from credit
        where customer_id = $1 and open_minor > 0 group by currency
     ) x group by currency order by currency`,
    [customerId, today],
  );

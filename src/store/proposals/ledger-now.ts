/** The ledger as it is now, as far as waiting and approved emails rest on it; each read once for many of them. */
import { z } from 'zod';
import type { InvoiceNow, KnownAddress, Newest } from '../../domain/proposal/send-checks.ts';
import type { Sql } from '../transaction.ts';
import { recipientJson, recipientShape } from './read.ts';

const invoiceRow = z
  .object({
    id: z.coerce.number(),
    number: z.string(),
    customer_id: z.coerce.number(),
    currency: z.string(),
    status: z.string(),
    open_minor: z.coerce.bigint(),
    due_on: z.string(),
  })
  .transform(
    (row): InvoiceNow => ({
      id: row.id,
      number: row.number,
      customerId: row.customer_id,
      currency: row.currency,
      status: row.status,
      openMinor: row.open_minor,
      dueOn: row.due_on,
    }),
  );

export const readInvoicesNow = async (sql: Sql, ids: readonly number[]): Promise<Map<number, InvoiceNow>> =>
  new Map(
    (
      await sql.many(
        invoiceRow,
        `select id, number, customer_id, currency, status, open_minor, due_on from invoice
          where tenant_id = $1 and id = any($2::bigint[])`,
        [sql.tenantId, ids],
      )
    ).map((each) => [each.id, each]),
  );

const contactRow = z.object({
  customer_id: z.coerce.number(),
  email: z.string(),
  bounced_on: z.string().nullable(),
  opted_out_on: z.string().nullable(),
});

/** The contacts of each customer that have an address. */
export async function readKnownContacts(
  sql: Sql,
  customerIds: readonly number[],
): Promise<Map<number, KnownAddress[]>> {
  const rows = await sql.many(
    contactRow,
    `select customer_id, email, bounced_on, opted_out_on from contact
      where tenant_id = $1 and customer_id = any($2::bigint[]) and email is not null`,
    [sql.tenantId, customerIds],
  );
  const known = new Map<number, KnownAddress[]>(customerIds.map((id) => [id, []]));
  for (const { customer_id, email, bounced_on, opted_out_on } of rows)
    known.get(customer_id)?.push({ email, bouncedOn: bounced_on, optedOutOn: opted_out_on });
  return known;
}

const newestRow = z.object({
  customer_id: z.coerce.number(),
  message: z.coerce.number(),
  payment: z.coerce.number(),
});

/** The newest incoming message and payment of each customer; 0 for none. */
export const readNewest = async (sql: Sql, customerIds: readonly number[]): Promise<Map<number, Newest>> =>
  new Map(
    (
      await sql.many(
        newestRow,
        `select c.id as customer_id,
           coalesce((select max(m.id) from message m
             where m.tenant_id = $1 and m.customer_id = c.id and m.direction = 'in'), 0) as message,
           coalesce((select max(p.id) from payment p where p.tenant_id = $1 and p.customer_id = c.id), 0) as payment
         from unnest($2::bigint[]) as c(id)`,
        [sql.tenantId, customerIds],
      )
    ).map((row) => [row.customer_id, { lastMessageInId: row.message, lastPaymentId: row.payment }]),
  );

/** Addresses of our own people: users who are switched on, and the owners of accounts. */
export const readOurAddresses = async (sql: Sql): Promise<string[]> =>
  (
    await sql.many(
      z.object({ email: z.string() }),
      `select email from app_user where active and not is_bot
       union select owner_email from customer where owner_email is not null
         and not exists (select from app_user u where u.email = customer.owner_email and not u.active)`,
    )
  ).map((row) => row.email);

/** The customer as the hours of sending look at it; null when it is gone. */
export const readRecipient = async (sql: Sql, customerId: number) =>
  (
    await sql.maybe(
      z.object({ recipient: recipientShape }),
      `select ${recipientJson} as recipient from customer c where c.id = $1`,
      [customerId],
    )
  )?.recipient ?? null;

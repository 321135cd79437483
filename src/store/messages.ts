/** Emails and the conversations they belong to. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

export type NewMessage = {
  source: string;
  /** RFC 5322 Message-ID; the same one of the same source is stored once. */
  externalId: string;
  threadId: number;
  customerId: number | null;
  contactId: number | null;
  direction: 'in' | 'out';
  /** ISO 8601. */
  sentAt: string;
  from: string;
  to: readonly string[];
  subject: string | null;
  body: string | null;
};

const storedRow = z.object({ id: z.coerce.number(), thread_id: z.coerce.number().nullable() });

export const findMessage = (sql: Sql, source: string, externalId: string) =>
  sql.maybe(storedRow, 'select id, thread_id from message where source = $1 and external_id = $2', [
    source,
    externalId,
  ]);

/** The conversation of the newest stored message among these ids. */
export async function findThread(
  sql: Sql,
  source: string,
  externalIds: readonly string[],
): Promise<{ threadId: number; customerId: number | null } | null> {
  const row = await sql.maybe(
    z.object({ thread_id: z.coerce.number(), customer_id: z.coerce.number().nullable() }),
    `select m.thread_id, coalesce(m.customer_id, t.customer_id) as customer_id
       from message m join message_thread t on t.id = m.thread_id
      where m.source = $1 and m.external_id = any($2::text[]) order by m.sent_at desc, m.id desc limit 1`,
    [source, externalIds],
  );
  return row && { threadId: row.thread_id, customerId: row.customer_id };
}

export async function addThread(
  sql: Sql,
  thread: { customerId: number | null; subject: string | null },
): Promise<number> {
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    'insert into message_thread (tenant_id, customer_id, subject) values ($1, $2, $3) returning id',
    [sql.tenantId, thread.customerId, thread.subject],
  );
  return id;
}

/** Contacts with one of these addresses. */
export const findContacts = (sql: Sql, addresses: readonly string[]) =>
  sql.many(
    z.object({ id: z.coerce.number(), customer_id: z.coerce.number() }),
    'select id, customer_id from contact where email = any($1::text[]) order by id',
    [addresses.map((address) => address.trim().toLowerCase())],
  );

/** Customers with a contact at this mail domain. */
export const findCustomersByDomain = (sql: Sql, domain: string) =>
  sql.many(
    z.object({ customer_id: z.coerce.number() }),
    `select distinct customer_id from contact where email is not null and split_part(email, '@', 2) = lower($1) limit 2`,
    [domain],
  );

/** The new message's id; null when it is stored already. */
export async function addMessage(sql: Sql, message: NewMessage): Promise<number | null> {
  const row = await sql.maybe(
    z.object({ id: z.coerce.number() }),
    `insert into message (tenant_id, source, external_id, thread_id, customer_id, contact_id, direction, sent_at,
       from_address, to_addresses, subject, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (tenant_id, source, external_id) do nothing returning id`,
    [
      sql.tenantId,
      message.source,
      message.externalId,
      message.threadId,
      message.customerId,
      message.contactId,
      message.direction,
      message.sentAt,
      message.from,
      message.to,
      message.subject,
      message.body,
    ],
  );
  return row?.id ?? null;
}

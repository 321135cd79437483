/** What a draft rests on beside the facts of chasing: the email thread to answer in, and the payment it is about. */
import { z } from 'zod';
import type { Sql } from '../transaction.ts';

/** A long thread is named by its newest messages; mail programs need no more. */
const REFERENCES = 20;

export type MailThread = {
  /** Message-ID of its newest message. */
  readonly inReplyTo: string;
  /** Message-IDs, oldest first; ends with `inReplyTo`. */
  readonly references: readonly string[];
  /** The day of its newest message, in UTC. */
  readonly newestOn: string;
  /** Newest first. */
  readonly subjects: readonly string[];
};

const threadRow = z.object({ external_id: z.string(), subject: z.string().nullable(), day: z.string() });

/** The thread of the newest message with the customer; null when there is none. Only real Message-IDs are named. */
export async function readNewestThread(sql: Sql, customerId: number): Promise<MailThread | null> {
  const rows = await sql.many(
    threadRow,
    `select m.external_id, m.subject, (m.sent_at at time zone 'utc')::date as day from message m
      where m.tenant_id = $1 and m.external_id like '<%@%>' and m.thread_id = (
        select n.thread_id from message n
         where n.tenant_id = $1 and n.customer_id = $2 and n.thread_id is not null and n.external_id like '<%@%>'
         order by n.sent_at desc, n.id desc limit 1)
      order by m.sent_at desc, m.id desc limit $3`,
    [sql.tenantId, customerId, REFERENCES],
  );
  const [newest] = rows;
  if (!newest) return null;
  return {
    inReplyTo: newest.external_id,
    newestOn: newest.day,
    references: rows.map((row) => row.external_id).reverse(),
    subjects: rows.flatMap(({ subject }) => (subject === null ? [] : [subject])),
  };
}

const paymentRow = z
  .object({ amount_minor: z.coerce.bigint(), unapplied_minor: z.coerce.bigint(), received_on: z.string() })
  .transform((row) => ({
    amountMinor: row.amount_minor,
    unappliedMinor: row.unapplied_minor,
    receivedOn: row.received_on,
  }));
export type NewestPayment = z.output<typeof paymentRow>;

/** The newest payment of the customer in the currency; with `unapplied`, the newest that is not wholly on invoices. */
export const readNewestPayment = (
  sql: Sql,
  customerId: number,
  currency: string,
  { unapplied }: { unapplied: boolean },
): Promise<NewestPayment | null> =>
  sql.maybe(
    paymentRow,
    `select amount_minor, unapplied_minor, received_on from payment
      where tenant_id = $1 and customer_id = $2 and currency = $3 and (not $4::boolean or unapplied_minor > 0)
      order by received_on desc, id desc limit 1`,
    [sql.tenantId, customerId, currency, unapplied],
  );

/** What the tables know of a mail that a mailbox says was sent. */
import { z } from 'zod';
import type { Sql } from './transaction.ts';

const idOrNull = z.coerce.number().nullable();

export type SentTraces = {
  /** The stored outgoing message. */
  readonly messageId: number | null;
  /** The proposal whose key the Message-ID carries, and its customer. */
  readonly proposalId: number | null;
  readonly customerId: number | null;
};

/** All null for a mail that nobody here knows of. */
export const findSentTraces = (
  sql: Sql,
  messageId: string,
  proposalKey: string | null,
): Promise<SentTraces> =>
  sql.one(
    z.object({ messageId: idOrNull, proposalId: idOrNull, customerId: idOrNull }),
    `select (select min(id) from message where external_id = $1) as "messageId", p.id as "proposalId",
       p.customer_id as "customerId"
     from (select 1) as always left join proposal p on p.key = $2::uuid and p.tenant_id = $3`,
    [messageId, proposalKey, sql.tenantId],
  );

/** The effect that is to send this mail and does not know yet that it left; locked until the transaction ends. */
export const lockWaitingEffect = (sql: Sql, messageId: string) =>
  sql.maybe(
    z.object({ id: z.coerce.number(), state: z.enum(['ready', 'sending', 'unknown']) }),
    `select id, state from effect where tenant_id = $1 and message_id = $2 and state in ('ready', 'sending', 'unknown')
       for update`,
    [sql.tenantId, messageId],
  );

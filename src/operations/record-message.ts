/** Stores an email of a customer or to one, in its conversation and on the timeline. */
import { z } from 'zod';
import { day } from '../domain/ledger-query/window.ts';
import type { Context } from '../ports/actor.ts';
import {
  addMessage,
  addThread,
  findContacts,
  findCustomersByDomain,
  findMessage,
  findThread,
} from '../store/messages.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import {
  assertMayRecord,
  audit,
  customerInput,
  findSubject,
  parseInput,
  type Subject,
  trace,
} from './recording.ts';

export const recordMessageInput = z.strictObject({
  ...customerInput,
  source: z.string().min(1).max(50).default('mail'),
  messageId: z.string().min(1).max(998).describe('Message-ID; the same one is stored once'),
  inReplyTo: z.string().max(998).nullish(),
  references: z.array(z.string()).max(200).readonly().default([]),
  direction: z.enum(['in', 'out']),
  sentAt: z.iso.datetime({ offset: true }),
  day: day.optional().describe('the calendar day it counts on; default: of sentAt in UTC'),
  from: z.string().min(1).max(998),
  to: z.union([z.string().max(998), z.array(z.string().max(998)).max(500).readonly()]).default([]),
  subject: z.string().max(998).nullish(),
  body: z.string().max(1_000_000).nullish(),
  invoices: z
    .array(z.string().min(1).max(100))
    .max(100)
    .readonly()
    .default([])
    .describe('numbers it is about'),
  automatic: z
    .boolean()
    .default(false)
    .describe('an out-of-office answer, a bounce, a list: kept, but nobody has answered'),
});
type Input = z.output<typeof recordMessageInput>;

export type RecordedMessage = {
  id: number;
  threadId: number | null;
  /** False when it was stored before: then nothing was written. */
  created: boolean;
  /** Null when nobody knows whose it is. */
  customerId: number | null;
  /** The customer's contact with the address; null when there is none. */
  contactId: number | null;
};

type Correspondent = { subject: Subject | null; contactId: number | null; threadId: number | null };

/** Addresses that say nothing about a company. */
const ANYBODYS =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|proton|protonmail|mail)\./i;

/** The one customer whose contacts write from this domain: a colleague of theirs has answered. */
async function customerOfDomain(
  sql: Sql,
  { direction, from, automatic }: Input,
): Promise<number | undefined> {
  const domain = /@([^\s<>@]+?)>?\s*$/.exec(from)?.[1];
  if (direction === 'out' || automatic || domain === undefined || ANYBODYS.test(domain)) return undefined;
  const found = await findCustomersByDomain(sql, domain);
  return found.length === 1 ? found[0]!.customer_id : undefined;
}

/**
 * Whose message it is: as said, else of its conversation, else of the one customer that has the address, else of the
 * one whose contacts share its domain.
 */
async function findCorrespondent(sql: Sql, input: Input): Promise<Correspondent> {
  const earlier = [...(input.inReplyTo ? [input.inReplyTo] : []), ...input.references];
  const thread = await findThread(sql, input.source, earlier);
  const contacts = await findContacts(sql, input.direction === 'in' ? [input.from] : [input.to].flat());
  const byAddress = new Set(contacts.map((contact) => contact.customer_id));
  const said = input.customerId ?? input.customer ?? input.invoices[0];
  const guessed =
    thread?.customerId ??
    (byAddress.size === 0 ? await customerOfDomain(sql, input) : undefined) ??
    (byAddress.size === 1 ? [...byAddress][0] : undefined);
  const subject =
    said !== undefined
      ? await findSubject(sql, input)
      : guessed === undefined
        ? null
        : { customerId: guessed, invoices: [] };
  const contact = contacts.find((each) => each.customer_id === subject?.customerId);
  return { subject, contactId: contact?.id ?? null, threadId: thread?.threadId ?? null };
}

/** What the timeline says of it. */
const eventKind = ({ direction, automatic }: Input): 'chased' | 'note' | 'replied' =>
  direction === 'out' ? 'chased' : automatic ? 'note' : 'replied';

const EVENT_WORDS = { chased: 'Written to', note: 'Automatic mail', replied: 'Wrote' };

/**
 * Stores the message once (by source and Message-ID) and, for a known customer, the event: `replied` for one that
 * came in, `chased` for one that went out. Automatic mail is kept in its conversation and as a note on the timeline;
 * the message itself names no customer, so that whatever looks for a customer's answers does not find it.
 *
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError.
 */
export const createRecordMessage =
  (database: Database) =>
  async (raw: z.input<typeof recordMessageInput>, context: Context): Promise<RecordedMessage> => {
    assertMayRecord(context);
    const input = parseInput(recordMessageInput, raw);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const { source, messageId: externalId, direction } = input;
      const known = await findMessage(sql, source, externalId);
      const { subject, contactId, threadId: running } = await findCorrespondent(sql, input);
      const customerId = subject?.customerId ?? null;
      if (known) return { id: known.id, threadId: known.thread_id, created: false, customerId, contactId };
      const title = input.subject ?? null;
      const threadId = running ?? (await addThread(sql, { customerId, subject: title }));
      const { sentAt, from, body = null } = input;
      const to = [input.to].flat();
      const whose = input.automatic && direction === 'in' ? null : customerId;
      const message = {
        source,
        externalId,
        threadId,
        customerId: whose,
        contactId,
        direction,
        sentAt,
        from,
        to,
      };
      const id = await addMessage(sql, { ...message, subject: title, body });
      if (id === null) {
        const other = await findMessage(sql, source, externalId);
        return { id: other!.id, threadId: other!.thread_id, created: false, customerId, contactId };
      }
      if (subject)
        await trace(sql, context, subject, {
          key: `message:${id}`,
          kind: eventKind(input),
          happenedOn: input.day ?? new Date(sentAt).toISOString().slice(0, 10),
          at: sentAt,
          by: from,
          summary: `${EVENT_WORDS[eventKind(input)]}: ${title ?? '(no subject)'}`,
          detail: { messageId: id },
        });
      await audit(sql, context, 'record_message', { messageId: id, direction, customerId });
      return { id, threadId, created: true, customerId, contactId };
    });
  };

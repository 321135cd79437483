/**
 * Takes new mail into the ledger's conversations. What it means is not read here: only what a machine said (a bounce)
 * and a wish for no more mail act at once, since both can only stop mail.
 */

import type { CompanySettings } from '../domain/chase/policy.ts';
import { RemyError } from '../domain/errors.ts';
import { asksForNoMail } from '../domain/opt-out.ts';
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncomingMail, Mailbox } from '../ports/mailbox.ts';
import type { RemittanceFiles } from '../ports/remittance-files.ts';
import { type MarkedContact, markBounced, markOptedOut } from '../store/contacts.ts';
import { sourceFreshness } from '../store/freshness.ts';
import { recordSync } from '../store/ledger-import/freshness.ts';
import { findMessage } from '../store/messages.ts';
import { readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { isUserAddress } from '../store/users.ts';
import { type ReadAdvices, readAdvices, storeAdvices, textPart } from './cash/store-remittance.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { localDay, localTime } from './local-day.ts';
import { createRecordMessage, type RecordedMessage } from './record-message.ts';
import { audit, trace } from './recording.ts';
import { createSetHold } from './set-hold.ts';

export type InboxRead = {
  read: number;
  recorded: number;
  /** Addresses that cannot be reached any more. */
  bounced: string[];
  /** Addresses that want no more mail. */
  optedOut: string[];
  /** Mails that could not be taken in; they are tried again at the next reading when that may help. */
  skipped: { messageId: string; reason: string }[];
};

export const MAIL_SOURCE = 'mail';
/** Mail of so long before the last reading is looked at again: it may have come late, and is stored once. */
const OVERLAP_MS = 86_400_000;

type Parts = {
  database: Database;
  mailbox: Pick<Mailbox, 'listIncoming'>;
  clock: Clock;
  /** Reads remittance advices in mail and attachments; without it they stay unread. */
  remittanceFiles?: RemittanceFiles;
};
type Run = { sql: Sql; context: Context; company: CompanySettings | null; result: InboxRead };

const isOwn = async (sql: Sql, company: CompanySettings | null, address: string): Promise<boolean> =>
  [company?.fromAddress, company?.replyTo].some((own) => own?.toLowerCase() === address) ||
  isUserAddress(sql, address);

async function noteOn(
  { sql, context }: Run,
  contacts: readonly MarkedContact[],
  key: string,
  summary: string,
): Promise<void> {
  for (const customerId of new Set(contacts.map((contact) => contact.customer_id)))
    await trace(
      sql,
      context,
      { customerId, invoices: [] },
      { key: `${key}:${customerId}`, kind: 'note', happenedOn: context.today, summary },
    );
}

/** The address is not written to any more, until a person corrects it. */
async function takeBounce(run: Run, mail: IncomingMail, message: RecordedMessage): Promise<void> {
  const { sql, context, result } = run;
  const named = [mail.bouncedRecipient, ...(mail.otherBouncedRecipients ?? [])];
  for (const address of named.filter((each) => each !== null)) {
    const contacts = await markBounced(sql, address, context.today);
    if (contacts.length === 0) continue;
    await noteOn(
      run,
      contacts,
      `bounce:${message.id}:${address}`,
      `Mail to ${address} could not be delivered`,
    );
    await audit(sql, context, 'contact_bounced', { address, messageId: message.id });
    result.bounced.push(address);
  }
}

/** From an address that is nobody's, in a conversation of a known customer, it stops all mail until a person looks. */
async function takeOptOut(
  run: Run,
  mail: IncomingMail,
  message: RecordedMessage,
  setHold: ReturnType<typeof createSetHold>,
): Promise<void> {
  const { sql, context, result } = run;
  const contacts = await markOptedOut(sql, mail.from, context.today);
  if (contacts.length > 0) {
    await noteOn(run, contacts, `opt-out:${message.id}`, `${mail.from} asked for no more mail`);
    await audit(sql, context, 'contact_opted_out', { address: mail.from, messageId: message.id });
    result.optedOut.push(mail.from);
  } else if (message.customerId !== null && message.contactId === null) {
    const reason = `${mail.from}, who is no known contact, asked for no more mail`;
    await setHold({ customerId: message.customerId, reason, fromOn: context.today }, context);
    result.optedOut.push(mail.from);
  }
}

/** What a mail says of payments, read before its transaction: a large file takes a while. */
async function advicesIn(
  database: Database,
  remittanceFiles: RemittanceFiles | undefined,
  mail: IncomingMail,
  { actor }: Context,
): Promise<ReadAdvices['advices']> {
  if (!remittanceFiles) return [];
  const known = await inTenant(database.pool, actor.tenantId, (sql) =>
    findMessage(sql, MAIL_SOURCE, mail.messageId),
  );
  if (known) return [];
  const parts = [...(mail.body === null ? [] : [textPart(mail.body)]), ...(mail.attachments ?? [])];
  return (await readAdvices(remittanceFiles, parts)).advices;
}

const asMessage = (mail: IncomingMail, own: boolean, at: Date, day: string) => ({
  source: MAIL_SOURCE,
  messageId: mail.messageId,
  inReplyTo: mail.inReplyTo,
  references: [...mail.references],
  direction: own ? ('out' as const) : ('in' as const),
  sentAt: at.toISOString(),
  day,
  from: mail.from,
  to: [...mail.to],
  subject: mail.subject,
  body: mail.body,
  automatic: mail.automatic,
});

/**
 * Reads what came since the last reading, oldest first; the same mail is taken once, each in a transaction of its
 * own. A mail that cannot be taken in is named and holds up no other.
 *
 * Throws: what the mailbox throws when it cannot be read.
 */
export const createReadInbox = ({ database, mailbox, clock, remittanceFiles }: Parts) => {
  const ensureBot = createEnsureBot(database);
  const recordMessage = createRecordMessage(database);
  const setHold = createSetHold(database);

  const take = async (mail: IncomingMail, context: Context, result: InboxRead): Promise<void> => {
    const advices = await advicesIn(database, remittanceFiles, mail, context);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const { company } = await readCompany(sql);
      const now = clock.now();
      const sentAt = new Date(mail.sentAt);
      const at = sentAt > now ? now : sentAt; // a sender's clock, or a lie: nothing comes from tomorrow
      const own = await isOwn(sql, company, mail.from);
      const day = localTime(at, company).day;
      const message = await recordMessage(asMessage(mail, own, at, day), context);
      if (!message.created) return;
      const run = { sql, context, company, result };
      await takeBounce(run, mail, message);
      const toStop = company?.unsubscribeAddress?.toLowerCase();
      if (!own && ((toStop && mail.to.includes(toStop)) || asksForNoMail(mail.subject)))
        await takeOptOut(run, mail, message, setHold);
      if (!own && message.customerId !== null)
        await storeAdvices(
          sql,
          {
            source: 'mail',
            externalId: mail.messageId,
            messageId: message.id,
            customerId: message.customerId,
          },
          advices,
        );
      result.recorded++;
    });
  };

  return async (tenantId: number, signal?: AbortSignal): Promise<InboxRead> => {
    const actor = await ensureBot(tenantId);
    const { since, today } = await inTenant(database.pool, tenantId, async (sql) => {
      const known = (await sourceFreshness(sql)).find(({ source }) => source === MAIL_SOURCE);
      const { company } = await readCompany(sql);
      return { since: known ? Date.parse(known.syncedAt) : null, today: localDay(clock, company) };
    });
    const context: Context = { actor, thread: 'inbox', today };
    const begun = clock.now();
    const result: InboxRead = { read: 0, recorded: 0, bounced: [], optedOut: [], skipped: [] };
    let again = false;
    for await (const mail of mailbox.listIncoming(since === null ? null : new Date(since - OVERLAP_MS))) {
      if (signal?.aborted) return result;
      result.read++;
      await take(mail, context, result).catch((error: unknown) => {
        again ||= !(error instanceof RemyError) || error.retryable;
        const reason = error instanceof Error ? error.message : String(error);
        result.skipped.push({ messageId: mail.messageId, reason });
      });
    }
    // An empty inbox of a company without a ledger is no source of it.
    if (!again && (since !== null || result.read > 0))
      await inTenant(database.pool, tenantId, (sql) => recordSync(sql, MAIL_SOURCE, begun, ['mail']));
    return result;
  };
};

/**
 * Compares what a mailbox says was sent with what the ledger knows. After an unclean stop of the embedded database
 * the last rows may be gone while the mail has left; and people write by hand. Both count for gap and cap.
 */
import type { Context } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mailbox, SentMail } from '../ports/mailbox.ts';
import { beginLookUp } from '../store/effects/due.ts';
import { readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { closeProposal } from '../store/proposals/write.ts';
import { findSentTraces, lockWaitingEffect } from '../store/sent-mail.ts';
import { inTenant } from '../store/transaction.ts';
import { createEnsureBot } from './ensure-bot.ts';
import { localDay, localTime } from './local-day.ts';
import { MAIL_SOURCE } from './read-inbox.ts';
import { createRecordMessage } from './record-message.ts';
import { audit } from './recording.ts';

export type SentReconciled = {
  compared: number;
  /** Recorded now as outgoing: nobody knew of them. */
  recorded: { messageId: string; customerId: number | null }[];
  /** Effects that had left although their rows say that they wait: looked up instead of sent. */
  lookedUp: number[];
};

const DAY_MS = 86_400_000;
/** Further back than anything an unclean stop can have lost. */
const COMPARE_DAYS = 7;

/** From when on the sent mail is compared before anything is sent. */
export const compareFrom = (now: Date): Date => new Date(now.getTime() - COMPARE_DAYS * DAY_MS);

type Parts = { database: Database; mailbox: Pick<Mailbox, 'listSent' | 'name'>; clock: Clock };

/** `<key.revision@host>` of a mail that an approval sent; null for anybody else's. */
const proposalKeyIn = (messageId: string): string | null =>
  /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.\d+@/.exec(messageId)?.[1] ?? null;

/**
 * Idempotent: what is known stays as it is. `since` reaches back further than anything that can have been lost.
 * Throws: what the mailbox throws when it cannot be read; then nobody may send.
 */
export const createReconcileSent = ({ database, mailbox, clock }: Parts) => {
  const ensureBot = createEnsureBot(database);
  const recordMessage = createRecordMessage(database);

  const take = (mail: SentMail, context: Context, result: SentReconciled): Promise<void> =>
    inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const key = proposalKeyIn(mail.messageId);
      const traces = await findSentTraces(sql, mail.messageId, key);
      if (traces.messageId !== null) return;
      const waiting = await lockWaitingEffect(sql, mail.messageId);
      if (waiting) {
        if (waiting.state !== 'ready') return; // it is looked up anyway
        await beginLookUp(sql, waiting.id, 'reconcile', clock.now());
        await audit(sql, context, 'sent_found', { effectId: waiting.id, messageId: mail.messageId });
        result.lookedUp.push(waiting.id);
        return;
      }
      const { company } = await readCompany(sql);
      const { customerId } = await recordMessage(
        {
          source: MAIL_SOURCE,
          messageId: mail.messageId,
          direction: 'out',
          sentAt: mail.sentAt,
          day: localTime(new Date(mail.sentAt), company).day,
          from: company?.fromAddress ?? context.actor.email,
          to: [...mail.to],
          subject: mail.subject,
          ...(traces.customerId !== null && { customerId: traces.customerId }),
        },
        context,
      );
      if (traces.proposalId !== null)
        await closeProposal(
          sql,
          traces.proposalId,
          'stale',
          'This email had left already: it was found in Sent.',
        );
      result.recorded.push({ messageId: mail.messageId, customerId });
    });

  return async (tenantId: number, since: Date): Promise<SentReconciled> => {
    const actor = await ensureBot(tenantId);
    const today = await inTenant(database.pool, tenantId, async (sql) =>
      localDay(clock, (await readCompany(sql)).company),
    );
    const context: Context = { actor, thread: 'reconcile', today };
    const result: SentReconciled = { compared: 0, recorded: [], lookedUp: [] };
    for await (const mail of mailbox.listSent(since)) {
      result.compared++;
      await take(mail, context, result);
    }
    return result;
  };
};

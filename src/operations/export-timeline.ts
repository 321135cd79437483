/** The timeline of an invoice or a customer as a file. */
import type { z } from 'zod';
import { csvText } from '../domain/csv-text.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { accountBriefInput, exportTimelineOutput } from '../domain/ledger-query/answers.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readProfile } from '../store/accounts/profile.ts';
import type { Database } from '../store/pool.ts';
import { readAllEvents } from '../store/timeline.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { findInvoice } from './find-invoice.ts';
import { presentEvent } from './timeline-events.ts';

const HEADER = ['day', 'time_utc', 'kind', 'invoice', 'actor', 'summary'];

/** Events of which only the day is known are stored at its first moment. */
const timeOf = (at: Date | null): string => {
  const time = at === null ? '' : at.toISOString().slice(11, 23);
  return time === '00:00:00.000' ? '' : time.slice(0, 8);
};

async function subjectOf(sql: Sql, input: z.output<typeof accountBriefInput>, owner: string | null) {
  if (input.invoice !== undefined) {
    const invoice = await findInvoice(sql, input.invoice, owner);
    return {
      subject: `${invoice.number} of ${invoice.customer}`,
      name: invoice.number,
      of: { customerId: invoice.customer_id, invoiceId: invoice.id },
    };
  }
  const id = input.customerId ?? 0;
  const customer = await readProfile(sql, id, owner);
  if (!customer)
    throw new NotFoundError(
      `There is no customer with id ${id} among what you may see. Look the customer up by name first.`,
    );
  return {
    subject: `${customer.name} (${customer.code})`,
    name: customer.code,
    of: { customerId: id, invoiceId: null },
  };
}

/**
 * Every event, oldest first, as a list and as CSV (RFC 4180, no cell that a spreadsheet would run). The time is empty
 * where only the day is known.
 *
 * Throws: NotFoundError, InvalidInputError (an invoice number that several invoices have).
 */
export const createExportTimeline =
  (database: Database) =>
  async (
    input: z.output<typeof accountBriefInput>,
    { actor }: Pick<Context, 'actor'>,
  ): Promise<z.output<typeof exportTimelineOutput>> =>
    inTenant(database.pool, actor.tenantId, async (sql) => {
      const { subject, name, of } = await subjectOf(sql, input, visibleOwner(actor));
      const rows = (await readAllEvents(sql, of)).map((row) => ({
        event: presentEvent(row),
        time: timeOf(row.happened_at),
      }));
      const lines = rows.map(({ event, time }) => [
        event.day,
        time,
        event.kind,
        event.invoice ?? '',
        event.actor ?? '',
        event.summary,
      ]);
      return {
        subject,
        fileName: `timeline-${name.replace(/[^\w.-]+/g, '_')}.csv`,
        csv: csvText([HEADER, ...lines]),
        events: rows.map(({ event }) => event),
      };
    });

/** The whole story of an account, or of one invoice and its account. */
import type { z } from 'zod';
import { daysBetween } from '../domain/calendar.ts';
import { NotFoundError } from '../domain/errors.ts';
import { invoiceStanding } from '../domain/invoice.ts';
import type { AccountBrief, accountBriefInput } from '../domain/ledger-query/answers.ts';
import { resolveWindow } from '../domain/ledger-query/window.ts';
import { payerHabits } from '../domain/metrics/payer-habits.ts';
import { toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import {
  type InvoiceRow,
  readApplications,
  readInvoice,
  readOpenInvoices,
  readOpenTotals,
} from '../store/accounts/invoices.ts';
import { readContacts, readProfile } from '../store/accounts/profile.ts';
import { readDisputes, readHolds, readMessages, readPromises } from '../store/accounts/stories.ts';
import { readCustomerHabits } from '../store/metrics/habits.ts';
import type { Database } from '../store/pool.ts';
import { readNewestEvents } from '../store/timeline.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { findInvoice } from './find-invoice.ts';
import { presentEvent } from './timeline-events.ts';

const MOST = { invoices: 25, stories: 20, messages: 5, events: 50 };
const EXCERPT = 280;

const presentInvoice = (row: InvoiceRow, today: string) => ({
  number: row.number,
  customer: row.customer,
  issuedOn: row.issued_on,
  dueOn: row.due_on,
  currency: row.currency,
  amount: toDecimal(row.amount_minor, row.currency),
  open: toDecimal(row.open_minor, row.currency),
  paidOn: row.paid_on,
  poNumber: row.po_number,
  disputed: row.disputed,
  ...invoiceStanding({ status: row.status, dueOn: row.due_on, paidOn: row.paid_on }, today),
});

async function invoicePart(sql: Sql, id: number, today: string): Promise<AccountBrief['invoice']> {
  const row = await readInvoice(sql, id);
  const applications = (await readApplications(sql, id)).map((each) => ({
    appliedOn: each.applied_on,
    amount: toDecimal(each.amount_minor, row.currency),
    source: each.source,
    number: each.number,
  }));
  return { ...presentInvoice(row, today), applications };
}

async function openPart(sql: Sql, customerId: number, today: string) {
  const totals = await readOpenTotals(sql, customerId, today);
  const invoices = await readOpenInvoices(sql, customerId, MOST.invoices);
  return {
    open: totals.map(({ currency, ...row }) => ({
      currency,
      count: row.count,
      open: toDecimal(row.open, currency),
      overdueCount: row.overdue_count,
      overdue: toDecimal(row.overdue, currency),
      maxDaysOverdue: row.max_days,
      unapplied: toDecimal(row.unapplied, currency),
      credits: toDecimal(row.credits, currency),
    })),
    openInvoices: invoices.map((row) => presentInvoice(row, today)),
  };
}

async function habitsPart(sql: Sql, customerId: number, today: string): Promise<AccountBrief['habits']> {
  const { from = today, to = today } = resolveWindow({ last: 12, unit: 'month' }, today);
  const habits = payerHabits(await readCustomerHabits(sql, customerId, { from, to }));
  const { medianDaysToPay: _shown, ...rest } = habits;
  return { ...rest, window: { from, to } };
}

async function storiesPart(sql: Sql, customerId: number, invoiceId: number | null, today: string) {
  const promises = await readPromises(sql, customerId, invoiceId, today, MOST.stories);
  const disputes = await readDisputes(sql, customerId, invoiceId, MOST.stories);
  const holds = await readHolds(sql, customerId, invoiceId, today);
  return {
    promises: promises.map((row) => ({
      id: row.id,
      currency: row.currency,
      amount: toDecimal(row.amount_minor, row.currency),
      payOn: row.pay_on,
      madeOn: row.made_on,
      status: row.status,
      received: toDecimal(row.received_minor, row.currency),
      invoices: row.invoices,
      quote: row.quote,
    })),
    disputes: disputes.map((row) => ({
      id: row.id,
      invoice: row.invoice,
      reason: row.reason,
      currency: row.currency,
      amount: toDecimal(row.amount_minor, row.currency),
      owner: row.owner,
      openedOn: row.opened_on,
      ageDays: daysBetween(row.opened_on, row.resolved_on ?? today),
      resolvedOn: row.resolved_on,
    })),
    holds: holds.map((row) => ({
      reason: row.reason,
      from: row.from_on,
      until: row.until_on,
      invoice: row.invoice,
    })),
  };
}

async function contactPart(sql: Sql, customerId: number) {
  const messages = await readMessages(sql, customerId, MOST.messages);
  return {
    contacts: await readContacts(sql, customerId),
    messages: messages.map((row) => ({
      day: row.day,
      direction: row.direction,
      from: row.from_address,
      subject: row.subject,
      excerpt: (row.body ?? '').replace(/\s+/g, ' ').trim().slice(0, EXCERPT),
    })),
  };
}

/**
 * Everything about a customer on the day of the question; for an invoice its own line, payments, promises, disputes
 * and timeline beside its customer's open items, habits and contacts. Without the customer's children, which are named.
 *
 * Throws: NotFoundError, InvalidInputError (an invoice number that several invoices have).
 */
export const createAccountBrief =
  (database: Database) =>
  async (input: z.output<typeof accountBriefInput>, context: Context): Promise<AccountBrief> => {
    const { today, actor } = context;
    const owner = visibleOwner(actor);
    return inTenant(database.pool, actor.tenantId, async (sql) => {
      const found = input.invoice === undefined ? null : await findInvoice(sql, input.invoice, owner);
      const id = found?.customer_id ?? input.customerId ?? 0;
      const customer = await readProfile(sql, id, owner);
      if (!customer)
        throw new NotFoundError(
          `There is no customer with id ${id} among what you may see. Look the customer up by name first.`,
        );
      const invoiceId = found?.id ?? null;
      const events = await readNewestEvents(sql, { customerId: id, invoiceId }, MOST.events);
      return {
        asOf: today,
        customer,
        invoice: invoiceId === null ? null : await invoicePart(sql, invoiceId, today),
        ...(await openPart(sql, id, today)),
        habits: await habitsPart(sql, id, today),
        ...(await storiesPart(sql, id, invoiceId, today)),
        ...(await contactPart(sql, id)),
        timeline: events.map(presentEvent),
      };
    });
  };

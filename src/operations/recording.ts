/** What all operations that record something share: who may, whom it is about, and the traces it leaves. */
import { z } from 'zod';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../domain/errors.ts';
import { isCurrency, parseDecimal } from '../domain/money.ts';
import type { Context } from '../ports/actor.ts';
import type { FoundInvoice } from '../store/accounts/invoices.ts';
import { appendAudit } from '../store/audit.ts';
import { findCustomers } from '../store/customers/by-code.ts';
import { addEvent, type NewEvent } from '../store/timeline.ts';
import type { Sql } from '../store/transaction.ts';
import { findInvoice } from './find-invoice.ts';

/** A customer by id or by code; where an invoice is named too, it only has to fit. */
export const customerInput = {
  customerId: z.int().positive().optional(),
  customer: z.string().min(1).max(200).optional().describe('the customer code'),
};

export const moneyInput = {
  amount: z.string().describe('a decimal such as "1250.00"'),
  currency: z.string(),
};

/** Throws: InvalidInputError that lists what does not fit. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidInputError(z.prettifyError(parsed.error), { cause: parsed.error });
  return parsed.data;
}

/** Throws: InvalidInputError unless it is a positive amount of a known currency. */
export function parseMoney({ amount, currency }: { amount: string; currency: string }): bigint {
  if (!isCurrency(currency)) throw new InvalidInputError(`"${currency}" is not a currency code such as USD`);
  const minor = parseDecimal(amount, currency);
  if (minor <= 0n) throw new InvalidInputError(`The amount must be above zero, not ${amount} ${currency}.`);
  return minor;
}

/** Throws: NotAllowedError for a viewer. */
export function assertMayRecord({ actor }: Pick<Context, 'actor'>): void {
  if (actor.role === 'viewer')
    throw new NotAllowedError(
      'Your role (viewer) can look but not record. Ask a collector, or an admin to change your role.',
    );
}

export type Subject = { customerId: number; invoices: FoundInvoice[] };

/**
 * The customer and invoices that an act is about.
 * Throws: NotFoundError, InvalidInputError when the invoices belong to different customers or nothing is named.
 */
export async function findSubject(
  sql: Sql,
  asked: { customerId?: number | undefined; customer?: string | undefined; invoices?: readonly string[] },
): Promise<Subject> {
  const named = asked.customerId !== undefined || asked.customer !== undefined;
  const found = named ? await findCustomers(sql, asked) : [];
  if (named && found.length === 0)
    throw new NotFoundError(`There is no customer ${asked.customer ?? asked.customerId}.`);
  if (found.length > 1)
    throw new InvalidInputError(
      `The code ${asked.customer} fits ${found.map(({ name, source }) => `${name} (from ${source})`).join(' and ')}. Give the customer's id.`,
    );
  const invoices: FoundInvoice[] = [];
  for (const number of new Set(asked.invoices ?? []))
    invoices.push(await findInvoice(sql, number, null, found[0]?.id));
  const owners = new Set([...found.map((each) => each.id), ...invoices.map((each) => each.customer_id)]);
  const [customerId] = owners;
  if (customerId === undefined) throw new InvalidInputError('Name a customer or an invoice.');
  if (owners.size > 1)
    throw new InvalidInputError('These invoices belong to different customers; record it for each of them.');
  return { customerId, invoices };
}

type Trace = Pick<NewEvent, 'kind' | 'happenedOn' | 'summary'> & {
  /** Unique among what Remy writes, such as `promise:17`. */
  key: string;
  /** Who did it, where that is not the one who records it. */
  by?: string | undefined;
  at?: string | null | undefined;
  detail?: Record<string, unknown>;
};

const SOURCE = 'remy';

/**
 * Writes the event on the timeline: of the invoice when there is exactly one, else of the customer, which then names
 * its invoices. False when an event with that key is there already.
 */
export const trace = (sql: Sql, context: Context, subject: Subject, event: Trace): Promise<boolean> =>
  addEvent(sql, {
    source: SOURCE,
    externalId: event.key,
    customerId: subject.customerId,
    invoiceId: subject.invoices.length === 1 ? subject.invoices[0]!.id : null,
    kind: event.kind,
    happenedOn: event.happenedOn,
    happenedAt: event.at ?? null,
    actor: event.by ?? context.actor.email,
    summary: event.summary,
    detail: {
      ...event.detail,
      ...(subject.invoices.length > 1 && { invoiceIds: subject.invoices.map((each) => each.id) }),
    },
  });

/** Writes who did it into the audit chain. */
export const audit = (
  sql: Sql,
  context: Context,
  act: string,
  detail: Record<string, unknown>,
): Promise<void> => appendAudit(sql, { actor: context.actor.email, act, detail });

export const numbersOf = ({ invoices }: Subject): string =>
  invoices.length === 0 ? '' : ` on ${invoices.map((each) => each.number).join(', ')}`;

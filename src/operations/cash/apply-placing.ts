/** Puts money on invoices. Everything is locked and checked first; what does not fit any more changes nothing. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import { baseName } from '../../domain/customer.ts';
import { StalePlacingError } from '../../domain/errors.ts';
import { accountKey } from '../../domain/matching/lookup-keys.ts';
import { parseDecimal } from '../../domain/money.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  changeCredits,
  changeInvoices,
  changePayments,
  lockCredits,
  lockInvoices,
} from '../../store/cash/documents.ts';
import {
  addAdjustments,
  addMatches,
  addMoneyEvents,
  addOwnApplications,
} from '../../store/cash/match-rows.ts';
import { addLessons, type Lesson } from '../../store/cash/memory.ts';
import { lockPayments } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';
import { type PlacingRows, placingRows } from './placing-rows.ts';

export type ToApply = {
  readonly content: ApplicationContent;
  readonly proposalId: number | null;
  /** Who stands for it: `remy`, or the address of a person. */
  readonly madeBy: string;
  readonly origin: 'auto' | 'person';
};

export type How = {
  /** The day it is booked. */
  readonly on: string;
  /** Whether it teaches who pays for whom: what a person confirmed. */
  readonly learn: boolean;
};

type Locked = {
  readonly payments: Map<number, { currency: string; left: bigint }>;
  readonly invoices: Map<
    number,
    { currency: string; open: bigint; customerId: number; issuedOn: string; status: string }
  >;
  readonly credits: Map<number, { currency: string; open: bigint }>;
};

const ids = (all: readonly ToApply[], of: (content: ApplicationContent) => readonly number[]): number[] => [
  ...new Set(all.flatMap(({ content }) => of(content))),
];

async function lock(sql: Sql, all: readonly ToApply[]): Promise<Locked> {
  const payments = await lockPayments(
    sql,
    ids(all, ({ payment }) => (payment ? [payment.id] : [])),
  );
  const invoices = await lockInvoices(
    sql,
    ids(all, ({ placing: { applications, credits, adjustments } }) =>
      [...applications, ...credits, ...adjustments].map(({ invoiceId }) => invoiceId),
    ),
  );
  const credits = await lockCredits(
    sql,
    ids(all, ({ placing }) => placing.credits.map(({ creditId }) => creditId)),
  );
  return {
    payments: new Map(
      payments.map((each) => [each.id, { currency: each.currency, left: each.unapplied_minor }]),
    ),
    invoices: new Map(
      invoices.map((each) => [
        each.id,
        {
          currency: each.currency,
          open: each.open_minor,
          customerId: each.customer_id,
          issuedOn: each.issued_on,
          status: each.status,
        },
      ]),
    ),
    credits: new Map(credits.map((each) => [each.id, { currency: each.currency, open: each.open_minor }])),
  };
}

/** Days as text sort as days. */
const later = (a: string, b: string): string => [a, b].sort()[1]!;

/**
 * Money counts from the day it was received, or from the invoice's own where it was paid ahead: days late, DSO and kept
 * promises are those of the payer, not of whoever matched it later. Without money it is the day of the act.
 */
const dayOf =
  ({ payment }: ApplicationContent, { invoices }: Locked, today: string) =>
  (invoiceId: number): string => {
    if (!payment) return today;
    const issuedOn = invoices.get(invoiceId)?.issuedOn ?? payment.receivedOn;
    return later(issuedOn, payment.receivedOn);
  };

/** Takes it from what is left, so that two placings of one act cannot use the same money. False: it does not fit. */
function take({ content }: ToApply, rows: PlacingRows, locked: Locked): boolean {
  const { payment, placing, currency } = content;
  const left = payment && locked.payments.get(payment.id);
  if (payment && (!left || left.currency !== currency || left.left < rows.cash)) return false;
  if (payment && rows.cash + parseDecimal(placing.unapplied, currency) !== left!.left) return false;
  for (const [id, minor] of rows.closed) {
    const invoice = locked.invoices.get(id);
    if (!invoice || invoice.currency !== currency || invoice.status === 'void' || invoice.open < minor)
      return false;
  }
  for (const [id, minor] of rows.used) {
    const credit = locked.credits.get(id);
    if (!credit || credit.currency !== currency || credit.open < minor) return false;
  }
  if (left) left.left -= rows.cash;
  for (const [id, minor] of rows.closed) locked.invoices.get(id)!.open -= minor;
  for (const [id, minor] of rows.used) locked.credits.get(id)!.open -= minor;
  return true;
}

const lessonsOf = ({ content, madeBy }: ToApply, matchId: number): Lesson[] => {
  const { payment, placing } = content;
  const customerId = placing.customer?.id;
  if (!payment || customerId === undefined || placing.applications.length === 0) return [];
  const base = { customer_id: customerId, match_id: matchId, learned_by: madeBy };
  const name = payment.payerName ? baseName(payment.payerName).slice(0, 300) : '';
  const account = payment.payerAccount ? accountKey(payment.payerAccount).slice(0, 64) : '';
  return [
    ...(name ? [{ ...base, kind: 'name' as const, key: name }] : []),
    ...(account ? [{ ...base, kind: 'account' as const, key: account }] : []),
  ];
};

const sum = (maps: readonly ReadonlyMap<number, bigint>[]): { id: number; minor: bigint }[] => {
  const sums = new Map<number, bigint>();
  for (const map of maps) for (const [id, minor] of map) sums.set(id, (sums.get(id) ?? 0n) + minor);
  return [...sums].map(([id, minor]) => ({ id, minor }));
};

type Fitting = { readonly each: ToApply; readonly matchId: number; readonly rows: PlacingRows };

/** By invoice: the last day on which something of these acts was put on it. */
function lastDays(fitting: readonly Fitting[]): Map<number, string> {
  const days = new Map<number, string>();
  const note = (id: number, day: string) => days.set(id, later(days.get(id) ?? day, day));
  for (const { rows } of fitting) {
    for (const row of rows.applications) note(row.invoice_id, row.applied_on);
    for (const row of rows.adjustments) note(row.invoice_id, row.booked_on);
  }
  return days;
}

async function write(sql: Sql, fitting: readonly Fitting[], { learn }: Pick<How, 'learn'>): Promise<void> {
  await addOwnApplications(
    sql,
    fitting.flatMap(({ rows }) => rows.applications),
  );
  await addAdjustments(
    sql,
    fitting.flatMap(({ rows }) => rows.adjustments),
  );
  const days = lastDays(fitting);
  const changed = (maps: readonly ReadonlyMap<number, bigint>[]) =>
    sum(maps).map(({ id, minor }) => ({ id, change_minor: -minor }));
  await changeInvoices(
    sql,
    changed(fitting.map(({ rows }) => rows.closed)).map((row) => ({
      ...row,
      settled_on: days.get(row.id)!,
    })),
  );
  await changeCredits(sql, changed(fitting.map(({ rows }) => rows.used)));
  await changePayments(
    sql,
    fitting.flatMap(({ each: { content }, rows }) =>
      content.payment
        ? [
            {
              id: content.payment.id,
              change_minor: -rows.cash,
              customer_id: content.placing.customer?.id ?? null,
            },
          ]
        : [],
    ),
  );
  await addMoneyEvents(
    sql,
    fitting.flatMap(({ rows }) => rows.events),
  );
  if (learn)
    await addLessons(
      sql,
      fitting.flatMap(({ each, matchId }) => (each.origin === 'person' ? lessonsOf(each, matchId) : [])),
    );
}

/**
 * Applies each of them that still fits, in their order; no two are about one payment. Gives the id of the act for
 * each, null where it did not fit: then nothing of it was written.
 */
export async function applyPlacings(sql: Sql, all: readonly ToApply[], how: How): Promise<(number | null)[]> {
  if (all.length === 0) return [];
  const locked = await lock(sql, all);
  const customerOf = new Map([...locked.invoices].map(([id, { customerId }]) => [id, customerId]));
  const rowsOf = (each: ToApply, matchId: number): PlacingRows =>
    placingRows({
      content: each.content,
      matchId,
      dayOf: dayOf(each.content, locked, how.on),
      actor: each.madeBy,
      customerOf,
    });
  const fitting = all.filter((each) => take(each, rowsOf(each, 0), locked));
  const matchIds = await addMatches(
    sql,
    fitting.map(({ content, origin, proposalId, madeBy }) => ({
      payment_id: content.payment?.id ?? null,
      customer_id: content.placing.customer?.id ?? null,
      origin,
      confidence: content.placing.confidence,
      solution: JSON.stringify({
        payment: content.payment,
        placing: content.placing,
        currency: content.currency,
      }),
      reasons: JSON.stringify(content.placing.reasons),
      proposal_id: proposalId,
      made_by: madeBy,
      matched_on: how.on,
    })),
  );
  await write(
    sql,
    fitting.map((each, at) => ({ each, matchId: matchIds[at]!, rows: rowsOf(each, matchIds[at]!) })),
    how,
  );
  const idOf = new Map(fitting.map((each, at) => [each, matchIds[at]!]));
  return all.map((each) => idOf.get(each) ?? null);
}

/**
 * Applies one and writes it into the audit chain.
 * Throws: StalePlacingError when it does not fit what is stored now; nothing was written then.
 */
export async function applyPlacing(
  sql: Sql,
  toApply: ToApply & How & { readonly actor: string },
): Promise<number> {
  const [matchId] = await applyPlacings(sql, [toApply], toApply);
  if (matchId === null || matchId === undefined) throw new StalePlacingError();
  const { content, proposalId, actor } = toApply;
  await appendAudit(sql, {
    actor,
    act: 'apply_payment',
    detail: {
      matchId,
      proposalId,
      paymentId: content.payment?.id ?? null,
      customerId: content.placing.customer?.id ?? null,
      placing: content.placing,
    },
  });
  return matchId;
}

/** A placing as rows of the ledger: applications, adjustments, and what they change. Pure; amounts in minor units. */
import type { ApplicationContent } from '../../domain/cash/applications.ts';
import { formatAmount, parseDecimal } from '../../domain/money.ts';
import type { MoneyEvent, NewAdjustment, OwnApplication } from '../../store/cash/match-rows.ts';

export type PlacingRows = {
  readonly applications: readonly OwnApplication[];
  readonly adjustments: readonly NewAdjustment[];
  readonly events: readonly MoneyEvent[];
  /** What each invoice is closed by: cash, credits and adjustments. */
  readonly closed: ReadonlyMap<number, bigint>;
  readonly used: ReadonlyMap<number, bigint>;
  readonly cash: bigint;
};

const add = (sums: Map<number, bigint>, id: number, minor: bigint): void => {
  sums.set(id, (sums.get(id) ?? 0n) + minor);
};

type Sums = ReadonlyMap<number, bigint>;

type Placed = {
  readonly content: ApplicationContent;
  readonly matchId: number;
  /** From which day it counts on an invoice: when the money was there, and the invoice too. */
  readonly dayOf: (invoiceId: number) => string;
  readonly actor: string;
  /** Whose each invoice is. */
  readonly customerOf: ReadonlyMap<number, number>;
};

function applicationRows({ content, matchId, dayOf }: Placed): OwnApplication[] {
  const { payment, placing, currency } = content;
  const base = { currency, reverses_id: null, match_id: matchId };
  return [
    ...placing.applications.map(({ invoiceId, amount }) => ({
      ...base,
      external_id: `match-${matchId}|${invoiceId}`,
      applied_on: dayOf(invoiceId),
      payment_id: payment!.id,
      credit_id: null,
      invoice_id: invoiceId,
      amount_minor: parseDecimal(amount, currency),
    })),
    ...placing.credits.map(({ creditId, invoiceId, amount }) => ({
      ...base,
      external_id: `match-${matchId}|credit-${creditId}|${invoiceId}`,
      applied_on: dayOf(invoiceId),
      payment_id: null,
      credit_id: creditId,
      invoice_id: invoiceId,
      amount_minor: parseDecimal(amount, currency),
    })),
  ];
}

const adjustmentRows = ({ content, matchId, dayOf }: Placed): NewAdjustment[] =>
  content.placing.adjustments
    .filter(({ kind }) => kind !== 'short_pay')
    .map(({ kind, invoiceId, amount, reason }) => ({
      invoice_id: invoiceId,
      payment_id: content.payment?.id ?? null,
      kind,
      currency: content.currency,
      amount_minor: parseDecimal(amount, content.currency),
      booked_on: dayOf(invoiceId),
      reason,
      reverses_id: null,
      match_id: matchId,
    }));

function events({ content, matchId, dayOf, actor, customerOf }: Placed, closed: Sums): MoneyEvent[] {
  const { payment, placing, currency } = content;
  const cash = placing.applications.map(({ invoiceId, invoice, amount, open }) => ({
    external_id: `match:${matchId}:${invoiceId}`,
    customer_id: customerOf.get(invoiceId)!,
    invoice_id: invoiceId,
    kind:
      closed.get(invoiceId) === parseDecimal(open, currency) ? ('paid' as const) : ('partly_paid' as const),
    happened_on: dayOf(invoiceId),
    actor,
    summary: `${formatAmount(amount, currency)} of payment ${payment!.number} put on ${invoice}`,
  }));
  const rest = placing.adjustments
    .filter(({ kind }) => kind !== 'short_pay')
    .map(({ kind, invoiceId, invoice, amount, reason }) => ({
      external_id: `match:${matchId}:${invoiceId}:${kind}`,
      customer_id: customerOf.get(invoiceId)!,
      invoice_id: invoiceId,
      kind: 'note' as const,
      happened_on: dayOf(invoiceId),
      actor,
      summary: `${formatAmount(amount, currency)} of ${invoice} closed as ${kind.replaceAll('_', ' ')}: ${reason}`,
    }));
  return [...cash, ...rest];
}

export function placingRows(placed: Placed): PlacingRows {
  const applications = applicationRows(placed);
  const adjustments = adjustmentRows(placed);
  const closed = new Map<number, bigint>();
  const used = new Map<number, bigint>();
  for (const { invoice_id, amount_minor } of [...applications, ...adjustments])
    add(closed, invoice_id, amount_minor);
  for (const { credit_id, amount_minor } of applications)
    if (credit_id !== null) add(used, credit_id, amount_minor);
  const cash = applications.reduce(
    (sum, { payment_id, amount_minor }) => (payment_id === null ? sum : sum + amount_minor),
    0n,
  );
  return { applications, adjustments, events: events(placed, closed), closed, used, cash };
}

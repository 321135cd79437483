/** What matching worked out, in the words and decimals that people and tools see. */
import type { ApplicationContent, PaymentRef, Placing } from '../../domain/cash/applications.ts';
import type { CustomerRef } from '../../domain/ledger-query/result.ts';
import type {
  MatchCredit,
  MatchCustomer,
  MatchInvoice,
  MatchPool,
  MatchSolution,
} from '../../domain/matching/shapes.ts';
import { toDecimal } from '../../domain/money.ts';
import type { PaymentRow } from '../../store/cash/payments.ts';

const MOST_TEXT = 500;

/** A cut may part a character in two, which no database stores: the half becomes a mark of replacement. */
const whole = (text: string): string => text.toWellFormed();

/** One line, cut: text of a bank or a payer. */
const shortened = (text: string | null): string | null => {
  const line = text?.replace(/\s+/gu, ' ').trim() ?? '';
  return line === '' ? null : whole(line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT - 1)}…` : line);
};

/** What the bank passed on, where the reference is only its beginning; else the reference. */
function readable(reference: string | null, bankText: string | null): string | null {
  const [short, long] = [shortened(reference), shortened(bankText)];
  if (!short || !long) return short ?? long;
  return long.includes(short) ? long : short.includes(long) ? short : shortened(`${short} ${long}`);
}

export const presentPayment = (row: PaymentRow): PaymentRef => ({
  id: row.id,
  number: row.number,
  source: row.source,
  receivedOn: row.received_on,
  currency: row.currency,
  amount: toDecimal(row.amount_minor, row.currency),
  unapplied: toDecimal(row.unapplied_minor, row.currency),
  payerName: shortened(row.payer_name),
  payerAccount: row.payer_account,
  reference: readable(row.reference, row.bank_text),
  method: row.method,
  bankReference: row.bank_reference,
  customer: row.customer,
});

/** Looked up by id. */
export type PoolNames = {
  readonly invoices: ReadonlyMap<number, MatchInvoice>;
  readonly credits: ReadonlyMap<number, MatchCredit>;
  readonly customers: ReadonlyMap<number, MatchCustomer>;
};

const byId = <Item extends { readonly id: number }>(items: readonly Item[]): Map<number, Item> =>
  new Map(items.map((item) => [item.id, item]));

export const poolNames = (pool: MatchPool): PoolNames => ({
  invoices: byId(pool.invoices),
  credits: byId(pool.credits),
  customers: byId(pool.customers),
});

const customerRef = (names: PoolNames, id: number | null): CustomerRef | null => {
  const found = id === null ? undefined : names.customers.get(id);
  return found ? { id: found.id, code: found.code, name: found.name } : null;
};

/** Rounded down, so that nothing reads as more certain than it is. */
const rounded = (confidence: number): number => Math.floor(confidence * 10_000) / 10_000;

export function presentPlacing(solution: MatchSolution, currency: string, names: PoolNames): Placing {
  const money = (minor: bigint) => toDecimal(minor, currency);
  const invoice = (id: number) => ({ invoiceId: id, invoice: names.invoices.get(id)!.number });
  return {
    customer: customerRef(names, solution.customerId),
    applications: solution.applications.map(({ invoiceId, amountMinor }) => ({
      ...invoice(invoiceId),
      customer: names.customers.get(names.invoices.get(invoiceId)!.customerId)?.name ?? '',
      amount: money(amountMinor),
      open: money(names.invoices.get(invoiceId)!.openMinor),
    })),
    credits: solution.credits.map(({ creditId, invoiceId, amountMinor }) => ({
      creditId,
      credit: names.credits.get(creditId)!.number,
      ...invoice(invoiceId),
      amount: money(amountMinor),
      open: money(names.invoices.get(invoiceId)!.openMinor),
    })),
    adjustments: solution.adjustments.map(({ kind, invoiceId, amountMinor, reason }) => ({
      kind,
      ...invoice(invoiceId),
      amount: money(amountMinor),
      open: money(names.invoices.get(invoiceId)!.openMinor),
      reason: whole(reason),
    })),
    unapplied: money(solution.unappliedMinor),
    confidence: rounded(solution.confidence),
    reasons: solution.reasons.map(whole),
  };
}

export const contentOf = (
  payment: PaymentRef,
  placing: Placing,
  alternatives: readonly Placing[],
): ApplicationContent => ({
  kind: 'application',
  payment,
  currency: payment.currency,
  placing,
  alternatives: [...alternatives],
});

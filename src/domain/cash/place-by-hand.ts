/** A placing as a person says it: these invoices, so much on each, the rest stays unapplied. Pure; minor units. */
import { InvalidInputError } from '../errors.ts';
import type { AdjustmentKind } from '../matching/shapes.ts';
import { formatAmount, toDecimal } from '../money.ts';
import type { Placing } from './applications.ts';

export type NamedInvoice = {
  readonly id: number;
  readonly number: string;
  readonly customer: string;
  readonly open: bigint;
};

export type ByHand = {
  readonly currency: string;
  /** What the payment has to place; 0 where there is no payment. */
  readonly left: bigint;
  /** In the order in which the money goes; null: as much as is open, while the money lasts. */
  readonly parts: readonly { readonly invoice: NamedInvoice; readonly amount: bigint | null }[];
  readonly credits: readonly {
    readonly id: number;
    readonly number: string;
    readonly open: bigint;
    /** Where it goes, in this order. */
    readonly invoices: readonly NamedInvoice[];
    /** Null: as much as is open on them, while the credit lasts. */
    readonly amount: bigint | null;
  }[];
  readonly adjustments: readonly {
    readonly kind: AdjustmentKind | 'short_pay';
    readonly invoice: NamedInvoice;
    /** Null: all that is open after money and credits. */
    readonly amount: bigint | null;
    readonly reason: string;
  }[];
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What is open of each invoice while things are put on it. */
class Open {
  private readonly left = new Map<number, bigint>();
  private readonly currency: string;

  constructor(currency: string) {
    this.currency = currency;
  }

  of({ id, open }: NamedInvoice): bigint {
    return this.left.get(id) ?? open;
  }

  /** Throws: InvalidInputError when it is more than is open. */
  put(invoice: NamedInvoice, amount: bigint): bigint {
    const open = this.of(invoice);
    if (amount <= 0n) throw new InvalidInputError(`Nothing is open on ${invoice.number}.`);
    if (amount > open)
      throw new InvalidInputError(
        `${invoice.number} has ${this.money(open)} open, so ${this.money(amount)} does not fit on it.`,
      );
    this.left.set(invoice.id, open - amount);
    return amount;
  }

  money(minor: bigint): string {
    return formatAmount(toDecimal(minor, this.currency), this.currency);
  }
}

type Used = ByHand['credits'][number];

/** Throws: InvalidInputError when the credit stands on that invoice already. */
function putCredit(used: Used, wanted: bigint, open: Open, currency: string, on: Set<string>) {
  const rows: Placing['credits'] = [];
  let rest = wanted;
  for (const invoice of used.invoices) {
    const amount = smaller(rest, open.of(invoice));
    if (amount <= 0n) continue;
    const key = `${used.id} ${invoice.id}`;
    if (on.has(key))
      throw new InvalidInputError(`Credit ${used.number} is named twice on ${invoice.number}.`);
    on.add(key);
    rest -= open.put(invoice, amount);
    rows.push({
      creditId: used.id,
      credit: used.number,
      invoiceId: invoice.id,
      invoice: invoice.number,
      amount: toDecimal(amount, currency),
      open: toDecimal(invoice.open, currency),
    });
  }
  return { rows, rest };
}

/** A credit that is named several times has what the entries before left of it. */
function putCredits(hand: ByHand, open: Open): Placing['credits'] {
  const all: Placing['credits'] = [];
  const left = new Map<number, bigint>();
  const on = new Set<string>();
  for (const credit of hand.credits) {
    const has = left.get(credit.id) ?? credit.open;
    const wanted = credit.amount ?? has;
    if (has <= 0n) throw new InvalidInputError(`Nothing of credit ${credit.number} is left.`);
    if (wanted > has)
      throw new InvalidInputError(`Credit ${credit.number} has only ${open.money(has)} left.`);
    const { rows, rest } = putCredit(credit, wanted, open, hand.currency, on);
    if (credit.amount !== null && rest > 0n)
      throw new InvalidInputError(
        `${open.money(rest)} of credit ${credit.number} find no place on the invoices named.`,
      );
    left.set(credit.id, has - (wanted - rest));
    all.push(...rows);
  }
  return all;
}

/** Cash in the order of the parts; the amounts that were said come first, so that "the rest" is what is left then. */
function putCash(hand: ByHand, open: Open): { rows: Placing['applications']; unapplied: bigint } {
  let left = hand.left;
  const amounts = new Map<number, bigint>();
  const put = (at: number, wanted: bigint) => {
    const { invoice } = hand.parts[at]!;
    amounts.set(at, open.put(invoice, wanted));
    left -= wanted;
  };
  hand.parts.forEach(({ amount }, at) => {
    if (amount === null) return;
    if (amount > left)
      throw new InvalidInputError(
        `Only ${open.money(left)} of the payment is left, not ${open.money(amount)}.`,
      );
    put(at, amount);
  });
  hand.parts.forEach(({ invoice, amount }, at) => {
    if (amount !== null) return;
    if (left <= 0n)
      throw new InvalidInputError(
        `Nothing of the payment is left for ${invoice.number}. Leave it out, or say how much goes on each.`,
      );
    put(at, smaller(left, open.of(invoice)));
  });
  const rows = hand.parts.map(({ invoice }, at) => ({
    invoiceId: invoice.id,
    invoice: invoice.number,
    customer: invoice.customer,
    amount: toDecimal(amounts.get(at)!, hand.currency),
    open: toDecimal(invoice.open, hand.currency),
  }));
  return { rows, unapplied: left };
}

type Adjusted = ByHand['adjustments'][number];

const putAdjustment = (
  { kind, invoice, amount, reason }: Adjusted,
  open: Open,
  currency: string,
): Placing['adjustments'][number] => ({
  kind,
  invoiceId: invoice.id,
  invoice: invoice.number,
  amount: toDecimal(open.put(invoice, amount ?? open.of(invoice)), currency),
  open: toDecimal(invoice.open, currency),
  reason,
});

/**
 * Keeps: cash on invoices + unapplied = what there was; no invoice gets more than it has open.
 * Throws: InvalidInputError that names the invoice or credit where it does not fit, or when nothing is placed.
 */
export function placeByHand(
  hand: ByHand,
): Pick<Placing, 'applications' | 'credits' | 'adjustments' | 'unapplied'> {
  const seen = new Set<number>();
  for (const { invoice } of hand.parts) {
    if (seen.has(invoice.id)) throw new InvalidInputError(`${invoice.number} is named twice.`);
    seen.add(invoice.id);
  }
  const open = new Open(hand.currency);
  const credits = putCredits(hand, open);
  // an amount that was said is let off before the money fills the invoice; "the rest" is what is open afterwards
  const put = (each: Adjusted) => putAdjustment(each, open, hand.currency);
  const said = hand.adjustments.filter(({ amount }) => amount !== null).map(put);
  const { rows, unapplied } = putCash(hand, open);
  const adjustments = [...said, ...hand.adjustments.filter(({ amount }) => amount === null).map(put)];
  if (rows.length + credits.length + adjustments.length === 0)
    throw new InvalidInputError('Say which invoices the money is for.');
  return { applications: rows, credits, adjustments, unapplied: toDecimal(unapplied, hand.currency) };
}

/**
 * The best simple rule, to measure the distance from: invoice numbers that stand whole in the text (the payer's own
 * first, applied without asking when the sum is exact), else the one open invoice of exactly this amount whose
 * customer has exactly this name. Its confidence only ranks what it found.
 */
import { foldName } from '../../../src/domain/customer.ts';
import type {
  MatchApplication,
  MatchInvoice,
  MatchPayment,
  MatchPool,
  MatchResult,
} from '../../../src/domain/matching/shapes.ts';

const SHORTEST = 4;
const folded = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]+/g, '');

type Found = { readonly applications: readonly MatchApplication[]; readonly confidence: number };
type Lookup = {
  byNumber: ReadonlyMap<string, readonly MatchInvoice[]>;
  byAmount: ReadonlyMap<string, readonly MatchInvoice[]>;
  names: ReadonlyMap<number, string>;
};

function group(
  invoices: readonly MatchInvoice[],
  keysOf: (each: MatchInvoice) => readonly string[],
): Map<string, MatchInvoice[]> {
  const groups = new Map<string, MatchInvoice[]>();
  for (const invoice of invoices)
    for (const key of keysOf(invoice)) {
      const same = groups.get(key);
      if (same) same.push(invoice);
      else groups.set(key, [invoice]);
    }
  return groups;
}

/** Words of the text and runs of up to three words joined, so that "INV 000123" is found too. */
function tokens(text: string): string[] {
  const words = text.split(/[\s,;:|&+]+/).filter((word) => word !== '');
  const runs = words.flatMap((_, at) => [1, 2, 3].map((length) => words.slice(at, at + length).join('')));
  return [...new Set(runs.map(folded))].filter((word) => word.length >= SHORTEST);
}

function find(
  payment: MatchPayment,
  { byNumber, byAmount, names }: Lookup,
  left: Map<number, bigint>,
): Found {
  const open = (each: MatchInvoice) => left.get(each.id) ?? each.openMinor;
  const payer = foldName(payment.payerName ?? '');
  const lines = payment.remittance.map((line) => line.document ?? '').join('\n');
  const anyones = [
    ...new Set(tokens(`${payment.text}\n${lines}`).flatMap((token) => byNumber.get(token) ?? [])),
  ].filter((each) => each.currency === payment.currency && open(each) > 0n);
  const own = anyones.filter((each) => names.get(each.customerId) === payer);
  // numbers of the payer's own count first: the rest may be chance
  const named = own.length > 0 ? own : anyones;
  if (named.length > 0) {
    let cash = payment.amountMinor;
    const applications = named.flatMap((each) => {
      const beyond = cash - open(each);
      const amountMinor = beyond > 0n ? open(each) : cash;
      cash -= amountMinor;
      return amountMinor > 0n ? [{ invoiceId: each.id, amountMinor }] : [];
    });
    const sum = named.reduce((total, each) => total + open(each), 0n);
    const sameName = named.every((each) => names.get(each.customerId) === payer);
    const confidence = sum === payment.amountMinor ? (sameName ? 0.999 : 0.99) : sameName ? 0.9 : 0.4;
    return { applications, confidence };
  }
  const equal = (byAmount.get(`${payment.currency} ${payment.amountMinor}`) ?? []).filter(
    (each) => open(each) === payment.amountMinor && names.get(each.customerId) === payer,
  );
  if (equal.length !== 1) return { applications: [], confidence: 0 };
  return { applications: [{ invoiceId: equal[0]!.id, amountMinor: payment.amountMinor }], confidence: 0.95 };
}

export function simpleRule(payments: readonly MatchPayment[], pool: MatchPool): MatchResult[] {
  const open = pool.invoices.filter((each) => each.openMinor > 0n);
  const lookup: Lookup = {
    byNumber: group(open, (each) => [each.number, ...each.references].map(folded)),
    byAmount: group(open, (each) => [`${each.currency} ${each.openMinor}`]),
    names: new Map(pool.customers.map((each) => [each.id, foldName(each.name)])),
  };
  const left = new Map<number, bigint>();
  return payments.map((payment) => {
    const { applications, confidence } = find(payment, lookup, left);
    for (const part of applications) {
      const before = left.get(part.invoiceId) ?? open.find((each) => each.id === part.invoiceId)!.openMinor;
      left.set(part.invoiceId, before - part.amountMinor);
    }
    const applied = applications.reduce((sum, each) => sum + each.amountMinor, 0n);
    return {
      paymentId: payment.id,
      decision: applications.length === 0 ? 'none' : confidence >= 0.95 ? 'applied' : 'proposed',
      solution: {
        customerId: null,
        applications,
        credits: [],
        adjustments: [],
        unappliedMinor: payment.amountMinor - applied,
        confidence,
        reasons: [],
      },
      noMatch: applications.length === 0 ? 'unclear' : null,
      alternatives: [],
    };
  });
}

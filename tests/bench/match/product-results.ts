/** Reads what `remy match --json` printed back into results of a set, tolerant of how payments are named. */
import type { MatchResult, MatchSolution, NoMatchKind } from '../../../src/domain/matching/shapes.ts';
import { parseDecimal } from '../../../src/domain/money.ts';
import { paymentIdOf } from './to-csv.ts';
import type { MatchSet } from './truth.ts';

type Part = { invoice?: string | null; credit?: string; kind?: string; amount: string };
export type PrintedPayment = {
  payment: string | number;
  receivedOn: string;
  amount: string;
  payerName: string | null;
  bankReference?: string | null;
  decision: MatchResult['decision'];
  confidence: number | string | null;
  applications: Part[];
  credits?: Part[];
  adjustments?: Part[];
  unapplied: string;
};

const factsOf = (receivedOn: string, amount: string, payerName: string | null): string =>
  `${receivedOn} ${amount} ${payerName ?? ''}`;

/** Finds the set's payment: by its own id, by the bank's reference, or by facts that only one payment has. */
function finder(set: MatchSet): (printed: PrintedPayment) => number | null {
  const byId = new Map(set.payments.map((each) => [paymentIdOf(each.id), each]));
  const byFacts = new Map<string, number | null>();
  for (const each of set.payments) {
    const minor = each.amountMinor.toString();
    const facts = factsOf(each.receivedOn, minor, each.payerName);
    byFacts.set(facts, byFacts.has(facts) ? null : each.id);
  }
  return (printed) => {
    const known = byId.get(String(printed.payment)) ?? byId.get(printed.bankReference ?? '');
    if (known) return known.id;
    for (const currency of new Set(set.payments.map((each) => each.currency))) {
      const digits = printed.amount.split('.')[1]?.length ?? 0;
      if (digits !== (toDigits.get(currency) ?? 2)) continue;
      const minor = parseDecimal(printed.amount, currency).toString();
      const id = byFacts.get(factsOf(printed.receivedOn, minor, printed.payerName));
      if (id) return id;
    }
    return null;
  };
}
const toDigits = new Map([
  ['JPY', 0],
  ['KRW', 0],
]);

/** Results for every payment of the set; one that was not printed is as if nothing was found. */
export function readResults(set: MatchSet, printed: readonly PrintedPayment[]): MatchResult[] {
  const invoices = new Map(set.pool.invoices.map((each) => [each.number, each.id]));
  const credits = new Map(set.pool.credits.map((each) => [each.number, each.id]));
  const find = finder(set);
  const found = new Map<number, PrintedPayment>();
  for (const each of printed) {
    const id = find(each);
    if (id !== null) found.set(id, each);
  }
  return set.payments.map((payment): MatchResult => {
    const each = found.get(payment.id);
    const minor = (text: string) => parseDecimal(text, payment.currency);
    const on = (part: Part) => ({
      invoiceId: invoices.get(part.invoice ?? '') ?? -1,
      amountMinor: minor(part.amount),
    });
    const none = !each || each.decision === 'none';
    const applications = none ? [] : each.applications.map(on);
    const solution: MatchSolution = {
      customerId: null,
      applications,
      credits: none
        ? []
        : (each.credits ?? []).map((part) => ({
            creditId: credits.get(part.credit ?? '') ?? -1,
            // where it is used is not always printed: with the payment's first invoice then
            ...(part.invoice ? on(part) : { ...on(part), invoiceId: applications[0]?.invoiceId ?? -1 }),
          })),
      adjustments: none
        ? []
        : (each.adjustments ?? []).map((part) => ({
            kind: part.kind as MatchSolution['adjustments'][number]['kind'],
            ...on(part),
            reason: '',
          })),
      unappliedMinor: payment.amountMinor - applications.reduce((sum, part) => sum + part.amountMinor, 0n),
      confidence: Number(each?.confidence ?? 0),
      reasons: [],
    };
    const noMatch: NoMatchKind | null = none ? 'unclear' : null;
    return { paymentId: payment.id, decision: each?.decision ?? 'none', solution, noMatch, alternatives: [] };
  });
}

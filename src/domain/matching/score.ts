/**
 * Adds up what speaks for a set of invoices. All figures are natural logarithms, as in a naive Bayes reading: the
 * customer is one of ten thousand, the set one of those that could be chosen of what it owes.
 */
import { type AmountEvidence, amountEvidence } from './amount-evidence.ts';
import { type Candidate, type CreditDoc, type Doc, keyOf, type Structure } from './candidate.ts';
import type { PayerEvidence } from './payer-evidence.ts';
import type { MatchCustomer, MatchPromise } from './shapes.ts';
import type { Tolerances } from './tolerances.ts';

export const CUSTOMER_PRIOR = -Math.log(10_000);
/** One payment in twenty is for nothing that is open. */
export const NOTHING_PRIOR = Math.log(0.05);
const ONE_INVOICE = Math.log(0.75);
const SEVERAL = Math.log(0.2);
const EACH_MORE = -0.12;
/** Payers who name some invoices rarely mean others too. */
const UNNAMED_BESIDES_NAMED = -3;
const CREDIT = Math.log(0.05);
const STRUCTURE: Readonly<Record<Structure, number>> = {
  'all open': -2,
  'all due': -2,
  'oldest in a row': -3.2,
  'one month': -3.5,
  promised: -2.5,
  range: -1,
  statement: -1.5,
};

const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at++)
    logFactorials.push(logFactorials[at - 1]! + Math.log(at));
  return logFactorials[n]!;
}
/** Logarithm of in how many ways `chosen` of `all` can be chosen. */
export const logWays = (all: number, chosen: number): number =>
  chosen >= all ? 0 : logFactorial(all) - logFactorial(chosen) - logFactorial(all - chosen);

/** How usual it is to be paid on this day: seldom before it was issued, seldom long after it was due. */
export function dateNats(day: number, issued: number, due: number): number {
  if (day < issued) return Math.max(-7, -1 - (issued - day) / 15);
  const late = day - due;
  if (late <= 45) return 0;
  if (late <= 120) return -0.8;
  return late <= 365 ? -1.6 : late <= 1000 ? -2.6 : -4.5;
}

/** What is the same for all sets of one customer. */
export type CustomerCase = {
  readonly paid: number;
  readonly day: number;
  readonly customer: MatchCustomer;
  readonly payer: PayerEvidence;
  readonly tolerances: Tolerances;
  /** How many documents of the customer may be meant. */
  readonly chosenFrom: number;
  readonly creditsChosenFrom: number;
  /** Amounts that stand in the payment's text. */
  readonly stated: ReadonlySet<number>;
  /** The text names documents that are none of the open ones: paid, not there yet, or somebody else's. */
  readonly namesOthers: number;
  /** Open promises of the customer in this currency, for about this day and of this amount. */
  readonly promises: readonly MatchPromise[];
  /** The payment's text, normalized. */
  readonly text: string;
  readonly months: ReadonlySet<number>;
  readonly statements: readonly number[];
};

const OF_THAT_MONTH = 2.5;
const OF_ANOTHER_MONTH = -1.5;

/** A month that the text names tells which of the unnamed ones are meant. */
function monthNats({ months }: CustomerCase, docs: readonly Doc[]): number {
  if (months.size === 0 || docs.some(({ naming }) => naming !== null)) return 0;
  const inMonth = docs.every(({ invoice }) => months.has(Number(invoice.issuedOn.slice(5, 7))));
  return inMonth ? OF_THAT_MONTH : OF_ANOTHER_MONTH;
}

/** Money that was announced for this day is seldom for anything else. */
const PROMISED = 1;
const PROMISED_FOR_THESE = 1.5;

/** What a promise of this amount says for these documents. */
function promiseNats({ promises }: CustomerCase, docs: readonly Doc[]): number {
  if (promises.length === 0) return 0;
  const ids = new Set(docs.map(({ invoice }) => invoice.id));
  const same = promises.some(
    ({ invoiceIds }) => invoiceIds.length === ids.size && invoiceIds.every((id) => ids.has(id)),
  );
  if (same) return PROMISED_FOR_THESE;
  return promises.some(({ invoiceIds }) => invoiceIds.length === 0) ? PROMISED : 0;
}

/** Scores a set; `amount` when it is known better than from the sum (an advice's amounts, instalments). */
export function scoreSet(
  of: CustomerCase,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  structure: Structure | null = null,
  amount: AmountEvidence | null = null,
): Candidate {
  const named = docs.filter(({ naming }) => naming !== null);
  const credited = credits.reduce((sum, each) => sum + each.left, 0);
  const fits = amount ?? amountEvidence(of.paid, docs, credited, of.day, of.tolerances, of.stated);
  const ways = -logWays(Math.max(of.chosenFrom, docs.length), docs.length);
  const unnamed = docs.length - named.length;
  const chosen = structure === null ? ways : Math.max(ways, STRUCTURE[structure]);
  const nats =
    CUSTOMER_PRIOR +
    of.payer.nats +
    chosen +
    (docs.length === 1 ? ONE_INVOICE : SEVERAL + EACH_MORE * docs.length) +
    named.reduce((sum, { naming }) => sum + naming!.nats, 0) +
    (structure === 'range' ? 0 : named.length > 0 ? UNNAMED_BESIDES_NAMED * unnamed : of.namesOthers) +
    credits.reduce((sum, { naming }) => sum + (naming?.nats ?? 0) + CREDIT, 0) -
    logWays(of.creditsChosenFrom, credits.length) +
    docs.reduce((sum, each) => sum + each.dateNats, 0) / docs.length +
    promiseNats(of, docs) +
    monthNats(of, docs) +
    fits.nats;
  return {
    customer: of.customer,
    payer: of.payer,
    docs,
    credits,
    amount: fits,
    structure,
    chosenFrom: of.chosenFrom,
    nats,
    key: keyOf(docs),
    together: [],
  };
}

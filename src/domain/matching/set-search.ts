/** Which sets of one customer's invoices may be what was paid: those that are named, those that make the sum. */
import { invoiceDigits } from '../invoice-number.ts';
import type { BestCandidates } from './best-candidates.ts';
import type { CreditDoc, Doc, Structure } from './candidate.ts';
import { isRangeBetween } from './period-words.ts';
import { type CustomerCase, scoreSet } from './score.ts';
import { subsetSums } from './subset-sums.ts';
import { shareOf } from './tolerances.ts';

/** Subsets of more documents are not looked for: among so many, some subset makes any sum. */
const MOST_FOR_SUMS = 40;
const MOST_SUBSETS = 12;
const MOST_SINGLES = 60;
/** With a fee besides, sums are looked for among few only. */
const MOST_WITH_FEE = 10;
const MOST_CENTS = 10;

const sumOf = (docs: readonly { readonly left: number }[]): number =>
  docs.reduce((sum, each) => sum + each.left, 0);
export const byDue = (a: Doc, b: Doc): number => a.due - b.due || a.invoice.id - b.invoice.id;

/** The best document for each place in the text. */
export function oneForEachPlace(docs: readonly Doc[]): Doc[] {
  const taken: Doc[] = [];
  const named = docs.filter(({ naming }) => naming !== null);
  const strongest = named.sort(
    (a, b) => b.naming!.nats - a.naming!.nats || b.dateNats - a.dateNats || byDue(a, b),
  );
  for (const doc of strongest)
    if (!taken.some(({ naming }) => naming!.start < doc.naming!.end && naming!.end > doc.naming!.start))
      taken.push(doc);
  return taken.sort(byDue);
}

type Add = (docs: readonly Doc[], credits?: readonly CreditDoc[], structure?: Structure | null) => void;

/** Totals that, less a discount, a tax or a common fee, leave what was paid. */
function owedFor(of: CustomerCase): number[] {
  const { discounts, withholdings, commonFees } = of.tolerances;
  const percents = [...discounts, ...withholdings].map(({ share }) =>
    Math.round(of.paid / (1 - share / 100_000)),
  );
  return [...new Set([of.paid, ...[...commonFees].map((fee) => of.paid + fee), ...percents])];
}

const MOST_LEFT_OUT = 6;

/** The weakest named ones, alone and in pairs: a number that only looks like one. */
function leftOut(named: readonly Doc[]): Doc[][] {
  const weakest = [...named]
    .sort((a, b) => a.naming!.nats - b.naming!.nats || byDue(a, b))
    .slice(0, MOST_LEFT_OUT);
  const pairs = weakest.flatMap((one, at) => weakest.slice(at + 1).map((other) => [one, other]));
  return [...weakest.map((doc) => [doc]), ...pairs].filter((out) => out.length < named.length);
}

/** Named ones: all, all but some, with others that fill the gap, with credits. */
function namedSets(of: CustomerCase, named: readonly Doc[], others: readonly Doc[], add: Add): void {
  add(named);
  const total = sumOf(named);
  for (const out of leftOut(named)) add(named.filter((doc) => !out.includes(doc)));
  if (named.length > 1 && total > of.paid && named.length <= MOST_FOR_SUMS)
    for (const places of subsetSums(
      named.map(({ left }) => left),
      of.paid,
      MOST_SUBSETS,
    ).found)
      add(places.map((at) => named[at]!));
  if (total < of.paid) {
    const few = others.slice(0, MOST_FOR_SUMS);
    for (const places of subsetSums(
      few.map(({ left }) => left),
      of.paid - total,
      MOST_SUBSETS,
    ).found)
      if (places.length <= 3) add([...named, ...places.map((at) => few[at]!)].sort(byDue));
  }
}

/** Paid less than they come to: credits may make up the difference, named ones first. */
function withCredits(of: CustomerCase, docs: readonly Doc[], credits: readonly CreditDoc[], add: Add): void {
  const total = sumOf(docs);
  if (total <= of.paid || credits.length === 0) return;
  const named = credits.filter(({ naming }) => naming !== null);
  if (named.length > 0 && sumOf(named) < total) add(docs, named);
  const few = credits.slice(0, 16);
  for (const places of subsetSums(
    few.map(({ left }) => left),
    total - of.paid,
    4,
  ).found)
    if (places.length <= 3)
      add(
        docs,
        places.map((at) => few[at]!),
      );
}

/** Sets that people pay without naming them: everything, everything due, the oldest ones, one month's. */
function structuredSets(
  of: CustomerCase,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  add: Add,
): void {
  const due = docs.filter((doc) => doc.due <= of.day);
  const months = new Map<string, Doc[]>();
  for (const doc of docs) {
    const month = doc.invoice.issuedOn.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), doc]);
  }
  const sets: (readonly [Structure, readonly Doc[]])[] = [
    ['all open', docs],
    ['all due', due],
    ...[...months.values()].map((each) => ['one month', each] as const),
  ];
  const near = (total: number) =>
    total >= of.paid && total - of.paid <= Math.max(of.tolerances.fee, total * 0.11);
  for (const [structure, set] of sets) {
    if (set.length < 2) continue;
    if (near(sumOf(set))) add(set, [], structure);
    if (credits.length > 0) withCredits(of, set, credits, (found, used) => add(found, used, structure));
  }
  let total = 0;
  for (let at = 0; at < docs.length && total < of.paid * 1.12; at++) {
    total += docs[at]!.left;
    if (at >= 1 && near(total)) add(docs.slice(0, at + 1), [], 'oldest in a row');
  }
}

/** "INV-1071 to INV-1090": the first and the last are named, and all of the customer's between them are meant. */
function rangeSets(of: CustomerCase, named: readonly Doc[], docs: readonly Doc[], add: Add): void {
  const inText = [...named].sort((a, b) => a.naming!.start - b.naming!.start);
  for (let at = 1; at < inText.length; at++) {
    const [first, last] = [inText[at - 1]!, inText[at]!];
    if (!isRangeBetween(of.text, first.naming!.end, last.naming!.start)) continue;
    const [low, high] = [invoiceDigits(first.invoice.number), invoiceDigits(last.invoice.number)];
    const between = docs.filter(({ invoice }) => {
      const digits = invoiceDigits(invoice.number);
      return low.length <= high.length && isBetween(digits, low, high);
    });
    if (between.length > 2) add(between, [], 'range');
  }
}

const isBetween = (digits: string, low: string, high: string): boolean =>
  digits.length >= low.length &&
  digits.length <= high.length &&
  (digits.length > low.length || digits >= low) &&
  (digits.length < high.length || digits <= high);

/** Everything that stood open on the day of a statement. */
function statementSets(of: CustomerCase, docs: readonly Doc[], add: Add): void {
  for (const day of of.statements) {
    const listed = docs.filter(({ issued }) => issued <= day);
    if (listed.length > 0) add(listed, [], 'statement');
  }
}

/** Any that make the sum exactly. */
function summedSets(of: CustomerCase, docs: readonly Doc[], add: Add): void {
  if (docs.length < 2) return;
  const nearest =
    docs.length <= MOST_FOR_SUMS
      ? docs
      : [...docs]
          .sort((a, b) => Math.abs(of.day - a.due) - Math.abs(of.day - b.due) || byDue(a, b))
          .slice(0, MOST_FOR_SUMS)
          .sort(byDue);
  const fitting = nearest.filter(({ left }) => left < of.paid);
  for (const places of subsetSums(
    fitting.map(({ left }) => left),
    of.paid,
    MOST_SUBSETS,
  ).found)
    if (places.length > 1) add(places.map((at) => fitting[at]!));
  if (nearest.length > MOST_WITH_FEE) return;
  for (let cents = 1; cents <= MOST_CENTS; cents++)
    for (const places of subsetSums(
      nearest.map(({ left }) => left),
      of.paid + cents,
      3,
    ).found)
      if (places.length > 1) add(places.map((at) => nearest[at]!));
  for (const fee of of.tolerances.commonFees)
    for (const places of subsetSums(
      nearest.map(({ left }) => left),
      of.paid + fee,
      3,
    ).found)
      if (places.length > 1) add(places.map((at) => nearest[at]!));
}

/** Documents whose amount alone explains the payment, and those that are named. */
function singles(of: CustomerCase, docs: readonly Doc[], add: Add): void {
  const { fee, writeOff } = of.tolerances;
  const wanted = new Set(owedFor(of));
  const most = Math.max(fee, writeOff, of.paid / 1_000_000);
  let others = 0;
  for (const doc of docs) {
    const gap = doc.left - of.paid;
    const fits = wanted.has(doc.left) || Math.abs(gap) <= most || isPercent(of, doc.left, gap);
    if (doc.naming !== null || (fits && others++ < MOST_SINGLES)) add([doc]);
  }
}

const isPercent = ({ tolerances }: CustomerCase, left: number, gap: number): boolean =>
  gap > 0 &&
  gap * 3 < left &&
  [...tolerances.discounts, ...tolerances.withholdings].some(({ share }) => {
    const rest = gap - shareOf(left, share);
    return Math.abs(rest) <= 1 || tolerances.commonFees.has(rest);
  });

/**
 * Adds every set of the customer's documents (by due day) that may be what was paid. `wide`: also sets that nothing
 * names; only worth it where the payer is likely this customer.
 */
export function searchSets(
  of: CustomerCase,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  wide: boolean,
  best: BestCandidates,
): void {
  const add: Add = (set, used = [], structure = null) => {
    if (set.length > 0) best.add(scoreSet(of, set, used, structure));
  };
  singles(of, docs, add);
  const named = oneForEachPlace(docs);
  const others = docs.filter((doc) => !named.includes(doc) && doc.dateNats > -6);
  if (named.length > 0) {
    namedSets(of, named, others, add);
    rangeSets(of, named, docs, add);
    withCredits(of, named, credits, add);
    const sure = named.filter(({ naming }) => naming!.how === 'full' || naming!.how === 'digits');
    if (sure.length > 0 && sure.length < named.length) namedSets(of, sure, others, add);
  }
  if (!wide) return;
  const strong = best.list()[0];
  const settled = strong !== undefined && named.length > 0 && strong.amount.kind === 'exact';
  if (settled && strong.docs.every(({ naming }) => naming !== null)) return;
  const usual = docs.filter((doc) => doc.dateNats > -6);
  for (const { invoiceIds } of of.promises) {
    const promised = docs.filter(({ invoice }) => invoiceIds.includes(invoice.id));
    if (promised.length > 0) add(promised, [], 'promised');
  }
  statementSets(of, usual, add);
  structuredSets(of, usual, credits, add);
  for (const doc of usual) if (doc.left > of.paid && credits.length > 0) withCredits(of, [doc], credits, add);
  summedSets(of, usual, add);
}

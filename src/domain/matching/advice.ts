/** A remittance advice read against what a customer owes: which line means which document, and whether it adds up. */
import { type AmountEvidence, amountEvidence, tellingValues } from './amount-evidence.ts';
import type { CreditDoc, Doc } from './candidate.ts';
import { exactNaming, looseNaming, type Naming, type PoolNumbers } from './number-evidence.ts';
import type { AdviceLine, PaymentView } from './payment-view.ts';
import type { Tolerances } from './tolerances.ts';

export type AdviceFit = {
  readonly docs: readonly Doc[];
  readonly credits: readonly CreditDoc[];
  readonly amount: AmountEvidence;
};

const SAME_AMOUNT = 5;
const NEAR_AMOUNT = 2;
const LEAST = 3;
const UNSURE = 8;
const LINES_NOT_FOUND = -3;
const EACH_AGREES = 1;
const EACH_DIFFERS = -0.5;
/** A number with a slip, and another amount than is open: rather another document. */
const LOOSE_AND_DIFFERS = -4;
/** Nobody lists more for a document than is open on it. */
const MORE_THAN_OPEN = -8;

/** What the line says was paid and kept back, against what is open. */
function amountFit(line: AdviceLine, doc: Doc, day: number, tolerances: Tolerances): number {
  if (line.paid === null) return 0;
  const kept = line.deduction ?? 0;
  if (line.paid === doc.left || line.paid + kept === doc.left) return SAME_AMOUNT;
  const { kind } = amountEvidence(line.paid, [doc], 0, day, tolerances);
  return ['early_payment_discount', 'late_discount', 'withholding_tax', 'percent'].includes(kind)
    ? NEAR_AMOUNT
    : 0;
}

type Pair = { line: AdviceLine; doc: Doc; naming: Naming | null; strength: number };

/** Every document that a line may mean, the likeliest pairs first. */
function allPairs(
  view: PaymentView,
  docs: readonly Doc[],
  tolerances: Tolerances,
  numbers: PoolNumbers,
): Pair[] {
  const pairs: Pair[] = [];
  for (const line of view.lines) {
    if (line.paid !== null && line.paid <= 0) continue;
    for (const doc of docs) {
      const naming =
        exactNaming(line, doc.invoice, numbers) ?? looseNaming(line, line.readings, doc.invoice, numbers);
      if (naming === null && (line.readings.length > 0 || line.paid !== doc.left)) continue;
      const fit = amountFit(line, doc, view.day, tolerances);
      const strength = (naming?.nats ?? 0) + fit + doc.dateNats / 2;
      if (strength >= LEAST) pairs.push({ line, doc, naming, strength });
    }
  }
  return pairs.sort(
    (a, b) => b.strength - a.strength || a.line.at - b.line.at || a.doc.invoice.id - b.doc.invoice.id,
  );
}

/** Each line with the document that it most likely means; each document once. */
function pairLines(pairs: readonly Pair[]): Pair[] {
  const lines = new Set<AdviceLine>();
  const taken = new Set<Doc>();
  return pairs.filter(({ line, doc }) => {
    if (lines.has(line) || taken.has(doc)) return false;
    lines.add(line);
    taken.add(doc);
    return true;
  });
}

/** The same with the next best document for the line that is least sure; null when every line is clear. */
function secondBest(chosen: readonly Pair[], pairs: readonly Pair[]): Pair[] | null {
  const taken = new Set(chosen.map(({ doc }) => doc));
  let least: { at: number; other: Pair; by: number } | null = null;
  chosen.forEach((pair, at) => {
    const other = pairs.find(({ line, doc }) => line === pair.line && !taken.has(doc));
    if (!other) return;
    const by = pair.strength - other.strength;
    if (least === null || by < least.by) least = { at, other, by };
  });
  const found = least as { at: number; other: Pair; by: number } | null;
  return found && found.by < UNSURE ? chosen.map((pair, at) => (at === found.at ? found.other : pair)) : null;
}

function creditsOfLines(view: PaymentView, credits: readonly CreditDoc[], numbers: PoolNumbers): CreditDoc[] {
  const found = new Set<CreditDoc>();
  for (const line of view.lines) {
    if (line.paid === null || line.paid >= 0) continue;
    const free = credits.filter((each) => !found.has(each) && each.left >= -line.paid!);
    const named = free.find(({ credit }) => exactNaming(line, credit, numbers) !== null);
    const credit = named ?? free.find(({ left }) => left === -line.paid!);
    if (credit) found.add({ ...credit, left: -line.paid, naming: exactNaming(line, credit.credit, numbers) });
  }
  return [...found];
}

function sumEvidence(
  view: PaymentView,
  total: number,
  missing: boolean,
  tolerances: Tolerances,
): AmountEvidence | null {
  const gap = total - view.paid;
  const plain = { gap, percent: null, parts: [], fee: 0 } as const;
  const exact = Math.log(0.7 * tellingValues(view.paid));
  if (gap === 0) return { kind: 'remittance', nats: exact, ...plain };
  if (gap > 0 && gap <= Math.max(tolerances.fee, tolerances.writeOff))
    return { kind: 'remittance', nats: exact - 4, ...plain, fee: gap };
  return missing && gap < 0 ? { kind: 'remittance', nats: exact / 2 + LINES_NOT_FOUND, ...plain } : null;
}

const isWhole = (naming: Naming | null): boolean =>
  naming !== null && ['full', 'digits', 'joined'].includes(naming.how);

function fitOf(
  view: PaymentView,
  pairs: readonly Pair[],
  used: readonly CreditDoc[],
  tolerances: Tolerances,
): AdviceFit | null {
  const missing = pairs.length + used.length < view.lines.length;
  const found =
    pairs.reduce((sum, { line }) => sum + line.paid!, 0) - used.reduce((sum, { left }) => sum + left, 0);
  const amount = sumEvidence(view, found, missing, tolerances);
  if (!amount) return null;
  const agree = pairs.reduce((sum, { line, doc, naming }) => {
    if (amountFit(line, doc, view.day, tolerances) >= NEAR_AMOUNT) return sum + EACH_AGREES;
    if (line.paid! > doc.left) return sum + MORE_THAN_OPEN;
    return sum + (isWhole(naming) ? EACH_DIFFERS : LOOSE_AND_DIFFERS);
  }, 0);
  return {
    docs: pairs.map(({ doc, line, naming }) => ({ ...doc, naming: naming ?? doc.naming, line: line.line })),
    credits: used,
    amount: { ...amount, nats: amount.nats + agree },
  };
}

/**
 * The advice as readings of the payment, the likeliest first; none when it has no amounts or they do not come to what
 * was paid. Documents carry the line that means them.
 */
export function readAdvice(
  view: PaymentView,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  tolerances: Tolerances,
  numbers: PoolNumbers,
): AdviceFit[] {
  if (view.lines.length === 0 || view.lines.some(({ paid }) => paid === null)) return [];
  const pairs = allPairs(view, docs, tolerances, numbers);
  const chosen = pairLines(pairs);
  if (chosen.length === 0) return [];
  const used = creditsOfLines(view, credits, numbers);
  const listed = view.lines.reduce((sum, { paid }) => sum + paid!, 0);
  const missing = chosen.length + used.length < view.lines.length;
  if (missing && Math.abs(listed - view.paid) > tolerances.fee) return [];
  const second = secondBest(chosen, pairs);
  return [chosen, ...(second ? [second] : [])].flatMap((each) => fitOf(view, each, used, tolerances) ?? []);
}

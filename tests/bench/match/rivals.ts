/**
 * Whether a person with the same data could tell what a payment is for: who the payer may be by name and account, and
 * which sets of invoices explain the money as well as the true one. Written after what clerks do, not after any
 * matching: a plain count over the few invoices of the payer.
 */
import { type Day, daysBetween } from '../../../src/domain/calendar.ts';
import { baseName, foldName } from '../../../src/domain/customer.ts';
import type { MatchInvoice, MatchPayment } from '../../../src/domain/matching/shapes.ts';
import { spellingDistance } from '../../../src/domain/name-forms.ts';
import type { Payer } from './world.ts';

const wordsOf = (name: string): string[] =>
  baseName(name)
    .split(' ')
    .filter((word) => word.length >= 3);

/** The same word, cut off, abbreviated at its end, or with one slip. */
const sameWord = (one: string, other: string): boolean =>
  one === other ||
  (one.length >= 4 && other.startsWith(one)) ||
  (other.length >= 4 && one.startsWith(other)) ||
  (one.length >= 5 && spellingDistance(one, other, 1) !== null);

/** Names and accounts that other payments of the month clearly belong to a customer by: customer ids by key. */
export type Evidence = ReadonlyMap<string, ReadonlySet<number>>;

export const evidenceKeys = ({ payerName, payerAccount }: Omit<MatchPayment, 'id'>): string[] =>
  [baseName(payerName ?? ''), payerAccount?.toUpperCase() ?? ''].filter((key) => key !== '');

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0])
    .join('')
    .toUpperCase();

const SURE_NAME = 20;
/** How well a name on a bank line fits a customer's: the first word of a name counts more than its trade. */
function nameScore(payerName: string, customerName: string): number {
  const [written, known] = [foldName(payerName), foldName(customerName)];
  if (written === '' || known === '') return 0;
  if (written === known) return 30;
  if (written.startsWith(`${known} `) || (written.length >= 12 && known.startsWith(written)))
    return SURE_NAME;
  if (payerName.split(' ')[0] === initialsOf(customerName)) return 4;
  const words = wordsOf(payerName);
  const [head, ...rest] = wordsOf(customerName);
  if (head === undefined || !words.some((word) => sameWord(word, head))) return 0;
  return 10 + rest.filter((each) => words.some((word) => sameWord(word, each))).length;
}

/** Payers whom a person would take this payment to be from. */
export function likelyPayers(
  payment: Omit<MatchPayment, 'id'>,
  payers: readonly Payer[],
  evidence: Evidence,
): Payer[] {
  if (payment.customerId !== null) return payers.filter((each) => each.customer.id === payment.customerId);
  const coded = payers.filter(({ customer }) => new RegExp(`\\b${customer.code}\\b`).test(payment.text));
  if (coded.length > 0) return coded;
  const keys = evidenceKeys(payment);
  const known = payers.filter(
    ({ customer }) =>
      [...customer.memory.map((each) => each.key), ...customer.aliases].some((key) => keys.includes(key)) ||
      keys.some((key) => evidence.get(key)?.has(customer.id)),
  );
  const scored = payers.map((payer) => ({
    payer,
    score: nameScore(payment.payerName ?? '', payer.customer.name),
  }));
  // an alias of one customer may be the very name of another
  const sure = scored.filter((each) => each.score >= SURE_NAME).map((each) => each.payer);
  if (known.length > 0) return [...new Set([...known, ...sure])];
  const best = Math.max(0, ...scored.map((each) => each.score));
  return best === 0 ? [] : scored.filter((each) => each.score === best).map((each) => each.payer);
}

const LOOKS_LIKE: Readonly<Record<string, string>> = { O: '0', I: '1', S: '5', B: '8', G: '6', Z: '2' };
/** Letters and digits alone, with letters among the digits read as the digits they look like. */
const plain = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/(?<=\d)[OISBGZ]/g, (letter) => LOOKS_LIKE[letter]!);

const formsOf = (number: string): string[] => [
  number,
  number.replace(/^[A-Z]+-?/, ''),
  number.replace(/^\D*0*/, ''),
  number.replace(/^.*[-/]0*/, ''),
];

/** True when a cut number can be the beginning of this one. */
export const canBegin = (fragment: string, number: string): boolean =>
  formsOf(number).some((form) => plain(form).startsWith(plain(fragment)));

/** Slips between a spoiled number and an invoice's, its prefix left out or not; many when they have nothing in common. */
export function slipsBetween(spoiled: string, number: string): number {
  const far = 9;
  const distances = formsOf(number).map((form) => spellingDistance(plain(spoiled), plain(form), 4) ?? far);
  return Math.min(...distances);
}

const TRY_SETS_UP_TO = 20;
const ENOUGH = 3;

/** Sets of these invoices that add up to the amount, in sets of two or more, at most three of them. */
function subsets(invoices: readonly MatchInvoice[], amount: bigint, most: number): number[][] {
  const sorted = [...invoices].sort((a, b) => (a.openMinor < b.openMinor ? 1 : -1));
  const rest: bigint[] = [];
  sorted.reduceRight((sum, each, at) => (rest[at] = sum + each.openMinor), 0n);
  const found: number[][] = [];
  let steps = 0;
  const visit = (at: number, left: bigint, chosen: number[]): void => {
    if (found.length >= ENOUGH || ++steps > 2_000_000) return;
    if (left === 0n) {
      if (chosen.length >= 2) found.push([...chosen]);
      return;
    }
    if (at === sorted.length || left < 0n || chosen.length === most || (rest[at] ?? 0n) < left) return;
    visit(at + 1, left - sorted[at]!.openMinor, [...chosen, sorted[at]!.id]);
    visit(at + 1, left, chosen);
  };
  visit(0, amount, []);
  return found;
}

/** An invoice that the amount fits after what payers and banks usually keep. */
function fitsLess(invoice: MatchInvoice, amount: bigint, on: Day, payer: Payer): boolean {
  const kept = invoice.openMinor - amount;
  if (kept <= 0n) return false;
  const isShare = (percent: string) => {
    const exact = (Number(invoice.openMinor) * Number(percent)) / 100;
    return Math.abs(Number(kept) - exact) <= 1;
  };
  const discount =
    payer.discount && daysBetween(invoice.issuedOn, on) <= 60 && isShare(payer.discount.percent);
  const tax = payer.withholding !== null && isShare(payer.withholding);
  const fee = kept <= 6_000n && kept * 20n <= invoice.openMinor && kept % 50n === 0n;
  return Boolean(discount || tax || fee || kept < 100n);
}

const keyOf = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join(' ');

/**
 * How many other sets of the free invoices explain the amount at least as naturally as the true one: a single invoice,
 * everything open and everything due come first, then any other set, then a single invoice with something kept.
 */
export function rivals(
  truth: readonly number[],
  amount: bigint,
  on: Day,
  free: readonly { readonly invoice: MatchInvoice; readonly payer: Payer }[],
  twins: ReadonlyMap<number, number>,
): number {
  const invoices = free
    .map((each) => each.invoice)
    .filter((each) => each.issuedOn <= on || truth.includes(each.id));
  const twin = (ids: readonly number[]) => keyOf(ids.map((id) => twins.get(id) ?? id));
  const sum = (some: readonly MatchInvoice[]) => some.reduce((total, each) => total + each.openMinor, 0n);
  const natural = new Set(
    invoices.filter((each) => each.openMinor === amount).map((each) => twin([each.id])),
  );
  for (const owner of new Set(free.map((each) => each.payer))) {
    const own = invoices.filter((each) => each.customerId === owner.customer.id);
    for (const some of [own, own.filter((each) => each.dueOn <= on)])
      if (some.length > 0 && sum(some) === amount) natural.add(twin(some.map((each) => each.id)));
  }
  const meant = twin(truth);
  const others = (sets: Iterable<string>) => [...new Set(sets)].filter((each) => each !== meant).length;
  if (natural.has(meant)) return others(natural);
  const exact = sum(invoices.filter((each) => truth.includes(each.id))) === amount;
  const kept = free
    .filter((each) => invoices.includes(each.invoice) && fitsLess(each.invoice, amount, on, each.payer))
    .map((each) => twin([each.invoice.id]));
  if (!exact) {
    const small = subsets(invoices, amount, 3).map(twin);
    return others([...natural, ...small, ...kept]);
  }
  // among many invoices a sum says nothing, whatever it is
  if (invoices.length > TRY_SETS_UP_TO) return ENOUGH;
  return others([...natural, ...subsets(invoices, amount, invoices.length).map(twin)]);
}

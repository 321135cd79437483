/** The pool of a run, indexed once: candidates of a payment are looked up, never searched for. */
import { type CustomerIndex, createCustomerIndex } from './customer-index.ts';
import { createDigitStatistics } from './digit-statistics.ts';
import { createHashIndex, type HashIndex, hashText } from './hash-index.ts';
import { hashedKeys, lastDigits } from './key-hashes.ts';
import { invoiceKeys } from './lookup-keys.ts';
import { createNumberForms, type PoolNumbers } from './number-evidence.ts';
import type { LookupKeys, MatchCredit, MatchInvoice, MatchPool, MatchPromise } from './shapes.ts';

/** What more documents share than this tells nothing about any of them. */
const MOST_OF_A_NUMBER = 40;
const MOST_OF_A_PIECE = 50;
const MOST_OF_AN_AMOUNT = 40;
/** Open invoices of one customer and currency that are looked at: the oldest and the newest when there are more. */
const MOST_OF_A_CUSTOMER = 300;

export type PoolIndex = {
  readonly customers: CustomerIndex;
  /** Invoices of any status with this number or reference (digits without leading zeros). */
  readonly numbered: (key: string) => readonly MatchInvoice[];
  /** Open invoices with this piece of five digits in a number. */
  readonly withPiece: (piece: string) => readonly MatchInvoice[];
  /** Open invoices of exactly this open amount. */
  readonly ofAmount: (currency: string, openMinor: bigint) => readonly MatchInvoice[];
  readonly numbers: PoolNumbers;
  readonly creditsNumbered: (key: string) => readonly MatchCredit[];
  /** Open invoices, by due day and id; only the oldest and the newest of very many. */
  readonly openOf: (customerId: number) => readonly MatchInvoice[];
  readonly creditsOf: (customerId: number) => readonly MatchCredit[];
  readonly promisesOf: (customerId: number) => readonly MatchPromise[];
};

const amountHash = (currency: string, minor: bigint): number => {
  const low = Number(BigInt.asIntN(32, minor));
  return (low ^ Math.imul(Number(BigInt.asIntN(32, minor >> 32n)), 0x9e3779b1) ^ hashText(currency)) | 0;
};

const byId = (a: { readonly id: number }, b: { readonly id: number }): number => a.id - b.id;
const byDueDay = (a: MatchInvoice, b: MatchInvoice): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id;

function grouped<Item>(items: readonly Item[], key: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const held = groups.get(key(item));
    if (held) held.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Sorts a customer's open invoices when they are first asked for, and keeps the ends of a very long list. */
function createOpenLists(invoices: readonly MatchInvoice[]): (customerId: number) => readonly MatchInvoice[] {
  const last = new Map<number, number>();
  const previous = new Int32Array(invoices.length);
  for (let at = 0; at < invoices.length; at++) {
    const { openMinor, status, customerId } = invoices[at]!;
    if (status !== 'open' || openMinor <= 0n) continue;
    previous[at] = last.get(customerId) ?? -1;
    last.set(customerId, at);
  }
  const made = new Map<number, readonly MatchInvoice[]>();
  return (customerId) => {
    const known = made.get(customerId);
    if (known) return known;
    const list: MatchInvoice[] = [];
    for (let at = last.get(customerId) ?? -1; at !== -1; at = previous[at]!) list.push(invoices[at]!);
    list.sort(byDueDay);
    const half = MOST_OF_A_CUSTOMER / 2;
    const kept = list.length <= MOST_OF_A_CUSTOMER ? list : [...list.slice(0, half), ...list.slice(-half)];
    made.set(customerId, kept);
    return kept;
  };
}

const isOpen = (invoice: MatchInvoice): boolean => invoice.status === 'open' && invoice.openMinor > 0n;

type InvoiceLookups = Pick<PoolIndex, 'numbered' | 'withPiece' | 'ofAmount' | 'numbers'>;

function createInvoiceLookups(invoices: readonly MatchInvoice[]): InvoiceLookups {
  const numbered = createHashIndex(invoices.length * 2);
  const pieces = createHashIndex(invoices.length * 2);
  const amounts = createHashIndex(invoices.length);
  const statistics = createDigitStatistics();
  for (let at = 0; at < invoices.length; at++) {
    const invoice = invoices[at]!;
    const open = isOpen(invoice);
    hashedKeys(
      invoice.number,
      invoice.references,
      (hash) => {
        numbered.add(hash, at);
        if (lastDigits.length > 0) statistics.count(lastDigits.digits, lastDigits.length);
      },
      (hash) => open && pieces.add(hash, at),
    );
    if (open) amounts.add(amountHash(invoice.currency, invoice.openMinor), at);
  }
  const find = (index: HashIndex, hash: number, most: number, fits: (invoice: MatchInvoice) => boolean) =>
    [...new Set(index.find(hash, most) ?? [])]
      .map((at) => invoices[at]!)
      .filter(fits)
      .sort(byId);
  return {
    numbers: { formOf: createNumberForms(), rareness: statistics.rareness },
    numbered: (key) =>
      find(numbered, hashText(key), MOST_OF_A_NUMBER, ({ number, references }) =>
        invoiceKeys(number, references).numbers.includes(key),
      ),
    withPiece: (piece) => find(pieces, hashText(piece), MOST_OF_A_PIECE, () => true),
    ofAmount: (currency, minor) =>
      find(
        amounts,
        amountHash(currency, minor),
        MOST_OF_AN_AMOUNT,
        (each) => each.currency === currency && each.openMinor === minor,
      ),
  };
}

/**
 * Indexes the pool by the same keys as the store does. Documents that come twice (same id) are held twice; the pool
 * must not hold such. Costs some microseconds a document, and nothing per payment that grows with the pool.
 */
export function createPoolIndex(pool: MatchPool): PoolIndex {
  const creditNumbers = new Map<string, MatchCredit[]>();
  for (const credit of [...pool.credits].sort(byId))
    for (const key of invoiceKeys(credit.number, []).numbers)
      creditNumbers.set(key, [...(creditNumbers.get(key) ?? []).slice(0, MOST_OF_A_NUMBER), credit]);
  const credits = grouped([...pool.credits].sort(byId), (each) => each.customerId);
  const promises = grouped([...pool.promises].sort(byId), (each) => each.customerId);
  return {
    customers: createCustomerIndex(pool.customers),
    ...createInvoiceLookups(pool.invoices),
    creditsNumbered(key) {
      const found = creditNumbers.get(key) ?? [];
      return found.length > MOST_OF_A_NUMBER ? [] : found;
    },
    openOf: createOpenLists(pool.invoices),
    creditsOf: (customerId) => credits.get(customerId) ?? [],
    promisesOf: (customerId) => promises.get(customerId) ?? [],
  };
}

/** What the keys find, and all that is open of the customers found and of their families; ordered by id. */
export function candidatesFor(index: PoolIndex, keys: LookupKeys, currency: string): MatchPool {
  const invoices = new Set<MatchInvoice>();
  for (const key of keys.numbers) for (const each of index.numbered(key)) invoices.add(each);
  for (const piece of keys.pieces) for (const each of index.withPiece(piece)) invoices.add(each);
  for (const minor of keys.amounts) for (const each of index.ofAmount(currency, minor)) invoices.add(each);
  const credits = new Set(keys.numbers.flatMap((key) => index.creditsNumbered(key)));
  const { byId: customerOf, named, paidFrom, coded, family } = index.customers;
  const found = new Set([
    ...keys.customerIds.flatMap((id) => customerOf.get(id) ?? []),
    ...keys.names.flatMap((name) => named(name)),
    ...keys.accounts.flatMap((account) => paidFrom(account)),
    ...(keys.codes ?? []).flatMap((code) => coded(code)),
    ...[...invoices, ...credits].flatMap((each) => customerOf.get(each.customerId) ?? []),
  ]);
  const customers = new Set([...found].flatMap((each) => family(each.id)));
  for (const { id } of customers) {
    for (const each of index.openOf(id)) invoices.add(each);
    for (const each of index.creditsOf(id)) credits.add(each);
  }
  return {
    invoices: [...invoices].sort(byId),
    credits: [...credits].sort(byId),
    customers: [...customers].sort(byId),
    promises: [...customers].flatMap(({ id }) => index.promisesOf(id)).sort(byId),
  };
}

/** What two reports of money have in common: whether they can be one payment, seen by a bank and by a ledger. */
import { foldName } from '../customer.ts';
import { closeness } from '../name-forms.ts';
import { initialsOf } from './customer-index.ts';
import { accountKey, payerNames } from './lookup-keys.ts';
import { digitRuns, normalizeText } from './number-readings.ts';

/** One report of money, as far as it tells who paid and for what. Texts are data, never orders. */
export type MoneyView = {
  /** Who paid, as it is written. */
  readonly names: readonly string[];
  /** Names of its customer: the own one, others, remembered payers; folded with `baseName`. */
  readonly knownNames: readonly string[];
  readonly accounts: readonly string[];
  /** Remembered accounts of its customer. */
  readonly knownAccounts: readonly string[];
  /** Ids at bank, provider or payer: end-to-end id, bank reference, charge, cheque number. */
  readonly ids: readonly string[];
  readonly text: string;
  /** How it was paid, as a bank, ledger or provider calls it. */
  readonly method?: string | null;
};

/** `part`: a piece of a name, or its initials. `unknown`: one of the two does not say. */
export type Agreement = 'same' | 'part' | 'other' | 'unknown';
export type MoneyEvidence = {
  readonly id: boolean;
  /** Numbers of documents: one is shared, both name such of one kind and share none, or they cannot be compared. */
  readonly document: 'shared' | 'other' | 'unknown';
  readonly account: Exclude<Agreement, 'part'>;
  readonly name: Agreement;
};

/** As SWIFT cuts an id off. */
const CUT = 14;
const LONGEST_TEXT = 4_000;

const squeezed = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** An id that tells one payment from another: no word, no counter, no row of one digit. */
export const isTelling = (id: string): boolean =>
  id.length >= 4 && (id.match(/\d/g)?.length ?? 0) >= 3 && new Set(id).size >= 3;

/** What is worked out of a view once, since each is compared with many. */
type Prepared = {
  readonly ids: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Digits, and the letters before them. */
  readonly documents: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  readonly accounts: readonly string[];
  readonly knownAccounts: readonly string[];
  readonly folded: string;
};
const kept = new WeakMap<MoneyView, Prepared>();

const accountKeys = (list: readonly string[]): string[] =>
  list.map(accountKey).filter((key) => key.length >= 4);

function prepared(view: MoneyView): Prepared {
  let found = kept.get(view);
  if (!found) {
    const text = view.text.slice(0, LONGEST_TEXT);
    found = {
      ids: view.ids.map(squeezed).filter(isTelling),
      words: new Set(
        text
          .toUpperCase()
          .split(/[\s,;:|]+/)
          .map(squeezed),
      ),
      documents: documentsIn(view),
      names: [...new Set(view.names.flatMap((name) => payerNames(name)))],
      accounts: accountKeys(view.accounts),
      knownAccounts: accountKeys(view.knownAccounts),
      folded: ` ${foldName(text)} `,
    };
    kept.set(view, found);
  }
  return found;
}

const sameId = (one: string, other: string): boolean =>
  one === other ||
  (Math.min(one.length, other.length) >= CUT && (one.startsWith(other) || other.startsWith(one)));

/** True when one has an id of the other, as an id or word for word in its text. */
function idsShared(one: Prepared, other: Prepared): boolean {
  if (one.ids.some((id) => other.ids.some((each) => sameId(id, each)))) return true;
  const within = ({ ids }: Prepared, { words }: Prepared): boolean =>
    ids.some((id) => id.length >= 5 && words.has(id));
  return within(one, other) || within(other, one);
}

const DATE = /^(19|20)\d{2}((0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?$/;
/** "NOV 2026" is a month, "INV 2026" is a document. */
const MONTH = /^(JAN|FEB|MAR|MRZ|APR|MAY|MAI|JUN|JUL|AUG|SEP|OCT|OKT|NOV|DEC|DEZ)/;

/** What banks and ledgers number for themselves. */
const OWN_NUMBERS = new Set(
  'REF REFERENCE EFERENCE TRN TRANS TRACE ID NO NR NUM SEQ BATCH WIRE ACH DEPOSIT PAYMENT PAY DATE IMAD OMAD CTX CCD DES DEP'.split(
    ' ',
  ),
);

/**
 * Digits of what may be a document's number, with the letters before it: with letters from three digits on, else from
 * five.
 */
function documentsIn({ text, accounts }: MoneyView): Map<string, string> {
  const own = accounts.map((each) => each.replace(/\D/g, '')).filter((digits) => digits !== '');
  const found = new Map<string, string>();
  for (const { raw, letters, doubtful } of digitRuns(normalizeText(text.slice(0, LONGEST_TEXT)))) {
    const digits = raw.replace(/^0+/, '');
    const isDate = (letters === '' || MONTH.test(letters)) && DATE.test(raw);
    if (doubtful || isDate || digits.length < (letters === '' ? 5 : 3)) continue;
    if (!own.some((account) => account.includes(digits))) found.set(digits, letters);
  }
  return found;
}

function compareDocuments({ documents: a }: Prepared, { documents: b }: Prepared): MoneyEvidence['document'] {
  if ([...a.keys()].some((digits) => b.has(digits))) return 'shared';
  // a bank's own number beside an invoice is no contradiction, two invoices are
  const sameKind = [...a].some(
    ([digits, letters]) =>
      letters !== '' &&
      !OWN_NUMBERS.has(letters) &&
      [...b].some(([other, before]) => before === letters && Math.abs(other.length - digits.length) <= 1),
  );
  return sameKind ? 'other' : 'unknown';
}

/** An account number within an IBAN is the same account. */
const sameAccount = (one: string, other: string): boolean =>
  one === other || (Math.min(one.length, other.length) >= 7 && (one.endsWith(other) || other.endsWith(one)));

function compareAccounts(one: Prepared, other: Prepared): MoneyEvidence['account'] {
  const some = (left: readonly string[], right: readonly string[]) =>
    left.some((each) => right.some((key) => sameAccount(each, key)));
  if (
    some(one.accounts, other.accounts) ||
    some(one.accounts, other.knownAccounts) ||
    some(other.accounts, one.knownAccounts)
  )
    return 'same';
  return one.accounts.length === 0 || other.accounts.length === 0 ? 'unknown' : 'other';
}

/** Words that many firms have. */
const COMMON = new Set(
  'group services service holding holdings international trading solutions systems technologies technology global management industries partners consulting and und the of sons bros company payments payment'.split(
    ' ',
  ),
);

const wordsOf = (name: string): string[] =>
  name.split(' ').filter((word) => word.length >= 3 && !COMMON.has(word));

/** Both folded without legal forms. */
export function namesAgree(one: string, other: string): Exclude<Agreement, 'unknown'> {
  const [a, b] = [one.replaceAll(' ', ''), other.replaceAll(' ', '')];
  if (a === b) return 'same';
  if (Math.min(a.length, b.length) >= 10 && (a.startsWith(b) || b.startsWith(a))) return 'same';
  const close = Math.min(a.length, b.length) >= 6 ? closeness(one, other) : null;
  if (close && close.wordsLeft === 0 && close.edits <= 2) return 'same';
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((x, y) => x.length - y.length) as [
    string[],
    string[],
  ];
  const within = few.length > 0 && few.every((word) => many.includes(word));
  if (within && (few.length >= 2 || few[0]!.length >= 6)) return 'part';
  const initials = [initialsOf(one), initialsOf(other)];
  const short = initials.some((each, at) => each.length >= 3 && [one, other][1 - at] === each);
  return short ? 'part' : 'other';
}

const ORDER: readonly Agreement[] = ['same', 'part', 'other', 'unknown'];
const best = (found: readonly Agreement[]): Agreement =>
  ORDER.find((each) => found.includes(each)) ?? 'unknown';

const inText = (names: readonly string[], { folded }: Prepared): boolean =>
  names.some((name) => name.length >= 5 && folded.includes(` ${name} `));

const pairs = (left: readonly string[], right: readonly string[]): Agreement[] =>
  left.flatMap((x) => right.map((y) => namesAgree(x, y)));

function compareNames(one: MoneyView, other: MoneyView): Agreement {
  const [left, right] = [prepared(one), prepared(other)];
  const found = best([
    ...pairs(left.names, [...right.names, ...other.knownNames]),
    ...pairs(right.names, one.knownNames),
    ...pairs(one.knownNames.slice(0, 1), other.knownNames.slice(0, 1)),
  ]);
  if (found === 'same' || found === 'part') return found;
  const searched = left.names.length === 0 ? [...right.names, ...other.knownNames] : [];
  const searchedBack = right.names.length === 0 ? [...left.names, ...one.knownNames] : [];
  return inText(searched, left) || inText(searchedBack, right) ? 'same' : found;
}

type Way = 'card' | 'cheque' | 'cash' | 'account';
/** Words of ledgers, banks and providers, in the order they are asked. */
const WAYS: readonly [Way, RegExp][] = [
  [
    'card',
    /stripe|paypal|\bsquare\b|adyen|braintree|mollie|klarna|card|visa|\bamex\b|american express|discover|diners/,
  ],
  ['account', /e-?che(ck|que)|checking/],
  ['cheque', /cheque|check|lockbox|scheck/],
  ['cash', /^(cash|bar|petty cash)\b/],
  [
    'account',
    /wire|\bach\b|\beft\b|transfer|sepa|bacs|chaps|swift|direct ?(debit|deposit)|bank|ueberweisung|überweisung|lastschrift|giro/,
  ],
];

const wayOf = ({ method }: MoneyView): Way | null => {
  const words = (method ?? '').toLowerCase().replaceAll('_', ' ').trim();
  return WAYS.find(([, known]) => known.test(words))?.[0] ?? null;
};

/** True when both say how it was paid and it is not the same way: a cheque is no payment by card. */
export function waysDiffer(one: MoneyView, other: MoneyView): boolean {
  const [left, right] = [wayOf(one), wayOf(other)];
  return left !== null && right !== null && left !== right;
}

export function compareMoney(one: MoneyView, other: MoneyView): MoneyEvidence {
  const [left, right] = [prepared(one), prepared(other)];
  return {
    id: idsShared(left, right),
    document: compareDocuments(left, right),
    account: compareAccounts(left, right),
    name: compareNames(one, other),
  };
}

/** What speaks for the two being one; above zero only where something does. Larger is stronger. */
export function weigh({ id, document, account, name }: MoneyEvidence): number {
  const speaks = id || document === 'shared' || account === 'same' || name === 'same' || name === 'part';
  if (!speaks) return 0;
  const sum =
    (id ? 200 : 0) +
    { shared: 60, other: -20, unknown: 0 }[document] +
    { same: 40, other: -5, unknown: 0 }[account] +
    { same: 30, part: 15, other: -5, unknown: 0 }[name];
  return Math.max(1, sum);
}

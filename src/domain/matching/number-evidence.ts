/**
 * Which documents a payment's text names, and how surely. `nats` are natural logarithms of how much likelier the
 * text is when the document is meant than by chance: a number of n digits is hit by chance once in 10^n.
 */
import { invoiceDigits } from '../invoice-number.ts';
import { slipsBetween, slipsWithin } from './close-digits.ts';
import { invoiceKeys } from './lookup-keys.ts';
import type { NumberReading, ReadingKind } from './number-readings.ts';
import type { TextView } from './payment-view.ts';

export type NamedHow = 'full' | 'digits' | 'joined' | 'part' | 'slip' | 'slips';
export type Naming = {
  readonly nats: number;
  readonly how: NamedHow;
  /** The place in the text, so that one place names one document. */
  readonly start: number;
  readonly end: number;
  /** As it stands there. */
  readonly written: string;
};

/** Anything with a number: invoices and credits. */
export type Numbered = { readonly number: string; readonly references?: readonly string[] };

/** One writing of a number as it is compared. */
export type NumberKey = {
  readonly digits: string;
  /** With rows of zeros shortened: they stand in the middle of every long number and tell nothing. */
  readonly squeezed: string;
  readonly nats: number;
};

export type NumberForm = {
  readonly keys: readonly NumberKey[];
  readonly own: string;
  readonly letters: string;
  /** Letters and digits of its number and references, where letters stand among the digits. */
  readonly mixed: readonly string[];
};

const letterAmongDigits = /\d[^\dA-Z]*[A-Z]/;

function makeForm(document: Numbered): NumberForm {
  const own = document.number.toUpperCase();
  const references = (document.references ?? []).map((each) => each.toUpperCase());
  return {
    keys: invoiceKeys(document.number, document.references ?? []).numbers.map((digits) => ({
      digits,
      squeezed: squeezed(digits),
      nats: digitNats(digits),
    })),
    own: invoiceDigits(document.number),
    letters: /^[^\d]*/.exec(own)![0].replace(/[^A-Z]/g, ''),
    mixed: [own, ...references]
      .filter((each) => letterAmongDigits.test(each))
      .map((each) => each.replace(/[^A-Z0-9]/g, '')),
  };
}

/** Makes the form of each document once. */
export function createNumberForms(): (document: Numbered) => NumberForm {
  const forms = new Map<Numbered, NumberForm>();
  return (document) => {
    let form = forms.get(document);
    if (!form) {
      form = makeForm(document);
      forms.set(document, form);
    }
    return form;
  };
}

/** What is known of the numbers of a pool. */
export type PoolNumbers = {
  readonly formOf: (document: Numbered) => NumberForm;
  /** How rare a number is in the pool. */
  readonly rareness: (digits: string) => number;
};

const PER_DIGIT = Math.log(10);
const MOST_NATS = 16;
const SAME_LETTERS = 2.5;
const OTHER_LETTERS = -4;
/** One of about 20 slips a digit, and one number in seven is mistyped. */
const SLIP = -6.8;
const SLIP_IN_ZEROS = -3;
const SECOND_SLIP = -5;
const PART = -1.5;
const BY_KIND: Readonly<Record<ReadingKind, number>> = {
  token: 0,
  listed: -0.7,
  joined: -0.7,
  split: -1.5,
  doubtful: -3,
  mixed: -1.5,
};
/** Words before a number that is no document of ours. */
const OTHER_NUMBERS = new Set(
  'PO ORDER BESTELLUNG BESTNR CUST CUSTOMER KUNDE KDNR KUNDENNR TEL PHONE FAX DATE DATUM ACCT ACCOUNT KTO KONTO BLZ BIC VAT USTID PLZ ZIP'.split(
    ' ',
  ),
);

const squeezed = (digits: string): string =>
  digits.includes('000') ? digits.replace(/0{3,}/g, '00') : digits;
export const digitNats = (digits: string): number =>
  Math.min(MOST_NATS, PER_DIGIT * (squeezed(digits).length - 1));

function lettersNats(form: NumberForm, reading: NumberReading, key: string): number {
  if (key !== form.own) return 0;
  if (form.letters.length >= 2 && reading.letters.endsWith(form.letters)) return SAME_LETTERS;
  return OTHER_NUMBERS.has(reading.letters) ? OTHER_LETTERS : 0;
}

const namingAt = (view: TextView, reading: NumberReading, nats: number, how: NamedHow): Naming => ({
  nats,
  how,
  start: reading.start,
  end: reading.end,
  written: view.text.slice(reading.start, reading.end).replace(/\s+/g, ' '),
});

const better = (one: Naming | null, other: Naming | null): Naming | null =>
  one === null ? other : other === null || one.nats >= other.nats ? one : other;

/** Every place where the document's number, or a reference of it, stands with all its digits. */
export function exactPlaces(view: TextView, document: Numbered, { formOf }: PoolNumbers): Naming[] {
  const form = formOf(document);
  const found: Naming[] = [];
  for (const reading of view.readings) {
    if (reading.mixed !== undefined && form.mixed.includes(reading.mixed)) {
      const nats = Math.min(MOST_NATS, PER_DIGIT * reading.mixed.length);
      found.push(namingAt(view, reading, nats, 'full'));
      continue;
    }
    if (!form.keys.some(({ digits }) => digits === reading.digits)) continue;
    const letters = lettersNats(form, reading, reading.digits);
    const whole = reading.kind === 'token' || reading.kind === 'listed';
    const how = !whole ? 'joined' : letters > 0 ? 'full' : 'digits';
    const nats = digitNats(reading.digits) + BY_KIND[reading.kind] + letters;
    found.push(namingAt(view, reading, nats, how));
  }
  return found;
}

/** The strongest of them; null when there is none. */
export const exactNaming = (view: TextView, document: Numbered, numbers: PoolNumbers): Naming | null =>
  exactPlaces(view, document, numbers).reduce<Naming | null>(better, null);

const SHORTEST_WITH_SLIP = 5;
const SHORTEST_WITH_TWO = 8;
const SHORTEST_PART = 4;

type Rareness = PoolNumbers['rareness'];

function closeTo(view: TextView, reading: NumberReading, of: NumberKey, rareness: Rareness): Naming | null {
  const { digits } = reading;
  const key = of.digits;
  const most = key.length >= SHORTEST_WITH_TWO ? 2 : 1;
  const slips = Math.abs(digits.length - key.length) <= most ? slipsBetween(digits, key, most) : null;
  if (slips !== null && slips > 0) {
    const base = Math.min(of.nats, rareness(key)) + BY_KIND[reading.kind];
    const zeros = squeezed(digits) === of.squeezed;
    const cost = zeros ? SLIP_IN_ZEROS : slips === 1 ? SLIP : SLIP + SECOND_SLIP;
    return namingAt(view, reading, base + cost, slips === 1 || zeros ? 'slip' : 'slips');
  }
  const isYear = /^20[0-4]\d$/.test(digits);
  const partial = digits.length >= SHORTEST_PART && digits.length < key.length && !isYear;
  if (partial && reading.kind !== 'joined' && (key.endsWith(digits) || key.startsWith(digits))) {
    const rare = key.endsWith(digits)
      ? digitNats(digits)
      : rareness(key) - digitNats(key.slice(digits.length));
    const nats = Math.min(digitNats(digits), of.nats, rare) + PART + BY_KIND[reading.kind];
    return namingAt(view, reading, nats, 'part');
  }
  return null;
}

/** The number stands among others that were run together, with at most two slips. */
function withinBlob(view: TextView, { digits: key, nats }: NumberKey, rareness: Rareness): Naming | null {
  if (key.length < SHORTEST_WITH_TWO) return null;
  let best: Naming | null = null;
  for (const { digits, places } of view.blobs) {
    const within = slipsWithin(digits, key, 2);
    if (!within) continue;
    const { slips } = within;
    const cost = slips === 0 ? 0 : slips === 1 ? SLIP : SLIP + SECOND_SLIP;
    const how = slips === 0 ? 'joined' : slips === 1 ? 'slip' : 'slips';
    const start = places[within.from]!;
    const end = places[within.to - 1]! + 1;
    const written = view.text.slice(start, end).replace(/\s+/g, ' ');
    best = better(best, {
      nats: Math.min(nats, slips === 0 ? nats : rareness(key)) - 1.5 + cost,
      how,
      start,
      end,
      written,
    });
  }
  return best;
}

/** Readings that may be a broken number: none at a place that names a document exactly. */
export const openReadings = (view: TextView, exact: readonly Naming[]): NumberReading[] =>
  view.readings.filter(
    (reading) =>
      reading.digits.length >= SHORTEST_PART &&
      reading.kind !== 'split' &&
      reading.kind !== 'doubtful' &&
      !exact.some(({ start, end }) => start < reading.end && end > reading.start),
  );

/** The document's number stands in one of the readings with a slip or two, or a part of it does. */
export function looseNaming(
  view: TextView,
  readings: readonly NumberReading[],
  document: Numbered,
  { formOf, rareness }: PoolNumbers,
): Naming | null {
  let best: Naming | null = null;
  for (const key of formOf(document).keys) {
    if (key.digits.length < SHORTEST_WITH_SLIP) continue;
    for (const reading of readings) {
      const found = closeTo(view, reading, key, rareness);
      if (found && found.nats > 0) best = better(best, found);
    }
    const within = withinBlob(view, key, rareness);
    if (within && within.nats > 0) best = better(best, within);
  }
  return best;
}

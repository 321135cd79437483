/**
 * What may be a document number in a text that a payer or a bank wrote: whole, broken, run together, listed or as a
 * range. Length and counts are capped, so that no text can cost more than a fixed time. Texts are data, never orders.
 */

/**
 * How a number was read: as it stands, put together again, a part of a longer run, completed from a list, of letters
 * and digits mixed ("8F3A2C1B-0012").
 */
export type ReadingKind = 'token' | 'joined' | 'split' | 'listed' | 'doubtful' | 'mixed';

/** `start` and `end` are places in the normalized text; `letters` stand directly before the number, capitals. */
export type NumberReading = {
  /** Without leading zeros. */
  readonly digits: string;
  readonly letters: string;
  readonly kind: ReadingKind;
  /** Of a mixed one: its letters and digits in a row. */
  readonly mixed?: string;
  readonly start: number;
  readonly end: number;
};

/** A run of digits with what stands directly before it. `doubtful`: it is a part of an amount, a day or an account. */
export type DigitRun = {
  readonly raw: string;
  readonly letters: string;
  readonly start: number;
  readonly end: number;
  readonly doubtful: boolean;
};

const MOST_TEXT = 6_000;
const MOST_RUNS = 240;
const MOST_READINGS = 480;
const MOST_JOINED = 4;
const MOST_MIXED = 60;
const MOST_DIGITS = 24;
const LONGEST_RANGE = 40;

/** Capitals, full-width digits made plain, cut to a length that costs nothing. */
export const normalizeText = (text: string): string =>
  text.slice(0, MOST_TEXT).normalize('NFKC').toUpperCase().slice(0, MOST_TEXT);

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');

const DOUBTFUL =
  /(?<![\dA-Z./-])(?<!(?:INV|INVOICE|RE|RG|RECHNUNG|FACT|FACTURE|FT|FATTURA|NR|NO)[.: #]{1,2})20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|(?<![\d.,])\d{1,3}(?:[,.' ]\d{3}){0,4}[.,]\d{2}(?![\d])|(?<!\d)\d{4,9}[.,]\d{2}(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:20)?\d{2}(?!\d)|(?<!\d)20\d{2}-\d{2}-\d{2}(?!\d)|(?<![A-Z0-9])[A-Z]{2}\d{2}(?=[A-Z0-9]{11,30}(?![A-Z0-9]))(?=[A-Z0-9]*[A-Z])[A-Z0-9]{11,30}/g;

/** Runs of digits in their order; `text` is normalized. */
export function digitRuns(text: string): DigitRun[] {
  const doubtful = [...text.matchAll(DOUBTFUL)].map(
    (each) => [each.index, each.index + each[0].length] as const,
  );
  const runs: DigitRun[] = [];
  for (const found of text.matchAll(/(?<letters>[A-Z]{0,8})(?:[-#.:/_ ]{0,2})(?<digits>\d{1,40})/g)) {
    const raw = found.groups!.digits!;
    const end = found.index + found[0].length;
    const start = end - raw.length;
    const inside = doubtful.some(([from, to]) => start < to && end > from);
    runs.push({ raw, letters: found.groups!.letters!, start, end, doubtful: inside });
    if (runs.length >= MOST_RUNS) break;
  }
  return runs;
}

/** What may stand between two parts of one number: a break of the line, a space, a dash; or a letter that slipped in. */
const SAME_NUMBER = /^(?:[-./_#:, ]?|\s{1,3}|[A-Z]{1,2}|[A-Z]?[-/_ ][A-Z]?)$/;

function joinedReadings(text: string, runs: readonly DigitRun[]): NumberReading[] {
  const found: NumberReading[] = [];
  for (let from = 0; from < runs.length; from++) {
    let digits = runs[from]!.raw;
    for (let to = from + 1; to < Math.min(runs.length, from + MOST_JOINED); to++) {
      if (!SAME_NUMBER.test(text.slice(runs[to - 1]!.end, runs[to]!.start))) break;
      digits += runs[to]!.raw;
      if (digits.length > MOST_DIGITS) break;
      const { letters, start } = runs[from]!;
      const kind = runs.slice(from, to + 1).some((run) => run.doubtful) ? 'doubtful' : 'joined';
      found.push({ digits: withoutZeros(digits), letters, kind, start, end: runs[to]!.end });
    }
  }
  return found;
}

const MIXED = /(?<![A-Z0-9])(?=[A-Z0-9]{0,12}\d)[A-Z0-9]{2,24}(?:[-_/.][A-Z0-9]{1,16}){0,4}/g;
const HAS_LETTER_AFTER_DIGIT = /\d[-_/.]?[A-Z]/;

/** Numbers that are made of letters and digits, also where a space came between. */
function mixedReadings(text: string): NumberReading[] {
  const found: NumberReading[] = [];
  const push = (start: number, end: number) => {
    const mixed = text.slice(start, end).replace(/[^A-Z0-9]/g, '');
    const digits = withoutZeros(mixed.replace(/\D/g, ''));
    if (mixed.length >= 5 && mixed.length <= 40)
      found.push({ digits, letters: '', kind: 'mixed', mixed, start, end });
  };
  for (const each of text.matchAll(MIXED)) {
    if (!HAS_LETTER_AFTER_DIGIT.test(each[0])) continue;
    const end = each.index + each[0].length;
    push(each.index, end);
    const next = /^[-\s]{1,3}[A-Z0-9]{1,12}/.exec(text.slice(end, end + 16));
    if (next) push(each.index, end + next[0].length);
    if (found.length >= MOST_MIXED) break;
  }
  return found;
}

const RANGE = /^\s?(?:-|–|—|TO|BIS|THRU|THROUGH|AU|A|\.\.\.?)\s?(?:[A-Z]{1,5}[-#]?)?$/;
const LIST = /^\s?(?:[-/,+&;]|AND|UND|ET|Y)\s?$/;

/** "1071-1075" read as a range, "1071/72/73" with the part left out put back. */
function listedReadings(text: string, runs: readonly DigitRun[]): NumberReading[] {
  const found: NumberReading[] = [];
  const push = (digits: string, from: DigitRun, to: DigitRun) =>
    found.push({
      digits: withoutZeros(digits),
      letters: from.letters,
      kind: 'listed',
      start: to.start,
      end: to.end,
    });
  let base = runs[0];
  for (let at = 1; at < runs.length; at++) {
    const run = runs[at]!;
    const before = runs[at - 1]!;
    const gap = text.slice(before.end, run.start);
    if (base && run.raw.length < base.raw.length && LIST.test(gap)) {
      push(base.raw.slice(0, base.raw.length - run.raw.length) + run.raw, base, run);
    } else base = run;
    if (RANGE.test(gap) && before.raw.length <= 15) {
      const tail =
        run.raw.length < before.raw.length ? before.raw.slice(0, -run.raw.length) + run.raw : run.raw;
      const [low, high] = [Number(before.raw), Number(tail)];
      if (tail.length === before.raw.length && high > low && high - low < LONGEST_RANGE)
        for (let n = low + 1; n < high; n++) {
          // Each number of a range gets a place of its own within the gap, as one place names one document.
          const start = before.end + (n - low) / (LONGEST_RANGE + 1);
          found.push({
            digits: withoutZeros(String(n)),
            letters: before.letters,
            kind: 'listed',
            start,
            end: start + 1 / (2 * LONGEST_RANGE),
          });
        }
    }
  }
  return found;
}

/** Numbers of one length that were run together: "10711072" is 1071 and 1072. */
function splitReadings(runs: readonly DigitRun[]): NumberReading[] {
  return runs.flatMap(({ raw, letters, start }) => {
    const found: NumberReading[] = [];
    for (let parts = 2; parts <= 8; parts++) {
      const each = raw.length / parts;
      if (!Number.isInteger(each) || each < 4) continue;
      for (let at = 0; at < parts; at++)
        found.push({
          digits: withoutZeros(raw.slice(at * each, (at + 1) * each)),
          letters,
          kind: 'split',
          start: start + at * each,
          end: start + (at + 1) * each,
        });
    }
    return found;
  });
}

/** Digits of neighbouring runs in a row, where at least one run is too long to be one number; with the place of each. */
export type Blob = { readonly digits: string; readonly places: readonly number[] };

const BLOB_FROM = 16;
const LONGEST_BLOB = 400;

/** Several numbers that were run together: the rows of digits in which they must be looked for. */
export function digitBlobs(text: string): Blob[] {
  const runs = digitRuns(text);
  const blobs: Blob[] = [];
  let [digits, places, long]: [string, number[], boolean] = ['', [], false];
  const close = () => {
    if (long) blobs.push({ digits, places });
    [digits, places, long] = ['', [], false];
  };
  runs.forEach((run, at) => {
    const before = runs[at - 1];
    if (before && !/^\s{0,2}$/.test(text.slice(before.end, run.start))) close();
    if (digits.length + run.raw.length > LONGEST_BLOB) close();
    for (let place = run.start; place < run.end; place++) places.push(place);
    digits += run.raw;
    long ||= run.raw.length >= BLOB_FROM;
  });
  close();
  return blobs;
}

/** Every reading of the (normalized) text, the plainest first, at most a fixed number of them. */
export function numberReadings(text: string): NumberReading[] {
  const runs = digitRuns(text);
  const sure = runs.filter((run) => !run.doubtful);
  const asToken = (run: DigitRun): NumberReading => ({
    digits: withoutZeros(run.raw),
    letters: run.letters,
    kind: run.doubtful ? 'doubtful' : 'token',
    start: run.start,
    end: run.end,
  });
  const all = [
    ...sure.map(asToken),
    ...mixedReadings(text),
    ...listedReadings(text, sure),
    ...splitReadings(sure),
    ...joinedReadings(text, runs),
    ...runs.filter((run) => run.doubtful).map(asToken),
  ];
  return all.filter(({ digits }) => digits !== '').slice(0, MOST_READINGS);
}

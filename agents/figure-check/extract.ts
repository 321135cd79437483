/** Finds every figure of a text: numbers with their units, ranges, dates, ordinals, identifiers, numbers in words. */
import { currencyAfter } from './currency.ts';
import { dateAt, dayOfMonthAt } from './dates.ts';
import { ONE, scaled } from './decimal.ts';
import { type Figure, identifierKey, type NumberReading, type Unit } from './figure.ts';
import { numberAt } from './number-at.ts';
import { isNumberWord, isScaleWord, numberWordsAt } from './number-words.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const TOKEN = /[\p{L}\p{N}]{1,64}(?:[-_/.@][\p{L}\p{N}]{1,64}){0,8}/uy;
const TIME = /\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/uy;
const LIST_NUMBER = /^[ >]*(\d{1,3})(?:[.)] (?=\S)| *\|)|^ *\| *(\d{1,3}) *(?=\|)/u;
/** Words that a hyphen joins to a plain number: "top-10", "net-30". */
const JOINS = /^(?:top|net|last|first|past|next|over|under|tier|level|phase|step)-?(?=\d)/i;
/** How far a list's number may be indented; looking further back would cost quadratic time on long lines. */
const LIST_INDENT = 12;
const CODE_THEN_DIGIT = /^[A-Z]{3}(?=\d)/;
const RANK = /(?:#|no\. ?|number |rank )$/i;
const WORD_UNITS: [RegExp, Unit][] = [
  [/^ ?(?:%|percent|per cent|percentage)/u, 'percent'],
  [/^[ -]days?(?![\p{L}\p{N}])/u, 'days'],
];

type Found = { figure: Figure | null; end: number };
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

class Scanner {
  readonly text: string;
  readonly figures: Figure[] = [];
  private lastListNumber = 0;
  private firstList = true;

  constructor(text: string) {
    this.text = text;
  }

  run(): Figure[] {
    WORD.lastIndex = 0;
    const words = new RegExp(WORD.source, WORD.flags);
    for (let match = words.exec(this.text); match; match = words.exec(this.text)) {
      const found = this.at(match.index, match[0]);
      if (!found) continue;
      if (found.figure) this.figures.push(found.figure);
      words.lastIndex = Math.max(found.end, words.lastIndex);
    }
    return this.figures;
  }

  private at(start: number, word: string): Found | null {
    if (!/\p{N}/u.test(word) && !this.tokenHasDigit(start)) return this.atWord(start, word);
    if (isDigit(word[0])) {
      const listed = this.listNumber(start);
      if (listed) return listed;
    }
    const date = this.dateFrom(start);
    if (date) return date;
    return isDigit(word[0]) ? this.atDigits(start) : this.atLetters(start, word);
  }

  private tokenAt(start: number): string {
    TOKEN.lastIndex = start;
    return TOKEN.exec(this.text)?.[0] ?? '';
  }

  private tokenHasDigit(start: number): boolean {
    return /\p{N}/u.test(this.tokenAt(start));
  }

  private dateFrom(start: number): Found | null {
    const date = dateAt(this.text, start);
    if (!date) return null;
    const end = start + date.length;
    return { figure: { kind: 'date', dates: date.dates, text: this.text.slice(start, end), start }, end };
  }

  /** A numbered list or the first column of a table, as long as it counts up by one. */
  private listNumber(start: number): Found | null {
    const lead = this.text.slice(Math.max(0, start - LIST_INDENT), start);
    const feed = lead.lastIndexOf('\n');
    if (feed < 0 && start > LIST_INDENT) return null;
    const lineStart = start - lead.length + feed + 1;
    const match = LIST_NUMBER.exec(this.text.slice(lineStart, lineStart + 24));
    if (!match || lineStart + match[0].indexOf(match[1] ?? match[2]!) !== start) return null;
    const value = Number(match[1] ?? match[2]);
    if (value !== 1 && value !== this.lastListNumber + 1 && !(this.firstList && match[1])) return null;
    this.lastListNumber = value;
    this.firstList = false;
    return { figure: null, end: lineStart + match[0].length };
  }

  private identifier(start: number, token: string): Found {
    return {
      figure: { kind: 'identifier', key: identifierKey(token), text: token, start },
      end: start + token.length,
    };
  }

  private atLetters(start: number, word: string): Found {
    const token = this.tokenAt(start);
    const lead = CODE_THEN_DIGIT.exec(word)?.[0] ?? JOINS.exec(token)?.[0];
    const currency = lead?.length === 3 && currencyAfter(lead);
    if (lead && (currency || JOINS.test(token))) {
      const number = this.atNumber(start + lead.length);
      if (number) return number;
    }
    return this.identifier(start, token);
  }

  private atDigits(start: number): Found {
    TIME.lastIndex = start;
    const time = TIME.exec(this.text)?.[0];
    if (time) return this.identifier(start, time);
    const day = dayOfMonthAt(this.text, start);
    if (day) {
      const end = start + day.length;
      const value = scaled(this.text.slice(start, end).replace(/\D/g, ''))!.value;
      return {
        figure: { kind: 'ordinal', day: day.day, value, text: this.text.slice(start, end), start },
        end,
      };
    }
    const before = this.text.slice(Math.max(0, start - 8), start);
    const rank =
      RANK.test(before) && /^\d{1,12}(?![\p{L}\p{N}.,]\d)/u.exec(this.text.slice(start, start + 14));
    if (rank) {
      const figure: Figure = {
        kind: 'ordinal',
        day: '',
        value: scaled(rank[0])!.value,
        text: rank[0],
        start,
      };
      return { figure, end: start + rank[0].length };
    }
    return this.atNumber(start) ?? this.identifier(start, this.tokenAt(start));
  }

  /** Null when what begins here is no number but an identifier such as "20418-A". */
  private atNumber(start: number): Found | null {
    const number = numberAt(this.text, start);
    if (!number) return null;
    const next = this.text.slice(number.end, number.end + 2);
    const last = this.text[number.end - 1];
    if (/^(?:[-_/@]?\p{L}|\p{N})/u.test(next) && isDigit(last)) return null;
    const text = this.text.slice(number.start, number.end).trim();
    const { digits, readings, parts, other } = number;
    if (other) {
      const key = `${digits}-${other.digits}`;
      const figure: Figure = { kind: 'range', key, ends: [readings, other.readings], text, start };
      return { figure, end: number.end };
    }
    if (readings.length === 0 && parts.length === 0)
      return { figure: { kind: 'unreadable', text, start }, end: number.end };
    return { figure: { kind: 'number', readings, parts, digits, text, start }, end: number.end };
  }

  /** A number in words counts as a figure when it says what it counts, or is a large one. */
  private atWord(start: number, word: string): Found | null {
    if (/^\p{Lu}/u.test(word)) {
      const date = this.dateFrom(start);
      if (date) return date;
    }
    if (!isNumberWord(word) && !(isScaleWord(word) && /\ba $/i.test(this.text.slice(start - 2, start))))
      return null;
    const { value, length, large } = numberWordsAt(
      this.text,
      start,
      isNumberWord(word) ? word : `one ${word}`,
    );
    const end = isNumberWord(word) ? start + length : start + word.length;
    const reading = this.wordReading(BigInt(value || 0) * ONE, end, large || !isNumberWord(word));
    if (!reading) return null;
    const text = this.text.slice(start, end);
    return { figure: { kind: 'number', readings: reading, parts: [], digits: '', text, start }, end };
  }

  private wordReading(value: bigint, end: number, large: boolean): NumberReading[] | null {
    const after = this.text.slice(end, end + 96);
    const reading = (unit: Unit, currencies: readonly string[] = []): NumberReading[] => [
      { unit, value, roundedTo: null, currencies },
    ];
    const unit = WORD_UNITS.find(([pattern]) => pattern.test(after))?.[1];
    if (unit) return reading(unit);
    const currency = currencyAfter(after);
    // the same rule as for digits, tried with a digit in the word's place
    const counts = numberAt(`1${after}`, 0)?.readings.some((each) => each.unit === 'count');
    const found = [
      ...(currency ? reading('money', currency.codes) : []),
      ...(counts ? reading('count') : []),
    ];
    if (found.length > 0) return found;
    return large ? reading('plain') : null;
  }
}

/** The figures in the order they stand; the text must be in its plain form (`plainText`). */
export const extractFigures = (text: string): Figure[] => new Scanner(text).run();

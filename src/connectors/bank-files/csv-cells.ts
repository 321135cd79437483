/** Cells of a bank's CSV: amounts with their marks of debit and credit, days in five languages. */
import type { Day } from '../../domain/calendar.ts';
import { plainDecimal, readAmount } from '../amounts.ts';
import { readDay } from '../days.ts';
import { BadLineError, quote } from './bad-line.ts';
import { fold } from './csv-headers.ts';
import { exactMinor } from './exact-amount.ts';

/** Which way money went, by the word in a column or beside an amount. */
const CREDIT = new Set(
  'c cr crdt credit credits haben h gutschrift eingang bij in deposit abono haber ingreso recu avoir plus incoming received'.split(
    ' ',
  ),
);
const DEBIT = new Set(
  'd dr dbit debit debits soll s lastschrift belastung ausgang af uit out withdrawal cargo debe gasto debet minus outgoing sent payment'.split(
    ' ',
  ),
);

/** `null` for a word that says nothing about the direction. */
export function directionWord(text: string): 'credit' | 'debit' | null {
  if (text.trim() === '+') return 'credit';
  if (/^[-−–]$/.test(text.trim())) return 'debit';
  const word = fold(text);
  if (CREDIT.has(word)) return 'credit';
  return DEBIT.has(word) ? 'debit' : null;
}

export type WrittenMoney = {
  /** Digits with marks, such as "1.234,50". */
  readonly digits: string;
  readonly negative: boolean;
  /** The amount carries a sign, brackets or a word; one without may be either. */
  readonly signed: boolean;
  /** A word beside it, CR or DR, S or H. */
  readonly word: 'credit' | 'debit' | null;
  readonly currency: string | null;
};

/** No amount is written with more characters. */
const MAX_CELL = 60;

/** Null for an empty cell or one of dashes. Throws: BadLineError when it is no amount. */
export function readMoney(text: string): WrittenMoney | null {
  if (text.length > MAX_CELL) throw new BadLineError(`${quote(text)} is not an amount`);
  let rest = text.replace(/[\u00a0\u202f]/g, ' ').trim();
  if (rest === '' || /^[-–—]+$/.test(rest)) return null;
  let word: 'credit' | 'debit' | null = null;
  const marked = /^(.*\d[.,]?\)?)\s*([A-Za-z]{1,2})\.?$/.exec(rest) ?? /^()([CD]R?)\s*(?=[\d(])/i.exec(rest);
  if (marked && directionWord(marked[2]!)) {
    word = directionWord(marked[2]!);
    rest = marked[1] || rest.slice(marked[0].length);
  }
  const amount = readAmount(rest.replace(/^'/, ''));
  if (!amount) throw new BadLineError(`${quote(text)} is not an amount`);
  return {
    digits: amount.digits,
    negative: amount.negative,
    signed: amount.negative || word !== null || /^\s*\+|\+\s*$/.test(rest),
    word,
    currency: amount.currency,
  };
}

/** Minor units by the column's decimal mark. Throws: BadLineError. */
export function minorOf(money: WrittenMoney, mark: '.' | ',', currency: string): bigint {
  const decimal = plainDecimal(money.digits, mark);
  if (decimal === null)
    throw new BadLineError(`${quote(money.digits)} is not written with "${mark}" as its decimal mark`);
  const minor = exactMinor(decimal, currency);
  return money.negative ? -minor : minor;
}

const MONTHS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'jan:jan januar janvier janv enero ene januari jaenner janner|feb:feb februar fevrier fevr febrero februari|mar:mar marz maerz mars marzo maart mrt|' +
    'apr:apr april avril avr abril abr|may:may mai mayo mei|jun:jun juni juin junio|jul:jul juli juillet juil julio|' +
    'aug:aug august aout agosto ago augustus|sep:sep sept september septembre septiembre|oct:oct okt oktober octobre octubre|' +
    'nov:nov november novembre noviembre|dec:dec dez dezember decembre dic diciembre december'
  )
    .split('|')
    .flatMap((entry) => {
      const [english, names] = entry.split(':');
      return names!.split(' ').map((name) => [name, english!]);
    }),
);

/** Month names of five languages as the English ones that the day reader knows. */
function withEnglishMonth(text: string): string {
  return text.replace(/\p{L}{3,}\.?/u, (name) => MONTHS[fold(name)] ?? name);
}

/** Days repeat from row to row. */
const recent = new Map<string, Day | null>();
const MOST_RECENT = 5_000;

/** Null when it is no day. */
export function readCsvDay(text: string, order: 'ymd' | 'dmy' | 'mdy'): Day | null {
  if (text.length > MAX_CELL) return null;
  const key = order + text;
  const known = recent.get(key);
  if (known !== undefined) return known;
  if (recent.size >= MOST_RECENT) recent.clear();
  const day = parseCsvDay(text, order);
  recent.set(key, day);
  return day;
}

function parseCsvDay(text: string, order: 'ymd' | 'dmy' | 'mdy'): Day | null {
  const plain = text.replace(/^'/, '').trim();
  if (plain === '') return null;
  const inOrder = order === 'mdy' ? 'month-first' : 'day-first';
  return (
    readDay(plain, inOrder) ??
    readDay(withEnglishMonth(plain.replace(/\bde\b/g, ' ').replace(/\s+/g, ' ')), inOrder)
  );
}

/** Entries that are not booked yet, by the word in a status column. */
const PENDING =
  /^(pending|vorgemerkt|offen|en attente|en cours|pendiente|in behandeling|gereserveerd|reserved|authori[sz]ed|authorisation|reversed|reverted|declined|failed|cancelled|canceled|rejected|abgelehnt|storniert|refuse|rechazado|geweigerd|vorgemerkte buchung|hold|on hold|scheduled|expected|draft|unposted|not posted|processing|in process|true|yes)$/;
export const isPending = (status: string): boolean => PENDING.test(fold(status));
export const isBookedStatus = (status: string): boolean =>
  /^(booked|posted|completed|complete|cleared|settled|executed|done|success|successful|paid|final|gebucht|umsatz gebucht|verbucht|ausgefuhrt|abgeschlossen|comptabilise|execute|valide|termine|contabilizado|realizado|ejecutado|geboekt|verwerkt|uitgevoerd|false|no|normal)$/.test(
    fold(status),
  );

/** Rows that sum up or carry over: no transactions. */
const SUMMARY =
  /\b(total|totals|subtotal|summe|gesamt|somme|totaal|anfangssaldo|endsaldo|saldovortrag|ubertrag|kontostand|opening balance|closing balance|beginning balance|ending balance|starting balance|balance brought forward|balance carried forward|balance b f|balance c f|brought forward|carried forward|solde initial|solde final|solde precedent|nouveau solde|ancien solde|saldo inicial|saldo anterior|saldo final|beginsaldo|openingssaldo|slotsaldo|alter kontostand|neuer kontostand|rechnungsabschluss saldo)\b/;
/** Pieces of those words, so that most texts need not be folded. */
const LIKE_SUMMARY = /tot|sum|gesamt|som|sald|bertrag|kontostand|balance|forward|sold|abschluss/i;
export const isSummary = (text: string): boolean => LIKE_SUMMARY.test(text) && SUMMARY.test(fold(text));

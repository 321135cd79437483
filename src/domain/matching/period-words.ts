/** Which invoices a text means by their time: a month's, all of a statement, everything from one number to another. */
import { isDay } from '../calendar.ts';
import { dayNumber } from './day-number.ts';

const MONTHS: readonly RegExp[] = [
  'JAN(?:UARY|UAR|VIER|UARI)?|GENNAIO|ENERO|JÄNNER|JANEIRO',
  'FEB(?:RUARY|RUAR|RUARI)?|F(?:E|É)VRIER|FEBBRAIO|FEBRERO|FEVEREIRO',
  'MAR(?:CH|S|ZO)?|MÄRZ|MAERZ|MAART|MARÇO',
  'APR(?:IL|ILE)?|AVRIL|ABRIL',
  'MAY|MAI|MAGGIO|MAYO|MEI|MAIO',
  'JUN[EI]?|JUIN|GIUGNO|JUNIO|JUNHO',
  'JUL[YI]?|JUILLET|LUGLIO|JULIO|JULHO',
  'AUG(?:UST|USTUS)?|AO(?:U|Û)T|AGOSTO',
  'SEP(?:T|TEMBER|TEMBRE)?|SETTEMBRE|SEPTIEMBRE|SETEMBRO',
  'OCT(?:OBER|OBRE)?|OKT(?:OBER)?|OTTOBRE|OUTUBRO',
  'NOV(?:EMBER|EMBRE|IEMBRE)?|NOVEMBRO',
  'DE[CZ](?:EMBER|EMBRE|IEMBRE)?|D(?:E|É)CEMBRE|DICEMBRE|DICIEMBRE|DEZEMBRO',
].map((words) => new RegExp(`(?<![\\p{L}\\d])(?:${words})(?![\\p{L}])`, 'u'));

const NUMBERED =
  /(?<![\d/.-])(0[1-9]|1[0-2])[/.-]20\d{2}(?!\d)|(?<![\d/.-])20\d{2}[/.-](0[1-9]|1[0-2])(?![\d/.-])/g;

/** The months (1 to 12) that are named, at most three; more are a list of something else. */
export function monthsIn(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  MONTHS.forEach((month, at) => {
    if (month.test(text)) found.add(at + 1);
  });
  for (const [, before, after] of text.matchAll(NUMBERED)) found.add(Number(before ?? after));
  return found.size > 3 ? new Set() : found;
}

const STATEMENT =
  /\b(?:STATEMENT|STMT|KONTOAUSZUG|OPOS|RELEV(?:E|É)|ESTRATTO|EXTRACTO|EXTRATO|REKENINGOVERZICHT|SALDO)\b/;
const DATED = /(?<!\d)(?:(20\d{2})-(\d{2})-(\d{2})|(\d{1,2})[/.-](\d{1,2})[/.-](20\d{2}|\d{2}))(?!\d)/g;

/** Days that a statement may be of (`dayNumber`); both readings where day and month could be swapped. */
export function statementDays(text: string): readonly number[] {
  if (!STATEMENT.test(text)) return [];
  const days = new Set<string>();
  for (const [, year, month, day, first, second, short] of text.matchAll(DATED)) {
    const full = year ?? (short!.length === 2 ? `20${short}` : short!);
    const two = (part: string) => part.padStart(2, '0');
    if (year) days.add(`${full}-${month}-${day}`);
    else
      for (const [m, d] of [
        [first, second],
        [second, first],
      ])
        days.add(`${full}-${two(m!)}-${two(d!)}`);
    if (days.size >= 6) break;
  }
  return [...days].filter(isDay).map(dayNumber);
}

/** What stands between the first and the last number of a range. */
const BETWEEN =
  /^[\s]*(?:-|–|—|TO|UNTIL|TILL|BIS|THRU|THROUGH|JUSQU['’]?(?:A|À)|AU|AL|A|À|T\/M|TOT|HASTA|\.\.\.?)[\s]*(?:[A-Z]{0,4}[-#]?)?$/;

export const isRangeBetween = (text: string, from: number, to: number): boolean =>
  to > from && to - from < 24 && BETWEEN.test(text.slice(from, to));

/** Bank CSV: no standard, so columns and writing are guessed from headers and values, and shown for confirmation. */
import { InvalidInputError } from '../../domain/errors.ts';
import type { BankCsvMap, BankFileEvent } from '../../ports/bank-files.ts';
import { UnreadableRecordError } from '../csv-records.ts';
import { type Content, detectEncoding } from '../encoding.ts';
import { speaksEnglish } from './csv-headers.ts';
import { type CsvLayout, guessLayout, layoutOf } from './csv-layout.ts';
import { type CsvSource, rowsOf } from './csv-records-of.ts';
import { CsvStatementReader } from './csv-statement.ts';
import { type CsvRules, type CsvSurvey, decideRules, surveyCsv } from './csv-survey.ts';
import { StatementBook } from './statement-book.ts';
import { readStrict } from './text-stream.ts';

const SAMPLE = 256 * 1024;

async function sampleOf(content: Content, encoding: string, strict: boolean): Promise<string> {
  let sample = '';
  for await (const piece of readStrict(content, encoding, strict)) {
    sample += piece;
    if (sample.length >= SAMPLE) break;
  }
  return sample.slice(0, SAMPLE);
}

/** The currency of the account, with a doubt where the file does not say it. */
function currencyOf(survey: CsvSurvey, layout: CsvLayout, map: BankCsvMap | null, doubts: string[]): string {
  const single = survey.currencies.size === 1 ? [...survey.currencies][0]! : null;
  const known = single ?? layout.headerCurrency ?? layout.preamble.currency ?? map?.currency;
  if (known) return known;
  if (survey.currencies.size > 1) return [...survey.currencies][0]!;
  const byCountry: Record<string, string> = {
    CH: 'CHF',
    GB: 'GBP',
    SE: 'SEK',
    DK: 'DKK',
    NO: 'NOK',
    PL: 'PLN',
  };
  const country = layout.preamble.account?.match(/^[A-Z]{2}(?=\d{2})/)?.[0];
  const has = (pattern: RegExp): boolean => layout.headers.some((header) => pattern.test(header));
  const byHeader = has(/sort code/i) ? 'GBP' : has(/\bbsb\b/i) ? 'AUD' : has(/\bifsc\b/i) ? 'INR' : null;
  const guess =
    byHeader ?? (country && (byCountry[country] ?? 'EUR')) ?? (speaksEnglish(layout.headers) ? 'USD' : 'EUR');
  doubts.push(`the file names no currency; ${guess} was taken: confirm it`);
  return guess;
}

function mapOf(
  layout: CsvLayout,
  rules: CsvRules,
  encoding: string,
  currency: string,
  doubts: readonly string[],
): BankCsvMap {
  const columns = Object.fromEntries(
    Object.entries(layout.columns).map(([meaning, column]) => [meaning, layout.headers[column]!]),
  );
  return {
    delimiter: layout.delimiter,
    encoding,
    headerLine: layout.headerLine,
    dateOrder: rules.dateOrder,
    decimalMark: rules.mark,
    columns,
    doubts,
    currency,
    inverted: rules.inverted,
  };
}

async function sourceOf(
  content: Content,
  mark: string | null,
  map: BankCsvMap | null,
): Promise<{ source: CsvSource; broken: boolean }> {
  const found = mark ? { encoding: mark, broken: false } : await detectEncoding(content);
  const encoding = map?.encoding ?? found.encoding;
  return { source: { content, encoding, strict: !found.broken, endless: new Set() }, broken: found.broken };
}

/** `sep=;` of spreadsheets stands on the first line and is no row. */
const SEP = /^\ufeff?sep=(.)\n/i;

/**
 * Reads the file twice: to decide how it is written, and for its rows.
 * Throws: InvalidInputError when it is no bank statement.
 */
export async function* readBankCsv(
  content: Content,
  mark: string | null,
  map: BankCsvMap | null,
): AsyncGenerator<BankFileEvent> {
  const { source, broken } = await sourceOf(content, mark, map);
  const sample = await sampleOf(content, source.encoding, source.strict);
  const separated = SEP.test(sample) ? sample.replace(SEP, '\n') : sample;
  if (SEP.test(sample)) source.endless.add(1);
  const layout = map ? await layoutOf(map, separated) : await guessLayout(separated);
  if (!layout)
    throw new InvalidInputError(
      "it is none of BAI2, CAMT, MT940, MT942, OFX or QFX, and no line of it has the headers of a bank's CSV (a day of booking, and an amount or debit and credit); export it with headers, or give the columns",
    );
  const survey = await surveyCsv(source, layout);
  const doubts: string[] = [];
  const currency = currencyOf(survey, layout, map, doubts);
  const rules = decideRules(survey, layout, currency, map);
  if (layout.columns.account === undefined && !layout.preamble.account && !map?.account)
    doubts.push('the file names no account: say which one it is');
  const all = map ? map.doubts : [...rules.doubts, ...doubts];
  yield {
    kind: 'format',
    format: 'csv',
    csvMap: { ...mapOf(layout, rules, source.encoding, currency, all), ...(map ?? {}) },
  };
  const book = new StatementBook();
  if (broken) book.problem(null, 'some characters are not valid UTF-8 and were replaced by \ufffd');
  for (const line of source.endless)
    if (!(line === 1 && SEP.test(sample)))
      book.problem(line, 'a quote on this line is never closed; the line was left out');
  const reader = new CsvStatementReader(book, layout, rules, survey, {
    currency,
    account: map?.account ?? null,
  });
  try {
    for await (const rows of rowsOf(source, layout)) {
      for (const row of rows) reader.row(row);
      yield* book.take();
    }
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error;
    book.problem(error.line, 'from this line on a quote is never closed; nothing after it was read');
  }
  reader.end(await endsOpen(source));
  yield* book.take();
}

/** Whether the last line has no line end, so that it may be cut off. */
async function endsOpen({ content, encoding, strict }: CsvSource): Promise<boolean> {
  let last = '\n';
  for await (const piece of readStrict(content, encoding, strict)) if (piece) last = piece.at(-1)!;
  return last !== '\n';
}

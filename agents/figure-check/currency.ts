/** Currencies as people write them beside an amount. */
import { isCurrency } from '../../src/domain/money.ts';

/** `$` alone is the US dollar: another dollar must say which one it is. */
const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  US$: ['USD'],
  CA$: ['CAD'],
  C$: ['CAD'],
  AU$: ['AUD'],
  A$: ['AUD'],
  NZ$: ['NZD'],
  HK$: ['HKD'],
  SG$: ['SGD'],
  S$: ['SGD'],
  MX$: ['MXN'],
  R$: ['BRL'],
  $: ['USD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₺': ['TRY'],
  '₪': ['ILS'],
  zł: ['PLN'],
};
const WORDS: Readonly<Record<string, readonly string[]>> = {
  dollar: ['USD'],
  dollars: ['USD'],
  bucks: ['USD'],
  euro: ['EUR'],
  euros: ['EUR'],
  pound: ['GBP'],
  pounds: ['GBP'],
  quid: ['GBP'],
  sterling: ['GBP'],
  yen: ['JPY'],
  francs: ['CHF'],
  rupees: ['INR'],
};
/** Codes that are words of a heading when they stand before a number: "TOP 10", "ALL 3 INVOICES". */
const ALSO_WORDS = new Set(['ALL', 'TOP', 'TRY', 'PEN', 'CUP', 'MAD', 'SOS', 'BAM', 'GEL']);

const SYMBOL = String.raw`(?:US|CA|AU|NZ|HK|SG|MX|[CASR])?\$|[€£¥₹₩₺₪]|zł`;
const BEFORE = new RegExp(String.raw`(?:(?<![\p{L}\p{N}])([A-Z]{3})|(${SYMBOL}))\s?(?:\|\s?)?$`, 'u');
const AFTER = new RegExp(
  String.raw`^\s?(?:\|\s?)?(?:(${SYMBOL})|([A-Z]{3})(?![\p{L}\p{N}])|(dollars?|bucks|euros?|pounds?|quid|sterling|yen|francs|rupees)(?![\p{L}\p{N}]))`,
  'u',
);

/** The currencies that the end of a text names, right before a number; null when it names none. */
export function currencyBefore(text: string): { codes: readonly string[]; length: number } | null {
  const match = BEFORE.exec(text);
  if (!match) return null;
  const [all, code, symbol] = match;
  if (symbol) return { codes: SYMBOLS[symbol]!, length: all.length };
  return code && isCurrency(code) && !ALSO_WORDS.has(code) ? { codes: [code], length: all.length } : null;
}

/** The currencies that the beginning of a text names, right after a number; null when it names none. */
export function currencyAfter(text: string): { codes: readonly string[]; length: number } | null {
  const match = AFTER.exec(text);
  if (!match) return null;
  const [all, symbol, code, word] = match;
  if (symbol) return { codes: SYMBOLS[symbol]!, length: all.length };
  if (word) return { codes: WORDS[word]!, length: all.length };
  return code && isCurrency(code) ? { codes: [code], length: all.length } : null;
}

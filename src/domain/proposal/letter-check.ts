/**
 * What a finished letter says beyond the facts: figures, days, links, addresses, bank details and threats that a hand
 * or a model may have put in. Each is a risk flag; a letter with one needs a second person.
 */
import type { LetterFacts, LetterProse } from '../chase/drafting.ts';
import type { CompanySettings, Language } from '../chase/policy.ts';
import { isCurrency } from '../money.ts';
import { withoutInvisible } from '../visible-text.ts';
import { invoiceAmounts, knownWritings, sharedAmounts } from './letter-known.ts';
import { bankWords, figureWords, threatWords } from './letter-words.ts';
import { plainData } from './plain-data.ts';

export const riskFlags = [
  'figure_not_in_ledger',
  'amount_of_another_invoice',
  'unknown_link',
  'unknown_address',
  'unknown_bank_details',
  'threat',
  'hidden_characters',
  'open_placeholder',
] as const;
export type RiskFlag = (typeof riskFlags)[number];

/** For the card. */
export const riskFlagWords: Record<RiskFlag, string> = {
  figure_not_in_ledger: 'It states a figure or a day that is not in the ledger.',
  amount_of_another_invoice: 'It names an invoice beside an amount that is not its own.',
  unknown_link: "It has a link that is not in the company's settings.",
  unknown_address: "It has an email address that is not the company's.",
  unknown_bank_details: "It has bank details that are not in the company's settings.",
  threat: 'It announces a consequence such as lawyers, fees or a collection agency.',
  hidden_characters: 'It has characters that nobody sees.',
  open_placeholder: 'It has a placeholder that was not filled.',
};

type Settings = Pick<CompanySettings, 'fromAddress' | 'replyTo' | 'name' | 'unsubscribeAddress'>;

/** Tried only where such a run begins: from every letter of a long word it would cost the square of its length. */
const ADDRESS = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const LINK =
  /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|\b(?:mailto|tel|data|javascript|file):(?=\S)|\bwww\.(?=\S))|(?<![@\p{L}\p{N}._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61})\.)+\p{L}{2,24}(?![\p{L}\p{N}.])|\]\(/iu;
const IBAN = /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){10,30}\b/iu;
const ACCOUNT = /\d(?:[ .-]?\d){7,}/u;
/** "1." at the start of a line, and times of day, state nothing about money. */
const HARMLESS =
  /^[ \t]*\d{1,2}[.)](?=\s)|\b(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?\s?(?:am|pm|uhr|h)\b|\b(?:[01]?\d|2[0-3]):[0-5]\d\b/gimu;
/** Common words with a dot in them that no mail program takes for a host. */
const ABBREVIATION = /\b(?:e\.g|i\.e|z\.b|d\.h|u\.a|p\.ej|n\.b|a\.m|p\.m)\b\.?/giu;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** One pattern for many texts, each as a whole: no digit or part of a number before or after it. */
const wholly = (texts: readonly string[], flags = 'iu'): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}]|\\p{N}[.,'’])(?:${texts.map(escaped).join('|')})(?![\\p{L}\\p{N}]|[.,'’]\\p{N})`,
    flags,
  );

const longestFirst = (texts: readonly string[]): string[] =>
  [...new Set(texts)].sort((a, b) => b.length - a.length);

const blanked = (text: string, texts: readonly string[]): string =>
  texts.length === 0 ? text : text.replace(wholly(texts, 'giu'), ' \u25a1 ');

/** True where a line names one invoice of the letter beside an amount that belongs to another one. */
function swapsAmounts(text: string, facts: LetterFacts): boolean {
  const amountsOf = new Map<string, Set<string>>();
  for (const invoice of facts.invoices) {
    const number = plainData(invoice.number);
    // two documents can have one number
    if (number)
      amountsOf.set(number, new Set([...(amountsOf.get(number) ?? []), ...invoiceAmounts(invoice)]));
  }
  if (amountsOf.size < 2) return false;
  const numbers = wholly([...amountsOf.keys()], 'gu');
  const amounts = wholly(longestFirst([...amountsOf.values()].flatMap((each) => [...each])), 'gu');
  const shared = new Set(sharedAmounts(facts));
  const orders = facts.invoices
    .flatMap(({ poNumber }) => (poNumber ? [plainData(poNumber)] : []))
    .filter(Boolean);
  return text.split('\n').some((line) => {
    const named = new Set([...line.matchAll(numbers)].map(([number]) => number));
    const [number] = named;
    if (number === undefined || named.size > 1) return false;
    const rest = [number, ...orders].reduce((left, each) => left.replaceAll(each, ' \u25a1 '), line);
    const own = amountsOf.get(number)!;
    return [...rest.matchAll(amounts)].some(([amount]) => !own.has(amount) && !shared.has(amount));
  });
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ...{ EUR: '€', GBP: '£', JPY: '¥', CNY: '¥', INR: '₹' },
  ...Object.fromEntries('USD CAD AUD NZD SGD HKD MXN'.split(' ').map((code) => [code, '$'])),
};

const withoutOwnSymbol = (text: string, currency: string): string =>
  text.replaceAll(SYMBOLS[currency] ?? '\u25a1', ' ');

/** "USD" beside an amount that the ledger has in euro. What is known is blanked by then. */
const namesAnotherCurrency = (text: string, currency: string): boolean =>
  [...text.matchAll(/\b([A-Z]{3})\s*\u25a1|\u25a1\s*([A-Z]{3})\b/g)].some(([, before, after]) => {
    const code = before ?? after ?? '';
    return isCurrency(code) && code !== currency;
  });

const foreignAddress = (text: string, { fromAddress, replyTo, unsubscribeAddress }: Settings): boolean => {
  const own = new Set(
    [fromAddress, replyTo, unsubscribeAddress].flatMap((each) => (each ? [each.toLowerCase()] : [])),
  );
  return [...text.matchAll(ADDRESS)].some(([address]) => !own.has(address.toLowerCase()));
};

const any = (patterns: readonly RegExp[], text: string): boolean => patterns.some((each) => each.test(text));

/**
 * The flags of a subject and body; empty for every letter that code filled from these facts.
 * `settings`: the company's own addresses, which may stand in the letter.
 */
export function checkLetter(text: LetterProse, facts: LetterFacts, settings: Settings): RiskFlag[] {
  const whole = `${text.subject}\n${text.body}`;
  const language: Language = facts.language;
  const flags = new Set<RiskFlag>();
  if (withoutInvisible(whole) !== whole.replace(/\r\n?/g, '\n')) flags.add('hidden_characters');
  if (/\{\{|\}\}/.test(whole)) flags.add('open_placeholder');
  const seen = withoutInvisible(whole);
  const ownLines = [
    facts.paymentInstructions,
    facts.paymentLink,
    facts.attachment,
    settings.name,
    facts.companyName,
  ]
    .flatMap((each) => (each ? [each, ...each.split('\n')] : []))
    .map((each) => each.trim())
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  const beyondOwn = ownLines.reduce((rest, line) => rest.replaceAll(line, ' \u25a1 '), seen);
  if (foreignAddress(beyondOwn, settings)) flags.add('unknown_address');
  const left = blanked(beyondOwn.replace(ADDRESS, ' '), knownWritings(facts));
  if (LINK.test(left.replace(ABBREVIATION, ' '))) flags.add('unknown_link');
  if (IBAN.test(left) || ACCOUNT.test(left) || any(bankWords, left)) flags.add('unknown_bank_details');
  const figures = withoutOwnSymbol(left, facts.currency).replace(HARMLESS, ' ');
  if (namesAnotherCurrency(left, facts.currency)) flags.add('figure_not_in_ledger');
  if (/\p{N}/u.test(figures) || any(figureWords(language), figures)) flags.add('figure_not_in_ledger');
  if (swapsAmounts(seen, facts)) flags.add('amount_of_another_invoice');
  if (any(threatWords(language), left)) flags.add('threat');
  return riskFlags.filter((flag) => flags.has(flag));
}

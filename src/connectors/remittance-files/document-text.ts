/** Whether a text is the number of a document, as payers write them: INV-1071, 1182, RE 2026/104, 4500012345. */
import { writtenAmount } from './amount-text.ts';

/** Words that stand in front of a document's number, in the languages of payers. */
export const DOCUMENT_WORDS =
  'invoices?|inv|bills?|rechnung(?:en)?|rechnungsnr|rg|rnr|re|rn|belege?|beleg|factures?|fact|fra|fac|facturas?|facturen|factuur|facturen|credit (?:note|memo)s?|debit (?:note|memo)s?|gutschrift(?:en)?|avoirs?|abonos?|nota de cr[eé]dito|creditnota|cn|cm|dn|dm|doc(?:ument)?s?|docs|purchase orders?|orders?|po|ref(?:erence)?|statement';

const NUMBER_SIGN = String.raw`(?:\s*(?:no|nos|num|number|nr|n°|nº|num[eé]ro|n[uú]mero|nummer|numbers?)\b\.?)?[\s.:#°º]*`;
/** A keyword and its number sign at the beginning of a text. */
export const KEYWORD = new RegExp(
  String.raw`^(?:our |your |unsere |ihre |votre |su |uw )?(?:${DOCUMENT_WORDS})\b\.?(?![-_/])${NUMBER_SIGN}`,
  'iu',
);

const DATE =
  /^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[. -]+[A-Za-zäéû]{3,9}\.?,?[ -]+\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})(?:[T ]\d{1,2}:\d{2}.*)?$/;

/** A day, in any order. */
export const isDayText = (text: string): boolean => DATE.test(text.trim());

/** One word with a digit in it that is no amount with decimals, no day, no percentage, no mail address. */
export function isDocumentWord(text: string): boolean {
  if (!/^[\p{L}\d#][\p{L}\d._\-/#\\]{1,39}$/u.test(text) || !/\d/.test(text)) return false;
  if (isDayText(text) || /^\d{1,2}:\d{2}/.test(text) || /^\d{1,2}(?:st|nd|rd|th|d|k|x)$/i.test(text))
    return false;
  if (/^\d+$/.test(text)) return text.length >= 3;
  if (writtenAmount(text)) return /^\d{6,}\.?$/.test(text);
  return /\d{2,}/.test(text) || /^\p{L}+[-_/#]?\d+$/u.test(text);
}

/** The same with a keyword in front, or a prefix apart from its digits: "Invoice 1071", "RE 2026/104". */
export function isDocument(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 60) return false;
  const keyword = KEYWORD.exec(trimmed)?.[0] ?? '';
  const rest = trimmed.slice(keyword.length);
  if (keyword !== '' && /^\d{1,40}$/.test(rest)) return true;
  return (
    isDocumentWord(rest) || (/^\p{L}{1,5}[ .-]{1,2}\d[\d/.-]{1,20}$/u.test(rest) && !writtenAmount(rest))
  );
}

/** The number without the words in front of it: "Invoice no. 1071" is "1071"; any other text stays as it is. */
export function documentOf(text: string): string {
  const trimmed = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[,;:]$/, '');
  const rest = trimmed.slice(KEYWORD.exec(trimmed)?.[0].length ?? 0).replace(/^#/, '');
  if (rest === trimmed || rest === '') return trimmed;
  // "RE 2026/104" and "INV 1071" keep a short prefix, which belongs to the number; words are left out
  return /^(?:re|rg|inv|cn|cm|dn|dm|rn|fac|fra|po)\b/i.test(trimmed) &&
    !/[.:#]|n[ro]/i.test(trimmed.slice(0, trimmed.length - rest.length))
    ? trimmed
    : /\d/.test(rest)
      ? rest
      : trimmed;
}

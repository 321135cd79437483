/** What a returned payment may have been over: the debit itself, or less when the bank added its fee to it. */
import { InvalidInputError } from '../errors.ts';
import { parseDecimal } from '../money.ts';

export type ReturnDebit = {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly charges: string | null;
  readonly text: string;
};

/** "OCMT/EUR1234,50", "OAMT+1234,50", "original amount EUR 1,234.50". */
const STATED =
  /(?:\/?OCMT\/|OAMT\+|original amount:?|ursprungsbetrag:?|urspr\.? ?betrag:?)\s*(?:([A-Z]{3})\s*)?(\d[\d.,]*)/gi;

/** The last mark with two digits or fewer behind it is the decimal one. */
const plain = (text: string): string => {
  const parts = /^([\d.,]*?)(?:[.,](\d{1,2}))?[.,]?$/.exec(text);
  return parts ? `${parts[1]!.replace(/[.,]/g, '')}${parts[2] === undefined ? '' : `.${parts[2]}`}` : text;
};

function minorOf(text: string, currency: string): bigint | null {
  try {
    return parseDecimal(text, currency);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

/** Minor units, the debit's own amount first; none above it or at zero. */
export function returnedAmounts({ amountMinor, currency, charges, text }: ReturnDebit): bigint[] {
  const found = new Set([amountMinor]);
  const fee = charges === null ? null : minorOf(charges, currency);
  if (fee !== null) found.add(amountMinor - fee);
  for (const [, code, amount] of text.matchAll(STATED)) {
    const minor = code && code.toUpperCase() !== currency ? null : minorOf(plain(amount!), currency);
    if (minor !== null) found.add(minor);
  }
  return [...found].filter((minor) => minor > 0n && minor <= amountMinor);
}

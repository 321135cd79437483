/** Amounts as the formats write them, read into minor units without a float. */
import { InvalidInputError } from '../../domain/errors.ts';
import { parseDecimal } from '../../domain/money.ts';
import { BadLineError, quote } from './bad-line.ts';

/** No amount has more digits than this before its decimal mark (SWIFT: 15, ISO 20022: 18). */
const MAX_WHOLE = 18;

/**
 * Reads digits with at most one decimal mark, a comma or a point: `1700,00`, `1700.`, `,5`, `00380115,1`. A sign is read
 * where the format has one.
 *
 * Throws: BadLineError when it is anything else, or has more decimals than the currency knows.
 */
export function exactMinor(text: string, currency: string, sign: 'signed' | 'unsigned' = 'unsigned'): bigint {
  const found = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim());
  const [, mark = '', whole = '', fraction = ''] = found ?? [];
  if (!found || (whole === '' && fraction === '') || whole.replace(/^0+/, '').length > MAX_WHOLE)
    throw new BadLineError(`${quote(text)} is not an amount`);
  if (mark !== '' && sign === 'unsigned') throw new BadLineError(`the amount ${quote(text)} has a sign`);
  try {
    const minor = parseDecimal(`${whole || '0'}.${fraction}`, currency);
    return mark === '-' ? -minor : minor;
  } catch (error) {
    if (error instanceof InvalidInputError) throw new BadLineError(error.message);
    throw error;
  }
}

/** A currency code as written; unknown ones of old files (DEM) are let through, they count two decimals. */
export function currencyCode(text: string | null | undefined): string | null {
  const code = text?.trim().toUpperCase();
  return code && /^[A-Z]{3}$/.test(code) ? code : null;
}

/**
 * Money is a whole number of minor units with an ISO 4217 currency; there is no float anywhere.
 * Source: ISO 4217 list one (digits after the decimal mark per currency).
 */
import { InvalidInputError } from './errors.ts';

export type Money = { readonly minor: bigint; readonly currency: string };

/** A decimal string with exactly the digits of its currency, e.g. "1250.00" USD, "98000" JPY. */
export type DecimalText = string;

const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3])),
  CLF: 4,
  UYW: 4,
};

const CODES = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
    'CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD ' +
    'HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL ' +
    'LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR ' +
    'PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP ' +
    'TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

/** True for an ISO 4217 code of a currency in use, in capitals. */
export const isCurrency = (code: string): boolean => CODES.has(code);

/** Digits after the decimal mark: USD 2, JPY 0, KWD 3, CLF 4. Unknown codes count as 2. */
export const minorDigits = (currency: string): number => DIGITS[currency] ?? 2;

/** The currencies whose minor unit is not a hundredth, by their digits after the decimal mark. */
export const unusualDigits: readonly { digits: number; currencies: readonly string[] }[] = [0, 3, 4].map(
  (digits) => ({ digits, currencies: Object.keys(DIGITS).filter((code) => DIGITS[code] === digits) }),
);

/**
 * Reads a plain decimal ("1250", "1250.5", "-3.00") into minor units.
 *
 * Throws: InvalidInputError when it is no decimal or has more digits than the currency knows
 * (trailing zeros beyond them are accepted).
 */
export function parseDecimal(text: string, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) throw new InvalidInputError(`"${text}" is not an amount; write it like 1250.00`);
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits)))
    throw new InvalidInputError(`"${text}" has more decimals than ${currency} knows (${digits})`);
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign === '-' ? -minor : minor;
}

/**
 * Reads a bar such as "up to 4999.50" for amounts of this currency: decimals that it does not know are rounded down, so
 * that nothing above the bar is let in (4999 JPY).
 *
 * Throws: InvalidInputError when it is no decimal of zero or more.
 */
export function parseBar(text: string, currency: string): bigint {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) throw new InvalidInputError(`"${text}" is not an amount; write it like 1250.00`);
  const [, whole = '0', fraction = ''] = match;
  return parseDecimal(`${whole}.${fraction.slice(0, minorDigits(currency))}`, currency);
}

/** Minor units as a decimal string with the digits of the currency: 125000n USD is "1250.00". */
export function toDecimal(minor: bigint, currency: string): DecimalText {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A decimal string with thousands separated for reading: "1234567.50" USD is "1,234,567.50 USD". */
export function formatAmount(amount: DecimalText, currency: string): string {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

/**
 * Divides exactly and rounds half away from zero; for averages and shares.
 * Throws: RangeError when the divisor is zero.
 */
export function divideRounded(numerator: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== divisor < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = divisor < 0n ? -divisor : divisor;
  const quotient = (n * 2n + d) / (d * 2n);
  return negative ? -quotient : quotient;
}

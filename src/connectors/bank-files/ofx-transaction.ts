/** One transaction (STMTTRN) of an OFX file as a line. */
import { type Day, isDay } from '../../domain/calendar.ts';
import { BadLineError, quote } from './bad-line.ts';
import { account, clean, joinFields, realId } from './clean-text.ts';
import { currencyCode, exactMinor } from './exact-amount.ts';
import type { NewLine } from './statement-book.ts';

/** Leaves of a transaction by name; those of PAYEE, BANKACCTTO and so on as `PAYEE.NAME`. */
export type OfxLeaves = ReadonlyMap<string, string>;

/** `YYYYMMDD` with or without time and zone: the day as the bank writes it. Null when missing or no day. */
export function ofxDay(text: string | undefined): Day | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?=\d{2,6}(?:\D|$)|\D|$)/.exec(text?.trim() ?? '');
  const day = found ? `${found[1]}-${found[2]}-${found[3]}` : '';
  return isDay(day) ? day : null;
}

/**
 * A signed amount: a decimal point or comma, thousands only where both marks show which is which.
 * Throws: BadLineError.
 */
export function ofxMinor(text: string | undefined, currency: string): bigint {
  const plain = (text ?? '').replace(/\s/g, '');
  if (plain === '') throw new BadLineError('there is no amount');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const other = plain[last] === '.' ? ',' : '.';
  const grouped = last >= 0 && plain.slice(0, last).includes(other);
  if (!grouped) return exactMinor(plain, currency, 'signed');
  const whole = plain.slice(0, last);
  if (!/^[+-]?\d{1,3}([.,]\d{3})+$/.test(whole)) throw new BadLineError(`${quote(plain)} is not an amount`);
  return exactMinor(whole.replaceAll(other, '') + plain.slice(last), currency, 'signed');
}

/** Types whose sign is beyond doubt. */
const MONEY_IN = new Set(['CREDIT', 'DEP', 'DIRECTDEP']);
const MONEY_OUT = new Set(['DEBIT', 'FEE', 'SRVCHG', 'PAYMENT', 'DIRECTDEBIT', 'REPEATPMT', 'CHECK']);

export type OfxLine = { readonly line: NewLine; readonly warnings: string[] };

function warningsOf(
  get: (name: string) => string | null,
  type: string | null,
  minor: bigint,
  where: string,
): string[] {
  const against = (minor > 0n && MONEY_OUT.has(type ?? '')) || (minor < 0n && MONEY_IN.has(type ?? ''));
  const corrects = get('CORRECTFITID');
  const deletes = get('CORRECTACTION')?.toUpperCase() === 'DELETE';
  return [
    ...(against ? [`${where} is called ${type} but its sign says the opposite; the sign was taken`] : []),
    ...(corrects
      ? [`${where} ${deletes ? 'deletes' : 'replaces'} the earlier transaction ${corrects}; check that one`]
      : []),
  ];
}

/** Throws: BadLineError when day or amount cannot be read. */
export function readTransaction(
  leaves: OfxLeaves,
  fileLine: number,
  statementCurrency: string,
  pending: boolean,
): OfxLine {
  const get = (name: string): string | null => clean(leaves.get(name));
  const currency = currencyCode(leaves.get('CURRENCY.CURSYM')) ?? statementCurrency;
  const written = leaves.get('DTPOSTED') ?? leaves.get('DTTRAN');
  const bookedOn = ofxDay(written);
  if (!bookedOn)
    throw new BadLineError(
      written?.trim() ? `${quote(written)} is not a day` : 'the transaction has no day (DTPOSTED)',
    );
  const minor = ofxMinor(leaves.get('TRNAMT'), currency);
  const type = get('TRNTYPE');
  const cheque = realId(leaves.get('CHECKNUM'));
  const reference = realId(leaves.get('REFNUM'));
  const chequeNumber = cheque && !/^0+$/.test(cheque) ? cheque : null;
  const deletes = get('CORRECTACTION')?.toUpperCase() === 'DELETE';
  const line: NewLine = {
    fileLine,
    bookedOn,
    valueOn: ofxDay(leaves.get('DTAVAIL')),
    minor: minor < 0n ? -minor : minor,
    currency,
    direction: minor < 0n ? 'debit' : 'credit',
    payerName: get('NAME') ?? get('PAYEE.NAME') ?? get('EXTDNAME'),
    payerAccount: account(leaves.get('BANKACCTTO.ACCTID') ?? leaves.get('CCACCTTO.ACCTID')),
    reference: reference ?? chequeNumber,
    bankReference: realId(leaves.get('FITID')),
    text: joinFields([
      leaves.get('MEMO'),
      leaves.get('EXTDNAME'),
      reference && chequeNumber ? `Cheque ${chequeNumber}` : null,
    ]),
    code: type,
    booked: !pending && type !== 'HOLD' && !deletes,
  };
  return { line, warnings: warningsOf(get, type, minor, `the transaction on line ${fileLine}`) };
}

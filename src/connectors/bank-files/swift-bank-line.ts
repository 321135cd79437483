/** A booking (:61:) and its information (:86:) as one line of the statement. */

import { toDecimal } from '../../domain/money.ts';
import type { BankLine } from '../../ports/bank-files.ts';
import { BadLineError } from './bad-line.ts';
import { joinFields, realId } from './clean-text.ts';
import { exactMinor } from './exact-amount.ts';
import type { NewLine } from './statement-book.ts';
import { customerReference, readDetails, readStarMoney } from './swift-details.ts';
import { readSwiftLine } from './swift-line.ts';
import type { SwiftField } from './swift-splitter.ts';

type Amount = { readonly minor: bigint; readonly currency: string };

/** `EUR4,5` or `4,5 EUR`; null when it is written otherwise. */
function codedAmount(text: string | null | undefined, currency: string): Amount | null {
  const found = /^([A-Z]{3})?\s*(\d[\d.]*(?:,\d*)?)\s*([A-Z]{3})?/.exec(text?.trim() ?? '');
  if (!found) return null;
  const code = found[1] ?? found[3] ?? currency;
  try {
    return { minor: exactMinor(found[2]!, code), currency: code };
  } catch (error) {
    if (error instanceof BadLineError) return null;
    throw error;
  }
}

/** `/OCMT/` and `/CHGS/` of the supplementary details. */
const slashed = (text: string, key: string): string | null =>
  new RegExp(`/${key}/([A-Z]{3}\\d[\\d.]*,?\\d*)`).exec(text)?.[1] ?? null;

function instructedOf(amount: Amount | null, currency: string): BankLine['instructed'] {
  if (!amount || amount.currency === currency || amount.minor === 0n) return null;
  return { amount: toDecimal(amount.minor, amount.currency), currency: amount.currency };
}

function chargesOf(amount: Amount | null, currency: string): BankLine['charges'] {
  return amount && amount.currency === currency && amount.minor !== 0n
    ? toDecimal(amount.minor, currency)
    : null;
}

/** Throws: BadLineError. */
export function swiftBankLine(
  field: SwiftField,
  info: readonly string[],
  numbered: readonly string[],
  currency: string,
): { line: NewLine; oddity: string | null } {
  const booking = readSwiftLine(field.lines, currency);
  const details =
    numbered.length > 0 && info.length === 0
      ? readStarMoney(numbered)
      : readDetails(info, booking.direction === 'credit');
  const supplement = booking.details.replace(/^\/TRCD\/\d+\/$/m, '').trim();
  const payerAccount =
    details.account ?? (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(supplement) ? supplement : null);
  const written = customerReference(booking.customerReference);
  const own = written === payerAccount ? null : written;
  const whole = `${booking.details}${info.join('')}`;
  const line: NewLine = {
    fileLine: field.line,
    bookedOn: booking.bookedOn,
    valueOn: booking.valueOn,
    minor: booking.minor,
    currency,
    direction: booking.direction,
    reversal: booking.reversal,
    booked: booking.booked,
    payerName: details.name,
    payerAccount,
    reference: details.reference ?? own,
    endToEndId: details.endToEndId,
    bankReference: realId(booking.bankReference),
    code: [booking.type, details.code].filter(Boolean).join('+') || null,
    returnReason: details.returnReason,
    charges: chargesOf(codedAmount(details.charges ?? slashed(whole, 'CHGS'), currency), currency),
    instructed: instructedOf(codedAmount(details.instructed ?? slashed(whole, 'OCMT'), currency), currency),
    text: joinFields([
      ...details.texts,
      ...(supplement === payerAccount ? [] : supplement.split('\n')),
      details.reference !== null && own !== details.reference ? own : null,
    ]),
  };
  return { line, oddity: booking.oddity };
}

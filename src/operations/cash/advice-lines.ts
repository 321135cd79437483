/** A remittance advice as matching takes it. */
import type { RemittanceLine } from '../../domain/matching/shapes.ts';
import { minorDigits } from '../../domain/money.ts';
import type { Advice, AdviceLine } from '../../ports/remittance-files.ts';

/** Plain decimal text in minor units; null when it is missing, no number, or has more decimals than the currency knows. */
function minorOf(text: string | null, currency: string): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text ?? '');
  if (!found) return null;
  const [, sign = '', whole = '0', fraction = ''] = found;
  const digits = minorDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return null; // of another currency: no amount of this one
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign === '-' ? -minor : minor;
}

function remittanceLine(line: AdviceLine, currency: string): RemittanceLine {
  const paid = minorOf(line.paid, currency);
  const gross = minorOf(line.gross, currency);
  const stated = minorOf(line.deduction, currency);
  const missing =
    line.deduction === null && gross !== null && paid !== null && paid >= 0n ? gross - paid : null;
  const deduction = stated ?? missing;
  const deductionMinor = deduction !== null && deduction > 0n ? deduction : null;
  // a list of amounts alone says what is paid; text that is no amount says nothing
  const whole = line.paid === null && gross !== null ? gross - (deductionMinor ?? 0n) : null;
  return {
    document: line.document.trim() === '' ? null : line.document,
    paidMinor: paid ?? whole,
    deductionMinor,
    deductionReason: line.deductionReason,
  };
}

/**
 * The lines in minor units of the payment's currency. An amount of an invoice and less paid for it, without a word
 * about the difference, is a deduction of the difference; an amount alone is what is paid. An advice in another currency names the documents only: its
 * amounts say nothing about this payment.
 */
export function toRemittanceLines(
  advice: Pick<Advice, 'currency' | 'lines'>,
  currency: string,
): RemittanceLine[] {
  const foreign = advice.currency !== null && advice.currency !== currency;
  return advice.lines.map((line) =>
    remittanceLine(foreign ? { ...line, paid: null, gross: null, deduction: null } : line, currency),
  );
}

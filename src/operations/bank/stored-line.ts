/** A line of a reader as it is stored. */
import { InvalidInputError } from '../../domain/errors.ts';
import { parseDecimal, toDecimal } from '../../domain/money.ts';
import type { BankLine } from '../../ports/bank-files.ts';
import type { NewBankLine } from '../../store/bank/lines.ts';
import type { EqualBookings } from './line-key.ts';

/** Far above any payment, and far enough below what the database can sum and hold. */
const MOST_MINOR = 1_000_000_000_000_000n;
const LONGEST = 4_000;

/**
 * Text of a file as the database takes it: at most so long, without NUL and without halves of a character, which a cut
 * may leave.
 */
export const storableText = (text: string, longest: number): string =>
  text.replaceAll('\0', '').slice(0, longest).toWellFormed();

const cut = (text: string | null): string | null => (text === null ? null : storableText(text, LONGEST));

/** JSON in which every text is as the database takes it. */
const storableJson = (content: unknown): string =>
  JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'string' ? storableText(value, LONGEST) : value,
  );

const detailOf = ({ charges, instructed, remittance }: BankLine): string =>
  storableJson({
    ...(charges !== null && { charges }),
    ...(instructed !== null && { instructed }),
    ...(remittance.length > 0 && { remittance: remittance.slice(0, 5_000) }),
  });

/** Throws: InvalidInputError when the amount is none of its currency. */
export function minorOfLine(line: Pick<BankLine, 'amount' | 'currency'>): bigint {
  const minor = parseDecimal(line.amount, line.currency);
  if (minor < 0n) throw new InvalidInputError(`the amount ${line.amount} is below zero`);
  if (minor > MOST_MINOR) throw new InvalidInputError(`the amount ${line.amount} is too large`);
  return minor;
}

export const decimalOfLine = (line: Pick<BankLine, 'amount' | 'currency'>): string =>
  toDecimal(minorOfLine(line), line.currency);

/**
 * Null for what is no booking: pending, informational, or over nothing. `account` is the account's one name.
 * Throws: InvalidInputError.
 */
export function storedLine(
  line: BankLine,
  statement: { account: string; interim: boolean },
  equals: EqualBookings,
): NewBankLine | null {
  if (minorOfLine(line) === 0n || !line.booked) return null;
  const content = {
    account: statement.account,
    interim: statement.interim,
    booked_on: line.bookedOn,
    value_on: line.valueOn,
    currency: line.currency,
    amount_minor: minorOfLine(line),
    direction: line.direction,
    reversal: line.reversal,
    payer_name: cut(line.payerName),
    payer_account: cut(line.payerAccount),
    reference: cut(line.reference),
    end_to_end_id: cut(line.endToEndId),
    bank_reference: cut(line.bankReference),
    text: storableText(line.text, LONGEST * 4),
    code: cut(line.code),
    return_reason: cut(line.returnReason),
    detail: detailOf(line),
  };
  return { ...content, key: equals.key(content) };
}

/** What makes a booking the same one when it is read again, and the short number of the payment made from it. */
import { createHash } from 'node:crypto';
import { foldName } from '../../domain/customer.ts';
import { accountKey } from '../../domain/matching/lookup-keys.ts';
import type { NewBankLine } from '../../store/bank/lines.ts';

export type KeyParts = Pick<
  NewBankLine,
  | 'booked_on'
  | 'currency'
  | 'amount_minor'
  | 'direction'
  | 'reversal'
  | 'bank_reference'
  | 'end_to_end_id'
  | 'payer_name'
  | 'payer_account'
  | 'reference'
  | 'text'
>;

/** Letters and digits only: spaces and line ends differ between two downloads of one statement. */
const plain = (text: string | null): string => foldName(text ?? '').replaceAll(' ', '');

/**
 * Everything a bank says of a booking, as a short hash. The bank's own reference alone is not enough: some banks write
 * the same one beside every booking.
 */
export const contentHash = (line: KeyParts): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        line.currency,
        line.booked_on,
        String(line.amount_minor),
        line.direction,
        line.reversal,
        plain(line.bank_reference),
        plain(line.end_to_end_id),
        accountKey(line.payer_account ?? ''),
        plain(line.payer_name),
        plain(line.reference),
        plain(line.text),
      ]),
    )
    .digest('base64url')
    .slice(0, 22);

/**
 * Numbers equal bookings: two payments that are alike in everything stay two. The count goes on over the pages of one
 * statement and begins anew with each statement, and when a statement comes a second time in one file.
 */
export class EqualBookings {
  private counts = new Map<string, number>();
  private scope = '';
  private readonly pages = new Set<string>();

  /** `number` as in `BankStatement`: "5/2" is page 2 of statement 5 in SWIFT files. */
  open({
    account,
    currency,
    number,
    format,
  }: {
    account: string;
    currency: string;
    number: string | null;
    format: string;
  }): void {
    const base = format.startsWith('mt') ? (number?.split('/')[0] ?? null) : number;
    const scope = JSON.stringify([account, currency, base]);
    const page = JSON.stringify([scope, number]);
    if (number === null || scope !== this.scope || this.pages.has(page)) this.counts = new Map();
    this.scope = scope;
    this.pages.add(page);
  }

  key(line: KeyParts): string {
    const hash = contentHash(line);
    const count = (this.counts.get(hash) ?? 0) + 1;
    this.counts.set(hash, count);
    return `${hash}.${count}`;
  }
}

/** Crockford's base 32: no letter that is taken for a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten characters of a hash, or as many as are asked for: "BANK-7K2M9QXW4T". */
export function paymentNumber(line: { account: string; currency: string; key: string }, length = 10): string {
  const digest = createHash('sha256').update(`${line.account}|${line.currency}|${line.key}`).digest();
  const letters = Array.from(digest.subarray(0, length), (byte) => LETTERS[byte & 31]);
  return `BANK-${letters.join('')}`;
}

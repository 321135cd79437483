/** Finds the one invoice that a typed number means. */
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { type FoundInvoice, findInvoicesByNumber, nearestNumbers } from '../store/accounts/invoices.ts';
import type { Sql } from '../store/transaction.ts';

/**
 * The invoice with this number, in any case, with or without its prefix and zeros, among the accounts of `owner`
 * (null: all); `customerId` tells two of the same number apart.
 *
 * Throws: InvalidInputError when several fit, naming them; NotFoundError with the nearest numbers.
 */
export async function findInvoice(
  sql: Sql,
  typed: string,
  owner: string | null,
  customerId?: number | undefined,
): Promise<FoundInvoice> {
  const all = await findInvoicesByNumber(sql, typed, owner);
  const found = customerId === undefined ? all : all.filter((each) => each.customer_id === customerId);
  const [first, second] = found;
  if (first && !second) return first;
  if (first) {
    const names = found.map(({ number, customer, source }) => `${number} of ${customer} (from ${source})`);
    throw new InvalidInputError(
      `"${typed}" fits ${found.length} invoices: ${names.join(', ')}. Say which one, by the whole number or the customer.`,
    );
  }
  const near = await nearestNumbers(sql, typed, owner);
  throw new NotFoundError(
    near.length > 0
      ? `There is no invoice ${typed}. The nearest numbers are ${near.join(', ')}.`
      : `There is no invoice ${typed} among those you may see. Check the number.`,
  );
}

/** The documents that a person names, as they stand now. */
import type { NamedInvoice } from '../../domain/cash/place-by-hand.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { findCreditsByNumber } from '../../store/cash/find-credits.ts';
import type { Sql } from '../../store/transaction.ts';
import { findInvoice } from '../find-invoice.ts';

export type InvoiceOf = NamedInvoice & { readonly customerId: number; readonly currency: string };

/**
 * An invoice by its number; of two with one number the one of `customerId` is meant.
 * Throws: NotFoundError, InvalidInputError (several fit, or another currency).
 */
export async function namedInvoice(
  sql: Sql,
  typed: string,
  about: { readonly customerId: number | null; readonly currency: string | null },
): Promise<InvoiceOf> {
  const found = await findInvoice(sql, typed, null).catch(async (error: unknown) => {
    if (about.customerId === null || !(error instanceof InvalidInputError)) throw error;
    return findInvoice(sql, typed, null, about.customerId);
  });
  if (about.currency !== null && found.currency !== about.currency)
    throw new InvalidInputError(
      `${found.number} is in ${found.currency}, the payment in ${about.currency}. Money is not put over currencies without a rate.`,
    );
  return {
    id: found.id,
    number: found.number,
    customer: found.customer,
    customerId: found.customer_id,
    currency: found.currency,
    open: found.open_minor,
  };
}

/** Throws: NotFoundError, InvalidInputError. */
export async function namedCredit(
  sql: Sql,
  typed: string,
  about: { readonly customerId: number | null; readonly currency: string },
): Promise<{ id: number; number: string; open: bigint }> {
  const all = await findCreditsByNumber(sql, typed);
  const same = all.filter(
    (credit) => about.customerId === null || all.length === 1 || credit.customer_id === about.customerId,
  );
  const [credit, second] = same;
  if (!credit) throw new NotFoundError(`There is no credit ${typed}.`);
  if (second)
    throw new InvalidInputError(
      `"${typed}" fits credits of ${same.map((each) => each.customer).join(' and ')}. Name the customer.`,
    );
  if (credit.currency !== about.currency)
    throw new InvalidInputError(
      `Credit ${credit.number} is in ${credit.currency}, not in ${about.currency}.`,
    );
  if (credit.open_minor <= 0n) throw new InvalidInputError(`Nothing of credit ${credit.number} is left.`);
  return { id: credit.id, number: credit.number, open: credit.open_minor };
}

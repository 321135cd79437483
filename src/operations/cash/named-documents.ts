/** The documents that a person names, as they stand now. */
import type { NamedInvoice } from '../../domain/cash/place-by-hand.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { familyAmong, findCreditsByNumber } from '../../store/cash/find-credits.ts';
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

/** A credit with the invoices it may go on, in their order. */
export type CreditOf = {
  readonly id: number;
  readonly number: string;
  readonly open: bigint;
  readonly invoices: readonly InvoiceOf[];
};

/** Those of the invoices that are the credit's own customer's or of its family: others are never paid with it. */
async function ownInvoices(
  sql: Sql,
  customerId: number,
  invoices: readonly InvoiceOf[],
): Promise<InvoiceOf[]> {
  const family = await familyAmong(
    sql,
    customerId,
    invoices.map((each) => each.customerId),
  );
  return invoices.filter((each) => family.has(each.customerId));
}

/**
 * A credit by its number, for use on these invoices. Of several with one number the one of the invoices' own customer
 * is meant, else the one of their family.
 * Throws: NotFoundError, InvalidInputError (several fit, another customer's, another currency, nothing left).
 */
export async function namedCredit(
  sql: Sql,
  typed: string,
  about: { readonly invoices: readonly InvoiceOf[]; readonly currency: string },
): Promise<CreditOf> {
  if (about.invoices.length === 0) throw new InvalidInputError(`Say which invoice credit ${typed} is for.`);
  const all = await findCreditsByNumber(sql, typed);
  if (all.length === 0) throw new NotFoundError(`There is no credit ${typed}.`);
  const fitting = [];
  for (const credit of all) {
    const invoices = await ownInvoices(sql, credit.customer_id, about.invoices);
    if (invoices.length > 0) fitting.push({ ...credit, invoices });
  }
  const own = fitting.filter((credit) => about.invoices.some((on) => on.customerId === credit.customer_id));
  const same = own.length > 0 ? own : fitting;
  const [credit, second] = same;
  if (!credit)
    throw new InvalidInputError(
      `Credit ${all[0]!.number} is of ${all[0]!.customer}; it does not pay ${about.invoices[0]!.number} of ${about.invoices[0]!.customer}.`,
    );
  if (second)
    throw new InvalidInputError(
      `"${typed}" fits credits of ${same.map((each) => each.customer).join(' and ')}. Name the invoice of the one you mean.`,
    );
  if (credit.currency !== about.currency)
    throw new InvalidInputError(
      `Credit ${credit.number} is in ${credit.currency}, not in ${about.currency}.`,
    );
  if (credit.open_minor <= 0n) throw new InvalidInputError(`Nothing of credit ${credit.number} is left.`);
  return { id: credit.id, number: credit.number, open: credit.open_minor, invoices: credit.invoices };
}

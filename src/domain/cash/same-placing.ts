/** Whether two placings book the same, whoever worked them out and however sure. */
import type { Placing } from './applications.ts';

const rows = (placing: Pick<Placing, 'applications' | 'credits' | 'adjustments' | 'unapplied'>): string =>
  JSON.stringify([
    placing.applications.map(({ invoiceId, amount }) => [invoiceId, amount]).sort(),
    placing.credits.map(({ creditId, invoiceId, amount }) => [creditId, invoiceId, amount]).sort(),
    placing.adjustments.map(({ kind, invoiceId, amount }) => [kind, invoiceId, amount]).sort(),
    placing.unapplied,
  ]);

/** Amounts are compared as decimal text with the digits of the currency. */
export const samePlacing = (one: Placing, other: Placing): boolean => rows(one) === rows(other);

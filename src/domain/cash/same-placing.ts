/** Whether two placings book the same, whoever worked them out and however sure. */
import type { Placing } from './applications.ts';

/** The part of a placing that is booked. Amounts are decimal text with the digits of the currency. */
export type Booked = {
  readonly applications: readonly Pick<Placing['applications'][number], 'invoiceId' | 'amount'>[];
  readonly credits: readonly Pick<Placing['credits'][number], 'creditId' | 'invoiceId' | 'amount'>[];
  readonly adjustments: readonly Pick<Placing['adjustments'][number], 'kind' | 'invoiceId' | 'amount'>[];
  readonly unapplied: string;
};

/** One text for all placings of a payment that book the same, in whatever order. */
export const bookedText = (placing: Booked): string =>
  JSON.stringify([
    placing.applications.map(({ invoiceId, amount }) => [invoiceId, amount]).sort(),
    placing.credits.map(({ creditId, invoiceId, amount }) => [creditId, invoiceId, amount]).sort(),
    placing.adjustments.map(({ kind, invoiceId, amount }) => [kind, invoiceId, amount]).sort(),
    placing.unapplied,
  ]);

/** Amounts are compared as decimal text with the digits of the currency. */
export const samePlacing = (one: Booked, other: Booked): boolean => bookedText(one) === bookedText(other);

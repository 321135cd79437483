/** A letter about invoices, in any language. */
import type { Day } from '../../src/domain/calendar.ts';

export type Facts = {
  /** Invoice numbers, e.g. "INV-1, INV-2". */
  invoices: string;
  /** With the currency, e.g. "1250.00 USD". */
  amount: string;
  day: Day;
  /** What the customer says in its own words; empty where the text has its own. */
  quote: string;
  /** Who writes. */
  name: string;
  company: string;
};
export type Letter = { subject: string; body: string };
export type MailKind =
  | 'reminder'
  | 'promise'
  | 'dispute'
  | 'out of office'
  | 'remittance'
  | 'already paid'
  | 'copy request'
  | 'left';
export type Phrases = Record<MailKind, (facts: Facts) => Letter> & {
  promiseQuote: (facts: Pick<Facts, 'invoices' | 'day'>) => string;
  /** The line above a quoted mail. */
  wrote: (day: Day, who: string) => string;
};

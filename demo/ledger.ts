/** The documents of the demo ledger before they become CSV. Amounts are minor units of the document's currency. */
import type { Day } from '../src/domain/calendar.ts';
import type { DemoCustomer } from './roster.ts';

/** Money that comes on a day, as a share of the invoice. */
export type PlannedPayment = { on: Day; percent: number };

/** An invoice the story needs: due on about `due`, paid as written here instead of by the customer's habit. */
export type Plot = {
  /** Finds the invoice again after numbering. */
  key: string;
  customer: string;
  /** The issue day moves back to a working day, and the due day with it, by two days at most. */
  due: Day;
  payments: readonly PlannedPayment[];
  amountMinor?: bigint;
  number?: string;
};

export type DemoInvoice = {
  number: string;
  customer: DemoCustomer;
  issuedOn: Day;
  dueOn: Day;
  currency: string;
  amountMinor: bigint;
  poNumber: string;
  description: string;
  plot: Plot | null;
};

export type DemoApplication = { invoice: DemoInvoice; amountMinor: bigint; on: Day };

export type DemoPayment = {
  id: string;
  receivedOn: Day;
  currency: string;
  amountMinor: bigint;
  payerName: string;
  payerAccount: string;
  reference: string;
  method: string;
  /** Null where nobody knows yet whose money it is. */
  customer: DemoCustomer | null;
  applications: readonly DemoApplication[];
};

export type DemoCredit = {
  number: string;
  customer: DemoCustomer;
  issuedOn: Day;
  currency: string;
  amountMinor: bigint;
  openMinor: bigint;
};

/** The whole ledger, with what the story needs to look things up. */
export type DemoLedger = {
  today: Day;
  invoices: readonly DemoInvoice[];
  payments: readonly DemoPayment[];
  credits: readonly DemoCredit[];
  /** Minor units still owed by invoice number. */
  open: ReadonlyMap<string, bigint>;
  byPlot: ReadonlyMap<string, DemoInvoice>;
};

/** Throws: Error when the story names an invoice that was not made. */
export function plotted(ledger: Pick<DemoLedger, 'byPlot'>, key: string): DemoInvoice {
  const found = ledger.byPlot.get(key);
  if (!found) throw new Error(`the demo story has no invoice ${key}`);
  return found;
}

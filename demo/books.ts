/** The demo ledger for a seed and a day: invoices, the money that came in, credits, and what is still open. */
import type { Day } from '../src/domain/calendar.ts';
import { billInvoices } from './billing.ts';
import { receivePayments } from './cash.ts';
import { issueCredits } from './credits.ts';
import type { DemoInvoice, DemoLedger } from './ledger.ts';
import { plots } from './plots.ts';

export function keepBooks(seed: number, today: Day): DemoLedger {
  const invoices = billInvoices(seed, today, plots(today));
  const payments = receivePayments(seed, today, invoices);
  const open = new Map(invoices.map(({ number, amountMinor }) => [number, amountMinor]));
  for (const { applications } of payments)
    for (const { invoice, amountMinor } of applications)
      open.set(invoice.number, (open.get(invoice.number) ?? 0n) - amountMinor);
  const byPlot = new Map<string, DemoInvoice>();
  for (const invoice of invoices) if (invoice.plot) byPlot.set(invoice.plot.key, invoice);
  return { today, invoices, payments, credits: issueCredits(today), open, byPlot };
}

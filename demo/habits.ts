/** When each kind of payer pays an invoice, and how much of it at a time. */
import { addDays, type Day, startOf } from '../src/domain/calendar.ts';
import type { DemoInvoice } from './ledger.ts';
import type { Random } from './random.ts';
import type { PayerKind } from './roster.ts';
import { lastWorkdayOfMonth, workdayOnOrAfter, workdayOnOrBefore } from './workdays.ts';

/** One part of what is paid on an invoice; `amountMinor` are minor units of the invoice's currency. */
export type Part = { on: Day; amountMinor: bigint };
type Habit = (invoice: DemoInvoice, random: Random) => Part[];

const whole = ({ amountMinor }: DemoInvoice, on: Day): Part[] => [{ on, amountMinor }];
const daysAfterDue = ({ dueOn }: DemoInvoice, days: number): Day => workdayOnOrAfter(addDays(dueOn, days));

/** A share in percent, rounded down to a hundred major units where the invoice is large enough. */
function shareOf(amountMinor: bigint, percent: number): bigint {
  const exact = (amountMinor * BigInt(percent)) / 100n;
  return exact > 100_000n ? exact - (exact % 10_000n) : exact;
}

/** The monthly run is on the 25th, or the next working day; it takes what is due up to five days after it. */
function monthlyRun({ dueOn }: DemoInvoice): Day {
  const earliest = addDays(dueOn, -5);
  const run = workdayOnOrAfter(addDays(startOf('month', earliest), 24));
  if (run >= earliest) return run;
  return workdayOnOrAfter(addDays(startOf('month', addDays(startOf('month', earliest), 32)), 24));
}

const habits: Record<PayerKind, Habit> = {
  prompt: (invoice, random) => whole(invoice, workdayOnOrBefore(addDays(invoice.dueOn, -random.int(0, 5)))),
  'first time late': (invoice, random) =>
    whole(invoice, workdayOnOrBefore(addDays(invoice.dueOn, -random.int(0, 3)))),
  'twelve days late': (invoice, random) => whole(invoice, daysAfterDue(invoice, random.int(11, 13))),
  'end of month': (invoice) => whole(invoice, lastWorkdayOfMonth(invoice.dueOn)),
  chronic: (invoice, random) => whole(invoice, daysAfterDue(invoice, random.int(46, 78))),
  consolidated: (invoice) => whole(invoice, monthlyRun(invoice)),
  partial: (invoice, random) => {
    const first = shareOf(invoice.amountMinor, random.pick([40, 50, 60]));
    return [
      { on: daysAfterDue(invoice, random.int(2, 7)), amountMinor: first },
      { on: daysAfterDue(invoice, random.int(24, 38)), amountMinor: invoice.amountMinor - first },
    ];
  },
  // takes a discount that nobody gave, and mostly pays it back when asked two months later
  'short payer': (invoice, random) => {
    const short = random.chance(45) ? (invoice.amountMinor * BigInt(random.int(1, 3))) / 100n : 0n;
    const first = { on: daysAfterDue(invoice, random.int(0, 5)), amountMinor: invoice.amountMinor - short };
    const later = { on: daysAfterDue(invoice, random.int(55, 80)), amountMinor: short };
    return short === 0n || random.chance(15) ? [first] : [first, later];
  },
};

/**
 * What comes in on an invoice and when, in order of days, by the story where there is one and by habit elsewhere.
 * Keeps: the parts together are never more than the invoice. Days may be in the future; the caller stops at today.
 */
export function paymentPlan(invoice: DemoInvoice, random: Random): Part[] {
  if (!invoice.plot) return habits[invoice.customer.kind](invoice, random);
  return invoice.plot.payments.map(({ on, percent }) => ({
    on,
    amountMinor: (invoice.amountMinor * BigInt(percent)) / 100n,
  }));
}

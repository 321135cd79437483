/** The reminders of the last ninety days: by days past due, all due invoices of a customer in one mail. */
import { addDays, type Day, daysBetween } from '../src/domain/calendar.ts';
import { disputeStories, heldCustomer } from './disputes.ts';
import { type DemoInvoice, type DemoLedger, plotted } from './ledger.ts';
import { promiseStories } from './promises.ts';
import { roster } from './roster.ts';
import { collector, seniorCollector } from './team.ts';
import { workdayOnOrAfter } from './workdays.ts';

export type DemoEvent = {
  /** Unique and the same for the same seed and day. */
  key: string;
  customer: string;
  /** Null where it is about several invoices or about the account. */
  invoice: string | null;
  kind: 'delivered' | 'viewed' | 'chased' | 'replied' | 'called' | 'escalated' | 'note';
  day: Day;
  /** ISO 8601 in UTC. */
  at: string;
  actor: string;
  summary: string;
};

/** Overdue and yet nobody ever wrote to them. */
const neverChased = new Set(['cyberdyne', 'wattle', 'mirai', 'merlion']);
/** Days past due on which a reminder goes out. */
const steps = [4, 14, 30, 50, 75] as const;
const stepNames = [
  'Reminder',
  'Second reminder',
  'Third reminder',
  'Urgent reminder',
  'Final notice',
] as const;
const CHASE_WINDOW_DAYS = 90;
/** A customer is not written to again before so many days have passed. */
const MINIMUM_GAP_DAYS = 4;

/** The day each invoice was fully paid. */
function paidDays(ledger: DemoLedger): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const { applications } of ledger.payments)
    for (const { invoice, on } of applications)
      if (ledger.open.get(invoice.number) === 0n && on > (days.get(invoice.number) ?? ''))
        days.set(invoice.number, on);
  return days;
}

/** From when an invoice is left alone: it is disputed, or promised. */
function silences(ledger: DemoLedger): Map<string, Day> {
  const from = new Map<string, Day>();
  for (const { key, openedDaysAgo } of disputeStories)
    from.set(plotted(ledger, key).number, addDays(ledger.today, -openedDaysAgo - 4));
  for (const { key, madeOn } of promiseStories(ledger.today))
    from.set(plotted(ledger, key).number, addDays(madeOn, -4));
  return from;
}

type Chase = { invoice: DemoInvoice; step: number; day: Day };

function dueChases(ledger: DemoLedger): Chase[] {
  const paid = paidDays(ledger);
  const silent = silences(ledger);
  const from = addDays(ledger.today, -CHASE_WINDOW_DAYS);
  const heldFrom = addDays(ledger.today, -heldCustomer.daysAgo - 2); // the hold may begin on the Friday before
  return ledger.invoices
    .filter(({ customer }) => !neverChased.has(customer.slug))
    .flatMap((invoice) =>
      steps.map((days, step) => ({ invoice, step, day: workdayOnOrAfter(addDays(invoice.dueOn, days)) })),
    )
    .filter(({ invoice: { number }, day }) => day >= from && day < (paid.get(number) ?? ledger.today))
    .filter(({ invoice: { number }, day }) => day < (silent.get(number) ?? ledger.today))
    .filter(({ invoice: { customer }, day }) => customer.slug !== heldCustomer.slug || day < heldFrom);
}

const chaseEvent = (chases: readonly Chase[]): DemoEvent => {
  const { invoice, day } = chases[0]!;
  const step = Math.max(...chases.map((chase) => chase.step));
  const numbers = chases.map((chase) => chase.invoice.number);
  return {
    key: `chased ${invoice.customer.code} ${day}`,
    customer: invoice.customer.code,
    invoice: numbers.length === 1 ? invoice.number : null,
    kind: 'chased',
    day,
    at: `${day}T09:${String(10 + (chases.length % 45)).padStart(2, '0')}:00Z`,
    actor: invoice.customer.segment === 'Enterprise' ? seniorCollector : collector,
    summary: `${stepNames[Math.min(step, 4)]} by email about ${numbers.join(', ')}`,
  };
};

/** One reminder a customer and day, all its due invoices together, never two within four days. */
export function reminders(ledger: DemoLedger): DemoEvent[] {
  const chases = dueChases(ledger);
  return roster.flatMap((customer) => {
    const own = chases.filter(({ invoice }) => invoice.customer === customer);
    const events: DemoEvent[] = [];
    for (const day of [...new Set(own.map((chase) => chase.day))].sort()) {
      const last = events.at(-1);
      if (last && daysBetween(last.day, day) < MINIMUM_GAP_DAYS) continue;
      events.push(chaseEvent(own.filter((chase) => chase.day === day)));
    }
    return events;
  });
}

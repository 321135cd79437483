/** What happened around the invoices: reminders, calls, notes, and the story of INV-3310. */
import { addDays } from '../src/domain/calendar.ts';
import { type DemoLedger, plotted } from './ledger.ts';
import { type DemoEvent, reminders } from './reminders.ts';
import { customerOf } from './roster.ts';
import { collector, salesReps, seniorCollector } from './team.ts';
import { workdayOnOrBefore } from './workdays.ts';

/** Customer, days ago, kind, what happened. */
const calls: readonly [customer: string, daysAgo: number, kind: 'called' | 'note', summary: string][] = [
  ['oscorp', 19, 'called', 'Called accounts payable, voicemail, left the invoice numbers'],
  ['oscorp', 11, 'called', 'Called again, the finance director is said to call back'],
  ['brawndo', 33, 'called', 'Number is not in service, asked sales for another contact'],
  ['umbrella', 15, 'called', 'Finance director asks for a payment plan over three months'],
  ['umbrella', 14, 'note', 'Credit limit is under review after the call of yesterday'],
  [
    'northwind',
    6,
    'called',
    'Spoke with accounts payable: the disputed line is separate, the other invoice is approved',
  ],
  ['globex', 3, 'note', 'Part payment of INV-20418 arrived, the rest waits for a cost centre approval'],
  ['zorin', 26, 'called', 'Accounts payable says the approver is on leave until next week'],
  ['piedpiper', 8, 'called', 'Founder says the funding round closes this month'],
  ['hooli', 5, 'note', 'Tax exemption certificate requested from purchasing'],
];

const conversations = (ledger: DemoLedger): DemoEvent[] =>
  calls.map(([slug, daysAgo, kind, summary], index) => {
    const day = workdayOnOrBefore(addDays(ledger.today, -daysAgo));
    return {
      key: `${kind} ${index}`,
      customer: customerOf(slug).code,
      invoice: slug === 'globex' ? plotted(ledger, 'globex-partly-paid').number : null,
      kind,
      day,
      at: `${day}T13:30:00Z`,
      actor: index % 2 === 0 ? collector : seniorCollector,
      summary,
    };
  });

/** Days ago, kind, who, what: the life of the disputed INV-3310, beside its payment and its dispute. */
const oldInvoice: readonly [daysAgo: number, kind: DemoEvent['kind'], actor: string, summary: string][] = [
  [126, 'delivered', 'mail', 'Invoice was delivered to the accounts payable mailbox'],
  [124, 'viewed', 'customer', 'Invoice was opened from the mail link'],
  [92, 'chased', collector, 'Reminder by email about INV-3310'],
  [88, 'replied', 'customer', 'Accounts payable answers that a first part comes with the next run'],
  [85, 'called', collector, 'Accounts payable confirms 60 % this week and checks the quantities of the rest'],
  [70, 'note', collector, 'Asked the warehouse for the proof of delivery of all 60 units'],
  [55, 'called', collector, 'Purchasing insists that 24 units are missing, no carrier claim so far'],
  [41, 'note', salesReps.maria, 'Carrier found one pallet at the wrong dock, 12 units were delivered late'],
  [30, 'escalated', seniorCollector, 'Escalated to the account owner: open for more than a month'],
  [12, 'note', seniorCollector, 'Credit note for the 12 missing units is drafted and waits for approval'],
];

const storyOfOldInvoice = (ledger: DemoLedger): DemoEvent[] => {
  const invoice = plotted(ledger, 'dispute-vandelay');
  return oldInvoice.map(([daysAgo, kind, actor, summary], index) => {
    const day = workdayOnOrBefore(addDays(ledger.today, -daysAgo));
    return {
      key: `inv-3310 ${index}`,
      customer: invoice.customer.code,
      invoice: invoice.number,
      kind,
      day,
      at: `${day}T15:0${index % 10}:00Z`,
      actor,
      summary,
    };
  });
};

/** All events in the order they happened, but for mail, which stands on the timeline by itself; none is in the future. */
export const timelineEvents = (ledger: DemoLedger): DemoEvent[] =>
  [...reminders(ledger), ...conversations(ledger), ...storyOfOldInvoice(ledger)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );

/** What the incoming mail of the demo company is about: promises, disputes, remittance advice, absences and the like. */
import { addDays, type Day } from '../src/domain/calendar.ts';
import { disputeStories } from './disputes.ts';
import { type DemoInvoice, type DemoLedger, plotted } from './ledger.ts';
import type { MailKind } from './phrases/letter.ts';
import { promiseStories } from './promises.ts';
import type { DemoCustomer } from './roster.ts';
import { workdayBefore, workdayOnOrBefore } from './workdays.ts';

/** One mail to write. `on` is the day it is sent, `day` the one it names; the amount is in minor units. */
export type Topic = {
  kind: MailKind;
  customer: DemoCustomer;
  on: Day;
  invoices: readonly DemoInvoice[];
  day: Day;
  quote: string;
  amountMinor: bigint;
};

/** What was owed on the invoices on the morning of a day. */
function owedOn(ledger: DemoLedger, invoices: readonly DemoInvoice[], day: Day): bigint {
  const paid = ledger.payments
    .flatMap(({ applications }) => applications)
    .filter(({ invoice, on }) => invoices.includes(invoice) && on < day);
  return (
    invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) -
    paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  );
}

const topic = (
  ledger: DemoLedger,
  kind: MailKind,
  on: Day,
  invoices: readonly DemoInvoice[],
  more: Partial<Topic> = {},
): Topic => ({
  kind,
  customer: invoices[0]!.customer,
  on,
  invoices,
  day: on,
  quote: '',
  amountMinor: owedOn(ledger, invoices, on),
  ...more,
});

/** Every fourth promise was given on the telephone. */
const promises = (ledger: DemoLedger): Topic[] =>
  promiseStories(ledger.today)
    .filter((_, index) => index % 4 !== 2)
    .map(({ key, madeOn, payOn }) =>
      topic(ledger, 'promise', madeOn, [plotted(ledger, key)], { day: payOn }),
    );

const disputes = (ledger: DemoLedger): Topic[] =>
  disputeStories.map(({ key, openedDaysAgo, quote }) =>
    topic(
      ledger,
      'dispute',
      workdayOnOrBefore(addDays(ledger.today, -openedDaysAgo)),
      [plotted(ledger, key)],
      {
        quote,
      },
    ),
  );

/** The newest payments of customers who pay many invoices at once, and of some who pay one. */
function remittances(ledger: DemoLedger): Topic[] {
  const advised = ['acme', 'wayne', 'wonka', 'tanuki', 'mueller', 'lemaire', 'globex'];
  return advised.map((slug) => {
    const payment = ledger.payments.findLast(
      ({ customer, applications }) => customer?.slug === slug && applications.length > 0,
    );
    if (!payment) throw new Error(`the demo customer ${slug} has never paid`);
    return topic(
      ledger,
      'remittance',
      workdayBefore(payment.receivedOn),
      payment.applications.map(({ invoice }) => invoice),
      { day: payment.receivedOn, amountMinor: payment.amountMinor },
    );
  });
}

/** Answers to reminders: kind, customer, days ago, days from the mail to the day it names. */
const others: readonly [kind: MailKind, customer: string, daysAgo: number, offset: number][] = [
  ['out of office', 'sterling', 17, 6],
  ['out of office', 'acme-de', 10, 9],
  ['out of office', 'umbrella-fr', 27, 12],
  ['out of office', 'aragonda', 56, 15],
  ['already paid', 'padma', 12, -9],
  ['already paid', 'molinari', 24, -6],
  ['already paid', 'umbrella-fr', 36, -10],
  ['copy request', 'tanuki', 30, 0],
  ['copy request', 'zorin', 41, 0],
  ['copy request', 'kaminari', 15, 0],
  ['left', 'umbrella', 62, 0],
  // unread
  ['promise', 'initech', 1, 4],
  ['promise', 'zorin', 1, 9],
  ['dispute', 'acme-uk', 1, 0],
  ['already paid', 'aragonda', 1, -3],
  ['copy request', 'sirius', 1, 0],
  ['out of office', 'tyrell', 1, 5],
];

function answers(ledger: DemoLedger): Topic[] {
  return others.map(([kind, slug, daysAgo, offset]) => {
    const on = workdayOnOrBefore(addDays(ledger.today, -daysAgo));
    const overdue = ledger.invoices.filter(
      ({ customer, number, dueOn, plot }) =>
        customer.slug === slug &&
        dueOn < on &&
        ledger.open.get(number) !== 0n &&
        !plot?.key.startsWith('dispute'),
    );
    const about = overdue.slice(-1);
    if (about.length === 0) throw new Error(`the demo customer ${slug} has nothing overdue on ${on}`);
    return topic(ledger, kind, on, about, {
      day: kind === 'promise' ? addDays(on, offset) : workdayOnOrBefore(addDays(on, offset)),
      quote: kind === 'dispute' ? 'two of the five pallets arrived damaged, photos are attached.' : '',
    });
  });
}

export const mailTopics = (ledger: DemoLedger): Topic[] => [
  ...promises(ledger),
  ...disputes(ledger),
  ...remittances(ledger),
  ...answers(ledger),
];

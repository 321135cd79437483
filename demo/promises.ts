/** Promises to pay: some for this week, some later, some kept, partly kept and broken, whatever the day is. */
import { addDays, type Day, daysBetween, endOf, startOf } from '../src/domain/calendar.ts';
import { type DecimalText, toDecimal } from '../src/domain/money.ts';
import { type DemoLedger, type PlannedPayment, type Plot, plotted } from './ledger.ts';
import { phrasesOf } from './phrases/phrases.ts';
import { collector, seniorCollector } from './team.ts';
import { earlierOf, fridayOf, isWorkday, laterOf, workdayOnOrAfter, workdayOnOrBefore } from './workdays.ts';

export type PromiseMethod = 'card' | 'ach' | 'wire' | 'cheque' | 'other';
export type DemoPromise = {
  customer: string;
  invoices: readonly string[];
  currency: string;
  amount: DecimalText;
  madeOn: Day;
  payOn: Day;
  method: PromiseMethod | null;
  quote: string;
  recordedBy: string;
};
export type PromiseOutcome = 'this week' | 'later' | 'broken' | 'broken before' | 'kept' | 'partly kept';

export type PromiseStory = {
  key: string;
  customer: string;
  outcome: PromiseOutcome;
  payOn: Day;
  madeOn: Day;
  method: PromiseMethod | null;
  daysOverdue: number;
};

const customersOf: Record<PromiseOutcome, readonly string[]> = {
  'this week': ['northwind', 'acme-de', 'piedpiper'],
  later: ['dunder', 'hoshizora'],
  broken: ['tyrell', 'bluth', 'ashworth'],
  'broken before': ['oscorp', 'etoile'],
  kept: ['gekko', 'castellar', 'kaminari'],
  'partly kept': ['delta-foods'],
};

/** Today (on a weekend the Friday before), Friday, and Wednesday, which by ACH has its deadline on Sunday. */
const thisWeek = (today: Day): Day[] => [
  workdayOnOrBefore(today),
  fridayOf(today),
  addDays(startOf('week', today), 2),
];

/**
 * Promised days of this month whose deadline has passed: two days ago is the latest (by card, with one day of grace).
 * On the first two days of a month there is none, so they fall into the month before.
 */
function brokenDays(today: Day): Day[] {
  const latest = addDays(today, -2);
  const first = startOf('month', today);
  const from = latest < first ? addDays(latest, -9) : first;
  const days = [latest, addDays(latest, -4), addDays(latest, -9)].map((day) => laterOf(day, from));
  return days.map((day) => (isWorkday(day) || workdayOnOrBefore(day) < from ? day : workdayOnOrBefore(day)));
}

function payDays(today: Day): Record<PromiseOutcome, readonly Day[]> {
  const lastMonth = endOf('month', addDays(startOf('month', today), -1));
  return {
    'this week': thisWeek(today),
    later: [workdayOnOrAfter(addDays(fridayOf(today), 6)), workdayOnOrAfter(addDays(today, 24))],
    broken: brokenDays(today),
    'broken before': [addDays(lastMonth, -12), addDays(lastMonth, -20)].map(workdayOnOrBefore),
    kept: [-12, -26, -40].map((days) => workdayOnOrBefore(addDays(today, days))),
    'partly kept': [workdayOnOrBefore(addDays(today, -15))],
  };
}

/** The slow methods have their deadline later, so a promise broken just now was one by card. */
function methodOf(outcome: PromiseOutcome, payOn: Day, today: Day, index: number): PromiseMethod | null {
  if (outcome === 'broken') return payOn <= addDays(today, -5) ? 'ach' : 'card';
  if (outcome === 'this week') return index === 1 ? 'wire' : 'ach';
  return index % 2 === 0 ? 'wire' : null;
}

export function promiseStories(today: Day): PromiseStory[] {
  const days = payDays(today);
  return (Object.keys(customersOf) as PromiseOutcome[]).flatMap((outcome) =>
    customersOf[outcome].map((customer, index) => {
      const payOn = days[outcome][index]!;
      const open = outcome === 'this week' || outcome === 'later';
      const madeOn = workdayOnOrBefore(addDays(open ? addDays(today, -2 - index) : payOn, open ? -1 : -7));
      const made = earlierOf(madeOn, payOn);
      return {
        key: `promise-${customer}`,
        customer,
        outcome,
        payOn,
        madeOn: made,
        method: methodOf(outcome, payOn, today, index),
        daysOverdue: daysBetween(made, today) + 9 + 2 * index,
      };
    }),
  );
}

const paymentsOf = ({ outcome, payOn }: PromiseStory): PlannedPayment[] => {
  if (outcome === 'kept') return [{ on: workdayOnOrBefore(payOn), percent: 100 }];
  if (outcome === 'partly kept') return [{ on: workdayOnOrBefore(payOn), percent: 45 }];
  return [];
};

export const promisePlots = (today: Day): Plot[] =>
  promiseStories(today).map((story) => ({
    key: story.key,
    customer: story.customer,
    due: addDays(today, -story.daysOverdue),
    payments: paymentsOf(story),
  }));

export const promiseRecords = (ledger: DemoLedger): DemoPromise[] =>
  promiseStories(ledger.today).map((story, index) => {
    const invoice = plotted(ledger, story.key);
    return {
      customer: invoice.customer.code,
      invoices: [invoice.number],
      currency: invoice.currency,
      amount: toDecimal(invoice.amountMinor, invoice.currency),
      madeOn: story.madeOn,
      payOn: story.payOn,
      method: story.method,
      quote: phrasesOf(invoice.customer.language).promiseQuote({
        invoices: invoice.number,
        day: story.payOn,
      }),
      recordedBy: index % 3 === 0 ? seniorCollector : collector,
    };
  });

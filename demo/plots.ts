/** Invoices that must be there whatever the day is: the ones people ask about, and some in every aging bucket. */
import { addDays, type Day } from '../src/domain/calendar.ts';
import { disputePlots } from './disputes.ts';
import type { Plot } from './ledger.ts';
import { promisePlots } from './promises.ts';
import { roster } from './roster.ts';
import { isWorkday, workdayOnOrBefore } from './workdays.ts';

/** Customer and days past due of invoices that nobody paid. */
const unpaid: readonly [customer: string, daysOverdue: number][] = [
  // the first late invoice of customers who always paid on time
  ['cyberdyne', 11],
  ['sirius', 6],
  ['mirai', 17],
  ['wattle', 4],
  // past due, without a promise or a dispute
  ['piedpiper', 46],
  ['piedpiper', 16],
  ['initech', 24],
  ['initech', 9],
  ['acme-de', 12],
  ['acme-uk', 14],
  ['acme', 10],
  ['umbrella', 101],
  ['umbrella', 133],
  ['umbrella-fr', 68],
  ['zorin', 97],
  ['sterling', 119],
  ['brawndo', 205],
  ['molinari', 88],
  ['kaminari', 39],
  ['padma', 71],
  ['tanuki', 94],
  ['ashworth', 72],
  ['hoshizora', 66],
  ['wernham', 103],
];

/** Not due yet, so that the groups and Initech always owe something. */
const upcoming: readonly [customer: string, daysUntilDue: number][] = [
  ['acme', 20],
  ['acme-de', 9],
  ['acme-uk', 17],
  ['initech', 13],
  ['globex', 12],
  ['northwind', 15],
  ['stark', 26],
];

/** Open invoices that fell due exactly so many days ago: somebody always went overdue "since Friday". */
const justOverdue = [1, 2, 3, 5] as const;

function exactlyDue(today: Day): Plot[] {
  const late = roster.filter((customer) => customer.kind === 'twelve days late');
  const taken = new Set<string>();
  return justOverdue.map((daysAgo) => {
    const due = addDays(today, -daysAgo);
    const customer = late.find(
      ({ slug, termsDays }) => !taken.has(slug) && isWorkday(addDays(due, -termsDays)),
    );
    if (!customer) throw new Error(`no customer of the demo has terms that end on ${due}`);
    taken.add(customer.slug);
    return { key: `overdue-${daysAgo}`, customer: customer.slug, due, payments: [] };
  });
}

/** Every invoice of the story, for a day. */
export function plots(today: Day): Plot[] {
  return [
    {
      key: 'globex-partly-paid',
      customer: 'globex',
      due: addDays(today, -9),
      amountMinor: 4_825_000n,
      payments: [{ on: workdayOnOrBefore(addDays(today, -3)), percent: 60 }],
    },
    ...unpaid.map(([customer, days], index) => ({
      key: `unpaid-${index}`,
      customer,
      due: addDays(today, -days),
      payments: [],
    })),
    ...upcoming.map(([customer, days], index) => ({
      key: `upcoming-${index}`,
      customer,
      due: addDays(today, days),
      payments: [],
    })),
    ...exactlyDue(today),
    ...disputePlots(today),
    ...promisePlots(today),
  ];
}

/** Contested invoices of the demo company and the holds that stop chasing. */
import { addDays, type Day } from '../src/domain/calendar.ts';
import { type DecimalText, toDecimal } from '../src/domain/money.ts';
import { type DemoLedger, type Plot, plotted } from './ledger.ts';
import { customerOf } from './roster.ts';
import { collector, salesReps, seniorCollector } from './team.ts';
import { workdayOnOrBefore } from './workdays.ts';

export type DemoDispute = {
  customer: string;
  invoice: string;
  reason: DisputeReason;
  currency: string;
  amount: DecimalText;
  owner: string | null;
  openedOn: Day;
  dueOn: Day | null;
  quote: string;
};
type DisputeReason =
  | 'price'
  | 'quantity'
  | 'quality'
  | 'not_received'
  | 'wrong_po'
  | 'duplicate'
  | 'tax'
  | 'already_credited'
  | 'contract';

export type DemoHold = {
  customer: string;
  invoice: string | null;
  reason: string;
  placedBy: string;
  fromOn: Day;
  untilOn: Day | null;
};

type DisputeStory = {
  key: string;
  customer: string;
  reason: DisputeReason;
  daysOverdue: number;
  openedDaysAgo: number;
  owner: string | null;
  /** Share of the open amount that is contested. */
  percent: number;
  quote: string;
};

const { maria, james, lena, aiko, omar } = salesReps;

/** Customer, reason, days past due, opened days ago, who is on it, contested share, the customer's own words. */
const rows: readonly [
  customer: string,
  reason: DisputeReason,
  daysOverdue: number,
  openedDaysAgo: number,
  owner: string | null,
  percent: number,
  quote: string,
][] = [
  ['vandelay', 'quantity', 96, 74, collector, 100, 'We only received 36 of the 60 units on this invoice.'],
  ['northwind', 'price', 26, 18, maria, 35, 'The unit price is not the one on our order confirmation.'],
  ['umbrella-fr', 'quality', 63, 41, lena, 100, 'Une partie de la livraison est défectueuse.'],
  ['mueller', 'not_received', 35, 22, lena, 100, 'Die Lieferung zu dieser Rechnung ist nie angekommen.'],
  ['wonka', 'wrong_po', 14, 9, omar, 100, 'The PO number on the invoice is closed, please reissue it.'],
  ['hooli', 'tax', 8, 5, james, 8, 'Sales tax was charged although we are exempt, see our certificate.'],
  ['nakatomi', 'duplicate', 20, 13, aiko, 100, 'This appears to be a duplicate of an earlier invoice.'],
  ['wernham', 'already_credited', 44, 31, seniorCollector, 50, 'Half of this was to be credited.'],
  ['delta-freight', 'contract', 71, 58, null, 60, 'The fuel surcharge is not part of our contract.'],
];

export const disputeStories: readonly DisputeStory[] = rows.map(
  ([customer, reason, daysOverdue, openedDaysAgo, owner, percent, quote]) => ({
    key: `dispute-${customer}`,
    customer,
    reason,
    daysOverdue,
    openedDaysAgo,
    owner,
    percent,
    quote,
  }),
);

/** The disputed invoices; Vandelay's is the old INV-3310 on which 60 % came in before the dispute. */
export const disputePlots = (today: Day): Plot[] =>
  disputeStories.map(({ key, customer, daysOverdue }) => ({
    key,
    customer,
    due: addDays(today, -daysOverdue),
    ...(customer === 'vandelay'
      ? {
          number: 'INV-3310',
          amountMinor: 1_860_000n,
          payments: [{ on: workdayOnOrBefore(addDays(today, -81)), percent: 60 }],
        }
      : { payments: [] }),
  }));

export const disputeRecords = (ledger: DemoLedger): DemoDispute[] =>
  disputeStories.map(({ key, reason, openedDaysAgo, owner, percent, quote }) => {
    const invoice = plotted(ledger, key);
    const open = ledger.open.get(invoice.number) ?? 0n;
    const openedOn = workdayOnOrBefore(addDays(ledger.today, -openedDaysAgo));
    return {
      customer: invoice.customer.code,
      invoice: invoice.number,
      reason,
      currency: invoice.currency,
      amount: toDecimal((open * BigInt(percent)) / 100n, invoice.currency),
      owner,
      openedOn,
      dueOn: addDays(openedOn, 21),
      quote,
    };
  });

/** The customer that is not chased for now, and since how many days. */
export const heldCustomer = { slug: 'umbrella', daysAgo: 8 } as const;

/** One customer and one invoice that must not be chased for now. */
export const holdRecords = (ledger: DemoLedger): DemoHold[] => [
  {
    customer: customerOf(heldCustomer.slug).code,
    invoice: null,
    reason: 'Payment plan is being negotiated between the finance directors',
    placedBy: seniorCollector,
    fromOn: workdayOnOrBefore(addDays(ledger.today, -heldCustomer.daysAgo)),
    untilOn: addDays(ledger.today, 20),
  },
  {
    customer: plotted(ledger, 'dispute-wonka').customer.code,
    invoice: plotted(ledger, 'dispute-wonka').number,
    reason: 'Invoice is being reissued with the right PO number',
    placedBy: collector,
    fromOn: workdayOnOrBefore(addDays(ledger.today, -9)),
    untilOn: null,
  },
];

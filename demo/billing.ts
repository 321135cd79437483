/** Eighteen months of invoices: each customer's regular billing, the invoices of the story, and their numbers. */
import { addDays, addMonths, type Day, daysBetween, parseDay } from '../src/domain/calendar.ts';
import type { DemoInvoice, Plot } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { customerOf, type DemoCustomer, roster, type Segment } from './roster.ts';
import { workdayOnOrBefore } from './workdays.ts';

/** The number of Globex' partly paid invoice; the rest of the sequence is laid around it. */
const GLOBEX_NUMBER = 20_418;
/** The next number of the older sequence after INV-3310, counted back from there. */
const OLD_NUMBER = 3_310;

/** Regular invoices of a customer in eighteen months. */
const volumes: Record<Segment, number> = { Enterprise: 32, 'Mid-market': 23, SMB: 17 };

/** Quantity and unit price in cents; the range of what each segment buys. */
const baskets: Record<Segment, { quantity: [number, number]; prices: readonly number[] }> = {
  Enterprise: { quantity: [30, 190], prices: [9_500, 14_000, 26_000, 48_000] },
  'Mid-market': { quantity: [10, 70], prices: [9_500, 14_000, 26_000] },
  SMB: { quantity: [2, 22], prices: [4_900, 9_500, 14_000] },
};

const goods = [
  'Platform subscription',
  'Support plan',
  'Spare parts',
  'Field service',
  'Training days',
  'Replacement units',
  'Consumables',
];

/** Prices are kept in cents of a dollar; a yen price has about the same number in whole yen. */
function amountOf(customer: DemoCustomer, random: Random): bigint {
  const { quantity, prices } = baskets[customer.segment];
  const net = BigInt(random.int(...quantity)) * BigInt(random.pick(prices));
  if (customer.currency === 'JPY') return (net * 3n) / 2n;
  return random.chance(40) ? net + BigInt(random.int(500, 24_999)) : net; // freight
}

type Draft = Omit<DemoInvoice, 'number'>;

function draft(customer: DemoCustomer, wishedIssue: Day, plot: Plot | null, random: Random): Draft {
  const issuedOn = workdayOnOrBefore(wishedIssue);
  const amountMinor = amountOf(customer, random);
  return {
    customer,
    issuedOn,
    dueOn: addDays(issuedOn, customer.termsDays),
    currency: customer.currency,
    amountMinor: plot?.amountMinor ?? amountMinor,
    poNumber: random.chance(70) ? `PO-${random.int(10_000, 99_999)}` : '',
    description: `${random.pick(goods)}, ${issuedOn.slice(0, 7)}`,
    plot,
  };
}

/** Issue days spread over the whole time, twice as dense at its end as at its start: the company grows. */
function regularInvoices(customer: DemoCustomer, seed: number, today: Day): Draft[] {
  const random = createRandom(seed, `billing ${customer.slug}`);
  const start = addMonths(today, -18);
  const span = daysBetween(start, today);
  const count = volumes[customer.segment] + random.int(-2, 2);
  return Array.from({ length: count }, (_, index) => {
    const share = (index + random.int(0, 99) / 100) / count;
    const elapsed = (Math.sqrt(0.4225 + 1.4 * share) - 0.65) / 0.7;
    return draft(customer, addDays(start, Math.floor(span * elapsed) + 2), null, random);
  }).filter(({ issuedOn }) => issuedOn >= start && issuedOn <= today);
}

const plottedInvoice = (plot: Plot, seed: number): Draft => {
  const customer = customerOf(plot.customer);
  return draft(
    customer,
    addDays(plot.due, -customer.termsDays),
    plot,
    createRandom(seed, `plot ${plot.key}`),
  );
};

/** Numbers one sequence in the order of issue, so that the invoice `anchor` finds gets the number `at`. */
function numbered(drafts: readonly Draft[], anchor: (draft: Draft) => boolean, at: number): DemoInvoice[] {
  const first = at - drafts.findIndex(anchor);
  return drafts.map((each, index) => ({ ...each, number: `INV-${first + index}` }));
}

/**
 * All invoices in the order of issue; numbers are unique and follow it. INV-20418 is Globex Corporation's partly paid
 * one, INV-3310 is Vandelay's disputed one, from the older sequence that only Vandelay still has.
 */
export function billInvoices(seed: number, today: Day, plots: readonly Plot[]): DemoInvoice[] {
  parseDay(today);
  const drafts = [
    ...roster.flatMap((customer) => regularInvoices(customer, seed, today)),
    ...plots.map((plot) => plottedInvoice(plot, seed)),
  ].sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : 0));
  const old = drafts.filter(({ customer }) => customer.oldNumbers);
  const current = drafts.filter(({ customer }) => !customer.oldNumbers);
  return [
    ...numbered(old, ({ plot }) => plot?.number === `INV-${OLD_NUMBER}`, OLD_NUMBER),
    ...numbered(current, ({ plot }) => plot?.key === 'globex-partly-paid', GLOBEX_NUMBER),
  ].sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : 0));
}

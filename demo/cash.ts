/** Payments of the demo company: one a customer and day, on as many invoices as are paid that day; and loose cash. */
import { addDays, type Day } from '../src/domain/calendar.ts';
import { payerAccount } from './accounts.ts';
import { groupedBy } from './grouping.ts';
import { paymentPlan } from './habits.ts';
import type { DemoApplication, DemoInvoice, DemoPayment } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { customerOf, type DemoCustomer } from './roster.ts';
import { laterOf, workdayOnOrBefore } from './workdays.ts';

type Draft = Omit<DemoPayment, 'id'>;

const methods: Record<string, readonly string[]> = {
  USD: ['ach', 'ach', 'wire', 'cheque'],
  EUR: ['sepa', 'sepa', 'wire'],
  GBP: ['faster payment', 'bacs'],
  JPY: ['wire'],
};

const remittance: Record<string, (numbers: readonly string[]) => string> = {
  de: (numbers) => `RG ${numbers.join(' ')}`,
  fr: (numbers) => `FACT ${numbers.join(' ')}`,
  es: (numbers) => `Factura ${numbers.join(', ')}`,
};

/** What the payer wrote; some write nothing, some only the digits. */
function referenceOf(numbers: readonly string[], language: string, random: Random): string {
  if (random.chance(8)) return '';
  if (random.chance(10)) return numbers.map((number) => number.replace('INV-', '')).join(' ');
  return remittance[language]?.(numbers) ?? numbers.join(' ');
}

/** The part of a plan that has happened: before today, and before a quiet customer fell silent. */
function received(invoice: DemoInvoice, seed: number, today: Day): DemoApplication[] {
  const { quietDays = 0, slug } = invoice.customer;
  const until = invoice.plot ? today : addDays(today, -quietDays);
  const random = createRandom(seed, `paying ${slug} ${invoice.issuedOn} ${invoice.amountMinor}`);
  return paymentPlan(invoice, random)
    .filter(({ on }) => on < until)
    .map(({ on, amountMinor }) => ({ invoice, amountMinor, on }));
}

function paymentOf(
  customer: DemoCustomer,
  receivedOn: Day,
  applications: DemoApplication[],
  random: Random,
): Draft {
  return {
    receivedOn,
    currency: customer.currency,
    amountMinor: applications.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    payerName: customer.name,
    payerAccount: payerAccount(customer),
    reference: referenceOf(
      applications.map(({ invoice }) => invoice.number),
      customer.language,
      random,
    ),
    method: random.pick(methods[customer.currency] ?? ['wire']),
    customer,
    applications,
  };
}

function customerPayments(invoices: readonly DemoInvoice[], seed: number, today: Day): Draft[] {
  const byDay = groupedBy(
    invoices.flatMap((invoice) => received(invoice, seed, today)),
    ({ on, invoice }) => `${on} ${invoice.customer.slug}`,
  );
  return [...byDay].map(([key, applications]) => {
    const { customer } = applications[0]!.invoice;
    return paymentOf(customer, applications[0]!.on, applications, createRandom(seed, `payment ${key}`));
  });
}

/** Customer, days ago, minor units, what the payer wrote: money that is on no invoice yet. */
const loose: readonly [customer: string | null, daysAgo: number, amountMinor: bigint, reference: string][] = [
  ['stark', 6, 1_250_000n, 'Advance payment project Helios'],
  ['southern', 19, 840_000n, 'PREPAYMENT Q ORDER'],
  ['lemaire', 11, 320_000n, 'Acompte commande'],
  ['pemberton', 33, 415_000n, 'DEPOSIT'],
  ['nakatomi', 47, 1_800_000n, ''],
  ['bluth', 71, 45_000n, 'payment on account'],
  [null, 4, 274_350n, 'INVOICE PAYMENT THANK YOU'],
  [null, 16, 96_000n, 'TRF 0048812'],
];

function looseCash(today: Day, seed: number): Draft[] {
  return loose.map(([slug, daysAgo, amountMinor, reference]) => {
    const on = workdayOnOrBefore(addDays(today, -daysAgo));
    const customer = slug === null ? null : customerOf(slug);
    const random = createRandom(seed, `loose ${slug} ${daysAgo}`);
    const known = customer && paymentOf(customer, on, [], random);
    return {
      receivedOn: on,
      currency: 'USD',
      payerName: daysAgo === 4 ? 'JP HOLDINGS TREASURY CTR' : 'UNKNOWN REMITTER',
      payerAccount: '',
      method: 'wire',
      applications: [],
      ...known,
      customer,
      amountMinor,
      reference,
    };
  });
}

/** Two customers paid too much, and one seems to have sent the same payment twice. */
function mistakes(payments: readonly Draft[], today: Day): Draft[] {
  const latest = (slug: string): Draft => {
    const of = payments.filter(({ customer }) => customer?.slug === slug);
    return of.reduce((last, each) => (each.receivedOn > last.receivedOn ? each : last));
  };
  const over = new Map([
    [latest('massive'), 25_000n],
    [latest('vandorp'), 6_050n],
  ]);
  const twice = latest('summit-inc');
  const again = workdayOnOrBefore(addDays(today, -1));
  return [
    ...payments.map((each) => ({ ...each, amountMinor: each.amountMinor + (over.get(each) ?? 0n) })),
    { ...twice, receivedOn: laterOf(again, twice.receivedOn), applications: [] },
  ];
}

/** All payments in the order they came, before `today`, on working days. */
export function receivePayments(seed: number, today: Day, invoices: readonly DemoInvoice[]): DemoPayment[] {
  return [...mistakes(customerPayments(invoices, seed, today), today), ...looseCash(today, seed)]
    .sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : 0))
    .map((payment, index) => ({ ...payment, id: `PMT-${50_001 + index}` }));
}

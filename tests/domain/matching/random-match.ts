/** Random pools and payments for properties: small, so that numbers, names and amounts meet and collide often. */
import fc from 'fast-check';
import { addDays } from '../../../src/domain/calendar.ts';
import type {
  MatchCredit,
  MatchCustomer,
  MatchInvoice,
  MatchPayment,
  MatchPool,
  RemittanceLine,
} from '../../../src/domain/matching/shapes.ts';
import { aCredit, aCustomer, anInvoice, aPayment } from './match-builders.ts';

const NAMES = [
  'Acme Corp',
  'Acme GmbH',
  'Blue Horizon Travel Ltd',
  'Hassan & Co. Ltd.',
  'Rossi & Figli S.p.A.',
  'Nakamura & Co. 株式会社',
];
const START = '2026-01-01';

const day = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => addDays(START, days));
const amount = fc.oneof(
  fc.constantFrom(4_900n, 10_000n, 50_000n, 100_000n, 120_000n),
  fc.bigInt({ min: 1n, max: 3_000_000n }),
);
const currency = fc.oneof({ weight: 6, arbitrary: fc.constant('USD') }, fc.constantFrom('EUR', 'JPY'));

const customers = fc
  .array(fc.record({ name: fc.constantFrom(...NAMES), parent: fc.boolean() }), { minLength: 1, maxLength: 5 })
  .map((all) =>
    all.map(
      ({ name, parent }, at): MatchCustomer =>
        aCustomer({ id: at + 1, name, parentId: parent && at > 0 ? 1 : null }),
    ),
  );

const numberStyle = fc.constantFrom(
  (n: number) => `INV-${1000 + n}`,
  (n: number) => `2026/${String(n).padStart(4, '0')}`,
  (n: number) => `${1_800_010_000 + n * 37}`,
  (n: number) => `8F3A${String.fromCharCode(65 + (n % 26))}B-00${10 + n}`,
);

const invoices = (owners: number) =>
  fc
    .tuple(
      numberStyle,
      fc.array(
        fc.record({
          customerId: fc.integer({ min: 1, max: owners }),
          amountMinor: amount,
          open: fc.integer({ min: 0, max: 4 }),
          currency,
          issuedOn: day(0, 90),
        }),
        { maxLength: 22 },
      ),
    )
    .map(([style, all]) =>
      all.map(({ open, ...each }, at): MatchInvoice => {
        const paid = open === 0;
        return anInvoice({
          ...each,
          id: at + 1,
          number: style(at + 1),
          references: at % 3 === 0 ? [`PO-${4500 + at * 11}`] : [],
          dueOn: addDays(each.issuedOn, 30),
          openMinor: paid ? 0n : open === 1 ? (each.amountMinor + 1n) / 2n : each.amountMinor,
          status: paid ? 'paid' : 'open',
          paidOn: paid ? addDays(each.issuedOn, 20) : null,
        });
      }),
    );

const credits = (owners: number) =>
  fc
    .array(fc.record({ customerId: fc.integer({ min: 1, max: owners }), openMinor: amount, currency }), {
      maxLength: 4,
    })
    .map((all) => all.map((each, at): MatchCredit => aCredit({ ...each, id: at + 1 })));

const PAYERS = [...NAMES, 'BHT TOURS', 'H&Co. Enterprises', 'Finanzamt Bonn', 'ACME CO', ''];
const GAPS = [0n, 0n, 0n, 1n, -1n, 7n, 2_500n, -2_500n, 40_000n];

/** One payment that may be for the invoices of the pool at some places, in one of many writings. */
const payment = (pool: MatchPool) =>
  fc
    .record({
      places: fc.uniqueArray(fc.nat({ max: Math.max(0, pool.invoices.length - 1) }), { maxLength: 5 }),
      gap: fc.constantFrom(...GAPS),
      other: amount,
      payerName: fc.constantFrom(...PAYERS),
      account: fc.constantFrom(null, 'DE1', 'DE2'),
      separator: fc.constantFrom(' ', '', ', ', '\n', '/'),
      words: fc.constantFrom('', 'Invoice ', 'PO ', 'interest ', '💶 '),
      slip: fc.nat({ max: 12 }),
      silent: fc.boolean(),
      advice: fc.boolean(),
      receivedOn: day(20, 150),
      currency,
    })
    .map((each): MatchPayment => {
      const meant = each.places.flatMap((at) => pool.invoices[at] ?? []);
      const sum = meant.reduce((total, { openMinor }) => total + openMinor, 0n) - each.gap;
      const written = meant.map(({ number }) => number).join(each.separator);
      const slipped = each.slip < 10 ? written : written.slice(0, each.slip) + written.slice(each.slip + 1);
      const lines = meant.map(
        ({ number, openMinor }): RemittanceLine => ({
          document: number,
          paidMinor: openMinor,
          deductionMinor: null,
          deductionReason: null,
        }),
      );
      return aPayment({
        amountMinor: sum > 0n ? sum : each.other,
        payerName: each.payerName === '' ? null : each.payerName,
        payerAccount: each.account,
        text: each.silent ? each.words : each.words + slipped,
        receivedOn: each.receivedOn,
        currency: meant[0]?.currency ?? each.currency,
        remittance: each.advice ? lines : [],
      });
    });

export type RandomRun = { readonly payments: readonly MatchPayment[]; readonly pool: MatchPool };

export const randomRun: fc.Arbitrary<RandomRun> = customers
  .chain((owners) =>
    fc.record({
      invoices: invoices(owners.length),
      credits: credits(owners.length),
      customers: fc.constant(owners),
      promises: fc.constant([]),
    }),
  )
  .chain((pool) =>
    fc.array(payment(pool), { minLength: 1, maxLength: 9 }).map((all) => ({
      pool,
      payments: all.map((each, at) => ({ ...each, id: at + 1 })),
    })),
  );

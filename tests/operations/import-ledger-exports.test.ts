import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { type Books, counts, csv, fixture, headers, someBooks } from './import-fixtures.ts';

describe("the products' own exports", () => {
  let database: Database;
  let books: Books;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    books = await someBooks(database);
  });

  const filesOf = (product: string) => [
    fixture(`${product}-payments.csv`),
    fixture(`${product}-invoices.csv`),
    fixture(`${product}-customers.csv`),
  ];
  const invoices = () =>
    books.rows(
      `select i.number, c.name, i.issued_on, i.currency, i.amount_minor as amount, i.open_minor as open, i.status, i.paid_on
         from invoice i join customer c on c.tenant_id = i.tenant_id and c.id = i.customer_id
        where i.tenant_id = $1 order by i.number`,
    );
  const payments = () =>
    books.rows(
      `select received_on, currency, amount_minor as amount, unapplied_minor as unapplied from payment where tenant_id = $1 order by id`,
    );

  test.each(['quickbooks', 'xero', 'netsuite', 'stripe'])(
    '%s: read twice, nothing changes',
    async (product) => {
      const first = await books.run(...filesOf(product));
      expect(first.map(({ kind, source }) => [kind, source])).toEqual([
        ['payments', product],
        ['invoices', product],
        ['customers', product],
      ]);
      expect(first.every(({ created }) => created > 0)).toBe(true);
      const before = [await invoices(), await payments()];
      for (const report of await books.run(...filesOf(product)))
        expect(counts(report).slice(0, 2), report.file).toEqual([0, 0]);
      expect([await invoices(), await payments()]).toEqual(before);
    },
  );

  test('QuickBooks: titles and totals are passed over, other transactions named, parents seen in the name', async () => {
    const [paid, billed, people] = await books.run(...filesOf('quickbooks'));
    expect(people!.skipped).toEqual([]);
    expect(billed!.skipped).toEqual([{ line: 9, reason: 'is a "Credit Memo", not an invoice' }]);
    expect(paid!.skipped).toEqual([
      { line: 9, reason: 'is a "Bill Payment (Check)", not a payment that came in' },
    ]);
    expect(billed!.warnings).toEqual([expect.stringMatching(/no currency; .* USD was assumed/)]);
    expect(await invoices()).toEqual([
      {
        number: '1001',
        name: 'Harbor Bakery',
        issued_on: '2026-01-19',
        currency: 'USD',
        amount: '125000',
        open: '0',
        status: 'paid',
        paid_on: null,
      },
      {
        number: '1002',
        name: 'Harbor Bakery:Oakland',
        issued_on: '2026-02-03',
        currency: 'USD',
        amount: '1240050',
        open: '440050',
        status: 'open',
        paid_on: null,
      },
      {
        number: '1003',
        name: 'Larkspur Clinics',
        issued_on: '2026-03-01',
        currency: 'USD',
        amount: '31000',
        open: '31000',
        status: 'open',
        paid_on: null,
      },
    ]);
    // two payments alike on one day are two payments
    expect(await payments()).toHaveLength(3);
    expect(
      await books.rows(
        `select p.name as parent from customer c join customer p on p.tenant_id = c.tenant_id and p.id = c.parent_id where c.tenant_id = $1`,
      ),
    ).toEqual([{ parent: 'Harbor Bakery' }]);
    expect(await books.rows('select name, email from contact where tenant_id = $1 order by email')).toEqual([
      { name: 'Ines Duarte', email: 'ap@harborbakery.example' },
      { name: 'Tom Reyes', email: 'oak@harborbakery.example' },
    ]);
  });

  test('Xero: the lines of one invoice are one invoice, drafts are named, payments go on their invoices', async () => {
    const [, billed] = await books.run(...filesOf('xero'));
    expect(counts(billed!)).toEqual([3, 0, 1, 1]);
    expect(billed!.skipped).toEqual([{ line: 5, reason: 'is not issued yet (Status is "Draft")' }]);
    expect(await invoices()).toEqual([
      {
        number: 'INV-0041',
        name: 'Wattle & Co Pty Ltd',
        issued_on: '2026-04-03',
        currency: 'AUD',
        amount: '110000',
        open: '50000',
        status: 'open',
        paid_on: null,
      },
      {
        number: 'INV-0042',
        name: 'Kowhai Landscapes',
        issued_on: '2026-04-05',
        currency: 'NZD',
        amount: '23000',
        open: '0',
        status: 'paid',
        paid_on: '2026-05-18',
      },
      {
        number: 'INV-0044',
        name: 'Kowhai Landscapes',
        issued_on: '2026-04-07',
        currency: 'NZD',
        amount: '5500',
        open: '0',
        status: 'void',
        paid_on: null,
      },
    ]);
    expect((await payments()).map(({ unapplied }) => unapplied)).toEqual(['0', '0']);
    expect(
      await books.rows('select terms_days, country from customer where tenant_id = $1 order by name'),
    ).toEqual([
      { terms_days: null, country: 'NZ' },
      { terms_days: 14, country: 'AU' },
    ]);
  });

  test('NetSuite: names with numbers are found, two of one name are not guessed, European numbers are read', async () => {
    const [, billed] = await books.run(...filesOf('netsuite'));
    expect(billed!.skipped).toEqual([
      { line: 4, reason: '2 customers are named "Twin Peaks"; refer to it by customer id' },
    ]);
    expect(await invoices()).toEqual([
      {
        number: 'INV2001',
        name: 'Orbit Freight',
        issued_on: '2026-03-15',
        currency: 'USD',
        amount: '1250000',
        open: '250000',
        status: 'open',
        paid_on: null,
      },
      {
        number: 'INV2002',
        name: 'Orbit Freight Europe',
        issued_on: '2026-03-16',
        currency: 'EUR',
        amount: '98040',
        open: '0',
        status: 'paid',
        paid_on: '2026-04-21',
      },
      {
        number: 'INV2004',
        name: 'Twin Peaks',
        issued_on: '2026-03-18',
        currency: 'USD',
        amount: '25000',
        open: '25000',
        status: 'open',
        paid_on: null,
      },
    ]);
    expect((await payments()).map(({ unapplied }) => unapplied)).toEqual(['0', '0', '7500']);
  });

  test('Stripe: open is total less paid, refunds and failures are no money, yen have no decimals', async () => {
    const [paid] = await books.run(...filesOf('stripe'));
    expect(paid!.skipped).toEqual([
      { line: 3, reason: 'no money came in (Status is "Failed")' },
      { line: 5, reason: 'was refunded in full' },
    ]);
    expect(await invoices()).toEqual([
      {
        number: 'NIM-0001',
        name: 'Nimbus Labs',
        issued_on: '2026-02-01',
        currency: 'USD',
        amount: '42000',
        open: '0',
        status: 'paid',
        paid_on: '2026-02-15',
      },
      {
        number: 'NIM-0002',
        name: 'Nimbus Labs',
        issued_on: '2026-02-05',
        currency: 'JPY',
        amount: '1200',
        open: '1000',
        status: 'open',
        paid_on: null,
      },
      {
        number: 'TERN-0001',
        name: 'Trial account',
        issued_on: '2026-02-03',
        currency: 'USD',
        amount: '9950',
        open: '9950',
        status: 'open',
        paid_on: null,
      },
    ]);
    expect(await payments()).toEqual([
      { received_on: '2026-02-15', currency: 'USD', amount: '42000', unapplied: '0' },
      { received_on: '2026-02-17', currency: 'USD', amount: '5000', unapplied: '5000' },
    ]);
  });

  test('rows of several sources stand beside each other under their own keys', async () => {
    await books.run(...filesOf('quickbooks'), ...filesOf('stripe'));
    await books.run(csv('c.csv', headers.customers, 'H,Harbor Bakery,,USD,,,,,,'));
    const [report] = await books.run(csv('i.csv', headers.invoices, '1001,H,2026-05-01,,USD,10.00,,,,'));
    expect(counts(report!)).toEqual([1, 0, 0, 0]);
    expect(
      await books.rows(`select source from invoice where tenant_id = $1 and number = '1001' order by 1`),
    ).toEqual([{ source: 'csv' }, { source: 'quickbooks' }]);
    expect(await books.rows('select source from source_sync where tenant_id = $1 order by 1')).toEqual([
      { source: 'csv' },
      { source: 'quickbooks' },
      { source: 'stripe' },
    ]);
  });
});

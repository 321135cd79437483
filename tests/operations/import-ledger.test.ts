import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createImportLedger } from '../../src/operations/import-ledger.ts';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { type Books, counts, csv, headers, NOW, someBooks } from './import-fixtures.ts';

describe('ledger import', () => {
  let database: Database;
  let books: Books;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    books = await someBooks(database);
  });

  const customers = csv(
    'customers.csv',
    headers.customers,
    'C2,Acme Europe GmbH,C1,EUR,14,Dana@Example.com,Enterprise,de,Europe/Berlin,Germany',
    'C1,Acme Corp.,,USD,45,,Enterprise,en,,us',
  );
  const contacts = csv(
    'contacts.csv',
    headers.contacts,
    'C1,Ann Lee,AP@acme.example,Accounts payable,yes',
    'C1,Bo,,,no',
  );
  const invoices = csv(
    'invoices.csv',
    headers.invoices,
    'I1,C1,2026-01-10,2026-02-10,USD,"1,000.00",,,PO-1,Services',
    'I2,C1,2026-01-15,,,500.00,,open,,',
    'I3,C2,2026-01-20,,EUR,300.00,120.00,,,',
    'I4,C2,2026-01-21,,EUR,80.00,,paid,,',
    'I5,C1,2026-01-22,,USD,70.00,,void,,',
    'I6,C1,2026-01-23,,JPY,"1,200",,,,',
  );
  const credits = csv(
    'credits.csv',
    headers.credits,
    'CN1,C1,2026-02-01,USD,40.00,',
    'CN2,C1,2026-02-01,USD,40.00,15.00',
  );
  const payments = csv(
    'payments.csv',
    headers.payments,
    'P1,2026-02-20,USD,1200.00,ACME,DE89,INV I1,wire,C1',
    'P2,2026-02-25,EUR,180.00,,,,,C2',
  );
  const applications = csv(
    'applications.csv',
    headers.applications,
    'P1,I1,400.00,2026-02-20',
    'P1,I1,600.00,2026-03-01',
    'P1,I2,150.00,2026-03-01',
    'P2,I3,180.00,2026-02-25',
  );
  const everything = [applications, payments, credits, invoices, contacts, customers];

  const invoiceRows = () =>
    books.rows(
      `select number, due_on, currency, amount_minor, open_minor, status, paid_on from invoice where tenant_id = $1 order by number`,
    );

  test('files in any order are applied customers first, and every row says what is true of it', async () => {
    const reports = await books.run(...everything);
    expect(
      reports.map(({ file, kind, rows, skipped, warnings }) => ({ file, kind, rows, skipped, warnings })),
    ).toEqual(
      ['applications', 'payments', 'credits', 'invoices', 'contacts', 'customers'].map((kind, at) => ({
        file: `${kind}.csv`,
        kind,
        rows: [4, 2, 2, 6, 2, 2][at],
        skipped: [],
        warnings: [],
      })),
    );
    expect(await invoiceRows()).toEqual([
      // given by the file: fully applied on the day of the last application
      {
        number: 'I1',
        due_on: '2026-02-10',
        currency: 'USD',
        amount_minor: '100000',
        open_minor: '0',
        status: 'paid',
        paid_on: '2026-03-01',
      },
      // no due day and no currency: those of the customer
      {
        number: 'I2',
        due_on: '2026-03-01',
        currency: 'USD',
        amount_minor: '50000',
        open_minor: '35000',
        status: 'open',
        paid_on: null,
      },
      // the given open amount counts the application of the same import already
      {
        number: 'I3',
        due_on: '2026-02-03',
        currency: 'EUR',
        amount_minor: '30000',
        open_minor: '12000',
        status: 'open',
        paid_on: null,
      },
      {
        number: 'I4',
        due_on: '2026-02-04',
        currency: 'EUR',
        amount_minor: '8000',
        open_minor: '0',
        status: 'paid',
        paid_on: null,
      },
      {
        number: 'I5',
        due_on: '2026-03-08',
        currency: 'USD',
        amount_minor: '7000',
        open_minor: '0',
        status: 'void',
        paid_on: null,
      },
      {
        number: 'I6',
        due_on: '2026-03-09',
        currency: 'JPY',
        amount_minor: '1200',
        open_minor: '1200',
        status: 'open',
        paid_on: null,
      },
    ]);
    expect(
      await books.rows('select external_id, unapplied_minor from payment where tenant_id = $1 order by 1'),
    ).toEqual([
      { external_id: 'P1', unapplied_minor: '5000' },
      { external_id: 'P2', unapplied_minor: '0' },
    ]);
    expect(await books.rows('select number, open_minor from credit where tenant_id = $1 order by 1')).toEqual(
      [
        { number: 'CN1', open_minor: '4000' },
        { number: 'CN2', open_minor: '1500' },
      ],
    );
    expect(
      await books.rows(
        `select c.name, c.base_name, p.name as parent, c.region, c.country, c.terms_days, c.owner_email
           from customer c left join customer p on p.tenant_id = c.tenant_id and p.id = c.parent_id
          where c.tenant_id = $1 order by c.external_id`,
      ),
    ).toEqual([
      {
        name: 'Acme Corp.',
        base_name: 'acme',
        parent: null,
        region: 'AMER',
        country: 'US',
        terms_days: 45,
        owner_email: null,
      },
      {
        name: 'Acme Europe GmbH',
        base_name: 'acme europe',
        parent: 'Acme Corp.',
        region: 'EMEA',
        country: 'DE',
        terms_days: 14,
        owner_email: 'dana@example.com',
      },
    ]);
  });

  test('the timeline tells issues and payments by their ledger days, and the source says when it spoke', async () => {
    await books.run(...everything);
    const events = await books.rows(
      `select i.number, e.kind, e.happened_on, e.summary from timeline_event e
         join invoice i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
        where e.tenant_id = $1 order by e.happened_at, i.number, e.id`,
    );
    expect(events.filter(({ number }) => number === 'I1')).toEqual([
      {
        number: 'I1',
        kind: 'issued',
        happened_on: '2026-01-10',
        summary: 'Invoice I1 issued over 1,000.00 USD, due 2026-02-10',
      },
      {
        number: 'I1',
        kind: 'partly_paid',
        happened_on: '2026-02-20',
        summary: '400.00 USD of payment P1 put on I1',
      },
      {
        number: 'I1',
        kind: 'paid',
        happened_on: '2026-03-01',
        summary: '600.00 USD of payment P1 put on I1',
      },
    ]);
    expect(events.filter(({ kind }) => kind === 'issued')).toHaveLength(6);
    expect(await books.rows('select source, synced_at from source_sync where tenant_id = $1')).toEqual([
      { source: 'csv', synced_at: NOW },
    ]);
  });

  test('owners become users who see their own accounts, and who is a user already keeps the role', async () => {
    await database.pool.query(
      `insert into app_user (tenant_id, email, role) values ($1, 'dana@example.com', 'controller')`,
      [books.tenantId],
    );
    await books.run(
      csv('c.csv', headers.customers, 'C1,Acme,,,,dana@example.com,,,,', 'C2,Globex,,,,lee@example.com,,,,'),
    );
    expect(await books.rows('select email, role from app_user where tenant_id = $1 order by email')).toEqual([
      { email: 'dana@example.com', role: 'controller' },
      { email: 'lee@example.com', role: 'viewer' },
    ]);
  });

  test('the same files again change nothing, whether together or one by one', async () => {
    const ledger = async () =>
      Promise.all(
        ['customer', 'contact', 'invoice', 'credit', 'payment', 'application', 'timeline_event'].map(
          (table) => books.rows(`select * from ${table} where tenant_id = $1 order by id`),
        ),
      );
    await books.run(...everything);
    const before = await ledger();
    for (const report of await books.run(...everything))
      expect(counts(report), report.file).toEqual([0, 0, report.rows, 0]);
    for (const file of everything) {
      const [report] = await books.run(file);
      expect(counts(report!), file.name).toEqual([0, 0, report!.rows, 0]);
    }
    expect(await ledger()).toEqual(before);
  });

  test('the open amount is the same when the applications come in a later import', async () => {
    await books.run(customers, invoices, payments);
    await books.run(applications);
    const open = (await invoiceRows()).map(({ number, open_minor }) => [number, open_minor]);
    expect(open).toEqual([
      ['I1', '0'],
      ['I2', '35000'],
      ['I3', '12000'],
      ['I4', '0'],
      ['I5', '0'],
      ['I6', '1200'],
    ]);
  });

  test('changed content is updated, and a row that did not change is not', async () => {
    await books.run(...everything);
    const [report] = await books.run(
      csv(
        'customers.csv',
        headers.customers,
        'C2,Acme Europe SE,C1,EUR,14,dana@example.com,Enterprise,de,Europe/Berlin,DE',
        'C1,Acme Corp.,,USD,45,,Enterprise,en,,US',
        'C3,New,,,,,,,,',
      ),
    );
    expect(counts(report!)).toEqual([1, 1, 1, 0]);
    const [changed] = await books.run(
      csv('invoices.csv', headers.invoices, 'I2,C1,2026-01-15,2026-02-20,USD,600.00,,,,'),
    );
    expect(counts(changed!)).toEqual([0, 1, 0, 0]);
    expect((await invoiceRows()).find(({ number }) => number === 'I2')).toMatchObject({
      due_on: '2026-02-20',
      amount_minor: '60000',
      open_minor: '45000',
    });
  });

  test('columns that a file does not have stay as they are', async () => {
    await books.run(customers);
    const [report] = await books.run(csv('c.csv', 'customer_id,name', 'C2,Acme Europe GmbH', 'C1,Acme Inc.'));
    expect(counts(report!)).toEqual([0, 1, 1, 0]);
    expect(
      await books.rows(
        `select name, terms_days, region from customer where tenant_id = $1 and external_id = 'C1'`,
      ),
    ).toEqual([{ name: 'Acme Inc.', terms_days: 45, region: 'AMER' }]);
  });

  test('a changed application is reversed and written anew, and changing back works too', async () => {
    await books.run(...everything);
    const change = (amount: string) =>
      books.run(csv('a.csv', headers.applications, `P1,I2,${amount},2026-03-01`));
    expect(counts((await change('100.00'))[0]!)).toEqual([0, 1, 0, 0]);
    expect(counts((await change('100.00'))[0]!)).toEqual([0, 0, 1, 0]);
    expect(counts((await change('200.00'))[0]!)).toEqual([0, 1, 0, 0]);
    const rows = await books.rows(
      `select a.amount_minor, a.reverses_id is not null as reversal from application a
         join invoice i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
        where a.tenant_id = $1 and i.number = 'I2' order by a.id`,
    );
    expect(rows.map((row) => [row.amount_minor, row.reversal])).toEqual([
      ['15000', false],
      ['-15000', true],
      ['10000', false],
      ['-10000', true],
      ['20000', false],
    ]);
    expect((await invoiceRows()).find(({ number }) => number === 'I2')).toMatchObject({
      open_minor: '30000',
    });
    expect(
      await books.rows(`select unapplied_minor from payment where tenant_id = $1 and external_id = 'P1'`),
    ).toEqual([{ unapplied_minor: '0' }]);
  });

  test('a later payment lowers an open amount that an earlier import gave', async () => {
    await books.run(...everything);
    await books.run(
      csv('p.csv', headers.payments, 'P3,2026-04-01,EUR,120.00,,,,,C2'),
      csv('a.csv', headers.applications, 'P3,I3,120.00,2026-04-01'),
    );
    expect((await invoiceRows()).find(({ number }) => number === 'I3')).toMatchObject({
      open_minor: '0',
      status: 'paid',
      paid_on: '2026-04-01',
    });
  });

  test('progress is told, and the ledger of another tenant is not touched', async () => {
    const other = await someBooks(database);
    await other.run(customers);
    const seen: string[] = [];
    const importLedger = createImportLedger(database, { now: () => NOW });
    await importLedger([invoices, customers], books.context, ({ file, rows }) =>
      seen.push(`${file} ${rows}`),
    );
    expect(seen).toEqual(['customers.csv 2', 'customers.csv 2', 'invoices.csv 6']);
    expect(await other.rows('select count(*) as n from invoice where tenant_id = $1')).toEqual([{ n: '0' }]);
  });
});

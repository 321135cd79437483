import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/pool.ts';
import { testDatabase } from '../support/database.ts';
import { type Books, counts, csv, headers, someBooks } from './import-fixtures.ts';

describe('a line that cannot go in is named with its reason, and the rest goes in', () => {
  let database: Database;
  let books: Books;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    books = await someBooks(database);
    await books.run(
      csv('c.csv', headers.customers, 'C1,Acme,,USD,30,,,,,US', 'C2,Globex,,EUR,,,,,,DE'),
      csv(
        'i.csv',
        headers.invoices,
        'OLD-1,C1,2026-01-10,2026-02-10,USD,100.00,,,,',
        'OLD-2,C2,2026-01-10,,EUR,100.00,,,,',
        'OLD-3,C1,2026-01-10,,USD,50.00,,void,,',
      ),
      csv('p.csv', headers.payments, 'PAY-1,2026-02-01,USD,80.00,,,,,C1'),
    );
  });

  type Case = [what: string, line: string, reason: RegExp];

  /** Imports all bad lines between two good ones: the two go in, each other one is named by its line and reason. */
  const refuses = async (header: string, [first, last]: [string, string], cases: Case[]): Promise<void> => {
    const lines = cases.map(([, line]) => line);
    const [report] = await books.run(csv('x.csv', header, first, ...lines, last));
    expect(report!.skipped).toEqual(
      cases.map(([, , reason], at) => ({ line: at + 3, reason: expect.stringMatching(reason) })),
    );
    expect(counts(report!)).toEqual([2, 0, 0, cases.length]);
    expect(report!.rows).toBe(cases.length + 2);
  };

  test('invoices', async () => {
    await refuses(
      headers.invoices,
      ['GOOD-1,C1,2026-01-01,,USD,1.00,,,,', 'GOOD-2,C1,2026-01-01,,USD,1.00,,,,'],
      [
        ['unknown customer', 'X,C9,2026-01-01,,USD,1.00,,,,', /customer "C9" is unknown/],
        ['no customer', 'X,,2026-01-01,,USD,1.00,,,,', /customer_id is missing/],
        ['no number', ',C1,2026-01-01,,USD,1.00,,,,', /invoice_number is missing/],
        ['bad date', 'X,C1,2026-02-30,,USD,1.00,,,,', /issued_on "2026-02-30" is not a day/],
        ['no date', 'X,C1,,,USD,1.00,,,,', /issued_on is missing/],
        [
          'due before issued',
          'X,C1,2026-02-10,2026-02-09,USD,1.00,,,,',
          /due 2026-02-09 is before issued 2026-02-10/,
        ],
        ['negative amount', 'X,C1,2026-01-01,,USD,-1.00,,,,', /amount "-1.00" is negative/],
        ['amount in brackets', 'X,C1,2026-01-01,,USD,(1.00),,,,', /amount "\(1.00\)" is negative/],
        ['no amount', 'X,C1,2026-01-01,,USD,,,,,', /amount is missing/],
        ['no number as amount', 'X,C1,2026-01-01,,USD,lots,,,,', /amount "lots" is not an amount/],
        ['too many decimals', 'X,C1,2026-01-01,,USD,1.005,,,,', /more decimals than USD knows/],
        ['yen with decimals', 'X,C1,2026-01-01,,JPY,12.50,,,,', /more decimals than JPY knows/],
        ['endless amount', 'X,C1,2026-01-01,,USD,99999999999999999,,,,', /too large/],
        ['unknown currency', 'X,C1,2026-01-01,,ZZZ,1.00,,,,', /"ZZZ" is not a currency/],
        [
          'other currency in the cell',
          'X,C1,2026-01-01,,USD,EUR 1.00,,,,',
          /another currency than the row's USD/,
        ],
        [
          'open above amount',
          'X,C1,2026-01-01,,USD,1.00,2.00,,,',
          /open amount 2.00 is above the amount 1.00/,
        ],
        ['paid and open', 'X,C1,2026-01-01,,USD,1.00,1.00,paid,,', /status is paid, but 1.00 is open/],
        [
          'unknown status',
          'X,C1,2026-01-01,,USD,1.00,,maybe,,',
          /status "maybe" is none of open, paid, void/,
        ],
        ['too few columns', 'X,C1,2026-01-01', /has 3 columns, the header has 10/],
        ['too many columns', 'X,C1,2026-01-01,,USD,1.00,,,,,more', /has 11 columns/],
        ['endless number', `${'9'.repeat(201)},C1,2026-01-01,,USD,1.00,,,,`, /longer than 200 characters/],
        ['a null character', 'X,C1,2026-01-01,,USD,1.00,,,,a\0b', /description has unreadable characters/],
        [
          'number again with other content',
          'GOOD-1,C1,2026-01-01,,USD,2.00,,,,',
          /invoice "GOOD-1" was already on line 2/,
        ],
      ],
    );
    const rows = await books.rows(
      `select number from invoice where tenant_id = $1 and number not like 'OLD%'`,
    );
    expect(rows.map((row) => row.number).sort()).toEqual(['GOOD-1', 'GOOD-2']);
  });

  test('customers', async () => {
    await refuses(
      headers.customers,
      ['G1,Good,,,,,,,,', 'G2,Good,,,,,,,,'],
      [
        ['no id', ',Name,,,,,,,,', /customer_id is missing/],
        ['no name', 'X,,,,,,,,,', /name is missing/],
        ['a name without a letter', 'X,...,,,,,,,,', /no letter or digit/],
        ['parent unknown', 'X,Name,C9,,,,,,,', /parent "C9" is unknown/],
        ['own parent', 'Y,Name,Y,,,,,,,', /parent "Y" makes this customer its own ancestor/],
        ['unknown currency', 'X,Name,,QQQ,,,,,,', /"QQQ" is not a currency/],
        ['endless terms', 'X,Name,,,9999,,,,,', /is not a number of days up to 3650/],
        ['bad owner', 'X,Name,,,,dana,,,,', /owner_email "dana" is not an e-mail address/],
        ['unknown country', 'X,Name,,,,,,,,Atlantis', /country "Atlantis" is not a country/],
        ['id again with other content', 'G1,Other,,,,,,,,', /customer "G1" was already on line 2/],
      ],
    );
  });

  test('contacts', async () => {
    await refuses(
      headers.contacts,
      ['C1,Ann,ann@acme.example,AP,true', 'C2,Bo,,,'],
      [
        ['neither name nor address', 'C1,,,,', /needs a name or an e-mail address/],
        ['no address', 'C1,Jo,jo(at)acme,,', /email "jo\(at\)acme" is not an e-mail address/],
        ['unknown customer', 'C9,Jo,jo@acme.example,,', /customer "C9" is unknown/],
        ['unclear primary', 'C1,Jo,jo@acme.example,,perhaps', /is_primary "perhaps" is neither yes nor no/],
      ],
    );
  });

  test('payments', async () => {
    await refuses(
      headers.payments,
      ['G1,2026-02-01,USD,1.00,,,,,', 'G2,2026-02-01,USD,1.00,,,,,C1'],
      [
        ['no id', ',2026-02-01,USD,1.00,,,,,', /payment_id is missing/],
        ['nothing', 'X,2026-02-01,USD,0.00,,,,,', /amount is not above zero/],
        ['negative', 'X,2026-02-01,USD,-1.00,,,,,', /is negative/],
        ['no currency', 'X,2026-02-01,,1.00,,,,,', /currency is missing/],
        ['unknown customer', 'X,2026-02-01,USD,1.00,,,,,C9', /customer "C9" is unknown/],
        ['id again with other content', 'G1,2026-02-02,USD,5.00,,,,,', /payment "G1" was already on line 2/],
      ],
    );
  });

  test('credits', async () => {
    await refuses(
      headers.credits,
      ['G1,C1,2026-01-01,USD,1.00,', 'G2,C1,2026-01-01,USD,1.00,0.50'],
      [
        ['unknown customer', 'X,C9,2026-01-01,USD,1.00,', /customer "C9" is unknown/],
        ['open above amount', 'X,C1,2026-01-01,USD,1.00,1.50', /open amount 1.50 is above the amount 1.00/],
        [
          'number again with other content',
          'G1,C1,2026-01-01,USD,3.00,',
          /credit "G1" was already on line 2/,
        ],
      ],
    );
  });

  test('applications', async () => {
    await refuses(
      headers.applications,
      ['PAY-1,OLD-1,20.00,2026-02-02', 'PAY-1,OLD-1,5.00,2026-02-03'],
      [
        ['unknown payment', 'PAY-9,OLD-1,1.00,2026-02-01', /payment "PAY-9" is unknown/],
        ['unknown invoice', 'PAY-1,NEW-9,1.00,2026-02-01', /invoice "NEW-9" is unknown/],
        [
          'other currency',
          'PAY-1,OLD-2,1.00,2026-02-01',
          /payment "PAY-1" is in USD, invoice "OLD-2" in EUR/,
        ],
        ['void invoice', 'PAY-1,OLD-3,1.00,2026-02-01', /invoice "OLD-3" is void/],
        ['nothing', 'PAY-1,OLD-1,0,2026-02-01', /amount is not above zero/],
        [
          'above what the payment has',
          'PAY-1,OLD-1,60.01,2026-02-01',
          /above the 60.00 of payment "PAY-1" that is unapplied/,
        ],
        ['bad day', 'PAY-1,OLD-1,1.00,yesterday', /applied_on "yesterday" is not a day/],
        ['again with other content', 'PAY-1,OLD-1,3.00,2026-02-02', /application .* was already on line 2/],
      ],
    );
    const [payment] = await books.rows('select unapplied_minor from payment where tenant_id = $1');
    expect(payment).toEqual({ unapplied_minor: '5500' });
  });

  test('an application above what the invoice can take is refused', async () => {
    const [, applications] = await books.run(
      csv('p.csv', headers.payments, 'BIG,2026-02-01,USD,500.00,,,,,C1'),
      csv('a.csv', headers.applications, 'BIG,OLD-1,100.01,2026-02-01', 'BIG,OLD-1,100.00,2026-02-01'),
    );
    expect(applications!.skipped).toEqual([
      { line: 2, reason: 'amount 100.01 is above what invoice "OLD-1" can take: 100.00 of 100.00' },
    ]);
    expect(applications!.created).toBe(1);
  });

  test('parents in a circle, and children of a skipped parent, are refused', async () => {
    const [report] = await books.run(
      csv(
        'c.csv',
        headers.customers,
        'A,Alpha,B,,,,,,,',
        'B,Beta,A,,,,,,,',
        'C,Gamma,B,,,,,,,',
        'D,Delta,E,,,,,,,',
        'E,Epsilon,,,,,,,,',
      ),
    );
    expect(counts(report!)).toEqual([2, 0, 0, 3]);
    expect(report!.skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'parent "B" makes this customer its own ancestor'],
      [3, 'parent "A" makes this customer its own ancestor'],
      [4, 'parent "B" is unknown: its own line 3 was skipped'],
    ]);
  });

  test('a circle over customers that are in the ledger already is refused too', async () => {
    await books.run(csv('c.csv', headers.customers, 'T,Top,,,,,,,,', 'M,Middle,T,,,,,,,', 'L,Low,M,,,,,,,'));
    const [report] = await books.run(csv('c.csv', headers.customers, 'T,Top,L,,,,,,,'));
    expect(report!.skipped).toEqual([{ line: 2, reason: 'parent "L" makes this customer its own ancestor' }]);
  });

  test('a file that is none of the kinds, or cannot be read, harms no other file', async () => {
    const [weather, missing, good] = await books.run(
      csv('weather.csv', 'date,weather', '2026-01-01,sun'),
      { name: 'gone.csv', bytes: '/nowhere/gone.csv' },
      csv('c.csv', headers.customers, 'C3,Initech,,USD,30,,,,,US'),
    );
    expect(weather).toMatchObject({
      file: 'weather.csv',
      kind: null,
      error: expect.stringMatching(/Looked for customers: customer_id, name/),
    });
    expect(missing).toMatchObject({
      file: 'gone.csv',
      kind: null,
      error: expect.stringMatching(/cannot be read/),
    });
    expect(counts(good!)).toEqual([1, 0, 0, 0]);
  });

  test('an invoice takes no more money than its amount, in one application or in several', async () => {
    await books.run(csv('p.csv', headers.payments, 'BIG,2026-02-01,USD,500.00,,,,,C1'));
    const [file] = await books.run(
      csv(
        'a.csv',
        headers.applications,
        'BIG,OLD-1,100.01,2026-02-01',
        'BIG,OLD-1,60.00,2026-02-02',
        'BIG,OLD-1,40.01,2026-02-03',
        'BIG,OLD-1,40.00,2026-02-04',
      ),
    );
    expect(file!.skipped).toEqual([
      { line: 2, reason: expect.stringMatching(/above what invoice "OLD-1" can take: 100.00 of 100.00/) },
      { line: 4, reason: expect.stringMatching(/above what invoice "OLD-1" can take: 40.00 of 100.00/) },
    ]);
    expect(
      await books.rows(
        `select i.open_minor, sum(a.amount_minor) as applied from invoice i join application a on a.invoice_id = i.id
          where i.tenant_id = $1 and i.number = 'OLD-1' group by i.id, i.tenant_id, i.open_minor`,
      ),
    ).toEqual([{ open_minor: '0', applied: '10000' }]);
  });

  test('a credit that is used keeps its currency, and is not made smaller than what was used of it', async () => {
    await books.run(csv('c.csv', headers.credits, 'USED-1,C1,2026-01-01,USD,10.00,6.00'));
    await database.pool.query(
      `insert into application (tenant_id, source, external_id, credit_id, invoice_id, currency, amount_minor, applied_on)
       select c.tenant_id, 'test', 'U1', c.id, i.id, 'USD', 400, '2026-02-01' from credit c join invoice i using (tenant_id)
        where c.tenant_id = $1 and c.number = 'USED-1' and i.number = 'OLD-1'`,
      [books.tenantId],
    );
    for (const [line, reason] of [
      ['USED-1,C1,2026-01-01,EUR,10.00,6.00', /was in USD before, and was used in that currency/],
      ['USED-1,C1,2026-01-01,USD,3.99,', /below what was already used/],
    ] as const) {
      const [file] = await books.run(csv('c.csv', headers.credits, line));
      expect(file!.skipped).toMatchObject([{ line: 2, reason: expect.stringMatching(reason) }]);
    }
  });

  test('viewers may not import', async () => {
    const { createImportLedger } = await import('../../src/operations/import-ledger.ts');
    const actor = { ...books.context.actor, role: 'viewer' as const };
    await expect(
      createImportLedger(database, { now: () => new Date() })([], { ...books.context, actor }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
  });
});

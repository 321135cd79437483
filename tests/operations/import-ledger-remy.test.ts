/** What Remy did with money, and what the ledger's files say of it afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { returnPayment } from '../../src/operations/cash/return-payment.ts';
import { reverseMatch } from '../../src/operations/cash/reverse-match.ts';
import { settleOpen } from '../../src/operations/import-ledger/balances.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { place } from '../support/place.ts';
import { type Books, csv, headers, someBooks } from './import-fixtures.ts';

describe('the open amount that a ledger gives', () => {
  test.each<[string, [number, number, number, number, number?], number]>([
    ['Remy did nothing: the ledger is right', [1000, 400, 0, 300], 400],
    ['Remy applied 600 that the ledger has not heard of', [1000, 1000, 600, 600], 400],
    ['the ledger has heard of the 600', [1000, 400, 600, 600], 400],
    ['400 known only to the ledger, 600 of Remy unknown to it', [1000, 600, 600, 600], 0],
    ['400 applied by the ledger, 600 of Remy unknown to it', [1000, 600, 600, 1000], 0],
    ['all of it heard of', [1000, 0, 600, 1000], 0],
    ['charged back here, unknown to the ledger', [100, 0, -100, 0], 100],
    ['charged back and heard of', [100, 100, -100, 0], 100],
    ['a part charged back', [100, 0, -40, 60], 40],
    ['the ledger knows a smaller rest than Remy', [1000, 300, 600, 600], 300],
    ['just what Remy did above what was open: it has not heard', [1000, 600, 100, 100, 500], 500],
    ['less than that: it has', [1000, 500, 100, 100, 500], 500],
  ])('%s', (_, [amount, given, own, applied, before], open) => {
    expect(
      settleOpen({
        amount: BigInt(amount),
        given: BigInt(given),
        own: BigInt(own),
        applied: BigInt(applied),
        before: before === undefined ? null : BigInt(before),
      }),
    ).toBe(BigInt(open));
  });
});

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const customers = csv('customers.csv', headers.customers, 'C,Acme,,USD,30,,,,,US');
const invoices = (open: string, amount = '1000.00', status = '') =>
  csv('invoices.csv', headers.invoices, `I1,C,2026-05-01,,USD,${amount},${open},${status},,`);
const payments = csv('payments.csv', headers.payments, 'P1,2026-06-01,USD,600.00,Acme,,,wire,C');
const applications = csv('applications.csv', headers.applications, 'P1,I1,600.00,2026-06-03');

/** Remy puts so many cents of P1 on I1, as matching does. */
async function apply({ tenantId, rows }: Books, cents: number): Promise<number> {
  const [found] = (await rows(
    `select p.id::int as payment, p.unapplied_minor::int as unapplied, i.id::int as invoice, i.open_minor::int as open,
       i.customer_id::int as customer from payment p, invoice i where p.tenant_id = $1 and i.tenant_id = $1`,
  )) as [Record<string, number>];
  const { payment, unapplied, invoice, open, customer } = found;
  const matchId = await place(database, tenantId, {
    payment: { id: payment!, number: 'P1', minor: 60_000n, unapplied: BigInt(unapplied!) },
    invoice: {
      id: invoice!,
      number: 'I1',
      open: BigInt(open!),
      customer: { id: customer!, code: 'C', name: 'Acme' },
    },
    minor: BigInt(cents),
  });
  return matchId!;
}

const standing = async ({ rows }: Books) =>
  (
    await rows(
      `select (select open_minor::int from invoice where tenant_id = $1) as open,
         (select status from invoice where tenant_id = $1) as status,
         (select unapplied_minor::int from payment where tenant_id = $1) as unapplied,
         (select coalesce(sum(amount_minor), 0)::int from application where tenant_id = $1) as applied`,
    )
  )[0];

describe('a ledger that tells of what Remy did', () => {
  test('its application of the same money on another day is nothing new', async () => {
    const books = await someBooks(database);
    await books.run(customers, invoices(''), payments);
    await apply(books, 60_000);
    const [report] = await books.run(applications);
    expect(report).toMatchObject({ unchanged: 1, created: 0, skipped: [] });
    expect(await standing(books)).toEqual({ open: 40_000, status: 'open', unapplied: 0, applied: 60_000 });
  });

  test('several of Remy that add up to the one of the ledger are nothing new either', async () => {
    const books = await someBooks(database);
    await books.run(customers, invoices(''), payments);
    await apply(books, 20_000);
    await apply(books, 40_000);
    const [report] = await books.run(applications);
    expect(report).toMatchObject({ unchanged: 1, skipped: [] });
    expect((await standing(books))!.applied).toBe(60_000);
  });

  test('a paid invoice does not look unpaid because the ledger has not heard yet, nor when it has', async () => {
    const books = await someBooks(database);
    await books.run(customers, invoices('1000.00'), payments);
    await apply(books, 60_000);
    for (const file of [invoices('1000.00'), invoices('400.00'), invoices('400.00')]) {
      await books.run(file);
      expect(await standing(books)).toMatchObject({ open: 40_000, unapplied: 0 });
    }
  });

  test('what was taken back here stays so when the same file comes again', async () => {
    const books = await someBooks(database);
    await books.run(customers, invoices(''), payments);
    const matchId = await apply(books, 60_000);
    await inTenant(database.pool, books.tenantId, (sql) =>
      reverseMatch(sql, matchId, { by: 'ada@example.com', today: '2026-06-04', reason: 'wrong invoice' }),
    );
    const before = csv('applications.csv', headers.applications, 'P1,I1,600.00,2026-06-02');
    const [report] = await books.run(before);
    expect(report).toMatchObject({ unchanged: 1, skipped: [] });
    expect(await standing(books)).toEqual({ open: 100_000, status: 'open', unapplied: 60_000, applied: 0 });
    // put on again in the ledger afterwards: a new act
    const [later] = await books.run(csv('applications.csv', headers.applications, 'P1,I1,600.00,2026-06-20'));
    expect(later).toMatchObject({ created: 1, skipped: [] });
    expect(await standing(books)).toEqual({ open: 40_000, status: 'open', unapplied: 0, applied: 60_000 });
  });

  test('an application of the ledger that was charged back here is not made again', async () => {
    const books = await someBooks(database);
    const files = [customers, invoices('', '600.00'), payments, applications];
    await books.run(...files);
    const [{ id }] = (await books.rows('select id::int as id from payment where tenant_id = $1')) as [
      { id: number },
    ];
    await inTenant(database.pool, books.tenantId, async (sql) => {
      await returnPayment(sql, {
        paymentId: id,
        kind: 'chargeback',
        amountMinor: null,
        on: '2026-06-10',
        bankLineId: null,
        reason: '',
        madeBy: 'remy',
      });
    });
    const charged = { open: 60_000, status: 'open', unapplied: 0, applied: 0 };
    expect(await standing(books)).toEqual(charged);
    const reports = await books.run(...files);
    expect(reports.flatMap(({ skipped }) => skipped)).toEqual([]);
    expect(await standing(books)).toEqual(charged);
    await books.run(invoices('0.00', '600.00', 'paid'));
    expect(await standing(books)).toEqual(charged);
  });

  test.each([
    ['void', invoices('', '1000.00', 'void'), 0],
    ['smaller than what is on it', invoices('', '500.00'), 50_000],
  ])(
    'an invoice that is %s in the ledger gives its money back, and the report says so',
    async (_, file, open) => {
      const books = await someBooks(database);
      await books.run(customers, invoices(''), payments);
      await apply(books, 60_000);
      const [report] = await books.run(file);
      expect(report!.skipped).toEqual([]);
      expect(report!.warnings.join()).toMatch(/"I1" is void or smaller now: 600\.00 USD .* unapplied again/);
      expect(await standing(books)).toMatchObject({ open, unapplied: 60_000, applied: 0 });
      const [match] = await books.rows('select reversed_reason from cash_match where tenant_id = $1');
      expect(match!.reversed_reason).toMatch(/ledger voided/);
      const [again] = await books.run(file);
      expect(again).toMatchObject({ unchanged: 1, warnings: [] });
    },
  );
});

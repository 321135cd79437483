import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRemittanceFiles } from '../../../src/connectors/remittance-files/index.ts';
import { remittancesFor } from '../../../src/operations/cash/remittances-for.ts';
import { createStoreRemittance } from '../../../src/operations/cash/store-remittance.ts';
import { createReadInbox } from '../../../src/operations/read-inbox.ts';
import type { IncomingMail } from '../../../src/ports/mailbox.ts';
import { readUnappliedPayments } from '../../../src/store/cash/payments.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aBankLine } from '../../support/bank-lines.ts';
import { testDatabase } from '../../support/database.ts';
import { aContact, aCustomer } from '../../support/ledger-builders.ts';
import { type BankBooks, bankBooks } from './bank-books.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const advice = 'Invoice,Amount paid,Discount\nINV-1001,300.00,\nINV-1002,196.00,4.00\nTotal,496.00,4.00\n';
const part = { name: 'remittance.csv', mime: 'text/csv', bytes: new TextEncoder().encode(advice) };
const money = {
  name: 'bank.xml',
  statements: [{ lines: [aBankLine({ amount: '496.00', payerName: 'ACME CORP' })] }],
};

/** What matching is told of the only payment. */
const linesOf = (books: BankBooks) =>
  inTenant(database.pool, books.tenantId, async (sql) => {
    const rows = await readUnappliedPayments(sql);
    return rows.flatMap((await remittancesFor(sql, rows)) as never);
  });
const EXPECTED = [
  { document: 'INV-1001', paidMinor: 30_000n, deductionMinor: null },
  { document: 'INV-1002', paidMinor: 19_600n, deductionMinor: 400n },
];

describe('an advice by mail or file', () => {
  const store = createStoreRemittance;

  test('is stored once and read as evidence of its payment, whichever came first', async () => {
    for (const adviceFirst of [true, false]) {
      const books = await bankBooks(database);
      const customerId = await aCustomer({ database, tenantId: books.tenantId }, { name: 'Acme Corp' });
      const keep = () =>
        store(database, createRemittanceFiles())(
          { source: 'file', externalId: 'remittance.csv', parts: [part], customerId },
          books.context,
        );
      if (adviceFirst) await keep();
      await books.bank([money]);
      const { stored, known } = await keep();
      expect(stored + known).toBe(1);
      expect(await linesOf(books)).toMatchObject(EXPECTED);
      const [row] = await books.rows(
        'select count(*)::int as n, count(payment_id)::int as paired from remittance where tenant_id = $1',
      );
      expect(row).toEqual({ n: 1, paired: 1 });
    }
  });

  test('less paid than the invoice without a word is a deduction of the difference', async () => {
    const books = await bankBooks(database);
    const customerId = await aCustomer({ database, tenantId: books.tenantId }, { name: 'Acme Corp' });
    const text =
      'Invoice,Invoice amount,Amount paid\nINV-1001,300.00,300.00\nINV-1002,200.00,196.00\nTotal,500.00,496.00\n';
    await books.bank([money]);
    await store(database, createRemittanceFiles())(
      {
        ...{ source: 'file', externalId: 'r.csv', customerId },
        parts: [{ ...part, bytes: new TextEncoder().encode(text) }],
      },
      books.context,
    );
    expect(await linesOf(books)).toMatchObject(EXPECTED);
  });

  test('an advice that fits two payments is given to none of them, also when only one is asked for', async () => {
    const books = await bankBooks(database);
    const customerId = await aCustomer({ database, tenantId: books.tenantId }, { name: 'Acme Corp' });
    await store(database, createRemittanceFiles())(
      { source: 'file', externalId: 'r.csv', parts: [part], customerId },
      books.context,
    );
    const twice = ['BN000771', 'BN000772'].map((bankReference) =>
      aBankLine({ amount: '496.00', payerName: 'ACME CORP', bankReference }),
    );
    const other = aBankLine({ amount: '12.00', payerName: 'ACME CORP' });
    await books.bank([{ name: 'two.xml', statements: [{ lines: [...twice, other] }] }]);
    const asked = await inTenant(database.pool, books.tenantId, async (sql) => {
      const all = await readUnappliedPayments(sql);
      const found: unknown[] = [];
      for (const row of all) found.push((await remittancesFor(sql, [row]))(row));
      return found;
    });
    expect(asked).toEqual([[], [], []]);
    // once the other one is gone it is about the one that is left
    await books.rows(
      `update payment set unapplied_minor = 0
        where tenant_id = $1 and id = (select max(id) from payment where tenant_id = $1 and amount_minor = 49600)`,
    );
    expect(await linesOf(books)).toMatchObject(EXPECTED);
  });

  test('without money it changes nothing that is owed or paid', async () => {
    const books = await bankBooks(database);
    await store(database, createRemittanceFiles())(
      { source: 'file', externalId: 'x', parts: [part] },
      books.context,
    );
    for (const table of ['payment', 'application', 'cash_match'])
      expect(await books.rows(`select 1 from ${table} where tenant_id = $1`)).toEqual([]);
  });

  test('a part that cannot be read is named and holds up no other', async () => {
    const books = await bankBooks(database);
    const broken = {
      name: 'old.xls',
      mime: null,
      bytes: Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    };
    const { stored, problems } = await store(database, createRemittanceFiles())(
      { source: 'file', externalId: 'y', parts: [broken, part] },
      books.context,
    );
    expect([stored, problems.map(({ name }) => name)]).toEqual([1, ['old.xls']]);
  });

  test('structured remittance of the bank is an advice of its own', async () => {
    const books = await bankBooks(database);
    const remittance = [{ document: 'INV-1001', amount: '496.00' }];
    await books.bank([
      { name: 'b.xml', statements: [{ lines: [aBankLine({ amount: '496.00', remittance })] }] },
    ]);
    expect(await linesOf(books)).toMatchObject([{ document: 'INV-1001', paidMinor: 49_600n }]);
  });

  test('the attachment of a mail is kept for its customer, once, and a stranger’s is not', async () => {
    const books = await bankBooks(database);
    const where = { database, tenantId: books.tenantId };
    const acme = await aCustomer(where, { name: 'Acme Corp' });
    await aContact(where, acme, { email: 'ap@acme.test' });
    const mail = (from: string, id: string): IncomingMail => ({
      ...{ messageId: id, inReplyTo: null, references: [], from, to: ['ar@us.test'] },
      ...{ subject: 'Remittance advice', body: 'Please find our advice attached.' },
      ...{ sentAt: '2026-11-18T10:00:00.000Z', automatic: false, bouncedRecipient: null },
      attachments: [part],
    });
    const mails = [mail('ap@acme.test', '<1@acme.test>'), mail('x@unknown.example', '<2@unknown.example>')];
    const read = createReadInbox({
      database,
      clock: { now: () => new Date('2026-11-24T15:00:00Z'), today: () => '2026-11-24' },
      mailbox: {
        async *listIncoming() {
          yield* mails;
        },
      },
      remittanceFiles: createRemittanceFiles(),
    });
    expect((await read(books.tenantId)).skipped).toEqual([]);
    await read(books.tenantId);
    const rows = await books.rows(
      'select external_id, customer_id::int as customer from remittance where tenant_id = $1',
    );
    expect(rows).toEqual([{ external_id: '<1@acme.test>', customer: acme }]);
    await books.bank([money]);
    expect(await linesOf(books)).toMatchObject(EXPECTED);
  });
});

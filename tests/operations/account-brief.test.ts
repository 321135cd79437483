import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountBrief, exportTimelineOutput } from '../../src/domain/ledger-query/answers.ts';
import { createAccountBrief } from '../../src/operations/account-brief.ts';
import { createExportTimeline } from '../../src/operations/export-timeline.ts';
import { createLogPromise } from '../../src/operations/log-promise.ts';
import { createOpenDispute } from '../../src/operations/open-dispute.ts';
import { createRecordEvent } from '../../src/operations/record-event.ts';
import { createRecordMessage } from '../../src/operations/record-message.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import {
  aContact,
  aContext,
  aCredit,
  aCustomer,
  anApplication,
  anInvoice,
  aPayment,
  type In,
} from '../support/ledger-builders.ts';

describe('an account brief', () => {
  let database: Database;
  let where: In;
  let collector: Context;
  let northwind: number;
  const brief = async (input: { customerId?: number; invoice?: string }, context = collector) =>
    accountBrief.parse(await createAccountBrief(database)(input, context));

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    collector = await aContext(where, { today: '2026-11-24', email: 'col@remy.test' });
    const head = await aCustomer(where, { name: 'Northwind Holding' });
    northwind = await aCustomer(where, {
      name: 'Northwind Traders',
      code: 'NW',
      parent: head,
      owner: 'rep@remy.test',
      country: 'US',
    });
    await aCustomer(where, { name: 'Northwind Kids', parent: northwind });
    await aContact(where, northwind, { name: 'Second', email: 'b@nw.test' });
    await aContact(where, northwind, { name: 'First', email: 'ap@nw.test', role: 'ap', primary: true });
    const late = await anInvoice(where, northwind, {
      number: 'INV-20418',
      amount: '500',
      issuedOn: '2026-09-01',
      dueOn: '2026-10-01',
      open: '300',
    });
    const payment = await aPayment(where, {
      number: 'PAY-9',
      amount: '230',
      unapplied: '30',
      customer: northwind,
      receivedOn: '2026-10-20',
    });
    await anApplication(where, late, { payment }, { amount: '200', appliedOn: '2026-10-20' });
    await anInvoice(where, northwind, {
      number: 'INV-20500',
      amount: '80',
      issuedOn: '2026-11-10',
      dueOn: '2026-12-10',
    });
    await anInvoice(where, northwind, {
      number: 'INV-100',
      amount: '10',
      issuedOn: '2026-01-01',
      dueOn: '2026-01-31',
      paidOn: '2026-02-10',
    });
    await anInvoice(where, northwind, {
      number: 'INV-090',
      amount: '10',
      issuedOn: '2025-01-01',
      dueOn: '2025-01-31',
      paidOn: '2025-06-10',
    });
    await aCredit(where, northwind, { amount: '15', currency: 'EUR' });
    const other = await aCustomer(where, { name: 'Globex' });
    await anInvoice(where, other, { number: 'DUP-1' });
    await anInvoice(where, northwind, {
      number: 'dup-1',
      source: 'stripe',
      amount: '5',
      dueOn: '2027-01-01',
    });
    await createLogPromise(database)(
      {
        customer: 'NW',
        invoices: ['inv-20418'],
        amount: '100',
        currency: 'USD',
        madeOn: '2026-11-01',
        payOn: '2026-11-05',
        quote: 'we pay Thursday',
      },
      collector,
    );
    await createOpenDispute(database)(
      { invoice: 'INV-20500', reason: 'price', openedOn: '2026-11-14', owner: 'col@remy.test' },
      collector,
    );
    await createSetHold(database)(
      { customerId: northwind, reason: 'audit', fromOn: '2026-11-20' },
      collector,
    );
    await createSetHold(database)(
      { customerId: northwind, reason: 'over', fromOn: '2026-10-01', untilOn: '2026-10-05' },
      collector,
    );
    await createRecordMessage(database)(
      {
        messageId: '<1@nw.test>',
        direction: 'in',
        sentAt: '2026-11-18T09:30:00Z',
        from: 'AP@nw.test',
        to: 'ar@remy.test',
        subject: 'Your invoice',
        body: 'Hello,\n\n  we   will look.\n',
      },
      collector,
    );
    await createRecordEvent(database)(
      {
        customer: 'NW',
        invoice: 'INV-20418',
        kind: 'called',
        day: '2026-11-02',
        summary: '=HYPERLINK("x"), said "soon"',
      },
      collector,
    );
  });
  afterAll(() => database.close());

  test('tells who the customer is and what it owes, apart from its group', async () => {
    const story = await brief({ customerId: northwind });
    expect(story.customer).toMatchObject({
      code: 'NW',
      parent: { name: 'Northwind Holding' },
      children: [{ name: 'Northwind Kids' }],
      owner: 'rep@remy.test',
      region: 'AMER',
      termsDays: 30,
    });
    expect(story.open).toEqual([
      {
        currency: 'EUR',
        count: 0,
        open: '0.00',
        overdueCount: 0,
        overdue: '0.00',
        maxDaysOverdue: 0,
        unapplied: '0.00',
        credits: '15.00',
      },
      {
        currency: 'USD',
        count: 3,
        open: '385.00',
        overdueCount: 1,
        overdue: '300.00',
        maxDaysOverdue: 54,
        unapplied: '30.00',
        credits: '0.00',
      },
    ]);
    expect(
      story.openInvoices.map(({ number, status, daysOverdue, disputed }) => [
        number,
        status,
        daysOverdue,
        disputed,
      ]),
    ).toEqual([
      ['INV-20418', 'overdue', 54, false],
      ['INV-20500', 'not_due', 0, true],
      ['dup-1', 'not_due', 0, false],
    ]);
    expect(story.invoice).toBeNull();
  });

  test('tells habits of the last twelve months, contacts, promises, disputes, holds and mail', async () => {
    const story = await brief({ customerId: northwind });
    expect(story.habits).toEqual({
      paidInvoices: 1,
      averageDaysToPay: '40.0',
      averageDaysLate: '10.0',
      medianDaysLate: '10.0',
      onTimeShare: '0.0',
      window: { from: '2025-11-25', to: '2026-11-24' },
    });
    expect(story.contacts.map((contact) => contact.name)).toEqual(['First', 'Second']);
    expect(story.promises).toMatchObject([
      {
        status: 'broken',
        amount: '100.00',
        received: '0.00',
        invoices: ['INV-20418'],
        quote: 'we pay Thursday',
      },
    ]);
    expect(story.disputes).toMatchObject([
      { invoice: 'INV-20500', amount: '80.00', ageDays: 10, owner: 'col@remy.test', resolvedOn: null },
    ]);
    expect(story.holds).toEqual([{ reason: 'audit', from: '2026-11-20', until: null, invoice: null }]);
    expect(story.messages).toEqual([
      {
        day: '2026-11-18',
        direction: 'in',
        from: 'AP@nw.test',
        subject: 'Your invoice',
        excerpt: 'Hello, we will look.',
      },
    ]);
  });

  test('tells the timeline newest first, with what the documents tell', async () => {
    const { timeline } = await brief({ customerId: northwind });
    expect(timeline.slice(0, 5).map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2026-11-20 held',
      '2026-11-18 replied',
      '2026-11-14 disputed',
      '2026-11-10 issued',
      '2026-11-02 called',
    ]);
    expect(timeline).toContainEqual({
      day: '2026-10-20',
      kind: 'partly_paid',
      summary: 'Paid in part with 200.00 USD (PAY-9)',
      actor: null,
      invoice: 'INV-20418',
    });
  });

  test.each(['INV-20418', 'inv-20418', '20418', '#20418', 'inv 20418', 'INV-020418'])(
    'finds the invoice written %s',
    async (invoice) => {
      const story = await brief({ invoice });
      expect(story.invoice).toMatchObject({
        number: 'INV-20418',
        amount: '500.00',
        open: '300.00',
        status: 'overdue',
        applications: [{ appliedOn: '2026-10-20', amount: '200.00', source: 'payment', number: 'PAY-9' }],
      });
      expect(story.customer.name).toBe('Northwind Traders');
      expect(story.disputes).toEqual([]);
      expect(story.timeline.map((event) => event.kind)).toEqual([
        'called',
        'promised',
        'partly_paid',
        'issued',
      ]);
    },
  );

  test('a paid invoice says how late it was', async () => {
    expect((await brief({ invoice: 'INV-100' })).invoice).toMatchObject({
      status: 'paid',
      daysLate: 10,
      daysOverdue: 0,
      paidOn: '2026-02-10',
    });
  });

  test('a number that two invoices have is asked back with both', async () => {
    await expect(brief({ invoice: 'DUP-1' })).rejects.toThrow(
      /DUP-1 of Globex \(from csv\).*dup-1 of Northwind Traders \(from stripe\)/,
    );
  });

  test('an unknown number is answered with the nearest ones', async () => {
    await expect(brief({ invoice: 'INV-20481' })).rejects.toThrow(/no invoice INV-20481.*INV-20418/);
    await expect(brief({ invoice: 'PO-20418' })).rejects.toThrow(/no invoice PO-20418/);
    await expect(brief({ customerId: 999_999 })).rejects.toThrow(/no customer/);
  });

  test('a viewer reads own accounts, and nothing of others', async () => {
    const viewer = await aContext(where, { role: 'viewer', email: 'rep@remy.test', today: '2026-11-24' });
    const story = await brief({ customerId: northwind }, viewer);
    expect(story.customer).toMatchObject({ parent: null, children: [] });
    expect((await brief({ invoice: 'DUP-1' }, viewer)).invoice?.number).toBe('dup-1');
    const stranger = await aContext(where, { role: 'viewer' });
    for (const input of [{ customerId: northwind }, { invoice: 'INV-20418' }, { invoice: 'INV-20481' }])
      await expect(brief(input, stranger)).rejects.toThrow(
        /^There is no (customer|invoice)(?!.*INV-20418\.)/,
      );
  });

  test('a viewer exports the timelines of own accounts only', async () => {
    const exported = createExportTimeline(database);
    const owner = await aContext(where, { role: 'viewer', email: 'rep@remy.test' });
    const stranger = await aContext(where, { role: 'viewer' });
    for (const input of [{ customerId: northwind }, { invoice: 'INV-20418' }]) {
      expect((await exported(input, owner)).events.length).toBeGreaterThan(0);
      await expect(exported(input, stranger)).rejects.toThrow(/^There is no (customer|invoice)/);
    }
  });

  test('the timeline of an invoice is exported oldest first, with no cell that a spreadsheet would run', async () => {
    const file = exportTimelineOutput.parse(
      await createExportTimeline(database)({ invoice: '20418' }, collector),
    );
    expect(file.fileName).toBe('timeline-INV-20418.csv');
    expect(file.subject).toBe('INV-20418 of Northwind Traders');
    expect(file.csv.split('\r\n')).toEqual([
      'day,time_utc,kind,invoice,actor,summary',
      '2026-09-01,,issued,INV-20418,,"Issued over 500.00 USD, due 2026-10-01"',
      '2026-10-20,,partly_paid,INV-20418,,Paid in part with 200.00 USD (PAY-9)',
      '2026-11-01,,promised,INV-20418,col@remy.test,Promised 100.00 USD by 2026-11-05 on INV-20418',
      '2026-11-02,,called,INV-20418,col@remy.test,"\'=HYPERLINK(""x""), said ""soon"""',
      '',
    ]);
    expect(file.events).toHaveLength(4);
    const whole = await createExportTimeline(database)({ customerId: northwind }, collector);
    expect(whole.events.length).toBeGreaterThan(8);
  });
});

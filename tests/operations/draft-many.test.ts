/** Many drafts at once: one email a customer, and nobody has overruled the cadence's restraints for any of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTemplateWriter } from '../../agents/writer/templates.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import { createDraftEmail } from '../../src/operations/draft-email.ts';
import { createDraftMany } from '../../src/operations/draft-many.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { type Account, anAccount, asks, cardOf } from '../support/draft-builders.ts';
import { anInvoice } from '../support/ledger-builders.ts';

describe('drafting to everyone', () => {
  let database: Database;
  let desk: Desk;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const parts = () => ({
    ...{ database, clock: desk.clock, writer: createTemplateWriter(), statements: createStatementFiles() },
  });
  const everyone = () =>
    createDraftMany(parts())({ minDaysOverdue: 1, exceptCustomerIds: [] }, asks(desk.controller));
  const alsoOwes = ({ customer }: Account, currency: string, amount: string) =>
    anInvoice(desk.where, customer, { currency, amount, dueOn: '2026-10-31' });
  const writtenTo = ({ customer }: Account, on = '2026-11-24') =>
    database.pool.query(
      `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
       values ($1, 'remy', 'message:1', $2, 'chased', $3::date, $3::date + time '15:00:30', 'Written to')`,
      [desk.where.tenantId, customer, on],
    );
  const leaves = async (proposalId: number) => {
    await desk.approve(await cardOf(desk.where, proposalId), desk.controller);
    desk.clock.advance(61);
  };

  test('a customer who owes in two currencies gets one email, and the other currency says why not', async () => {
    await anAccount(desk.where, { name: 'Acme', amount: '3000' });
    const both = await anAccount(desk.where, { name: 'Globex', amount: '900' });
    await alsoOwes(both, 'EUR', '2000');
    const { made, notChased } = await everyone();
    // the first of each currency is written to before the second of any
    expect(made.proposals.map((each) => [each.customer?.name, each.currency])).toEqual([
      ['Acme', 'USD'],
      ['Globex', 'EUR'],
    ]);
    expect(notChased).toEqual([
      {
        ...{ customer: 'Globex', currency: 'USD', amount: '900.00' },
        reasons: ['one email at a time: that about the EUR invoices of this customer comes first'],
      },
    ]);
    expect((await everyone()).made.total).toBe(0);
    for (const { id } of made.proposals) await leaves(id);
    await desk.sweep();
    expect(desk.mailbox.journal).toHaveLength(2);
    expect((await everyone()).made.total).toBe(0);
  });

  test('a gap that begins after the click stops it, since nobody overruled it for so many', async () => {
    const account = await anAccount(desk.where);
    const { made } = await everyone();
    await leaves(made.proposals[0]!.id);
    await writtenTo(account);
    expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
    expect((await desk.effects())[0]!.error).toMatch(/last contact was on 2026-11-24/);
  });

  test.each([
    ['leaves in spite of the gap', '2026-11-23', { sent: 1 }],
    ['does not leave on a day on which another one left', '2026-11-24', { void: 1 }],
  ])('an email that was asked for by name %s', async (_, on, outcomes) => {
    const account = await anAccount(desk.where);
    const { proposal } = await createDraftEmail(parts())(
      { customerId: account.customer, cc: [] },
      asks(desk.controller),
    );
    await leaves(proposal.id);
    await writtenTo(account, on);
    expect((await desk.sweep()).outcomes).toEqual(outcomes);
  });
});

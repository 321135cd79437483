/** A dead letter goes on its way again only while nobody has written to the customer since. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRecordEvent } from '../../src/operations/record-event.ts';
import { createRetryEffect } from '../../src/operations/retry-effect.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { type Account, aDraft, anEmail, asks } from '../support/draft-builders.ts';
import { anInvoice } from '../support/ledger-builders.ts';

describe('trying a dead letter again', () => {
  let database: Database;
  let desk: Desk;
  let account: Account;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
    desk.mailbox.script.push('hopeless');
    ({ account } = await desk.approved());
    await desk.sweep();
    desk.clock.advance(60);
  });

  const dead = async () => (await desk.effects()).find((each) => each.state === 'dead')!;
  const retry = async () =>
    createRetryEffect(database, desk.clock)({ effectId: (await dead()).id }, asks(desk.controller));
  const sendAnother = async (over: Parameters<typeof anEmail>[1] = {}) => {
    await desk.approve(await aDraft(desk.where, anEmail(account, over), desk.bot));
    desk.clock.advance(61);
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  };
  const written = (direction: 'in' | 'out') =>
    database.pool.query(
      `insert into message (tenant_id, source, external_id, customer_id, direction, sent_at, from_address, subject)
       values ($1, 'mail', '<by-hand@remy.test>', $2, $3, $4, 'ar@remy.test', 'Our call today')`,
      [desk.where.tenantId, account.customer, direction, desk.clock.now()],
    );

  test('is refused once its replacement has left, in words that name that one', async () => {
    await sendAnother({ subject: 'The replacement' });
    await expect(retry()).rejects.toThrow(
      /"The replacement" left to .+ on 2026-11-24 at 15:03 UTC, after this one was approved/,
    );
    desk.clock.advance(3600);
    await desk.sweep();
    expect(desk.mailbox.journal.map((each) => each.subject)).toEqual(['The replacement']);
    expect(await dead()).toMatchObject({ state: 'dead' });
  });

  test('is refused once somebody wrote to the customer by hand', async () => {
    await written('out');
    await expect(retry()).rejects.toThrow(/"Our call today" left to/);
  });

  test('is refused once somebody noted that the customer was written to', async () => {
    await createRecordEvent(database)(
      {
        ...{ customerId: account.customer, kind: 'chased', day: '2026-11-24', summary: 'Sent a letter' },
        at: desk.clock.now().toISOString(),
      },
      asks(desk.collector),
    );
    await expect(retry()).rejects.toThrow(/"Sent a letter" left to/);
  });

  test('goes on where only the customer has written, and is looked at again before it leaves', async () => {
    await written('in');
    await retry();
    expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
  });

  test('goes on where the other email was about another currency', async () => {
    const number = 'EUR-1';
    const invoice = await anInvoice(desk.where, account.customer, {
      ...{ number, amount: '80', currency: 'EUR', dueOn: '2026-10-31' },
    });
    await sendAnother({
      ...{ currency: 'EUR', totalAmount: '80.00' },
      invoices: [{ id: invoice, number, openAmount: '80.00', dueOn: '2026-10-31' }],
    });
    await retry();
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
    expect(desk.mailbox.journal).toHaveLength(2);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDecide } from '../../src/operations/decide.ts';
import { createListEffects } from '../../src/operations/list-effects.ts';
import { createRetryEffect } from '../../src/operations/retry-effect.ts';
import { readCadence } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { aDraft, anEmail, aPolicyChange, asks, cardOf } from '../support/draft-builders.ts';
import { aContext } from '../support/ledger-builders.ts';

describe('how effects end', () => {
  let database: Database;
  let desk: Desk;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const only = async () => (await desk.effects())[0]!;

  test('refusals become a dead letter that blocks nothing else, and a controller can try again', async () => {
    const bad = await desk.approved();
    desk.mailbox.script.push('hopeless');
    await desk.sweep();
    const good = await desk.approved();
    await desk.sweep();
    expect([(await desk.state(bad.card)).state, (await desk.state(good.card)).state]).toEqual([
      'failed',
      'done',
    ]);
    const listed = await createListEffects(database)({ state: 'dead' }, asks(desk.collector));
    expect(listed).toMatchObject({
      counts: { dead: 1, sent: 1 },
      effects: [{ proposalId: bad.card.proposalId, error: 'The provider refused the mail.' }],
    });
    const { id: effectId } = listed.effects[0]!;
    const retry = createRetryEffect(database, desk.clock);
    await expect(retry({ effectId }, asks(desk.collector))).rejects.toThrow(/controller/);
    await retry({ effectId }, asks(desk.controller));
    await expect(retry({ effectId }, asks(desk.controller))).rejects.toThrow(/no failed effect/);
    await desk.sweep();
    expect([desk.mailbox.lookUps.length, (await desk.state(bad.card)).state]).toEqual([1, 'done']);
    expect(desk.mailbox.journal).toHaveLength(2);
  });

  test('a dead letter is not revived beside a newer draft for the same customer', async () => {
    const { account } = await desk.approved();
    desk.mailbox.script.push('hopeless');
    await desk.sweep();
    await aDraft(desk.where, anEmail(account), desk.bot);
    const retry = createRetryEffect(database, desk.clock)(
      { effectId: (await only()).id },
      asks(desk.controller),
    );
    await expect(retry).rejects.toThrow(/is alive/);
  });

  test('a refusal that may pass is tried again with growing pauses, and ends as a dead letter', async () => {
    await desk.approved();
    for (let n = 0; n < 8; n++) desk.mailbox.script.push('refused');
    const waits = [];
    for (let sweeps = 0; (await only()).state !== 'dead' && sweeps < 20; sweeps++) {
      const { nextAt } = await desk.sweep();
      if (nextAt) waits.push((nextAt.getTime() - desk.clock.now().getTime()) / 1000);
      desk.clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect([desk.mailbox.calls.length, desk.mailbox.journal.length]).toEqual([8, 0]);
  });

  test('poison blocks only its own effect and ends as a dead letter', async () => {
    const bad = await desk.approved();
    await database.pool.query('alter table proposal_revision disable trigger user');
    await database.pool.query(
      `update proposal_revision set evidence = '{"lastMessageInId": "x"}' where tenant_id = $1 and proposal_id = $2`,
      [desk.where.tenantId, bad.card.proposalId],
    );
    await database.pool.query('alter table proposal_revision enable trigger user');
    const good = await desk.approved();
    for (let n = 0; n < 9; n++) {
      await desk.sweep();
      desk.clock.advance(120);
    }
    expect((await desk.state(good.card)).state).toBe('done');
    expect((await desk.state(bad.card)).state).toBe('failed');
    expect(await only()).toMatchObject({ state: 'dead', failures: 8, attempts: 0 });
  });

  test('an approved policy change is in force once, and one on an older base is stale', async () => {
    const { where, clock } = desk;
    const second = (await aDesk(database)).where; // another tenant, untouched
    const base = (await inTenant(database.pool, where.tenantId, readCadence)).version;
    const change = (days: number) => {
      const { after } = aPolicyChange();
      return aPolicyChange({ baseVersion: base, after: { ...after, minGapDays: days } });
    };
    const cards = [await aDraft(where, change(9), desk.bot), await aDraft(where, change(11), desk.bot)];
    const other = (await aContext(where, { role: 'controller' })).actor;
    for (const card of cards) for (const who of [desk.controller, other]) await desk.approve(card, who);
    clock.advance(61);
    expect((await desk.sweep()).outcomes).toMatchObject({ applied: 1 });
    await desk.sweep();
    const states = [await desk.state(cards[0]!), await desk.state(cards[1]!)]
      .map((each) => each.state)
      .sort();
    expect(states).toEqual(['done', 'stale']);
    const after = await inTenant(database.pool, where.tenantId, readCadence);
    expect([9, 11]).toContain(after.policy.minGapDays);
    expect((await inTenant(database.pool, second.tenantId, readCadence)).policy.minGapDays).toBe(5);
    expect(desk.mailbox.calls).toEqual([]);
  });

  test('what was taken back does not leave, and leaves once when it is approved again', async () => {
    const { card } = await desk.draft();
    await desk.approve(card);
    const undo = createDecide(database, desk.clock)(
      { kind: 'undo', proposalId: card.proposalId },
      asks(desk.collector),
      'test',
    );
    expect((await undo).applied).toBe(true);
    desk.clock.advance(120);
    await desk.sweep();
    expect(desk.mailbox.calls).toEqual([]);
    await desk.approve(await cardOf(desk.where, card.proposalId));
    desk.clock.advance(61);
    await desk.sweep();
    expect(desk.mailbox.journal.map((each) => each.messageId)).toEqual([
      expect.stringContaining('.2@remy.test>'),
    ]);
  });

  test('the database itself refuses to send what was sent, to let go without a final approval, or to give a fence back', async () => {
    const { card } = await desk.approved();
    await desk.sweep();
    const { tenantId } = desk.where;
    const as = (text: string, values: unknown[] = []) =>
      inTenant(database.pool, tenantId, (sql) => sql.run(text, values));
    await expect(as(`update effect set state = 'ready', finished_at = null`)).rejects.toThrow(
      /cannot go from sent/,
    );
    await expect(as('update effect set fence = 0')).rejects.toThrow(/cannot go back/);
    await expect(as(`update proposal set state = 'pending'`)).rejects.toThrow(/cannot go from done/);
    await expect(as(`update effect set digest = repeat('a', 64)`)).rejects.toThrow(/permission denied/);
    await expect(as('update decision set final = false')).rejects.toThrow(/permission denied/);
    await expect(as('delete from effect')).rejects.toThrow(/permission denied/);
    const first = await desk.draft({ approvalsNeeded: 2 });
    await desk.approve(first.card);
    const { rows: decisions } = await database.pool.query(
      'select id from decision where tenant_id = $1 and proposal_id = $2',
      [tenantId, first.card.proposalId],
    );
    await expect(
      as(
        `insert into effect (tenant_id, kind, proposal_id, revision, digest, decision_id, message_id, not_before, expires_at)
         values ($1, 'email', $2, 1, $3, $4, '<x@y>', now(), now())`,
        [tenantId, first.card.proposalId, first.card.digest, decisions[0].id],
      ),
    ).rejects.toThrow(/foreign key/);
    expect((await desk.state(card)).state).toBe('done');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { aDraft, aFile, anAccount, anEmail, named } from '../support/draft-builders.ts';

describe('running effects', () => {
  let database: Database;
  let desk: Desk;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const rows = async (text: string) => (await database.pool.query(text, [desk.where.tenantId])).rows;
  const only = async () => (await desk.effects())[0]!;

  test('lets it leave by a clock that moves on between two looks at it', async () => {
    await desk.approved();
    const now = () => {
      desk.clock.advance(0.001);
      return desk.clock.now();
    };
    const clock = { ...desk.clock, now };
    expect(await desk.sweep({ clock })).toMatchObject({ outcomes: { sent: 1 }, nextAt: null });
  });

  test('sends what was approved, exactly as it was, and writes message, timeline, receipt and audit once', async () => {
    const account = await anAccount(desk.where);
    const file = aFile('a,b');
    const content = anEmail(account, {
      attachments: [named(file)],
      cc: ['controller@remy.test'],
      stepId: 'second',
    });
    const card = await aDraft(desk.where, content, desk.bot, { attachments: [file] });
    await desk.approve(card);
    expect(await desk.sweep()).toMatchObject({ outcomes: {}, nextAt: new Date('2026-11-24T15:01:00Z') });
    expect(desk.mailbox.journal).toEqual([]);
    desk.clock.advance(60);
    expect(await desk.sweep()).toMatchObject({ outcomes: { sent: 1 }, nextAt: null });
    for (let again = 0; again < 3; again++) await desk.sweep();
    expect(desk.mailbox.calls).toHaveLength(1);
    const [mail] = desk.mailbox.journal;
    const { from, to, cc, bcc, subject, body, references } = content;
    expect(mail).toMatchObject({ from, to, cc, bcc, subject, body, references, inReplyTo: null });
    expect(Buffer.from(mail!.attachments[0]!.bytes).toString()).toBe('a,b');
    expect(await desk.state(card)).toEqual({ state: 'done', state_reason: null });
    const effect = await only();
    expect(effect).toMatchObject({ state: 'sent', attempts: 1, receipt: { provider: 'accepted' } });
    expect(effect.receipt!.checks.map((each) => each.check)).toEqual(
      expect.arrayContaining([
        ...[
          'proposal',
          'digest',
          'approval',
          'expiry',
          'balance',
          'replies',
          'payments',
          'recipients',
          'stops',
        ],
        ...['sender', 'freshness', 'hours'],
      ]),
    );
    expect(effect.receipt!.checks.every((each) => each.ok)).toBe(true);
    expect(
      await rows('select direction, external_id, to_addresses from message where tenant_id = $1'),
    ).toEqual([
      {
        direction: 'out',
        external_id: mail!.messageId,
        to_addresses: [account.contact, 'controller@remy.test'],
      },
    ]);
    const [event] = await rows(
      'select kind, invoice_id::int, detail from timeline_event where tenant_id = $1',
    );
    expect(event).toMatchObject({
      kind: 'chased',
      invoice_id: account.invoice,
      detail: { proposalId: card.proposalId, stepId: 'second', invoiceIds: [account.invoice] },
    });
    const [sent] = await rows(`select detail from audit where tenant_id = $1 and act = 'email_sent'`);
    expect(sent.detail).toMatchObject({
      approvedBy: ['collector@remy.test'],
      digest: card.digest,
      messageId: mail!.messageId,
      model: 'templates',
      promptVersion: 'test-1',
    });
    expect((await inTenant(database.pool, desk.where.tenantId, verifyAudit)).intact).toBe(true);
  });

  test('answers go into the conversation of the mail they answer', async () => {
    const account = await anAccount(desk.where);
    await database.pool.query(
      `with t as (insert into message_thread (tenant_id, customer_id) values ($1, $2) returning id)
       insert into message (tenant_id, source, external_id, thread_id, customer_id, direction, sent_at, from_address)
       select $1, 'mail', '<q@c.test>', id, $2, 'out', '2026-11-01', 'us' from t`,
      [desk.where.tenantId, account.customer],
    );
    const content = anEmail(account, { inReplyTo: '<q@c.test>', references: ['<q@c.test>'] });
    await desk.approve(await aDraft(desk.where, content, desk.bot));
    desk.clock.advance(61);
    await desk.sweep();
    expect(desk.mailbox.journal[0]).toMatchObject({ inReplyTo: '<q@c.test>', references: ['<q@c.test>'] });
    const [{ threads, messages }] = await rows(
      'select count(distinct thread_id)::int as threads, count(*)::int as messages from message where tenant_id = $1',
    );
    expect([threads, messages]).toEqual([1, 2]);
  });

  test.each(['done_then_error', 'answer_lost'] as const)(
    'an outcome that nobody knows (%s) is looked up and never sent again',
    async (mode) => {
      const { card } = await desk.approved();
      desk.mailbox.script.push(mode);
      expect((await desk.sweep()).outcomes).toEqual({ unknown: 1 });
      expect((await desk.state(card)).state).toBe('approved');
      expect((await desk.sweep()).outcomes).toEqual({});
      desk.clock.advance(60);
      expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
      expect([desk.mailbox.calls.length, desk.mailbox.journal.length]).toEqual([1, 1]);
      expect((await only()).receipt).toMatchObject({
        provider: expect.stringContaining('found among the sent mail'),
      });
      expect((await desk.state(card)).state).toBe('done');
    },
  );

  test('what certainly did not leave is tried again, looked up before', async () => {
    const { card } = await desk.approved();
    desk.mailbox.script.push('error');
    await desk.sweep();
    desk.clock.advance(60);
    expect((await desk.sweep()).outcomes).toEqual({ again: 1 });
    desk.clock.advance(60);
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
    expect([desk.mailbox.calls.length, desk.mailbox.journal.length]).toEqual([2, 1]);
    expect(new Set(desk.mailbox.calls).size).toBe(1);
    expect((await desk.state(card)).state).toBe('done');
  });

  test('a mail that shows up after it was given up is found before the second try', async () => {
    const { card } = await desk.approved();
    desk.mailbox.script.push('slow');
    await desk.sweep();
    desk.clock.advance(60);
    expect((await desk.sweep()).outcomes).toEqual({ again: 1 });
    desk.mailbox.settle();
    desk.clock.advance(60);
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
    expect([desk.mailbox.calls.length, desk.mailbox.journal.length]).toEqual([1, 1]);
    expect((await desk.state(card)).state).toBe('done');
  });

  test('"not among the sent mail" is not believed before the provider has settled', async () => {
    desk = await aDesk(database, 600);
    await desk.approved();
    desk.mailbox.script.push('slow');
    await desk.sweep();
    for (let minute = 0; minute < 9; minute++) {
      desk.clock.advance(60);
      expect(Object.keys((await desk.sweep()).outcomes).filter((each) => each !== 'unknown')).toEqual([]);
    }
    desk.mailbox.settle();
    desk.clock.advance(120);
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
    expect(desk.mailbox.journal).toHaveLength(1);
  });

  test('while the provider cannot say, nothing is sent and nothing is given up', async () => {
    await desk.approved();
    desk.mailbox.script.push('error');
    await desk.sweep();
    desk.mailbox.blind = true;
    for (let hour = 0; hour < 30; hour++) {
      desk.clock.advance(3600);
      await desk.sweep();
    }
    expect([desk.mailbox.calls.length, (await only()).state]).toEqual([1, 'unknown']);
    desk.mailbox.blind = false;
    desk.clock.advance(3600);
    await desk.sweep();
    desk.clock.advance(3600);
    await desk.sweep();
    expect([desk.mailbox.journal.length, (await only()).state]).toEqual([1, 'sent']);
  });

  test('at most so many leave at once, over all sweeps of a process', async () => {
    for (let n = 0; n < 6; n++) await desk.draft().then(({ card }) => desk.approve(card));
    desk.clock.advance(61);
    let inside = 0;
    let most = 0;
    const { send } = desk.mailbox;
    const counting = {
      ...desk.mailbox,
      send: async (...call: Parameters<typeof send>) => {
        most = Math.max(most, ++inside);
        // long enough for a third to come, were it let in
        await new Promise((resolve) => setTimeout(resolve, 150));
        inside--;
        return send(...call);
      },
    };
    const process = desk.process({ mailbox: counting, limits: { callMs: 5_000, atOnce: 2 } });
    await Promise.all([process.runDue(desk.where.tenantId), process.runDue(desk.where.tenantId)]);
    expect(most).toBeLessThanOrEqual(2);
    expect([desk.mailbox.journal.length, desk.mailbox.calls.length]).toEqual([6, 6]);
  });

  test('a worker that did not come back is looked up once its lease is over, not before; a paused one keeps the others out', async () => {
    const { card } = await desk.approved();
    let wake: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let reached = false;
    const late = desk.sweep({
      onPoint: (name) => {
        if (name !== 'send:after') return;
        reached = true;
        return paused;
      },
    });
    while (!reached) await new Promise((resolve) => setImmediate(resolve));
    expect((await desk.sweep({ instance: 'two' })).outcomes).toEqual({});
    desk.clock.advance(2);
    // on a server the paused one still holds its lock; the embedded database has one process, so it is gone
    const embedded = database.kind === 'embedded';
    expect((await desk.sweep({ instance: 'two' })).outcomes).toEqual(embedded ? { sent: 1 } : { busy: 1 });
    wake();
    expect((await late).outcomes).toEqual(embedded ? { overtaken: 1 } : { sent: 1 });
    expect(desk.mailbox.journal).toHaveLength(1);
    expect((await desk.state(card)).state).toBe('done');
    expect(await rows('select id from message where tenant_id = $1')).toHaveLength(1);
  });

  test('a late worker whose claim is not the newest writes nothing', async () => {
    const { card } = await desk.approved();
    let wake: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let reached = false;
    const late = desk.sweep({
      onPoint: (name) => {
        if (name !== 'send:after') return;
        reached = true;
        return paused;
      },
    });
    while (!reached) await new Promise((resolve) => setImmediate(resolve));
    await database.pool.query(
      `update effect set state = 'unknown', lease_until = null, fence = fence + 1 where tenant_id = $1`,
      [desk.where.tenantId],
    );
    wake();
    expect((await late).outcomes).toEqual({ overtaken: 1 });
    expect(await rows('select id from message where tenant_id = $1')).toEqual([]);
    expect((await desk.state(card)).state).toBe('approved');
    await desk.sweep();
    expect([(await desk.state(card)).state, desk.mailbox.journal.length]).toEqual(['done', 1]);
  });

  test('a process that was held up between claim and call looks at everything again first', async () => {
    const { account, card } = await desk.approved();
    await desk.sweep({
      compareFirst: true,
      onPoint: async (name) => {
        if (name !== 'look:after') return;
        desk.clock.advance(60);
        await database.pool.query(`update invoice set open_minor = 1 where tenant_id = $1 and id = $2`, [
          desk.where.tenantId,
          account.invoice,
        ]);
      },
    });
    expect(desk.mailbox.calls).toEqual([]);
    desk.clock.advance(60);
    await desk.sweep();
    expect([(await desk.state(card)).state, desk.mailbox.calls]).toEqual(['stale', []]);
  });

  test('where the database may have forgotten a send, the first try is looked up too', async () => {
    const { card } = await desk.approved();
    const [{ message_id }] = await rows('select message_id from effect where tenant_id = $1');
    desk.mailbox.journal.push({ messageId: message_id } as never);
    desk.clock.advance(60);
    expect((await desk.sweep({ compareFirst: true })).outcomes).toEqual({ sent: 1 });
    expect([desk.mailbox.calls, (await desk.state(card)).state]).toEqual([[], 'done']);
  });
});

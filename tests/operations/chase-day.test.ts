import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTemplateWriter } from '../../agents/writer/templates.ts';
import { createMailFolder } from '../../src/connectors/mail-folder/index.ts';
import { writeMime } from '../../src/connectors/mime.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import { createDraftStep } from '../../src/operations/drafting/draft-step.ts';
import { createReadInbox } from '../../src/operations/read-inbox.ts';
import { createReconcileSent } from '../../src/operations/reconcile-sent.ts';
import { createRunCadence } from '../../src/operations/run-cadence.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import { cardOf } from '../support/draft-builders.ts';
import { aContact, aCustomer, anInvoice } from '../support/ledger-builders.ts';

/** From the day's work to the file in the sent folder and the answer in the inbox, with nothing replaced. */
describe('a day of chasing through mail folders', () => {
  let database: Database;
  let desk: Desk;
  let root: string;
  beforeAll(async () => {
    database = await testDatabase();
    root = mkdtempSync(join(tmpdir(), 'remy-day-'));
  });
  afterAll(async () => {
    rmSync(root, { recursive: true, force: true });
    await database.close();
  });
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  const folders = () => ({
    inbox: join(root, String(desk.where.tenantId), 'in'),
    sent: join(root, String(desk.where.tenantId), 'out'),
  });
  const mailbox = () => createMailFolder(folders());
  const draft = () =>
    createDraftStep({
      ...{ database, clock: desk.clock, writer: createTemplateWriter(), statements: createStatementFiles() },
    });
  const cadence = () =>
    createRunCadence({ database, clock: desk.clock, draft: draft() })(desk.where.tenantId);
  const query = <Row extends z.ZodType>(row: Row, text: string) =>
    inTenant(database.pool, desk.where.tenantId, (sql) => sql.many(row, text));
  const reconcile = () =>
    createReconcileSent({ database, clock: desk.clock, mailbox: mailbox() })(
      desk.where.tenantId,
      new Date('2026-11-17T00:00:00Z'),
    );
  /** Sweeps of the embedded database look up first and send at the next one. */
  const leave = async () => {
    for (let turn = 0; turn < 5 && (await desk.effects())[0]?.state !== 'sent'; turn++) {
      await desk.sweep({ mailbox: mailbox(), compareFirst: true, limits: { callMs: 5000 } });
      desk.clock.advance(30);
    }
    expect(await desk.effects()).toMatchObject([{ state: 'sent' }]);
  };
  const overdue = async () => {
    const customer = await aCustomer(desk.where, { name: 'Acme', country: 'US' });
    await aContact(desk.where, customer, { email: 'ap@acme.test', primary: true });
    await anInvoice(desk.where, customer, {
      number: 'INV-1',
      issuedOn: '2026-10-01',
      dueOn: '2026-11-16',
      amount: '1200',
    });
    return customer;
  };

  test('drafted, approved, sent once, and answered in the same conversation', async () => {
    const customer = await overdue();
    const { drafted } = await cadence();
    expect(drafted).toHaveLength(1);
    await desk.approve(await cardOf(desk.where, drafted[0]!));
    desk.clock.advance(61);
    await leave();
    expect(readdirSync(folders().sent)).toHaveLength(1);
    expect(await reconcile()).toMatchObject({ compared: 1, recorded: [], lookedUp: [] });

    const sent = [];
    for await (const mail of mailbox().listSent(new Date(0))) sent.push(mail);
    await mailbox().problem(); // makes the inbox
    const answer = await writeMime({
      ...{ messageId: '<answer@acme.test>', from: 'Ana <ap@acme.test>', replyTo: null, cc: [], bcc: [] },
      ...{
        to: ['ar@us.test'],
        subject: `Re: ${sent[0]!.subject}`,
        body: 'We pay on Friday.',
        attachments: [],
      },
      ...{ inReplyTo: sent[0]!.messageId, references: [], listUnsubscribe: null, date: desk.clock.now() },
    });
    writeFileSync(join(folders().inbox, 'answer.eml'), answer);
    const read = createReadInbox({ database, clock: desk.clock, mailbox: mailbox() });
    expect(await read(desk.where.tenantId)).toMatchObject({ recorded: 1, skipped: [] });
    const messages = await query(
      z.object({ direction: z.string(), customer: z.coerce.number(), thread: z.coerce.number() }),
      'select direction, customer_id as customer, thread_id as thread from message order by id',
    );
    expect(messages.map((each) => [each.direction, each.customer])).toEqual([
      ['out', customer],
      ['in', customer],
    ]);
    expect(messages[0]!.thread).toBe(messages[1]!.thread);
  });

  test('a mail that had left although its row says that it waits is looked up, not sent again', async () => {
    await overdue();
    const { drafted } = await cadence();
    await desk.approve(await cardOf(desk.where, drafted[0]!));
    desk.clock.advance(61);
    const [effect] = await query(z.object({ message_id: z.string() }), 'select message_id from effect');
    await mailbox().send(
      {
        ...{
          messageId: effect!.message_id,
          from: 'ar@us.test',
          replyTo: null,
          to: ['ap@acme.test'],
          cc: [],
          bcc: [],
        },
        ...{ subject: 'as it left before the power went', body: 'x', attachments: [], inReplyTo: null },
        ...{ references: [], listUnsubscribe: null, date: desk.clock.now() },
      },
      AbortSignal.timeout(1000),
    );
    expect((await reconcile()).lookedUp).toHaveLength(1);
    expect((await reconcile()).lookedUp).toEqual([]);
    await leave();
    expect(readdirSync(folders().sent)).toHaveLength(1);
  });

  test('a mail whose approval was lost is recorded for its customer, and its draft cannot be approved again', async () => {
    const customer = await overdue();
    const { drafted } = await cadence();
    const [row] = await query(z.object({ key: z.string() }), 'select key from proposal');
    const lost = {
      ...{
        messageId: `<${row!.key}.1@us.test>`,
        from: 'ar@us.test',
        replyTo: null,
        to: ['ap@acme.test'],
        cc: [],
      },
      ...{ bcc: [], subject: 'Invoices', body: 'x', attachments: [], inReplyTo: null, references: [] },
      ...{ listUnsubscribe: null, date: desk.clock.now() },
    };
    await mailbox().send(lost, AbortSignal.timeout(1000));
    expect((await reconcile()).recorded).toEqual([{ messageId: lost.messageId, customerId: customer }]);
    expect(await desk.state(await cardOf(desk.where, drafted[0]!))).toMatchObject({ state: 'stale' });
    await expect(desk.approve(await cardOf(desk.where, drafted[0]!))).rejects.toThrow(/left already/);
    expect(await cadence()).toMatchObject({ drafted: [] });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DemoCompany, generateDemoCompany } from '../../demo/company.ts';
import { loadDemoCompany } from '../../demo/load.ts';
import { demoUsers } from '../../demo/team.ts';
import { createEnsureUser } from '../../src/operations/ensure-user.ts';
import { createImportLedger } from '../../src/operations/import-ledger.ts';
import { createLogPromise } from '../../src/operations/log-promise.ts';
import { createOpenDispute } from '../../src/operations/open-dispute.ts';
import { createRecordEvent } from '../../src/operations/record-event.ts';
import { createRecordMessage } from '../../src/operations/record-message.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';

const today = '2026-11-24';
const company = generateDemoCompany({ seed: 7, today });

describe('loading the demo company', () => {
  let database: Database;
  let context: Context;
  const progress: string[] = [];
  const stepsFor = (what: DemoCompany) => {
    const importLedger = createImportLedger(database, { now: () => new Date(`${today}T08:00:00Z`) });
    const within =
      <Input, Output>(operation: (input: Input, context: Context) => Promise<Output>) =>
      (input: Input): Promise<Output> =>
        operation(input, context);
    const ensureUser = createEnsureUser(database);
    return {
      company: what,
      importLedger: (files: { name: string; bytes: Uint8Array }[]) => importLedger(files, context),
      addUser: (user: (typeof demoUsers)[number]) => ensureUser(context.actor.tenantId, user),
      logPromise: within(createLogPromise(database)),
      openDispute: within(createOpenDispute(database)),
      setHold: within(createSetHold(database)),
      recordEvent: within(createRecordEvent(database)),
      recordMessage: within(createRecordMessage(database)),
      together: (work: () => Promise<void>) => inTenant(database.pool, context.actor.tenantId, work),
      onProgress: (text: string) => progress.push(text),
    };
  };
  const rows = (text: string, values: unknown[] = []) =>
    inTenant(database.pool, context.actor.tenantId, (sql) =>
      sql.many(z.record(z.string(), z.unknown()), text, values),
    );
  const count = async (table: string): Promise<number> =>
    Number((await rows(`select count(*)::int as n from ${table}`))[0]!.n);

  beforeAll(async () => {
    database = await testDatabase();
    const tenantId = await aTenant(database);
    const actor = await createEnsureUser(database)(tenantId, { email: 'admin@demo.example', role: 'admin' });
    context = { actor, thread: 'demo', today };
    await loadDemoCompany(stepsFor(company));
  });
  afterAll(() => database.close());

  test('every row and record of it goes in', async () => {
    const lines = (name: keyof DemoCompany['files']) =>
      company.files[name].trimEnd().split('\r\n').length - 1;
    const { promises, disputes, holds, messages } = company.records;
    expect({
      customers: await count('customer'),
      contacts: await count('contact'),
      invoices: await count('invoice'),
      payments: await count('payment'),
      applications: await count('application'),
      credits: await count('credit'),
      promises: await count('promise'),
      disputes: await count('dispute'),
      holds: await count('hold'),
      messages: await count('message'),
    }).toEqual({
      customers: 60,
      contacts: lines('contacts.csv'),
      invoices: lines('invoices.csv'),
      payments: lines('payments.csv'),
      applications: lines('applications.csv'),
      credits: lines('credits.csv'),
      promises: promises.length,
      disputes: disputes.length,
      holds: holds.length,
      messages: messages.length,
    });
    expect(progress.at(-1)).toBe('The demo company is ready');
  });

  test('the database sees each promise as the story tells it', async () => {
    const states = await rows(
      'select state, count(*)::int as n from promise_state($1) group by state order by state',
      [today],
    );
    expect(states).toEqual([
      { state: 'broken', n: 5 },
      { state: 'kept', n: 3 },
      { state: 'open', n: 5 },
      { state: 'partly_kept', n: 1 },
    ]);
  });

  test('the timeline holds every event once, and every mail beside them', async () => {
    const { events, messages, promises, disputes, holds } = company.records;
    const [row] = await rows(`select count(*)::int as n from timeline_event where source = 'remy'`);
    expect(row!.n).toBe(events.length + messages.length + promises.length + disputes.length + holds.length);
  });

  test('replies are in the thread of the reminder they answer', async () => {
    const threads = await rows(
      `select count(*)::int as n from message_thread t where (select count(*) from message m where m.thread_id = t.id) = 2`,
    );
    const answers = company.records.messages.filter(({ inReplyTo }) => inReplyTo !== null);
    expect(threads[0]!.n).toBe(answers.length);
  });

  test('the people of the demo can ask', async () => {
    const known = await rows('select email, role from app_user order by email');
    for (const { email, role } of demoUsers) expect(known).toContainEqual({ email, role });
  });

  test('a line that the importer refuses stops the loading with file, line and reason', async () => {
    const broken = {
      ...company,
      files: {
        ...company.files,
        'credits.csv': company.files['credits.csv'].replace(/,C10\d\d,/, ',C9999,'),
      },
    };
    await expect(loadDemoCompany(stepsFor(broken))).rejects.toThrow(/credits\.csv.*line 2/);
  });
});

/**
 * What is asked about chasing, through the whole agent over the demo company: the tools it must call, what the answer
 * must tell, and that no word of a conversation ever decides or sends anything. One database, in the order of the file.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { generateDemoCompany } from '../../demo/company.ts';
import { demoSettings } from '../../demo/settings.ts';
import type { Actor } from '../../src/ports/actor.ts';
import type { Assistant } from '../../src/ports/assistant.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { type DemoTenant, loadedDemo } from '../support/demo-tenant.ts';
import { goldenActs } from './acts.ts';
import { assistantOver, holdTurn } from './conversations.ts';
import { goldenToday } from './questions.ts';

const clock = { today: () => goldenToday, now: () => new Date(`${goldenToday}T14:00:00Z`) };

describe('golden conversations about chasing, with no model', () => {
  let database: Database;
  let demo: DemoTenant;
  let assistant: Assistant;
  let askers: Record<'viewer' | 'collector', Actor>;
  let names: Map<number, string>;

  const query = <Row extends z.ZodType>(row: Row, text: string) =>
    inTenant(database.pool, demo.tenantId, (sql) => sql.many(row, text));

  beforeAll(async () => {
    database = await testDatabase();
    demo = await loadedDemo(database, generateDemoCompany({ seed: 7, today: goldenToday }), clock);
    await inTenant(database.pool, demo.tenantId, (sql) =>
      addPolicyVersion(sql, { kind: 'company', data: demoSettings, madeBy: 'test', proposalId: null }),
    );
    askers = {
      viewer: await demo.user('maria.lopez@demo.example'),
      collector: await demo.user('dana.kim@demo.example'),
    };
    const rows = await query(
      z.object({ id: z.coerce.number(), name: z.string() }),
      'select id, name from customer',
    );
    names = new Map(rows.map((row) => [row.id, row.name]));
    assistant = await assistantOver(database, clock);
  });
  afterAll(() => database.close());

  for (const { id, as, turns } of goldenActs)
    test(`${id}: ${turns.map((turn) => turn.ask).join(' → ')}`, async () => {
      for (const turn of turns) {
        const reply = await assistant.reply(
          turn.ask,
          { actor: askers[as], thread: id, today: goldenToday },
          () => undefined,
          new AbortController().signal,
        );
        const done = holdTurn(turn, reply, (key, of) =>
          key === 'customerId' ? names.get(Number(of)) : undefined,
        );
        if (done.some((use) => /draft/.test(use.name)))
          expect(reply.answer).toMatch(/Nothing was sent|No draft was made/);
      }
    });

  test('nothing was decided and nothing left, whatever was written', async () => {
    const counts = await query(
      z.object({ decisions: z.coerce.number(), effects: z.coerce.number(), drafts: z.coerce.number() }),
      `select (select count(*) from decision) as decisions, (select count(*) from effect) as effects,
              (select count(*) from proposal where state = 'pending') as drafts`,
    );
    expect(counts).toMatchObject([{ decisions: 0, effects: 0 }]);
    expect(counts[0]!.drafts).toBeGreaterThan(10);
  });
});

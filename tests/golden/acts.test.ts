/**
 * What is asked about chasing, through the whole agent over the demo company: the tools it must call, what the answer
 * must tell, and that no word of a conversation ever decides or sends anything. One database, in the order of the file.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createAssistant } from '../../agents/assistant.ts';
import { generateDemoCompany } from '../../demo/company.ts';
import { demoSettings } from '../../demo/settings.ts';
import { createOperations } from '../../src/agent-operations.ts';
import { createAuditTrail } from '../../src/operations/audit-trail.ts';
import { createLedgerVocabulary } from '../../src/operations/ledger-vocabulary.ts';
import type { Actor } from '../../src/ports/actor.ts';
import type { Assistant } from '../../src/ports/assistant.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { createTools } from '../../tools/index.ts';
import { testDatabase } from '../support/database.ts';
import { type DemoTenant, loadedDemo } from '../support/demo-tenant.ts';
import { goldenActs } from './acts.ts';
import { goldenToday } from './questions.ts';

const clock = { today: () => goldenToday, now: () => new Date(`${goldenToday}T14:00:00Z`) };

const hasError = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && 'error' in output;

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
    assistant = await createAssistant({
      pool: database.pool,
      tools: createTools({
        ...createOperations(database, clock),
        auditTrail: createAuditTrail(database, clock),
      }),
      settings: { model: 'offline' },
      vocabulary: createLedgerVocabulary(database),
      tenantName: async () => 'Demo company',
      log: () => undefined,
      onModelError: () => undefined,
    });
  });
  afterAll(() => database.close());

  /** Ids as the names of the expectation; numbers of proposals are left out, since they count up. */
  const withNames = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value))
      return value.map((each) => (/ids$/i.test(key) ? names.get(Number(each)) : withNames(each)));
    if (key === 'customerId') return names.get(Number(value));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, each]) =>
        name === 'proposalId' ? [] : [[name, withNames(each, name)]],
      ),
    );
  };

  for (const { id, as, turns } of goldenActs)
    test(`${id}: ${turns.map((turn) => turn.ask).join(' → ')}`, async () => {
      for (const turn of turns) {
        const reply = await assistant.reply(
          turn.ask,
          { actor: askers[as], thread: id, today: goldenToday },
          () => undefined,
          new AbortController().signal,
        );
        const { answer } = reply;
        const used = reply.tools.filter((use) => use.name !== 'find_customer');
        expect(
          used.map((use) => ({ tool: use.name, input: withNames(use.input) })),
          answer,
        ).toEqual(turn.calls);
        expect(
          used.some((use) => hasError(use.output)),
          answer,
        ).toBe(turn.refused);
        expect(answer).not.toMatch(/could not put this into words|that I cannot read/);
        if (turn.says) expect(answer.startsWith(turn.says), answer).toBe(true);
        if (turn.asksBack) expect(answer).toMatch(/\?/);
        for (const fact of turn.tells) expect(answer).toContain(fact);
        const drafted = used.some((use) => /draft/.test(use.name) && !hasError(use.output));
        if (drafted) expect(answer).toMatch(/Nothing was sent|No draft was made/);
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

/**
 * The golden questions over the demo company, through the whole agent and a real database: each calls the tools it
 * must, and every ledger question's figures equal a second evaluation that reads the files a user would bring.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createAssistant } from '../../agents/assistant.ts';
import { generateDemoCompany } from '../../demo/company.ts';
import { createOperations } from '../../src/agent-operations.ts';
import { ledgerQuestion } from '../../src/domain/ledger-query/question.ts';
import type { LedgerResult } from '../../src/domain/ledger-query/result.ts';
import { createLedgerVocabulary } from '../../src/operations/ledger-vocabulary.ts';
import type { Actor } from '../../src/ports/actor.ts';
import type { Assistant, AssistantReply } from '../../src/ports/assistant.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { createTools } from '../../tools/index.ts';
import { testDatabase } from '../support/database.ts';
import { demoBooks } from '../support/demo-books.ts';
import { loadedDemo } from '../support/demo-tenant.ts';
import { naiveAnswer } from '../support/naive-ledger.ts';
import type { Ledger } from '../support/random-ledger.ts';
import { goldenQuestions, goldenToday } from './questions.ts';

const clock = { today: () => goldenToday, now: () => new Date(`${goldenToday}T09:00:00Z`) };
const company = generateDemoCompany({ seed: 7, today: goldenToday });

describe('golden questions, with no model', () => {
  let database: Database;
  let assistant: Assistant;
  let books: Ledger;
  let customerIds: Map<string, number>;
  let askers: Record<'viewer' | 'collector', Actor>;

  const idsOf = async (tenantId: number, text: string): Promise<Map<string, number>> =>
    new Map(
      (
        await inTenant(database.pool, tenantId, (sql) =>
          sql.many(z.object({ key: z.string(), id: z.coerce.number() }), text),
        )
      ).map(({ key, id }) => [key, id]),
    );

  beforeAll(async () => {
    database = await testDatabase();
    const demo = await loadedDemo(database, company, clock);
    askers = { viewer: await demo.user('maria.lopez@demo.example'), collector: demo.collector };
    customerIds = await idsOf(demo.tenantId, 'select name as key, id from customer');
    books = demoBooks(
      company,
      await idsOf(demo.tenantId, 'select external_id as key, id from customer'),
      await idsOf(demo.tenantId, 'select number as key, id from invoice'),
    );
    assistant = await createAssistant({
      pool: database.pool,
      tools: createTools(createOperations(database, clock)),
      settings: { model: 'offline' },
      vocabulary: createLedgerVocabulary(database),
      tenantName: async () => 'Demo company',
      log: () => undefined,
      onModelError: () => undefined,
    });
  });
  afterAll(() => database.close());

  const ask = (text: string, thread: string, actor: Actor): Promise<AssistantReply> =>
    assistant.reply(
      text,
      { actor, thread, today: goldenToday },
      () => undefined,
      new AbortController().signal,
    );

  /** Customer names of the expectation become the ids of this database. */
  const withIds = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withIds);
    if (typeof value === 'string') return customerIds.get(value) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withIds(each)]));
  };

  const checkFigures = (input: unknown, output: unknown, actor: Actor): void => {
    const question = ledgerQuestion.parse(input);
    if (question.dataset === 'timeline') return; // the import writes events of its own beside the demo's
    const expected = naiveAnswer(question, books, goldenToday, actor.role === 'viewer' ? actor.email : null);
    const result = output as LedgerResult;
    expect(result.rowCount).toBe(expected.rowCount);
    const figures = (totals: readonly { currency: string; count: number }[] | undefined) =>
      totals
        ?.map((total) => ({ ...total }) as Record<string, unknown>)
        .map(({ currency, count, amount, open }) => ({ currency, count, amount, open }))
        .sort((a, b) => String(a.currency).localeCompare(String(b.currency)));
    expect(figures(result.totals)).toEqual(figures(expected.totals));
    if (result.groups) {
      // a comparison lists last what only the other side has; here it has nothing
      const here = question.compareWith ? expected.groups!.length : result.groups.length;
      expect(result.groups.slice(0, here).map((group) => group.values)).toEqual(
        expected.groups!.map((group) => group.values),
      );
      for (const gone of result.groups.slice(here))
        expect(Object.values(gone.values).every((value) => value === null || Number(value) === 0)).toBe(true);
    }
    if (result.rows)
      expect(
        result.rows.map((row) => [row.customer?.id ?? null, row.amount, row.open, row.daysOverdue]),
      ).toEqual(expected.rows!.map((row) => [row.customer, row.amount, row.open, row.daysOverdue]));
  };

  for (const golden of goldenQuestions.filter((each) => each.demo))
    test(golden.turns.map((turn) => turn.ask).join(' → '), async () => {
      const actor = askers[golden.as];
      for (const turn of golden.turns) {
        const reply = await ask(turn.ask, golden.id, actor);
        const used = reply.tools.filter((use) => use.name !== 'find_customer');
        const expected = (turn.calls ?? []).map((call) => ({ name: call.tool, input: withIds(call.input) }));
        expect(
          used.map(({ name, input }) => ({ name, input })),
          reply.answer,
        ).toEqual(expected);
        expect(reply.answer).not.toMatch(/could not put this into words/);
        if (turn.says) expect(reply.answer.startsWith(turn.says), reply.answer).toBe(true);
        if (turn.asksBack) expect(reply.answer).toMatch(/\?/);
        if (!turn.calls) expect(reply.answer).not.toMatch(/\d[\d,]*(\.\d\d)? (USD|EUR|GBP|JPY)/);
        for (const use of used) {
          expect(use.output, reply.answer).not.toHaveProperty('error');
          if (use.name === 'query_ledger') checkFigures(use.input, use.output, actor);
        }
      }
    });
});

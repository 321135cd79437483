/**
 * What is asked about cash, through the whole agent over a small ledger: the tools it must call, what the answer must
 * tell, and what the books say afterwards. One database, in the order of the file; no word decides anything.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toDecimal } from '../../src/domain/money.ts';
import type { Assistant } from '../../src/ports/assistant.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { goldenCash } from './cash.ts';
import { cashScenario, cashToday } from './cash-scenario.ts';
import { assistantOver, holdTurn } from './conversations.ts';

const clock = { today: () => cashToday, now: () => new Date(`${cashToday}T14:00:00Z`) };

describe('golden conversations about cash, with no model', () => {
  let database: Database;
  let assistant: Assistant;
  let scenario: Awaited<ReturnType<typeof cashScenario>>;
  let names: Map<string, string>;

  const query = <Row extends z.ZodType>(row: Row, text: string) =>
    inTenant(database.pool, scenario.where.tenantId, (sql) => sql.many(row, text));

  const begin = async (): Promise<void> => {
    scenario = await cashScenario(database);
    const rows = await query(
      z.object({ key: z.string(), name: z.string() }),
      `select 'customerId' || id as key, name from customer
       union all select 'paymentId' || id, external_id from payment`,
    );
    names = new Map(rows.map(({ key, name }) => [key, name]));
  };

  beforeAll(async () => {
    database = await testDatabase();
    await begin();
    assistant = await assistantOver(database, clock);
  });
  afterAll(() => database.close());

  const books = async (): Promise<Map<string, string>> => {
    const rows = await query(
      z.object({ number: z.string(), currency: z.string(), minor: z.coerce.bigint() }),
      `select number, currency, open_minor as minor from invoice
       union all select external_id, currency, unapplied_minor from payment`,
    );
    return new Map(rows.map(({ number, currency, minor }) => [number, toDecimal(minor, currency)]));
  };

  for (const { id, as, fresh, turns } of goldenCash)
    test(`${id}: ${turns.map((turn) => turn.ask).join(' → ')}`, async () => {
      if (fresh) await begin();
      for (const turn of turns) {
        const before = await books();
        const reply = await assistant.reply(
          turn.ask,
          { actor: scenario.askers[as], thread: id, today: cashToday },
          () => undefined,
          new AbortController().signal,
        );
        const done = holdTurn(turn, reply, (key, of) => names.get(`${key}${of}`));
        const after = await books();
        for (const [number, amount] of Object.entries(turn.books))
          expect([number, after.get(number)]).toEqual([number, amount]);
        if (Object.keys(turn.books).length === 0) expect(after, 'nothing is booked').toEqual(before);
        if (done.some((use) => /^propose_/.test(use.name)))
          expect(reply.answer).toMatch(/Nothing was applied/);
      }
    });

  test('nothing was decided, whatever was written', async () => {
    const counts = await query(
      z.object({ decisions: z.coerce.number(), effects: z.coerce.number(), waiting: z.coerce.number() }),
      `select (select count(*) from decision) as decisions, (select count(*) from effect) as effects,
              (select count(*) from proposal where state = 'pending') as waiting`,
    );
    expect(counts).toMatchObject([{ decisions: 0, effects: 0 }]);
    expect(counts[0]!.waiting).toBeGreaterThan(0);
  });
});

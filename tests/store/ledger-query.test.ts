/** The compiled statements against a plain evaluation in memory, on random ledgers and random questions. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LedgerQuestion, ledgerQuestion } from '../../src/domain/ledger-query/question.ts';
import type { LedgerResult } from '../../src/domain/ledger-query/result.ts';
import { ledgerResult } from '../../src/domain/ledger-query/result.ts';
import type { Context } from '../../src/ports/actor.ts';
import { answerQuestion } from '../../src/store/ledger-query/answer.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { insertLedger } from '../support/insert-ledger.ts';
import { naiveAnswer } from '../support/naive-ledger.ts';
import { type Ledger, OWNERS, randomLedger } from '../support/random-ledger.ts';
import { randomQuestion } from '../support/random-question.ts';

const TODAY = '2026-11-24';
const RUNS = 450;

/** What both sides say, in the same words; a row is shown by what the naive side knows of it. */
function comparable(result: LedgerResult) {
  return {
    rows: result.rows?.map((row) => ({
      id: row.id,
      customer: row.customer?.id ?? null,
      amount: row.amount,
      open: row.open,
      status: row.status,
      paidOn: row.paidOn,
      daysOverdue: row.daysOverdue,
      ageDays: row.ageDays,
    })),
    groups: result.groups,
    rowCount: result.rowCount,
    truncated: result.truncated,
    totals: result.totals,
    comparedTotals: result.comparedTotals,
  };
}

/** Where the other side has no such group, the store says nothing there (zero or null); so does not the naive side. */
function alignCompared(result: LedgerResult, naive: ReturnType<typeof naiveAnswer>): void {
  for (const [index, group] of (result.groups ?? []).entries()) {
    const expected = naive.groups?.[index];
    if (!group.compared || !expected || expected.compared) continue;
    const nothing = Object.values(group.compared).every((value) => value === null || Number(value) === 0);
    if (nothing) expected.compared = group.compared;
  }
  // groups that only the other side has come after the shown ones
  if (naive.groups && result.groups && result.question.compareWith)
    result.groups = result.groups.slice(0, naive.groups.length);
}

describe('ledger questions', () => {
  let database: Database;
  const ledgers: { tenantId: number; ledger: Ledger }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    // three tenants with the same ids, so that a leak between them would show
    for (const seed of [1, 2, 3]) {
      const tenantId = await aTenant(database);
      const ledger = randomLedger(seed, TODAY, seed === 3 ? 60 : 350);
      await insertLedger(database, tenantId, ledger);
      ledgers.push({ tenantId, ledger });
    }
  });
  afterAll(() => database.close());

  const contextOf = (tenantId: number, viewer: string | null): Context => ({
    actor: {
      tenantId,
      userId: 1,
      email: viewer ?? 'finance@remy.test',
      name: null,
      role: viewer ? 'viewer' : 'controller',
    },
    thread: 'test',
    today: TODAY,
  });

  const ask = (tenantId: number, question: LedgerQuestion, viewer: string | null) =>
    inTenant(database.pool, tenantId, (sql) => answerQuestion(sql, question, contextOf(tenantId, viewer)));

  test('every random question is answered as by looking at each row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 2 }),
        randomQuestion(TODAY),
        fc.option(fc.constantFrom(...OWNERS), { freq: 4 }),
        async (which, input, viewer) => {
          const { tenantId, ledger } = ledgers[which]!;
          const question = ledgerQuestion.parse(input);
          const own = (id: number) => ledger.customers.find((each) => each.id === id)?.owner_email === viewer;
          const foreign =
            viewer !== null &&
            (question.filters.customer?.ids.some((id) => !own(id)) ||
              question.filters.owner?.some((each) => each !== viewer));
          if (foreign) {
            await expect(ask(tenantId, question, viewer)).rejects.toThrow(/your accounts|that you own/);
            return;
          }
          const result = ledgerResult.parse(await ask(tenantId, question, viewer));
          const naive = naiveAnswer(question, ledger, TODAY, viewer);
          alignCompared(result, naive);
          expect(comparable(result)).toEqual(naive);
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);
});

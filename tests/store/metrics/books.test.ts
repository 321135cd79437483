import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { booksByDay } from '../../../src/domain/metrics/books.ts';
import { readBooks } from '../../../src/store/metrics/books.ts';
import { readAging } from '../../../src/store/metrics/open-items.ts';
import type { Database } from '../../../src/store/pool.ts';
import { inTenant } from '../../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../../support/database.ts';
import {
  aCustomer,
  anAdjustment,
  anApplication,
  anInvoice,
  aPayment,
  type In,
} from '../../support/ledger-builders.ts';

const START = '2026-07-01';
const TODAY = '2026-11-20';
const DAYS = ['2026-08-31', '2026-09-30', '2026-10-31', TODAY];
const offset = (max: number) => fc.nat({ max }).map((days) => addDays(START, days));

type Move = { day: string; amount: number; how: 'cash' | 'reversed cash' | 'adjustment'; undoneOn: string };
const move: fc.Arbitrary<Move> = fc
  .record({
    day: offset(140),
    amount: fc.integer({ min: 1, max: 3 }),
    how: fc.constantFrom('cash', 'cash', 'reversed cash', 'adjustment'),
    days: fc.nat({ max: 60 }),
  })
  .map(({ days, ...each }) => ({ ...each, undoneOn: addDays(each.day, days) }));
const invoice = fc.record({
  issuedOn: offset(140),
  terms: fc.nat({ max: 60 }),
  amount: fc.integer({ min: 1, max: 3 }),
  moves: fc.array(move, { maxLength: 3 }),
  /** How the source says it ended, where that is more than the movements tell. */
  end: fc.constantFrom('as moved', 'as moved', 'paid on a day', 'paid', 'void', 'partly paid'),
  endedOn: offset(142),
});
type Invoice = {
  issuedOn: string;
  dueOn: string;
  amount: number;
  open: number;
  status: 'open' | 'paid' | 'void';
} & {
  paidOn: string | null;
  moved: { day: string; amount: number }[];
};

/** What is stored of it: never more moved than its amount, and a paid day not before the last movement. */
function settle(
  drawn: typeof invoice extends fc.Arbitrary<infer Value> ? Value : never,
): Invoice & { moves: Move[] } {
  const moves: Move[] = [];
  let left = drawn.amount;
  for (const each of drawn.moves) {
    const amount = Math.min(each.amount, left);
    if (amount === 0) continue;
    moves.push({ ...each, amount });
    if (each.how !== 'reversed cash') left -= amount;
  }
  const moved = moves.flatMap(({ day, amount, how, undoneOn }) => [
    { day, amount },
    ...(how === 'reversed cash' ? [{ day: undoneOn, amount: -amount }] : []),
  ]);
  const { end, issuedOn } = drawn;
  const isPaid = end === 'paid' || end === 'paid on a day' || (left === 0 && end !== 'void');
  const endedOn = [issuedOn, drawn.endedOn, ...moved.map((each) => each.day)].sort().at(-1)!;
  const open = isPaid || end === 'void' ? 0 : end === 'partly paid' && left > 1 ? left - 1 : left;
  return {
    issuedOn,
    dueOn: addDays(issuedOn, drawn.terms),
    amount: drawn.amount,
    moves,
    moved,
    open,
    status: end === 'void' ? 'void' : isPaid ? 'paid' : 'open',
    paidOn: end === 'paid on a day' ? endedOn : null,
  };
}

/** Open on the day, and what nobody knows, straight from the definition. */
function stood({ amount, issuedOn, moved, open, paidOn, status }: Invoice, day: string) {
  if (status === 'void' || issuedOn > day) return { open: 0, unknown: 0 };
  if (day >= TODAY) return { open, unknown: 0 };
  const effective = moved.map((each) => ({ ...each, day: each.day < issuedOn ? issuedOn : each.day }));
  const until = effective.filter((each) => each.day <= day).reduce((sum, each) => sum + each.amount, 0);
  const rest = amount - open - moved.reduce((sum, each) => sum + each.amount, 0);
  if (paidOn !== null) return { open: paidOn <= day ? 0 : amount - until, unknown: 0 };
  return { open: amount - until - rest, unknown: Math.abs(rest) };
}

async function write(where: In, customer: number, invoices: (Invoice & { moves: Move[] })[]): Promise<void> {
  for (const each of invoices) {
    const id = await anInvoice(where, customer, {
      issuedOn: each.issuedOn,
      dueOn: each.dueOn,
      amount: String(each.amount),
      open: String(each.open),
      status: each.status,
      ...(each.paidOn && { paidOn: each.paidOn }),
    });
    for (const { day, amount, how, undoneOn } of each.moves) {
      if (how === 'adjustment') await anAdjustment(where, id, { amount: String(amount), bookedOn: day });
      else {
        const payment = await aPayment(where);
        const application = await anApplication(
          where,
          id,
          { payment },
          { amount: String(amount), appliedOn: day },
        );
        if (how === 'reversed cash')
          await anApplication(
            where,
            id,
            { payment },
            { amount: `-${amount}`, appliedOn: undoneOn, reverses: application },
          );
      }
    }
  }
}

describe('the books of past days', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  test('are what each invoice was on each day, whatever was paid, reversed, adjusted or left untold', async () => {
    const minor = (units: number) => BigInt(units) * 100n;
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { maxLength: 7 }), async (drawn) => {
        const invoices = drawn.map(settle);
        const where: In = { database, tenantId: await aTenant(database) };
        const scope = { visibleOwner: null };
        const { cells, aging } = await inTenant(database.pool, where.tenantId, async (sql) => {
          await write(where, await aCustomer(where), invoices);
          const cells = await readBooks(sql, scope, DAYS, TODAY);
          const aging = [];
          for (const asOf of DAYS.slice(0, 3))
            aging.push(await readAging(sql, { scope, asOf, today: TODAY, excludeDisputed: false }));
          return { cells, aging };
        });
        const books = booksByDay(
          cells,
          DAYS.map((day) => ({ isToday: day >= TODAY })),
        );
        DAYS.forEach((day, index) => {
          const all = invoices.map((each) => ({ dueOn: each.dueOn, ...stood(each, day) }));
          const sum = (list: { open: number }[]) => minor(list.reduce((total, each) => total + each.open, 0));
          const unknown = minor(all.reduce((total, each) => total + each.unknown, 0));
          const current = sum(all.filter((each) => each.dueOn >= day));
          expect(books[index], day).toMatchObject({ receivable: sum(all), current, unknown });
          const lines = aging[index];
          if (!lines) return;
          expect(
            lines.reduce((total, line) => total + line.minor, 0n),
            day,
          ).toBe(sum(all));
          expect(
            lines.reduce((total, line) => total + line.unknown, 0n),
            day,
          ).toBe(unknown);
          expect(lines.find((line) => line.bucket === 'not_due')?.minor ?? 0n, day).toBe(current);
        });
      }),
      { numRuns: 30 },
    );
  });
});

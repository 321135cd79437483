/** Whatever comes in: money is conserved, nothing is used twice, and order does not matter. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import type { MatchResult, MatchSolution } from '../../../src/domain/matching/shapes.ts';
import { aCustomer, anInvoice, aPayment, aPool } from './match-builders.ts';
import { type RandomRun, randomRun } from './random-match.ts';

const RUNS = { numRuns: 150 };
/** So that much is applied, and wrong applying would be seen. */
const eager = { ...defaultMatchSettings, applyFrom: 0.5, proposeFrom: 0.05 };
const match = ({ payments, pool }: RandomRun) => matchPayments(payments, pool, eager);

const sum = (parts: readonly { readonly amountMinor: bigint }[]): bigint =>
  parts.reduce((total, each) => total + each.amountMinor, 0n);

/** What solutions take of each invoice, and of each credit, short payments included. */
function taken(solutions: readonly MatchSolution[]): {
  invoices: Map<number, bigint>;
  credits: Map<number, bigint>;
} {
  const invoices = new Map<number, bigint>();
  const credits = new Map<number, bigint>();
  for (const { applications, credits: used, adjustments } of solutions) {
    for (const { invoiceId, amountMinor } of [...applications, ...used, ...adjustments])
      invoices.set(invoiceId, (invoices.get(invoiceId) ?? 0n) + amountMinor);
    for (const { creditId, amountMinor } of used)
      credits.set(creditId, (credits.get(creditId) ?? 0n) + amountMinor);
  }
  return { invoices, credits };
}

function expectWithin({ pool }: RandomRun, solutions: readonly MatchSolution[]): void {
  const used = taken(solutions);
  for (const [id, minor] of used.invoices) {
    const invoice = pool.invoices.find((each) => each.id === id)!;
    expect(minor <= invoice.openMinor, `invoice ${id}: ${minor} of ${invoice.openMinor}`).toBe(true);
  }
  for (const [id, minor] of used.credits)
    expect(minor <= pool.credits.find((each) => each.id === id)!.openMinor, `credit ${id}`).toBe(true);
}

const plain = (results: readonly MatchResult[]): string =>
  JSON.stringify(
    [...results].sort((a, b) => a.paymentId - b.paymentId),
    (_, value) => (typeof value === 'bigint' ? `${value}n` : value),
  );

describe('whatever comes in', () => {
  test('what is applied and what is not make the amount, of every solution and alternative', () => {
    fc.assert(
      fc.property(randomRun, (run) => {
        match(run).forEach((result, at) => {
          expect(result.paymentId).toBe(run.payments[at]!.id);
          for (const solution of [result.solution, ...result.alternatives]) {
            expect(sum(solution.applications) + solution.unappliedMinor).toBe(run.payments[at]!.amountMinor);
            expect(solution.unappliedMinor >= 0n).toBe(true);
            const parts = [...solution.applications, ...solution.credits, ...solution.adjustments];
            for (const { amountMinor } of parts) expect(amountMinor > 0n).toBe(true);
          }
        });
      }),
      RUNS,
    );
  });

  test('no invoice and no credit gives more than it has, in the whole run and in each alternative', () => {
    fc.assert(
      fc.property(randomRun, (run) => {
        const results = match(run);
        expectWithin(
          run,
          results.map(({ solution }) => solution),
        );
        for (const alternative of results.flatMap(({ alternatives }) => alternatives))
          expectWithin(run, [alternative]);
      }),
      RUNS,
    );
  });

  test('money goes to documents of its own currency only', () => {
    fc.assert(
      fc.property(randomRun, (run) => {
        const currencies = new Map(run.pool.invoices.map(({ id, currency }) => [id, currency]));
        const creditCurrencies = new Map(run.pool.credits.map(({ id, currency }) => [id, currency]));
        match(run).forEach(({ solution, alternatives }, at) => {
          const { currency } = run.payments[at]!;
          for (const each of [solution, ...alternatives]) {
            for (const { invoiceId } of each.applications) expect(currencies.get(invoiceId)).toBe(currency);
            for (const { creditId } of each.credits) expect(creditCurrencies.get(creditId)).toBe(currency);
          }
        });
      }),
      RUNS,
    );
  });

  test('decision, solution and reason go together, and confidences come to at most one', () => {
    fc.assert(
      fc.property(randomRun, (run) => {
        for (const { decision, solution, noMatch, alternatives } of match(run)) {
          expect(decision === 'none').toBe(solution.applications.length === 0);
          expect(decision === 'none').toBe(noMatch !== null);
          expect(solution.reasons.length).toBeGreaterThan(0);
          const stated = [solution, ...alternatives].map(({ confidence }) => confidence);
          for (const confidence of stated) expect(confidence).toBeGreaterThanOrEqual(0);
          expect(stated.reduce((total, each) => total + each, 0)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      RUNS,
    );
  });

  test('the order of payments, invoices and customers does not matter', () => {
    fc.assert(
      fc.property(randomRun, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (run, random) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const other = {
          payments: shuffled(run.payments),
          pool: {
            invoices: shuffled(run.pool.invoices),
            credits: shuffled(run.pool.credits),
            customers: shuffled(run.pool.customers),
            promises: [],
          },
        };
        expect(plain(match(other))).toBe(plain(match(run)));
      }),
      RUNS,
    );
  });
});

test('invoices that have nothing to do with it change no certain match', () => {
  const customers = [aCustomer(), aCustomer({ id: 2, name: 'Zephyr Holdings' })];
  const invoices = [
    anInvoice({ id: 1, number: 'INV-204881', amountMinor: 123_456n }),
    anInvoice({ id: 2, number: 'INV-204907', amountMinor: 98_765n }),
  ];
  const payments = [
    aPayment({ id: 1, amountMinor: 123_456n, text: 'INV-204881' }),
    aPayment({ id: 2, amountMinor: 98_765n, text: 'INV-204907' }),
  ];
  const alone = matchPayments(payments, aPool({ customers, invoices }), defaultMatchSettings);
  expect(alone.map(({ decision }) => decision)).toEqual(['applied', 'applied']);
  const others = Array.from({ length: 400 }, (_, at) =>
    anInvoice({
      id: 100 + at,
      number: `INV-${305_000 + at * 7}`,
      customerId: 2,
      amountMinor: BigInt(5_000 + at * 131),
    }),
  );
  const together = matchPayments(
    payments,
    aPool({ customers, invoices: [...others, ...invoices] }),
    defaultMatchSettings,
  );
  expect(together.map(({ decision, solution }) => [decision, solution.applications])).toEqual(
    alone.map(({ decision, solution }) => [decision, solution.applications]),
  );
});

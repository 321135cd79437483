/**
 * Confirm and learn: people confirm the first half's payments as they were meant, which teaches who pays for whom; the
 * second half is matched with and without what was learned.
 */
import { baseName } from '../../../src/domain/customer.ts';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import type { PayerMemory } from '../../../src/domain/matching/shapes.ts';
import { faultySet } from './faulty-set.ts';
import { hardSet } from './hard-set.ts';
import { judge, type Outcome } from './judge.ts';
import type { PublicData } from './public-files.ts';
import { publicSet } from './public-set.ts';
import { printMeasures } from './report.ts';
import type { SeedChoice } from './seeds.ts';
import { settled, takenBy } from './settled.ts';
import type { MatchSet } from './truth.ts';

export type Learned = ReadonlyMap<number, readonly PayerMemory[]>;

/** Name and account of every payment that was on invoices, remembered for the customer whose invoices they were. */
export function learn(set: MatchSet): Learned {
  const owner = new Map(set.pool.invoices.map((each) => [each.id, each.customerId]));
  const times = new Map<string, PayerMemory & { customerId: number }>();
  for (const payment of set.payments) {
    const [first] = set.truths.get(payment.id)!.applications;
    const customerId = first && owner.get(first.invoiceId);
    if (customerId === undefined) continue;
    const keys = [
      ['name', payment.payerName === null ? '' : baseName(payment.payerName)],
      ['account', payment.payerAccount?.toUpperCase().replace(/\s/g, '') ?? ''],
    ] as const;
    for (const [kind, key] of keys) {
      if (key === '') continue;
      const id = `${customerId} ${kind} ${key}`;
      times.set(id, { customerId, kind, key, times: (times.get(id)?.times ?? 0) + 1 });
    }
  }
  const learned = new Map<number, PayerMemory[]>();
  for (const { customerId, ...memory } of times.values())
    learned.set(customerId, [...(learned.get(customerId) ?? []), memory]);
  return learned;
}

/** A set without seeds of its own, cut in the middle of its days. */
function halves(set: MatchSet): { first: MatchSet; second: MatchSet } {
  const payments = [...set.payments].sort((a, b) =>
    a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : 0,
  );
  const middle = Math.ceil(payments.length / 2);
  const first = { ...set, payments: payments.slice(0, middle) };
  const taken = takenBy(first.payments.map((each) => set.truths.get(each.id)!));
  const invoices = settled(set.pool.invoices, taken.invoices, (each) => ({
    ...each,
    status: 'paid' as const,
    paidOn: payments[middle - 1]!.receivedOn,
  }));
  return { first, second: { ...set, payments: payments.slice(middle), pool: { ...set.pool, invoices } } };
}

const taught = (set: MatchSet, learned: Learned): MatchSet => ({
  ...set,
  pool: {
    ...set.pool,
    customers: set.pool.customers.map((each) => ({
      ...each,
      memory: [...each.memory, ...(learned.get(each.id) ?? [])],
    })),
  },
});

const outcomes = (set: MatchSet): Outcome[] =>
  judge(set, matchPayments(set.payments, set.pool, { ...defaultMatchSettings, ...set.settings }));

const print = (title: string, without: readonly MatchSet[], learned: readonly MatchSet[]): void =>
  printMeasures(`${title}: the second half`, [
    { name: 'as before', outcomes: without.flatMap(outcomes) },
    { name: 'having learned', outcomes: learned.flatMap(outcomes) },
  ]);

function printHalves(title: string, sets: readonly MatchSet[]): void {
  const cut = sets.map(halves);
  print(
    title,
    cut.map((each) => each.second),
    cut.map((each) => taught(each.second, learn(each.first))),
  );
}

export function printLearning({ seeds, text }: SeedChoice, data: PublicData | null): void {
  const parts = seeds.map((seed) => ({
    seed,
    learned: learn(hardSet(seed, { half: 'first', fresh: true })),
  }));
  print(
    `hard set, nothing known of payers, ${text}`,
    parts.map(({ seed }) => hardSet(seed, { half: 'second', fresh: true })),
    parts.map(({ seed, learned }) => hardSet(seed, { half: 'second', fresh: true, learned })),
  );
  if (!data) return;
  printHalves('public set', [publicSet(data, 'assignment')]);
  const few = seeds.slice(0, 3);
  printHalves(
    `several faults, seeds ${few.join(', ')}`,
    few.map((seed) => faultySet(data, 'assignment', seed)),
  );
}

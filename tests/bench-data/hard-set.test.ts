/** The made-up months for measuring cash application: sound, the same for the same seed, with every kind of case. */
import { describe, expect, test } from 'vitest';
import { hardSet } from '../bench/match/hard-set.ts';
import { learn } from '../bench/match/learning.ts';
import { caseKinds, type MatchSet, unsoundTruths } from '../bench/match/truth.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 1001, 1002, 1003, 1004];
const sets = SEEDS.map((seed) => hardSet(seed));
const kindOf = (set: MatchSet, id: number) => set.truths.get(id)!.kind;
const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? `${each}n` : each instanceof Map ? [...each] : each,
  );

describe('a made-up month', () => {
  test('adds up: every truth is on invoices that exist, in the currency, for no more than is open', () => {
    expect(sets.flatMap(unsoundTruths)).toEqual([]);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(text(hardSet(3))).toBe(text(sets[2]));
    expect(text(hardSet(4).payments)).not.toBe(text(sets[2]!.payments));
  });

  test('has every kind of case, some that nobody can tell and some for no invoice at all', () => {
    const truths = sets.flatMap((set) => [...set.truths.values()]);
    const kinds = new Set(truths.map((each) => each.kind));
    expect(caseKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
    const unclear = truths.filter((each) => each.ambiguous).length / truths.length;
    expect(unclear).toBeGreaterThan(0.02);
    expect(unclear).toBeLessThan(0.15);
    expect(truths.filter((each) => each.noMatch !== null).length / truths.length).toBeGreaterThan(0.08);
  });

  test('has customers that owe up to forty, bundles of many, and amounts that several customers owe', () => {
    const most = Math.max(
      ...sets.flatMap((set) =>
        set.pool.customers.map(
          (each) =>
            set.pool.invoices.filter((one) => one.customerId === each.id && one.openMinor > 0n).length,
        ),
      ),
    );
    const bundle = Math.max(
      ...sets.flatMap((set) => [...set.truths.values()].map((each) => each.applications.length)),
    );
    expect(most).toBeGreaterThanOrEqual(35);
    expect(bundle).toBeGreaterThanOrEqual(20);
    const owners = new Map<string, Set<number>>();
    for (const each of sets[0]!.pool.invoices) {
      const key = `${each.currency} ${each.openMinor}`;
      owners.set(key, (owners.get(key) ?? new Set()).add(each.customerId));
    }
    expect(Math.max(...[...owners.values()].map((each) => each.size))).toBeGreaterThan(3);
  });

  test('never gives an id twice, and leaves open invoices that nobody paid', () => {
    for (const { payments, pool, truths } of sets) {
      expect(new Set(payments.map((each) => each.id)).size).toBe(payments.length);
      expect(new Set(pool.invoices.map((each) => each.number)).size).toBe(pool.invoices.length);
      const touched = new Set(
        [...truths.values()].flatMap((each) => each.applications.map((one) => one.invoiceId)),
      );
      expect(
        pool.invoices.filter((each) => each.openMinor > 0n && !touched.has(each.id)).length,
      ).toBeGreaterThan(50);
    }
  });

  test('calls a payment unclear that names nothing and fits two invoices of its payer alike', () => {
    const alike = sets.flatMap((set) =>
      set.payments
        .filter((each) => kindOf(set, each.id) === 'twin invoices')
        .filter((each) => {
          const { applications } = set.truths.get(each.id)!;
          const meant = set.pool.invoices.find((one) => one.id === applications[0]!.invoiceId)!;
          const same = set.pool.invoices.filter(
            (one) => one.customerId === meant.customerId && one.openMinor === meant.openMinor,
          );
          const paid = new Set(
            [...set.truths.values()].flatMap((truth) => truth.applications.map((one) => one.invoiceId)),
          );
          return same.some((one) => !paid.has(one.id));
        })
        .map((each) => set.truths.get(each.id)!.ambiguous),
    );
    expect(alike.length).toBeGreaterThan(0);
    expect(alike.every(Boolean)).toBe(true);
  });

  test('settles the first half in the books of the second, and teaches who paid', () => {
    const first = hardSet(5, { half: 'first', fresh: true });
    const second = hardSet(5, { half: 'second', fresh: true, learned: learn(first) });
    expect(unsoundTruths(first)).toEqual([]);
    expect(unsoundTruths(second)).toEqual([]);
    expect(first.payments.length + second.payments.length).toBe(hardSet(5).payments.length);
    const before = new Map(first.pool.invoices.map((each) => [each.id, each.openMinor]));
    const lower = second.pool.invoices.filter((each) => each.openMinor < before.get(each.id)!);
    expect(lower.length).toBeGreaterThan(20);
    expect(first.pool.customers.every((each) => each.memory.length === 0)).toBe(true);
    expect(second.pool.customers.filter((each) => each.memory.length > 0).length).toBeGreaterThan(20);
  });
});

import { describe, expect, test } from 'vitest';
import {
  type CashApplied,
  type PaymentPromise,
  promiseDeadline,
  promiseState,
} from '../../src/domain/promise.ts';

const aPromise = (over: Partial<PaymentPromise> = {}): PaymentPromise => ({
  customerId: 1,
  currency: 'USD',
  amountMinor: 100n,
  madeOn: '2026-11-02',
  payOn: '2026-11-10',
  method: null,
  withdrawnOn: null,
  invoiceIds: [7],
  ...over,
});
const cash = (over: Partial<CashApplied> = {}): CashApplied => ({
  customerId: 1,
  invoiceId: 7,
  currency: 'USD',
  amountMinor: 100n,
  on: '2026-11-10',
  ...over,
});
const stateOf = (promise: PaymentPromise, applied: CashApplied[], asOf: string) =>
  promiseState(promise, applied, asOf)?.state ?? null;

describe('a promise to pay', () => {
  test.each([
    ['card', '2026-11-11'],
    ['wire', '2026-11-13'],
    ['ach', '2026-11-14'],
    [null, '2026-11-14'],
    ['cheque', '2026-11-25'],
  ] as const)('by %s must have arrived by %s', (method, deadline) => {
    expect(promiseDeadline({ payOn: '2026-11-10', method })).toBe(deadline);
  });

  test('is open until its deadline and broken after it when nothing came', () => {
    expect(stateOf(aPromise(), [], '2026-11-14')).toBe('open');
    expect(stateOf(aPromise(), [], '2026-11-15')).toBe('broken');
  });

  test('is kept by money in time, partly kept by some of it', () => {
    expect(stateOf(aPromise(), [cash()], '2026-11-10')).toBe('kept');
    expect(stateOf(aPromise(), [cash({ amountMinor: 99n })], '2026-11-20')).toBe('partly_kept');
    expect(stateOf(aPromise(), [cash({ amountMinor: 99n })], '2026-11-12')).toBe('open');
  });

  test.each([
    ['before it was made', cash({ on: '2026-11-01' })],
    ['after its deadline', cash({ on: '2026-11-15' })],
    ['on another invoice', cash({ invoiceId: 8 })],
    ['of another customer', cash({ customerId: 2 })],
    ['in another currency', cash({ currency: 'EUR' })],
  ])('is not kept by money %s', (_, applied) => {
    expect(stateOf(aPromise(), [applied], '2026-12-31')).toBe('broken');
  });

  test('counts any invoice where it names none, and a reversal against it', () => {
    expect(stateOf(aPromise({ invoiceIds: [] }), [cash({ invoiceId: 8 })], '2026-11-30')).toBe('kept');
    expect(stateOf(aPromise(), [cash(), cash({ amountMinor: -100n })], '2026-11-30')).toBe('broken');
  });

  test('is withdrawn from that day on, and was not there before it was made', () => {
    const promise = aPromise({ withdrawnOn: '2026-11-05' });
    expect(stateOf(promise, [], '2026-11-04')).toBe('open');
    expect(stateOf(promise, [cash()], '2026-11-30')).toBe('withdrawn');
    expect(stateOf(promise, [], '2026-11-01')).toBeNull();
  });
});

/** What payers do, one case each: which invoices get which money, and what happens to the rest. */
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import type { MatchPayment, MatchPool, MatchResult } from '../../../src/domain/matching/shapes.ts';
import { aCredit, anInvoice, aPayment, aPool } from './match-builders.ts';

const AMOUNTS = [123_456n, 98_765n, 45_678n, 230_001n, 77_150n, 15_499n];
/** INV-204881, INV-204918, INV-204955 and so on, each with an amount of its own. */
const six = AMOUNTS.map((amountMinor, at) =>
  anInvoice({ id: at + 1, number: `INV-${204_881 + at * 37}`, amountMinor }),
);
const acme = aPool({ invoices: six });

const match = (payments: Partial<MatchPayment>[], pool: MatchPool = acme): MatchResult[] =>
  matchPayments(
    payments.map((each, at) => aPayment({ id: at + 1, ...each })),
    pool,
    defaultMatchSettings,
  );
const one = (payment: Partial<MatchPayment>, pool: MatchPool = acme): MatchResult =>
  match([payment], pool)[0]!;
const applied = ({ solution }: MatchResult): [number, bigint][] =>
  solution.applications
    .map(({ invoiceId, amountMinor }): [number, bigint] => [invoiceId, amountMinor])
    .sort(([a], [b]) => a - b);
const adjusted = ({ solution }: MatchResult) =>
  solution.adjustments.map(({ kind, amountMinor }) => [kind, amountMinor]);

describe('a document number', () => {
  test.each([
    ['whole', 'INV-204881'],
    ['without its prefix', 'payment 204881'],
    ['with zeros before it', 'Nr 000204881'],
    ['broken by a space', 'INV 2048 81'],
    ['broken by a line', 'INV 204\n881'],
    ['with a letter that slipped in', 'I NV2O204881'],
    ['with two digits swapped', 'INV-204818'],
    ['with a digit missing', 'INV-20481'],
    ['with a digit too many', 'INV-2048981'],
    ['in the end-to-end id', ''],
  ])('%s is read, and an exact amount is applied', (how, text) => {
    const externalIds = how === 'in the end-to-end id' ? ['E2E-INV204881'] : [];
    const result = one({ amountMinor: 123_456n, text, externalIds });
    expect(applied(result)).toEqual([[1, 123_456n]]);
    expect(result.decision).toBe('applied');
  });

  test.each([
    ['run together', 'INV204881INV204918'],
    ['digits run together', '204881204918'],
    ['listed with the tail only', 'INV 204881/918'],
    ['with other numbers around', 'CUST 99120 REF 5550199 INV204881 + INV204918 TEL 030 5551234'],
  ])('of several, %s, is read', (_, text) => {
    const result = one({ amountMinor: 222_221n, text });
    expect(applied(result)).toEqual([
      [1, 123_456n],
      [2, 98_765n],
    ]);
    expect(result.decision).toBe('applied');
  });

  test('range stands for all between its ends', () => {
    const invoices = [1071, 1072, 1073, 1074].map((number, at) =>
      anInvoice({ id: at + 1, number: `INV-${number}`, amountMinor: AMOUNTS[at]! }),
    );
    const result = one({ amountMinor: 497_900n, text: 'invoices 1071-1074' }, aPool({ invoices }));
    expect(applied(result).map(([id]) => id)).toEqual([1, 2, 3, 4]);
  });

  test('of letters and digits mixed is read as a whole', () => {
    const invoices = [
      anInvoice({ id: 1, number: '8F3A2C1B-0012', amountMinor: 49_900n }),
      anInvoice({ id: 2, number: '94CAB706-0026', amountMinor: 49_900n }),
    ];
    expect(
      applied(one({ amountMinor: 49_900n, text: 'Fattura 94CAB706 0026' }, aPool({ invoices }))),
    ).toEqual([[2, 49_900n]]);
  });
});

describe('an amount that is not what is owed', () => {
  test('less a usual bank fee closes the invoice with the fee', () => {
    const result = one({ amountMinor: 120_956n, text: 'INV-204881' });
    expect(applied(result)).toEqual([[1, 120_956n]]);
    expect(adjusted(result)).toEqual([['bank_fee', 2_500n]]);
  });

  test('less a discount in time closes it, too late it stays open', () => {
    const inTime = one({ amountMinor: 120_987n, text: 'INV-204881', receivedOn: '2026-02-24' });
    expect(adjusted(inTime)).toEqual([['early_payment_discount', 2_469n]]);
    const late = one({ amountMinor: 120_987n, text: 'INV-204881', receivedOn: '2026-04-24' });
    expect(adjusted(late)).toEqual([['short_pay', 2_469n]]);
  });

  test('less a tax that the payer names closes it with the tax', () => {
    const result = one({ amountMinor: 111_110n, text: 'INV-204881 less TDS 10%' });
    expect(adjusted(result)).toEqual([['withholding_tax', 12_346n]]);
  });

  test('less some cents is written off', () => {
    const result = one({ amountMinor: 123_449n, text: 'INV-204881' });
    expect(adjusted(result)).toEqual([['write_off', 7n]]);
    expect(result.decision).toBe('applied');
  });

  test('of a part leaves the rest open, of too much leaves the rest unapplied', () => {
    const part = one({ amountMinor: 50_000n, text: 'INV-204881 part payment' });
    expect(applied(part)).toEqual([[1, 50_000n]]);
    expect(adjusted(part)).toEqual([]);
    const much = one({ amountMinor: 160_000n, text: 'INV-204881' });
    expect(applied(much)).toEqual([[1, 123_456n]]);
    expect(much.solution.unappliedMinor).toBe(36_544n);
  });

  test('that a credit makes up for uses the credit', () => {
    const pool = aPool({
      invoices: six,
      credits: [aCredit({ id: 7, number: 'CN-9001', openMinor: 20_456n })],
    });
    const result = one({ amountMinor: 103_000n, text: 'INV-204881 less CN-9001' }, pool);
    expect(applied(result)).toEqual([[1, 103_000n]]);
    expect(result.solution.credits).toEqual([{ creditId: 7, invoiceId: 1, amountMinor: 20_456n }]);
    expect(adjusted(result)).toEqual([]);
  });
});

describe('a payment that names nothing', () => {
  test('of one invoice exactly is likely that one', () => {
    expect(applied(one({ amountMinor: 98_765n, text: 'thank you' }))).toEqual([[2, 98_765n]]);
  });

  test('of a sum that one set makes is proposed, never applied', () => {
    const result = one({ amountMinor: 98_765n + 45_678n + 15_499n });
    expect(applied(result).map(([id]) => id)).toEqual([2, 3, 6]);
    expect(result.decision).toBe('proposed');
  });

  test('of a sum that many sets make is left alone, or only proposed with little confidence', () => {
    const invoices = Array.from({ length: 12 }, (_, at) =>
      anInvoice({ id: at + 1, number: `INV-${300_000 + at * 17}`, amountMinor: 10_000n }),
    );
    const result = one({ amountMinor: 50_000n }, aPool({ invoices }));
    expect(result.decision).not.toBe('applied');
    expect(result.solution.confidence).toBeLessThan(0.9);
  });

  test('by a payer nobody knows and of no amount owed is nobody known', () => {
    const result = one({ payerName: 'Jonas Unbekannt', amountMinor: 31_337n });
    expect(result).toMatchObject({ decision: 'none', noMatch: 'unknown_payer' });
  });

  test('and tells of interest or a refund is left alone', () => {
    const result = one({ payerName: 'Sparkasse Bonn', text: 'HABENZINSEN Q1', amountMinor: 1_234n });
    expect(result).toMatchObject({ decision: 'none', noMatch: 'unrelated' });
  });

  test('of the amount of a promise for that day is what was promised', () => {
    const invoices = [
      anInvoice({ id: 1, number: 'INV-1', amountMinor: 50_000n }),
      anInvoice({ id: 2, number: 'INV-2', amountMinor: 50_000n }),
    ];
    const promise = {
      ...{ id: 1, customerId: 1, currency: 'USD', amountMinor: 50_000n, payOn: '2026-03-19' },
      invoiceIds: [2],
    };
    const result = one({ amountMinor: 50_000n }, aPool({ invoices, promises: [promise] }));
    expect(applied(result)).toEqual([[2, 50_000n]]);
  });
});

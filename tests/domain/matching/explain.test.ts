/** Why a payment is not what was owed, in words with the arithmetic. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { explainDifference } from '../../../src/domain/matching/explain.ts';

const settings = {
  ...defaultMatchSettings,
  discounts: [{ percent: '2', days: 10 }],
  withholdingPercents: ['10', '7.5'],
};
const explain = (paidMinor: bigint, owedMinor: bigint, over = {}) =>
  explainDifference({ paidMinor, owedMinor, currency: 'USD', ...over }, settings);
const fitting = (paidMinor: bigint, owedMinor: bigint, over = {}) =>
  explain(paidMinor, owedMinor, over).filter(({ kind }) => kind !== 'miss');

describe('a payment that falls short', () => {
  test('of 10,000.00 by 25.00 is a bank fee, and says what a discount would have been', () => {
    const found = explain(997_500n, 1_000_000n);
    expect(found[0]).toEqual({
      kind: 'bank_fee',
      amountMinor: 2_500n,
      text: '9,975.00 USD is 10,000.00 USD less 25.00 USD, within the usual bank fee of up to 50.00 USD',
    });
    expect(found).toContainEqual({
      kind: 'miss',
      amountMinor: 20_000n,
      text: '2 % discount would be 200.00 USD, not 25.00 USD',
    });
  });

  test('by two percent on the ninth day is the discount, on the fortieth it stays open', () => {
    const inTime = fitting(980_000n, 1_000_000n, { issuedOn: '2026-03-01', receivedOn: '2026-03-10' });
    expect(inTime[0]).toMatchObject({ kind: 'early_payment_discount', amountMinor: 20_000n });
    expect(inTime[0]!.text).toContain('paid on day 9 of 10');
    const late = fitting(980_000n, 1_000_000n, { issuedOn: '2026-03-01', receivedOn: '2026-04-10' });
    expect(late.map(({ kind }) => kind)).not.toContain('early_payment_discount');
    expect(late[0]!.text).toContain('but it was paid on day 40 and granted until day 10');
  });

  test('by a tax withheld is told with its percentage', () => {
    expect(fitting(925_000n, 1_000_000n)[0]).toMatchObject({ kind: 'withholding_tax', amountMinor: 75_000n });
  });

  test('by a discount and a fee together is told as both', () => {
    const [first] = fitting(977_500n, 1_000_000n);
    expect(first!.text).toContain('200.00 USD is 2 % discount, and 25.00 USD a bank fee');
  });

  test('by cents is within the write-off tolerance, and rounding to whole units is seen', () => {
    expect(fitting(123_400n, 123_456n).map(({ kind }) => kind)).toEqual([
      'write_off',
      'bank_fee',
      'write_off',
      'short_pay',
    ]);
  });

  test('by swapped digits is seen', () => {
    expect(fitting(153_400n, 513_400n)[0]!.text).toContain('with two digits swapped');
  });

  test('by what nothing explains stays open', () => {
    expect(fitting(700_000n, 1_000_000n)).toEqual([
      {
        kind: 'short_pay',
        amountMinor: 300_000n,
        text: '7,000.00 USD is 10,000.00 USD less 3,000.00 USD, it stays open to be asked for',
      },
    ]);
  });
});

test('what is exact and what is too much are told so', () => {
  expect(explain(500n, 500n)).toEqual([
    { kind: 'exact', amountMinor: 0n, text: '5.00 USD is exactly what is owed' },
  ]);
  expect(explain(700n, 500n)).toEqual([
    {
      kind: 'overpayment',
      amountMinor: 200n,
      text: '7.00 USD is 2.00 USD more than the 5.00 USD owed; the rest stays unapplied',
    },
  ]);
});

test('every explanation that fits accounts for the whole gap', () => {
  const amount = fc.bigInt({ min: 1n, max: 10_000_000n });
  fc.assert(
    fc.property(amount, amount, (paid, owed) => {
      for (const { amountMinor } of fitting(paid, owed))
        expect(amountMinor).toBe(paid > owed ? paid - owed : owed - paid);
    }),
  );
});

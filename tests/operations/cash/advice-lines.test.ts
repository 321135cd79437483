import { expect, test } from 'vitest';
import { toRemittanceLines } from '../../../src/operations/cash/advice-lines.ts';
import type { Advice, AdviceLine } from '../../../src/ports/remittance-files.ts';

const aLine = (over: Partial<AdviceLine> = {}): AdviceLine => ({
  document: 'INV-1071',
  paid: '1176.00',
  gross: null,
  deduction: null,
  deductionReason: null,
  ...over,
});
const anAdvice = (lines: AdviceLine[], currency: string | null = 'USD'): Advice => ({
  lines,
  total: null,
  currency,
  payerName: null,
  paidOn: null,
  paymentReference: null,
  warnings: [],
});

test('amounts become minor units, a credit stays below zero', () => {
  expect(
    toRemittanceLines(
      anAdvice([aLine(), aLine({ document: 'CN-12', paid: '-50.00', gross: '-50.00' })]),
      'USD',
    ),
  ).toEqual([
    { document: 'INV-1071', paidMinor: 117600n, deductionMinor: null, deductionReason: null },
    { document: 'CN-12', paidMinor: -5000n, deductionMinor: null, deductionReason: null },
  ]);
});

test('less paid than the invoice without a word is a deduction of the difference', () => {
  expect(toRemittanceLines(anAdvice([aLine({ gross: '1200.00' })]), 'USD')[0]?.deductionMinor).toBe(2400n);
});

test('a stated deduction is kept with its word, also where the difference is another', () => {
  const [line] = toRemittanceLines(
    anAdvice([aLine({ gross: '1200.00', deduction: '20.00', deductionReason: 'Skonto' })]),
    'USD',
  );
  expect(line).toMatchObject({ deductionMinor: 2000n, deductionReason: 'Skonto' });
});

test('more paid than the invoice, or exactly it, is no deduction', () => {
  const lines = toRemittanceLines(
    anAdvice([aLine({ gross: '1176.00' }), aLine({ gross: '1000.00' })]),
    'USD',
  );
  expect(lines.map(({ deductionMinor }) => deductionMinor)).toEqual([null, null]);
});

test('the minor units are those of the currency', () => {
  expect(toRemittanceLines(anAdvice([aLine({ paid: '1200.00' })], 'JPY'), 'JPY')[0]?.paidMinor).toBe(1200n);
  expect(toRemittanceLines(anAdvice([aLine({ paid: '1.125' })], 'KWD'), 'KWD')[0]?.paidMinor).toBe(1125n);
});

test('an amount with more decimals than the currency knows is none', () => {
  expect(toRemittanceLines(anAdvice([aLine({ paid: '1200.50' })], null), 'JPY')[0]?.paidMinor).toBeNull();
});

test('an advice in another currency names documents only', () => {
  expect(toRemittanceLines(anAdvice([aLine({ gross: '1200.00' })], 'EUR'), 'USD')).toEqual([
    { document: 'INV-1071', paidMinor: null, deductionMinor: null, deductionReason: null },
  ]);
});

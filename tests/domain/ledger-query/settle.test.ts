import { describe, expect, test } from 'vitest';
import { percent } from '../../../src/domain/ledger-query/percent.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../../src/domain/ledger-query/question.ts';
import { rowsOfMetric, rowsOfQuestion } from '../../../src/domain/ledger-query/rows-behind.ts';
import { asAsked, settle, settleComparison } from '../../../src/domain/ledger-query/settle.ts';

const TODAY = '2026-11-24';
const settled = (question: LedgerQuestionInput) => settle(ledgerQuestion.parse(question), TODAY);

describe('what a question leaves open', () => {
  test('money is grouped by currency whether asked for or not (P-1)', () => {
    expect(settled({ dataset: 'invoices', measures: ['sum_open'], groupBy: ['owner'] }).keys).toEqual([
      'owner',
      'currency',
    ]);
    expect(settled({ dataset: 'invoices', measures: ['count'], groupBy: ['owner'] }).keys).toEqual(['owner']);
  });

  test('a limit counts per currency where money is ranked (P-11), and over all where it is not', () => {
    const ranked = { dataset: 'invoices', measures: ['sum_open'], groupBy: ['customer'], limit: 5 } as const;
    expect(
      settled({ ...ranked, measures: [...ranked.measures], groupBy: ['customer'] }).limitPerCurrency,
    ).toBe(true);
    expect(settled({ dataset: 'invoices', order: { by: 'days_overdue' }, limit: 5 }).limitPerCurrency).toBe(
      false,
    );
  });

  test('rows come oldest due first (P-2)', () => {
    expect(settled({ dataset: 'invoices' }).order).toEqual({ by: 'due', direction: 'asc' });
  });

  test('months are of the day that has a window, else of what is asked', () => {
    const by = (question: Omit<LedgerQuestionInput, 'dataset' | 'groupBy'>) =>
      settled({ dataset: 'invoices', groupBy: ['month'], ...question }).period;
    expect(by({})).toBe('issued');
    expect(by({ filters: { status: ['open'] } })).toBe('due');
    expect(by({ filters: { status: ['open'], issued: { last: 3, unit: 'month' } } })).toBe('issued');
    expect(by({ measures: ['average_days_late'] })).toBe('paid');
  });

  test('relative windows are of the day of the question, also when the books of another day are asked for', () => {
    const question = settled({
      dataset: 'invoices',
      filters: { issued: { calendar: 'month', offset: 0 } },
      asOf: '2026-06-30',
    });
    expect(question.filters.issued).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(question.past).toBe(true);
  });

  test('the question as it was run reads back as the same question', () => {
    const once = settled({
      dataset: 'invoices',
      filters: { status: ['overdue'], due: { last: 30, unit: 'day' } },
      measures: ['sum_open'],
      groupBy: ['week'],
      compareWith: { field: 'due', window: { calendar: 'month', offset: -1 } },
    });
    const stored = ledgerQuestion.parse(JSON.parse(JSON.stringify(asAsked(once, undefined))));
    expect(asAsked(settle(stored, '2027-03-01'), undefined)).toEqual(asAsked(once, undefined));
  });

  test('a comparison with a later day is refused', () => {
    const question = settled({ dataset: 'invoices', measures: ['sum_open'], compareWith: { asOf: TODAY } });
    expect(() => settleComparison(question, TODAY)).toThrow(/give a day before 2026-11-24/);
  });
});

describe('the rows behind a figure', () => {
  test('keep the filter and the day and drop measures, groups and the comparison', () => {
    const question = ledgerQuestion.parse({
      dataset: 'invoices',
      filters: { status: ['overdue'] },
      measures: ['sum_open'],
      groupBy: ['customer'],
      order: { by: 'open' },
      limit: 5,
      compareWith: { asOf: '2026-10-31' },
    });
    expect(rowsOfQuestion(question, TODAY, 20)).toEqual({
      dataset: 'invoices',
      filters: { status: ['overdue'] },
      limit: 20,
      asOf: TODAY,
    });
  });

  test('of payer habits are the invoices paid in the window, of anything else the open ones', () => {
    const common = { customerIds: [3], withChildren: true, excludeDisputed: false };
    expect(rowsOfMetric({ metric: 'payer_habits', months: 6, ...common }, TODAY).filters).toEqual({
      status: ['paid'],
      paid: { from: '2026-05-25', to: TODAY },
      customer: { ids: [3], withChildren: true },
    });
    expect(rowsOfMetric({ metric: 'aging', ...common, excludeDisputed: true }, TODAY).filters).toEqual({
      status: ['open'],
      disputed: false,
      customer: { ids: [3], withChildren: true },
    });
  });
});

describe('a share', () => {
  test('is rounded half away from zero to one decimal, and there is none of nothing', () => {
    expect(percent(1n, 3n)).toBe('33.3');
    expect(percent(2005n, 100_000n)).toBe('2.0');
    expect(percent(205n, 10_000n)).toBe('2.1');
    expect(percent(-1n, 8n)).toBe('-12.5');
    expect(percent(1n, 1_000_000n)).toBe('0.0');
    expect(percent(0n, 0n)).toBeNull();
  });
});

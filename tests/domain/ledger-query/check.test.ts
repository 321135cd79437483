import { describe, expect, test } from 'vitest';
import { checkQuestion } from '../../../src/domain/ledger-query/check.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../../src/domain/ledger-query/question.ts';

const check = (question: LedgerQuestionInput) => () =>
  checkQuestion(ledgerQuestion.parse(question), '2026-11-24');

describe('a question that makes no sense', () => {
  test.each<[string, LedgerQuestionInput, RegExp]>([
    [
      'a filter that the dataset does not have is refused, and those it has are named',
      { dataset: 'payments', filters: { daysOverdue: { min: 1 } } },
      /payments cannot be filtered by "daysOverdue".*received/,
    ],
    [
      'a status of another dataset is refused',
      { dataset: 'invoices', filters: { status: ['broken'] } },
      /no status "broken".*open, overdue, not_due, paid, void/,
    ],
    [
      'money of customers points to their invoices',
      { dataset: 'customers', measures: ['sum_open'] },
      /invoices, grouped by customer/,
    ],
    [
      'a bucket of anything but invoices is refused',
      { dataset: 'payments', measures: ['count'], groupBy: ['aging_bucket'] },
      /cannot be grouped by "aging_bucket"/,
    ],
    [
      'paid invoices have no aging bucket',
      { dataset: 'invoices', filters: { status: ['paid'] }, groupBy: ['aging_bucket'] },
      /Only open invoices have an aging bucket/,
    ],
    [
      'paid invoices have no days overdue',
      { dataset: 'invoices', filters: { status: ['open', 'paid'], daysOverdue: { min: 1 } } },
      /Only open invoices have days overdue/,
    ],
    [
      'rows cannot be ordered by a count',
      { dataset: 'invoices', order: { by: 'count' } },
      /Rows of the dataset invoices cannot be ordered by "count"/,
    ],
    [
      'an order by period needs a period',
      { dataset: 'invoices', measures: ['count'], groupBy: ['owner'], order: { by: 'period' } },
      /group by week or month/,
    ],
    [
      'weeks and months at once are refused',
      { dataset: 'invoices', measures: ['count'], groupBy: ['week', 'month'] },
      /not by both/,
    ],
    [
      'an empty list is refused rather than ignored',
      { dataset: 'invoices', filters: { number: [] } },
      /"number" is empty/,
    ],
    [
      'a range without ends is refused',
      { dataset: 'invoices', filters: { amount: {} } },
      /"amount" needs "min", "max" or both/,
    ],
    [
      'a range that is upside down is refused',
      { dataset: 'invoices', filters: { daysOverdue: { min: 90, max: 60 } } },
      /min above its max/,
    ],
    [
      'a window that ends before it begins is refused',
      { dataset: 'invoices', filters: { due: { from: '2026-02-01', to: '2026-01-01' } } },
      /ends \(2026-01-01\) before it begins \(2026-02-01\)/,
    ],
    [
      'an event kind that does not exist is refused',
      { dataset: 'timeline', filters: { kind: ['teleported'] } },
      /no events of the kind "teleported".*chased/,
    ],
    [
      'a comparison by a day the dataset does not have is refused',
      {
        dataset: 'payments',
        measures: ['sum_amount'],
        compareWith: { field: 'due', window: { calendar: 'month', offset: -1 } },
      },
      /no day "due" to compare by. Possible: received/,
    ],
  ])('%s', (_, question, message) => {
    expect(check(question)).toThrow(message);
    expect(check(question)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('what makes sense passes', () => {
    expect(
      check({
        dataset: 'invoices',
        filters: { status: ['overdue'], disputed: false },
        measures: ['sum_open'],
        groupBy: ['customer'],
        order: { by: 'open' },
        limit: 10,
      }),
    ).not.toThrow();
  });
});

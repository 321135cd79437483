import { describe, expect, test } from 'vitest';
import { describeQuestion } from '../../../src/domain/ledger-query/describe.ts';
import { type LedgerQuestionInput, ledgerQuestion } from '../../../src/domain/ledger-query/question.ts';
import { settle } from '../../../src/domain/ledger-query/settle.ts';

const TODAY = '2026-11-24';
const words = (
  question: LedgerQuestionInput,
  customers: string[] = [],
  ownAccountsOf: string | null = null,
) => describeQuestion(settle(ledgerQuestion.parse(question), TODAY), { customers, ownAccountsOf });

describe('the filter in words', () => {
  test('names customers, currency, lateness and what is left out', () => {
    expect(
      words(
        {
          dataset: 'invoices',
          filters: {
            customer: { ids: [1], withChildren: true },
            currency: ['EUR'],
            daysOverdue: { min: 61 },
            disputed: false,
          },
        },
        ['Acme Corp'],
      ),
    ).toBe(
      'open invoices of Acme Corp and its subsidiaries, in EUR, more than 60 days overdue, disputed ones left out; as of 2026-11-24',
    );
  });

  test('resolves relative windows to days', () => {
    expect(words({ dataset: 'payments', filters: { received: { calendar: 'month', offset: -1 } } })).toBe(
      'payments, received from 2026-10-01 to 2026-10-31; as of 2026-11-24',
    );
    expect(
      words({ dataset: 'invoices', filters: { status: ['overdue'], due: { from: '2026-11-20' } } }),
    ).toBe('overdue invoices, due from 2026-11-20 on; as of 2026-11-24');
  });

  test('says that void invoices are left out when no status is asked for', () => {
    expect(words({ dataset: 'invoices' })).toBe('invoices (void ones left out); as of 2026-11-24');
    expect(words({ dataset: 'invoices', filters: { status: ['void'] } })).toBe(
      'void invoices; as of 2026-11-24',
    );
  });

  test('says when the books of a past day are meant, and whose accounts are seen', () => {
    expect(
      words({ dataset: 'disputes', filters: { status: ['open'] }, asOf: '2026-10-31' }, [], 'sam@remy.test'),
    ).toBe('open disputes, accounts of sam@remy.test only; as of 2026-10-31, as the books stood that day');
  });

  test('says that grouping by bucket looks at open invoices only', () => {
    expect(words({ dataset: 'invoices', measures: ['sum_open'], groupBy: ['aging_bucket'] })).toBe(
      'open invoices; as of 2026-11-24',
    );
  });

  test('every filter leaves its mark', () => {
    const plain = words({ dataset: 'invoices' });
    const filters: LedgerQuestionInput['filters'][] = [
      { number: ['INV-1'] },
      { amount: { min: '5000' } },
      { open: { max: '10' } },
      { issued: { last: 30, unit: 'day' } },
      { paid: { last: 12, unit: 'month' } },
      { ageDays: { min: 16 } },
      { owner: ['sam@remy.test'] },
      { segment: ['SMB'] },
      { region: ['EMEA'] },
      { country: ['DE'] },
      { lastChased: 'never' },
      { lastChased: { notSince: '2026-10-25' } },
      { lastChased: { to: '2026-11-01' } },
      { chasedTimes: { min: 3 } },
      { replied: false },
      { disputed: true },
      { promised: true },
      { onHold: false },
      { firstTimeLate: true },
    ];
    const all = filters.map((each) => words({ dataset: 'invoices', filters: each ?? {} }));
    expect(new Set([plain, ...all]).size).toBe(filters.length + 1);
  });
});

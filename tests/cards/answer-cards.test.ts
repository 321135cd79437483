import { describe, expect, test } from 'vitest';
import { accountPageCards } from '../../src/cards/account-card.ts';
import { cardsFor, nameThatPicks } from '../../src/cards/answer-cards.ts';
import { blocks, only, texts, titles } from './card-reader.ts';
import { aging, brief, dso, northwind, severalAcmes, TODAY, whoOwesMost } from './outputs.ts';

describe('metrics', () => {
  test('aging of several currencies has bars for each and a column for each, never a sum over them', () => {
    const card = only('ledger_metrics', aging);
    expect(blocks(card, 'bars')).toHaveLength(2);
    expect(titles(card)).toEqual(['Bucket', 'USD', 'EUR']);
    expect(texts(card)[5]).toEqual(['Total', '701,230.10 USD', '150,120.00 EUR']);
    expect(card.method).toContain('P-3');
  });

  test('aging of one currency shows counts and shares', () => {
    const card = only('ledger_metrics', { ...aging, figures: aging.figures.slice(0, 1) });
    expect(texts(card)[1]).toEqual(['1–30 days', '32', '147,258.32 USD', '21.0%']);
  });

  test('DSO over months has a trend, its month ends, and the method with what went in', () => {
    const card = only('ledger_metrics', dso);
    expect(blocks(card, 'trend')[0]).toMatchObject({ unit: 'days', title: 'DSO (count-back), USD' });
    expect(blocks(card, 'trend')[0]!.points.at(-1)).toEqual({ label: '2026-03', value: '43.2' });
    expect(texts(card)[0]).toEqual(['2025-10', '47.8 days', '690,000.10 USD', '450,000.00 USD']);
    expect(card.method).toContain('counted back');
    expect(card.method).toContain('billed march 495000.00');
  });

  test('DSO of several currencies has a line for each and one table with a column for each', () => {
    const [usd] = dso.figures;
    const card = only('ledger_metrics', { ...dso, figures: [usd, { ...usd!, currency: 'EUR' }] });
    expect(blocks(card, 'trend').map((block) => block.title)).toEqual([
      'DSO (count-back), USD',
      'DSO (count-back), EUR',
    ]);
    expect(titles(card)).toEqual(['Month', 'USD', 'EUR']);
    expect(texts(card)[5]).toEqual(['2026-03', '43.2 days', '43.2 days']);
  });

  test('a metric of one day is a fact for each currency', () => {
    const figures = dso.figures.map(({ series: _, ...figure }) => figure);
    expect(blocks(only('ledger_metrics', { ...dso, figures }), 'facts')[0]!.facts).toEqual([
      { label: 'USD', value: '43.2 days' },
    ]);
  });

  test('a month that could not be computed is a dash in the table and no point of the line', () => {
    const [figure] = dso.figures;
    const series = figure!.series!.map((each, at) => (at === 1 ? { ...each, value: null } : each));
    const card = only('ledger_metrics', { ...dso, figures: [{ ...figure!, series }] });
    expect(blocks(card, 'trend')[0]!.points).toHaveLength(5);
    expect(texts(card)[1]![1]).toBe('–');
  });
});

describe('accounts, choices and files', () => {
  test('an account has its balance, invoices, promises, disputes, habits, contacts and timeline', () => {
    const card = only('account_brief', brief);
    expect(card).toMatchObject({ title: 'Northwind Traders (C-0011)', customerId: 11 });
    const names = card.blocks.map((block) => ('title' in block ? block.title : undefined)).filter(Boolean);
    expect(names).toEqual([
      'Balance',
      'Open invoices',
      'Promises',
      'Disputes',
      `How they pay, 2025-04-01 to ${TODAY}`,
      'Contacts',
      'Timeline',
    ]);
  });

  test('an invoice has its state, and what was put on it', () => {
    const card = only('account_brief', {
      ...brief,
      invoice: {
        ...brief.openInvoices[0]!,
        applications: [{ appliedOn: '2026-03-01', amount: '15750.00', source: 'payment', number: 'PAY-9' }],
      },
    });
    expect(card.title).toBe('INV-2041, Northwind Traders');
    expect(blocks(card, 'facts')[0]!.facts[0]).toEqual({
      label: 'Status',
      value: '72 days overdue',
      tone: 'bad',
    });
    expect(texts(card)).toEqual([['2026-03-01', 'Payment', 'PAY-9', '15,750.00 USD']]);
  });

  test('the account page ages by bucket only while every open invoice is listed', () => {
    const [all] = blocks(accountPageCards(brief).summary, 'bars');
    expect(all!.bars.map((bar) => bar.value)).toEqual([
      '60000.00',
      '20000.00',
      '60000.00',
      '44250.00',
      '0.00',
    ]);
    const many = { ...brief, open: brief.open.map((each) => ({ ...each, count: 40 })) };
    const [two] = blocks(accountPageCards(many).summary, 'bars');
    expect(two!.bars).toEqual([
      { label: 'Not due', value: '60000.00', tone: 'good' },
      { label: 'Overdue', value: '124250.00', tone: 'bad' },
    ]);
  });

  test('several customers become choices that each say what picks exactly one', () => {
    const [block] = blocks(only('find_customer', severalAcmes), 'choices');
    expect(block!.choices).toEqual([
      { label: 'Acme (C-0021, US): 18,200.00 USD open', say: 'C-0021' },
      { label: 'ACME (C-0022, DE)', say: 'C-0022' },
      { label: 'Acme Logistics (C-0023, US, part of Acme): 900.00 USD open', say: 'Acme Logistics' },
    ]);
  });

  test('a name that is the code of another customer does not pick', () => {
    const other = { id: 2, code: 'Orion', name: 'Something' };
    expect(nameThatPicks({ id: 1, code: 'C-1', name: 'Orion' }, [other])).toBe('C-1');
  });

  test('a resolved customer needs no card', () => {
    const resolved = { ...severalAcmes, why: 'one', resolved: northwind };
    expect(cardsFor([{ name: 'find_customer', input: {}, output: resolved }])).toEqual([]);
  });

  test('a timeline export is a file, data freshness is facts with what is stale', () => {
    const file = only('export_timeline', {
      subject: 'INV-1',
      fileName: 'INV-1.csv',
      csv: 'a,b\n',
      events: [],
    });
    expect(blocks(file, 'file')).toEqual([
      { type: 'file', name: 'INV-1.csv', mime: 'text/csv', content: 'a,b\n' },
    ]);
    const source = { source: 'csv', syncedAt: '2026-03-28T09:05:00.000Z', hoursAgo: 75, stale: true };
    const fresh = only('data_freshness', { asOf: TODAY, sources: [source] });
    expect(blocks(fresh, 'facts')[0]!.facts).toEqual([
      { label: 'csv', value: '2026-03-28 09:05 UTC, 3 days ago', tone: 'warning' },
    ]);
  });
});

test('failed calls, unknown tools and malformed outputs give no card, and the same card comes once', () => {
  expect(
    cardsFor([
      { name: 'query_ledger', input: {}, output: { error: { code: 'not_found', message: 'no' } } },
      { name: 'something_else', input: {}, output: whoOwesMost },
      { name: 'account_brief', input: {}, output: null },
      { name: 'query_ledger', input: {}, output: whoOwesMost },
      { name: 'query_ledger', input: {}, output: { ...whoOwesMost, figureId: 99 } },
    ]),
  ).toHaveLength(1);
});

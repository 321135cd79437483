import { describe, expect, test } from 'vitest';
import { accountPageCards } from '../../../src/cards/account-card.ts';
import { cardsFor } from '../../../src/cards/answer-cards.ts';
import type { Card } from '../../../src/cards/card.ts';
import { periodLabel } from '../../../src/surfaces/web/charts.ts';
import { renderAdaptive } from '../../../src/surfaces/web/render-adaptive.ts';
import {
  aging,
  aResult,
  behindTheFigure,
  brief,
  dso,
  hostile,
  severalAcmes,
  whoOwesMost,
} from '../../cards/outputs.ts';
import { hasSchema, schemaProblem, structureProblems } from './adaptive-schema.ts';

const { summary, sections } = accountPageCards(brief);
const everyCard: Card[] = [
  ...cardsFor([
    { name: 'query_ledger', input: {}, output: whoOwesMost },
    {
      name: 'query_ledger',
      input: {},
      output: aResult({ dataset: 'invoices' }, { rows: [], notes: ['Left out.'] }),
    },
    { name: 'ledger_metrics', input: {}, output: aging },
    { name: 'ledger_metrics', input: {}, output: dso },
    { name: 'account_brief', input: {}, output: brief },
    { name: 'find_customer', input: {}, output: severalAcmes },
    { name: 'show_rows', input: {}, output: behindTheFigure },
    {
      name: 'export_timeline',
      input: {},
      output: { subject: 'INV-1', fileName: 'INV-1.csv', csv: 'a\n', events: brief.timeline },
    },
  ]),
  summary,
  ...sections,
];

const pictures = (json: unknown): { url: string; altText: string }[] =>
  [...JSON.stringify(json).matchAll(/\{"type":"Image"[^}]*\}/g)].map(([text]) => JSON.parse(text));

describe('cards as Adaptive Cards', () => {
  test('characters that no reader sees are taken from every text', async () => {
    const rendered = await renderAdaptive({
      title: 'Ac\u202eme',
      blocks: [
        { type: 'facts', facts: [{ label: 'Own\u200ber', value: '\u2066Dana' }] },
        { type: 'choices', choices: [{ label: 'Ac\u200bme', say: 'acme' }] },
      ],
    });
    expect(JSON.stringify(rendered)).not.toMatch(/[\u200b\u202e\u2066]/);
    expect(JSON.stringify(rendered)).toMatch(/"Acme".*"Owner".*"Dana"/);
  });

  test('every kind of card follows our rules of structure', async () => {
    for (const card of everyCard)
      expect(structureProblems(await renderAdaptive(card)), card.title).toEqual([]);
  });

  test.skipIf(!hasSchema)('every kind of card follows the published schema of 1.5', async () => {
    for (const card of everyCard) expect(schemaProblem(await renderAdaptive(card)), card.title).toBeNull();
  });

  test.skipIf(!hasSchema)('the schema check itself finds what is wrong', () => {
    const card = (body: unknown[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
    expect(schemaProblem(card([{ type: 'TextBlock', text: 'fine' }]))).toBeNull();
    expect(schemaProblem(card([{ type: 'TextBlock' }]))).not.toBeNull();
    expect(schemaProblem(card([{ type: 'TextBlock', text: 'x', colour: 'red' }]))).not.toBeNull();
    expect(schemaProblem(card([{ type: 'Table', firstRowAsHeaders: true }]))).not.toBeNull();
  });

  test('a picture is valid XML that follows dark and light, and its words hold every figure', async () => {
    const json = await Promise.all(
      cardsFor([{ name: 'ledger_metrics', input: {}, output: aging }]).map(renderAdaptive),
    );
    const [usd, eur] = pictures(json);
    expect(usd!.altText).toBe(
      'Open by age, USD: Not due 365,340.88 USD; 1–30 days 147,258.32 USD; 31–60 days 97,470.98 USD; 61–90 days 56,098.41 USD; Over 90 days 35,061.51 USD',
    );
    expect(eur!.altText).toContain('7,506.00 EUR');
    const svg = decodeURIComponent(usd!.url.replace('data:image/svg+xml,', ''));
    expect(svg).toMatch(/^<svg [^<]*>.*prefers-color-scheme:dark.*<\/svg>$/s);
    expect(svg).toContain('>365,340.88<');
    for (const [, attributes = ''] of svg.matchAll(/<\w+ ([^<]*?)\/?>/g))
      expect(attributes.trim()).toMatch(/^([\w:-]+="[^"]*"\s*)*$/);
  });

  test('two pictures stand beside each other, one stands alone', async () => {
    const types = async (output: unknown) =>
      (await renderAdaptive(cardsFor([{ name: 'ledger_metrics', input: {}, output }])[0]!)).body.map(
        (e) => e.type,
      );
    expect(await types(aging)).toContain('ColumnSet');
    expect(await types(dso)).not.toContain('ColumnSet');
  });

  test('text from outside stays plain text, in cells and in pictures', async () => {
    const json = JSON.stringify(await renderAdaptive(everyCard[0]!));
    expect(json).toContain(JSON.stringify(hostile.name).slice(1, -1));
    expect(json).not.toContain('"TextBlock"');
    const bars: Card = {
      title: hostile.name,
      blocks: [
        { type: 'bars', title: 'x', unit: 'USD', bars: [{ label: '<script>1</script>', value: '1.00' }] },
      ],
    };
    const [picture] = pictures(await renderAdaptive(bars));
    expect(decodeURIComponent(picture!.url)).not.toContain('<script>');
  });

  test('actions carry the ids that the click needs, and only actions that lead somewhere are there', async () => {
    const actions = async (card: Card) => (await renderAdaptive(card)).actions;
    expect(await actions({ title: 'x', blocks: [], figureId: 3, method: 'sum' })).toEqual([
      { type: 'Action.Execute', verb: 'rows', title: 'Show rows', data: { figureId: 3 } },
      { type: 'Action.Execute', verb: 'explain', title: 'How was this computed?', data: { figureId: 3 } },
    ]);
    expect(await actions({ title: 'x', blocks: [], figureId: 3, allRows: true })).toBeUndefined();
    expect(await actions({ title: 'x', blocks: [], customerId: 5 })).toEqual([
      { type: 'Action.Execute', verb: 'account', title: 'Open account', data: { customerId: 5 } },
    ]);
  });

  test('a picture of a thousand points or of nothing does not fail', async () => {
    const points = Array.from({ length: 1000 }, (_, at) => ({ label: `${at}`, value: `${at}.50` }));
    const card: Card = {
      title: 'x',
      blocks: [
        { type: 'trend', title: 'many', unit: 'USD', points },
        { type: 'bars', title: 'none', unit: 'USD', bars: [] },
      ],
    };
    expect(structureProblems(await renderAdaptive(card))).toEqual([]);
  });

  test('periods are named as people read them', () => {
    expect(['2026-03', '2026-03-02', 'Q1'].map(periodLabel)).toEqual(['Mar 26', '2 Mar', 'Q1']);
  });
});

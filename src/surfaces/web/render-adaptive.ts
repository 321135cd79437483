/** Neutral cards as Adaptive Cards 1.5: tables as tables, charts as pictures with a text that holds their figures. */
import type { Block, Card, Cell } from '../../cards/card.ts';
import { visibleJson } from '../../domain/visible-text.ts';
import {
  type AdaptiveCardJson,
  type AdaptiveElement,
  execute,
  line,
  paragraph,
  run,
  table,
} from './adaptive-elements.ts';
import { buttonSet, checkElements, emailElements } from './adaptive-proposal.ts';
import { type ChartBlock, chartText, isChart, renderChart } from './charts.ts';

type TableBlock = Extract<Block, { type: 'table' }>;

const title = (text: string | undefined): AdaptiveElement[] =>
  text ? [line(text, { bold: true, spacing: 'Medium' })] : [];

const more = (count: number, what: string): AdaptiveElement[] =>
  count > 0
    ? [line(`and ${count.toLocaleString('en-US')} more ${what}`, { tone: 'muted', spacing: 'Small' })]
    : [];

const cellElement = (cell: Cell, right: boolean): AdaptiveElement =>
  line(cell.text === '' ? '\u00a0' : cell.text, {
    tone: cell.tone,
    bold: cell.strong ?? false,
    align: right ? 'right' : 'left',
    ...(cell.customerId === undefined
      ? {}
      : { action: execute('account', `Open the account ${cell.text}`, { customerId: cell.customerId }) }),
  });

/** A column is as wide as its longest text, within reason, since Adaptive Cards has no automatic width. */
function weightOf(block: TableBlock, at: number): number {
  const lengths = [
    block.columns[at]?.title.length ?? 0,
    ...block.rows.map((row) => row[at]?.text.length ?? 0),
  ];
  return Math.min(32, Math.max(5, ...lengths));
}

function tableElements(block: TableBlock): AdaptiveElement[] {
  const isRight = (at: number) => block.columns[at]?.align === 'right';
  return [
    ...title(block.title),
    table(
      block.columns.map((column, at) => ({
        title: column.title,
        right: column.align === 'right',
        weight: weightOf(block, at),
      })),
      block.rows.map((row) =>
        block.columns.map((_, at) =>
          cellElement(row[at] ?? { text: '' }, isRight(at) || row[at]?.align === 'right'),
        ),
      ),
    ),
    ...more(block.more, 'rows'),
  ];
}

const factElements = (block: Extract<Block, { type: 'facts' }>): AdaptiveElement[] => [
  ...title(block.title),
  table(
    [
      { right: false, weight: 1 },
      { right: false, weight: 3 },
    ],
    block.facts.map((fact) => [
      line(fact.label, { tone: 'muted' }),
      line(fact.value || '\u00a0', { tone: fact.tone }),
    ]),
  ),
];

const eventElements = (block: Extract<Block, { type: 'timeline' }>): AdaptiveElement[] => [
  ...title(block.title),
  table(
    [
      { right: false, weight: 1 },
      { right: false, weight: 5 },
    ],
    block.events.map((event) => [
      line(event.day, { tone: 'muted' }),
      paragraph([
        run(`${event.kind.replaceAll('_', ' ')}  `, { bold: true }),
        ...(event.invoice && !event.text.includes(event.invoice)
          ? [run(`${event.invoice}  `, { tone: 'muted' })]
          : []),
        run(event.text || ' '),
      ]),
    ]),
  ),
  ...more(block.more, 'events'),
];

/** A picture under its title; where it cannot be drawn, its figures as text. */
async function chartElement(block: ChartBlock): Promise<AdaptiveElement[]> {
  const url = await renderChart(block).catch(() => null);
  if (url === null) return [line(chartText(block))];
  return [
    line(block.title, { bold: true }),
    { type: 'Image', url, altText: chartText(block), size: 'Auto', spacing: 'Small' },
  ];
}

/** One picture, or two beside each other; a narrow screen puts them below each other. */
async function chartElements(charts: ChartBlock[]): Promise<AdaptiveElement[]> {
  const pictures = await Promise.all(charts.map(chartElement));
  if (pictures.length === 1) return pictures[0]!;
  const rows: AdaptiveElement[] = [];
  for (let at = 0; at < pictures.length; at += 2)
    rows.push({
      type: 'ColumnSet',
      columns: [pictures[at]!, pictures[at + 1] ?? []].map((items) => ({
        type: 'Column',
        width: 'stretch',
        items,
      })),
    });
  return rows;
}

/** The elements of one block that is no chart; `at` is its place in the card, by which a file is asked for. */
function blockElements(block: Exclude<Block, ChartBlock>, at: number): AdaptiveElement[] {
  switch (block.type) {
    case 'text':
      return [line(block.text, { tone: block.tone })];
    case 'facts':
      return block.facts.length === 0 ? [] : factElements(block);
    case 'table':
      return tableElements(block);
    case 'timeline':
      return block.events.length === 0 ? [] : eventElements(block);
    case 'choices':
      return [
        {
          type: 'ActionSet',
          actions: block.choices.map((choice) => execute('say', choice.label, { say: choice.say })),
        },
      ];
    case 'file':
      return [{ type: 'ActionSet', actions: [execute('save', `Save ${block.name}`, { block: at })] }];
    case 'email':
      return emailElements(block);
    case 'checks':
      return block.checks.length === 0 ? [] : checkElements(block);
    case 'actions':
      return block.buttons.length === 0 ? [] : [buttonSet(block.buttons)];
  }
}

async function bodyOf(card: Card): Promise<AdaptiveElement[]> {
  const elements: AdaptiveElement[] = [];
  let charts: ChartBlock[] = [];
  const flush = async () => {
    if (charts.length > 0) elements.push(...(await chartElements(charts)));
    charts = [];
  };
  for (const [at, block] of card.blocks.entries()) {
    if (isChart(block)) charts.push(block);
    else {
      await flush();
      const rendered = blockElements(block, at);
      const follows = block.type === 'text' && card.blocks[at - 1]?.type === 'text';
      elements.push(...(follows ? rendered.map((each) => ({ ...each, spacing: 'Small' })) : rendered));
    }
  }
  await flush();
  return elements;
}

/** A neutral card as Adaptive Card JSON 1.5, without the characters of its texts that no reader sees. */
export async function renderAdaptive(given: Card): Promise<AdaptiveCardJson> {
  const card: Card = JSON.parse(visibleJson(given));
  const { figureId, customerId } = card;
  const actions = [
    ...(figureId !== undefined && !card.allRows ? [execute('rows', 'Show rows', { figureId })] : []),
    ...(card.method
      ? [execute('explain', 'How was this computed?', figureId === undefined ? {} : { figureId })]
      : []),
    ...(customerId === undefined ? [] : [execute('account', 'Open account', { customerId })]),
  ];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: card.title,
    body: [line(card.title, { bold: true, size: 'Medium' }), ...(await bodyOf(card))],
    ...(actions.length > 0 ? { actions } : {}),
  };
}

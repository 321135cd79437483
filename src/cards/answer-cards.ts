/** Cards from what the tools of a turn returned: made by code alone, so that no model can put a figure on one. */
import { z } from 'zod';
import {
  accountBrief,
  exportTimelineOutput,
  type FindCustomerOutput,
  type FreshnessOutput,
  findCustomerOutput,
  freshnessOutput,
  ledgerMetricsOutput,
} from '../domain/ledger-query/answers.ts';
import { type CustomerRef, type LedgerResult, ledgerResult } from '../domain/ledger-query/result.ts';
import { formatAmount } from '../domain/money.ts';
import { accountCard } from './account-card.ts';
import type { Card } from './card.ts';
import { cashCards } from './cash-cards.ts';
import { chaseCards } from './chase-cards.ts';
import { plural } from './labels.ts';
import { ledgerCard } from './ledger-card.ts';
import { metricCard } from './metric-card.ts';

/** One tool call of a turn, as it came back. */
export type ToolOutput = { name: string; input: unknown; output: unknown };

const withFigure = z.object({ figureId: z.int().positive().optional() });
const rowsBehind = z.object({ result: ledgerResult });

/**
 * What to say so that exactly this customer is meant (policy P-5): its name where no other match has the same
 * in any spelling of capitals, else its code.
 */
export function nameThatPicks(customer: CustomerRef, among: readonly CustomerRef[]): string {
  const fold = (text: string) => text.toLocaleLowerCase('en-US').trim();
  const same = among.filter((each) =>
    [each.name, each.code].some((text) => fold(text) === fold(customer.name)),
  );
  return same.every((each) => each.id === customer.id) ? customer.name : customer.code;
}

function choiceCard(found: FindCustomerOutput): Card[] {
  if (found.why !== 'several' || found.matches.length < 2) return [];
  const labelOf = (match: FindCustomerOutput['matches'][number]): string => {
    const owed = match.open.map((each) => formatAmount(each.amount, each.currency)).join(' + ');
    const where = [match.country, match.parent && `part of ${match.parent.name}`].filter(Boolean).join(', ');
    return `${match.name} (${[match.code, where].filter(Boolean).join(', ')})${owed ? `: ${owed} open` : ''}`;
  };
  return [
    {
      title: `Which ${found.asked}?`,
      blocks: [
        {
          type: 'choices',
          choices: found.matches.map((match) => ({
            label: labelOf(match),
            say: nameThatPicks(match, found.matches),
          })),
        },
      ],
    },
  ];
}

function freshnessCard(freshness: FreshnessOutput): Card {
  const age = (hours: number) => (hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day'));
  return {
    title: 'When the data was last brought in',
    blocks: [
      freshness.sources.length === 0
        ? { type: 'text', text: 'Nothing was imported or synced yet.', tone: 'normal' }
        : {
            type: 'facts',
            facts: freshness.sources.map((each) => ({
              label: each.source,
              value: `${each.syncedAt.slice(0, 16).replace('T', ' ')} UTC, ${age(each.hoursAgo)} ago`,
              ...(each.stale ? { tone: 'warning' as const } : {}),
            })),
          },
    ],
  };
}

function cardsOf(tool: ToolOutput): Card[] {
  const read = <T>(shape: z.ZodType<T>, build: (output: T) => Card[]): Card[] => {
    const parsed = shape.safeParse(tool.output);
    return parsed.success ? build(parsed.data) : [];
  };
  const figure = withFigure.safeParse(tool.output);
  const figureId = figure.success ? figure.data.figureId : undefined;
  switch (tool.name) {
    case 'query_ledger':
      return read(ledgerResult, (result) => [ledgerCard(result, figureId)]);
    case 'ledger_metrics':
      return read(ledgerMetricsOutput, (output) => [metricCard(output, figureId)]);
    case 'account_brief':
      return read(accountBrief, (brief) => [accountCard(brief, figureId)]);
    case 'find_customer':
      return read(findCustomerOutput, choiceCard);
    case 'show_rows':
      return read(rowsBehind, ({ result }) => [rowsCard(result, figureId)]);
    case 'export_timeline':
      return read(exportTimelineOutput, (file) => [
        {
          title: `Timeline of ${file.subject}`,
          blocks: [
            { type: 'text', text: plural(file.events.length, 'event'), tone: 'muted' },
            { type: 'file', name: file.fileName, mime: 'text/csv', content: file.csv },
          ],
        },
      ]);
    case 'data_freshness':
      return read(freshnessOutput, (freshness) => [freshnessCard(freshness)]);
    default:
      return [
        ...chaseCards(tool.name, tool.output, tool.input),
        ...cashCards(tool.name, tool.output, tool.input),
      ];
  }
}

/** The rows behind a figure; `limit` is the most rows shown. */
export function rowsCard(result: LedgerResult, figureId: number | undefined, limit?: number): Card {
  const card = ledgerCard(result, figureId, limit);
  return { ...card, title: `Behind the figure: ${card.title.toLowerCase()}`, allRows: true };
}

/**
 * The cards of a turn, in the order of its tool calls. A call that failed (`{error}`), an unknown tool and the
 * same card twice give none.
 */
export function cardsFor(tools: readonly ToolOutput[]): Card[] {
  const seen = new Set<string>();
  return tools.flatMap(cardsOf).filter((card) => {
    const { figureId: _, ...what } = card;
    const key = JSON.stringify(what);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

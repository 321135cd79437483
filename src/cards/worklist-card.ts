/** Whom to chase today and why, whom not and why not, and one account by itself. */
import type { NotChasedItem, WorklistInput, WorklistItem, WorklistOutput } from '../domain/chase/worklist.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block, Card } from './card.ts';
import type { CardButton } from './card-action.ts';
import {
  capital,
  customerCell,
  MAX_ROWS,
  moneyCell,
  NONE,
  numberCell,
  overdueTone,
  plural,
  textCell,
  totalsText,
} from './labels.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const DRAFT_BUTTONS = 4;

/** What can be done about an item with one click: open its draft, or write one. */
export function itemButton(item: WorklistItem, label?: string): CardButton | null {
  if (item.proposalId !== null)
    return {
      label: label ?? `Open draft to ${item.customer.name}`,
      style: 'plain',
      action: { kind: 'show', proposalId: item.proposalId },
    };
  if (item.step.channel !== 'email') return null;
  return {
    label: label ?? `Draft to ${item.customer.name}`,
    style: 'plain',
    action: { kind: 'draft', customerId: item.customer.id, currency: item.currency },
  };
}

const itemTable = (output: WorklistOutput, items: readonly WorklistItem[]): Block => ({
  type: 'table',
  columns: [
    right('#'),
    left('Account'),
    right('Due now'),
    right('Days overdue'),
    right('Expected gain'),
    left('What to do'),
    left('Why'),
  ],
  rows: items.map((item) => [
    numberCell(item.rank),
    customerCell(item.customer),
    moneyCell(item.dueAmount, item.currency, overdueTone(item.maxDaysOverdue)),
    numberCell(item.maxDaysOverdue > 0 ? item.maxDaysOverdue : null, overdueTone(item.maxDaysOverdue)),
    moneyCell(item.expectedGain, item.currency),
    textCell(capital(item.step.text)),
    textCell(item.reasons.join('; ')),
  ]),
  more: Math.max(0, output.count - items.length),
});

const dayOffBlocks = ({ dayOff }: WorklistOutput): Block[] =>
  dayOff === null
    ? []
    : [{ type: 'text', text: `Nothing goes out on this day: ${dayOff}.`, tone: 'warning' }];

/** The ranked work of a day; accounts left out are counted with a way to see them. */
export function worklistCard(output: WorklistOutput): Card {
  const items = output.items.slice(0, MAX_ROWS);
  const buttons = items.map((item) => itemButton(item)).filter((each) => each !== null);
  const totals = totalsText(output.totals);
  return {
    title: `To chase on ${output.on}: ${plural(output.count, 'account')}${totals ? `, ${totals}` : ''}`,
    blocks: [
      ...dayOffBlocks(output),
      items.length === 0
        ? { type: 'text', text: 'No account has a step due on this day.', tone: 'normal' }
        : itemTable(output, items),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons: buttons.slice(0, DRAFT_BUTTONS) }] : []),
      ...(output.notChasedCount > 0
        ? [
            {
              type: 'text' as const,
              text: `${plural(output.notChasedCount, 'account')} with open invoices ${output.notChasedCount === 1 ? 'is' : 'are'} not chased on this day; ask "what is not chased and why".`,
              tone: 'muted' as const,
            },
          ]
        : []),
    ],
    method: output.method,
  };
}

const reasonText = (item: NotChasedItem): string =>
  item.reasons.map((reason) => reason.text).join('; ') || NONE;

/** What is not chased, with the reasons and the first day on which it could be. */
export function notChasedCard(output: WorklistOutput): Card {
  const rows = output.notChased.slice(0, MAX_ROWS);
  return {
    title: `Not chased on ${output.on}: ${plural(output.notChasedCount, 'account')}`,
    blocks: [
      ...dayOffBlocks(output),
      rows.length === 0
        ? { type: 'text', text: 'Every account with a due invoice is on the worklist.', tone: 'normal' }
        : {
            type: 'table',
            columns: [
              left('Account'),
              right('Overdue'),
              right('Days overdue'),
              left('Why not'),
              left('Again from'),
              right('Chases unanswered'),
            ],
            rows: rows.map((item) => [
              customerCell(item.customer),
              moneyCell(item.overdueAmount, item.currency, overdueTone(item.maxDaysOverdue)),
              numberCell(item.maxDaysOverdue > 0 ? item.maxDaysOverdue : null),
              textCell(reasonText(item)),
              textCell(item.nextOn ?? 'when somebody acts'),
              numberCell(item.unanswered),
            ]),
            more: Math.max(0, output.notChasedCount - rows.length),
          },
    ],
    method: output.method,
  };
}

const listed = (title: string, sentences: readonly string[]): Block[] =>
  sentences.length === 0
    ? []
    : [{ type: 'facts', title, facts: sentences.map((text, at) => ({ label: `${at + 1}.`, value: text })) }];

/** "Why this account today?": the step, the reasons, what would change its place, its invoices. */
export function whyCard(item: WorklistItem, { on, method }: Pick<WorklistOutput, 'on' | 'method'>): Card {
  const own = itemButton(item, item.proposalId === null ? 'Draft it' : 'Open the draft');
  return {
    title: `Why ${item.customer.name} on ${on}: no. ${item.rank}`,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'What to do', value: capital(item.step.text) },
          { label: 'Due now', value: formatAmount(item.dueAmount, item.currency) },
          { label: 'Overdue', value: formatAmount(item.overdueAmount, item.currency) },
          { label: 'Expected gain', value: formatAmount(item.expectedGain, item.currency) },
          { label: 'Slips if nobody acts', value: `${item.slipPercent}%` },
          { label: 'Chases unanswered', value: String(item.unanswered) },
          { label: 'Owner', value: item.owner ?? NONE },
        ],
      },
      ...(own ? [{ type: 'actions' as const, buttons: [{ ...own, style: 'primary' as const }] }] : []),
      ...listed('Why', item.reasons),
      ...listed('What would change its place', item.wouldChange),
      {
        type: 'table',
        title: 'Its invoices',
        columns: [left('Invoice'), left('Due'), right('Days overdue'), right('Open')],
        rows: item.invoices.map((invoice) => [
          textCell(invoice.number),
          textCell(invoice.dueOn),
          numberCell(invoice.daysOverdue > 0 ? invoice.daysOverdue : null, overdueTone(invoice.daysOverdue)),
          moneyCell(invoice.openAmount, item.currency),
        ]),
        more: 0,
      },
      ...leftOutBlocks(item.leftOut),
    ],
    method,
    customerId: item.customer.id,
  };
}

/** Invoices that stay out of a letter, each with the reason. */
export const leftOutBlocks = (leftOut: WorklistItem['leftOut']): Block[] =>
  leftOut.length === 0
    ? []
    : [
        {
          type: 'table',
          title: 'Left out',
          columns: [left('Invoice'), left('Why'), left('Until')],
          rows: leftOut.map(({ number, reason }) => [
            textCell(number),
            textCell(reason.text),
            textCell(reason.untilOn ?? 'somebody acts'),
          ]),
          more: 0,
        },
      ];

/** Why one account is not chased. */
function whyNotCard(item: NotChasedItem, { on, method }: WorklistOutput): Card {
  return {
    title: `Why ${item.customer.name} is not chased on ${on} (${item.currency})`,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Overdue', value: formatAmount(item.overdueAmount, item.currency) },
          { label: 'Most days overdue', value: String(item.maxDaysOverdue) },
          { label: 'Chases unanswered', value: String(item.unanswered) },
          { label: 'Again from', value: item.nextOn ?? 'when somebody acts' },
        ],
      },
      {
        type: 'table',
        title: 'Why not',
        columns: [left('Reason'), left('Until')],
        rows: item.reasons.map((reason) => [
          textCell(reason.text),
          textCell(reason.untilOn ?? 'somebody acts'),
        ]),
        more: 0,
      },
    ],
    method,
    customerId: item.customer.id,
  };
}

/** The cards of a worklist, by what was asked: one account, what is not chased, or the day's work. */
export function worklistCards(output: WorklistOutput, asked: Partial<WorklistInput>): Card[] {
  if (asked.customerId !== undefined) {
    const cards = [
      ...output.items.map((item) => whyCard(item, output)),
      ...output.notChased.map((item) => whyNotCard(item, output)),
    ];
    if (cards.length > 0) return cards;
  }
  return asked.notChased ? [notChasedCard(output)] : [worklistCard(output)];
}

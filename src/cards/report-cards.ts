/** The digest, the tasks and the audit trail as cards. */
import type { AuditTrailOutput, DigestContent, TaskView } from '../domain/chase/reports.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block, Card } from './card.ts';
import type { CardButton } from './card-action.ts';
import {
  capital,
  customerCell,
  instantText,
  moneyCell,
  NONE,
  plural,
  textCell,
  totalsText,
} from './labels.ts';
import { proposalCard } from './proposal-card.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

type Line = DigestContent['movements'][number];

const lines = (title: string, list: readonly Line[]): Block[] =>
  list.length === 0
    ? []
    : [
        {
          type: 'table',
          title,
          columns: [left('Account'), right('Amount'), left('What')],
          rows: list.map((each) => [
            customerCell(each.customer),
            moneyCell(each.amount, each.currency),
            textCell(each.text),
          ]),
          more: 0,
        },
      ];

const sentences = (title: string, list: readonly string[]): Block[] =>
  list.length === 0
    ? []
    : [{ type: 'facts', title, facts: list.map((text, at) => ({ label: `${at + 1}.`, value: text })) }];

const OPEN_BUTTONS = 5;

/** The morning's page: what came in, what needs a decision, what broke, what Remy did. Empty parts are left out. */
export function digestCard(digest: DigestContent): Card {
  const { cashIn, decisions } = digest;
  const buttons: CardButton[] = decisions.oldest.slice(0, OPEN_BUTTONS).map(({ proposalId, text }) => ({
    label: text.length > 90 ? `Open no. ${proposalId}` : text,
    style: 'plain',
    action: { kind: 'show', proposalId },
  }));
  const waiting = totalsText(decisions.totals);
  const stale = digest.sources.filter((each) => each.stale);
  return {
    title: `Digest of ${digest.day}${digest.audience === 'team' ? '' : ` for ${digest.audience}`}`,
    blocks: [
      ...stale.map(
        (each): Block => ({
          type: 'text',
          text: `Old data: ${each.source} was last brought in ${instantText(each.syncedAt)}.`,
          tone: 'warning',
        }),
      ),
      {
        type: 'facts',
        facts: [
          { label: `Cash in since ${digest.since}`, value: totalsText(cashIn.totals) || 'none' },
          {
            label: 'Needs a decision',
            value:
              decisions.waiting === 0 ? 'nothing' : `${decisions.waiting}${waiting ? `: ${waiting}` : ''}`,
          },
          ...(digest.forecast ? [{ label: 'Forecast', value: digest.forecast }] : []),
        ],
      },
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
      ...lines('Biggest payments', cashIn.biggest),
      ...lines('Broken promises', digest.brokenPromises),
      ...lines('Promises due', digest.duePromises),
      ...lines('New disputes', digest.newDisputes),
      ...lines('Biggest movements', digest.movements),
      ...sentences(
        'Tasks',
        digest.tasks.map((task) => task.text),
      ),
      ...sentences('What Remy did by itself', digest.done),
    ],
  };
}

const TASK_KINDS: Readonly<Record<TaskView['kind'], string>> = {
  call: 'Call',
  owner: 'For the account owner',
  sales: 'For sales',
  manager: 'For the manager',
  legal: 'For legal',
};

function taskButtons(task: TaskView): CardButton[] {
  const close = (outcome: 'done' | 'vetoed', label: string, style: CardButton['style']): CardButton => ({
    label,
    style,
    action: { kind: 'close_task', taskId: task.id, outcome },
  });
  if (task.state === 'veto_window') return [close('vetoed', 'Stop the hand-over', 'danger')];
  return task.state === 'open' ? [close('done', 'Done', 'primary')] : [];
}

/** Work handed to a person, with what it has to know. */
export function taskCard(task: TaskView): Card {
  const buttons = taskButtons(task);
  return {
    title: task.title,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'What', value: TASK_KINDS[task.kind] },
          { label: 'Account', value: task.customer.name },
          ...(task.amount && task.currency
            ? [{ label: 'Amount', value: formatAmount(task.amount, task.currency) }]
            : []),
          { label: 'Who', value: task.assignee ?? 'whoever has the role' },
          { label: 'Due', value: task.dueOn },
          ...(task.state === 'veto_window' && task.vetoUntil
            ? [{ label: 'Can be stopped until', value: instantText(task.vetoUntil) }]
            : []),
          ...(task.state === 'done' || task.state === 'vetoed'
            ? [{ label: 'State', value: task.state === 'done' ? 'done' : 'stopped by the owner' }]
            : []),
        ],
      },
      ...sentences('What to know', task.context),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
    customerId: task.customer.id,
  };
}

/** Who did what, and the emails that left with who approved them on what evidence. */
export function auditCards(output: AuditTrailOutput): Card[] {
  const trail: Card = {
    title: `Audit trail: ${plural(output.total, 'entry', 'entries')}`,
    blocks: [
      output.chainIntact
        ? {
            type: 'text',
            text: 'The chain of entries is whole: nothing was changed or removed.',
            tone: 'muted',
          }
        : {
            type: 'text',
            text: 'The chain of entries is broken: something was changed or removed after it was written. Keep this database as it is and tell your admin.',
            tone: 'warning',
          },
      ...(output.entries.length === 0
        ? []
        : [
            {
              type: 'table' as const,
              columns: [left('When'), left('Who'), left('What'), left('')],
              rows: output.entries.map((entry) => [
                textCell(instantText(entry.at)),
                textCell(entry.actor),
                textCell(capital(entry.act.replaceAll('_', ' '))),
                textCell(entry.text),
              ]),
              more: Math.max(0, output.total - output.entries.length),
            },
          ]),
    ],
  };
  const sent = output.sent.map((each): Card => {
    const shown = proposalCard(each.proposal);
    return {
      ...shown,
      title: `Sent ${instantText(each.sentAt)}: ${shown.title}`,
      blocks: [
        {
          type: 'facts',
          facts: [
            { label: 'Approved by', value: each.approvedBy.join(', ') || NONE },
            { label: 'Sent', value: instantText(each.sentAt) },
            { label: 'Written with', value: `${each.proposal.model}, prompts ${each.promptVersion}` },
          ],
        },
        ...shown.blocks,
      ],
    };
  });
  return [...sent, trail];
}

/** Several proposals at once: the list, what a drafting of many made, and the plan of a bulk approval. */
import { applicationText } from '../domain/cash/placing-words.ts';
import type { DraftManyOutput } from '../domain/chase/drafting.ts';
import type {
  BulkPlan,
  BulkPlanInput,
  ListProposalsOutput,
  ProposalView,
} from '../domain/chase/proposals.ts';
import type { Block, Card } from './card.ts';
import {
  capital,
  customerCell,
  instantText,
  MAX_ROWS,
  moneyCell,
  plural,
  textCell,
  totalsText,
  words,
} from './labels.ts';
import { proposalCard } from './proposal-card.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const SHOW_BUTTONS = 6;

const STATES: Readonly<Record<ProposalView['state'], string>> = {
  pending: 'waiting',
  snoozed: 'snoozed',
  approved: 'on its way',
  done: 'done',
  rejected: 'rejected',
  stale: 'overtaken',
  expired: 'expired',
  replaced: 'replaced',
  failed: 'failed',
};

/** "waiting", "snoozed until 2026-12-01", "on its way, leaves 2026-11-24 09:01 UTC". */
export function stateText(view: ProposalView): string {
  if (view.state === 'snoozed') return `snoozed until ${view.snoozedUntil}`;
  if (view.state === 'approved' && view.effect?.state === 'ready')
    return `on its way, leaves ${instantText(view.effect.notBefore)}`;
  return STATES[view.state];
}

const aboutText = ({ content }: ProposalView): string =>
  content.kind === 'email'
    ? `${content.subject} (to ${[...content.to, ...content.cc, ...content.bcc].join(', ')})`
    : content.kind === 'application'
      ? applicationText(content)
      : content.changes.map((change) => `${change.path}: ${change.before} → ${change.after}`).join('; ');

const listTable = (proposals: readonly ProposalView[], total: number): Block => ({
  type: 'table',
  columns: [right('No.'), left('Account'), right('Amount'), left('What'), left('State'), left('Note')],
  rows: proposals.slice(0, MAX_ROWS).map((view) => [
    { text: String(view.id), align: 'right' },
    view.customer
      ? customerCell(view.customer)
      : textCell(view.kind === 'policy_change' ? 'Rules' : view.kind === 'application' ? 'Cash' : null),
    moneyCell(view.amount ?? undefined, view.currency ?? undefined),
    textCell(aboutText(view)),
    textCell(capital(stateText(view))),
    {
      ...textCell([...view.riskFlags.map(words), view.stateReason].filter(Boolean).join('; ')),
      tone: 'warning',
    },
  ]),
  more: Math.max(0, total - Math.min(proposals.length, MAX_ROWS)),
});

const isWaiting = (view: ProposalView): boolean => view.state === 'pending' || view.state === 'snoozed';

/** Buttons that open single proposals, and one that shows what approving them all would send. */
function listButtons(proposals: readonly ProposalView[]): Block[] {
  const waiting = proposals.filter(isWaiting);
  const customers = [...new Set(waiting.flatMap((view) => (view.customer ? [view.customer.id] : [])))];
  const buttons = [
    ...(customers.length > 1
      ? [
          {
            label: `Review and approve ${plural(waiting.filter((view) => view.customer).length, 'email')}`,
            style: 'primary' as const,
            action: {
              kind: 'plan' as const,
              input: { exceptCustomerIds: [], onlyCustomerIds: customers.slice(0, 200) },
            },
          },
        ]
      : []),
    ...proposals.slice(0, SHOW_BUTTONS).map((view) => ({
      label: `Open ${view.customer?.name ?? `no. ${view.id}`}`,
      style: 'plain' as const,
      action: { kind: 'show' as const, proposalId: view.id },
    })),
  ];
  return buttons.length === 0 ? [] : [{ type: 'actions', buttons }];
}

/** One proposal is shown whole, several as a list. */
export function proposalListCard(list: ListProposalsOutput, title = 'Proposals'): Card {
  const [first] = list.proposals;
  if (first && list.proposals.length === 1 && list.total === 1) return proposalCard(first);
  const money = totalsText(list.totals);
  return {
    title: `${title}: ${list.total === 0 ? 'none' : list.total.toLocaleString('en-US')}${money ? `, ${money}` : ''}`,
    blocks:
      list.proposals.length === 0
        ? [{ type: 'text', text: 'There is no proposal of this kind.', tone: 'normal' }]
        : [listTable(list.proposals, list.total), ...listButtons(list.proposals)],
  };
}

/** Drafts made in one go, and whom they left out. */
export function draftManyCards(output: DraftManyOutput): Card[] {
  const drafts = proposalListCard(output.made, 'Drafts made');
  if (output.notChasedCount === 0) return [drafts];
  const rows = output.notChased.slice(0, MAX_ROWS);
  return [
    drafts,
    {
      title: `Left out: ${plural(output.notChasedCount, 'account')}`,
      blocks: [
        {
          type: 'table',
          columns: [left('Account'), right('Overdue'), left('Why')],
          rows: rows.map((each) => [
            textCell(each.customer),
            moneyCell(each.amount, each.currency),
            textCell(each.reasons.join('; ')),
          ]),
          more: Math.max(0, output.notChasedCount - rows.length),
        },
      ],
    },
  ];
}

/**
 * What one click would send: count, total per currency, every recipient, every email, and what stays with the reason.
 * Nothing of it is cut, since the click covers all of it.
 */
export function bulkPlanCard(plan: BulkPlan, input: BulkPlanInput): Card {
  const stays: Block[] =
    plan.left.length === 0
      ? []
      : [
          {
            type: 'table',
            title: `Stays as it is: ${plan.left.length}`,
            columns: [left('Account'), right('Amount'), left('Why')],
            rows: plan.left.map((each) => [
              textCell(each.customer),
              moneyCell(each.amount, each.currency),
              textCell(each.why),
            ]),
            more: 0,
          },
        ];
  if (plan.beyond)
    stays.push({
      type: 'text',
      text: `${plan.beyond.toLocaleString('en-US')} more wait than one plan holds; they are not in it. Plan again after this.`,
      tone: 'normal',
    });
  if (plan.count === 0)
    return {
      title: 'Nothing to approve in one go',
      blocks: [{ type: 'text', text: 'None of the waiting emails fits.', tone: 'normal' }, ...stays],
    };
  return {
    title: `Approve ${plural(plan.count, 'email')}: ${totalsText(plan.totals)}`,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Emails', value: plan.count.toLocaleString('en-US') },
          ...plan.totals.map((each) => ({ label: each.currency, value: totalsText([each]) })),
          { label: `Recipients (${plan.recipients.length})`, value: plan.recipients.join(', ') },
        ],
      },
      {
        type: 'table',
        title: 'Leaves',
        columns: [left('Account'), right('Amount'), left('To'), left('Subject')],
        rows: plan.approve.map((each) => [
          customerCell(each.customer),
          moneyCell(each.amount, each.currency),
          textCell(each.to.join(', ')),
          textCell(each.subject),
        ]),
        more: 0,
      },
      {
        type: 'actions',
        buttons: [
          {
            label: `Approve these ${plan.count}`,
            style: 'primary',
            action: { kind: 'approve_plan', planDigest: plan.planDigest, input },
          },
        ],
      },
      ...stays,
    ],
  };
}

/** A proposal as a card, in every state it can be in: exactly what leaves, what to know before, what became of it. */
import type { EmailContent, PolicyChangeContent, ProposalView, Receipt } from '../domain/chase/proposals.ts';
import { formatAmount } from '../domain/money.ts';
import { applicationBlocks, payerText, paymentDeceptions } from './application-blocks.ts';
import { applicationButtons } from './application-buttons.ts';
import type { Block, Card } from './card.ts';
import type { CardButton } from './card-action.ts';
import { deceptions, emailBlock, invoiceBlock } from './email-blocks.ts';
import { instantText, NONE, plural, textCell, words } from './labels.ts';
import { stateBlocks } from './proposal-state.ts';

const note = (text: string, tone: 'normal' | 'muted' | 'warning' = 'normal'): Block => ({
  type: 'text',
  text,
  tone,
});

const ORIGINS: Readonly<Record<ProposalView['origin'], string>> = {
  matching: 'matching, by itself',
  cadence: 'the cadence, by itself',
  chat: 'asked for in a conversation',
  console: 'asked for in the console',
  command_line: 'asked for on the command line',
};

const LETTERS: Readonly<Record<EmailContent['letter'], string>> = {
  reminder: 'Reminder',
  overdue: 'Overdue notice',
  final_notice: 'Final notice',
  broken_promise: 'Letter about a broken promise',
  thank_you: 'Thanks',
  remittance_request: 'Question about a payment',
  statement: 'Statement of account',
};

const RULES = {
  cadence: 'chasing rules',
  company: 'company settings',
  cash: 'rules of cash application',
} as const;

/** The customer and the amount always stand in the title, from the ledger's own fields. */
function titleOf(view: ProposalView): string {
  const { content } = view;
  if (content.kind === 'policy_change')
    return `Change of the ${RULES[content.policy]}: ${plural(content.changes.length, 'setting')}`;
  if (content.kind === 'application')
    return content.payment
      ? `Apply ${formatAmount(content.payment.unapplied, content.currency)} from ${payerText(content.payment)}`
      : `Adjust ${content.placing.adjustments.map(({ invoice }) => invoice).join(', ')}, ${formatAmount(view.amount ?? '0', content.currency)}`;
  return `${LETTERS[content.letter]} to ${view.customer?.name ?? 'an account'}, ${formatAmount(content.totalAmount, content.currency)}`;
}

/** Before and after of every changed setting, and what goes out differently because of it. */
const policyBlocks = (content: PolicyChangeContent): Block[] => [
  {
    type: 'facts',
    title: 'What changes',
    facts: content.changes.map((change) => ({
      label: change.path,
      value: `${change.before} → ${change.after}`,
    })),
  },
  {
    type: 'facts',
    title: 'What goes out differently',
    facts:
      content.effects.length === 0
        ? [{ label: 'Tomorrow', value: 'nothing' }]
        : content.effects.map((effect, at) => ({ label: `${at + 1}.`, value: effect })),
  },
];

const writtenBy = ({ model }: ProposalView) => ({
  label: 'Written by',
  value: model === 'templates' ? 'the templates, without a model' : model,
});

/** A suggestion that a person placed in another way is that person's. */
function askedBy({ origin, model, madeBy }: ProposalView): string {
  if (origin === 'matching' && model === 'by hand') return madeBy;
  const isRemy = origin === 'cadence' || origin === 'matching';
  return `${isRemy ? 'Remy' : madeBy} (${ORIGINS[origin]})`;
}

/** Who wrote it, how, and what its fingerprint covers. */
function originFacts(view: ProposalView): Block {
  const { content } = view;
  return {
    type: 'facts',
    title: 'Behind it',
    facts: [
      {
        label: 'Asked by',
        value: `${askedBy(view)}, ${instantText(view.createdAt)}`,
      },
      ...(content.kind === 'application' ? [] : [writtenBy(view)]),
      ...(content.kind === 'email'
        ? [
            {
              label: 'Letter',
              value: `${words(content.letter)}, ${content.tone}, language ${content.language}`,
            },
            { label: 'Step', value: content.stepId ?? 'none of the cadence: a person asked for it' },
          ]
        : content.kind === 'policy_change'
          ? [
              {
                label: 'Changes',
                value:
                  content.baseVersion === null
                    ? `the ${content.policy} as shipped`
                    : `version ${content.baseVersion} of the ${content.policy}`,
              },
            ]
          : []),
      { label: 'Revision', value: `${view.revision}, fingerprint ${view.digest.slice(0, 16)}` },
      { label: 'Expires', value: instantText(view.expiresAt) },
    ],
  };
}

const decisionTable = ({ decisions }: ProposalView): Block[] =>
  decisions.length === 0
    ? []
    : [
        {
          type: 'table',
          title: 'Decisions',
          columns: ['When', 'Who', 'What', 'Where', 'Revision', 'Reason'].map((title) => ({
            title,
            align: 'left' as const,
          })),
          rows: decisions.map((each) => [
            textCell(instantText(each.at)),
            textCell(`${each.by} (${each.role})`),
            textCell(each.untilOn ? `${each.kind} until ${each.untilOn}` : each.kind),
            textCell(words(each.via)),
            textCell(`${each.revision}, ${each.digest.slice(0, 16)}`),
            textCell(each.reason),
          ]),
          more: 0,
        },
      ];

/** What was looked at right before sending, and what the provider said. */
export const receiptBlocks = (receipt: Receipt): Block[] => [
  {
    type: 'checks',
    title: `Looked at before sending, ${instantText(receipt.checkedAt)}`,
    checks: receipt.checks,
  },
  {
    type: 'facts',
    facts: [
      { label: 'Sent', value: receipt.sentAt ? instantText(receipt.sentAt) : 'not sent' },
      ...(receipt.messageId ? [{ label: 'Message-ID', value: receipt.messageId }] : []),
      ...(receipt.provider ? [{ label: 'Provider', value: receipt.provider }] : []),
      {
        label: 'Ledger of',
        value:
          receipt.sources.map((each) => `${each.source} ${instantText(each.syncedAt)}`).join(', ') || NONE,
      },
    ],
  },
];

/** What can be done now, by the person the view was made for. */
function buttonsOf(view: ProposalView): CardButton[] {
  const { id: proposalId, revision, digest, state, effect } = view;
  const seen = { proposalId, revision, digest };
  const isEmail = view.kind === 'email';
  const cash = view.content.kind === 'application' ? applicationButtons(view, view.content) : [];
  const button = (
    kind: 'approve' | 'edit' | 'reject' | 'snooze' | 'undo' | 'redraft',
    label: string,
    style: CardButton['style'] = 'plain',
  ): CardButton => ({ label, style, action: { kind, ...seen } });
  const mayStop = view.mayStop ?? true;
  if (state === 'pending')
    return [
      ...(view.mayDecide ? [button('approve', 'Approve', 'primary')] : []),
      ...(mayStop
        ? [
            ...(isEmail ? [button('edit', 'Edit')] : cash),
            button('snooze', 'Snooze'),
            button('reject', 'Reject', 'danger'),
          ]
        : []),
    ];
  if (!mayStop) return [];
  if (state === 'snoozed') return [button('undo', 'Wake it now')];
  if (state === 'approved' && effect?.state === 'ready') return [button('undo', 'Undo', 'danger')];
  const dead = state === 'failed' && effect?.state === 'dead' ? [effect.id] : [];
  const retry = dead.map(
    (effectId): CardButton => ({
      label: 'Try again',
      style: 'plain',
      action: { kind: 'retry', effectId },
    }),
  );
  if (isEmail && ['stale', 'expired', 'failed'].includes(state))
    return [button('redraft', 'Redraft', 'primary'), ...retry];
  return cash;
}

/** When an approved act leaves; null when it has left or nothing is on its way. */
const leavesAt = ({ state, effect }: ProposalView): string | null =>
  state === 'approved' && effect?.state === 'ready' ? effect.notBefore : null;

const contentBlocks = (content: ProposalView['content']): Block[] =>
  content.kind === 'email'
    ? [emailBlock(content), invoiceBlock(content)]
    : content.kind === 'application'
      ? applicationBlocks(content)
      : policyBlocks(content);

/** The card of one proposal. All that leaves is on it, whatever state it is in. */
export function proposalCard(view: ProposalView): Card {
  const { content } = view;
  const open = view.state === 'pending' || view.state === 'snoozed';
  const warnings = [
    ...view.riskFlags.map((flag) => `Risk: ${words(flag)}.`),
    ...(open ? view.cautions : []),
    ...(content.kind === 'email' ? deceptions(content) : []),
    ...(content.kind === 'application' ? paymentDeceptions(content.payment) : []),
  ];
  const buttons = buttonsOf(view);
  return {
    title: titleOf(view),
    blocks: [
      ...stateBlocks(view),
      ...warnings.map((text) => note(text, 'warning')),
      ...contentBlocks(content),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
      ...(view.effect?.receipt ? receiptBlocks(view.effect.receipt) : []),
      ...decisionTable(view),
      originFacts(view),
    ],
    ...(view.customer ? { customerId: view.customer.id } : {}),
    proposal: { id: view.id, revision: view.revision, state: view.state, leavesAt: leavesAt(view) },
  };
}

/** Why a payment is where it is: the payment, what became of it, the gap with its arithmetic, and what can be done. */
import type { ExplainPaymentOutput } from '../domain/cash/answers.ts';
import { noMatchWords, placingText } from '../domain/cash/placing-words.ts';
import { formatAmount } from '../domain/money.ts';
import {
  alternativesBlock,
  confidenceText,
  isSome,
  payerText,
  paymentBlock,
  paymentDeceptions,
  placingBlocks,
  reasonsBlock,
} from './application-blocks.ts';
import type { Block, Card, Cell } from './card.ts';
import type { CardButton } from './card-action.ts';
import { undoButton } from './cash-list.ts';
import { moneyCell, textCell, words } from './labels.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const warning = (text: string): Block => ({ type: 'text', text, tone: 'warning' });

/** What it was put on, in force or taken back since. */
function appliedBlocks({ matches, payment }: ExplainPaymentOutput): Block[] {
  if (matches.length === 0) return [];
  return [
    {
      type: 'table',
      title: 'What became of it',
      columns: [left('On'), left('Where it went'), left('By'), left('State')],
      rows: matches.map((match): Cell[] => [
        { text: match.matchedOn },
        textCell(placingText(match.placing, payment.currency)),
        textCell(
          match.origin === 'auto' ? `matching, ${confidenceText(match.placing.confidence)}` : match.madeBy,
        ),
        match.reversedOn === null
          ? { text: 'In force', tone: 'good' }
          : {
              text: `Taken back ${match.reversedOn} by ${match.reversedBy ?? 'somebody'}${match.reversedReason ? `: ${match.reversedReason}` : ''}`,
              tone: 'muted',
            },
      ]),
      more: 0,
    },
  ];
}

/** What it is on now, where not all of that is by acts of ours: the ledger's own applications too. */
function onInvoices({ applied, matches, payment }: ExplainPaymentOutput): Block[] {
  const ours = matches.filter(({ reversedOn }) => reversedOn === null);
  if (applied.length <= ours.reduce((sum, { placing }) => sum + placing.applications.length, 0)) return [];
  return [
    {
      type: 'table',
      title: 'It is on',
      columns: [left('Invoice'), left('Since'), right('Amount')],
      rows: applied.map((each): Cell[] => [
        textCell(each.invoice),
        { text: each.on },
        moneyCell(each.amount, payment.currency),
      ]),
      more: 0,
    },
  ];
}

/** The gap, with every explanation that was tried. */
function differenceBlocks({ comparedWith, difference, payment }: ExplainPaymentOutput): Block[] {
  const money = (amount: string) => formatAmount(amount, payment.currency);
  const compared: Block[] = comparedWith
    ? [
        {
          type: 'facts',
          title: `Compared with ${comparedWith.what}`,
          facts: [
            { label: 'Owed', value: money(comparedWith.owed) },
            { label: 'Paid', value: money(comparedWith.paid) },
            ...(difference
              ? [
                  {
                    label: difference.amount.startsWith('-') ? 'Too much' : 'Missing',
                    value: money(difference.amount.replace(/^-/, '')),
                    ...(isSome(difference.amount) ? { tone: 'warning' as const } : {}),
                  },
                ]
              : []),
          ],
        },
      ]
    : [];
  if (!difference || difference.reasons.length === 0) return compared;
  return [
    ...compared,
    {
      type: 'table',
      title: 'What explains it',
      columns: [left('Explanation'), right('Amount'), left('Fits'), left('Arithmetic')],
      rows: difference.reasons.map((reason): Cell[] => [
        textCell(words(reason.kind)),
        moneyCell(reason.amount, payment.currency),
        reason.fits ? { text: 'yes', tone: 'good', strong: true } : { text: 'no', tone: 'muted' },
        textCell(reason.text),
      ]),
      more: 0,
    },
  ];
}

function suggestionBlocks({ suggestion, payment }: ExplainPaymentOutput): Block[] {
  if (!suggestion) return [];
  const { placing, alternatives, decision, noMatch } = suggestion;
  const none = decision === 'none';
  return [
    ...(none
      ? [warning(`Matching leaves it alone: ${noMatch ? noMatchWords[noMatch] : 'nothing fits'}.`)]
      : placingBlocks(placing, payment.currency, 'What matching sees in what is left')),
    ...(placing.reasons.length > 0 ? [reasonsBlock(placing)] : []),
    ...(alternatives.length > 0 ? [alternativesBlock(alternatives, payment.currency)] : []),
  ];
}

const duplicateBlocks = ({ duplicates }: ExplainPaymentOutput): Block[] =>
  duplicates.length === 0
    ? []
    : [
        {
          type: 'table',
          title: 'Looks like the same money, or paid twice',
          columns: [left('Payment'), left('Received'), left('From'), right('Amount'), left('Why')],
          rows: duplicates.map(({ payment, why }): Cell[] => [
            textCell(`${payment.number} (${payment.source})`),
            { text: payment.receivedOn },
            textCell(payerText(payment)),
            moneyCell(payment.amount, payment.currency),
            textCell(why),
          ]),
          more: 0,
        },
      ];

const returnBlocks = ({ returns, payment }: ExplainPaymentOutput): Block[] =>
  returns.length === 0
    ? []
    : [
        {
          type: 'table',
          title: 'What left of it again',
          columns: [left('On'), left('How'), right('Amount'), left('Reason')],
          rows: returns.map((each): Cell[] => [
            { text: each.on },
            textCell(words(each.kind)),
            moneyCell(each.amount, payment.currency),
            textCell(each.reason),
          ]),
          more: 0,
        },
      ];

function buttonsOf({ payment, matches, suggestion }: ExplainPaymentOutput): CardButton[] {
  const inForce = matches.filter(({ reversedOn }) => reversedOn === null);
  return [
    ...(suggestion?.proposalId
      ? [
          {
            label: 'Open the proposal',
            style: 'primary' as const,
            action: { kind: 'show' as const, proposalId: suggestion.proposalId },
          },
        ]
      : []),
    ...(isSome(payment.unapplied)
      ? [
          {
            label: 'Place it by hand',
            style: 'plain' as const,
            action: { kind: 'open_payment' as const, paymentId: payment.id },
          },
        ]
      : []),
    ...inForce
      .slice(0, 4)
      .map((match) => undoButton(match, inForce.length === 1 ? 'Undo' : `Undo no. ${match.matchId}`)),
  ];
}

export function explainCard(output: ExplainPaymentOutput): Card {
  const { payment, next } = output;
  const buttons = buttonsOf(output);
  const customer = payment.customer ?? output.suggestion?.placing.customer ?? null;
  return {
    title: `${formatAmount(payment.amount, payment.currency)} from ${payerText(payment)}, ${payment.receivedOn}`,
    blocks: [
      ...paymentDeceptions(payment).map(warning),
      paymentBlock(payment),
      ...appliedBlocks(output),
      ...onInvoices(output),
      ...differenceBlocks(output),
      ...suggestionBlocks(output),
      ...duplicateBlocks(output),
      ...returnBlocks(output),
      ...(next.length > 0
        ? [
            {
              type: 'facts' as const,
              title: 'What can be done',
              facts: next.map((text, at) => ({ label: `${at + 1}.`, value: text })),
            },
          ]
        : []),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
    ...(customer ? { customerId: customer.id } : {}),
  };
}

/** Many payments at once: what a run of matching made of them, and what was applied. */
import type { ListMatchesOutput } from '../domain/cash/answers.ts';
import type { AppliedMatch, MatchedPayment, MatchRun } from '../domain/cash/applications.ts';
import { noMatchWords, placingText } from '../domain/cash/placing-words.ts';
import { formatAmount } from '../domain/money.ts';
import {
  alternativesBlock,
  confidenceText,
  payerText,
  paymentBlock,
  paymentDeceptions,
  placingBlocks,
  reasonsBlock,
} from './application-blocks.ts';
import type { Block, Card, Cell } from './card.ts';
import type { CardButton } from './card-action.ts';
import { capital, customerCell, MAX_ROWS, moneyCell, NONE, plural, type Tone, textCell } from './labels.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const SHOW_BUTTONS = 6;
/** Hosts of cards show no more in one row of buttons. */
const MOST_IN_A_ROW = 10;

const DECISIONS: Readonly<Record<MatchedPayment['decision'], { text: string; dry: string; tone: Tone }>> = {
  applied: { text: 'applied', dry: 'would be applied', tone: 'good' },
  proposed: { text: 'proposed', dry: 'would be proposed', tone: 'warning' },
  none: { text: 'left alone', dry: 'would be left alone', tone: 'muted' },
};

/** Where the money goes, or why nowhere. */
const whereText = ({ placing, payment, decision, noMatch }: MatchedPayment): string =>
  decision === 'none'
    ? capital(noMatch ? noMatchWords[noMatch] : 'nothing fits')
    : placingText(placing, payment.currency);

const sureCell = ({ decision, placing }: MatchedPayment): Cell => ({
  text: decision === 'none' ? NONE : confidenceText(placing.confidence).replace(/ sure$/, ''),
  align: 'right',
});

const nothingYet = (text: string): Block => ({ type: 'text', text, tone: 'normal' });

/** Amounts by currency: what came in, and what became of it. */
function totalsTable({ summary }: MatchRun): Block[] {
  if (summary.amounts.length === 0) return [];
  return [
    {
      type: 'table',
      title: 'By currency',
      columns: [right('Looked at'), right('Applied'), right('Proposed'), right('Left alone')],
      rows: summary.amounts.map((each) => [
        moneyCell(each.received, each.currency),
        moneyCell(each.applied, each.currency),
        moneyCell(each.proposed, each.currency),
        moneyCell(each.none, each.currency),
      ]),
      more: 0,
    },
  ];
}

const openButton = ({ payment, proposalId, matchId }: MatchedPayment): CardButton => {
  const what = `${formatAmount(payment.unapplied, payment.currency)} from ${payerText(payment)}`;
  if (matchId !== null)
    return { label: `Undo ${what}`, style: 'plain', action: { kind: 'reverse', matchId } };
  return proposalId === null
    ? { label: `Open ${what}`, style: 'plain', action: { kind: 'open_payment', paymentId: payment.id } }
    : { label: `Open ${what}`, style: 'plain', action: { kind: 'show', proposalId } };
};

/** One payment whole: what it is, where it goes and why, the other ways. */
function onePayment(matched: MatchedPayment, dryRun: boolean): Block[] {
  const { payment, placing, alternatives, decision, noMatch } = matched;
  const words = DECISIONS[decision];
  const state = dryRun ? words.dry : words.text;
  return [
    {
      type: 'text',
      text:
        decision === 'none'
          ? `${capital(state)}: ${noMatch ? noMatchWords[noMatch] : 'nothing fits'}.`
          : `${capital(state)}, ${confidenceText(placing.confidence)}.`,
      tone: decision === 'none' ? 'warning' : 'normal',
    },
    ...paymentDeceptions(payment).map((text): Block => ({ type: 'text', text, tone: 'warning' })),
    paymentBlock(payment),
    ...(decision === 'none' ? [] : placingBlocks(placing, payment.currency, 'Where it goes')),
    ...(placing.reasons.length > 0 ? [reasonsBlock(placing)] : []),
    ...(alternatives.length > 0 ? [alternativesBlock(alternatives, payment.currency)] : []),
    { type: 'actions', buttons: [openButton(matched)] },
  ];
}

const runRow = (matched: MatchedPayment, dryRun: boolean): Cell[] => {
  const { payment, decision, placing } = matched;
  const words = DECISIONS[decision];
  return [
    { text: payment.receivedOn },
    textCell(payerText(payment)),
    moneyCell(payment.unapplied, payment.currency),
    { text: capital(dryRun ? words.dry : words.text), tone: words.tone },
    textCell(whereText(matched)),
    sureCell(matched),
    textCell(placing.reasons[0]),
  ];
};

/** A run over payments: a table of them, totals per currency, and buttons that open those that wait. */
export function matchRunCard(run: MatchRun): Card {
  const { payments, summary, dryRun } = run;
  const [first] = payments;
  const title = dryRun ? 'Matching, only looked at' : 'Matching';
  if (first && summary.payments === 1)
    return {
      title: `${title}: ${formatAmount(first.payment.unapplied, first.payment.currency)} from ${payerText(first.payment)}`,
      blocks: onePayment(first, dryRun),
      ...(first.placing.customer ? { customerId: first.placing.customer.id } : {}),
    };
  const shown = payments.slice(0, MAX_ROWS);
  const waiting = payments.filter(({ decision }) => decision !== 'applied').slice(0, SHOW_BUTTONS);
  return {
    title: `${title}: ${plural(summary.payments, 'payment')}, ${summary.applied} applied, ${summary.proposed} proposed, ${summary.none} left alone`,
    blocks:
      summary.payments === 0
        ? [nothingYet('No payment has money on no invoice. A bank file is read with: npx remy bank FILE')]
        : [
            ...totalsTable(run),
            {
              type: 'table',
              columns: [
                left('Received'),
                left('From'),
                right('Amount'),
                left('Decision'),
                left('Where it goes'),
                right('Sure'),
                left('Why'),
              ],
              rows: shown.map((each) => runRow(each, dryRun)),
              more: summary.payments - shown.length,
            },
            ...(waiting.length > 0 ? [{ type: 'actions' as const, buttons: waiting.map(openButton) }] : []),
          ],
  };
}

const madeText = ({ origin, madeBy, placing }: AppliedMatch): string =>
  origin === 'auto' ? `matching, ${confidenceText(placing.confidence)}` : madeBy;

const matchRow = (match: AppliedMatch, currency: string): Cell[] => [
  { text: String(match.matchId), align: 'right' },
  { text: match.matchedOn },
  textCell(match.payment ? payerText(match.payment) : 'no money, only let off'),
  moneyCell(match.payment?.unapplied ?? undefined, match.payment?.currency),
  customerCell(match.placing.customer),
  textCell(placingText(match.placing, currency)),
  textCell(madeText(match)),
  match.reversedOn === null
    ? { text: 'In force', tone: 'good' }
    : { text: `Taken back ${match.reversedOn} by ${match.reversedBy ?? 'somebody'}`, tone: 'muted' },
];

/** The currency that a match is in; empty where it is not on record. */
export const currencyOf = ({ currency, payment }: AppliedMatch): string =>
  currency ?? payment?.currency ?? '';

/** Buttons in rows that every host shows. */
export const buttonRows = (buttons: readonly CardButton[]): Block[] =>
  Array.from({ length: Math.ceil(buttons.length / MOST_IN_A_ROW) }, (_, at) => ({
    type: 'actions' as const,
    buttons: buttons.slice(at * MOST_IN_A_ROW, (at + 1) * MOST_IN_A_ROW),
  }));

export const undoButton = ({ matchId }: Pick<AppliedMatch, 'matchId'>, label: string): CardButton => ({
  label,
  style: 'plain',
  action: { kind: 'reverse', matchId },
});

/** What was applied, the newest first, each with a way back while it is in force. */
export function matchListCard({ total, matches }: ListMatchesOutput): Card {
  const shown = matches.slice(0, MAX_ROWS);
  const inForce = shown.filter(({ reversedOn }) => reversedOn === null);
  return {
    title: `Applied: ${total === 0 ? 'none' : plural(total, 'time')}`,
    blocks:
      total === 0
        ? [nothingYet('Nothing of this kind was applied.')]
        : [
            {
              type: 'table',
              columns: [
                right('No.'),
                left('On'),
                left('From'),
                right('Money'),
                left('Customer'),
                left('Where it went'),
                left('By'),
                left('State'),
              ],
              rows: shown.map((each) => matchRow(each, currencyOf(each))),
              more: Math.max(0, total - shown.length),
            },
            ...buttonRows(inForce.map((each) => undoButton(each, `Undo no. ${each.matchId}`))),
          ],
  };
}

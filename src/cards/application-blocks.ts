/** A payment and where it would go, as blocks of a card. Everything is from the frozen content. */
import type { ApplicationContent, PaymentRef, Placing } from '../domain/cash/applications.ts';
import { adjustmentWords, placingText } from '../domain/cash/placing-words.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block } from './card.ts';
import { NONE } from './labels.ts';

const percent = (confidence: number): string => `${(Math.floor(confidence * 1000) / 10).toFixed(1)} %`;

/** "98.7 % sure"; rounded down, so that nothing reads as certain that is not. */
export const confidenceText = (confidence: number | null): string =>
  confidence === null ? 'said by a person' : `${percent(confidence)} sure`;

export const paymentBlock = (payment: PaymentRef): Block => ({
  type: 'facts',
  title: 'Payment',
  facts: [
    { label: 'Amount', value: formatAmount(payment.amount, payment.currency) },
    { label: 'Received', value: payment.receivedOn },
    { label: 'Payer', value: payment.payerName ?? NONE },
    ...(payment.payerAccount ? [{ label: 'Account', value: payment.payerAccount }] : []),
    { label: 'Text', value: payment.reference ?? NONE },
    ...(payment.bankReference ? [{ label: 'Bank reference', value: payment.bankReference }] : []),
    ...(payment.unapplied === payment.amount
      ? []
      : [{ label: 'On no invoice', value: formatAmount(payment.unapplied, payment.currency) }]),
    { label: 'Number', value: `${payment.number} (${payment.source})` },
  ],
});

/** The rows that are booked, and what stays over. */
export function placingBlock(placing: Placing, currency: string, title: string): Block {
  const right = { align: 'right' as const };
  const money = (amount: string) => ({ text: formatAmount(amount, currency), ...right });
  const rows = [
    ...placing.applications.map((each) => [
      { text: each.invoice },
      { text: each.customer },
      { text: 'cash' },
      money(each.open),
      money(each.amount),
    ]),
    ...placing.credits.map((each) => [
      { text: each.invoice },
      { text: '' },
      { text: `credit ${each.credit}` },
      { text: '', ...right },
      money(each.amount),
    ]),
    ...placing.adjustments.map((each) => [
      { text: each.invoice },
      { text: '' },
      { text: `${adjustmentWords[each.kind]}: ${each.reason}` },
      { text: '', ...right },
      money(each.amount),
    ]),
    ...(/[1-9]/.test(placing.unapplied)
      ? [
          [
            { text: 'on no invoice' },
            { text: placing.customer?.name ?? '' },
            { text: 'stays unapplied' },
            { text: '', ...right },
            money(placing.unapplied),
          ],
        ]
      : []),
  ];
  return {
    type: 'table',
    title,
    columns: [
      { title: 'Invoice', align: 'left' },
      { title: 'Customer', align: 'left' },
      { title: 'With', align: 'left' },
      { title: 'Open', ...right },
      { title: 'Amount', ...right },
    ],
    rows,
    more: 0,
  };
}

export const reasonsBlock = (placing: Placing): Block => ({
  type: 'facts',
  title: `Why (${confidenceText(placing.confidence)})`,
  facts: placing.reasons.map((reason, at) => ({ label: `${at + 1}.`, value: reason })),
});

export const alternativesBlock = (alternatives: readonly Placing[], currency: string): Block => ({
  type: 'facts',
  title: 'Other ways',
  facts: alternatives.map((each, at) => ({
    label: `${at + 1}. ${confidenceText(each.confidence)}`,
    value: `${placingText(each, currency)}${each.reasons[0] ? ` (${each.reasons[0]})` : ''}`,
  })),
});

/** The whole of a proposal to apply. */
export const applicationBlocks = ({
  payment,
  placing,
  alternatives,
  currency,
}: ApplicationContent): Block[] => [
  ...(payment ? [paymentBlock(payment)] : []),
  placingBlock(placing, currency, 'What is booked'),
  ...(placing.reasons.length > 0 ? [reasonsBlock(placing)] : []),
  ...(alternatives.length > 0 ? [alternativesBlock(alternatives, currency)] : []),
];

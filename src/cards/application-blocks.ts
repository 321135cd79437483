/** A payment and where it would go, as blocks of a card. Everything is from the frozen content. */
import type { ApplicationContent, PaymentRef, Placing } from '../domain/cash/applications.ts';
import { adjustmentWords, placingText } from '../domain/cash/placing-words.ts';
import { formatAmount } from '../domain/money.ts';
import { withoutInvisible } from '../domain/visible-text.ts';
import type { Block, Cell } from './card.ts';
import { mixedWords, unseenCharacters } from './deceptive-text.ts';
import { capital, NONE, plural, textCell } from './labels.ts';

const percent = (confidence: number): string => `${(Math.floor(confidence * 1000) / 10).toFixed(1)} %`;

/** "98.7 % sure"; rounded down, so that nothing reads as certain that is not. */
export const confidenceText = (confidence: number | null): string =>
  confidence === null ? 'said by a person' : `${percent(confidence)} sure`;

/** Whether a decimal amount is anything but zero. */
export const isSome = (amount: string): boolean => /[1-9]/.test(amount);

/** Who paid, as the bank or the ledger says; never empty. */
export const payerText = ({ payerName, customer }: PaymentRef): string =>
  (payerName && withoutInvisible(payerName).trim()) || customer?.name || 'an unnamed payer';

export const paymentBlock = (payment: PaymentRef, title = 'Payment'): Block => ({
  type: 'facts',
  title,
  facts: [
    { label: 'Amount', value: formatAmount(payment.amount, payment.currency) },
    { label: 'Received', value: payment.receivedOn },
    { label: 'Payer', value: payment.payerName ?? NONE },
    ...(payment.payerAccount ? [{ label: 'Account', value: payment.payerAccount }] : []),
    { label: 'Text', value: payment.reference ?? NONE },
    ...(payment.method ? [{ label: 'Paid by', value: payment.method }] : []),
    ...(payment.bankReference ? [{ label: 'Bank reference', value: payment.bankReference }] : []),
    ...(payment.customer
      ? [{ label: 'Customer', value: `${payment.customer.name} (${payment.customer.code})` }]
      : []),
    ...(payment.unapplied === payment.amount
      ? []
      : [{ label: 'On no invoice', value: formatAmount(payment.unapplied, payment.currency) }]),
    { label: 'Number', value: `${payment.number} (${payment.source})` },
  ],
});

const right = { align: 'right' as const };

function placingRows(placing: Placing, currency: string): Cell[][] {
  const money = (amount: string): Cell => ({ text: formatAmount(amount, currency), ...right });
  const nothing: Cell = { text: '', ...right };
  return [
    ...placing.applications.map((each) => [
      textCell(each.invoice),
      textCell(each.customer),
      { text: 'cash' },
      money(each.open),
      money(each.amount),
    ]),
    ...placing.credits.map((each) => [
      textCell(each.invoice),
      { text: '' },
      { text: `credit ${each.credit}` },
      nothing,
      money(each.amount),
    ]),
    ...placing.adjustments.map((each) => [
      textCell(each.invoice),
      { text: '' },
      { text: adjustmentWords[each.kind] },
      nothing,
      money(each.amount),
    ]),
    ...(isSome(placing.unapplied)
      ? [
          [
            { text: 'on no invoice' },
            { text: placing.customer?.name ?? '' },
            { text: 'stays unapplied' },
            nothing,
            money(placing.unapplied),
          ],
        ]
      : []),
  ];
}

/** The rows that are booked, what stays over, and the arithmetic of each adjustment. */
export function placingBlocks(placing: Placing, currency: string, title: string): Block[] {
  const { adjustments } = placing;
  return [
    {
      type: 'table',
      title,
      columns: [
        { title: 'Invoice', align: 'left' },
        { title: 'Customer', align: 'left' },
        { title: 'With', align: 'left' },
        { title: 'Open', ...right },
        { title: 'Amount', ...right },
      ],
      rows: placingRows(placing, currency),
      more: 0,
    },
    ...(adjustments.length === 0
      ? []
      : [
          {
            type: 'facts' as const,
            title: 'What the difference is',
            facts: adjustments.map((each) => ({
              label: `${capital(adjustmentWords[each.kind])}, ${each.invoice}`,
              value: each.reason || 'no reason given',
            })),
          },
        ]),
  ];
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
    value: `${placingText(each, currency)}${each.reasons.length > 0 ? ` (${each.reasons.join(' ')})` : ''}`,
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
  ...placingBlocks(placing, currency, 'What is booked'),
  ...(placing.reasons.length > 0 ? [reasonsBlock(placing)] : []),
  ...(alternatives.length > 0 ? [alternativesBlock(alternatives, currency)] : []),
];

/** Sentences about what a payer's or bank's text hides; none for ordinary texts. */
export function paymentDeceptions(payment: PaymentRef | null): string[] {
  if (!payment) return [];
  const { payerName, payerAccount, reference, bankReference, number } = payment;
  const texts = [payerName, payerAccount, reference, bankReference, number].filter((each) => each !== null);
  const unseen = texts.reduce((sum, text) => sum + unseenCharacters(text), 0);
  const mixed = mixedWords(texts.join('\n'));
  return [
    ...(unseen > 0
      ? [
          `${plural(unseen, 'character')} of what payer and bank wrote cannot be seen by a reader and is left out here.`,
        ]
      : []),
    ...(mixed.length > 0
      ? [
          `These words of payer or bank mix letters of different alphabets that look alike: ${mixed.join(', ')}.`,
        ]
      : []),
  ];
}

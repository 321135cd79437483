/** Who may have sent money, and what was taken off invoices again. */
import type { FindPayerInput, FindPayerOutput, ReversedApplication } from '../domain/cash/answers.ts';
import { formatAmount } from '../domain/money.ts';
import { payerText, paymentBlock, paymentDeceptions } from './application-blocks.ts';
import type { Block, Card, Cell } from './card.ts';
import type { CardButton } from './card-action.ts';
import { customerCell, moneyCell, textCell } from './labels.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });
const MOST_INVOICES = 6;

const numbered = (title: string, sentences: readonly string[]): Block[] =>
  sentences.length === 0
    ? []
    : [{ type: 'facts', title, facts: sentences.map((text, at) => ({ label: `${at + 1}.`, value: text })) }];

const openPayment = (paymentId: number): CardButton => ({
  label: 'Place it by hand',
  style: 'plain',
  action: { kind: 'open_payment', paymentId },
});

type Candidate = FindPayerOutput['candidates'][number];

function invoicesText({ invoices }: Candidate, currency: string): string {
  const shown = invoices
    .slice(0, MOST_INVOICES)
    .map((each) => `${each.invoice} ${formatAmount(each.open, currency).trim()}, due ${each.dueOn}`);
  const rest = invoices.length - shown.length;
  return `${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

const candidateTable = (candidates: readonly Candidate[], currency: string): Block => ({
  type: 'table',
  title: 'Who it may be, the likeliest first',
  columns: [left('Customer'), left('Code'), left('Why'), left('Invoices it would fit')],
  rows: candidates.map((each): Cell[] => [
    customerCell(each.customer),
    textCell(each.customer.code),
    textCell(each.why.join('; ')),
    textCell(invoicesText(each, currency)),
  ]),
  more: 0,
});

export function payerCard(output: FindPayerOutput, asked: FindPayerInput): Card {
  const { payment, candidates, next } = output;
  const currency = payment?.currency ?? asked.currency ?? '';
  const who = payment ? payerText(payment) : (asked.name ?? asked.account ?? 'this money');
  return {
    title: `Who is ${who}?`,
    blocks: [
      ...paymentDeceptions(payment).map((text): Block => ({ type: 'text', text, tone: 'warning' })),
      ...(payment ? [paymentBlock(payment, 'The payment that fits')] : []),
      candidates.length === 0
        ? {
            type: 'text',
            text: 'Nobody known pays like this: no name, account, amount or document of it is on record.',
            tone: 'warning',
          }
        : candidateTable(candidates, currency),
      ...numbered('What can be done', next),
      ...(payment ? [{ type: 'actions' as const, buttons: [openPayment(payment.id)] }] : []),
    ],
  };
}

/** What is open again, and what is forgotten of the payer. */
export function reversedCard(output: ReversedApplication): Card {
  const { payment, reopened, unlearned, summary } = output;
  return {
    title: payment
      ? `Taken back: ${formatAmount(payment.amount, payment.currency)} from ${payerText(payment)}`
      : 'Taken back',
    blocks: [
      { type: 'text', text: summary, tone: 'normal' },
      ...(reopened.length > 0
        ? [
            {
              type: 'table' as const,
              title: 'Open again',
              columns: [left('Invoice'), left('Customer'), right('Taken off'), right('Open now')],
              rows: reopened.map((each): Cell[] => [
                textCell(each.invoice),
                textCell(each.customer),
                moneyCell(each.amount, each.currency),
                moneyCell(each.open, each.currency),
              ]),
              more: 0,
            },
          ]
        : []),
      ...numbered('Forgotten about the payer', unlearned),
      ...(payment && /[1-9]/.test(payment.unapplied)
        ? [{ type: 'actions' as const, buttons: [openPayment(payment.id)] }]
        : []),
    ],
    ...(payment?.customer ? { customerId: payment.customer.id } : {}),
  };
}

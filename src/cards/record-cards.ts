/** What was recorded: holds, promises, disputes. All of it can be taken back, and the cards say how. */
import type {
  HoldToolOutput,
  LiftedHolds,
  RecordedDispute,
  RecordedHold,
  RecordedPromise,
} from '../domain/chase/records.ts';
import { formatAmount } from '../domain/money.ts';
import type { Block, Card } from './card.ts';
import { capital, NONE, plural, textCell, words } from './labels.ts';

type Fact = { label: string; value: string };
const facts = (list: Fact[]): Block => ({ type: 'facts', facts: list });
const muted = (text: string): Block => ({ type: 'text', text, tone: 'muted' });

export const holdCard = (hold: HoldToolOutput): Card => ({
  title: `Chasing stopped: ${hold.customer.name}${hold.invoice ? `, ${hold.invoice}` : ''}`,
  blocks: [
    facts([
      { label: 'What', value: hold.invoice ?? 'the whole account' },
      { label: 'Reason', value: hold.reason },
      { label: 'From', value: hold.fromOn },
      {
        label: 'Goes on',
        value: hold.resumeOn ?? (hold.untilOn ? `after ${hold.untilOn}` : 'when somebody lifts it'),
      },
    ]),
    muted(
      'No email leaves while it holds, not even one that was approved. Take it back with "lift the hold".',
    ),
  ],
  customerId: hold.customer.id,
});

const holdTable = (title: string, holds: readonly RecordedHold[]): Block[] =>
  holds.length === 0
    ? []
    : [
        {
          type: 'table',
          title,
          columns: ['What', 'Reason', 'From', 'Until'].map((name) => ({
            title: name,
            align: 'left' as const,
          })),
          rows: holds.map((hold) => [
            textCell(hold.invoice ?? 'the whole account'),
            textCell(hold.reason),
            textCell(hold.fromOn),
            textCell(hold.untilOn ?? 'lifted'),
          ]),
          more: 0,
        },
      ];

export const liftedCard = (output: LiftedHolds): Card => ({
  title:
    output.lifted.length === 0
      ? `No hold to lift: ${output.customer.name}`
      : `${plural(output.lifted.length, 'hold')} lifted: ${output.customer.name}`,
  blocks: [
    ...(output.lifted.length > 0
      ? [muted(`Chasing can go on from ${output.liftedOn}; the next letter is still decided by a person.`)]
      : []),
    ...holdTable('Lifted', output.lifted),
    ...holdTable('Still in force', output.stillHeld),
  ],
  customerId: output.customer.id,
});

export const promiseCard = (promise: RecordedPromise): Card => ({
  title: `Promise logged: ${promise.customer.name}, ${formatAmount(promise.amount, promise.currency)}`,
  blocks: [
    facts([
      { label: 'Amount', value: formatAmount(promise.amount, promise.currency) },
      { label: 'Pays on', value: promise.payOn },
      { label: 'By', value: promise.method ?? 'not said' },
      { label: 'Invoices', value: promise.invoices.join(', ') || 'any' },
      { label: 'Made on', value: promise.madeOn },
    ]),
    ...(promise.caution === null
      ? []
      : [{ type: 'text' as const, text: promise.caution, tone: 'warning' as const }]),
    muted('It stops chasing until the day, the clearing days and a day of grace have passed (P-6).'),
  ],
  customerId: promise.customer.id,
});

export const disputeCard = (dispute: RecordedDispute): Card => ({
  title: `Dispute opened: ${dispute.invoice}, ${formatAmount(dispute.amount, dispute.currency)}`,
  blocks: [
    facts([
      { label: 'Customer', value: dispute.customer.name },
      { label: 'Invoice', value: dispute.invoice },
      ...(dispute.lineNumber === null ? [] : [{ label: 'Line', value: String(dispute.lineNumber) }]),
      { label: 'Reason', value: capital(words(dispute.reason)) },
      { label: 'Amount', value: formatAmount(dispute.amount, dispute.currency) },
      { label: 'Working on it', value: dispute.owner ?? NONE },
      { label: 'Opened', value: dispute.openedOn },
      { label: 'Answer due', value: dispute.dueOn ?? NONE },
    ]),
    muted('Only this invoice stops being chased; the other invoices of the account go on.'),
  ],
  customerId: dispute.customer.id,
});

/** Keeps what the tools showed, so that the next message may point at it. Read from their outputs only. */

import { z } from 'zod';
import {
  explainPaymentOutput,
  findPayerOutput,
  listMatchesOutput,
  proposeApplicationInput,
  reversedApplication,
} from '../../../src/domain/cash/answers.ts';
import {
  type MatchedPayment,
  matchRun,
  type PaymentRef,
  type Placing,
} from '../../../src/domain/cash/applications.ts';
import { proposalView } from '../../../src/domain/chase/proposals.ts';
import { ledgerResult } from '../../../src/domain/ledger-query/result.ts';
import type { PlannedCall } from '../frame.ts';
import type { CashMemory, ShownPayment } from './slots.ts';

const MOST = 10;

const invoicesOf = (placing: Placing | undefined): string[] =>
  placing
    ? [...new Set([...placing.applications, ...placing.adjustments].map(({ invoice }) => invoice))].slice(
        0,
        20,
      )
    : [];

const shown = (payment: PaymentRef, invoices: readonly string[] = []): ShownPayment => ({
  id: payment.id,
  number: payment.number,
  currency: payment.currency,
  amount: payment.amount,
  payer: payment.payerName ?? payment.customer?.name ?? null,
  receivedOn: payment.receivedOn,
  invoices: [...invoices],
});

/** In the order in which an answer counts them: what waits for a decision first, then what nothing fits. */
export const waitingOf = (payments: readonly MatchedPayment[]): MatchedPayment[] => [
  ...payments.filter(({ decision }) => decision === 'proposed'),
  ...payments.filter(({ decision }) => decision === 'none'),
];

const proposed = z.object({ proposal: proposalView });

type Reader = (output: unknown, args: Record<string, unknown>) => Partial<CashMemory> | null;

const reading =
  <Schema extends z.ZodType>(
    schema: Schema,
    use: (output: z.output<Schema>, args: Record<string, unknown>) => Partial<CashMemory> | null,
  ): Reader =>
  (output, args) => {
    const read = schema.safeParse(output);
    return read.success ? use(read.data, args) : null;
  };

const ofProposal = reading(proposed, ({ proposal: { content } }, args) => {
  if (content.kind !== 'application') return null;
  const application = proposeApplicationInput.safeParse(args);
  return {
    payments: content.payment ? [shown(content.payment, invoicesOf(content.placing))] : [],
    application: application.success && content.payment ? application.data : null,
  };
});

const readers: Readonly<Record<string, Reader>> = {
  explain_payment: reading(
    explainPaymentOutput,
    ({ payment, matches, suggestion, comparedWith, applied }) => ({
      payments: [
        shown(
          payment,
          [
            ...new Set([
              ...invoicesOf(suggestion?.placing),
              ...applied.map(({ invoice }) => invoice),
              ...(comparedWith ? comparedWith.what.split(', ') : []),
            ]),
          ].slice(0, 20),
        ),
      ],
      matches: matches
        .filter((each) => each.reversedOn === null)
        .map(({ matchId }) => matchId)
        .slice(0, 20),
      application: null,
    }),
  ),
  match_payments: reading(matchRun, ({ payments }) => {
    const waiting = waitingOf(payments);
    const all = waiting.length > 0 ? waiting : payments;
    return {
      payments: all.slice(0, MOST).map((each) => shown(each.payment, invoicesOf(each.placing))),
      matches: payments.flatMap(({ matchId }) => (matchId === null ? [] : [matchId])).slice(0, 20),
      application: null,
    };
  }),
  find_payer: reading(findPayerOutput, ({ payment, candidates }) => ({
    payments: payment
      ? [shown(payment, candidates[0]?.invoices.map(({ invoice }) => invoice).slice(0, 20))]
      : [],
    application: null,
  })),
  list_matches: reading(listMatchesOutput, ({ matches }) => ({
    payments: matches
      .flatMap(({ payment, placing }) => (payment ? [shown(payment, invoicesOf(placing))] : []))
      .slice(0, MOST),
    matches: matches.map(({ matchId }) => matchId).slice(0, 20),
    application: null,
  })),
  reverse_application: reading(reversedApplication, ({ payment, reopened }) => ({
    payments: payment ? [shown(payment, reopened.map(({ invoice }) => invoice).slice(0, 20))] : [],
    matches: [],
    application: null,
  })),
  propose_application: ofProposal,
  propose_adjustment: ofProposal,
  query_ledger: reading(ledgerResult, ({ question, rows }) =>
    question.dataset !== 'payments' || !rows
      ? null
      : {
          payments: rows.slice(0, MOST).map((row) => ({
            id: row.id,
            number: row.number ?? '',
            currency: row.currency ?? '',
            amount: row.amount ?? '',
            payer: row.customer?.name ?? null,
            receivedOn: row.receivedOn ?? '',
            invoices: [],
          })),
          application: null,
        },
  ),
};

/** What a conversation points at after these calls were answered. */
export function remember(
  before: CashMemory,
  answered: readonly { readonly call: PlannedCall; readonly output: unknown }[],
): CashMemory {
  let memory = before;
  for (const { call, output } of answered)
    memory = { ...memory, ...(readers[call.name]?.(output, call.args) ?? {}) };
  return memory;
}

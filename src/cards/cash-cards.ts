/** Cards of the cash tools, by the tool's name. */
import { z } from 'zod';
import {
  explainPaymentOutput,
  findPayerInput,
  findPayerOutput,
  listMatchesOutput,
  reversedApplication,
} from '../domain/cash/answers.ts';
import { matchRun } from '../domain/cash/applications.ts';
import { proposalView } from '../domain/chase/proposals.ts';
import type { Card } from './card.ts';
import { matchListCard, matchRunCard } from './cash-list.ts';
import { explainCard } from './explain-card.ts';
import { payerCard, reversedCard } from './payer-card.ts';
import { proposalCard } from './proposal-card.ts';

type Maker = (output: unknown, input: unknown) => Card[];

/** A tool's cards, none where its output is not of the shape (a call that failed). */
const from =
  <T>(shape: z.ZodType<T>, build: (output: T, input: unknown) => Card): Maker =>
  (output, input) => {
    const parsed = shape.safeParse(output);
    return parsed.success ? [build(parsed.data, input)] : [];
  };

const proposed = from(z.object({ proposal: proposalView }), ({ proposal }) => proposalCard(proposal));

const MAKERS: Readonly<Record<string, Maker>> = {
  match_payments: from(matchRun, matchRunCard),
  list_matches: from(listMatchesOutput, matchListCard),
  explain_payment: from(explainPaymentOutput, explainCard),
  propose_application: proposed,
  propose_adjustment: proposed,
  reverse_application: from(reversedApplication, reversedCard),
  find_payer: from(findPayerOutput, (output, input) => {
    const asked = findPayerInput.safeParse(input);
    return payerCard(output, asked.success ? asked.data : {});
  }),
};

/** The cards of one call of a cash tool; none for any other tool. */
export const cashCards = (name: string, output: unknown, input: unknown): Card[] =>
  Object.hasOwn(MAKERS, name) ? MAKERS[name]!(output, input) : [];

/** Cards of the chasing tools, by the tool's name. */
import { z } from 'zod';
import { draftEmailOutput, draftManyOutput } from '../domain/chase/drafting.ts';
import {
  bulkPlan,
  bulkPlanInput,
  decideOutput,
  listProposalsOutput,
  proposalView,
} from '../domain/chase/proposals.ts';
import { holdToolOutput, liftedHolds, recordedDispute, recordedPromise } from '../domain/chase/records.ts';
import { auditTrailOutput, digestContent, taskView } from '../domain/chase/reports.ts';
import { worklistInput, worklistOutput } from '../domain/chase/worklist.ts';
import type { Card } from './card.ts';
import { proposalCard } from './proposal-card.ts';
import { bulkPlanCard, draftManyCards, proposalListCard } from './proposal-lists.ts';
import { disputeCard, holdCard, liftedCard, promiseCard } from './record-cards.ts';
import { auditCards, digestCard, taskCard } from './report-cards.ts';
import { leftOutBlocks, worklistCards } from './worklist-card.ts';

/** A draft with the invoices that stayed out of it. */
export function draftCard({ proposal, leftOut }: z.infer<typeof draftEmailOutput>): Card {
  const card = proposalCard(proposal);
  return { ...card, blocks: [...card.blocks, ...leftOutBlocks(leftOut)] };
}

type Maker = (output: unknown, input: unknown) => Card[];

/** A tool's cards, none where its output is not of the shape (a call that failed). */
const from =
  <T>(shape: z.ZodType<T>, build: (output: T, input: unknown) => Card[]): Maker =>
  (output, input) => {
    const parsed = shape.safeParse(output);
    return parsed.success ? build(parsed.data, input) : [];
  };

const draft = from(draftEmailOutput, (output) => [draftCard(output)]);
const change = z.object({ proposal: proposalView });

const MAKERS: Readonly<Record<string, Maker>> = {
  worklist: from(worklistOutput, (output, input) => {
    const asked = worklistInput.safeParse(input);
    return worklistCards(output, asked.success ? asked.data : {});
  }),
  draft_email: draft,
  revise_draft: draft,
  draft_many: from(draftManyOutput, draftManyCards),
  list_proposals: from(listProposalsOutput, (output) => [proposalListCard(output)]),
  propose_policy_change: from(change, ({ proposal }) => [proposalCard(proposal)]),
  decide: from(decideOutput, ({ proposal }) => [proposalCard(proposal)]),
  plan_bulk: from(bulkPlan, (plan, input) => {
    const asked = bulkPlanInput.safeParse(input);
    return asked.success ? [bulkPlanCard(plan, asked.data)] : [];
  }),
  set_hold: from(holdToolOutput, (output) => [holdCard(output)]),
  lift_hold: from(liftedHolds, (output) => [liftedCard(output)]),
  log_promise: from(recordedPromise, (output) => [promiseCard(output)]),
  open_dispute: from(recordedDispute, (output) => [disputeCard(output)]),
  audit_trail: from(auditTrailOutput, auditCards),
  digest: from(digestContent, (output) => [digestCard(output)]),
  list_tasks: from(z.object({ tasks: z.array(taskView) }), ({ tasks }) => tasks.map(taskCard)),
};

/** The cards of one call of a chasing tool; none for any other tool. */
export const chaseCards = (name: string, output: unknown, input: unknown): Card[] =>
  Object.hasOwn(MAKERS, name) ? MAKERS[name]!(output, input) : [];

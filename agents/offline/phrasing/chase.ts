/** Answers from the tools of chasing, in words; null when the tool is none of them. */
import type { z } from 'zod';
import { draftEmailOutput, draftManyOutput } from '../../../src/domain/chase/drafting.ts';
import { listProposalsOutput } from '../../../src/domain/chase/proposals.ts';
import {
  holdToolOutput,
  liftedHolds,
  recordedDispute,
  recordedPromise,
} from '../../../src/domain/chase/records.ts';
import { auditTrailOutput } from '../../../src/domain/chase/reports.ts';
import { worklistOutput } from '../../../src/domain/chase/worklist.ts';
import type { ChaseSlots } from '../chasing/slots.ts';
import type { Slots } from '../slots.ts';
import { phraseDraft, phraseMany, phrasePolicy, phraseProposals } from './drafts.ts';
import { phraseDispute, phraseHold, phraseLifted, phrasePromise } from './records.ts';
import { phraseAudit } from './reports.ts';
import { phraseWorklist } from './worklist.ts';

type Phrase = (output: unknown, chase: ChaseSlots, slots: Slots) => string | null;

const reading =
  <Schema extends z.ZodType>(
    schema: Schema,
    phrase: (output: z.output<Schema>, chase: ChaseSlots, slots: Slots) => string,
  ): Phrase =>
  (output, chase, slots) => {
    const read = schema.safeParse(output);
    return read.success ? phrase(read.data, chase, slots) : null;
  };

const phrases: Readonly<Record<string, Phrase>> = {
  worklist: reading(worklistOutput, (output, chase, { customers }) =>
    phraseWorklist(output, chase, (customers?.length ?? 0) > 0),
  ),
  draft_email: reading(draftEmailOutput, phraseDraft),
  revise_draft: reading(draftEmailOutput, phraseDraft),
  draft_many: reading(draftManyOutput, phraseMany),
  list_proposals: reading(listProposalsOutput, phraseProposals),
  propose_policy_change: reading(draftEmailOutput.pick({ proposal: true }), ({ proposal }) =>
    phrasePolicy(proposal),
  ),
  set_hold: reading(holdToolOutput, phraseHold),
  lift_hold: reading(liftedHolds, phraseLifted),
  log_promise: reading(recordedPromise, phrasePromise),
  open_dispute: reading(recordedDispute, phraseDispute),
  audit_trail: reading(auditTrailOutput, phraseAudit),
};

/** Null when the tool is not of chasing, or its output cannot be read. */
export const phraseChase = (tool: string, output: unknown, slots: Slots): string | null =>
  slots.chase ? (phrases[tool]?.(output, slots.chase, slots) ?? null) : null;

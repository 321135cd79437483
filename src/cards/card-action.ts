/**
 * What a button of a card asks for. It carries what the person saw (revision and digest), never who the person is:
 * the surface takes that from its own verified identity, and the operation looks the rest up again.
 */
import { z } from 'zod';
import { bulkPlanInput } from '../domain/chase/proposals.ts';

const seen = { proposalId: z.int(), revision: z.int(), digest: z.string() };

export const cardAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approve'), ...seen }),
  z.object({ kind: z.literal('edit'), ...seen }),
  z.object({ kind: z.literal('reject'), ...seen }),
  z.object({ kind: z.literal('snooze'), ...seen }),
  z.object({ kind: z.literal('undo'), ...seen }),
  z.object({ kind: z.literal('redraft'), ...seen }),
  /** Opens the proposal as it stands now. */
  z.object({ kind: z.literal('show'), proposalId: z.int() }),
  /** Writes the email that the worklist asks for. */
  z.object({ kind: z.literal('draft'), customerId: z.int(), currency: z.string() }),
  /** Shows what an approval of several would send, before anything is approved. */
  z.object({ kind: z.literal('plan'), input: bulkPlanInput }),
  z.object({ kind: z.literal('approve_plan'), planDigest: z.string(), input: bulkPlanInput }),
  z.object({ kind: z.literal('close_task'), taskId: z.int(), outcome: z.enum(['done', 'vetoed']) }),
  z.object({ kind: z.literal('retry'), effectId: z.int() }),
  /** Takes another of the ways that the card shows, counted from 1: a revision of the proposal. */
  z.object({ kind: z.literal('choose'), ...seen, alternative: z.int().min(1).max(2) }),
  /** Takes an application back as a whole. */
  z.object({ kind: z.literal('reverse'), matchId: z.int() }),
  /** Opens the payment where money is placed by hand. */
  z.object({ kind: z.literal('open_payment'), paymentId: z.int() }),
  /** Writes to the customer to ask what a payment is for. */
  z.object({ kind: z.literal('ask_remittance'), customerId: z.int(), currency: z.string() }),
]);
export type CardAction = z.infer<typeof cardAction>;

export const cardButton = z.object({
  label: z.string(),
  style: z.enum(['primary', 'danger', 'plain']).default('plain'),
  action: cardAction,
});
export type CardButton = z.infer<typeof cardButton>;

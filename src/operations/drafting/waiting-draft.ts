/** The draft that is to be changed: it waits for a decision, and the person may see it. */
import type { ChaseFacts, ChaseInvoice } from '../../domain/cadence/facts.ts';
import type { EmailContent } from '../../domain/chase/proposals.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { type Context, visibleOwner } from '../../ports/actor.ts';
import { readChaseFacts } from '../../store/chase/facts.ts';
import { newestDraftOf } from '../../store/drafting/drafts.ts';
import { type ProposalRow, readProposal } from '../../store/proposals/read.ts';
import type { Sql } from '../../store/transaction.ts';
import { onItsWay } from './store-draft.ts';

export type WaitingDraft = { readonly row: ProposalRow; readonly content: EmailContent };

/**
 * `proposalId` undefined: the newest one of this conversation.
 * Throws: NotFoundError; InvalidInputError when it was decided on, or is no email.
 */
export async function findWaitingDraft(
  sql: Sql,
  proposalId: number | undefined,
  context: Context,
): Promise<WaitingDraft> {
  const id = proposalId ?? (await newestDraftOf(sql, context.thread, context.actor.userId));
  if (id === null)
    throw new InvalidInputError(
      'There is no waiting draft in this conversation. Ask for one first, or name the number of a draft.',
    );
  const row = await readProposal(sql, id, visibleOwner(context.actor));
  if (!row) throw new NotFoundError(`There is no proposal ${id}.`);
  if (row.content.kind !== 'email')
    throw new InvalidInputError(`Proposal ${id} changes the policy; it is no email.`);
  if (row.state === 'approved') throw onItsWay(id);
  if (row.state !== 'pending' && row.state !== 'snoozed')
    throw new InvalidInputError(
      `Draft ${id} is ${row.state} and cannot be changed any more. Ask for a new draft.`,
    );
  return { row, content: row.content };
}

/** The facts of its customer and currency as they are now. */
export async function factsOfDraft(sql: Sql, content: EmailContent, context: Context): Promise<ChaseFacts> {
  const { customerId, currency } = content;
  const owner = visibleOwner(context.actor);
  const all = await readChaseFacts(sql, { today: context.today, customerIds: [customerId], owner, currency });
  const facts = all.find((each) => each.currency === currency);
  if (!facts)
    throw new InvalidInputError(
      `Nothing is open in ${currency} any more, so this draft is overtaken. Reject it.`,
    );
  return facts;
}

/** Its invoices that are still open, and the numbers of those that are not. */
export function stillOpen(
  content: EmailContent,
  facts: ChaseFacts,
): { readonly open: ChaseInvoice[]; readonly gone: string[] } {
  const byId = new Map(facts.invoices.map((each) => [each.id, each]));
  return {
    open: content.invoices.flatMap(({ id }) => byId.get(id) ?? []),
    gone: content.invoices.filter(({ id }) => !byId.has(id)).map(({ number }) => number),
  };
}

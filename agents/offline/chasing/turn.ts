/** What a message about chasing leads to: whom it is about, then the calls. Invoices tell whose they are. */
import { listProposalsOutput } from '../../../src/domain/chase/proposals.ts';
import { accountBrief } from '../../../src/domain/ledger-query/answers.ts';
import { call, type Plan, say } from '../compile/plan.ts';
import type { Frame, PlannedCall } from '../frame.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import { type History, outputOf } from '../history.ts';
import type { ResolvedCustomer, Slots } from '../slots.ts';
import { planChase } from './plan.ts';
import { type ChaseAct, repeatable } from './slots.ts';

type Outcome = { plan: Plan; slots: Slots };

/** Acts about "them", "it" or the account at hand. */
const pointing: ReadonlySet<ChaseAct> = new Set([
  'draft_email',
  'set_hold',
  'lift_hold',
  'log_promise',
  'worklist',
  'audit',
  'proposals',
]);

/** The slots of the act, with the customers that it names or points at. */
export function chaseSlotsOf(draft: Draft, last: Frame | null, named: readonly ResolvedCustomer[]): Slots {
  const { chase, invoices, readAs } = draft.slots;
  const before = last?.slots;
  const goesOn = last?.pending?.kind === 'detail' && before?.chase?.act === chase?.act;
  const points =
    before !== undefined &&
    named.length === 0 &&
    !invoices?.length &&
    (goesOn ||
      chase?.act === 'revise_draft' ||
      (chase?.act === 'decide' && chase.single === true && before.customers?.length === 1) ||
      (draft.link.pronoun && pointing.has(chase!.act)) ||
      // "draft a reminder" after looking at one account; the answer says whose it is
      (chase?.act === 'draft_email' && before.customers?.length === 1) ||
      (chase?.act === 'lift_hold' && before.chase?.act === 'set_hold'));
  const customers = named.length > 0 ? [...named] : points ? before.customers : undefined;
  const held = invoices ?? (points && (goesOn || !before.customers?.length) ? before.invoices : undefined);
  return {
    filters: {},
    ...(chase ? { chase } : {}),
    ...(customers?.length ? { customers } : {}),
    ...(held?.length && chase?.act !== 'revise_draft' ? { invoices: held } : {}),
    ...(readAs ? { readAs } : {}),
  };
}

const asCustomer = (customer: { id: number; code: string; name: string }): ResolvedCustomer => ({
  id: customer.id,
  code: customer.code,
  name: customer.name,
  country: null,
  others: [],
  typed: null,
});

/** A letter goes to a customer: the invoice that was named tells which. */
function ownerOfInvoice(slots: Slots, history: History): Slots | PlannedCall[] {
  const [invoice] = slots.invoices ?? [];
  if (slots.chase?.act !== 'draft_email' || !invoice || slots.customers?.length) return slots;
  const wanted = call('account_brief', { invoice });
  const output = outputOf(history, wanted);
  if (output === undefined) return [wanted];
  const brief = accountBrief.safeParse(output);
  return brief.success ? { ...slots, customers: [asCustomer(brief.data.customer)] } : slots;
}

/** "Make the one to Acme firmer": the draft that waits for that customer. */
function draftOf(slots: Slots, named: boolean, history: History): Outcome | Slots | PlannedCall[] {
  const [customer] = slots.customers ?? [];
  if (slots.chase?.act !== 'revise_draft' || !named || !customer) return slots;
  const wanted = call('list_proposals', { customerId: customer.id });
  const output = outputOf(history, wanted);
  if (output === undefined) return [wanted];
  const read = listProposalsOutput.safeParse(output);
  const waiting = read.success ? read.data.proposals.filter((each) => each.kind === 'email') : [];
  const [only, another] = waiting;
  if (!only) return { plan: say(`No draft to ${customer.name} waits. Ask for one first.`), slots };
  if (another)
    return {
      plan: say(`Several drafts to ${customer.name} wait, one for each currency. Open the one you mean.`),
      slots,
    };
  return { ...slots, chase: { ...slots.chase, proposalId: only.id } };
}

/** The outcome of a message about chasing, once its names are known. */
export function finishChase(
  slots: Slots,
  named: boolean,
  history: History,
  context: OfflineContext,
): Outcome | PlannedCall[] {
  const owned = ownerOfInvoice(slots, history);
  if (Array.isArray(owned)) return owned;
  const found = draftOf(owned, named, history);
  if (Array.isArray(found) || 'plan' in found) return found;
  return { plan: planChase(found, context, history.question), slots: found };
}

/**
 * What of a frame of chasing the ledger's questions may hang on: a lone name repeats the act ("and globex"), a
 * pronoun points at its customer, anything else stands alone.
 */
export function lastQuestion(last: Frame | null, bare: boolean, points: boolean): Frame | null {
  const chase = last?.slots.chase;
  if (!last || (!chase && !last.slots.cash)) return last;
  if (bare && (last.pending !== null || (chase && repeatable.has(chase.act)))) return last;
  if (!points) return null;
  const { customers, invoices } = last.slots;
  return {
    slots: { filters: {}, ...(customers ? { customers } : {}), ...(invoices ? { invoices } : {}) },
    pending: null,
    calls: [],
  };
}

/** One step of a turn: from the messages so far to the next tool calls or the answer. No state but the messages. */
import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';
import { remember } from './cash/memory.ts';
import { finishCash } from './cash/plan.ts';
import { noMemory } from './cash/slots.ts';
import { chaseSlotsOf, finishChase, lastQuestion } from './chasing/turn.ts';
import { planAccount, planExport } from './compile/account.ts';
import { planMetric } from './compile/metric.ts';
import { call, type Plan, say } from './compile/plan.ts';
import { planQuery } from './compile/query.ts';
import { isBare, isComplete, resolveFollowUp } from './follow-up.ts';
import type { Frame, PlannedCall } from './frame.ts';
import type { OfflineContext } from './grammar/context.ts';
import { pickAround } from './group-pick.ts';
import { type History, outputOf, readHistory } from './history.ts';
import type { Parsed } from './leftover.ts';
import { type LookUp, lookUpCalls, lookUpsOf, type Outcome, stop } from './outcome.ts';
import { parse } from './parse.ts';
import { answerText } from './phrasing/answer.ts';
import * as talk from './phrasing/talk.ts';
import { asResolved, candidatesOf, pickFrom } from './picks.ts';
import { resolveNames } from './resolve-names.ts';
import type { Slots } from './slots.ts';

export type Step = { text: string; calls: PlannedCall[]; frame: Frame };

const MAX_STEPS = 6;

function planFor(slots: Slots, context: OfflineContext): Plan {
  if (slots.talk === 'export') return planExport(slots);
  if (slots.metric) return planMetric(slots, context);
  if (slots.brief) return planAccount(slots, context);
  if (
    slots.invoices?.length === 1 &&
    slots.ask !== 'count' &&
    (slots.dataset === undefined || slots.dataset === 'invoices')
  )
    return planAccount({ ...slots, brief: 'invoice' }, context);
  return planQuery(slots, context);
}

function planTalk(slots: Slots, last: Frame | null, context: OfflineContext): Plan | null {
  switch (slots.talk) {
    case 'greeting':
      return say(talk.greeting(context.actor.name));
    case 'thanks':
      return say(talk.thanks());
    case 'help':
      return say(talk.help());
    case 'freshness':
      return { kind: 'calls', calls: [call('data_freshness', {})] };
    case 'rows':
      if (!last?.calls.some((each) => each.name === 'query_ledger' || each.name === 'ledger_metrics'))
        return say(
          'There is no figure in this conversation yet whose rows I could show. Ask for one first, e.g. "overdue by owner".',
        );
      return { kind: 'calls', calls: [call('show_rows', { limit: slots.limit })] };
    case 'how':
      if (!last || last.calls.length === 0)
        return say(
          'There is no figure in this conversation yet. Ask for one first, e.g. "what is our DSO", then how it was computed.',
        );
      return { kind: 'calls', calls: last.calls };
    default:
      return null;
  }
}

/** Answers to a question back: a candidate, or which day was meant. */
function answerPending(parsed: Parsed, message: string, last: Frame): Outcome | null {
  const { pending } = last;
  const { draft } = parsed;
  if (pending?.kind === 'field') {
    const field = /\b(?:issued?|invoiced|billed)\b/i.test(message)
      ? 'issued'
      : /\bdue\b/i.test(message)
        ? 'due'
        : /\bpaid\b/i.test(message)
          ? 'paid'
          : null;
    const { when: _, ...open } = last.slots;
    if (draft.slots.asOf) return { plan: say(''), slots: { ...open, asOf: draft.slots.asOf } };
    if (!field || !last.slots.when || draft.slots.metric || draft.slots.brief) return null;
    const { when, ...slots } = last.slots;
    return { plan: say(''), slots: { ...slots, filters: { ...slots.filters, [field]: when } } };
  }
  if (pending?.kind !== 'customer') return null;
  if (isComplete(draft) && draft.link.pick === null) return null;
  const words = [...parsed.lookUps.slice(0, 1), ...parsed.names.map((each) => each.text), ...parsed.unknown];
  const picked = pickFrom(pending.candidates, draft.link, words);
  if (picked === null)
    return parsed.lookUps.length > 0 || parsed.names.length > 0
      ? null
      : stop(talk.stillWhich(pending.candidates), last.slots, pending);
  const slots = isBare(draft)
    ? last.slots
    : (resolveFollowUp(draft, { ...last, pending: null }, true) ?? last.slots);
  return { plan: say(''), slots: { ...slots, customers: [...(last.slots.customers ?? []), ...picked] } };
}

/** What cannot be done or is not understood; null when every word of the message is explained. */
function unanswered(parsed: Parsed, held: Slots, context: OfflineContext): Outcome | null {
  const { draft, unknown } = parsed;
  if (parsed.notFound.length > 0) {
    const [{ text, result }] = parsed.notFound as [Parsed['notFound'][number]];
    return stop(talk.noCustomer(text, result.matches, context.actor.role === 'viewer'), held);
  }
  if (unknown.length === 0) return null;
  return stop(
    draft.slots.chase || draft.slots.cash ? talk.actNotUnderstood(unknown) : talk.notUnderstood(unknown),
    held,
  );
}

type Turn = {
  parsed: Parsed;
  history: History;
  context: OfflineContext;
  lookUps: ReadonlyMap<string, LookUp>;
};

function understand(message: string, history: History, context: OfflineContext): Outcome | PlannedCall[] {
  const lookUps = lookUpsOf(history);
  const last = history.frame;
  const parsed = parse(message, context, lookUps, last);
  const { draft } = parsed;
  const held = last?.slots ?? draft.slots;
  const [refused] = draft.refusals;
  // a question back still waits for its answer
  if (refused?.kind === 'negative') return stop(talk.refusal(refused, context), held, last?.pending);
  if (refused)
    return stop(
      talk.refusal(refused, context),
      refused.kind === 'act' || refused.kind === 'unsupported' ? held : draft.slots,
    );
  if (draft.ownerChoices.length > 0) return stop(talk.whichOwner(draft.ownerChoices), draft.slots);
  if (last?.pending && parsed.names.length === 0) {
    const outcome = answerPending(parsed, message, last);
    if (outcome)
      return outcome.plan.kind === 'say' && outcome.plan.text !== ''
        ? outcome
        : finish(outcome.slots, history, context);
  }
  if (parsed.lookUps.length > 0) return lookUpCalls(parsed.lookUps);
  const turn: Turn = { parsed, history, context, lookUps };
  return (
    unanswered(parsed, held, context) ??
    (draft.slots.cash ? cashing(turn) : draft.slots.chase ? chasing(turn) : asking(turn))
  );
}

function cashing({ parsed, history }: Turn): Outcome | PlannedCall[] {
  const resolved = resolveNames(parsed, parsed.draft.slots);
  if ('plan' in resolved) return resolved;
  const before = history.frame?.pending?.kind === 'detail' ? history.frame.slots.customers : undefined;
  const customers = resolved.customers.length > 0 ? resolved.customers : before;
  const { cash, readAs } = parsed.draft.slots;
  return finishCash(
    {
      filters: {},
      ...(cash ? { cash } : {}),
      ...(customers?.length ? { customers } : {}),
      ...(readAs ? { readAs } : {}),
    },
    history,
  );
}

function chasing({ parsed, history, context, lookUps }: Turn): Outcome | PlannedCall[] {
  const { draft } = parsed;
  const last = history.frame;
  if (draft.slots.group)
    return stop(
      'I act on a company at a time, not on a whole group. Name each company, e.g. the parent and its subsidiary.',
      last?.slots ?? draft.slots,
    );
  if (parsed.excepts.length > 0)
    return stop(
      talk.actNotUnderstood(parsed.excepts.map((each) => `excluding ${each.text}`)),
      last?.slots ?? draft.slots,
    );
  const resolved = resolveNames(parsed, chaseSlotsOf(draft, last, []));
  if ('plan' in resolved) return resolved;
  const slots = chaseSlotsOf(draft, last, resolved.customers);
  if (!draft.link.pick) return finishChase(slots, parsed.names.length > 0, history, context);
  const around = slots.customers ?? last?.slots.customers;
  const picked = pickAround({ ...slots, ...(around ? { customers: around } : {}) }, draft.link, lookUps);
  return Array.isArray(picked) || 'plan' in picked
    ? picked
    : finishChase(picked.slots, true, history, context);
}

/** All but the named customers; a name that fits several has to be said in full. */
function leaveOut({ draft, excepts }: Parsed, held: Slots): Outcome | null {
  const several = excepts.find(({ result }) => !result.resolved);
  if (several)
    return stop(
      `${talk.whichCustomer(several.text, candidatesOf(several.result))} Then ask again with the full name.`,
      held,
    );
  const left = excepts.map(({ text, result }) => ({ ...asResolved(result, text), others: [] }));
  if (left.length > 0) draft.slots.exceptCustomers = left;
  return null;
}

function asking({ parsed, history, context, lookUps }: Turn): Outcome | PlannedCall[] {
  const { draft } = parsed;
  const unclear = leaveOut(parsed, history.frame?.slots ?? draft.slots);
  if (unclear) return unclear;
  const names = parsed.names.length > 0;
  const last = lastQuestion(
    history.frame,
    isBare(draft) && (names || draft.link.pick !== null),
    draft.link.pronoun,
  );
  const held = history.frame?.slots ?? draft.slots;
  const slots = resolveFollowUp(draft, last, names);
  if (
    slots === null ||
    (!names && isBare(draft) && draft.link.pick === null && !draft.link.pronoun && slots === draft.slots)
  )
    return stop(talk.nothingAsked(), held);
  const resolved = resolveNames(parsed, slots);
  if ('plan' in resolved) return resolved;
  let merged = slots;
  if (names) {
    const add = draft.link.adds && slots.customers && !slots.chase;
    merged = { ...slots, customers: add ? [...slots.customers!, ...resolved.customers] : resolved.customers };
    if (!isComplete(draft) && merged.invoices && draft.slots.invoices === undefined) delete merged.invoices;
    if (isBare(draft) && !isComplete({ ...draft, slots: merged }) && !last) merged.brief = 'story';
  }
  const among = draft.link.pick && (draft.link.pick.country || draft.link.pick.role);
  if (among || (!names && draft.link.pick)) {
    const picked = pickAround(merged, draft.link, lookUps);
    if (Array.isArray(picked) || 'plan' in picked) return picked;
    merged = picked.slots;
  } else if (
    draft.link.pronoun &&
    last === null &&
    !merged.customers &&
    (merged.metric === 'payer_habits' || merged.brief)
  ) {
    return stop('Whom do you mean? Name the customer.', merged, { kind: 'name' });
  }
  return finish(merged, history, context);
}

const finish = (slots: Slots, history: History, context: OfflineContext): Outcome | PlannedCall[] =>
  slots.cash
    ? finishCash(slots, history)
    : slots.chase
      ? finishChase(slots, false, history, context)
      : { plan: planTalk(slots, history.frame, context) ?? planFor(slots, context), slots };

/** Only what reads the ledger may be run again by "how was this computed"; an act never is. */
const again = new Set(['query_ledger', 'ledger_metrics', 'account_brief']);

/** An act that was refused with a question waits for the answer ("In which currency?"). */
const asksBack = z.object({ error: z.object({ message: z.string().regex(/\?$|Name the currency\.$/) }) });

/**
 * The next step of the turn that the messages stand in: tool calls whose outputs are missing, or the answer.
 * Never throws for what a person wrote; the same messages give the same step.
 */
export function nextStep(messages: readonly BaseMessage[], context: OfflineContext): Step {
  const history = readHistory(messages);
  const keep: Frame = history.frame ?? { slots: { filters: {} }, pending: null, calls: [] };
  if (history.question.trim() === '') return { text: talk.nothingAsked(), calls: [], frame: keep };
  const outcome = understand(history.question, history, context);
  if (Array.isArray(outcome)) return bounded(outcome, history, keep);
  const { plan, slots } = outcome;
  if (plan.kind === 'say')
    return { text: plan.text, calls: [], frame: { ...keep, slots, pending: plan.pending ?? null } };
  const missing = plan.calls.filter((each) => outputOf(history, each) === undefined);
  if (missing.length > 0) return bounded(missing, history, keep);
  const about = slots.talk === 'rows' || slots.talk === 'how' || slots.talk === 'freshness';
  const answered = plan.calls.map((each) => ({ call: each, output: outputOf(history, each) }));
  const waits =
    (slots.chase !== undefined || slots.cash !== undefined) &&
    answered.some(({ output }) => asksBack.safeParse(output).success);
  const frame: Frame = about
    ? { ...keep, pending: null }
    : {
        slots,
        pending: waits ? { kind: 'detail' } : null,
        calls: plan.calls.filter((each) => again.has(each.name)),
        cash: remember(keep.cash ?? noMemory(), answered),
      };
  const text = answerText(answered, slots, about ? keep.slots : slots);
  return { text, calls: [], frame };
}

const bounded = (planned: PlannedCall[], history: History, frame: Frame): Step =>
  history.steps >= MAX_STEPS
    ? { text: 'That took too many steps, so I stopped. Ask for less at once.', calls: [], frame }
    : { text: '', calls: planned, frame };

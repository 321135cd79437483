/** One step of a turn: from the messages so far to the next tool calls or the answer. No state but the messages. */
import type { BaseMessage } from '@langchain/core/messages';
import type { z } from 'zod';
import { findCustomerOutput } from '../../src/domain/ledger-query/answers.ts';
import { planAccount, planExport } from './compile/account.ts';
import { planMetric } from './compile/metric.ts';
import { call, type Plan, say } from './compile/plan.ts';
import { planQuery } from './compile/query.ts';
import { isBare, isComplete, resolveFollowUp } from './follow-up.ts';
import type { Frame, PlannedCall } from './frame.ts';
import type { OfflineContext } from './grammar/context.ts';
import { type History, outputOf, readHistory } from './history.ts';
import { lookUpKey } from './names.ts';
import { type Parsed, parse } from './parse.ts';
import { answerText } from './phrasing/answer.ts';
import * as talk from './phrasing/talk.ts';
import { asResolved, candidatesOf, childOf, pickFrom } from './picks.ts';
import type { Slots } from './slots.ts';

export type Step = { text: string; calls: PlannedCall[]; frame: Frame };

const MAX_STEPS = 6;
const MAX_LOOKUPS = 8;
type LookUp = z.infer<typeof findCustomerOutput>;

function lookUpsOf(history: History): Map<string, LookUp> {
  const found = new Map<string, LookUp>();
  for (const { call: made, output } of history.results) {
    if (made.name !== 'find_customer') continue;
    const read = findCustomerOutput.safeParse(output);
    const name = String(made.args.name ?? '');
    found.set(
      lookUpKey(name),
      read.success ? read.data : { asked: name, resolved: null, why: 'none', matches: [] },
    );
  }
  return found;
}

const lookUpCalls = (names: readonly string[]): PlannedCall[] =>
  [...new Set(names)].slice(0, MAX_LOOKUPS).map((name) => call('find_customer', { name }));

/** What one message leads to: look-ups, a plan, or words. */
type Outcome = { plan: Plan; slots: Slots };

const stop = (text: string, slots: Slots, pending?: Frame['pending']): Outcome => ({
  plan: say(text, pending),
  slots,
});

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

/** Names of the message as customers; several candidates are asked back before anything else. */
function resolveNames(
  parsed: Parsed,
  slots: Slots,
): Outcome | { customers: NonNullable<Slots['customers']> } {
  const customers: NonNullable<Slots['customers']> = [];
  for (const { text, result } of parsed.names) {
    if (result.resolved) customers.push(asResolved(result, text));
    else if (slots.invoices?.length && slots.brief)
      continue; // the invoice tells whose it is
    else {
      const candidates = candidatesOf(result);
      return stop(
        talk.whichCustomer(text, candidates),
        { ...slots, ...(customers.length > 0 ? { customers } : {}) },
        { kind: 'customer', candidates },
      );
    }
  }
  return { customers };
}

function understand(message: string, history: History, context: OfflineContext): Outcome | PlannedCall[] {
  const lookUps = lookUpsOf(history);
  const last = history.frame;
  const asked = last?.pending?.kind === 'customer';
  const parsed = parse(message, context, lookUps, asked);
  const { draft } = parsed;
  const held = last?.slots ?? draft.slots;
  const [refused] = draft.refusals;
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
        : finish(outcome.slots, context, last);
  }
  if (parsed.lookUps.length > 0) return lookUpCalls(parsed.lookUps);
  if (parsed.notFound.length > 0) {
    const [{ text, result }] = parsed.notFound as [Parsed['notFound'][number]];
    return stop(talk.noCustomer(text, result.matches, context.actor.role === 'viewer'), held);
  }
  if (parsed.unknown.length > 0) return stop(talk.notUnderstood(parsed.unknown), held);
  const names = parsed.names.length > 0;
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
    const add = draft.link.adds && slots.customers;
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
  return finish(merged, context, last);
}

/** "the subsidiary", "the german one": looks the group up by the code of the customer at hand. */
function pickAround(
  slots: Slots,
  link: Parsed['draft']['link'],
  lookUps: ReadonlyMap<string, LookUp>,
): Outcome | PlannedCall[] | { slots: Slots } {
  const [head] = slots.customers ?? [];
  if (!head) return stop('Which one do you mean? Name the customer.', slots, { kind: 'name' });
  const group = lookUps.get(lookUpKey(head.code));
  if (!group) return lookUpCalls([head.code]);
  const children = childOf(group, link);
  if (children.length === 0) return stop(`I found no such company in the group of ${head.name}.`, slots);
  if (children.length > 1 && !link.pick?.all)
    return stop(
      talk.whichCustomer(`the subsidiary of ${head.name}`, children),
      link.adds ? slots : { ...slots, customers: [] },
      { kind: 'customer', candidates: children },
    );
  const picked = children.map((each) => ({
    id: each.id,
    code: each.code,
    name: each.name,
    country: each.country,
    others: [],
    typed: null,
  }));
  return { slots: { ...slots, customers: link.adds ? [{ ...head, others: [] }, ...picked] : picked } };
}

const finish = (slots: Slots, context: OfflineContext, last: Frame | null): Outcome => ({
  plan: planTalk(slots, last, context) ?? planFor(slots, context),
  slots,
});

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
    return { text: plan.text, calls: [], frame: { slots, pending: plan.pending ?? null, calls: keep.calls } };
  const missing = plan.calls.filter((each) => outputOf(history, each) === undefined);
  if (missing.length > 0) return bounded(missing, history, keep);
  const about = slots.talk === 'rows' || slots.talk === 'how' || slots.talk === 'freshness';
  const frame: Frame = about ? { ...keep, pending: null } : { slots, pending: null, calls: plan.calls };
  const text = answerText(
    plan.calls.map((each) => ({ call: each, output: outputOf(history, each) })),
    slots,
    about ? keep.slots : slots,
  );
  return { text, calls: [], frame };
}

const bounded = (planned: PlannedCall[], history: History, frame: Frame): Step =>
  history.steps >= MAX_STEPS
    ? { text: 'That took too many steps, so I stopped. Ask for less at once.', calls: [], frame }
    : { text: '', calls: planned, frame };

/** From what was said about chasing to the tool calls, or to what has to be asked back first. */
import { call, calls, type Plan, say } from '../compile/plan.ts';
import type { OfflineContext } from '../grammar/context.ts';
import type { Slots } from '../slots.ts';
import type { ChaseAct, ChaseSlots } from './slots.ts';

/** Customers or invoices that one message may act on. */
const MOST = 6;
type Planner = (chase: ChaseSlots, slots: Slots, context: OfflineContext, wish: string) => Plan;

const whom: Partial<Record<ChaseAct, string>> = {
  draft_email: 'To which customer shall it go? Name the customer.',
  set_hold:
    'Chasing of whom shall stop? Name the customer or the invoice; I hold them one by one, never everybody.',
  lift_hold: 'Chasing of whom shall go on? Name the customer or the invoice.',
  log_promise: 'Who promised it? Name the customer or the invoice.',
  worklist: 'Which customer do you mean?',
};
const askWhom = (chase: ChaseSlots): Plan =>
  say(whom[chase.act] ?? 'Which customer do you mean?', { kind: 'name' });
const ask = (text: string): Plan => say(text, { kind: 'detail' });
const tooMany = (): Plan => say('That is more than I do at once. Name fewer of them.');
const ids = (slots: Slots): number[] => (slots.customers ?? []).map((each) => each.id);

/** One call for each invoice that was named, else for each customer. */
function forEach(chase: ChaseSlots, slots: Slots, name: string, input: Record<string, unknown>): Plan {
  const invoices = slots.invoices ?? [];
  const customers = ids(slots);
  if (invoices.length === 0 && customers.length === 0) return askWhom(chase);
  if (Math.max(invoices.length, customers.length) > MOST) return tooMany();
  const about =
    invoices.length > 0
      ? invoices.map((invoice) => ({
          invoice,
          customerId: customers.length === 1 ? customers[0] : undefined,
        }))
      : customers.map((customerId) => ({ customerId }));
  return calls(...about.map((each) => call(name, { ...each, ...input })));
}

const worklist: Planner = (chase, slots) => {
  const { on, owner, minUnanswered, limit, notChased, why } = chase;
  const customers = ids(slots);
  if (why && customers.length === 0) return askWhom(chase);
  if (customers.length > MOST) return tooMany();
  const input = { on, owner, minUnanswered, limit };
  return customers.length > 0
    ? calls(...customers.map((customerId) => call('worklist', { customerId, ...input })))
    : calls(call('worklist', { ...input, notChased }));
};

const draftEmail: Planner = (chase, slots) => {
  const customers = ids(slots);
  if (customers.length === 0) return askWhom(chase);
  if (customers.length > MOST) return tooMany();
  if (customers.length > 1 && slots.invoices?.length)
    return say('These invoices go with a single customer. Ask for each customer by itself.');
  const { dueMonth, currency, letter, tone, language, cc, attach } = chase;
  const input = { invoices: slots.invoices, dueMonth, currency, letter, tone, language, cc, attach };
  return calls(...customers.map((customerId) => call('draft_email', { customerId, ...input })));
};

const draftMany: Planner = (chase, slots, context, wish) => {
  const { except, minDaysOverdue, exceptOwner, owner, minAmount, currency, tone, language } = chase;
  const customers = ids(slots);
  if (customers.length > 0 && !except && minDaysOverdue === undefined && minAmount === undefined)
    return draftEmail({ ...chase, act: 'draft_email' }, slots, context, wish);
  if (customers.length > 0 && !except)
    return say(
      'I can draft for everybody above a number of days or an amount, or for the customers that you name; not both at once.',
    );
  if (chase.letter || chase.cc || chase.attach)
    return say(
      'For everybody at once I set tone and language; the kind of letter follows the cadence. Copies and attachments I add to a single draft.',
    );
  return calls(
    call('draft_many', {
      minDaysOverdue,
      exceptOwner,
      owner,
      exceptCustomerIds: customers.length > 0 ? customers : undefined,
      minAmount,
      currency,
      tone,
      language,
    }),
  );
};

const reviseDraft: Planner = (chase, _slots, _context, wish) => {
  const { firmer, tone, language, letter, shorter, mentionPo, cc, removeCc, attach } = chase;
  const { addInvoices, removeInvoices, proposalId, removeAllCc } = chase;
  if (removeAllCc && !removeCc?.length)
    return ask('Whom shall I take out of the copy? Name the role or the address as it stands on the draft.');
  return calls(
    call('revise_draft', {
      proposalId,
      firmer,
      tone,
      language,
      letter,
      shorter,
      mentionPo,
      addCc: cc,
      removeCc,
      addInvoices,
      removeInvoices,
      attach: attach ?? (letter === 'statement' ? 'statement_pdf' : undefined),
      wish: wish.slice(0, 500),
    }),
  );
};

const setHold: Planner = (chase, slots) =>
  forEach(chase, slots, 'set_hold', {
    reason: chase.reason ?? 'Asked for in chat',
    resumeOn: chase.resumeOn,
  });

const logPromise: Planner = (chase, slots) => {
  const [customerId, another] = ids(slots);
  if (customerId === undefined && !slots.invoices?.length) return askWhom(chase);
  if (another !== undefined) return say('That names several customers. Tell me each promise by itself.');
  if (!chase.amount)
    return ask('How much was promised? Say the amount, and the currency where there are several.');
  if (!chase.payOn) return ask('By which day was it promised? Say the day, e.g. "on Friday".');
  const { amount, currency, payOn, method, reason: quote } = chase;
  return calls(
    call('log_promise', { customerId, invoices: slots.invoices, amount, currency, payOn, method, quote }),
  );
};

const openDispute: Planner = (chase, slots) => {
  const [invoice, another] = slots.invoices ?? [];
  if (!invoice) return ask('Which invoice is contested? Name its number.');
  if (another) return say('That names several invoices. Tell me each dispute by itself.');
  if (!chase.disputeReason)
    return ask(
      'What is the reason: price, quantity, quality, not received, wrong PO, duplicate, tax, already credited, contract, or other?',
    );
  const {
    line: lineNumber,
    disputeReason: reason,
    amount,
    handler: owner,
    answerBy: dueOn,
    reason: quote,
  } = chase;
  return calls(
    call('open_dispute', {
      invoice,
      customerId: ids(slots)[0],
      lineNumber,
      reason,
      amount,
      owner,
      dueOn,
      quote,
    }),
  );
};

const policy: Planner = ({ wish }) =>
  wish
    ? calls(call('propose_policy_change', wish))
    : say(
        'I can propose a change of: who approves above an amount, messages to a customer in a week, days between messages, contact hours, the smallest balance that is chased, the sending delay, and steps before or after the due day. Say one of them with its number.',
      );

const planners: Readonly<Record<ChaseAct, Planner>> = {
  worklist,
  draft_email: draftEmail,
  draft_many: draftMany,
  revise_draft: reviseDraft,
  set_hold: setHold,
  lift_hold: (chase, slots) => forEach(chase, slots, 'lift_hold', {}),
  log_promise: logPromise,
  open_dispute: openDispute,
  policy,
  proposals: ({ state }, slots) => calls(call('list_proposals', { state, customerId: ids(slots)[0] })),
  decide: (_, slots) => calls(call('list_proposals', { customerId: ids(slots)[0] })),
  audit: ({ from, to, by, sent }, slots) =>
    calls(call('audit_trail', { customerId: ids(slots)[0], from, to, by, sent })),
};

/** `wish`: the person's own words. */
export const planChase = (slots: Slots, context: OfflineContext, wish: string): Plan =>
  planners[slots.chase!.act](slots.chase!, slots, context, wish);

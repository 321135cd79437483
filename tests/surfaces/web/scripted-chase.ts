/** A small queue of proposals in memory, for looking at the pages: decisions change it as the operations would. */
import { createHash } from 'node:crypto';
import type { DecideInput, DecideOutput, ProposalView } from '../../../src/domain/chase/proposals.ts';
import type { TaskView } from '../../../src/domain/chase/reports.ts';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors.ts';
import type { OutboxItem, WebChase } from '../../../src/surfaces/web/chase-deps.ts';
import {
  aDecision,
  aDigest,
  aNotChased,
  anEffect,
  anEmail,
  anItem,
  aPolicyChange,
  aProposal,
  aReceipt,
  aTask,
  aWorklist,
} from '../../support/proposal-builders.ts';

const STATES: Readonly<Record<string, string[]>> = {
  waiting: ['pending', 'snoozed'],
  approved: ['approved'],
  done: ['done'],
  closed: ['rejected', 'stale', 'expired', 'replaced', 'failed'],
};

export const globex = { id: 9, code: 'C-0009', name: 'Globex GmbH' };
export const hooli = { id: 10, code: 'C-0010', name: 'Hooli <b>Inc</b>' };
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const queue = (): ProposalView[] => [
  aProposal({ cautions: ['It would not leave at once: it is 03:10 in New York.'] }),
  aProposal({
    id: 13,
    customer: globex,
    content: anEmail({
      customerId: 9,
      currency: 'EUR',
      language: 'de',
      to: ['buchhaltung@globex.example'],
      cc: [],
      bcc: [],
      subject: 'Rechnung INV-7001 ist überfällig',
      body: 'Guten Tag,\n\ndie Rechnung INV-7001 über 90.000,00 EUR ist seit 12 Tagen überfällig.\n\nMit freundlichen Grüßen\nDana Kim',
      totalAmount: '90000.00',
      invoices: [{ id: 1, number: 'INV-7001', openAmount: '90000.00', dueOn: '2026-11-12' }],
      attachments: [],
    }),
    riskFlags: ['large_amount'],
    approvalsNeeded: 2,
  }),
  aProposal({
    id: 14,
    customer: hooli,
    origin: 'cadence',
    madeBy: 'remy@remy.invalid',
    content: anEmail({ customerId: 10, to: ['ap@hooli.example'], cc: [], bcc: [], totalAmount: '640.50' }),
    mayDecide: false,
    whyNot: 'You have no limit in USD. Ask someone with a higher limit.',
  }),
  aProposal({ id: 15, content: aPolicyChange(), approvalsNeeded: 2 }),
  aProposal({
    id: 16,
    state: 'stale',
    customer: globex,
    stateReason: 'INV-5501 was paid on 2026-11-24.',
  }),
  aProposal({
    id: 17,
    state: 'done',
    customer: hooli,
    decisions: [aDecision()],
    effect: anEffect({ proposalId: 17, state: 'sent', receipt: aReceipt() }),
  }),
  aProposal({
    id: 18,
    state: 'failed',
    customer: globex,
    stateReason: 'The mailbox refused it.',
    decisions: [aDecision()],
    effect: anEffect({
      id: 44,
      proposalId: 18,
      state: 'dead',
      attempts: 5,
      error: '550 mailbox unavailable',
    }),
  }),
];

/** `delayMs`: how long an approved email can still be taken back. */
export function scriptedChase(
  delayMs = 60_000,
): WebChase & { calls: { name: string; input: unknown; as: unknown }[] } {
  const all = queue();
  const tasks: TaskView[] = [
    aTask(),
    aTask({ id: 6, kind: 'call', title: 'Call Globex GmbH', state: 'open', customer: globex }),
  ];
  const calls: { name: string; input: unknown; as: unknown }[] = [];
  let next = 40;
  const find = (id: number): ProposalView => {
    const at = all.findIndex((each) => each.id === id);
    if (at < 0) throw new NotFoundError(`There is no proposal ${id}.`);
    const view = all[at]!;
    if (view.state === 'approved' && view.effect && Date.parse(view.effect.notBefore) <= Date.now())
      all[at] = { ...view, state: 'done', effect: { ...view.effect, state: 'sent', receipt: aReceipt() } };
    return all[at]!;
  };
  const put = (view: ProposalView): ProposalView => {
    all[all.findIndex((each) => each.id === view.id)] = view;
    return view;
  };
  function apply(input: DecideInput, as: unknown): DecideOutput {
    const view = find(input.proposalId);
    const by = String(as ?? 'admin@localhost');
    const no = (message: string): DecideOutput => ({ applied: false, message, proposal: view });
    if (input.kind === 'undo')
      return view.state === 'approved'
        ? {
            applied: true,
            message: 'Taken back. Nothing left.',
            proposal: put({ ...view, state: 'pending', effect: null }),
          }
        : no('It has left already.');
    if (input.revision !== view.revision || input.digest !== view.digest)
      return no('It has changed since you saw it. Look at it again.');
    if (view.state !== 'pending') return no(`It is ${view.state} already.`);
    const decisions = [
      ...view.decisions,
      aDecision({ kind: input.kind, by, reason: 'reason' in input ? input.reason : null }),
    ];
    if (input.kind === 'reject')
      return {
        applied: true,
        message: 'Rejected.',
        proposal: put({ ...view, state: 'rejected', stateReason: input.reason, decisions }),
      };
    if (input.kind === 'snooze')
      return {
        applied: true,
        message: `Snoozed until ${input.untilOn}.`,
        proposal: put({ ...view, state: 'snoozed', snoozedUntil: input.untilOn, decisions }),
      };
    next += 1;
    const effect = anEffect({
      id: next,
      proposalId: view.id,
      notBefore: new Date(Date.now() + delayMs).toISOString(),
    });
    return {
      applied: true,
      message: 'Approved.',
      proposal: put({ ...view, state: 'approved', decisions, effect }),
    };
  }
  const log = <T>(name: string, input: unknown, as: unknown, result: T): T => {
    calls.push({ name, input, as });
    return result;
  };
  return {
    calls,
    now: () => new Date(),
    proposals: async ({ state, proposalId, limit }, as) => {
      for (const { id } of [...all]) find(id);
      const fitting = all.filter((view) =>
        proposalId === undefined
          ? state === 'all' || STATES[state]!.includes(view.state)
          : view.id === proposalId,
      );
      return log('proposals', { state, proposalId, limit }, as, {
        total: fitting.length,
        totals: [
          { currency: 'USD', amount: '12640.50', count: 2 },
          { currency: 'EUR', amount: '90000.00', count: 1 },
        ],
        proposals: fitting.slice(0, limit),
      });
    },
    decide: async (input, as) => log('decide', input, as, apply(input, as)),
    edit: async ({ proposalId, revision, digest, edits }, as) => {
      const view = find(proposalId);
      if (view.content.kind !== 'email' || view.revision !== revision || view.digest !== digest)
        throw new InvalidInputError('It has changed since you saw it. Open it again.');
      if (edits.to?.some((each) => !each.endsWith('acme.example')))
        throw new InvalidInputError(
          `${edits.to[0]} is no contact of Acme Logistics. Add it to the ledger's contacts first.`,
        );
      const content = { ...view.content, ...edits } as ProposalView['content'];
      return log(
        'edit',
        edits,
        as,
        put({ ...view, content, revision: revision + 1, digest: digestOf(JSON.stringify(content)) }),
      );
    },
    redraft: async (proposalId, as) => {
      const view = find(proposalId);
      next += 1;
      const made: ProposalView = {
        ...view,
        id: next,
        state: 'pending',
        stateReason: null,
        effect: null,
        decisions: [],
        revision: 1,
      };
      all.push(made);
      return log('redraft', proposalId, as, { proposal: made, leftOut: [] });
    },
    attachment: async ({ name }) => ({
      name,
      mime: 'application/pdf',
      bytes: new TextEncoder().encode('%PDF-1.4'),
    }),
    plan: async (input, as) => {
      const waiting = all.filter((view) => view.state === 'pending' && view.content.kind === 'email');
      const fits = (view: ProposalView) =>
        view.mayDecide &&
        (input.onlyProposalIds?.includes(view.id) ?? true) &&
        (input.maxAmount === undefined ||
          (view.currency === input.currency && Number(view.amount) <= Number(input.maxAmount)));
      const approve = waiting.filter(fits);
      return log('plan', input, as, {
        planDigest: digestOf(approve.map((view) => `${view.id}:${view.revision}`).join()),
        count: approve.length,
        totals: [...new Set(approve.map((view) => view.currency!))].map((currency) => ({
          currency,
          amount: approve.find((view) => view.currency === currency)!.amount!,
          count: approve.filter((view) => view.currency === currency).length,
        })),
        recipients: approve.flatMap((view) =>
          view.content.kind === 'email' ? [...view.content.to, ...view.content.cc] : [],
        ),
        approve: approve.map((view) => ({
          proposalId: view.id,
          revision: view.revision,
          digest: view.digest,
          customer: view.customer!,
          currency: view.currency!,
          amount: view.amount!,
          to: view.content.kind === 'email' ? view.content.to : [],
          subject: view.content.kind === 'email' ? view.content.subject : '',
        })),
        left: waiting
          .filter((view) => !fits(view))
          .map((view) => ({
            proposalId: view.id,
            customer: view.customer!.name,
            amount: view.amount!,
            currency: view.currency!,
            why: view.whyNot ?? 'not among those you picked',
          })),
      });
    },
    async approvePlan({ planDigest, input }, as) {
      const plan = await this.plan(input, as);
      if (plan.planDigest !== planDigest)
        return {
          applied: false,
          message: 'What waits has changed since this was shown, so nothing was approved.',
          plan,
          results: [],
        };
      const results = plan.approve.map((each) => {
        const { applied, message } = apply({ kind: 'approve', ...each }, as);
        return { proposalId: each.proposalId, applied, message };
      });
      return {
        applied: true,
        message: `${results.length} approved, ${plan.left.length} left as they were.`,
        plan,
        results,
      };
    },
    worklist: async (input, as) =>
      log(
        'worklist',
        input,
        as,
        aWorklist({
          count: 3,
          totals: [
            { currency: 'USD', amount: '12640.50', count: 2 },
            { currency: 'EUR', amount: '90000.00', count: 1 },
          ],
          items: [
            anItem({ proposalId: 12 }),
            anItem({
              rank: 2,
              customer: globex,
              currency: 'EUR',
              dueAmount: '90000.00',
              expectedGain: '700.00',
            }),
            anItem({
              rank: 3,
              customer: hooli,
              step: { ...anItem().step, channel: 'call', text: 'call them about the oldest invoice' },
            }),
          ],
          notChased: [aNotChased()],
          dayOff: input.on === '2026-11-26' ? 'Thanksgiving Day' : null,
          on: input.on ?? '2026-11-24',
        }),
      ),
    draft: async ({ customerId }, as) => {
      next += 1;
      const made = aProposal({ id: next, customer: { ...globex, id: customerId }, origin: 'console' });
      all.push(made);
      return log('draft', customerId, as, { proposal: made, leftOut: anItem().leftOut });
    },
    outbox: async () =>
      all.flatMap((view): OutboxItem[] =>
        view.effect ? [{ ...view.effect, customer: view.customer?.name ?? null }] : [],
      ),
    retry: async (effectId, as) => {
      const view = all.find((each) => each.effect?.id === effectId);
      if (!view?.effect) throw new NotFoundError(`There is no failed effect ${effectId}.`);
      log(
        'retry',
        effectId,
        as,
        put({
          ...view,
          state: 'approved',
          effect: { ...view.effect, state: 'ready', notBefore: new Date(Date.now() + delayMs).toISOString() },
        }),
      );
    },
    digest: async (as) => log('digest', {}, as, aDigest()),
    tasks: async (as) =>
      log(
        'tasks',
        {},
        as,
        tasks.filter((task) => task.state === 'open' || task.state === 'veto_window'),
      ),
    closeTask: async ({ taskId, outcome, reason }, as) => {
      const at = tasks.findIndex((task) => task.id === taskId);
      if (at < 0) throw new NotFoundError(`There is no task ${taskId}.`);
      tasks[at] = { ...tasks[at]!, state: outcome };
      return log('closeTask', { taskId, outcome, reason }, as, tasks[at]);
    },
    users: async () => [
      { email: 'you@example.com', name: null, role: 'admin' },
      { email: 'cora@demo.example', name: 'Cora Diaz', role: 'controller' },
      { email: 'rep@demo.example', name: 'Rae Park', role: 'viewer' },
    ],
  };
}

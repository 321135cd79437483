/** Proposals, plans, worklists and reports as operations give them, for tests of what shows them. */
import type {
  BulkPlan,
  EffectView,
  EmailContent,
  PolicyChangeContent,
  ProposalView,
  Receipt,
} from '../../src/domain/chase/proposals.ts';
import type { DigestContent, TaskView } from '../../src/domain/chase/reports.ts';
import type { NotChasedItem, WorklistItem, WorklistOutput } from '../../src/domain/chase/worklist.ts';

export const acme = { id: 7, code: 'C-0007', name: 'Acme Logistics' };
export const DIGEST = 'ab'.repeat(32);

export const anEmail = (change: Partial<EmailContent> = {}): EmailContent => ({
  kind: 'email',
  customerId: acme.id,
  currency: 'USD',
  letter: 'overdue',
  tone: 'firm',
  language: 'en',
  from: 'Demo Receivables <ar@demo.example>',
  replyTo: 'replies@demo.example',
  to: ['ap@acme.example'],
  cc: ['controller@acme.example'],
  bcc: ['archive@demo.example'],
  subject: 'Two invoices of June are past due',
  body: 'Dear Ms Ortiz,\n\nINV-5501 (8,000.00 USD) and INV-5502 (4,000.00 USD) are past due.\n\nPay at https://pay.demo.example/acme\n\nDana Kim',
  attachments: [{ name: 'statement.pdf', mime: 'application/pdf', size: 24_310, sha256: 'cd'.repeat(32) }],
  inReplyTo: '<m2@acme.example>',
  references: ['<m1@acme.example>', '<m2@acme.example>'],
  listUnsubscribe: 'unsubscribe@demo.example',
  invoices: [
    { id: 71, number: 'INV-5501', openAmount: '8000.00', dueOn: '2026-06-12' },
    { id: 72, number: 'INV-5502', openAmount: '4000.00', dueOn: '2026-06-26' },
  ],
  totalAmount: '12000.00',
  stepId: 'second-reminder',
  ...change,
});

export const aPolicyChange = (change: Partial<PolicyChangeContent> = {}): PolicyChangeContent => ({
  kind: 'policy_change',
  policy: 'cadence',
  baseVersion: 3,
  changes: [{ path: 'approval.limits.approver.USD', before: 'up to 50,000.00', after: 'up to 20,000.00' }],
  after: {},
  effects: ['2 of the 9 emails of tomorrow would need a controller.'],
  ...change,
});

export const aReceipt = (change: Partial<Receipt> = {}): Receipt => ({
  checkedAt: '2026-11-24T09:01:00.000Z',
  checks: [
    { check: 'balance', ok: true, detail: '12,000.00 USD open, as when it was written' },
    { check: 'replies', ok: true, detail: 'no message since the draft' },
  ],
  sources: [{ source: 'csv', syncedAt: '2026-11-24T06:00:00.000Z' }],
  sentAt: '2026-11-24T09:01:01.000Z',
  messageId: '<k1@remy.demo.example>',
  provider: 'written to out/k1.eml',
  ...change,
});

export const anEffect = (change: Partial<EffectView> = {}): EffectView => ({
  id: 31,
  proposalId: 12,
  kind: 'email',
  state: 'ready',
  notBefore: '2026-11-24T09:01:00.000Z',
  attempts: 0,
  messageId: '<k1@remy.demo.example>',
  error: null,
  receipt: null,
  ...change,
});

export const aDecision = (
  change: Partial<ProposalView['decisions'][number]> = {},
): ProposalView['decisions'][number] => ({
  kind: 'approve',
  by: 'cora@demo.example',
  role: 'controller',
  at: '2026-11-24T09:00:00.000Z',
  via: 'console',
  revision: 2,
  digest: DIGEST,
  reason: null,
  untilOn: null,
  ...change,
});

export const aProposal = (change: Partial<ProposalView> = {}): ProposalView => {
  const content = change.content ?? anEmail();
  const email = content.kind === 'email' ? content : null;
  return {
    id: 12,
    revision: 2,
    digest: DIGEST,
    kind: content.kind,
    origin: 'chat',
    state: 'pending',
    stateReason: null,
    customer: email ? acme : null,
    currency: email?.currency ?? null,
    amount: email?.totalAmount ?? null,
    content,
    madeBy: 'cole@demo.example',
    createdAt: '2026-11-24T08:30:00.000Z',
    expiresAt: '2026-11-27T08:30:00.000Z',
    snoozedUntil: null,
    riskFlags: [],
    approvalsNeeded: 1,
    mayDecide: true,
    whyNot: null,
    mayStop: true,
    model: 'templates',
    decisions: [],
    effect: null,
    cautions: [],
    ...change,
  };
};

export const aPlan = (change: Partial<BulkPlan> = {}): BulkPlan => ({
  planDigest: 'ef'.repeat(32),
  count: 1,
  totals: [{ currency: 'USD', amount: '12000.00', count: 1 }],
  recipients: ['ap@acme.example', 'controller@acme.example'],
  approve: [
    {
      proposalId: 12,
      revision: 2,
      digest: DIGEST,
      customer: acme,
      currency: 'USD',
      amount: '12000.00',
      to: ['ap@acme.example'],
      subject: 'Two invoices of June are past due',
    },
  ],
  left: [
    { proposalId: 13, customer: 'Globex', amount: '90000.00', currency: 'EUR', why: 'Above 20,000.00 EUR.' },
  ],
  ...change,
});

export const anItem = (change: Partial<WorklistItem> = {}): WorklistItem => ({
  rank: 1,
  customer: acme,
  currency: 'USD',
  dueAmount: '12000.00',
  overdueAmount: '12000.00',
  maxDaysOverdue: 41,
  owner: 'rep@demo.example',
  step: {
    id: 'second-reminder',
    channel: 'email',
    letter: 'overdue',
    tone: 'firm',
    to: ['ap@acme.example'],
    handOverTo: null,
    text: 'second reminder by email to ap@acme.example',
  },
  expectedGain: '1860.00',
  slipPercent: 42,
  reasons: ['12,000.00 USD is up to 41 days overdue', 'cash came after 3 of 4 chases'],
  wouldChange: ['a promise would take it off'],
  unanswered: 2,
  invoices: [{ number: 'INV-5501', dueOn: '2026-10-14', daysOverdue: 41, openAmount: '12000.00' }],
  leftOut: [
    { number: 'INV-5510', reason: { kind: 'disputed', text: 'contested: wrong quantity', untilOn: null } },
  ],
  proposalId: null,
  ...change,
});

export const aNotChased = (change: Partial<NotChasedItem> = {}): NotChasedItem => ({
  customer: { id: 9, code: 'C-0009', name: 'Soylent' },
  currency: 'USD',
  overdueAmount: '5000.00',
  maxDaysOverdue: 12,
  owner: null,
  reasons: [{ kind: 'hold', text: 'held: legal is talking to them', untilOn: '2026-12-19' }],
  unanswered: 0,
  nextOn: '2026-12-20',
  ...change,
});

export const aWorklist = (change: Partial<WorklistOutput> = {}): WorklistOutput => ({
  on: '2026-11-24',
  dayOff: null,
  count: 1,
  totals: [{ currency: 'USD', amount: '12000.00', count: 1 }],
  items: [anItem()],
  notChasedCount: 1,
  notChased: [aNotChased()],
  method: 'Expected gain is the due amount times the chance that it slips times what acting changed before.',
  ...change,
});

export const aDigest = (change: Partial<DigestContent> = {}): DigestContent => ({
  day: '2026-11-24',
  audience: 'team',
  since: '2026-11-23',
  cashIn: {
    totals: [{ currency: 'USD', amount: '41000.00', count: 3 }],
    biggest: [{ customer: acme, currency: 'USD', amount: '30000.00', text: 'wire, on INV-5490' }],
  },
  decisions: {
    waiting: 4,
    totals: [{ currency: 'USD', amount: '22000.00', count: 4 }],
    oldest: [{ proposalId: 12, text: 'Acme Logistics, 12,000.00 USD, since yesterday' }],
  },
  brokenPromises: [{ customer: acme, currency: 'USD', amount: '2000.00', text: 'promised for 2026-11-20' }],
  duePromises: [],
  newDisputes: [],
  movements: [],
  tasks: [{ taskId: 5, text: 'Call Globex' }],
  done: ['Made 4 drafts.', 'Recorded 2 replies.'],
  forecast: null,
  sources: [{ source: 'csv', syncedAt: '2026-11-24T06:00:00.000Z', stale: false }],
  ...change,
});

export const aTask = (change: Partial<TaskView> = {}): TaskView => ({
  id: 5,
  customer: acme,
  kind: 'sales',
  assignee: 'rep@demo.example',
  title: 'Hand Acme Logistics over to sales',
  dueOn: '2026-11-26',
  state: 'veto_window',
  vetoUntil: '2026-11-25T09:00:00.000Z',
  currency: 'USD',
  amount: '12000.00',
  context: ['4 chases without an answer.'],
  ...change,
});

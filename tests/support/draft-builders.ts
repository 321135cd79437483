/** Builders for proposals and what they rest on: what a test does not say is filled in. */

import { defaultPolicy } from '../../src/domain/cadence/default-policy.ts';
import type { CompanySettings } from '../../src/domain/chase/policy.ts';
import type { EmailContent, PolicyChangeContent, ProposalContent } from '../../src/domain/chase/proposals.ts';
import { parseDecimal } from '../../src/domain/money.ts';
import type { Actor, Context } from '../../src/ports/actor.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { bytesDigest } from '../../src/store/digest.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import { readNewest } from '../../src/store/proposals/ledger-now.ts';
import { readProposal } from '../../src/store/proposals/read.ts';
import { type Attachment, addProposal } from '../../src/store/proposals/write.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { addBot, findUserByEmail } from '../../src/store/users.ts';
import { aContact, aCustomer, anInvoice, type In } from './ledger-builders.ts';

/** A clock that only moves when it is told to. */
export type SetClock = Clock & { set(iso: string): void; advance(seconds: number): void };

export const aClock = (start = '2026-11-24T15:00:00.000Z'): SetClock => {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    today: () => new Date(now).toISOString().slice(0, 10),
    set: (iso) => {
      now = new Date(iso).getTime();
    },
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
};

export const company: CompanySettings = {
  name: 'Remy Test Ltd',
  fromName: 'Receivables',
  fromAddress: 'ar@remy.test',
  replyTo: null,
  phone: null,
  paymentInstructions: { default: 'IBAN DE00' },
  paymentLink: null,
  country: null,
  holidayRegion: null,
  timezone: 'UTC',
  language: 'en',
  unsubscribeAddress: null,
  legalEmail: null,
  managerEmail: null,
};

export const withCompany = (
  { database, tenantId }: In,
  over: Partial<CompanySettings> = {},
): Promise<number> =>
  inTenant(database.pool, tenantId, (sql) =>
    addPolicyVersion(sql, {
      kind: 'company',
      data: { ...company, ...over },
      madeBy: 'test',
      proposalId: null,
    }),
  );

type Approval = typeof defaultPolicy.approval;

/** The default cadence with other rules of approval, and contact hours that are always open unless said otherwise. */
export const withPolicy = (
  { database, tenantId }: In,
  {
    approval = {},
    ...over
  }: Partial<Omit<typeof defaultPolicy, 'approval'>> & { approval?: Partial<Approval> } = {},
): Promise<number> => {
  const data = {
    ...defaultPolicy,
    workingDays: [1, 2, 3, 4, 5, 6, 7],
    contactHours: { from: '00:00', to: '23:59' },
    ...over,
    approval: { ...defaultPolicy.approval, ...approval },
  };
  return inTenant(database.pool, tenantId, (sql) =>
    addPolicyVersion(sql, { kind: 'cadence', data, madeBy: 'test', proposalId: null }),
  );
};

export const aBot = ({ database, tenantId }: In): Promise<Actor> =>
  inTenant(database.pool, tenantId, async (sql) => {
    await addBot(sql, { email: 'remy@remy.invalid', name: 'Remy' });
    return (await findUserByEmail(sql, 'remy@remy.invalid'))!.actor;
  });

export type Account = { customer: number; invoice: number; number: string; contact: string };
let counter = 0;

/** A customer in UTC with a contact and one overdue invoice. */
export async function anAccount(
  where: In,
  over: { amount?: string; currency?: string; owner?: string; name?: string } = {},
): Promise<Account> {
  const n = ++counter;
  const { amount = '1200', currency = 'USD' } = over;
  const contact = `ap${n}@customer.test`;
  const number = `CH-${n}`;
  const customer = await aCustomer(where, { currency, ...over });
  await where.database.pool.query(`update customer set timezone = 'UTC' where tenant_id = $1 and id = $2`, [
    where.tenantId,
    customer,
  ]);
  await aContact(where, customer, { email: contact, primary: true });
  const invoice = await anInvoice(where, customer, { number, amount, currency, dueOn: '2026-10-31' });
  return { customer, invoice, number, contact };
}

export const anEmail = (
  account: Account,
  over: Partial<EmailContent> & { amount?: string } = {},
): EmailContent => {
  const { amount = '1200.00', ...rest } = over;
  return {
    kind: 'email',
    customerId: account.customer,
    currency: 'USD',
    letter: 'overdue',
    tone: 'neutral',
    language: 'en',
    from: 'Receivables <ar@remy.test>',
    replyTo: null,
    to: [account.contact],
    cc: [],
    bcc: [],
    subject: `Invoice ${account.number}`,
    body: `Please pay ${account.number}.`,
    attachments: [],
    inReplyTo: null,
    references: [],
    listUnsubscribe: null,
    invoices: [{ id: account.invoice, number: account.number, openAmount: amount, dueOn: '2026-10-31' }],
    totalAmount: amount,
    stepId: null,
    ...rest,
  };
};

export const aPolicyChange = (over: Partial<PolicyChangeContent> = {}): PolicyChangeContent => ({
  kind: 'policy_change',
  policy: 'cadence',
  baseVersion: null,
  changes: [{ path: 'minGapDays', before: '5', after: '9' }],
  after: { ...defaultPolicy, minGapDays: 9 },
  effects: ['Nine days lie between two messages.'],
  ...over,
});

export type Card = { proposalId: number; revision: number; digest: string };

export const cardOf = ({ database, tenantId }: In, proposalId: number): Promise<Card> =>
  inTenant(database.pool, tenantId, async (sql) => {
    const { revision, digest } = (await readProposal(sql, proposalId, null))!;
    return { proposalId, revision, digest };
  });

export const aFile = (text: string, name = 'statement.csv'): Attachment => ({
  name,
  mime: 'text/csv',
  bytes: Buffer.from(text),
});

export const named = ({ name, mime, bytes }: Attachment): EmailContent['attachments'][number] => ({
  name,
  mime,
  size: bytes.length,
  sha256: bytesDigest(bytes),
});

/** A stored draft and the card a person sees of it. */
export async function aDraft(
  where: In,
  content: ProposalContent,
  by: Actor,
  over: {
    riskFlags?: string[];
    approvalsNeeded?: number;
    expiresAt?: Date;
    origin?: 'cadence' | 'chat';
    attachments?: Attachment[];
    /** The day it was written for. */
    asOf?: string;
  } = {},
): Promise<Card> {
  const { database, tenantId } = where;
  const id = await inTenant(database.pool, tenantId, async (sql) => {
    const customer = content.kind === 'email' ? content.customerId : 0;
    const known = (await readNewest(sql, [customer])).get(customer)!;
    return addProposal(sql, {
      content,
      attachments: over.attachments ?? [],
      evidence: { ...known, at: '2026-11-24T09:00:00.000Z', asOf: over.asOf ?? '2026-11-24' },
      madeBy: { userId: by.userId, email: by.email },
      instruction: null,
      model: 'templates',
      promptVersion: 'test-1',
      riskFlags: over.riskFlags ?? [],
      approvalsNeeded: over.approvalsNeeded ?? 1,
      amountMinor: content.kind === 'email' ? parseDecimal(content.totalAmount, content.currency) : null,
      expiresAt: over.expiresAt ?? new Date('2026-12-24T00:00:00Z'),
      origin: over.origin ?? 'chat',
      thread: null,
    });
  });
  if (id === null) throw new Error('a draft for this customer is alive already');
  return cardOf(where, id);
}

/** The person's context; `today` is the clock's at the call. */
export const asks = (actor: Actor, today = '2026-11-24'): Context => ({ actor, thread: 'test', today });

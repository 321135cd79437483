import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/domain/cadence/default-policy.ts';
import type { PolicyChangeContent } from '../../src/domain/chase/proposals.ts';
import type { PolicyWish } from '../../src/domain/chase/reports.ts';
import { createChangeSettings } from '../../src/operations/change-settings.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { createProposePolicyChange } from '../../src/operations/propose-policy-change.ts';
import { createRunEffects } from '../../src/operations/run-effects.ts';
import type { Context } from '../../src/ports/actor.ts';
import { readCadence } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContact, aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

describe('a change of the settings', () => {
  let database: Database;
  let where: In;
  let collector: Context;
  let now = new Date('2026-11-24T15:00:00Z');
  const clock = { now: () => now, today: () => '2026-11-24', fixed: true };
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    now = new Date('2026-11-24T15:00:00Z');
    where = { database, tenantId: await aTenant(database) };
    collector = await aContext(where, { role: 'collector' });
  });

  const propose = (wish: Partial<PolicyWish>, context = collector) =>
    createProposePolicyChange(database, clock)(wish as PolicyWish, context);
  const contentOf = async (wish: Partial<PolicyWish>) =>
    (await propose(wish)).proposal.content as PolicyChangeContent;
  const anAccount = async (name: string, dueOn: string, amount = '5000') => {
    const customer = await aCustomer(where, { name, country: 'US' });
    await aContact(where, customer, { primary: true });
    await anInvoice(where, customer, { issuedOn: '2026-01-02', dueOn, amount });
  };
  const policy = () =>
    inTenant(database.pool, where.tenantId, async (sql) => (await readCadence(sql)).policy);

  test('says before and after of each setting, and changes nothing by itself', async () => {
    const before = await policy();
    const { proposal } = await propose({ approvalLimit: { amount: '20000', currency: 'USD' } });
    const content = proposal.content as PolicyChangeContent;
    expect(content.changes).toEqual([
      { path: 'approval.limits.approver.USD', before: '50,000.00 USD', after: '20,000.00 USD' },
    ]);
    expect(proposal).toMatchObject({ state: 'pending', origin: 'chat', mayDecide: false, customer: null });
    expect(await policy()).toEqual(before);
  });

  test('a limit for all currencies keeps their order of magnitude, and nobody below gets more than those above', async () => {
    const { changes } = await contentOf({ approvalLimit: { amount: '4000' } });
    const after = Object.fromEntries(changes.map((each) => [each.path, each.after]));
    expect(after).toMatchObject({
      'approval.limits.approver.USD': '4,000.00 USD',
      'approval.limits.approver.JPY': '600,000 JPY',
      'approval.limits.collector.EUR': '4,000.00 EUR',
      'approval.limits.collector.JPY': '600,000 JPY',
    });
  });

  test('tells who is chased differently on the next working day', async () => {
    await anAccount('Small', '2026-11-20', '60');
    await anAccount('Large', '2026-11-20');
    const { effects } = await contentOf({ minimumBalance: { amount: '100', currency: 'USD' } });
    expect(effects).toEqual([
      'On 2026-11-25: 1 email, where it would have been 2 emails.',
      'Not chased on that day: Small.',
    ]);
  });

  test('tells when nothing goes out differently', async () => {
    await anAccount('Large', '2026-11-20');
    const { effects } = await contentOf({ weeklyCap: 3 });
    expect(effects).toEqual(['On 2026-11-25 the same goes out as without the change: 1 email.']);
  });

  test('a new step is named with what it does, and a removed one with what it did', async () => {
    const added = await contentOf({ addStep: { segment: 'default', day: 15, tone: 'Firm' } });
    expect(added.changes).toEqual([
      {
        path: 'segments.default.day-15',
        before: 'not set',
        after: '15 days past due: firm overdue by email',
      },
    ]);
    const removed = await contentOf({ removeStep: { segment: 'default', day: 3 } });
    expect(removed.changes).toEqual([
      {
        path: 'segments.default.first',
        before: '3 days past due: friendly overdue by email',
        after: 'not set',
      },
    ]);
  });

  test.each<[string, Partial<PolicyWish>, RegExp]>([
    ['nothing at all', {}, /one setting at a time/],
    ['two things at once', { minGapDays: 9, weeklyCap: 1 }, /one setting at a time/],
    ['what it is already', { weeklyCap: 2 }, /already/],
    [
      'hours that end before they begin',
      { contactHours: { from: '18:00', to: '08:00' } },
      /end after they begin/,
    ],
    ['hours that are none', { contactHours: { from: 'nine', to: '17:00' } }, /This cannot be/],
    ['an unknown currency', { minimumBalance: { amount: '5', currency: 'XYZ' } }, /currency/],
    ['a negative limit', { approvalLimit: { amount: '-1', currency: 'USD' } }, /below zero/],
    ['an unknown segment', { addStep: { segment: 'vip', day: 5, tone: 'firm' } }, /Segments with steps/],
    ['an unknown tone', { addStep: { segment: 'default', day: 5, tone: 'rude' } }, /A tone is one of/],
    ['a step that is there', { addStep: { segment: 'default', day: 3, tone: 'firm' } }, /already/],
    [
      'a step that is not there',
      { removeStep: { segment: 'default', day: 4 } },
      /Its steps: 3 days past due/,
    ],
  ])('a wish for %s is refused', async (_, wish, message) => {
    await expect(propose(wish)).rejects.toThrow(message);
  });

  test('sales may not ask for one', async () => {
    await expect(propose({ weeklyCap: 1 }, await aContext(where, { role: 'viewer' }))).rejects.toThrow(
      /viewer/,
    );
  });

  test('it counts once another controller approved it, and an older one is then overtaken', async () => {
    const boss = await aContext(where, { role: 'controller' });
    const { proposal } = await propose({ minGapDays: 9 });
    const other = (await propose({ minGapDays: 11 })).proposal;
    const decide = createDecide(database, clock);
    const approve = (view: typeof proposal, by: Context) =>
      decide(
        { kind: 'approve', proposalId: view.id, revision: view.revision, digest: view.digest },
        by,
        'console',
      );
    expect((await approve(proposal, collector)).applied).toBe(false);
    expect((await approve(proposal, boss)).applied).toBe(true);
    now = new Date(now.getTime() + 3_600_000);
    const mailbox = {} as never; // a change of settings sends nothing
    await createRunEffects({ database, clock, mailbox, instance: 'test' }).runDue(where.tenantId);
    expect((await policy()).minGapDays).toBe(9);
    expect((await approve(other, boss)).applied).toBe(false);
  });

  test('the first company settings are an admin’s to give, every later change is a proposal', async () => {
    const change = createChangeSettings(database, clock);
    const admin = await aContext(where, { role: 'admin' });
    const company = { name: 'Us', fromName: 'Us', fromAddress: 'ar@us.test' };
    await expect(change({ kind: 'company', data: company }, collector)).rejects.toThrow(/first settings/);
    await expect(change({ kind: 'company', data: { name: 'Us' } }, admin)).rejects.toThrow(/fromAddress/);
    expect(await change({ kind: 'company', data: company }, admin)).toMatchObject({
      inForce: true,
      proposal: null,
    });
    const later = await change({ kind: 'company', data: { ...company, fromAddress: 'new@us.test' } }, admin);
    expect(later).toMatchObject({
      inForce: false,
      proposal: { state: 'pending', riskFlags: ['payment_or_sender'], mayDecide: false },
    });
    expect((later.proposal!.content as PolicyChangeContent).changes).toEqual([
      { path: 'fromAddress', before: 'ar@us.test', after: 'new@us.test' },
    ]);
  });

  test('a first cadence of its own is in force at once only where nobody else could approve it', async () => {
    const change = createChangeSettings(database, clock);
    const alone: In = { database, tenantId: await aTenant(database) };
    const together: In = { database, tenantId: await aTenant(database) };
    const data = { ...defaultPolicy, minGapDays: 7 };
    await aContext(together, { role: 'controller', email: 'second@remy.test' });
    expect(
      await change({ kind: 'cadence', data }, await aContext(together, { role: 'admin' })),
    ).toMatchObject({
      inForce: false,
      proposal: { state: 'pending', mayDecide: false },
    });
    expect(await change({ kind: 'cadence', data }, await aContext(alone, { role: 'admin' }))).toMatchObject({
      inForce: true,
    });
  });
});

/** Everything that may change between draft, click and sending: the email must not leave, every time. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EmailContent } from '../../src/domain/chase/proposals.ts';
import { contentDigest } from '../../src/store/digest.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import {
  type Account,
  aDraft,
  aFile,
  anAccount,
  anEmail,
  named,
  withCompany,
  withPolicy,
} from '../support/draft-builders.ts';
import {
  aContact,
  aDispute,
  aHoldOn,
  anInvoice,
  aPayment,
  aPromise,
  paidOff,
} from '../support/ledger-builders.ts';

const file = aFile('a,b');

/** Another value for every field that the digest covers. */
const changes: { [Field in keyof EmailContent]: EmailContent[Field] } = {
  kind: 'policy_change' as 'email',
  customerId: 999,
  currency: 'EUR',
  letter: 'reminder',
  tone: 'urgent',
  language: 'de',
  from: 'Receivables <ar@rerny.test>',
  replyTo: 'else@remy.test',
  to: ['thief@evil.test'],
  cc: ['thief@evil.test'],
  bcc: ['thief@evil.test'],
  subject: 'Our bank account has changed',
  body: 'Pay to IBAN XX.',
  attachments: [{ ...named(file), name: 'other.csv' }],
  inReplyTo: '<other@thread>',
  references: ['<other@thread>'],
  listUnsubscribe: 'mailto:thief@evil.test',
  invoices: [],
  totalAmount: '1200.01',
  stepId: 'third',
};

describe('at the moment of sending', () => {
  let database: Database;
  let desk: Desk;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
  });

  /** As the owner of the tables, past every guard of the database. */
  const tamper = async (statements: string, values: unknown[] = []): Promise<void> => {
    const client = await database.pool.connect();
    try {
      await client.query("begin; set local session_replication_role = 'replica'");
      await client.query(statements, values);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  const own = (statement: string, values: unknown[] = []) =>
    database.pool.query(statement, [desk.where.tenantId, ...values]);

  async function withFile(): Promise<{ account: Account; content: EmailContent; proposalId: number }> {
    const account = await anAccount(desk.where);
    const content = anEmail(account, { attachments: [named(file)] });
    const card = await aDraft(desk.where, content, desk.bot, { attachments: [file] });
    await desk.approve(card);
    desk.clock.advance(61);
    return { account, content, proposalId: card.proposalId };
  }

  async function blocked(why: RegExp): Promise<void> {
    expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
    const [effect] = await desk.effects();
    expect(effect).toMatchObject({ state: 'void', attempts: 0, error: expect.stringMatching(why) });
    expect(effect!.receipt!.checks.length).toBeGreaterThan(3);
    const { rows } = await own('select state, state_reason from proposal where tenant_id = $1');
    expect(rows).toEqual([{ state: 'stale', state_reason: expect.stringMatching(why) }]);
    desk.clock.advance(3600);
    await desk.sweep();
    expect(desk.mailbox.calls).toEqual([]);
  }

  test('the same set-up leaves when nothing changed', async () => {
    await withFile();
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  });

  test.each(Object.keys(changes) as (keyof EmailContent)[])(
    '%s changed after approval: blocked',
    async (field) => {
      const { proposalId } = await withFile();
      await tamper(
        `update proposal_revision set content = jsonb_set(content, array[$2], $3::jsonb) where proposal_id = $1`,
        [proposalId, field, JSON.stringify(changes[field])],
      );
      await blocked(/not what was approved/);
    },
  );

  test('content and its stored digest changed together: blocked by the digest of the decision', async () => {
    const { content, proposalId } = await withFile();
    const other = { ...content, body: 'Pay to IBAN XX.' };
    await tamper(`update proposal_revision set content = $2, digest = $3 where proposal_id = $1`, [
      proposalId,
      JSON.stringify(other),
      contentDigest(other),
    ]);
    await blocked(/not what was approved/);
  });

  test('content, digest and the digest of the effect changed together: blocked by the decision', async () => {
    const { content, proposalId } = await withFile();
    const other = { ...content, to: [content.to[0]!], subject: 'Changed' };
    const values = [proposalId, JSON.stringify(other), contentDigest(other)];
    await tamper(`update proposal_revision set content = $2, digest = $3 where proposal_id = $1`, values);
    await tamper('update effect set digest = $2 where proposal_id = $1', [proposalId, contentDigest(other)]);
    await blocked(/not what was approved/);
  });

  test.each([
    ['swapped', `update proposal_attachment set bytes = '\\x00' where proposal_id = $1`],
    [
      'swapped with its hash',
      `update proposal_attachment set bytes = '\\x00', sha256 = repeat('0', 64) where proposal_id = $1`,
    ],
    ['removed', 'delete from proposal_attachment where proposal_id = $1'],
    [
      'added',
      `insert into proposal_attachment select tenant_id, proposal_id, revision, 'extra.exe', mime, bytes, sha256
         from proposal_attachment where proposal_id = $1`,
    ],
  ])('an attachment %s after approval: blocked', async (_, statement) => {
    const { proposalId } = await withFile();
    await tamper(statement, [proposalId]);
    await blocked(/attachment is not what was approved/);
  });

  const events: [string, RegExp, (account: Account, at: Desk) => Promise<unknown>][] = [
    ['paid', /paid now/, ({ invoice }, { where }) => paidOff(where, invoice)],
    [
      'partly paid',
      /1,000.00 USD open now/,
      ({ invoice }) =>
        own('update invoice set open_minor = 100000 where tenant_id = $1 and id = $2', [invoice]),
    ],
    [
      'voided',
      /void now/,
      ({ invoice }) =>
        own(`update invoice set status = 'void', open_minor = 0 where tenant_id = $1 and id = $2`, [invoice]),
    ],
    [
      'moved to another due day',
      /due on 2026-12-31 now/,
      ({ invoice }) =>
        own(`update invoice set due_on = '2026-12-31' where tenant_id = $1 and id = $2`, [invoice]),
    ],
    [
      'moved to another customer',
      /another customer/,
      async ({ invoice }, { where }) =>
        own('update invoice set customer_id = $3 where tenant_id = $1 and id = $2', [
          invoice,
          (await anAccount(where)).customer,
        ]),
    ],
    ['any payment came', /paid something/, ({ customer }, { where }) => aPayment(where, { customer })],
    [
      'the customer wrote',
      /has written/,
      ({ customer }) =>
        own(
          `insert into message (tenant_id, source, external_id, customer_id, direction, sent_at, from_address)
           values ($1, 'mail', '<r@c>', $2, 'in', now(), 'ap@c')`,
          [customer],
        ),
    ],
    ['held', /on hold/, ({ customer }, { where }) => aHoldOn(where, customer)],
    [
      'the invoice held',
      /on hold/,
      ({ customer, invoice }, { where }) => aHoldOn(where, customer, { invoice }),
    ],
    ['disputed', /disputed/, ({ customer, invoice }, { where }) => aDispute(where, customer, invoice)],
    [
      'promised',
      /promised/,
      ({ customer, invoice }, { where }) =>
        aPromise(where, customer, {
          payOn: '2026-12-20',
          madeOn: '2026-11-24',
          amount: '1200',
          invoices: [invoice],
        }),
    ],
    [
      'the contact opted out',
      /asked not to be written to/,
      ({ contact }) =>
        own(`update contact set opted_out_on = '2026-11-24' where tenant_id = $1 and email = $2`, [contact]),
    ],
    [
      'mail to the contact came back',
      /came back/,
      ({ contact }) =>
        own(`update contact set bounced_on = '2026-11-24' where tenant_id = $1 and email = $2`, [contact]),
    ],
    [
      'the contact has another address',
      /not a known contact/,
      async ({ contact, customer }, { where }) => {
        await aContact(where, customer);
        await own(`update contact set email = 'new@c.test' where tenant_id = $1 and email = $2`, [contact]);
      },
    ],
    [
      'the approver was switched off',
      /switched off/,
      () => own(`update app_user set active = false where tenant_id = $1 and email = 'collector@remy.test'`),
    ],
    [
      'the approver became a viewer',
      /can look but not decide/,
      () => own(`update app_user set role = 'viewer' where tenant_id = $1 and email = 'collector@remy.test'`),
    ],
    [
      "the approver's limit was lowered",
      /you may approve up to/,
      () =>
        own(
          `update app_user set approval_limit_minor = 100, approval_limit_currency = 'USD' where tenant_id = $1 and email = 'collector@remy.test'`,
        ),
    ],
    [
      "the role's limit was lowered",
      /you may approve up to/,
      (_, { where }) =>
        withPolicy(where, { approval: { limits: { collector: { USD: '1199.99' }, approver: {} } } }),
    ],
    [
      'two approvals are needed now',
      /needs 2 approvals/,
      () => own('update proposal set approvals_needed = 2 where tenant_id = $1'),
    ],
    [
      'the payment instructions changed',
      /company settings .* changed/,
      (_, { where }) => withCompany(where, { paymentInstructions: { default: 'IBAN DE99' } }),
    ],
    [
      'the sender changed',
      /not our address/,
      (_, { where }) => withCompany(where, { fromAddress: 'new@remy.test' }),
    ],
    ['the approval expired', /good until/, async (_, { clock }) => clock.advance(73 * 3600)],
  ];
  test.each(events)('%s between click and sending: blocked', async (_, why, happen) => {
    const { account } = await desk.approved();
    await happen(account, desk);
    await blocked(why);
  });

  test('a newer revision behind the approved one, even of the same content: blocked', async () => {
    const { proposalId } = await withFile();
    await tamper(
      `insert into proposal_revision (tenant_id, proposal_id, revision, content, digest, evidence, made_by, made_by_user,
         model, prompt_version)
       select tenant_id, proposal_id, 2, content, digest, evidence, made_by, made_by_user, model, prompt_version
         from proposal_revision where proposal_id = $1`,
      [proposalId],
    );
    await tamper(
      `insert into proposal_attachment select tenant_id, proposal_id, 2, name, mime, bytes, sha256
         from proposal_attachment where proposal_id = $1`,
      [proposalId],
    );
    await tamper('update proposal set revision = 2 where id = $1', [proposalId]);
    await blocked(/not the newest/);
  });

  test('a person of ours in copy who was switched off is not written to', async () => {
    const account = await anAccount(desk.where);
    await desk.approve(
      await aDraft(desk.where, anEmail(account, { cc: ['controller@remy.test'] }), desk.bot),
    );
    desk.clock.advance(61);
    await own(`update app_user set active = false where tenant_id = $1 and email = 'controller@remy.test'`);
    await blocked(/controller@remy.test is not a known contact/);
  });

  test('a person of ours is never the recipient itself', async () => {
    const account = await anAccount(desk.where);
    const card = await aDraft(desk.where, anEmail(account, { to: ['controller@remy.test'] }), desk.bot);
    await expect(desk.approve(card)).rejects.toThrow(/not a known contact/);
  });

  test('a draft without evidence of what was known does not leave', async () => {
    const { card } = await desk.approved();
    await tamper(`update proposal_revision set evidence = '{}' where proposal_id = $1`, [card.proposalId]);
    await blocked(/not recorded what was known/);
  });

  test('outside contact hours it waits, and leaves when they begin', async () => {
    await withPolicy(desk.where, { contactHours: { from: '08:00', to: '18:00' } });
    const { card } = await desk.draft();
    await desk.approve(card);
    desk.clock.set('2026-11-24T19:30:00Z');
    expect(await desk.sweep()).toMatchObject({
      outcomes: { later: 1 },
      nextAt: new Date('2026-11-25T08:00:00Z'),
    });
    expect(desk.mailbox.calls).toEqual([]);
    desk.clock.set('2026-11-25T08:00:00Z');
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  });

  test('a decision outside contact hours lets it go at their beginning, over a weekend too', async () => {
    await withPolicy(desk.where, {
      contactHours: { from: '08:00', to: '18:00' },
      workingDays: [1, 2, 3, 4, 5],
    });
    desk.clock.set('2026-11-27T19:00:00Z'); // a Friday
    const { card } = await desk.draft();
    await desk.approve(card);
    expect(await desk.sweep()).toMatchObject({ outcomes: {}, nextAt: new Date('2026-11-30T08:00:00Z') });
    desk.clock.set('2026-11-30T08:00:00Z');
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  });

  test('an approval that would end before the next contact hours is void at once', async () => {
    await withPolicy(desk.where, {
      contactHours: { from: '08:00', to: '18:00' },
      approval: { expiresAfterHours: 3 },
    });
    await desk.approve((await desk.draft()).card);
    desk.clock.set('2026-11-24T18:00:30Z');
    await blocked(/good until/);
  });

  test.each([
    ['America/Los_Angeles', 'void'], // still the evening of the day on which they were written to
    ['UTC', 'sent'],
  ])('a day between two emails is a day by the clock of a customer in %s too', async (timezone, outcome) => {
    await withPolicy(desk.where, { minGapDays: 1, justPaidDays: 0 });
    const { customer, ...account } = await anAccount(desk.where);
    await own('update customer set timezone = $3 where tenant_id = $1 and id = $2', [customer, timezone]);
    await own(
      `insert into timeline_event (tenant_id, source, external_id, customer_id, kind, happened_on, happened_at, summary)
       values ($1, 'remy', 'message:1', $2, 'chased', '2026-11-24', '2026-11-24T22:00:00Z', 'Written to')`,
      [customer],
    );
    desk.clock.set('2026-11-25T00:30:00Z');
    const card = await aDraft(desk.where, anEmail({ customer, ...account }), desk.bot, { origin: 'cadence' });
    await desk.approve(card);
    desk.clock.advance(61);
    expect((await desk.sweep()).outcomes).toEqual({ [outcome]: 1 });
    const stops = (await desk.effects())[0]!.receipt!.checks.find((each) => each.check === 'stops')!;
    expect(stops.ok).toBe(outcome === 'sent');
    if (outcome === 'void') expect(stops.detail).toMatch(/last contact was on 2026-11-24/);
  });

  test('an invoice that is not named may change', async () => {
    const { account } = await desk.approved();
    await anInvoice(desk.where, account.customer, { amount: '5' });
    expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
  });
});

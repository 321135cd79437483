import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTemplateWriter } from '../../agents/writer/templates.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import { nextStep } from '../../src/domain/cadence/next-step.ts';
import type { DraftEmailInput } from '../../src/domain/chase/drafting.ts';
import type { EmailContent, EmailEdits, ProposalView } from '../../src/domain/chase/proposals.ts';
import { createDraftEmail } from '../../src/operations/draft-email.ts';
import { createDraftStep } from '../../src/operations/drafting/draft-step.ts';
import { createEditDraft } from '../../src/operations/edit-draft.ts';
import { createReviseDraft } from '../../src/operations/revise-draft.ts';
import type { Context } from '../../src/ports/actor.ts';
import { readChaseFacts } from '../../src/store/chase/facts.ts';
import { readCadence } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aBot, aClock, withCompany, withPolicy } from '../support/draft-builders.ts';
import {
  aContact,
  aContext,
  aCustomer,
  anInvoice,
  aPayment,
  aPromise,
  type In,
} from '../support/ledger-builders.ts';

const TODAY = '2026-11-24';
const clock = aClock(`${TODAY}T15:00:00.000Z`);
const contentOf = (view: ProposalView): EmailContent => view.content as EmailContent;
let database: Database;
let where: In;
let collector: Context;
let customer: number;
let count = 0;
const parts = () => ({ database, clock, writer: createTemplateWriter(), statements: createStatementFiles() });
const draft = async (over: Partial<DraftEmailInput> = {}): Promise<ProposalView> =>
  (await createDraftEmail(parts())({ customerId: customer, cc: [], ...over }, collector)).proposal;
const edit = ({ id, revision, digest }: ProposalView, edits: EmailEdits, by = collector) =>
  createEditDraft(parts())({ proposalId: id, revision, digest, edits }, by);

beforeAll(async () => {
  database = await testDatabase();
  where = { database, tenantId: await aTenant(database) };
  collector = await aContext(where, { email: 'col@remy.test', today: TODAY, thread: 'chat' });
});
afterAll(() => database.close());
beforeEach(async () => {
  count++;
  customer = await aCustomer(where, { name: 'Northwind Traders', owner: 'rep@remy.test', country: 'US' });
  await aContact(where, customer, {
    name: 'Ana Pay',
    email: `ap${count}@nw.test`,
    role: 'AP',
    primary: true,
  });
  await aContact(where, customer, { name: 'Cleo Fin', email: `cleo${count}@nw.test`, role: 'Controller' });
  await anInvoice(where, customer, {
    number: `INV-${1000 + count}`,
    amount: '1200',
    dueOn: '2026-10-31',
    poNumber: 'PO-9',
  });
});

describe('before the company settings are there', () => {
  test('nothing is drafted, and the refusal names the command', async () => {
    await expect(draft()).rejects.toThrow('npx remy settings set');
  });
});

describe('a draft and what a person does to it', () => {
  beforeAll(async () => {
    await withCompany(where, {
      paymentInstructions: { default: 'By transfer: IBAN DE02 1203 0000 0000 2020 51' },
      paymentLink: 'https://pay.remy.test/{customer}?i={invoice}',
    });
    await withPolicy(where);
  });

  test('the text as typed is the next revision, made by who typed it, without a flag where it says nothing new', async () => {
    const before = await draft();
    const other = await aContext(where, { email: 'second@remy.test', role: 'approver', today: TODAY });
    const body = contentOf(before).body.replace('Regards,', 'Thank you for looking into this.\n\nRegards,');
    const after = await edit(before, { body }, other);
    expect(after).toMatchObject({ id: before.id, revision: 2, madeBy: 'second@remy.test', riskFlags: [] });
    expect(contentOf(after).body).toBe(body);
    expect(after.digest).not.toBe(before.digest);
  });

  test('a figure, a link or an account that nobody knows makes it need a second person', async () => {
    const before = await draft();
    const { body } = contentOf(before);
    const figure = await edit(before, { body: body.replace('1,200.00', '900.00') });
    expect(figure.riskFlags).toContain('figure_not_in_ledger');
    expect(figure).toMatchObject({ mayDecide: false, whyNot: expect.stringContaining('another person') });
    const link = await edit(figure, { body: `${body}\nPay here: https://evil.test/x` });
    expect(link.riskFlags).toEqual(['unknown_link']);
    const bank = await edit(link, { body: `${body}\nNew IBAN: DE89 3704 0044 0532 0130 00` });
    expect(bank.riskFlags).toContain('unknown_bank_details');
    const still = await edit(bank, { subject: 'About your account' });
    expect(still.riskFlags).toContain('unknown_bank_details');
    const clean = await edit(still, { body });
    expect(clean.riskFlags).toEqual([]);
  });

  test('recipients are known contacts or colleagues; anybody else is refused by name', async () => {
    const before = await draft();
    await expect(edit(before, { to: ['boss@evil.test'] })).rejects.toThrow(
      /boss@evil .test is not a known contact/,
    );
    await expect(edit(before, { to: ['col@remy.test'] })).rejects.toThrow('not a known contact');
    const after = await edit(before, {
      to: [`cleo${count}@nw.test`],
      cc: ['col@remy.test', 'rep@remy.test'],
    });
    expect(contentOf(after)).toMatchObject({
      to: [`cleo${count}@nw.test`],
      cc: ['col@remy.test', 'rep@remy.test'],
    });
  });

  test('an edit that changes nothing makes nobody the one who wrote it', async () => {
    const before = await draft();
    await expect(edit(before, { subject: contentOf(before).subject })).rejects.toThrow('Nothing was changed');
  });

  test('an edit of what is no longer the newest revision saves nothing', async () => {
    const before = await draft();
    await edit(before, { subject: 'First' });
    await expect(edit(before, { subject: 'Second' })).rejects.toThrow('changed since you opened it');
  });

  test('an edit after money came in is refused, since its figures are overtaken', async () => {
    const before = await draft();
    await database.pool.query('update invoice set open_minor = 100 where customer_id = $1', [customer]);
    await expect(edit(before, { subject: 'Anything' })).rejects.toThrow('The ledger has changed');
  });

  test('the letter has the link of its one invoice, the reply of nobody, and the sender of the settings', async () => {
    const content = contentOf(await draft());
    expect(content.body).toContain(`?i=INV-${1000 + count}`);
    expect(content).toMatchObject({
      from: 'Receivables <ar@remy.test>',
      inReplyTo: null,
      references: [],
      bcc: [],
    });
    await anInvoice(where, customer, { number: `INV-${9000 + count}`, amount: '5', dueOn: '2026-10-30' });
    expect(contentOf(await draft()).body).not.toContain('https://');
  });

  test('opted out, bounced and held accounts are refused with what to do instead', async () => {
    const set = (column: string, value: string | null) =>
      database.pool.query(`update contact set ${column} = $2 where customer_id = $1`, [customer, value]);
    await set('opted_out_on', '2026-11-01');
    await expect(draft()).rejects.toThrow(/opted out.*Call them/);
    await set('opted_out_on', null);
    await set('bounced_on', '2026-11-01');
    await expect(draft()).rejects.toThrow(/came back.*Correct the address/);
    await set('bounced_on', null);
    await database.pool.query(
      `insert into hold (tenant_id, customer_id, reason, placed_by, from_on) values ($1, $2, 'legal', 'x', '2026-11-01')`,
      [where.tenantId, customer],
    );
    await expect(draft()).rejects.toThrow(/on hold until lifted: legal/);
  });

  test('what the cadence would hold back is a caution to the person who asks', async () => {
    await aPayment(where, { customer, amount: '10', receivedOn: '2026-11-23' });
    const { cautions } = await draft();
    expect(cautions).toContain('Paid on 2026-11-23; more may follow.');
  });

  test('copies by role and by name are looked up, and an unknown role lists who is known', async () => {
    const both = [`cleo${count}@nw.test`, 'rep@remy.test'];
    expect(contentOf(await draft({ cc: ['controller', 'owner'], letter: 'overdue' })).cc).toEqual(both);
    expect(contentOf(await draft({ cc: ['Cleo'], letter: 'overdue' })).cc).toEqual(both.slice(0, 1));
    await expect(draft({ cc: ['treasurer'] })).rejects.toThrow(
      /no contact whose role is "treasurer"; known are: ap/,
    );
    const revise = createReviseDraft(parts());
    const none = { addCc: [], removeCc: [], addInvoices: [], removeInvoices: [] };
    const made = await draft({ cc: ['controller'], letter: 'overdue' });
    const { proposal } = await revise({ ...none, proposalId: made.id, removeCc: ['controller'] }, collector);
    expect(contentOf(proposal).cc).toEqual([]);
    await expect(revise({ ...none, proposalId: made.id, removeCc: ['owner'] }, collector)).rejects.toThrow(
      'not in copy',
    );
  });

  test('letters that would not be true are refused: no broken promise, no payment, nothing past due', async () => {
    await expect(draft({ letter: 'broken_promise' })).rejects.toThrow('broke no promise');
    await expect(draft({ letter: 'thank_you' })).rejects.toThrow('No payment of Northwind Traders');
    await anInvoice(where, customer, { number: `LATER-${count}`, dueOn: '2026-12-10' });
    await expect(draft({ letter: 'final_notice', invoices: [`LATER-${count}`] })).rejects.toThrow(
      'Ask for a reminder',
    );
    expect(contentOf(await draft({ invoices: [`LATER-${count}`] })).letter).toBe('reminder');
  });

  test('a broken promise is named with its amount and day, a payment is thanked for', async () => {
    await aPromise(where, customer, {
      amount: '800',
      madeOn: '2026-11-01',
      payOn: '2026-11-10',
      method: 'card',
    });
    const broken = contentOf(await draft({ letter: 'broken_promise' }));
    expect(broken.body).toMatch(/800\.00 USD.*10 November 2026/);
    await aPayment(where, { customer, amount: '300.50', receivedOn: '2026-11-20' });
    const thanks = contentOf(await draft({ letter: 'thank_you' }));
    expect(thanks.body).toContain('300.50 USD, which reached us on 20 November 2026');
    expect(thanks).toMatchObject({ invoices: [], totalAmount: '0.00' });
  });

  test('only the invoices of a month, by due or issue day', async () => {
    await anInvoice(where, customer, { number: `JUN-${count}`, issuedOn: '2026-06-02', dueOn: '2026-07-02' });
    const content = contentOf(await draft({ dueMonth: '2026-06' }));
    expect(content.invoices.map((each) => each.number)).toEqual([`JUN-${count}`]);
    await expect(draft({ dueMonth: '2026-01' })).rejects.toThrow(
      'no open invoice in USD issued or due in 2026-01',
    );
  });

  test('the last draft of one conversation is not that of another, nor of another person', async () => {
    await draft();
    const revise = createReviseDraft(parts());
    const none = { addCc: [], removeCc: [], addInvoices: [], removeInvoices: [], firmer: 1 };
    await expect(revise(none, { ...collector, thread: 'elsewhere' })).rejects.toThrow(
      'no waiting draft in this conversation',
    );
    const other = await aContext(where, { today: TODAY, thread: 'chat' });
    await expect(revise(none, other)).rejects.toThrow('no waiting draft in this conversation');
  });

  test('the cadence drafts the same letter as Remy itself, and not twice', async () => {
    const bot = await aBot(where);
    const context = { actor: bot, thread: 'cadence', today: TODAY };
    const due = await inTenant(database.pool, where.tenantId, async (sql) => {
      const [facts] = await readChaseFacts(sql, { today: TODAY, customerIds: [customer], owner: null });
      const decision = nextStep(facts!, (await readCadence(sql)).policy, TODAY);
      if (decision.act !== 'chase') throw new Error(JSON.stringify(decision.reasons));
      return { ...decision, facts: facts! };
    });
    const step = createDraftStep(parts());
    const id = await step(due, context);
    const by = await database.pool.query(
      'select p.origin, p.made_by, p.thread, r.content from proposal p join proposal_revision r on r.proposal_id = p.id where p.id = $1',
      [id],
    );
    expect(by.rows[0]).toMatchObject({ origin: 'cadence', made_by: bot.email, thread: null });
    expect(by.rows[0].content).toMatchObject({
      stepId: due.step.id,
      letter: due.step.letter,
      tone: due.step.tone,
    });
    await expect(step(due, context)).rejects.toThrow('Somebody else drafted');
  });
});

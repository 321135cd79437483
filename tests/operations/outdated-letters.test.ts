/** What a letter says of the sender, of paying and of days: true when it was written, and true when it leaves. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTemplateWriter } from '../../agents/writer/templates.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import type { DraftEmailInput } from '../../src/domain/chase/drafting.ts';
import type { EmailContent, EmailEdits } from '../../src/domain/chase/proposals.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { createDraftEmail } from '../../src/operations/draft-email.ts';
import { createEditDraft } from '../../src/operations/edit-draft.ts';
import { createListProposals } from '../../src/operations/list-proposals.ts';
import { createRefreshProposals } from '../../src/operations/proposals/refresh.ts';
import { createRecordMessage } from '../../src/operations/record-message.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk, type Desk } from '../support/chase-desk.ts';
import { testDatabase } from '../support/database.ts';
import {
  type Account,
  anAccount,
  asks,
  type Card,
  cardOf,
  withCompany,
  withPolicy,
} from '../support/draft-builders.ts';
import { anInvoice } from '../support/ledger-builders.ts';

const OLD = 'By transfer: IBAN DE02 1203 0000 0000 2020 51';
const NEW = 'By transfer: IBAN DE02 5001 0517 0137 0750 30';

describe('a letter that is not true any more', () => {
  let database: Database;
  let desk: Desk;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    desk = await aDesk(database);
    await withCompany(desk.where, { paymentInstructions: { default: OLD } });
  });

  const at = (day: string, time = '15:00:00') => desk.clock.set(`${day}T${time}.000Z`);
  const me = () => asks(desk.collector, desk.clock.today());
  const parts = (writer = createTemplateWriter()) => ({
    ...{ database, clock: desk.clock, writer, statements: createStatementFiles() },
  });
  const draft = async (
    account: Account,
    over: Partial<DraftEmailInput> = {},
    writer?: ReturnType<typeof createTemplateWriter>,
  ) => {
    const made = await createDraftEmail(parts(writer))(
      { customerId: account.customer, cc: [], ...over },
      me(),
    );
    return cardOf(desk.where, made.proposal.id);
  };
  const edit = async (card: Card, edits: EmailEdits) => {
    await createEditDraft(parts())({ ...card, edits }, me());
    return cardOf(desk.where, card.proposalId);
  };
  const decide = (card: Card, more: { kind: 'approve' } | { kind: 'snooze'; untilOn: string }) =>
    createDecide(database, desk.clock)({ ...card, ...more }, me(), 'test');
  const approve = (card: Card) => decide(card, { kind: 'approve' });
  const refresh = () => createRefreshProposals(database, desk.clock)(desk.where.tenantId);
  const contentOf = async (card: Card): Promise<EmailContent> => {
    const list = createListProposals(database, desk.clock);
    const { proposals } = await list({ state: 'waiting', limit: 20, proposalId: card.proposalId }, me());
    return proposals[0]!.content as EmailContent;
  };
  const greeting = { subject: 'About your account' };

  describe('about the sender and how to pay', () => {
    const change = () => withCompany(desk.where, { paymentInstructions: { default: NEW } });
    const why = /company settings .* changed/;

    test('waits no longer once the settings changed', async () => {
      const card = await draft(await anAccount(desk.where));
      await change();
      expect(await refresh()).toMatchObject({ stale: 1 });
      expect(await desk.state(card)).toEqual({ state: 'stale', state_reason: expect.stringMatching(why) });
    });

    test('is not approved after them, also where nobody looked in between', async () => {
      const card = await draft(await anAccount(desk.where));
      await change();
      const answer = await approve(card);
      expect(answer).toMatchObject({ applied: false, message: expect.stringMatching(why) });
      expect(answer.message).toMatch(/Draft it again/);
      expect(await desk.effects()).toEqual([]);
    });

    test('does not leave after them', async () => {
      await approve(await draft(await anAccount(desk.where)));
      await change();
      desk.clock.advance(61);
      expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
      expect((await desk.effects())[0]!.error).toMatch(why);
      expect(desk.mailbox.calls).toEqual([]);
    });

    test('cannot be edited by hand into a new one: it is to be written anew', async () => {
      const card = await draft(await anAccount(desk.where));
      await change();
      await expect(edit(card, greeting)).rejects.toThrow(/settings .* changed.* Have it written anew/);
    });

    test('keeps the settings it was written with through edits and pauses', async () => {
      const edited = await edit(await draft(await anAccount(desk.where)), greeting);
      await decide(edited, { kind: 'snooze', untilOn: '2026-11-26' });
      at('2026-11-26');
      expect(await refresh()).toMatchObject({ woken: 1 });
      const card = await cardOf(desk.where, edited.proposalId);
      expect(card.revision).toBe(3);
      await change();
      expect(await approve(card)).toMatchObject({ applied: false, message: expect.stringMatching(why) });
    });

    test('is found too where they changed while it was being written', async () => {
      const templates = createTemplateWriter();
      const slow = {
        write: async (...given: Parameters<typeof templates.write>) => {
          await change();
          return templates.write(...given);
        },
      };
      const card = await draft(await anAccount(desk.where), {}, slow as typeof templates);
      expect((await approve(card)).message).toMatch(why);
    });

    test('is true still where nothing changed, after an edit too', async () => {
      await approve(await edit(await draft(await anAccount(desk.where)), greeting));
      desk.clock.advance(61);
      expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
    });
  });

  describe('about days', () => {
    const why = /written for 2026-11-24, and what it says of days is not true any more/;

    test('a chase put off for long is not brought back as it was: it says why, and is drafted again', async () => {
      const card = await draft(await anAccount(desk.where));
      const put = await decide(card, { kind: 'snooze', untilOn: '2026-12-28' });
      expect(put.message).toMatch(/Put off until 2026-12-28\..* drafted again/);
      at('2026-12-10');
      expect(await refresh()).toEqual({ stale: 0, expired: 0, woken: 0 });
      at('2026-12-28');
      expect(await refresh()).toEqual({ stale: 1, expired: 0, woken: 0 });
      expect(await desk.state(card)).toEqual({ state: 'stale', state_reason: expect.stringMatching(why) });
    });

    test('a chase is good for three days, over a weekend, and for no fourth', async () => {
      at('2026-11-27');
      const [first, second] = [
        await draft(await anAccount(desk.where)),
        await draft(await anAccount(desk.where)),
      ];
      at('2026-11-30', '09:00:00');
      expect(await approve(first)).toMatchObject({ applied: true });
      desk.clock.advance(61);
      expect((await desk.sweep()).outcomes).toEqual({ sent: 1 });
      await database.pool.query(`update proposal set expires_at = '2026-12-24' where id = $1`, [
        second.proposalId,
      ]);
      at('2026-12-01', '09:00:00');
      expect(await approve(second)).toMatchObject({
        applied: false,
        message: expect.stringMatching(/Draft it again/),
      });
      expect(await desk.state(second)).toMatchObject({ state: 'stale' });
    });

    test('one that was approved and then delayed does not leave on the fourth day', async () => {
      await approve(await draft(await anAccount(desk.where)));
      await database.pool.query(`update effect set expires_at = '2026-12-24' where tenant_id = $1`, [
        desk.where.tenantId,
      ]);
      at('2026-11-28');
      expect((await desk.sweep()).outcomes).toEqual({ void: 1 });
      expect((await desk.effects())[0]!.error).toMatch(why);
    });

    test('an approval says so at once where it would leave too late for its days', async () => {
      const card = await draft(await anAccount(desk.where));
      await withPolicy(desk.where, { workingDays: [1] });
      at('2026-11-25');
      expect(await approve(card)).toMatchObject({
        applied: false,
        message: expect.stringMatching(/not leave before 2026-11-30.*Draft it again then/),
      });
      expect(await desk.state(card)).toMatchObject({ state: 'pending' });
    });

    test('an edit by hand makes its days no younger', async () => {
      const card = await draft(await anAccount(desk.where));
      at('2026-11-27');
      const edited = await edit(card, greeting);
      at('2026-11-28');
      await expect(edit(edited, { subject: 'Again' })).rejects.toThrow(/of days .* Have it written anew/);
      expect((await approve(edited)).message).toMatch(why);
    });

    test('a reminder before the due day is none after it', async () => {
      const account = await anAccount(desk.where);
      await anInvoice(desk.where, account.customer, {
        number: `SOON-${account.customer}`,
        dueOn: '2026-11-25',
        currency: 'USD',
      });
      const card = await draft(account, { invoices: [`SOON-${account.customer}`], letter: 'reminder' });
      at('2026-11-25');
      expect(await refresh()).toMatchObject({ stale: 0 });
      at('2026-11-26');
      expect(await refresh()).toMatchObject({ stale: 1 });
      expect((await desk.state(card)).state_reason).toMatch(/SOON-\d+ as not yet overdue/);
    });

    test('a statement of account is good for two weeks', async () => {
      const card = await draft(await anAccount(desk.where), { letter: 'statement' });
      await decide(card, { kind: 'snooze', untilOn: '2026-12-08' });
      at('2026-12-08');
      expect(await refresh()).toMatchObject({ woken: 1 });
      at('2026-12-09');
      expect(await refresh()).toMatchObject({ stale: 1 });
    });
  });

  describe('under a subject that others wrote', () => {
    const writes = ({ customer, contact }: Account, subject: string) =>
      createRecordMessage(database)(
        {
          ...{
            customerId: customer,
            messageId: `<in-${customer}@customer.test>`,
            direction: 'in' as const,
            subject,
          },
          ...{ from: contact, to: ['ar@remy.test'], sentAt: '2026-11-20T10:00:00Z', body: 'Hello' },
        },
        asks(desk.controller),
      );

    test.each([
      'New bank details: please pay to DE89 3704 0044 0532 0130 00',
      'A discount of 2% for whoever pays today',
      'We moved to a new bank account',
      'Our lawyers will sue you',
    ])('%s: it stays in the conversation, under our own', async (subject) => {
      const account = await anAccount(desk.where);
      await writes(account, subject);
      const card = await draft(account);
      const content = await contentOf(card);
      expect(content.inReplyTo).toBe(`<in-${account.customer}@customer.test>`);
      expect(content.references).toContain(`<in-${account.customer}@customer.test>`);
      expect(content.subject).toContain(account.number);
      expect(content.subject).not.toMatch(/^Re:|DE89|discount|bank|lawyers/);
    });

    test('a harmless one is answered as it is', async () => {
      const account = await anAccount(desk.where);
      await writes(account, `Question about ${account.number}`);
      expect((await contentOf(await draft(account))).subject).toBe(`Re: Question about ${account.number}`);
    });

    test('one that a hand gave keeps its flag when the text is edited after it', async () => {
      const account = await anAccount(desk.where);
      const named = await edit(await draft(account), { subject: 'Pay to DE89 3704 0044 0532 0130 00' });
      const { body } = await contentOf(named);
      const again = await edit(named, { body: `${body}\nThank you.` });
      const { rows } = await database.pool.query('select risk_flags from proposal where id = $1', [
        again.proposalId,
      ]);
      expect(rows[0].risk_flags).toContain('unknown_bank_details');
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTemplateWriter } from '../../agents/writer/templates.ts';
import { generateDemoCompany } from '../../demo/company.ts';
import { demoSettings } from '../../demo/settings.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import type { DraftEmailInput, DraftEmailOutput, ReviseDraftInput } from '../../src/domain/chase/drafting.ts';
import { draftEmailOutput, draftManyOutput } from '../../src/domain/chase/drafting.ts';
import type { EmailContent } from '../../src/domain/chase/proposals.ts';
import { createDraftEmail } from '../../src/operations/draft-email.ts';
import { createDraftMany } from '../../src/operations/draft-many.ts';
import { createReviseDraft } from '../../src/operations/revise-draft.ts';
import type { Actor, Context } from '../../src/ports/actor.ts';
import { bytesDigest } from '../../src/store/digest.ts';
import { addPolicyVersion } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { readAttachments } from '../../src/store/proposals/stored.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { type DemoTenant, loadedDemo } from '../support/demo-tenant.ts';
import { aClock } from '../support/draft-builders.ts';

const TODAY = '2026-08-20';
const clock = aClock(`${TODAY}T14:00:00.000Z`);
const emailOf = (output: DraftEmailOutput): EmailContent => output.proposal.content as EmailContent;

describe('drafting to the customers of the demo company', () => {
  let database: Database;
  let demo: DemoTenant;
  let dana: Actor;
  const parts = () => ({
    database,
    clock,
    writer: createTemplateWriter(),
    statements: createStatementFiles(),
  });
  const as = (actor: Actor, thread = 'chat-1'): Context => ({ actor, thread, today: TODAY });
  const draft = async (input: Partial<DraftEmailInput> & { customerId: number }, context = as(dana)) =>
    draftEmailOutput.parse(await createDraftEmail(parts())({ cc: [], ...input }, context));
  const revise = async (input: Partial<ReviseDraftInput>, context = as(dana)) =>
    draftEmailOutput.parse(
      await createReviseDraft(parts())(
        { addCc: [], removeCc: [], addInvoices: [], removeInvoices: [], ...input },
        context,
      ),
    );
  const query = <Row extends z.ZodType>(row: Row, text: string, values: unknown[] = []) =>
    inTenant(database.pool, demo.tenantId, (sql) => sql.many(row, text, values));
  const idOf = async (name: string): Promise<number> =>
    (
      await query(
        z.object({ id: z.coerce.number() }),
        'select id from customer where name ilike $1 order by id',
        [`${name}%`],
      )
    )[0]!.id;

  beforeAll(async () => {
    database = await testDatabase();
    demo = await loadedDemo(database, generateDemoCompany({ seed: 7, today: TODAY }), clock);
    dana = await demo.user('dana.kim@demo.example');
    await inTenant(database.pool, demo.tenantId, (sql) =>
      addPolicyVersion(sql, { kind: 'company', data: demoSettings, madeBy: 'test', proposalId: null }),
    );
  });
  afterAll(() => database.close());

  /** A customer of this segment with overdue invoices, a finance director, and nothing that stops it. */
  const chaseable = async (): Promise<number> => {
    const rows = await query(
      z.object({ id: z.coerce.number() }),
      `select c.id from customer c
        where exists (select from contact k where k.customer_id = c.id and k.role = 'Finance director')
          and not exists (select from dispute d where d.customer_id = c.id and d.resolved_on is null)
          and not exists (select from promise p where p.customer_id = c.id and p.withdrawn_on is null)
          and not exists (select from hold h where h.customer_id = c.id)
          and not exists (select from payment p where p.customer_id = c.id and p.unapplied_minor > 0)
          and (select count(*) from invoice i where i.customer_id = c.id and i.status = 'open' and i.due_on < $1
            and i.po_number is not null) >= 2
        order by c.id`,
      [TODAY],
    );
    for (const { id } of rows)
      if (
        await draft({ customerId: id }, as(dana, 'probe')).then(
          () => true,
          () => false,
        )
      )
        return id;
    throw new Error('the demo company has no such customer');
  };

  test('a draft is made firmer, copied to their controller, shortened with the PO, and put into German', async () => {
    const customerId = await chaseable();
    const first = await draft({ customerId, tone: 'friendly' });
    const email = emailOf(first);
    expect(first.proposal).toMatchObject({
      state: 'pending',
      revision: 1,
      origin: 'chat',
      model: 'templates',
    });
    expect(email.tone).toBe('friendly');
    expect(email.from).toBe('Remy Demo Receivables <receivables@demo.example>');
    expect(email.listUnsubscribe).toBe('unsubscribe@demo.example');
    for (const { number } of email.invoices) expect(email.body).toContain(number);
    expect(email.body).toContain('account');

    const firmer = await revise({ firmer: 1, wish: 'firmer' });
    expect(firmer.proposal).toMatchObject({ id: first.proposal.id, revision: 2 });
    expect(emailOf(firmer).tone).toBe('neutral');
    expect(emailOf(firmer).body).not.toBe(email.body);

    const copied = await revise({ addCc: ['controller'], wish: 'and cc their controller' });
    const [director] = await query(
      z.object({ email: z.string() }),
      `select email from contact where customer_id = $1 and role = 'Finance director'`,
      [customerId],
    );
    expect(emailOf(copied).cc).toContain(director!.email);
    expect(emailOf(copied).tone).toBe('neutral');

    const short = await revise({
      shorter: true,
      mentionPo: true,
      wish: 'make it shorter, mention the PO number',
    });
    expect(emailOf(short).body.length).toBeLessThan(emailOf(copied).body.length);
    expect(emailOf(short).body).toMatch(/PO-?\d/);
    expect(emailOf(short).cc).toContain(director!.email);

    const german = await revise({ language: 'de', wish: 'german pls' });
    expect(emailOf(german)).toMatchObject({ language: 'de', cc: emailOf(short).cc, tone: 'neutral' });
    expect(emailOf(german).body).toContain('Mit freundlichen Grüßen');
    expect(emailOf(german).body).toMatch(/PO-?\d/);
    expect(german.proposal.revision).toBe(5);
    expect(german.proposal.riskFlags).toEqual([]);

    const stored = await query(
      z.object({ instruction: z.string().nullable(), made_by: z.string() }),
      'select instruction, made_by from proposal_revision where proposal_id = $1 order by revision',
      [first.proposal.id],
    );
    expect(stored.map((row) => row.instruction)).toEqual([
      null,
      'firmer',
      'and cc their controller',
      'make it shorter, mention the PO number',
      'german pls',
    ]);
    expect(new Set(stored.map((row) => row.made_by))).toEqual(new Set([dana.email]));
  });

  test('a second draft to the same customer takes the place of the first and says so', async () => {
    const customerId = await chaseable();
    const first = await draft({ customerId });
    const second = await draft({ customerId, tone: 'firm' });
    expect(second.proposal.cautions).toContain(`Draft ${first.proposal.id} to them is replaced by this one.`);
    const [old] = await query(
      z.object({ state: z.string(), replaced_by: z.coerce.number() }),
      'select state, replaced_by from proposal where id = $1',
      [first.proposal.id],
    );
    expect(old).toEqual({ state: 'replaced', replaced_by: second.proposal.id });
    await expect(revise({ proposalId: first.proposal.id, firmer: 1 })).rejects.toThrow('is replaced');
  });

  test('it goes into the thread of the last message with the customer', async () => {
    const rows = await query(
      z.object({ customer_id: z.coerce.number(), external_id: z.string(), subject: z.string() }),
      `select distinct on (customer_id) customer_id, external_id, subject from message
        where customer_id is not null order by customer_id, sent_at desc, id desc`,
    );
    let answered = 0;
    for (const { customer_id: customerId, external_id, subject } of rows.slice(0, 12)) {
      const made = await draft({ customerId, letter: 'statement' }, as(dana, 'threads')).catch(() => null);
      if (!made) continue;
      const email = emailOf(made);
      if (email.inReplyTo === null) continue; // weeks old, about other invoices, or a machine's
      answered++;
      expect(email.inReplyTo).toBe(external_id);
      expect(email.references.at(-1)).toBe(external_id);
      expect(email.subject).toMatch(/^Re: /);
      expect(email.subject).toContain(subject.replace(/^(Re|AW|RE): /, '').slice(0, 20));
    }
    expect(answered).toBeGreaterThan(0);
  });

  test('a statement goes along as a PDF whose digest is that of the stored bytes', async () => {
    const customerId = await chaseable();
    const { proposal } = await draft({ customerId, letter: 'statement' });
    const email = proposal.content as EmailContent;
    expect(email.attachments).toHaveLength(1);
    const [file] = email.attachments;
    expect(file).toMatchObject({ mime: 'application/pdf' });
    const bytes = await inTenant(database.pool, demo.tenantId, (sql) => readAttachments(sql, proposal.id, 1));
    expect(bytesDigest(bytes.get(file!.name)!)).toBe(file!.sha256);
    expect(bytes.get(file!.name)!.length).toBe(file!.size);
    expect(email.body).toContain(file!.name);
    const csv = await revise({ proposalId: proposal.id, attach: 'statement_csv' });
    expect(emailOf(csv).attachments[0]?.mime).toBe('text/csv');
  });

  test('disputed invoices are left out, each with the reason', async () => {
    const disputed = await query(
      z.object({ customer_id: z.coerce.number(), number: z.string() }),
      `select d.customer_id, i.number from dispute d join invoice i on i.id = d.invoice_id
        where d.resolved_on is null and i.status = 'open' and i.due_on < $1`,
      [TODAY],
    );
    let seen = 0;
    for (const { customer_id: customerId, number } of disputed) {
      const made = await draft({ customerId }, as(dana, 'disputes')).catch(() => null);
      if (!made) continue;
      seen++;
      expect(made.leftOut.map((each) => each.number)).toContain(number);
      expect(emailOf(made).invoices.map((each) => each.number)).not.toContain(number);
      expect(emailOf(made).body).not.toContain(number);
    }
    expect(seen).toBeGreaterThan(0);
    expect(disputed.length).toBeGreaterThan(2);
  });

  test('nobody is chased for what is promised, and the refusal says until when', async () => {
    const [promised] = await query(
      z.object({ customer_id: z.coerce.number(), number: z.string() }),
      `select p.customer_id, i.number from promise_state($1::date) s join promise p on p.id = s.promise_id
         join promise_invoice x on x.promise_id = p.id join invoice i on i.id = x.invoice_id
        where s.state = 'open' and i.status = 'open' and p.customer_id not in (select customer_id from hold)
        order by p.id`,
      [TODAY],
    );
    await expect(draft({ customerId: promised!.customer_id, invoices: [promised!.number] })).rejects.toThrow(
      /promised .* by 2026-.*Wait for the promised day/,
    );
  });

  test('many are drafted at once, and whoever is not is listed with the reason', async () => {
    const ruth = await demo.user('ruth.adler@demo.example');
    const output = draftManyOutput.parse(
      await createDraftMany(parts())({ minDaysOverdue: 30, exceptCustomerIds: [] }, as(ruth, 'many')),
    );
    expect(output.made.total).toBeGreaterThan(3);
    expect(output.notChasedCount).toBeGreaterThan(3);
    expect(output.notChased.every((each) => each.reasons.length > 0)).toBe(true);
    for (const { content } of output.made.proposals)
      expect((content as EmailContent).stepId).toBe('asked for many at once');
    const again = await createDraftMany(parts())(
      { minDaysOverdue: 30, exceptCustomerIds: [] },
      as(ruth, 'many'),
    );
    expect(again.made.total).toBe(0);
  });

  test('a customer is written to in its own language', async () => {
    const rows = await query(
      z.object({ id: z.coerce.number(), language: z.string() }),
      `select id, language from customer where language in ('de', 'fr', 'es', 'ja') order by id`,
    );
    const languages = new Map<string, string>();
    for (const { id, language } of rows) {
      if (languages.has(language)) continue;
      const made = await draft({ customerId: id, letter: 'statement' }, as(dana, 'tongues')).catch(
        () => null,
      );
      if (made) languages.set(language, emailOf(made).language);
    }
    expect(Object.fromEntries(languages)).toEqual({ de: 'de', fr: 'fr', es: 'es', ja: 'en' });
  });

  test('sales can look but not draft', async () => {
    const maria = await demo.user('maria.lopez@demo.example');
    await expect(draft({ customerId: await idOf('Acme') }, as(maria))).rejects.toThrow('viewer');
  });
});

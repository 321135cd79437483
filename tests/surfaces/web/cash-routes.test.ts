import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentDeskOutput } from '../../../src/domain/cash/answers.ts';
import type { ProposalView } from '../../../src/domain/chase/proposals.ts';
import type { Database } from '../../../src/store/pool.ts';
import { BANK_CSV } from '../../support/cash-counter.ts';
import { testDatabase } from '../../support/database.ts';
import { aPayment } from '../../support/ledger-builders.ts';
import { type CashConsole, cashConsole } from './cash-console.ts';
import type { Reply } from './http.ts';

type Body = {
  proposal: ProposalView;
  applied: boolean;
  message: string;
  error: { code: string; message: string };
};
const bodyOf = (reply: Reply): Body => reply.json() as Body;

describe('the routes of the cash page', { timeout: 90_000 }, () => {
  let database: Database;
  let console_: CashConsole;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    console_ = await cashConsole(database);
  });
  afterEach(() => console_.close());

  const upload = (csv: string, query: string, headers: Record<string, string> = {}, as?: string) =>
    console_.post(`cash/bank?name=bank.csv&${query}`, csv, as, {
      'Content-Type': 'application/octet-stream',
      ...headers,
    });
  const taken = async () => {
    expect((await upload(BANK_CSV, 'dryRun=false')).status).toBe(200);
  };
  const payment = (amount: string) => console_.counter.payment(amount);
  const approve = ({ id, revision, digest }: ProposalView, as?: string) =>
    console_.post(`proposals/${id}/decide`, { kind: 'approve', revision, digest }, as);

  test('a bank file is looked at first, with its columns; taken in, its payments wait', async () => {
    const looked = (await upload(BANK_CSV, 'dryRun=true')).json() as {
      csvMap: { confirmed: boolean; map: { columns: object } };
      errorCount: number;
    };
    expect(looked).toMatchObject({
      dryRun: true,
      errorCount: 0,
      csvMap: { confirmed: false, map: { columns: { bookedOn: 'Date', payerName: 'Payer' } } },
    });
    expect((await console_.get('cash/payments')).json()).toMatchObject({ total: 0 });
    const map = encodeURIComponent(JSON.stringify(looked.csvMap.map));
    expect((await upload(BANK_CSV, `dryRun=false&map=${map}`)).status).toBe(200);
    expect((await console_.get('cash/payments')).json()).toMatchObject({
      total: 4,
      totals: [
        { currency: 'USD', amount: '59187.50', count: 3 },
        { currency: 'EUR', amount: '800.00', count: 1 },
      ],
    });
    const again = (await upload(BANK_CSV, 'dryRun=true')).json();
    expect(again).toMatchObject({ csvMap: { confirmed: true } });
  });

  test('the list is filtered by currency, text, amount and age', async () => {
    await taken();
    const total = async (query: string) =>
      ((await console_.get(`cash/payments?${query}`)).json() as { total: number }).total;
    expect(await total('currency=EUR')).toBe(1);
    expect(await total('text=holdings')).toBe(1);
    expect(await total('text=9,975.00')).toBe(1);
    expect(await total('receivedTo=2026-11-20')).toBe(2);
    expect(await total('receivedTo=2026-11-01')).toBe(0);
    expect((await console_.get('cash/payments?state=gone')).status).toBe(400);
  });

  test('a file that is no bank file is an answer with its reason; a body that is no file is refused', async () => {
    const refused = (await upload('PK\u0003\u0004', 'dryRun=true')).json();
    expect(refused).toMatchObject({ statements: [], errorCount: 1, errors: [{ line: null }] });
    const form = await console_.post('cash/bank?name=a&dryRun=true', '{}');
    expect([form.status, bodyOf(form).error.message]).toEqual([
      400,
      'Send the file itself, with Content-Type: application/octet-stream.',
    ]);
    expect((await upload(BANK_CSV, 'dryRun=true&map=%7B%7D')).status).toBe(400);
  });

  test('a file above the limit says where it can be read', async () => {
    const large = await upload('x'.repeat(26 * 1024 * 1024), 'dryRun=true');
    expect(large.status).toBe(413);
    expect(bodyOf(large).error.message).toBe(
      'The file is larger than 25 MB. Read it with: npx remy bank FILE',
    );
  });

  test('what changes money comes from the own page alone, as a user who may', async () => {
    await taken();
    const { id } = await payment('48212.50');
    const foreign = { 'Sec-Fetch-Site': 'cross-site' };
    for (const path of ['cash/match', `cash/payments/${id}/propose`, 'cash/payers/forget'])
      expect((await console_.post(path, {}, undefined, foreign)).status, path).toBe(403);
    expect((await upload(BANK_CSV, 'dryRun=false', foreign)).status).toBe(403);
    expect((await upload(BANK_CSV, 'dryRun=true', {}, 'rep@remy.test')).status).toBe(403);
    expect((await console_.post('cash/match', { dryRun: false }, 'rep@remy.test')).status).toBe(403);
    expect(
      (await console_.post(`cash/payments/${id}/set-aside`, { reason: 'x' }, 'rep@remy.test')).status,
    ).toBe(403);
  });

  test('money is placed by hand: proposed as it was put together, approved with what was shown, and taken back', async () => {
    await taken();
    const { id } = await payment('48212.50');
    const desk = (await console_.get(`cash/payments/${id}`)).json() as PaymentDeskOutput;
    expect(desk.matched.decision).toBe('none');
    const parts = [
      { invoice: 'INV-5502', amount: '700.00' },
      { invoice: 'INV-5503', amount: '850.00' },
    ];
    const adjustments = [{ kind: 'bank_fee', invoice: 'INV-5503', amount: '50.00' }];
    const { proposal } = bodyOf(await console_.post(`cash/payments/${id}/propose`, { parts, adjustments }));
    expect(proposal).toMatchObject({ state: 'pending', origin: 'console', mayDecide: true });
    expect(proposal.content).toMatchObject({
      placing: { unapplied: '46662.50', adjustments: [{ kind: 'bank_fee', amount: '50.00' }] },
    });
    const done = bodyOf(await approve(proposal));
    expect(done).toMatchObject({ applied: true, proposal: { state: 'done' } });
    const { matchId } = done.proposal.match!;
    const undone = await console_.post(`cash/matches/${matchId}/reverse`, {});
    expect(undone.json()).toMatchObject({
      reversed: { reopened: [{ invoice: 'INV-5502' }, { invoice: 'INV-5503' }] },
    });
    const shown = bodyOf(await console_.get(`proposals/${proposal.id}`));
    expect(shown.proposal.match).toMatchObject({ matchId, reversedBy: 'admin@remy.test' });
    expect((await console_.post(`cash/matches/${matchId}/reverse`, {})).status).toBe(400);
  });

  test('more than is open, or than the payment has, is refused with the amounts', async () => {
    await taken();
    const { id } = await payment('1000.00');
    const wrong = await console_.post(`cash/payments/${id}/propose`, {
      parts: [{ invoice: 'INV-5502', amount: '700.01' }],
    });
    expect(wrong.status).toBe(400);
    expect(bodyOf(wrong).error.message).toContain('700.00 USD open');
    const over = await console_.post(`cash/payments/${id}/propose`, {
      parts: [{ invoice: 'INV-5501', amount: '1000.01' }],
    });
    expect(bodyOf(over).error.message).toContain('Only 1,000.00 USD of the payment is left');
    expect((await console_.post(`cash/payments/${id}/propose`, { parts: 'all' })).status).toBe(400);
    expect((await console_.get('cash/payments/999999')).status).toBe(404);
  });

  test('choosing another way is exactly that way, and the card that was clicked is dead', async () => {
    // it names one invoice and has the amount of another
    const line = '2026-11-20,900.00,USD,ACME LOGISTICS LLC,,INV-5502';
    await upload(`Date,Amount,Currency,Payer,IBAN,Reference\n${line}\n`, 'dryRun=false');
    await console_.post('cash/match', { dryRun: false });
    const { proposals } = (await console_.get('proposals')).json() as { proposals: ProposalView[] };
    const view = proposals.find(
      ({ content }) => content.kind === 'application' && content.alternatives.length > 0,
    );
    expect(view).toBeDefined();
    const { content, id, revision, digest } = view!;
    if (content.kind !== 'application') throw new Error('not of cash');
    const click = { revision, digest, alternative: 1 };
    const chosen = bodyOf(await console_.post(`cash/proposals/${id}/choose`, click));
    expect(chosen.applied).toBe(true);
    const now = chosen.proposal.content;
    if (now.kind !== 'application') throw new Error('not of cash');
    const amounts = (of: typeof content) =>
      of.placing.applications.map(({ invoice, amount }) => [invoice, amount]);
    expect(amounts(now)).toEqual(
      content.alternatives[0]!.applications.map(({ invoice, amount }) => [invoice, amount]),
    );
    const late = bodyOf(await console_.post(`cash/proposals/${id}/choose`, click));
    expect(late).toMatchObject({ applied: false, message: expect.stringContaining('It has changed') });
    expect(bodyOf(await approve(view!)).applied).toBe(false);
    const back = await console_.post(`cash/proposals/${id}/choose`, {
      revision: chosen.proposal.revision,
      digest: chosen.proposal.digest,
      alternative: 1,
    });
    const again = bodyOf(back).proposal.content;
    if (again.kind !== 'application') throw new Error('not of cash');
    expect(amounts(again)).toEqual(
      now.alternatives[0]!.applications.map(({ invoice, amount }) => [invoice, amount]),
    );
  });

  test('what is no payment of a customer is set aside and comes back', async () => {
    await taken();
    const { id } = await payment('48212.50');
    expect((await console_.post(`cash/payments/${id}/set-aside`, { reason: ' ' })).status).toBe(400);
    expect((await console_.post(`cash/payments/${id}/set-aside`, { reason: 'a loan' })).status).toBe(200);
    expect((await console_.get('cash/payments')).json()).toMatchObject({ total: 3 });
    expect((await console_.post(`cash/payments/${id}/take-back`, {})).status).toBe(200);
    expect((await console_.get('cash/payments')).json()).toMatchObject({ total: 4 });
  });

  test('why a payment is not matched comes with its card; what is asked about is compared', async () => {
    await taken();
    const { id } = await payment('9975.00');
    const explained = (await console_.get(`cash/payments/${id}/explain?owed=10000.00`)).json() as {
      explanation: { difference: { amount: string; reasons: { kind: string; fits: boolean }[] } };
      card: { title: string };
    };
    expect(explained.explanation.difference.amount).toBe('25.00');
    expect(explained.explanation.difference.reasons).toContainEqual(
      expect.objectContaining({ kind: 'bank_fee', fits: true }),
    );
    expect(explained.card.title).toBe('9,975.00 USD from ACME LOGISTICS LLC, 2026-11-20');
  });

  test('the customer is asked what a payment is for, with a letter of its own that waits for approval', async () => {
    const customer = (
      await console_.counter.findCustomer({ name: 'acme' }, await console_.counter.contextOf(''))
    ).resolved!.id;
    const asked = { currency: 'USD', letter: 'remittance_request' };
    const none = await console_.post(`worklist/${customer}/draft`, asked);
    expect([none.status, bodyOf(none).error.message]).toEqual([
      400,
      expect.stringContaining('no remittance to ask for'),
    ]);
    await aPayment(console_.counter.where, { customer, amount: '77.00', unapplied: '77.00' });
    const made = await console_.post(`worklist/${customer}/draft`, asked);
    expect(bodyOf(made).proposal.content).toMatchObject({ letter: 'remittance_request' });
    const other = { currency: 'USD', letter: 'final_notice' };
    expect((await console_.post(`worklist/${customer}/draft`, other)).status).toBe(400);
  });
});

/** A company with open invoices and a bank file that pays some of them: what tests of cash surfaces start from. */
import { createTemplateWriter } from '../../agents/writer/index.ts';
import { createCashDesk } from '../../src/cash-desk.ts';
import { createChaseDesk } from '../../src/chase-desk.ts';
import { createStatementFiles } from '../../src/connectors/statement-files/index.ts';
import { createDraftEmail } from '../../src/operations/draft-email.ts';
import { createEditDraft } from '../../src/operations/edit-draft.ts';
import { createFindCustomer } from '../../src/operations/find-customer.ts';
import { createFindUser } from '../../src/operations/find-user.ts';
import type { Database } from '../../src/store/pool.ts';
import { aDesk } from './chase-desk.ts';
import { asks } from './draft-builders.ts';
import { aContact, aContext, aCustomer, anInvoice } from './ledger-builders.ts';

export const ADMIN = 'admin@remy.test';

/** Six lines: one exact, one short by a fee, one of nobody known, two of one payer, one debit. */
export const BANK_CSV = [
  'Date,Amount,Currency,Payer,IBAN,Reference',
  '2026-11-20,800.00,EUR,GLOBEX GMBH,DE89370400440532013000,INV-7002',
  '2026-11-20,9975.00,USD,ACME LOGISTICS LLC,US64SVBKUS6S3300958879,INV-5501',
  '2026-11-21,48212.50,USD,<b>BRT</b> HOLDINGS LLC,,wire no memo',
  '2026-11-21,1000.00,USD,ACME LOGISTICS LLC,US64SVBKUS6S3300958879,on account',
  '2026-11-22,-40.00,USD,Bank,,monthly fee',
  '',
].join('\n');

export type CashCounter = Awaited<ReturnType<typeof aCashCounter>>;

/** Nothing is imported or matched yet. The address of whoever acts is resolved as the program does it. */
export async function aCashCounter(database: Database) {
  const chaseDesk = await aDesk(database);
  const { clock, where } = chaseDesk;
  for (const [role, email] of [
    ['admin', ADMIN],
    ['viewer', 'rep@remy.test'],
  ] as const)
    await aContext(where, { role, email });
  const acme = await aCustomer(where, { name: 'Acme Logistics', code: 'C-ACME' });
  const globex = await aCustomer(where, { name: 'Globex GmbH', code: 'C-GLOBEX', currency: 'EUR' });
  await aContact(where, acme, { email: 'ap@acme.test', primary: true });
  await anInvoice(where, acme, { number: 'INV-5501', amount: '10000.00' });
  await anInvoice(where, acme, { number: 'INV-5502', amount: '700.00', dueOn: '2026-11-05' });
  await anInvoice(where, acme, { number: 'INV-5503', amount: '900.00', dueOn: '2026-11-09' });
  await anInvoice(where, globex, { number: 'INV-7002', amount: '800.00', currency: 'EUR' });
  const parts = {
    ...{ database, clock, writer: createTemplateWriter(), statements: createStatementFiles() },
  };
  const chase = createChaseDesk(database, clock, {
    draftEmail: createDraftEmail(parts),
    editDraft: createEditDraft(parts),
    auditTrail: () => Promise.reject(new Error('not asked for here')),
  });
  const cash = createCashDesk(database, clock);
  const findUser = createFindUser(database);
  const contextOf = async (_thread: string, as = ADMIN) => asks(await findUser(where.tenantId, as));
  return {
    ...{ where, clock, chase, cash, contextOf },
    findCustomer: createFindCustomer(database),
    /** Takes the bank file in. */
    read: async () =>
      cash.importBank(
        [{ name: 'bank.csv', bytes: new TextEncoder().encode(BANK_CSV) }],
        { dryRun: false },
        await contextOf(''),
      ),
    /** The payment with this amount. */
    payment: async (amount: string) => {
      const { payments } = await cash.listCash({ text: amount }, await contextOf(''));
      return payments[0]!.payment;
    },
  };
}

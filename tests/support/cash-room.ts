/** A tenant with a person of each role and the acts of cash application: what tests of money start from. */
import { z } from 'zod';
import type { ProposalView } from '../../src/domain/chase/proposals.ts';
import { toDecimal } from '../../src/domain/money.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { createExplainPayment } from '../../src/operations/explain-payment.ts';
import { createFindPayer } from '../../src/operations/find-payer.ts';
import { createListMatches } from '../../src/operations/list-matches.ts';
import { createRunMatching } from '../../src/operations/match-payments.ts';
import { createForgetPayer, createListPayerMemory } from '../../src/operations/payer-memory.ts';
import { createProposeAdjustment } from '../../src/operations/propose-adjustment.ts';
import { createProposeApplication } from '../../src/operations/propose-application.ts';
import { createReplayMatches } from '../../src/operations/replay-matches.ts';
import { createReverseApplication } from '../../src/operations/reverse-application.ts';
import { createSetAside, createUndoReturn } from '../../src/operations/set-aside.ts';
import type { Context, Role } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant } from './database.ts';
import { aClock } from './draft-builders.ts';
import { aContext, aPayment, type In } from './ledger-builders.ts';

const balance = z.object({ number: z.string(), currency: z.string(), minor: z.coerce.bigint() });
const broken = z.object({ what: z.string() });

/** Each line names a document whose figures do not add up. */
const BROKEN = `
  select 'payment ' || p.external_id as what from payment p
   where p.amount_minor <> p.unapplied_minor
     + coalesce((select sum(a.amount_minor) from application a where a.payment_id = p.id), 0)
     + coalesce((select sum(t.amount_minor) from payment_return t where t.payment_id = p.id), 0)
  union all
  select 'invoice ' || i.number from invoice i
   where i.amount_minor <> i.open_minor
     + coalesce((select sum(a.amount_minor) from application a where a.invoice_id = i.id), 0)
     + coalesce((select sum(j.amount_minor) from adjustment j where j.invoice_id = i.id), 0)
  union all
  select 'credit ' || c.number from credit c
   where c.amount_minor <> c.open_minor + coalesce((select sum(a.amount_minor) from application a where a.credit_id = c.id), 0)`;

export type CashRoom = Awaited<ReturnType<typeof aCashRoom>>;

export async function aCashRoom(database: Database) {
  const where: In = { database, tenantId: await aTenant(database) };
  const clock = aClock();
  const contexts = {} as Record<Role, Context>;
  for (const role of ['viewer', 'collector', 'approver', 'controller', 'admin'] as const)
    contexts[role] = await aContext(where, { role, email: `${role}@remy.test` });
  const decide = createDecide(database, clock);
  const balances = async (text: string) => {
    const rows = await inTenant(database.pool, where.tenantId, (sql) => sql.many(balance, text));
    return Object.fromEntries(rows.map((row) => [row.number, toDecimal(row.minor, row.currency)]));
  };
  const seen = (view: ProposalView) => ({
    proposalId: view.id,
    revision: view.revision,
    digest: view.digest,
  });
  return {
    ...{ where, clock, contexts },
    match: createRunMatching(database, clock),
    listMatches: createListMatches(database),
    propose: createProposeApplication(database, clock),
    adjust: createProposeAdjustment(database, clock),
    reverse: createReverseApplication(database),
    explain: createExplainPayment(database),
    findPayer: createFindPayer(database),
    setAside: createSetAside(database),
    undoReturn: createUndoReturn(database),
    memory: createListPayerMemory(database),
    forget: createForgetPayer(database),
    replay: createReplayMatches(database),
    /** Money that came in and is on nothing yet. */
    money: (amount: string, over: Parameters<typeof aPayment>[1] = {}) =>
      aPayment(where, { amount, unapplied: amount, ...over }),
    approve: (view: ProposalView, role: Role = 'controller') =>
      decide({ kind: 'approve', ...seen(view) }, contexts[role], 'console'),
    reject: (view: ProposalView, role: Role = 'controller') =>
      decide({ kind: 'reject', ...seen(view), reason: 'not theirs' }, contexts[role], 'console'),
    /** What is open, by invoice number. */
    open: () => balances('select number, currency, open_minor as minor from invoice order by number'),
    /** What is on nothing, by payment number. */
    unapplied: () =>
      balances('select external_id as number, currency, unapplied_minor as minor from payment order by 1'),
    /** Documents whose figures do not add up: there are none, ever. */
    broken: async () =>
      (await inTenant(database.pool, where.tenantId, (sql) => sql.many(broken, BROKEN))).map(
        ({ what }) => what,
      ),
  };
}

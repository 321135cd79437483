import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/store/pool.ts';
import { aCashRoom, type CashRoom } from '../../support/cash-room.ts';
import { testDatabase } from '../../support/database.ts';
import { aCredit, aCustomer, anInvoice } from '../../support/ledger-builders.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const INVOICES = ['INV-1', 'INV-2', 'INV-3', 'INV-4'];
const PAYMENTS = ['P-1', 'P-2', 'P-3'];

const invoice = fc.constantFrom(...INVOICES);
const payment = fc.constantFrom(...PAYMENTS).map((number) => ({ number }));
const amount = fc.integer({ min: 1, max: 90_000 }).map((minor) => (minor / 100).toFixed(2));

/** Something a person or matching does; whether it is refused does not matter, only that the books add up. */
const step = fc.oneof(
  fc.constant({ act: 'match' as const }),
  fc.record({
    act: fc.constant('place' as const),
    payment,
    parts: fc.uniqueArray(fc.record({ invoice, amount: fc.option(amount, { nil: undefined }) }), {
      minLength: 1,
      maxLength: 3,
      selector: (part) => part.invoice,
    }),
    credits: fc.constantFrom<{ credit: string }[]>([], [{ credit: 'CN-1' }]),
    approve: fc.boolean(),
  }),
  fc.record({ act: fc.constant('adjust' as const), invoice, kind: fc.constantFrom('bank_fee', 'write_off') }),
  fc.record({ act: fc.constant('undo' as const), invoice }),
  fc.record({
    act: fc.constant('leave' as const),
    payment,
    because: fc.constantFrom('returned', 'chargeback', 'bounced_cheque', 'refund'),
    amount: fc.option(amount, { nil: undefined }),
  }),
  fc.record({ act: fc.constant('aside' as const), payment }),
  fc.record({ act: fc.constant('back' as const), payment }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(room: CashRoom, ids: ReadonlyMap<string, number>, each: Step): Promise<void> {
  const { controller, admin } = room.contexts;
  switch (each.act) {
    case 'match':
      await room.match({ dryRun: false }, controller);
      return;
    case 'place': {
      const { proposal } = await room.propose(
        { payment: each.payment, parts: each.parts, credits: each.credits },
        controller,
      );
      if (each.approve) await room.approve(proposal);
      return;
    }
    case 'adjust': {
      const kind = each.kind as 'bank_fee';
      const { proposal } = await room.adjust({ kind, invoice: each.invoice }, controller);
      await room.approve(proposal, 'admin');
      return;
    }
    case 'undo':
      await room.reverse({ invoice: each.invoice }, controller);
      return;
    case 'leave':
      await room.reverse(
        { payment: each.payment, because: each.because as 'returned', amount: each.amount },
        admin,
      );
      return;
    case 'aside':
      await room.setAside({ paymentId: ids.get(each.payment.number)!, reason: 'test' }, controller);
      return;
    default:
      await room.undoReturn({ paymentId: ids.get(each.payment.number)! }, controller);
  }
}

describe('money is conserved to the cent', () => {
  test('whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const room = await aCashRoom(database);
        const acme = await aCustomer(room.where, { name: 'Acme Logistics' });
        for (const [at, number] of INVOICES.entries())
          await anInvoice(room.where, acme, { number, amount: ['400', '300', '250.5', '99.99'][at]! });
        await aCredit(room.where, acme, { number: 'CN-1', amount: '120' });
        const ids = new Map<string, number>();
        for (const [at, number] of PAYMENTS.entries())
          ids.set(
            number,
            await room.money(['400', '550.5', '600'][at]!, {
              ...{ number, payerName: 'Acme Logistics', reference: ['INV-1', 'INV-2 INV-3', ''][at]! },
            }),
          );
        for (const each of steps) {
          await take(room, ids, each).catch((error: Error & { code?: string }) => {
            // a refusal is an answer; anything else is a fault
            if (error.code === undefined || /^\d/.test(error.code)) throw error;
          });
          expect(await room.broken()).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

/** Money that is no customer's: put aside, so that it is neither unapplied cash nor matched; and taken back. */
import { z } from 'zod';
import type { PaymentRef } from '../domain/cash/applications.ts';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../domain/errors.ts';
import { formatAmount, toDecimal } from '../domain/money.ts';
import type { Actor, Context } from '../ports/actor.ts';
import { changePayments } from '../store/cash/documents.ts';
import { lockPayments, readPayments } from '../store/cash/payments.ts';
import { addReturn, type ReturnRow, readReturns } from '../store/cash/returns.ts';
import type { Database } from '../store/pool.ts';
import { lockProposal } from '../store/proposals/decide.ts';
import { closeProposal } from '../store/proposals/write.ts';
import { livePlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { retryTransient } from '../store/transient.ts';
import { presentPayment } from './cash/present-placing.ts';
import { assertMayRecord, audit, parseInput } from './recording.ts';

export const setAsideInput = z.strictObject({
  paymentId: z.int().positive(),
  reason: z.string().trim().min(1).max(300),
});
export type SetAsideInput = z.infer<typeof setAsideInput>;

const one = async (sql: Sql, paymentId: number): Promise<PaymentRef> =>
  presentPayment((await readPayments(sql, [paymentId]))[0]!);

async function putAside(
  sql: Sql,
  { paymentId, reason }: SetAsideInput,
  context: Context,
): Promise<PaymentRef> {
  // a decision locks the proposal before the payment: the other way round each would wait for the other
  for (const live of await livePlacings(sql, [paymentId])) await lockProposal(sql, live.id);
  const [payment] = await lockPayments(sql, [paymentId]);
  if (!payment) throw new NotFoundError(`There is no payment ${paymentId}.`);
  const { currency, unapplied_minor: left } = payment;
  if (left === 0n) throw new InvalidInputError('Nothing of it is left that could be set aside.');
  await addReturn(sql, {
    ...{ paymentId, kind: 'set_aside', currency, amountMinor: left, on: context.today },
    ...{ bankLineId: null, reason, madeBy: context.actor.email },
  });
  await changePayments(sql, [{ id: paymentId, change_minor: -left, customer_id: null }]);
  for (const live of await livePlacings(sql, [paymentId]))
    await closeProposal(sql, live.id, 'stale', `The payment was set aside: ${reason}`);
  const amount = formatAmount(toDecimal(left, currency), currency);
  await audit(sql, context, 'set_payment_aside', { paymentId, amount, reason });
  return one(sql, paymentId);
}

/**
 * What is left of the payment is put aside; a proposal for it ends.
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError when nothing of it is left.
 */
export const createSetAside =
  (database: Pick<Database, 'pool'>) =>
  async (raw: SetAsideInput, context: Context): Promise<{ payment: PaymentRef }> => {
    assertMayRecord(context);
    const asked = parseInput(setAsideInput, raw);
    return retryTransient(() =>
      inTenant(database.pool, context.actor.tenantId, async (sql) => ({
        payment: await putAside(sql, asked, context),
      })),
    );
  };

const LEFT: Readonly<Record<string, string>> = {
  returned: 'a returned payment',
  bounced_cheque: 'a bounced cheque',
  chargeback: 'a chargeback',
  refund: 'a refund',
};

/** Money that left makes an invoice owed again: to say that it did not leave is more than to put money aside. */
function assertMayUndo({ kind, bank_line_id, returned_on }: ReturnRow, { role }: Pick<Actor, 'role'>): void {
  if (kind === 'set_aside') return;
  const what = LEFT[kind] ?? kind;
  if (bank_line_id !== null)
    throw new InvalidInputError(
      `The bank's own statement shows ${what} on ${returned_on}, so the money is gone and this cannot be taken back.`,
    );
  if (role === 'collector')
    throw new NotAllowedError(
      `Taking back ${what} is for an approver, a controller or an admin. You may take back what was set aside.`,
    );
}

/**
 * Takes back the last thing that was recorded as having left the payment or as no customer's money.
 *
 * Throws: NotAllowedError (viewer; a collector for all but what was set aside), NotFoundError when there is nothing to
 * take back, InvalidInputError where a line of the bank shows that the money left.
 */
export const createUndoReturn =
  (database: Pick<Database, 'pool'>) =>
  async ({ paymentId }: { paymentId: number }, context: Context): Promise<{ payment: PaymentRef }> => {
    assertMayRecord(context);
    return retryTransient(() =>
      inTenant(database.pool, context.actor.tenantId, async (sql) => {
        const [payment] = await lockPayments(sql, [paymentId]);
        const last = payment && (await readReturns(sql, paymentId)).findLast((each) => !each.reversed);
        if (!last) throw new NotFoundError('Nothing was recorded of this payment that could be taken back.');
        assertMayUndo(last, context.actor);
        await addReturn(sql, {
          ...{ paymentId, kind: last.kind as 'set_aside', currency: last.currency },
          ...{ amountMinor: -last.amount_minor, on: last.returned_on, bankLineId: null },
          ...{ reason: 'taken back', madeBy: context.actor.email, reversesId: last.id },
        });
        await changePayments(sql, [{ id: paymentId, change_minor: last.amount_minor, customer_id: null }]);
        await audit(sql, context, 'undo_return', { paymentId, kind: last.kind });
        return { payment: await one(sql, paymentId) };
      }),
    );
  };

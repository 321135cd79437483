/** Money that waits for its invoices, or that was placed, as the cash page lists it. */
import { type ListCashInput, type ListCashOutput, listCashInput } from '../domain/cash/answers.ts';
import { placingText } from '../domain/cash/placing-words.ts';
import { toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { countCash, listCashIds } from '../store/cash/list.ts';
import { readPayments } from '../store/cash/payments.ts';
import type { Database } from '../store/pool.ts';
import { waitingPlacings } from '../store/proposals/write-many.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { presentPayment } from './cash/present-placing.ts';
import { parseInput } from './recording.ts';

type Waiting = ListCashOutput['payments'][number]['proposal'];

async function proposalsOf(sql: Sql, paymentIds: readonly number[]): Promise<Map<number, Waiting>> {
  const found = new Map<number, Waiting>();
  for (const { id, payment_id, content } of await waitingPlacings(sql, paymentIds)) {
    const { placing, currency } = content;
    found.set(payment_id, { id, text: placingText(placing, currency), confidence: placing.confidence });
  }
  return found;
}

/** Totals are over all that fit, of what is unapplied (waiting) or received (applied). */
export const createListCash =
  (database: Pick<Database, 'pool'>) =>
  async (raw: ListCashInput, context: Context): Promise<ListCashOutput> => {
    const { state, limit, offset, ...wish } = parseInput(listCashInput, raw);
    const filter = { ...wish, applied: state === 'applied', owner: visibleOwner(context.actor) };
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const counted = await countCash(sql, filter);
      const ids = await listCashIds(sql, filter, { limit, offset });
      const rows = new Map((await readPayments(sql, ids)).map((row) => [row.id, row]));
      const proposals = await proposalsOf(sql, ids);
      return {
        total: counted.reduce((sum, each) => sum + each.count, 0),
        totals: counted.map(({ currency, minor, count }) => ({
          ...{ currency, amount: toDecimal(minor, currency), count },
        })),
        payments: ids.map((id) => ({
          payment: presentPayment(rows.get(id)!),
          proposal: proposals.get(id) ?? null,
        })),
      };
    });
  };

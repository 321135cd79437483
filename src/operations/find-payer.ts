/** Whose money this could be: by known accounts and names, by what is owed, by promises. Reads only. */
import { type FindPayerInput, type FindPayerOutput, findPayerInput } from '../domain/cash/answers.ts';
import { matchSettings } from '../domain/cash/default-policy.ts';
import { guessPayers } from '../domain/cash/payer-guess.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { MatchPayment } from '../domain/matching/shapes.ts';
import { isCurrency, parseDecimal, toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { findPaymentRows, type PaymentRow } from '../store/cash/payments.ts';
import { visibleCustomers } from '../store/cash/visible.ts';
import { readCashPolicy } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { loadPool, matchPaymentOf } from './cash/load-pool.ts';
import { presentPayment } from './cash/present-placing.ts';
import { parseInput } from './recording.ts';

type Asked = ReturnType<typeof findPayerInput.parse>;

/** The booked payment that is talked about: amount and payer fit, and nothing else does. */
async function booked(sql: Sql, asked: Asked, owner: string | null): Promise<PaymentRow | null> {
  if (asked.amount === undefined) return null;
  const currency = asked.currency ?? 'USD';
  const found = await findPaymentRows(
    sql,
    {
      ...{ owner, amountMinor: parseDecimal(asked.amount, currency), currency: asked.currency },
      payer: asked.name,
    },
    2,
  );
  return found.length === 1 ? found[0]! : null;
}

const described = (asked: Asked, today: string): MatchPayment => {
  const currency = asked.currency ?? 'USD';
  return {
    id: 0,
    currency,
    amountMinor: asked.amount === undefined ? 0n : parseDecimal(asked.amount, currency),
    receivedOn: today,
    payerName: asked.name ?? null,
    payerAccount: asked.account ?? null,
    text: asked.text ?? '',
    method: null,
    customerId: null,
    externalIds: [],
    remittance: [],
  };
};

const nextOf = (found: FindPayerOutput['candidates'], payment: PaymentRow | null): string[] => {
  if (found.length === 0)
    return [
      "Nothing points at a customer. Ask the bank for the sender, or set the payment aside if it is no customer's money.",
    ];
  const named = found[0]!.invoices.map((each) => each.invoice).join(' and ');
  return payment
    ? [
        `Say which invoices it is for, such as "match it to ${named}". Once that is approved, the payer is remembered.`,
      ]
    : ['No such payment is booked yet. A bank file is read with: npx remy bank FILE'];
};

/**
 * Throws: InvalidInputError when nothing is said of the payer, or the currency is none.
 */
export const createFindPayer =
  (database: Pick<Database, 'pool'>) =>
  async (raw: FindPayerInput, context: Context): Promise<FindPayerOutput> => {
    const asked = parseInput(findPayerInput, raw);
    if (asked.currency !== undefined && !isCurrency(asked.currency))
      throw new InvalidInputError(`"${asked.currency}" is not a currency code such as USD`);
    if ([asked.name, asked.account, asked.amount, asked.text].every((each) => each === undefined))
      throw new InvalidInputError(
        'Say what is known of the payer: a name, an account, the amount or the text.',
      );
    const owner = visibleOwner(context.actor);
    return inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const row = await booked(sql, asked, owner);
      const payment = row ? matchPaymentOf(row) : described(asked, context.today);
      const settings = matchSettings((await readCashPolicy(sql)).policy);
      const pool = await loadPool(sql, [payment], settings, context.today);
      const guesses = guessPayers(payment, pool, settings);
      const visible = await visibleCustomers(
        sql,
        guesses.map(({ customer }) => customer.id),
        owner,
      );
      const candidates = guesses
        .filter(({ customer }) => visible.has(customer.id))
        .map(({ customer, why, invoices, score }) => ({
          customer: { id: customer.id, code: customer.code, name: customer.name },
          why: [...why],
          invoices: invoices.map((each) => ({
            invoice: each.number,
            open: toDecimal(each.openMinor, each.currency),
            currency: each.currency,
            dueOn: each.dueOn,
          })),
          score: Math.round(score * 10) / 10,
        }));
      return { payment: row ? presentPayment(row) : null, candidates, next: nextOf(candidates, row) };
    });
  };

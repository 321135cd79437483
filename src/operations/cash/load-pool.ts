/** Brings payments into the shape that matching takes, and loads what they may be for. */
import { addDays } from '../../domain/calendar.ts';
import { lookupKeys } from '../../domain/matching/lookup-keys.ts';
import { candidatesFor, createPoolIndex } from '../../domain/matching/pool-index.ts';
import type {
  LookupKeys,
  MatchCustomer,
  MatchInvoice,
  MatchPayment,
  MatchPool,
  MatchSettings,
  RemittanceLine,
} from '../../domain/matching/shapes.ts';
import {
  invoicesNumbered,
  openCredits,
  openInvoicesFor,
  readMatchCustomers,
  recentPromises,
} from '../../store/cash/candidates.ts';
import type { PaymentRow } from '../../store/cash/payments.ts';
import type { Sql } from '../../store/transaction.ts';

/** Fewer digits stand for too many invoices to look at everything else that their customers owe. */
const TELLING_DIGITS = 4;
const PROMISE_DAYS = 120;

const lines = (parts: readonly (string | null)[]): string =>
  [...new Set(parts.filter((part) => part !== null && part !== ''))].join('\n');

/** A stored payment as matching sees it; `remittance` is what the payer said of it elsewhere. */
export const matchPaymentOf = (
  row: PaymentRow,
  remittance: readonly RemittanceLine[] = [],
): MatchPayment => ({
  id: row.id,
  currency: row.currency,
  amountMinor: row.unapplied_minor,
  receivedOn: row.received_on,
  payerName: row.payer_name,
  payerAccount: row.payer_account,
  text: lines([row.reference, row.bank_text]),
  method: row.method,
  customerId: row.customer?.id ?? null,
  externalIds: [row.end_to_end_id, row.bank_reference].filter((each) => each !== null),
  remittance,
});

/** The customers whom names, accounts and the ledger itself point at, with their families. */
function customersOf(
  directory: readonly MatchCustomer[],
  keys: readonly { keys: LookupKeys; currency: string }[],
  found: readonly MatchInvoice[],
): Set<number> {
  const index = createPoolIndex({ invoices: [], credits: [], customers: directory, promises: [] });
  const named = keys.flatMap((each) => [
    ...candidatesFor(index, each.keys, each.currency).customers,
    ...each.keys.names.flatMap((name) => index.customers.alike(name)),
  ]);
  const numbered = found.flatMap(({ customerId }) => index.customers.family(customerId));
  return new Set([...named, ...numbered].map((each) => each.id));
}

/** Everything that may have to do with these payments, read by index. */
export async function loadPool(
  sql: Sql,
  payments: readonly MatchPayment[],
  settings: MatchSettings,
  today: string,
): Promise<MatchPool> {
  const keys = payments.map((payment) => ({
    keys: lookupKeys(payment, settings),
    currency: payment.currency,
  }));
  const numbers = [...new Set(keys.flatMap((each) => each.keys.numbers))];
  const amounts = new Map(
    keys.flatMap(({ keys: { amounts: all }, currency }) =>
      all.map((minor) => [`${currency}${minor}`, { currency, minor }] as const),
    ),
  );
  const directory = await readMatchCustomers(sql);
  const numbered = await invoicesNumbered(sql, numbers);
  const telling = numbered.filter(({ number }) => number.replace(/\D/g, '').length >= TELLING_DIGITS);
  const customerIds = [...customersOf(directory, keys, telling)];
  // also of an amount that very many share: without them it would look rare, and the rest surer than it is
  const open = await openInvoicesFor(sql, {
    customerIds,
    amounts: [...amounts.values()],
    except: numbered.map(({ id }) => id),
  });
  return {
    invoices: [...numbered, ...open],
    customers: directory,
    credits: await openCredits(sql, { customerIds, numbers }),
    promises: await recentPromises(sql, customerIds, addDays(today, -PROMISE_DAYS)),
  };
}

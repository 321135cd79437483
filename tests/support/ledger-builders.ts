/** Builders of ledger rows for tests: what a test does not say is filled in; each returns the row's id. */
import { z } from 'zod';
import { baseName, regionOf } from '../../src/domain/customer.ts';
import { parseDecimal } from '../../src/domain/money.ts';
import type { Actor, Context, Role } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { addUser, findUserByEmail } from '../../src/store/users.ts';

const idRow = z.object({ id: z.coerce.number() });
let counter = 0;
const unique = (prefix: string): string => `${prefix}-${++counter}`;

/** Where a builder writes. */
export type In = { database: Database; tenantId: number };

const insert = async ({ database, tenantId }: In, table: string, row: Record<string, unknown>) => {
  const columns = Object.keys(row);
  const marks = columns.map((_, i) => `$${i + 2}`);
  const { id } = await inTenant(database.pool, tenantId, (sql) =>
    sql.one(
      idRow,
      `insert into ${table} (tenant_id, ${columns.join(', ')}) values ($1, ${marks.join(', ')}) returning id`,
      [tenantId, ...Object.values(row)],
    ),
  );
  return id;
};

/** A user and the context of a question by that user. */
export async function aContext(
  { database, tenantId }: In,
  over: { role?: Role; email?: string; today?: string; thread?: string } = {},
): Promise<Context> {
  const email = over.email ?? `${unique('user')}@remy.test`;
  const actor = await inTenant(database.pool, tenantId, async (sql): Promise<Actor> => {
    await addUser(sql, { email, name: null, role: over.role ?? 'collector' });
    return (await findUserByEmail(sql, email))!.actor;
  });
  return { actor, thread: over.thread ?? 'test', today: over.today ?? '2026-11-24' };
}

export const aCustomer = (
  where: In,
  over: {
    name?: string;
    code?: string;
    source?: string;
    parent?: number;
    owner?: string;
    segment?: string;
    country?: string;
    terms?: number;
    currency?: string;
  } = {},
): Promise<number> => {
  const name = over.name ?? unique('Customer');
  return insert(where, 'customer', {
    source: over.source ?? 'csv',
    external_id: over.code ?? unique('C'),
    name,
    base_name: baseName(name),
    parent_id: over.parent ?? null,
    owner_email: over.owner ?? null,
    segment: over.segment ?? null,
    country: over.country ?? null,
    region: regionOf(over.country),
    terms_days: over.terms ?? 30,
    currency: over.currency ?? 'USD',
  });
};

export const anAlias = ({ database, tenantId }: In, customer: number, alias: string): Promise<number> =>
  inTenant(database.pool, tenantId, (sql) =>
    sql.run('insert into customer_alias (tenant_id, customer_id, alias, origin) values ($1, $2, $3, $4)', [
      tenantId,
      customer,
      baseName(alias),
      'test',
    ]),
  );

export const aContact = (
  where: In,
  customer: number,
  over: { name?: string; email?: string; role?: string; primary?: boolean } = {},
): Promise<number> =>
  insert(where, 'contact', {
    source: 'csv',
    external_id: unique('K'),
    customer_id: customer,
    name: over.name ?? 'Ana Pay',
    email: over.email ?? `${unique('ap')}@customer.test`,
    role: over.role ?? null,
    is_primary: over.primary ?? false,
  });

/** Amounts are decimals. `open` is the whole amount unless it is paid, void or said otherwise. */
export const anInvoice = (
  where: In,
  customer: number,
  over: {
    number?: string;
    source?: string;
    issuedOn?: string;
    dueOn?: string;
    currency?: string;
    amount?: string;
    open?: string;
    status?: 'open' | 'paid' | 'void';
    paidOn?: string;
    poNumber?: string;
  } = {},
): Promise<number> => {
  const number = over.number ?? unique('INV');
  const currency = over.currency ?? 'USD';
  const amount = parseDecimal(over.amount ?? '100', currency);
  const open =
    over.open !== undefined ? parseDecimal(over.open, currency) : over.paidOn || over.status ? 0n : amount;
  return insert(where, 'invoice', {
    source: over.source ?? 'csv',
    external_id: unique(number),
    number,
    customer_id: customer,
    issued_on: over.issuedOn ?? '2026-10-01',
    due_on: over.dueOn ?? '2026-10-31',
    currency,
    amount_minor: amount,
    open_minor: open,
    status: over.status ?? (open > 0n ? 'open' : 'paid'),
    paid_on: over.paidOn ?? null,
    po_number: over.poNumber ?? null,
  });
};

export const aPayment = (
  where: In,
  over: {
    number?: string;
    customer?: number;
    receivedOn?: string;
    currency?: string;
    amount?: string;
    unapplied?: string;
    payerName?: string;
    payerAccount?: string;
    reference?: string;
    method?: string;
    source?: string;
  } = {},
): Promise<number> => {
  const currency = over.currency ?? 'USD';
  return insert(where, 'payment', {
    source: over.source ?? 'csv',
    external_id: over.number ?? unique('PAY'),
    received_on: over.receivedOn ?? '2026-11-01',
    currency,
    amount_minor: parseDecimal(over.amount ?? '100', currency),
    unapplied_minor: parseDecimal(over.unapplied ?? '0', currency),
    payer_name: over.payerName ?? null,
    payer_account: over.payerAccount ?? null,
    reference: over.reference ?? null,
    method: over.method ?? null,
    customer_id: over.customer ?? null,
  });
};

export const aCredit = (
  where: In,
  customer: number,
  over: { number?: string; issuedOn?: string; currency?: string; amount?: string; open?: string } = {},
): Promise<number> => {
  const currency = over.currency ?? 'USD';
  const number = over.number ?? unique('CR');
  return insert(where, 'credit', {
    source: 'csv',
    external_id: number,
    number,
    customer_id: customer,
    issued_on: over.issuedOn ?? '2026-11-01',
    currency,
    amount_minor: parseDecimal(over.amount ?? '50', currency),
    open_minor: parseDecimal(over.open ?? over.amount ?? '50', currency),
  });
};

/** Only the row: the invoice's open amount is the caller's to say. */
export const anApplication = (
  where: In,
  invoice: number,
  from: { payment: number } | { credit: number },
  over: { amount?: string; currency?: string; appliedOn?: string; reverses?: number } = {},
): Promise<number> => {
  const currency = over.currency ?? 'USD';
  return insert(where, 'application', {
    source: 'csv',
    external_id: unique('A'),
    payment_id: 'payment' in from ? from.payment : null,
    credit_id: 'credit' in from ? from.credit : null,
    invoice_id: invoice,
    currency,
    amount_minor: parseDecimal(over.amount ?? '100', currency),
    applied_on: over.appliedOn ?? '2026-11-01',
    reverses_id: over.reverses ?? null,
  });
};

export const anAdjustment = (
  where: In,
  invoice: number,
  over: { kind?: string; amount?: string; currency?: string; bookedOn?: string } = {},
): Promise<number> =>
  insert(where, 'adjustment', {
    invoice_id: invoice,
    kind: over.kind ?? 'write_off',
    currency: over.currency ?? 'USD',
    amount_minor: parseDecimal(over.amount ?? '1', over.currency ?? 'USD'),
    booked_on: over.bookedOn ?? '2026-11-01',
  });

export const aPromise = async (
  where: In,
  customer: number,
  over: {
    amount?: string;
    currency?: string;
    madeOn?: string;
    payOn?: string;
    method?: string | null;
    withdrawnOn?: string | null;
    invoices?: number[];
  } = {},
): Promise<number> => {
  const currency = over.currency ?? 'USD';
  const id = await insert(where, 'promise', {
    customer_id: customer,
    currency,
    amount_minor: parseDecimal(over.amount ?? '100', currency),
    made_on: over.madeOn ?? '2026-11-01',
    pay_on: over.payOn ?? '2026-11-10',
    method: over.method ?? null,
    recorded_by: 'test',
    withdrawn_on: over.withdrawnOn ?? null,
  });
  for (const invoice of over.invoices ?? [])
    await inTenant(where.database.pool, where.tenantId, (sql) =>
      sql.run('insert into promise_invoice (tenant_id, promise_id, invoice_id) values ($1, $2, $3)', [
        where.tenantId,
        id,
        invoice,
      ]),
    );
  return id;
};

export const aDispute = (
  where: In,
  customer: number,
  invoice: number,
  over: {
    reason?: string;
    amount?: string;
    currency?: string;
    openedOn?: string;
    resolvedOn?: string;
    owner?: string;
  } = {},
): Promise<number> =>
  insert(where, 'dispute', {
    customer_id: customer,
    invoice_id: invoice,
    reason: over.reason ?? 'price',
    currency: over.currency ?? 'USD',
    amount_minor: parseDecimal(over.amount ?? '10', over.currency ?? 'USD'),
    owner: over.owner ?? null,
    opened_on: over.openedOn ?? '2026-11-01',
    resolved_on: over.resolvedOn ?? null,
  });

export const aHoldOn = (
  where: In,
  customer: number,
  over: { invoice?: number; fromOn?: string } = {},
): Promise<number> =>
  insert(where, 'hold', {
    customer_id: customer,
    invoice_id: over.invoice ?? null,
    reason: 'test',
    placed_by: 'test',
    from_on: over.fromOn ?? '2026-11-01',
  });

/** The invoice is paid, without a payment that anybody has seen. */
export const paidOff = ({ database, tenantId }: In, invoice: number): Promise<number> =>
  inTenant(database.pool, tenantId, (sql) =>
    sql.run(`update invoice set open_minor = 0, status = 'paid' where id = $1`, [invoice]),
  );

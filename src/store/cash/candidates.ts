/**
 * What payments may be for, looked up by index: nothing here reads all invoices. Amounts are minor units.
 */
import { z } from 'zod';
import type { MatchCredit, MatchCustomer, MatchInvoice, MatchPromise } from '../../domain/matching/shapes.ts';
import type { Sql } from '../transaction.ts';

const amount = z.coerce.bigint();
const id = z.coerce.number();

const customerRow = z
  .object({
    id,
    code: z.string(),
    name: z.string(),
    parent_id: id.nullable(),
    country: z.string().nullable(),
    aliases: z.array(z.string()).nullable(),
    memory: z
      .array(z.object({ kind: z.enum(['name', 'account']), key: z.string(), times: z.number() }))
      .nullable(),
  })
  .transform(
    (row): MatchCustomer => ({
      id: row.id,
      code: row.code,
      name: row.name,
      aliases: row.aliases ?? [],
      parentId: row.parent_id,
      memory: row.memory ?? [],
      country: row.country,
    }),
  );

/**
 * Every customer with its names and what is remembered of who pays for it: the directory of payers. `before`: what was
 * learned from that day on is left out.
 */
export const readMatchCustomers = (sql: Sql, before: string | null = null): Promise<MatchCustomer[]> =>
  sql.many(
    customerRow,
    `select c.id, c.external_id as code, c.name, c.parent_id, c.country, a.aliases, m.memory
       from customer c
       left join (select customer_id, array_agg(alias order by alias) as aliases from customer_alias
         where tenant_id = $1 group by customer_id) a on a.customer_id = c.id
       left join (select customer_id, json_agg(json_build_object('kind', kind, 'key', key, 'times', times)
             order by kind, key) as memory
           from (select customer_id, kind, key, count(*)::int as times from payer_memory
             where tenant_id = $1 and unlearned_at is null and ($2::date is null or created_at < $2)
             group by customer_id, kind, key) known
           group by customer_id) m on m.customer_id = c.id
      where c.tenant_id = $1 order by c.id`,
    [sql.tenantId, before],
  );

/** Numbers in a description by which payers may call an invoice: order, billing or contract numbers. */
const MOST_REFERENCES = 8;
const referencesOf = (po: string | null, description: string | null): string[] => [
  ...(po ? [po] : []),
  ...(description?.match(/[\p{L}\p{N}][\p{L}\p{N}/._-]*\d{3}[\p{L}\p{N}/._-]*|\d{4,}/gu) ?? []).slice(
    0,
    MOST_REFERENCES,
  ),
];

const STATUSES: readonly unknown[] = ['open', 'paid', 'void'] satisfies MatchInvoice['status'][];

/** Read by hand: a run reads a hundred thousand of them, and a schema for each takes longer than the database. */
function invoiceOf(row: Readonly<Record<string, unknown>>): MatchInvoice {
  const wrong = (name: string): never => {
    throw new Error(`an invoice was read with a ${name} that is none`);
  };
  const words = (name: string): string => {
    const value = row[name];
    return typeof value === 'string' ? value : wrong(name);
  };
  const wordsOrNone = (name: string): string | null => (row[name] === null ? null : words(name));
  const whole = (name: string): number => {
    const value = Number(row[name] ?? Number.NaN);
    return Number.isSafeInteger(value) ? value : wrong(name);
  };
  const minor = (name: string): bigint => {
    const value = row[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
      ? BigInt(value)
      : wrong(name);
  };
  const { status, disputed } = row;
  if (!STATUSES.includes(status)) wrong('status');
  return {
    id: whole('id'),
    number: words('number'),
    references: referencesOf(wordsOrNone('po_number'), wordsOrNone('description')),
    customerId: whole('customer_id'),
    currency: words('currency'),
    issuedOn: words('issued_on'),
    dueOn: words('due_on'),
    amountMinor: minor('amount_minor'),
    openMinor: minor('open_minor'),
    status: status as MatchInvoice['status'],
    paidOn: wordsOrNone('paid_on'),
    disputed: typeof disputed === 'boolean' ? disputed : wrong('disputed'),
  };
}

export const invoiceRow = z.unknown().transform((row) => invoiceOf(row as Record<string, unknown>));

/** Of the table `i`, as `invoiceRow` reads it; $1 is the tenant. What is disputed is looked up once for all rows. */
export const INVOICE_COLUMNS = `i.id, i.number, i.customer_id, i.currency, i.issued_on, i.due_on, i.amount_minor, i.open_minor, i.status,
  i.paid_on, i.po_number, i.description,
  i.id in (select d.invoice_id from dispute d where d.tenant_id = $1 and d.resolved_on is null) as disputed`;

/** Invoices of any status with these digits as number or PO. Void ones are left out. */
export const invoicesNumbered = (sql: Sql, numbers: readonly string[]): Promise<MatchInvoice[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : sql.many(
        invoiceRow,
        `with keys as materialized (select unnest($2::text[]) as key), found as (
           select i.id from keys k join invoice i on i.tenant_id = $1 and i.number_digits = k.key
           union
           select i.id from keys k join invoice i on i.tenant_id = $1 and i.po_number is not null
             and ltrim(regexp_replace(i.po_number, '\\D', '', 'g'), '0') = k.key)
         select ${INVOICE_COLUMNS} from found f join invoice i on i.tenant_id = $1 and i.id = f.id
          where i.status <> 'void' order by i.id`,
        [sql.tenantId, numbers],
      );

export type OpenWish = {
  readonly customerIds: readonly number[];
  readonly amounts: readonly { currency: string; minor: bigint }[];
  /** Known already, so not read again. */
  readonly except: readonly number[];
};

/** Everything that is open of these customers, and open invoices of exactly one of these open amounts; each once. */
export const openInvoicesFor = (sql: Sql, wish: OpenWish): Promise<MatchInvoice[]> =>
  sql.many(
    invoiceRow,
    `with keys as materialized (select * from unnest($2::text[], $3::bigint[]) as k(currency, minor)), found as (
       (select i.id from unnest($4::bigint[]) as c(id)
          join invoice i on i.tenant_id = $1 and i.customer_id = c.id and i.status = 'open'
        union
        select i.id from keys k
          join invoice i on i.tenant_id = $1 and i.currency = k.currency and i.open_minor = k.minor and i.status = 'open')
       except select unnest($5::bigint[]))
     select ${INVOICE_COLUMNS} from found f join invoice i on i.tenant_id = $1 and i.id = f.id order by i.id`,
    [
      sql.tenantId,
      wish.amounts.map(({ currency }) => currency),
      wish.amounts.map(({ minor }) => minor),
      wish.customerIds,
      wish.except,
    ],
  );

/** Everything that is open of these customers. */
export const openInvoicesOf = (sql: Sql, customerIds: readonly number[]): Promise<MatchInvoice[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : sql.many(
        invoiceRow,
        `select ${INVOICE_COLUMNS} from unnest($2::bigint[]) as c(id)
           join invoice i on i.tenant_id = $1 and i.customer_id = c.id and i.status = 'open' order by i.id`,
        [sql.tenantId, customerIds],
      );

const creditRow = z
  .object({
    id,
    number: z.string(),
    customer_id: id,
    currency: z.string(),
    open_minor: amount,
    issued_on: z.string(),
  })
  .transform(
    (row): MatchCredit => ({
      id: row.id,
      number: row.number,
      customerId: row.customer_id,
      currency: row.currency,
      openMinor: row.open_minor,
      issuedOn: row.issued_on,
    }),
  );

/** Credits with something left, of these customers or with these digits. */
export const openCredits = (
  sql: Sql,
  { customerIds, numbers }: { customerIds: readonly number[]; numbers: readonly string[] },
): Promise<MatchCredit[]> =>
  sql.many(
    creditRow,
    `select id, number, customer_id, currency, open_minor, issued_on from credit
      where tenant_id = $1 and open_minor > 0 and (customer_id = any($2::bigint[])
        or ltrim(regexp_replace(number, '\\D', '', 'g'), '0') = any($3::text[])) order by id`,
    [sql.tenantId, customerIds, numbers],
  );

const promiseRow = z
  .object({
    id,
    customer_id: id,
    currency: z.string(),
    amount_minor: amount,
    pay_on: z.string(),
    invoice_ids: z.array(z.number()).nullable(),
  })
  .transform(
    (row): MatchPromise => ({
      id: row.id,
      customerId: row.customer_id,
      currency: row.currency,
      amountMinor: row.amount_minor,
      payOn: row.pay_on,
      invoiceIds: row.invoice_ids ?? [],
    }),
  );

/** Promises of these customers that were not withdrawn, of the last months: money announced for a day. */
export const recentPromises = (
  sql: Sql,
  customerIds: readonly number[],
  since: string,
): Promise<MatchPromise[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : sql.many(
        promiseRow,
        `select p.id, p.customer_id, p.currency, p.amount_minor, p.pay_on,
           (select json_agg(x.invoice_id order by x.invoice_id) from promise_invoice x
             where x.tenant_id = p.tenant_id and x.promise_id = p.id) as invoice_ids
           from promise p where p.tenant_id = $1 and p.customer_id = any($2::bigint[]) and p.withdrawn_on is null
            and p.pay_on >= $3::date order by p.id`,
        [sql.tenantId, customerIds, since],
      );

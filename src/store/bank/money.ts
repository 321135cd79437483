/** Money that came in: lines that are no payment yet, payments that may be the same, and how the two are joined. */
import { z } from 'zod';
import { asTable } from '../ledger-import/upsert.ts';
import type { Sql } from '../transaction.ts';
import { type StoredLine, selectLines } from './lines.ts';

export type AmountOf = { readonly currency: string; readonly amount_minor: bigint };

/** Credits without a payment that are money of their own: no batch that its parts stand for, no part of a placed batch. */
const UNPLACED = `l.tenant_id = $1 and l.payment_id is null and l.direction = 'credit' and not l.reversal
  and not exists (select from bank_line x where x.tenant_id = l.tenant_id and x.part_of = l.id)
  and not exists (select from bank_line b where b.tenant_id = l.tenant_id and b.id = l.part_of and b.payment_id is not null)`;

/** The next amounts with such lines, in a fixed order. */
export const unplacedAmounts = (sql: Sql, after: AmountOf | null, limit: number): Promise<AmountOf[]> =>
  sql.many(
    z.object({ currency: z.string(), amount_minor: z.coerce.bigint() }),
    `select distinct l.currency, l.amount_minor from bank_line l
      where ${UNPLACED} and ($2::text is null or (l.currency, l.amount_minor) > ($2::text, $3::bigint))
      order by l.currency, l.amount_minor limit $4`,
    [sql.tenantId, after?.currency ?? null, after?.amount_minor ?? null, limit],
  );

const idRow = z.object({ id: z.coerce.number() });

/** In two steps: without statistics a planner joins the amounts with every line. */
export const unplacedLines = async (sql: Sql, amounts: readonly AmountOf[]): Promise<StoredLine[]> => {
  const { text, values } = asTable(amounts, { currency: 'text', amount_minor: 'bigint' }, 2);
  const ids = await sql.many(
    idRow,
    `select b.id from ${text} cross join lateral (select id from bank_line
        where tenant_id = $1 and currency = r.currency and amount_minor = r.amount_minor and payment_id is null
          and direction = 'credit' and not reversal offset 0) b`,
    [sql.tenantId, ...values],
  );
  return selectLines(
    sql,
    `where l.id = any($2::bigint[]) and ${UNPLACED} order by l.currency, l.amount_minor, l.booked_on, l.id`,
    [sql.tenantId, ids.map(({ id }) => id)],
  );
};

const knownMoney = z.object({
  id: z.coerce.number(),
  source: z.string(),
  external_id: z.string(),
  received_on: z.string(),
  currency: z.string(),
  amount_minor: z.coerce.bigint(),
  payer_name: z.string().nullable(),
  payer_account: z.string().nullable(),
  reference: z.string().nullable(),
  method: z.string().nullable(),
  customer_id: z.coerce.number().nullable(),
  customer_name: z.string().nullable(),
  /** Folded. */
  aliases: z.array(z.string()),
  remembered_names: z.array(z.string()),
  remembered_accounts: z.array(z.string()),
  /** Of its bank line. */
  bank_ids: z.array(z.string()),
  bank_text: z.string().nullable(),
  /** What other sources call it, and what they say of it. */
  sighted: z.array(z.string()),
});
export type KnownMoney = z.infer<typeof knownMoney>;

export type MoneyWindow = AmountOf & { readonly from_on: string; readonly to_on: string };

/**
 * Payments of these amounts and days that may be the same money. `bank`: those that no line of a statement is yet.
 * Else those of other sources that this source has not told of yet.
 */
export function moneyLike(
  sql: Sql,
  windows: readonly MoneyWindow[],
  asker: { readonly bank: true } | { readonly source: string },
): Promise<KnownMoney[]> {
  if (windows.length === 0) return Promise.resolve([]);
  const { text, values } = asTable(
    windows,
    { currency: 'text', amount_minor: 'bigint', from_on: 'date', to_on: 'date' },
    3,
  );
  const remembered = (kind: string) => `coalesce((select array_agg(distinct m.key) from payer_memory m
      where m.tenant_id = p.tenant_id and m.customer_id = p.customer_id and m.kind = '${kind}'
        and m.unlearned_at is null), '{}')`;
  const free =
    'bank' in asker
      ? `$2::text is null and not exists (select from bank_line x
          where x.tenant_id = $1 and x.payment_id = p.id and x.direction = 'credit')`
      : `p.source <> $2 and not exists (select from payment_sighting x
          where x.tenant_id = $1 and x.payment_id = p.id and x.source = $2)`;
  // found by amount alone first: a planner without statistics may take an index of days, and read a month each time
  return sql.many(
    knownMoney,
    `with found as materialized (
       select distinct p.id from ${text}
         cross join lateral (select id, source, received_on from payment
           where tenant_id = $1 and currency = r.currency and amount_minor = r.amount_minor offset 0) p
        where p.received_on between r.from_on and r.to_on and ${free})
     select p.id, p.source, p.external_id, p.received_on, p.currency, p.amount_minor, p.payer_name,
       p.payer_account, p.reference, p.method, p.customer_id, c.name as customer_name,
       coalesce((select array_agg(a.alias) from customer_alias a
         where a.tenant_id = p.tenant_id and a.customer_id = p.customer_id), '{}') as aliases,
       ${remembered('name')} as remembered_names, ${remembered('account')} as remembered_accounts,
       array_remove(array[b.end_to_end_id, b.bank_reference], null) as bank_ids, b.text as bank_text,
       coalesce((select array_agg(concat_ws(' ', g.external_id, g.detail ->> 'reference')) from payment_sighting g
         where g.tenant_id = p.tenant_id and g.payment_id = p.id), '{}') as sighted
     from found f join payment p on p.tenant_id = $1 and p.id = f.id
       left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
       left join bank_line b on b.tenant_id = p.tenant_id and b.payment_id = p.id and b.direction = 'credit'
     order by p.id`,
    [sql.tenantId, 'bank' in asker ? null : asker.source, ...values],
  );
}

/** Which of these sources tell of payments one by one, where no customer is called like it. */
export const telling = async (sql: Sql, sources: readonly string[]): Promise<Set<string>> => {
  const rows = await sql.many(
    z.object({ source: z.string() }),
    `select s.source from unnest($2::text[]) s (source)
      where exists (select from payment p where p.tenant_id = $1 and p.source = s.source)
        and not exists (select from customer c where c.tenant_id = $1 and c.name ilike '%' || s.source || '%')`,
    [sql.tenantId, sources],
  );
  return new Set(rows.map((row) => row.source));
};

/** Says of lines which payment they are. */
export async function linkLines(
  sql: Sql,
  rows: readonly { id: number; payment_id: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = asTable(rows, { id: 'bigint', payment_id: 'bigint' }, 2);
  await sql.run(
    `update bank_line l set payment_id = r.payment_id from ${text} where l.tenant_id = $1 and l.id = r.id`,
    [sql.tenantId, ...values],
  );
}

const paymentColumns = {
  external_id: 'text',
  received_on: 'date',
  currency: 'text',
  amount_minor: 'bigint',
  payer_name: 'text',
  payer_account: 'text',
  reference: 'text',
  method: 'text',
} as const;
export type BankPayment = {
  readonly external_id: string;
  readonly received_on: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly payer_name: string | null;
  readonly payer_account: string | null;
  readonly reference: string | null;
  readonly method: string;
};

/** Which of these numbers are payments of the bank already. */
export const takenNumbers = async (sql: Sql, numbers: readonly string[]): Promise<Set<string>> => {
  const rows = await sql.many(
    z.object({ external_id: z.string() }),
    `select external_id from payment where tenant_id = $1 and source = 'bank' and external_id = any($2::text[])`,
    [sql.tenantId, numbers],
  );
  return new Set(rows.map((row) => row.external_id));
};

/** Payments made from lines, wholly unapplied; ids by number. */
export async function addBankPayments(sql: Sql, rows: readonly BankPayment[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const { text, values } = asTable(rows, paymentColumns, 2);
  const names = Object.keys(paymentColumns).join(', ');
  const written = await sql.many(
    z.object({ id: z.coerce.number(), external_id: z.string() }),
    `insert into payment (tenant_id, source, ${names}, unapplied_minor)
     select $1::int, 'bank', ${names}, amount_minor from ${text} returning id, external_id`,
    [sql.tenantId, ...values],
  );
  return new Map(written.map((row) => [row.external_id, row.id]));
}

/** Open invoices by customer and currency, with what disputes and holds say about them. */
import { z } from 'zod';
import type { ChaseHold, ChaseInvoice } from '../../domain/cadence/facts.ts';
import type { Sql } from '../transaction.ts';
import { builtList, type FactScope, groupBy } from './scope.ts';

/** Id, number, issued, due, amount, open, PO number; amounts are text, since JSON would lose digits. */
type InvoiceItem = readonly [number, string, string, string, string, string, string | null];

const customerColumns = z.object({
  id: z.coerce.number(),
  code: z.string(),
  name: z.string(),
  segment: z.string().nullable(),
  owner: z.string().nullable(),
  language: z.string().nullable(),
  timezone: z.string().nullable(),
  country: z.string().nullable(),
  base_name: z.string(),
});
const customerText = `c.id, c.external_id as code, c.name, c.segment, c.owner_email as owner, c.language, c.timezone,
  c.country, c.base_name`;
const inScope = `($2::text is null or c.owner_email = $2) and ($3::bigint[] is null or c.id = any($3))`;

const openRow = customerColumns.extend({ currency: z.string(), invoices: builtList<InvoiceItem>() });
export type OpenRow = z.output<typeof openRow>;

/** One row for each customer and currency in which something is open. */
export const readOpen = (sql: Sql, scope: FactScope): Promise<OpenRow[]> =>
  sql.many(
    openRow,
    `select ${customerText}, i.currency, i.invoices
     from (select customer_id, currency, json_agg(json_build_array(id, number, issued_on, due_on, amount_minor::text,
               open_minor::text, po_number) order by due_on, id) as invoices
             from invoice where tenant_id = $1 and status = 'open'
              and ($3::bigint[] is null or customer_id = any($3)) group by customer_id, currency) i
       join customer c on c.tenant_id = $1 and c.id = i.customer_id
     where ${inScope} order by c.id, i.currency`,
    [sql.tenantId, scope.owner, scope.customerIds ?? null],
  );

/** The named customers that owe nothing, each in its own currency: who is thanked needs facts too. */
export const readOthers = (
  sql: Sql,
  scope: FactScope,
  but: readonly number[],
  currency: string,
): Promise<OpenRow[]> =>
  sql.many(
    openRow,
    `select ${customerText}, coalesce(c.currency, $5) as currency, '[]'::json as invoices from customer c
      where c.tenant_id = $1 and ${inScope} and c.id <> all($4::bigint[]) order by c.id`,
    [sql.tenantId, scope.owner, scope.customerIds ?? [], but, currency],
  );

const disputeRow = z.object({
  invoice_id: z.coerce.number(),
  reason: z.string(),
  line: z.number().nullable(),
});

/** The open disputes of an invoice, in words. */
export async function readDisputed(sql: Sql, { today }: FactScope): Promise<Map<number, string>> {
  const rows = await sql.many(
    disputeRow,
    `select invoice_id, reason, line_number as line from dispute
      where tenant_id = $1 and opened_on <= $2 and (resolved_on is null or resolved_on > $2) order by id`,
    [sql.tenantId, today],
  );
  const words = ({ reason, line }: z.output<typeof disputeRow>) =>
    `${reason.replaceAll('_', ' ')}${line === null ? '' : ` (line ${line})`}`;
  return new Map(
    [...groupBy(rows, (row) => row.invoice_id)].map(([id, group]) => [id, group.map(words).join(', ')]),
  );
}

const holdRow = z.object({
  id: z.coerce.number(),
  customer_id: z.coerce.number(),
  invoice_id: z.coerce.number().nullable(),
  reason: z.string(),
  until_on: z.string().nullable(),
});

export type Holds = {
  readonly customers: ReadonlyMap<number, ChaseHold>;
  readonly invoices: ReadonlyMap<number, ChaseHold>;
};

/** Holds in force; of several on the same the one that lasts longest. */
export async function readHolds(sql: Sql, { today }: FactScope): Promise<Holds> {
  const rows = await sql.many(
    holdRow,
    `select id, customer_id, invoice_id, reason, until_on from hold
      where tenant_id = $1 and from_on <= $2 and (until_on is null or until_on >= $2)
        and (lifted_on is null or lifted_on > $2) order by until_on nulls last, id`,
    [sql.tenantId, today],
  );
  const customers = new Map<number, ChaseHold>();
  const invoices = new Map<number, ChaseHold>();
  for (const { id, customer_id, invoice_id, reason, until_on: untilOn } of rows)
    (invoice_id === null ? customers : invoices).set(invoice_id ?? customer_id, { id, reason, untilOn });
  return { customers, invoices };
}

export const invoicesOf = (
  { invoices }: OpenRow,
  disputed: ReadonlyMap<number, string>,
  holds: Holds,
): ChaseInvoice[] =>
  invoices.map(([id, number, issuedOn, dueOn, amount, open, poNumber]) => ({
    id,
    number,
    issuedOn,
    dueOn,
    amountMinor: BigInt(amount),
    openMinor: BigInt(open),
    poNumber,
    disputed: disputed.get(id) ?? null,
    hold: holds.invoices.get(id) ?? null,
  }));

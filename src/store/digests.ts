/**
 * What a digest tells, each part in one query over the tenant (or one owner's accounts: `owner`). Days are the
 * company's; a window is from `since` to `until`, both included. Amounts are minor units of their currency.
 */
import { z } from 'zod';
import { type DigestContent, digestContent } from '../domain/chase/reports.ts';
import type { Sql } from './transaction.ts';

export type DigestWindow = {
  readonly owner: string | null;
  readonly since: string;
  readonly until: string;
  /** When the last digest was made: what was stored later but is dated earlier is told now; null: there was none. */
  readonly lastMadeAt: Date | null;
};

const customer = z.object({ id: z.number(), code: z.string(), name: z.string() });
const customerJson = `json_build_object('id', c.id, 'code', c.external_id, 'name', c.name)`;
const owned = (mark: string) => `(${mark}::text is null or c.owner_email = ${mark})`;
const amount = z.coerce.bigint();
const count = z.coerce.number();

/** Late news reach back this far: an import of old books is none. */
const LATE_DAYS = 14;
const inWindow = (day: string, created: string) =>
  `(${day} between $2::date and $3::date or ($4::timestamptz is not null and ${created} > $4
    and ${day} between $2::date - ${LATE_DAYS} and $2::date - 1))`;
const windowValues = ({ owner, since, until, lastMadeAt }: DigestWindow) => [owner, since, until, lastMadeAt];

const totalRow = z.object({ currency: z.string(), amount_minor: amount, count });
export type DigestTotal = z.output<typeof totalRow>;

/** Money received, by currency. */
export const cashTotals = (sql: Sql, window: DigestWindow): Promise<DigestTotal[]> =>
  sql.many(
    totalRow,
    `select p.currency, sum(p.amount_minor)::bigint as amount_minor, count(*) as count
       from payment p left join customer c on c.id = p.customer_id
      where ${owned('$1')} and ${inWindow('p.received_on', 'p.created_at')}
      group by p.currency order by count(*) desc, p.currency`,
    windowValues(window),
  );

const receivedRow = z.object({
  customer,
  currency: z.string(),
  amount_minor: amount,
  number: z.string(),
  received_on: z.string(),
});

/** The largest payments of known customers in each currency. */
export const biggestPayments = (sql: Sql, window: DigestWindow, each: number) =>
  sql.many(
    receivedRow,
    `select customer, currency, amount_minor, number, received_on from (
       select ${customerJson} as customer, p.currency, p.amount_minor, p.external_id as number, p.received_on, p.id,
         row_number() over (partition by p.currency order by p.amount_minor desc, p.id) as place
       from payment p join customer c on c.id = p.customer_id
       where ${owned('$1')} and ${inWindow('p.received_on', 'p.created_at')}
     ) ranked where place <= $5 order by place, currency, id`,
    [...windowValues(window), each],
  );

const waitingRow = z.object({
  id: z.coerce.number(),
  kind: z.enum(['email', 'policy_change', 'application']),
  name: z.string().nullable(),
  currency: z.string().nullable(),
  amount_minor: amount.nullable(),
  created_at: z.date(),
});

/** Proposals that wait for a decision, oldest first; changes of the policy are the team's only. */
export const waitingProposals = (sql: Sql, owner: string | null) =>
  sql.many(
    waitingRow,
    `select p.id, p.kind, c.name, p.currency, p.amount_minor, p.created_at
       from proposal p left join customer c on c.id = p.customer_id
      where p.tenant_id = $2 and p.state = 'pending' and p.expires_at > now() and ${owned('$1')} order by p.id`,
    [owner, sql.tenantId],
  );

const promiseRow = z.object({
  customer,
  currency: z.string(),
  amount_minor: amount,
  received_minor: amount,
  pay_on: z.string(),
  quote: z.string().nullable(),
});
export type DigestPromise = z.output<typeof promiseRow>;

const promises = (sql: Sql, owner: string | null, today: string, where: string, values: readonly unknown[]) =>
  sql.many(
    promiseRow,
    `select ${customerJson} as customer, p.currency, p.amount_minor, s.received_minor, p.pay_on, p.quote
       from promise p join promise_state($2::date) s on s.promise_id = p.id and s.tenant_id = p.tenant_id
         join customer c on c.id = p.customer_id
      where ${owned('$1')} and ${where} order by p.amount_minor desc, p.id limit 10`,
    [owner, today, ...values],
  );

/** Those whose last day of grace is in the window and that were not kept. */
export const brokenPromises = (
  sql: Sql,
  { owner, since, until }: DigestWindow,
  today: string,
): Promise<DigestPromise[]> =>
  promises(
    sql,
    owner,
    today,
    `p.pay_on between $3::date - 20 and $4::date and s.deadline between $3::date and $4::date
      and s.state in ('broken', 'partly_kept')`,
    [since, until],
  );

/** Those promised for today or tomorrow and not kept yet. */
export const duePromises = (sql: Sql, owner: string | null, today: string): Promise<DigestPromise[]> =>
  promises(sql, owner, today, `p.pay_on between $2::date and $2::date + 1 and s.state = 'open'`, []);

const disputeRow = z.object({
  customer,
  currency: z.string(),
  amount_minor: amount,
  number: z.string(),
  reason: z.string(),
  owner: z.string().nullable(),
});

export const newDisputes = (sql: Sql, window: DigestWindow) =>
  sql.many(
    disputeRow,
    `select ${customerJson} as customer, d.currency, d.amount_minor, i.number, d.reason, d.owner
       from dispute d join customer c on c.id = d.customer_id join invoice i on i.id = d.invoice_id
      where ${owned('$1')} and ${inWindow('d.opened_on', 'd.created_at')} and d.resolved_on is null
      order by d.amount_minor desc, d.id limit 10`,
    windowValues(window),
  );

const overdueRow = z.object({
  customer,
  currency: z.string(),
  amount_minor: amount,
  count,
  oldest: z.string(),
});

/** Accounts with the most that became overdue: due in the window, still open. */
export const newlyOverdue = (sql: Sql, { owner, since, until }: DigestWindow, each: number) =>
  sql.many(
    overdueRow,
    `with late as (
       select customer_id, currency, sum(open_minor)::bigint as amount_minor, count(*) as count, min(due_on) as oldest
         from invoice where status = 'open' and due_on between $2::date and $3::date group by customer_id, currency
     ), ranked as (
       select ${customerJson} as customer, l.currency, l.amount_minor, l.count, l.oldest, c.id,
         row_number() over (partition by l.currency order by l.amount_minor desc, c.id) as place
       from late l join customer c on c.id = l.customer_id where ${owned('$1')}
     )
     select customer, currency, amount_minor, count, oldest from ranked where place <= $4
     order by place, currency, id`,
    [owner, since, until, each],
  );

const changeRow = z.object({
  customer,
  currency: z.string(),
  billed_minor: amount,
  settled_minor: amount,
  invoices: count,
});

/** Accounts whose balance changed most in the window: billed less settled, up or down. */
export const balanceChanges = (sql: Sql, { owner, since, until }: DigestWindow, each: number) =>
  sql.many(
    changeRow,
    `with moved as (
       select customer_id, currency, amount_minor as billed, 0::bigint as settled, 1 as invoices from invoice
        where issued_on between $2::date and $3::date and status <> 'void'
       union all
       select i.customer_id, i.currency, 0, a.amount_minor, 0
         from application a join invoice i on i.id = a.invoice_id and i.tenant_id = a.tenant_id
        where a.applied_on between $2::date and $3::date
     ), sums as (
       select customer_id, currency, sum(billed)::bigint as billed_minor, sum(settled)::bigint as settled_minor,
         sum(invoices) as invoices
       from moved group by customer_id, currency
     ), ranked as (
       select ${customerJson} as customer, s.*, c.id,
         row_number() over (partition by s.currency, s.billed_minor > s.settled_minor
           order by abs(s.billed_minor - s.settled_minor) desc, c.id) as place
       from sums s join customer c on c.id = s.customer_id
       where ${owned('$1')} and s.billed_minor <> s.settled_minor
     )
     select customer, currency, billed_minor, settled_minor, invoices from ranked where place <= $4
     order by place, currency, id`,
    [owner, since, until, each],
  );

/**
 * How often each act was done by these actors since a moment; an entry that tells of many counts as many. With an owner: only what names a customer of that owner,
 * directly or through its proposal.
 */
export const actsSince = (sql: Sql, actors: readonly string[], since: Date, owner: string | null) =>
  sql.many(
    z.object({ act: z.string(), count }),
    `select a.act, sum(coalesce((a.detail ->> 'count')::int, 1)) as count from audit a
      where a.at >= $2 and a.actor = any($1::text[]) and ($3::text is null or exists (
        select from customer c where c.owner_email = $3 and c.id = coalesce((a.detail ->> 'customerId')::bigint,
          (select p.customer_id from proposal p where p.id = (a.detail ->> 'proposalId')::bigint))))
      group by a.act having sum(coalesce((a.detail ->> 'count')::int, 1)) > 0 order by a.act`,
    [actors, since, owner],
  );

const postRow = z.object({ local_day: z.string(), created_at: z.date(), content: digestContent });
export type DigestPost = { day: string; madeAt: Date; content: DigestContent };

/** The newest digest of this audience on or before a day; null when there is none. */
export async function lastDigest(sql: Sql, audience: string, day: string): Promise<DigestPost | null> {
  const row = await sql.maybe(
    postRow,
    `select local_day, created_at, content from digest_post
      where tenant_id = $1 and audience = $2 and local_day <= $3 order by local_day desc limit 1`,
    [sql.tenantId, audience, day],
  );
  return row && { day: row.local_day, madeAt: row.created_at, content: row.content };
}

/** False when this audience has one of this day already. */
export const addDigest = async (sql: Sql, content: DigestContent): Promise<boolean> =>
  (await sql.run(
    `insert into digest_post (tenant_id, audience, local_day, content) values ($1, $2, $3, $4)
     on conflict (tenant_id, audience, local_day) do nothing`,
    [sql.tenantId, content.audience, content.day, JSON.stringify(content)],
  )) > 0;

/** Sales people who own an account: each has a digest of their own. */
export const digestReaders = async (sql: Sql): Promise<string[]> =>
  (
    await sql.many(
      z.object({ email: z.string() }),
      `select u.email from app_user u where u.role = 'viewer' and u.active and not u.is_bot
         and exists (select from customer c where c.owner_email = u.email) order by u.email`,
    )
  ).map(({ email }) => email);

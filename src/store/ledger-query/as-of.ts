/** What was open on a day before today: today's open amount with everything taken back that came later. */

export type AsOfParts = { readonly open: string; readonly joins: string };

type Later = { table: 'application' | 'adjustment' | 'payment_return'; key: string; day: string };

/** Sum of what was put on a document after the day, as `NAME.minor`, null where nothing was. */
const laterSum = (name: string, { table, key, day }: Later, id: string, asOf: string, narrow: boolean) =>
  narrow
    ? `left join lateral (select sum(l.amount_minor) as minor from ${table} l
        where l.tenant_id = $1 and l.${key} = ${id} and l.${day} > ${asOf}) ${name} on true`
    : `left join (select l.${key} as id, sum(l.amount_minor) as minor from ${table} l
        where l.tenant_id = $1 and l.${key} is not null and l.${day} > ${asOf} group by l.${key}) ${name}
        on ${name}.id = ${id}`;

/**
 * Open amount of an invoice as it stood on the day: amount less applications, credits and adjustments until then.
 * Counted back from today's amount, so that what the source explains by no application stays explained; an invoice
 * whose payment is not in the ledger at all was open until its paid day.
 *
 * `narrow`: few invoices are asked for, so each looks up its own movements instead of summing all of them.
 */
export function invoiceAsOf(alias: string, asOf: string, narrow: boolean): AsOfParts {
  const [cash, other] = [`${alias}_cash`, `${alias}_other`];
  const id = `${alias}.id`;
  const until = (table: string, day: string) =>
    `coalesce((select sum(e.amount_minor) from ${table} e
      where e.tenant_id = $1 and e.invoice_id = ${id} and e.${day} <= ${asOf}), 0)`;
  const bounded = (minor: string) => `greatest(0, least(${alias}.amount_minor, ${minor}))`;
  return {
    joins: `${laterSum(cash, { table: 'application', key: 'invoice_id', day: 'applied_on' }, id, asOf, narrow)}
      ${laterSum(other, { table: 'adjustment', key: 'invoice_id', day: 'booked_on' }, id, asOf, narrow)}`,
    open: `(case when ${alias}.status = 'void' then 0
      when ${alias}.paid_on > ${asOf} and ${cash}.minor is null and ${other}.minor is null then
        ${bounded(`${alias}.amount_minor - ${until('application', 'applied_on')} - ${until('adjustment', 'booked_on')}`)}
      else ${bounded(`${alias}.open_minor + coalesce(${cash}.minor, 0) + coalesce(${other}.minor, 0)`)} end)::bigint`,
  };
}

/** Unapplied part of a payment or credit as it stood on the day; what left the payment later was still there. */
export function unappliedAsOf(
  kind: 'payment' | 'credit',
  today: string,
  asOf: string,
  narrow: boolean,
): AsOfParts {
  const applied = { table: 'application', key: `${kind}_id`, day: 'applied_on' } as const;
  const joins = laterSum('x_later', applied, 'x.id', asOf, narrow);
  const open = (later: string) => `greatest(0, least(x.amount_minor, ${today} + ${later}))::bigint`;
  if (kind === 'credit') return { joins, open: open('coalesce(x_later.minor, 0)') };
  const left = { table: 'payment_return', key: 'payment_id', day: 'returned_on' } as const;
  return {
    joins: `${joins} ${laterSum('x_left', left, 'x.id', asOf, narrow)}`,
    open: open('coalesce(x_later.minor, 0) + coalesce(x_left.minor, 0)'),
  };
}

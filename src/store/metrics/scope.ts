/** Which part of the ledger a metric is about, as a condition on invoices. */
import { z } from 'zod';
import type { CustomerRef } from '../../domain/ledger-query/result.ts';
import type { Sql } from '../transaction.ts';

export type MetricScope = {
  currency?: readonly string[] | undefined;
  /** With children already among them. */
  customerIds?: readonly number[] | undefined;
  owner?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  segment?: readonly string[] | undefined;
  /** Only this person's accounts (P-10); null for all. */
  visibleOwner: string | null;
};

/** The values of one statement: adding one gives its mark (`$3`). */
export class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/** `and ...` for the invoice alias `i`; '' when the scope is the whole ledger. */
export function scopeCondition(scope: MetricScope, values: Values): string {
  const customer = [
    scope.visibleOwner !== null && `c.owner_email = ${values.add(scope.visibleOwner)}`,
    scope.customerIds && `c.id = any(${values.add(scope.customerIds)}::bigint[])`,
    scope.owner &&
      `c.owner_email = any(${values.add(scope.owner.map((each) => each.toLowerCase()))}::text[])`,
    scope.region && `c.region = any(${values.add(scope.region)}::text[])`,
    scope.segment &&
      `lower(c.segment) = any(${values.add(scope.segment.map((each) => each.toLowerCase()))}::text[])`,
  ].filter((each) => typeof each === 'string');
  const conditions = [
    ...(scope.currency ? [`i.currency = any(${values.add(scope.currency)}::text[])`] : []),
    ...(customer.length > 0
      ? [`i.customer_id in (select c.id from customer c where ${customer.join(' and ')})`]
      : []),
  ];
  return conditions.map((each) => `and ${each}`).join(' ');
}

const memberRow = z.object({ id: z.coerce.number(), code: z.string(), name: z.string(), asked: z.boolean() });

/** The asked customers that `owner` may see, then, if wanted, everything below them in their groups. */
export const groupMembers = (
  sql: Sql,
  ids: readonly number[],
  withChildren: boolean,
  owner: string | null,
): Promise<(CustomerRef & { asked: boolean })[]> =>
  sql.many(
    memberRow,
    `with recursive member (id, depth) as (
       select id, 0 from customer where id = any($1::bigint[])
       union
       select c.id, m.depth + 1 from member m join customer c on c.parent_id = m.id where $2 and m.depth < 20
     )
     select c.id, c.external_id as code, c.name, c.id = any($1::bigint[]) as asked from customer c
      where c.id in (select id from member) and ($3::text is null or c.owner_email = $3)
      order by asked desc, c.name, c.id`,
    [ids, withChildren, owner],
  );

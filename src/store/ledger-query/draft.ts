/**
 * A SQL statement in the making: asks for columns by name and joins only the tables that they need. Values go in as
 * parameters; the text depends on the shape of the question alone, so that statements repeat.
 */
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import { type Column, type Source, sourceOf } from './datasets.ts';

/** Where every statement looks: the tenant, and for a viewer the accounts of one owner only (P-10). */
export type Scope = { readonly tenantId: number; readonly owner: string | null };

export type Draft = {
  readonly question: SettledQuestion;
  readonly scope: Scope;
  readonly values: readonly unknown[];
  /** The placeholder of a new parameter; `type` is its Postgres type. `$1` is always the tenant. */
  param(value: unknown, type: string): string;
  /** The placeholder of the as-of day. */
  asOf(): string;
  has(column: Column): boolean;
  /** The SQL of a column; its tables are joined. */
  column(column: Column): string;
  /** Adds a condition that every row must meet. */
  where(condition: string): void;
  /** Joins something that only one concern knows. */
  join(name: string, sql: string): void;
  /** Puts a `name as (...)` in front of the statement. */
  with(name: string, sql: string): void;
  /** `with ...,` pieces so far; empty when there are none. */
  ctes(): string[];
  /** `from ... where ...` with what was asked for until now. */
  fromWhere(): string;
};

/** A draft over the question's dataset; nothing is filtered yet but the tenant. */
export function createDraft(question: SettledQuestion, scope: Scope): Draft {
  const values: unknown[] = [scope.tenantId];
  const joins = new Map<string, string>();
  const conditions: string[] = ['x.tenant_id = $1'];
  const ctes = new Map<string, string>();
  let asOf: string | undefined;
  const param = (value: unknown, type: string): string => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const asOfDay = (): string => {
    asOf ??= param(question.asOf, 'date');
    return asOf;
  };
  const source: Source = sourceOf(question, asOfDay);
  const useJoin = (name: string): void => {
    const join = source.joins[name];
    if (!join || joins.has(name)) return;
    for (const before of join.needs ?? []) useJoin(before);
    joins.set(name, join.sql());
  };
  return {
    question,
    scope,
    values,
    param,
    asOf: asOfDay,
    has: (column) => source.columns[column] !== undefined,
    column: (name) => {
      const column = source.columns[name];
      if (!column) throw new Error(`the dataset ${question.dataset} has no column ${name}`);
      for (const join of column.needs ?? []) useJoin(join);
      return column.sql();
    },
    where: (condition) => {
      conditions.push(condition);
    },
    join: (name, sql) => {
      joins.set(name, sql);
    },
    with: (name, sql) => {
      ctes.set(name, sql);
    },
    ctes: () => [...ctes].map(([name, sql]) => `${name} as (${sql})`),
    fromWhere: () =>
      `from ${source.table} x ${[...joins.values()].join(' ')} where ${conditions.join(' and ')}`,
  };
}

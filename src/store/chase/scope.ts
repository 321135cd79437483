/** Which customers the facts are read of. */
import { z } from 'zod';
import type { Day } from '../../domain/calendar.ts';

export type FactScope = {
  readonly today: Day;
  /** None: all of the tenant. */
  readonly customerIds?: readonly number[] | undefined;
  /** Only accounts of this owner (a viewer's own); null: all. */
  readonly owner: string | null;
};

/** Rows by a key, in the order they came. */
export function groupBy<Key, Row>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/**
 * A list that the query itself puts together as JSON, so its items have the shape written there; looking at each of a
 * hundred thousand again would cost more than reading them. Tests hold query and type together.
 */
export const builtList = <Item>() => z.custom<readonly Item[]>((value) => Array.isArray(value));

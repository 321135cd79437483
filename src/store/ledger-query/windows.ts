/** Windows of days as conditions. */
import type { ResolvedWindow } from '../../domain/ledger-query/window.ts';
import type { Draft } from './draft.ts';

/** Both ends count; an empty window asks that there is a day at all. */
export function inWindow(draft: Draft, expression: string, { from, to }: ResolvedWindow): string {
  const conditions = [
    ...(from === undefined ? [] : [`${expression} >= ${draft.param(from, 'date')}`]),
    ...(to === undefined ? [] : [`${expression} <= ${draft.param(to, 'date')}`]),
  ];
  return conditions.length === 0 ? `${expression} is not null` : conditions.join(' and ');
}

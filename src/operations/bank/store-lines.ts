/** Takes a batch of lines of a statement in: what was told before adds nothing, what is told again is confirmed. */
import { groupedBy } from '../../domain/grouped-by.ts';
import { pairUp } from '../../domain/matching/pair-up.ts';
import { sameBooking } from '../../domain/matching/same-money.ts';
import {
  addRepeats,
  confirmLines,
  insertLines,
  linesByKey,
  type NewBankLine,
  possibleRepeats,
  type StoredLine,
} from '../../store/bank/lines.ts';
import type { Sql } from '../../store/transaction.ts';
import { lineView } from './money-views.ts';

export type StatementOfLines = {
  readonly statementId: number;
  readonly sha256: string;
  readonly account: string;
  readonly format: string;
  readonly interim: boolean;
};

/** The booking that a line is; `isNew` when this line brought it. */
export type TakenLine = { readonly lineId: number; readonly isNew: boolean };

const bookingKey = (row: Pick<StoredLine, 'currency' | 'amount_minor' | 'direction' | 'reversal'>): string =>
  `${row.currency}|${row.amount_minor}|${row.direction}|${row.reversal}`;

/** Which stored line each of the rows tells of again, by its place among the rows. */
function findRepeats(
  rows: readonly NewBankLine[],
  stored: readonly StoredLine[],
  { format }: StatementOfLines,
): Map<number, number> {
  const byBooking = groupedBy(stored, bookingKey);
  const views = new Map(stored.map((line) => [line.id, lineView(line)]));
  const possible = rows.flatMap((row, left) => {
    const others = byBooking.get(bookingKey(row)) ?? [];
    if (others.length === 0) return [];
    const view = lineView({ ...row, format });
    return others.flatMap((line) => {
      const strength = sameBooking(view, views.get(line.id)!);
      const days = Math.abs(Date.parse(line.booked_on) - Date.parse(row.booked_on));
      return strength === null ? [] : [{ left, right: line.id, strength, days }];
    });
  });
  return pairUp(possible);
}

async function knownByKey(
  sql: Sql,
  account: string,
  rows: readonly NewBankLine[],
): Promise<Map<string, { id: number; interim: boolean }>> {
  const known = new Map<string, { id: number; interim: boolean }>();
  for (const currency of new Set(rows.map((row) => row.currency))) {
    const keys = rows.filter((row) => row.currency === currency).map((row) => row.key);
    for (const [key, line] of await linesByKey(sql, account, currency, keys)) known.set(currency + key, line);
  }
  return known;
}

/** What is stored of the rows already, without writing anything; null for what is new. */
export async function lookUpLines(
  sql: Sql,
  account: string,
  rows: readonly NewBankLine[],
): Promise<(TakenLine | null)[]> {
  const known = await knownByKey(sql, account, rows);
  return rows.map((row) => {
    const line = known.get(row.currency + row.key);
    return line ? { lineId: line.id, isNew: false } : null;
  });
}

/** In the order of the rows. */
export async function takeLines(
  sql: Sql,
  statement: StatementOfLines,
  rows: readonly NewBankLine[],
): Promise<TakenLine[]> {
  const { statementId, sha256, account, interim } = statement;
  const taken = new Map<string, TakenLine>();
  const known = await knownByKey(sql, account, rows);
  const unknown = rows.filter((row) => !known.has(row.currency + row.key));
  const repeats = findRepeats(unknown, await possibleRepeats(sql, sha256, account, unknown), statement);
  await addRepeats(
    sql,
    statementId,
    [...repeats].map(([at, line_id]) => ({
      account,
      currency: unknown[at]!.currency,
      key: unknown[at]!.key,
      line_id,
    })),
  );
  for (const [key, { id }] of known) taken.set(key, { lineId: id, isNew: false });
  for (const [at, lineId] of repeats)
    taken.set(unknown[at]!.currency + unknown[at]!.key, { lineId, isNew: false });
  if (!interim) await confirmLines(sql, [...new Set([...taken.values()].map(({ lineId }) => lineId))]);
  const inserted = await insertLines(
    sql,
    statementId,
    unknown.filter((_, at) => !repeats.has(at)),
  );
  for (const [key, lineId] of inserted) taken.set(key, { lineId, isNew: true });
  return rows.map((row) => taken.get(row.currency + row.key)!);
}

/** Which column is what, where headers leave it open: by the arithmetic of the rows and the stated total. */
import type { Mark } from '../amounts.ts';
import { exactValue } from './amount-text.ts';
import { absolute, sumOf } from './exact.ts';
import type { Assignment, RawLine } from './reading.ts';
import type { Columns } from './table.ts';

const pairs = (
  paid: readonly (number | null)[],
  gross: readonly (number | null)[],
): [number | null, number | null][] =>
  paid.flatMap((p) => gross.map((g): [number | null, number | null] => [p, g])).filter(([p, g]) => p !== g);

/** What the header says first, then what it does not exclude. */
export function assignmentsOf({ paid, gross, amounts, deductions, headers, roles }: Columns): Assignment[] {
  const kept = deductions.map((column) => ({
    column,
    word: (headers[column] ?? '').replace(/\s+/g, ' ').trim(),
  }));
  const paidFrom = paid.length > 0 ? paid : amounts.length > 0 ? [...amounts].reverse() : gross;
  const grossFrom = [...gross, ...amounts, ...paid];
  // an amount in front of the only deductions is what they were taken from
  const before =
    paid.length === 0 &&
    gross.length === 0 &&
    amounts.length === 1 &&
    kept.length > 0 &&
    amounts[0]! < kept[0]!.column;
  const computed: [number | null, number | null][] =
    kept.length > 0 && paid.length === 0 ? pairs([null], [...gross, ...amounts]) : [];
  const named = pairs(paidFrom, [
    ...grossFrom.filter((at) => !(paid.length > 0 && roles[at] === 'paid')),
    null,
    ...paid,
  ]);
  const single = paid.length === 0 && amounts.length === 0;
  const order = before || (single && kept.length > 0) ? [...computed, ...named] : [...named, ...computed];
  return order.map(([p, g]) => ({ paid: p, gross: g, deductions: kept }));
}

/** Amounts without headers: one is what was paid; of more, the arithmetic tells. */
export function bareAssignments(count: number): Assignment[] {
  const kept = (...columns: number[]) => columns.map((column) => ({ column, word: 'deduction' }));
  if (count === 1) return [{ paid: 0, gross: null, deductions: [] }];
  if (count === 2)
    return [
      { paid: 1, gross: 0, deductions: [] },
      { paid: null, gross: 0, deductions: kept(1) },
      { paid: 0, gross: null, deductions: [] },
      { paid: 0, gross: 1, deductions: [] },
    ];
  const last = count - 1;
  const middle = Array.from({ length: count - 2 }, (_, i) => i + 1);
  return [
    { paid: last, gross: 0, deductions: kept(...middle) },
    { paid: 0, gross: null, deductions: [] },
    ...middle.map((paid) => ({ paid, gross: 0, deductions: [] })),
  ];
}

export type Values = { paid: bigint | null; gross: bigint | null; deduction: bigint | null; words: string[] };

/** The values of a line by an assignment. `deduction` keeps the sign that it is written with. */
export function valuesOf(line: RawLine, { paid, gross, deductions }: Assignment, mark: Mark): Values {
  const at = (column: number | null) => {
    const written = column === null ? undefined : line.amounts.get(column);
    return written ? exactValue(written, mark) : null;
  };
  const kept = deductions
    .map(({ column, word }) => ({ word, value: at(column) }))
    .filter(({ value }) => value !== null && value !== 0n);
  return {
    paid: at(paid),
    gross: at(gross),
    deduction: kept.length === 0 ? null : sumOf(kept.map(({ value }) => value!)),
    words: kept.map(({ word }) => word),
  };
}

/** What was paid: the column, or gross less what was kept back of it. */
export function paidOf({ paid, gross, deduction }: Values): bigint | null {
  if (paid !== null || gross === null) return paid;
  return gross - (gross < 0n ? -absolute(deduction ?? 0n) : absolute(deduction ?? 0n));
}

/** True, false, or null where one of the three is missing. */
export function addsUp({ paid, gross, deduction }: Values): boolean | null {
  if (paid === null || gross === null) return null;
  if (deduction === null) return paid === gross ? null : false;
  return gross - deduction === paid || gross + deduction === paid;
}

/** A discount that is a round percentage (in halves) of the amount it is taken from. */
const isRoundShare = (deduction: bigint, of: bigint): boolean => {
  if (of === 0n) return false;
  const tenth = (absolute(deduction) * 1000n * 2n + absolute(of)) / (absolute(of) * 2n); // in tenths of a percent, rounded
  const back = (absolute(of) * tenth) / 1000n;
  return tenth > 0n && tenth <= 300n && tenth % 5n === 0n && absolute(back - absolute(deduction)) <= 100n;
};

/** How well an assignment explains the lines: each row that adds up, the total that is met, round discounts. */
export function scoreOf(
  lines: readonly RawLine[],
  assignment: Assignment,
  mark: Mark,
  totals: readonly bigint[],
): number {
  let score = 0;
  let sum = 0n;
  for (const line of lines) {
    const values = valuesOf(line, assignment, mark);
    const adds = addsUp(values);
    if (adds === true) score += 1;
    else if (adds === false && values.deduction !== null) score -= 0.5;
    else if (adds === false && absolute(values.paid!) > absolute(values.gross!)) score -= 0.5;
    if (values.paid === null && values.gross === null) score -= 0.5;
    if (values.deduction !== null && (values.paid === null) !== (values.gross === null)) {
      const base = values.gross ?? values.paid! + absolute(values.deduction);
      if (isRoundShare(values.deduction, base)) score += 0.3;
    }
    sum += paidOf(values) ?? 0n;
  }
  return totals.some((total) => absolute(total) === absolute(sum)) ? score + lines.length / 2 + 1 : score;
}

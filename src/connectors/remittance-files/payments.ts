/** Several payments in one file (a lockbox, an 820 with several orders): apart by cheque, or told as one. */
import type { Advice } from '../../ports/remittance-files.ts';
import { decimalText, exactOf, sumOf } from './exact.ts';
import { MOST_LINES, MOST_WARNINGS, type RawLine, type Segment } from './reading.ts';

/** The same lines by cheque, in the order of the file; a cheque's number counts for the lines below that have none. Null: one payment. */
export function byCheck(segments: readonly Segment[]): { check: string; segments: Segment[] }[] | null {
  const groups = new Map<string, Map<Segment, RawLine[]>>();
  let check = '';
  for (const segment of segments)
    for (const line of segment.lines) {
      check = line.check ?? check;
      const group = groups.get(check) ?? new Map<Segment, RawLine[]>();
      groups.set(check, group.set(segment, [...(group.get(segment) ?? []), line]));
    }
  if (groups.size < 2) return null;
  return [...groups].map(([number, group]) => ({
    check: number,
    segments: [...group].map(([segment, lines]) => ({ ...segment, lines, totals: [] })),
  }));
}

const same = (values: readonly (string | null)[]): string | null =>
  new Set(values).size === 1 ? values[0]! : null;

/** All payments as one advice, for whoever wants no more than the lines; a warning says that they are several. */
export function asOne(advices: readonly Advice[]): Advice | null {
  const [first, ...others] = advices;
  if (!first || others.length === 0) return first ?? null;
  const totals = advices.map(({ total }) => total);
  return {
    lines: advices.flatMap(({ lines }) => lines).slice(0, MOST_LINES),
    total:
      totals.every((total) => total !== null) && same(advices.map(({ currency }) => currency)) !== null
        ? decimalText(sumOf(totals.map((total) => exactOf(total!))))
        : null,
    currency: same(advices.map(({ currency }) => currency)),
    payerName: same(advices.map(({ payerName }) => payerName)),
    paidOn: same(advices.map(({ paidOn }) => paidOn)),
    paymentReference: null,
    warnings: [`It holds ${advices.length} payments.`, ...advices.flatMap(({ warnings }) => warnings)].slice(
      0,
      MOST_WARNINGS,
    ),
  };
}

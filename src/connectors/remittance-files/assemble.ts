/** From lines as written to an advice: settles decimal mark, columns and signs, and compares with the stated total. */
import { minorDigits } from '../../domain/money.ts';
import type { Advice, AdviceLine } from '../../ports/remittance-files.ts';
import type { Mark } from '../amounts.ts';
import { exactValue, isOpen, markShown, usualMark, type Written } from './amount-text.ts';
import { absolute, decimalText, sumOf } from './exact.ts';
import {
  type Assignment,
  type Facts,
  MOST_WARNINGS,
  type RawLine,
  type Segment,
  shown,
  type ValuedLine,
} from './reading.ts';
import { addsUp, paidOf, scoreOf, type Values, valuesOf } from './roles-from-content.ts';
import { settleSigns } from './signs.ts';

const writtenIn = (segments: readonly Segment[], facts: Facts): Written[] => [
  ...segments.flatMap(({ lines, totals }) => [
    ...lines.flatMap(({ amounts }) => [...amounts.values()]),
    ...totals.flatMap((each) => [...each.values()]),
  ]),
  ...(facts.total ? [facts.total] : []),
];

/** The mark that most amounts show for sure, else what is usual for the open ones. */
function likelyMark(all: readonly Written[], currency: string | null): Mark {
  const count = { '.': 0, ',': 0 };
  for (const written of all) {
    const mark = markShown(written);
    if (mark) count[mark]++;
  }
  if (count['.'] === count[','])
    for (const written of all) {
      const mark = isOpen(written) ? usualMark(written, currency) : null;
      if (mark) count[mark]++;
    }
  return count[','] > count['.'] ? ',' : '.';
}

type Choice = { mark: Mark; assignments: Assignment[]; score: number };

function choose(segments: readonly Segment[], facts: Facts, currency: string | null): Choice {
  const all = writtenIn(segments, facts);
  const likely = likelyMark(all, currency);
  const marks: Mark[] = all.some(isOpen) ? [likely, likely === '.' ? ',' : '.'] : [likely];
  let best: Choice | null = null;
  for (const mark of marks) {
    const stated = facts.total ? exactValue(facts.total, mark) : null;
    // a total of everything tells about the columns only where there is one table
    const totals = stated !== null && segments.length === 1 ? [stated] : [];
    const picked = segments.map(({ lines, assignments }) => {
      const scored = assignments.map((assignment) => ({
        assignment,
        score: scoreOf(lines, assignment, mark, totals),
      }));
      return scored.reduce((a, b) => (b.score > a.score ? b : a));
    });
    const score =
      picked.reduce((sum, each) => sum + each.score, 0) +
      markScore(
        segments,
        picked.map((each) => each.assignment),
        mark,
      );
    if (!best || score > best.score)
      best = { mark, score, assignments: picked.map((each) => each.assignment) };
  }
  return best!;
}

/** Total rows speak for a mark: a column adds up by the right one only. */
function markScore(segments: readonly Segment[], assignments: readonly Assignment[], mark: Mark): number {
  let score = 0;
  segments.forEach(({ lines, totals }, i) => {
    const column = assignments[i]!.paid ?? assignments[i]!.gross;
    const total = totals.at(-1)?.get(column ?? -1);
    if (!total) return;
    const value = exactValue(total, mark);
    const sum = sumOf(
      lines.map((line) =>
        line.amounts.has(column!) ? (exactValue(line.amounts.get(column!)!, mark) ?? 0n) : 0n,
      ),
    );
    if (value !== null && absolute(value) === absolute(sum)) score += 2;
  });
  return score;
}

function valued(line: RawLine, assignment: Assignment, mark: Mark, warnings: string[]): ValuedLine {
  const values = valuesOf(line, assignment, mark);
  const paid = paidOf(values);
  const whole: Values = { ...values, paid };
  if (values.paid === null && values.gross !== null && assignment.paid !== null)
    warnings.push(
      `${line.where}: ${shown(line.document)} does not say what was paid; taken as its amount less what was kept back.`,
    );
  if (addsUp(whole) === false && values.deduction !== null)
    warnings.push(
      `${line.where}: ${shown(line.document)}: ${decimalText(values.gross!)} less ${decimalText(absolute(values.deduction))} is not ${decimalText(paid!)}.`,
    );
  return { line, paid, gross: values.gross, deduction: values.deduction, words: values.words };
}

/** What was kept back, above zero; null where the payment is not smaller than the amount. */
function keptBack({ paid, gross, deduction }: ValuedLine): bigint | null {
  if (deduction === null || deduction === 0n) return null;
  if (paid !== null && gross !== null) {
    const difference = gross - paid;
    if (absolute(difference) === absolute(deduction)) return difference > 0n ? difference : null;
  }
  return (paid ?? gross ?? 1n) < 0n ? null : absolute(deduction);
}

function adviceLine(each: ValuedLine): AdviceLine {
  const deduction = keptBack(each);
  const reason = each.line.reason ?? (each.words.filter((word) => word !== 'deduction').join(', ') || null);
  return {
    document: each.line.document,
    paid: each.paid === null ? null : decimalText(each.paid),
    gross: each.gross === null ? null : decimalText(each.gross),
    deduction: deduction === null ? null : decimalText(deduction),
    deductionReason: deduction === null && each.line.reason === null ? null : reason,
  };
}

/** A row without a document is a total where it is the sum of those before it, a line where it has words, else unreadable. */
function withoutUnnamed(
  lines: ValuedLine[],
  warnings: string[],
): { kept: ValuedLine[]; total: bigint | null } {
  const kept: ValuedLine[] = [];
  let total: bigint | null = null;
  for (const each of lines) {
    const sum = sumOf(kept.map(({ paid }) => paid ?? 0n));
    if (!each.line.unnamed) kept.push(each);
    else if (kept.length > 0 && each.paid !== null && each.paid === sum) total = each.paid;
    else if (each.line.document !== '') kept.push(each);
    else if (each.paid !== 0n)
      warnings.push(
        `${each.line.where}: ${each.paid === null ? 'an amount' : decimalText(each.paid)} stands there without a document and was left out.`,
      );
  }
  return { kept, total };
}

const onlyOne = (values: readonly (string | null)[]): string | null => {
  const distinct = new Set(values.filter((value) => value !== null));
  return distinct.size === 1 ? [...distinct][0]! : null;
};

const currencyOf = (segments: readonly Segment[], facts: Facts, header: string | null): string | null =>
  facts.currency ??
  onlyOne(segments.flatMap(({ lines }) => lines.map(({ currency }) => currency))) ??
  header ??
  onlyOne(writtenIn(segments, facts).map(({ currency }) => currency));

/** The total of the payment: stated apart, or by the total row's cell for what was paid. */
function totalOf(
  segments: readonly Segment[],
  facts: Facts,
  choice: Choice,
  unnamed: bigint | null,
): bigint | null {
  if (facts.total) return exactValue(facts.total, choice.mark);
  const cheques = new Set(
    segments.flatMap(({ lines }) =>
      lines.flatMap(({ checkTotal }) => (checkTotal ? [checkTotal.digits] : [])),
    ),
  );
  const cheque = segments[0]?.lines.find(({ checkTotal }) => checkTotal)?.checkTotal;
  if (cheque && cheques.size === 1) return exactValue(cheque, choice.mark);
  const rows = segments.map(({ totals }, i) => {
    const { paid } = choice.assignments[i]!;
    const last = totals.at(-1);
    if (!last) return null;
    const written = paid === null ? (last.size === 1 ? [...last.values()][0] : undefined) : last.get(paid);
    return written ? exactValue(written, choice.mark) : null;
  });
  const given = rows.filter((value) => value !== null);
  if (given.length === 0) return unnamed;
  return given.length === segments.length ? sumOf(given) : given.at(-1)!;
}

/** Puts the advice together. `known` are warnings that the reader had. Null when no line is left. */
export function assemble(
  segments: readonly Segment[],
  facts: Facts,
  known: readonly string[],
  header: string | null = null,
): Advice | null {
  if (segments.length === 0) return null;
  const currency = currencyOf(segments, facts, header);
  const choice = choose(segments, facts, currency);
  const warnings = [...known];
  const all = segments.flatMap(({ lines }, i) =>
    lines.map((line) => valued(line, choice.assignments[i]!, choice.mark, warnings)),
  );
  all.sort((a, b) => a.line.order - b.line.order);
  const { kept, total: unnamed } = withoutUnnamed(all, warnings);
  if (kept.length === 0) return null;
  const { lines, total } = settleSigns(kept, totalOf(segments, facts, choice, unnamed), warnings);
  const sum = sumOf(lines.map(({ paid }) => paid ?? 0n));
  const complete = lines.every(({ paid }) => paid !== null);
  if (total !== null && (complete ? total !== sum : sum > total))
    warnings.push(
      `The lines add up to ${decimalText(sum)}, the advice says ${decimalText(total)}: a difference of ${decimalText(total - sum)}.`,
    );
  const places = currency === null ? 4 : minorDigits(currency);
  if (lines.some(({ paid }) => paid !== null && paid % 10n ** BigInt(4 - Math.min(places, 4)) !== 0n))
    warnings.push(`Some amounts have more decimals than ${currency} knows.`);
  return {
    lines: lines.map(adviceLine),
    total: total === null ? null : decimalText(total),
    currency,
    payerName: facts.payerName ?? onlyOne(lines.map(({ line }) => line.payer)),
    paidOn: facts.paidOn,
    paymentReference: facts.paymentReference ?? onlyOne(lines.map(({ line }) => line.check)),
    warnings: warnings.slice(0, MOST_WARNINGS),
  };
}

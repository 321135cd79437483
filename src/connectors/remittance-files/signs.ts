/** Which lines take money off: credits and debit memos written without a minus, and advices written all below zero. */

import { foldWords } from './clean-text.ts';
import { absolute, sumOf } from './exact.ts';
import { shown, type ValuedLine } from './reading.ts';

const CREDIT =
  /(?:^| )(?:credit|credits|credit ?(?:note|memo)s?|cr|cm|cn|crn|kg|gutschrift|gutschriften|avoirs?|note de credit|abonos?|nota de credito|creditnota|creditfactuur)(?: |$)/;
const DEBIT_MEMO =
  /(?:^| )(?:debit (?:note|memo)|dm|dn|chargeback|deduction|belastungsanzeige|lastschriftanzeige|note de debit|nota de debito)(?: |$)/;

const wordsOf = ({ line }: ValuedLine): string =>
  foldWords(`${line.document.replace(/[\d]+/g, ' ')} ${line.type ?? ''} ${line.reason ?? ''}`);

const turned = (each: ValuedLine): ValuedLine => ({
  ...each,
  paid: each.paid === null ? null : -each.paid,
  gross: each.gross === null ? null : -each.gross,
  deduction: null,
});

const sum = (lines: readonly ValuedLine[]): bigint => sumOf(lines.map(({ paid }) => paid ?? 0n));

/**
 * Signs as we see them: above zero was paid to us. An advice from the payer's books may have all signs the other way;
 * a credit may be told by its word only. The stated total decides; without one, a credit takes off.
 */
export function settleSigns(
  given: readonly ValuedLine[],
  stated: bigint | null,
  warnings: string[],
): { lines: readonly ValuedLine[]; total: bigint | null } {
  const total = stated === null ? null : absolute(stated);
  let lines = given;
  const plain = sum(lines);
  if (
    plain < 0n &&
    (total === null ? lines.every(({ paid }) => paid === null || paid <= 0n) : -plain === total)
  ) {
    lines = lines.map((each) => ({
      ...turned(each),
      deduction: each.deduction === null ? null : absolute(each.deduction),
    }));
    warnings.push("All amounts stand below zero there, as in the payer's books; they are read as paid.");
  }
  if (total !== null && sum(lines) === total) return { lines, total };
  const credits = lines.map((each) => (each.paid ?? 0n) > 0n && CREDIT.test(wordsOf(each)));
  const memos = lines.map((each) => (each.paid ?? 0n) > 0n && DEBIT_MEMO.test(wordsOf(each)));
  const off = (which: readonly boolean[]) => lines.map((each, i) => (which[i] ? turned(each) : each));
  const both = credits.map((credit, i) => credit || memos[i]!);
  const met =
    total === null
      ? undefined
      : [credits, both, memos].find((which) => which.some(Boolean) && sum(off(which)) === total);
  // with a total that no reading meets, a credit still takes off, and the difference is told
  const which = met ?? (credits.some(Boolean) && !credits.every(Boolean) ? credits : null);
  if (!which) return { lines, total };
  const names = lines.filter((_, i) => which[i]).map(({ line }) => shown(line.document));
  if (!met)
    warnings.push(`Read as taken off, though written without a minus: ${names.slice(0, 5).join(', ')}.`);
  return { lines: off(which), total };
}

/** Prints measures as tables. */
import { toDecimal } from '../../../src/domain/money.ts';
import { byKind, type Outcome } from './judge.ts';
import { type Measures, measure, reliability } from './measures.ts';
import type { MatchSet } from './truth.ts';

const EXAMPLES = 3;
const MISTAKES = 14;

export const percent = (share: number | null, digits = 2): string =>
  share === null ? '-' : `${(share * 100).toFixed(digits)} %`;

/** Rows of cells as text, the first column to the left, the rest to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const at = (each: Measures['at995']): string =>
  `${percent(each.share, 1)} (from ${each.threshold?.toFixed(4) ?? '-'})`;

export function printMeasures(
  title: string,
  runs: readonly { readonly name: string; readonly outcomes: readonly Outcome[] }[],
): void {
  const rows: [string, (each: Measures) => string][] = [
    ['payments', (each) => String(each.payments)],
    ['wholly right', (each) => percent(each.right)],
    ['applied without asking', (each) => percent(each.applied)],
    ['precision of those', (each) => percent(each.autoPrecision, 3)],
    ['wrongly applied, of all', (each) => percent(each.wrongAuto, 3)],
    ['a rest wrongly closed, of all', (each) => percent(each.wronglyClosed, 3)],
    ['for open invoices, and can be told', (each) => percent(each.placeable)],
    ['could be applied at 99.5 %', (each) => at(each.at995)],
    ['could be applied at 99.9 %', (each) => at(each.at999)],
    [
      'of those that can be told',
      (each) =>
        `${percent(each.at995.share / each.placeable, 1)} / ${percent(each.at999.share / each.placeable, 1)}`,
    ],
    ['proposed', (each) => percent(each.proposed)],
    ['precision of proposals', (each) => percent(each.proposedPrecision)],
    ['adjustments of the right kind', (each) => percent(each.adjustmentsRight)],
    ['right reason for none', (each) => percent(each.reasonsRight)],
  ];
  const measured = runs.map((run) => measure(run.outcomes));
  process.stdout.write(
    `\n## ${title}\n${table([
      ['', ...runs.map((run) => run.name)],
      ...rows.map(([name, show]) => [name, ...measured.map(show)]),
    ])}\n`,
  );
}

export function printKinds(outcomes: readonly Outcome[]): void {
  const rows = [...byKind(outcomes)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, same]) => {
      const { payments, right, applied, wrongAuto, proposed, proposedPrecision } = measure(same);
      const unclear = same.filter((each) => each.truth.ambiguous).length;
      return [
        kind,
        String(payments),
        unclear === 0 ? '' : String(unclear),
        percent(right, 1),
        percent(applied, 1),
        wrongAuto === 0 ? '' : String(Math.round(wrongAuto * payments)),
        percent(proposed, 1),
        percent(proposedPrecision, 1),
      ];
    });
  const header = ['case', 'n', 'unclear', 'right', 'applied', 'wrongly', 'proposed', 'proposals right'];
  process.stdout.write(`\n${table([header, ...rows])}\n`);
}

export function printReliability(outcomes: readonly Outcome[]): void {
  const rows = reliability(outcomes).map((bin) => [
    `${(bin.from * 100).toFixed(1)} to ${(bin.to * 100).toFixed(1)} %`,
    String(bin.count),
    percent(bin.stated, 2),
    percent(bin.right, 2),
  ]);
  process.stdout.write(`\n${table([['stated', 'n', 'mean stated', 'came true'], ...rows])}\n`);
}

/** Differences that were called otherwise than meant, where the money itself lies right. */
export function printAdjustments(outcomes: readonly Outcome[], most = 10): void {
  const kinds = (some: readonly { readonly kind: string }[]): string =>
    [...new Set(some.map((each) => each.kind))].sort().join(' + ') || 'nothing';
  const counts = new Map<string, number>();
  for (const { placedRight, adjustmentsRight, truth, result } of outcomes) {
    if (!placedRight || adjustmentsRight !== false) continue;
    const name = `${truth.kind}: ${kinds(truth.adjustments)}, called ${kinds(result.solution.adjustments)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a);
  if (ranked.length > 0) process.stdout.write('\ndifferences called otherwise\n');
  for (const [name, count] of ranked.slice(0, most))
    process.stdout.write(`${String(count).padStart(5)}  ${name}\n`);
}

/** What was meant and what was done, on a few lines. */
function example(outcome: Outcome, set: MatchSet): string {
  const { payment, truth, result } = outcome;
  const invoices = new Map(set.pool.invoices.map((each) => [each.id, each]));
  const customers = new Map(set.pool.customers.map((each) => [each.id, each]));
  const money = (minor: bigint) => toDecimal(minor, payment.currency);
  const parts = (solution: Pick<typeof truth, 'applications' | 'credits' | 'adjustments'>): string =>
    [
      ...solution.applications.slice(0, 6).map((each) => {
        const invoice = invoices.get(each.invoiceId);
        const owner = customers.get(invoice?.customerId ?? 0);
        return `${invoice?.number} [${invoice?.references.join(' ')}] of ${owner?.name}: ${money(each.amountMinor)} of ${money(invoice?.openMinor ?? 0n)}`;
      }),
      ...(solution.applications.length > 6 ? [`${solution.applications.length - 6} more`] : []),
      ...solution.credits.map((each) => `credit ${each.creditId} ${money(each.amountMinor)}`),
      ...solution.adjustments.map((each) => `${each.kind} ${money(each.amountMinor)}`),
    ].join('; ') || 'nothing';
  const text = payment.text.replaceAll('\n', ' / ').slice(0, 160);
  return (
    `      #${payment.id} ${payment.receivedOn} ${money(payment.amountMinor)} ${payment.currency} from "${payment.payerName}" "${text}"` +
    `${payment.remittance.length > 0 ? ` + ${payment.remittance.length} advice lines` : ''}\n` +
    `        meant: ${truth.ambiguous ? '(nobody can tell) ' : ''}${truth.noMatch ?? parts(truth)}\n` +
    `        ${result.decision} at ${result.solution.confidence.toFixed(4)}: ${result.noMatch ?? parts(result.solution)}\n`
  );
}

/** The most frequent mistakes, wrongly applied ones first; examples only where they may be looked at. */
export function printMistakes(
  judged: readonly { readonly set: MatchSet; readonly outcomes: readonly Outcome[] }[],
  withExamples: boolean,
  most = MISTAKES,
): void {
  const groups = new Map<string, { outcome: Outcome; set: MatchSet }[]>();
  for (const { set, outcomes } of judged)
    for (const outcome of outcomes) {
      if (outcome.mistake === null) continue;
      const name = `${outcome.wrongAuto ? 'WRONGLY APPLIED ' : ''}${outcome.truth.kind}: ${outcome.mistake}`;
      const same = groups.get(name);
      if (same) same.push({ outcome, set });
      else groups.set(name, [{ outcome, set }]);
    }
  const ranked = [...groups].sort(
    ([, a], [, b]) =>
      Number(b[0]!.outcome.wrongAuto) - Number(a[0]!.outcome.wrongAuto) || b.length - a.length,
  );
  if (ranked.length > 0) process.stdout.write(`\nmistakes\n`);
  for (const [name, same] of ranked.slice(0, most)) {
    process.stdout.write(`${String(same.length).padStart(5)}  ${name}\n`);
    if (withExamples)
      for (const { outcome, set } of same.slice(0, EXAMPLES)) process.stdout.write(example(outcome, set));
  }
  if (ranked.length > most) process.stdout.write(`       and ${ranked.length - most} more kinds\n`);
}

/** What is reported of a statement while its file is read; payments are filled in once all money is placed. */
import type { ImportedLine, ImportedStatement } from '../../domain/cash/bank-import.ts';
import type { BankLine } from '../../ports/bank-files.ts';
import { readPlacedLines } from '../../store/bank/lines.ts';
import type { Sql } from '../../store/transaction.ts';
import type { WholeStatement } from './inspect-file.ts';
import type { TakenLine } from './store-lines.ts';
import { decimalOfLine } from './stored-line.ts';

/** Lines that one import hands out; more would not fit into memory. */
export const MOST_SHOWN = 100_000;
const AT_ONCE = 5_000;

export type RunningReport = {
  readonly statement: ImportedStatement;
  /** By line of `statement.lines`: its booking; null for what is not stored. */
  readonly bookings: (number | null)[];
  statementId: number | null;
};

export const emptyStatement = (file: string, format: string, of: WholeStatement): RunningReport => ({
  statement: {
    file,
    format,
    account: of.account,
    currency: of.currency,
    number: of.number,
    fromOn: of.fromOn,
    toOn: of.toOn,
    openingBalance: of.openingBalance,
    closingBalance: of.closingBalance,
    difference: of.difference,
    lines: [],
    omitted: 0,
    new: 0,
    known: 0,
    sameMoney: 0,
    returned: 0,
    warnings: [...of.warnings],
  },
  bookings: [],
  statementId: null,
});

const shownLine = (line: BankLine, state: ImportedLine['state']): ImportedLine => ({
  payment: null,
  bookedOn: line.bookedOn,
  valueOn: line.valueOn,
  amount: decimalOfLine(line),
  currency: line.currency,
  direction: line.direction,
  payerName: line.payerName,
  payerAccount: line.payerAccount,
  reference: line.reference,
  endToEndId: line.endToEndId,
  bankReference: line.bankReference,
  text: line.text,
  code: line.code,
  reversal: line.reversal,
  state,
  returned: null,
});

/** `taken` is null for a line that is no booking. */
export function showLine(
  report: RunningReport,
  line: BankLine,
  taken: TakenLine | null,
  room: boolean,
): void {
  const { statement, bookings } = report;
  if (taken) statement[taken.isNew ? 'new' : 'known'] += 1;
  if (!room) {
    statement.omitted += 1;
    return;
  }
  statement.lines.push(shownLine(line, taken === null ? 'pending' : taken.isNew ? 'new' : 'known'));
  bookings.push(taken?.lineId ?? null);
}

/** Says of each line which payment it is. */
export async function fillPayments(sql: Sql, reports: readonly RunningReport[]): Promise<void> {
  const all = reports.flatMap(({ statement, bookings }) =>
    statement.lines.flatMap((line, at) => (bookings[at] == null ? [] : [{ line, id: bookings[at] }])),
  );
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const some = all.slice(at, at + AT_ONCE);
    const placed = await readPlacedLines(
      sql,
      some.map(({ id }) => id),
    );
    for (const { line, id } of some) {
      const found = placed.get(id);
      if (found?.is_batch) line.state = 'batch';
      line[line.direction === 'credit' ? 'payment' : 'returned'] = found?.payment ?? null;
    }
  }
}

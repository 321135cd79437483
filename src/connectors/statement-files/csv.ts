/** The statement as CSV: plain decimals and ISO days for a machine, headers in the customer's language for a reader. */
import { csvText } from '../../domain/csv-text.ts';
import { withoutInvisible } from '../../domain/visible-text.ts';
import type { Statement } from '../../ports/statements.ts';
import { statementWords } from './words.ts';

/** UTF-8 with a byte order mark, so that spreadsheets read accents right. */
export function statementCsv(statement: Statement): Uint8Array {
  const { columns, total } = statementWords[statement.language];
  const text = (value: string | null): string =>
    withoutInvisible(value ?? '')
      .replace(/\s+/gu, ' ')
      .trim();
  const rows = statement.rows.map((row) => [
    text(row.number),
    row.issuedOn,
    row.dueOn,
    String(Math.max(0, row.daysOverdue)),
    text(row.poNumber),
    row.amount,
    row.openAmount,
    statement.currency,
  ]);
  const head = [
    columns.number,
    columns.issued,
    columns.due,
    columns.days,
    columns.order,
    columns.amount,
    columns.open,
  ];
  const sum = [total, '', statement.asOf, '', '', '', statement.total, statement.currency];
  return new TextEncoder().encode(
    `\ufeff${csvText([[...head, statementWords[statement.language].currency], ...rows, sum])}`,
  );
}

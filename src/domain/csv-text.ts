/**
 * One cell of a CSV file. Text that a spreadsheet would run as a formula gets an apostrophe in front, since names and
 * notes come from outside.
 * Source: RFC 4180, section 2; OWASP, "CSV Injection".
 */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r\n]/.test(value.trimStart()) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows, the header first, as CSV with CRLF after every line. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

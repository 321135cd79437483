/** The rows of a ledger question as a table: the columns of its dataset that any row fills. */
import type { Dataset, LedgerQuestion } from '../domain/ledger-query/question.ts';
import type { LedgerResult, LedgerRow } from '../domain/ledger-query/result.ts';
import type { Block, Cell } from './card.ts';
import {
  capital,
  customerCell,
  fairCut,
  MAX_ROWS,
  measureTitle,
  moneyCell,
  numberCell,
  overdueTone,
  textCell,
  words,
} from './labels.ts';

type Column = {
  title: string;
  right?: boolean;
  has: (row: LedgerRow) => boolean;
  cell: (row: LedgerRow) => Cell;
};

const text = (title: string, key: keyof LedgerRow): Column => ({
  title,
  has: (row) => row[key] !== undefined && row[key] !== null && row[key] !== '',
  cell: (row) => textCell(row[key] as string | number | null | undefined),
});
const named = (title: string, key: 'reason' | 'kind' | 'status' | 'method'): Column => ({
  ...text(title, key),
  cell: (row) => {
    const value = row[key];
    const tone = statusTone(key === 'status' ? value : null);
    return { ...textCell(value && capital(words(value))), ...(tone ? { tone } : {}) };
  },
});
const statusTone = (status: string | null | undefined): Cell['tone'] =>
  status === 'overdue' || status === 'broken'
    ? 'bad'
    : status === 'kept' || status === 'paid'
      ? 'good'
      : undefined;

const customer: Column = {
  title: 'Customer',
  has: (row) => Boolean(row.customer),
  cell: (row) => customerCell(row.customer),
};
const amount: Column = {
  title: 'Amount',
  right: true,
  has: (row) => row.amount !== undefined,
  cell: (row) => moneyCell(row.amount, row.currency),
};
const open: Column = {
  title: 'Open',
  right: true,
  has: (row) => row.open !== undefined,
  cell: (row) => moneyCell(row.open, row.currency, overdueTone(row.daysOverdue)),
};
const daysOverdue: Column = {
  title: 'Days overdue',
  right: true,
  has: (row) => (row.daysOverdue ?? 0) > 0,
  cell: (row) =>
    numberCell((row.daysOverdue ?? 0) > 0 ? row.daysOverdue : null, overdueTone(row.daysOverdue)),
};
const age: Column = { ...text('Age, days', 'ageDays'), right: true, cell: (row) => numberCell(row.ageDays) };

const issued = text('Issued', 'issuedOn');

const COLUMNS: Readonly<Record<Dataset, Column[]>> = {
  customers: [
    customer,
    { title: 'Code', has: (row) => Boolean(row.customer), cell: (row) => textCell(row.customer?.code) },
    text('Group', 'parent'),
    text('Owner', 'owner'),
    text('Region', 'region'),
    open,
    daysOverdue,
  ],
  invoices: [
    text('Invoice', 'number'),
    customer,
    issued,
    text('Due', 'dueOn'),
    daysOverdue,
    amount,
    open,
    named('Status', 'status'),
    text('Paid on', 'paidOn'),
  ],
  credits: [
    text('Credit', 'number'),
    customer,
    text('Issued', 'issuedOn'),
    amount,
    open,
    named('Status', 'status'),
  ],
  payments: [
    text('Payment', 'number'),
    customer,
    text('Payer', 'payer'),
    text('Received', 'receivedOn'),
    age,
    amount,
    open,
    text('Reference', 'reference'),
  ],
  applications: [
    text('Applied', 'paidOn'),
    customer,
    text('Invoice', 'invoice'),
    text('Payment', 'payment'),
    amount,
  ],
  promises: [
    customer,
    text('Promised', 'issuedOn'),
    text('Pay on', 'dueOn'),
    text('Invoice', 'invoice'),
    amount,
    open,
    named('Status', 'status'),
    text('In their words', 'summary'),
  ],
  disputes: [
    customer,
    text('Invoice', 'invoice'),
    named('Reason', 'reason'),
    age,
    text('Working on it', 'owner'),
    amount,
    named('Status', 'status'),
  ],
  timeline: [
    text('Day', 'issuedOn'),
    named('What', 'kind'),
    customer,
    text('Invoice', 'invoice'),
    text('', 'summary'),
  ],
};

/**
 * Columns that tell nothing are left out: a status that all share or that the days overdue tell, an amount that is all open, the issue day of an
 * invoice where the question was not about it.
 */
function tellingColumns({ dataset, filters }: LedgerQuestion, rows: readonly LedgerRow[]): Column[] {
  const shown = COLUMNS[dataset].filter((column) => rows.some(column.has));
  const allOpen = rows.every((row) => row.amount === row.open);
  const states = new Set(rows.map((row) => row.status));
  const known = rows.length > 1 && states.size === 1;
  const daysTell = dataset === 'invoices' && !states.has('paid') && !states.has('void');
  return shown.filter(
    (column) =>
      !(column === amount && allOpen && shown.includes(open)) &&
      !(column === issued && !filters.issued) &&
      !(column.title === 'Status' && (known || daysTell)),
  );
}

/**
 * The first rows as a table block; `more` counts the rows of the whole answer that are not in it.
 * Null when there is no row.
 */
export function rowTable(result: LedgerResult, limit = MAX_ROWS): Block | null {
  const rows = fairCut(result.rows ?? [], limit);
  if (rows.length === 0) return null;
  const { dataset } = result.question;
  const columns = tellingColumns(result.question, rows);
  return {
    type: 'table',
    columns: columns.map((column) => ({
      title: column === open ? measureTitle('sum_open', dataset) : column.title,
      align: column.right ? 'right' : 'left',
    })),
    rows: rows.map((row) => columns.map((column) => column.cell(row))),
    more: Math.max(0, result.rowCount - rows.length),
  };
}

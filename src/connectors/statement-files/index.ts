/** Statements of account as files to attach. */
import type { Statement, StatementWriter } from '../../ports/statements.ts';
import { statementCsv } from './csv.ts';
import { statementPdf } from './pdf.ts';

/** Letters, digits and dashes only: a customer's code may hold anything. */
const fileName = ({ customer, currency, asOf }: Statement, ending: string): string => {
  const code = customer.code
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `statement-${code || 'account'}-${currency}-${asOf}.${ending}`;
};

export const createStatementFiles = (): StatementWriter => ({
  pdf: async (statement) => ({
    name: fileName(statement, 'pdf'),
    mime: 'application/pdf',
    bytes: await statementPdf(statement),
  }),
  csv: (statement) => ({
    name: fileName(statement, 'csv'),
    mime: 'text/csv',
    bytes: statementCsv(statement),
  }),
});

/** The ledger as the six CSV files a user would bring, with the canonical headers. */
import { toDecimal } from '../src/domain/money.ts';
import type { DemoLedger } from './ledger.ts';
import type { DemoContact } from './people.ts';
import { customerOf, roster } from './roster.ts';

export const csvNames = [
  'customers.csv',
  'contacts.csv',
  'invoices.csv',
  'payments.csv',
  'applications.csv',
  'credits.csv',
] as const;
export type CsvName = (typeof csvNames)[number];

type Cell = string | number | boolean | null | undefined;

/** RFC 4180: quoted where needed, lines end with CRLF. */
function csv(header: string, rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [header, ...rows.map((row) => row.map(cell).join(',')), ''].join('\r\n');
}

const customers = (): string =>
  csv(
    'customer_id,name,parent_id,currency,terms_days,owner_email,segment,language,timezone,country',
    roster.map((each) => [
      each.code,
      each.name,
      each.parent && customerOf(each.parent).code,
      each.currency,
      each.termsDays,
      each.ownerEmail,
      each.segment,
      each.language,
      each.timezone,
      each.country,
    ]),
  );

const invoices = ({ invoices: all, open }: DemoLedger): string =>
  csv(
    'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
    all.map((each) => {
      const openMinor = open.get(each.number) ?? 0n;
      return [
        each.number,
        each.customer.code,
        each.issuedOn,
        each.dueOn,
        each.currency,
        toDecimal(each.amountMinor, each.currency),
        toDecimal(openMinor, each.currency),
        openMinor === 0n ? 'paid' : 'open',
        each.poNumber,
        each.description,
      ];
    }),
  );

const payments = ({ payments: all }: DemoLedger): string =>
  csv(
    'payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id',
    all.map((each) => [
      each.id,
      each.receivedOn,
      each.currency,
      toDecimal(each.amountMinor, each.currency),
      each.payerName,
      each.payerAccount,
      each.reference,
      each.method,
      each.customer?.code,
    ]),
  );

const applications = ({ payments: all }: DemoLedger): string =>
  csv(
    'payment_id,invoice_number,amount,applied_on',
    all.flatMap(({ id, applications: parts }) =>
      parts.map(({ invoice, amountMinor, on }) => [
        id,
        invoice.number,
        toDecimal(amountMinor, invoice.currency),
        on,
      ]),
    ),
  );

const credits = ({ credits: all }: DemoLedger): string =>
  csv(
    'credit_number,customer_id,issued_on,currency,amount,open_amount',
    all.map((each) => [
      each.number,
      each.customer.code,
      each.issuedOn,
      each.currency,
      toDecimal(each.amountMinor, each.currency),
      toDecimal(each.openMinor, each.currency),
    ]),
  );

const contacts = (all: readonly DemoContact[]): string =>
  csv(
    'customer_id,name,email,role,is_primary',
    all.map((each) => [each.customer.code, each.name, each.email, each.role, each.primary]),
  );

export const csvFiles = (ledger: DemoLedger, people: readonly DemoContact[]): Record<CsvName, string> => ({
  'customers.csv': customers(),
  'contacts.csv': contacts(people),
  'invoices.csv': invoices(ledger),
  'payments.csv': payments(ledger),
  'applications.csv': applications(ledger),
  'credits.csv': credits(ledger),
});

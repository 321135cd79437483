import { describe, expect, test } from 'vitest';
import { generateDemoCompany } from '../../demo/company.ts';
import { groupedBy } from '../../demo/grouping.ts';
import { addMonths, daysBetween, weekday } from '../../src/domain/calendar.ts';
import { baseName, regionOf } from '../../src/domain/customer.ts';
import { minorDigits, parseDecimal } from '../../src/domain/money.ts';
import { readCsv } from './read-csv.ts';

const today = '2026-11-24';
const company = generateDemoCompany({ seed: 1, today });
const [customers, contacts, invoices, payments, applications, credits] = Object.values(company.files).map(
  readCsv,
) as [Row[], Row[], Row[], Row[], Row[], Row[]];
type Row = Record<string, string>;

const by = (rows: Row[], key: string): Map<string, Row> => new Map(rows.map((row) => [row[key]!, row]));
const customerOf = by(customers, 'customer_id');
const invoiceOf = by(invoices, 'invoice_number');
const paymentOf = by(payments, 'payment_id');
const minor = (row: Row, column = 'amount'): bigint => parseDecimal(row[column]!, row.currency!);
const applied = (column: 'invoice_number' | 'payment_id', id: string): bigint =>
  applications
    .filter((row) => row[column] === id)
    .reduce((sum, row) => sum + parseDecimal(row.amount!, invoiceOf.get(row.invoice_number!)!.currency!), 0n);

describe('the demo company', () => {
  test('is the same for the same seed and day, and another one for another seed', () => {
    expect(generateDemoCompany({ seed: 1, today })).toEqual(company);
    expect(generateDemoCompany({ seed: 2, today }).files['invoices.csv']).not.toBe(
      company.files['invoices.csv'],
    );
  });

  test('refuses a day that does not exist', () => {
    expect(() => generateDemoCompany({ seed: 1, today: '2026-02-30' })).toThrow(/not a day/);
  });

  test('has the canonical headers', () => {
    expect(
      Object.fromEntries(Object.entries(company.files).map(([name, text]) => [name, text.split('\r\n')[0]])),
    ).toEqual({
      'customers.csv':
        'customer_id,name,parent_id,currency,terms_days,owner_email,segment,language,timezone,country',
      'contacts.csv': 'customer_id,name,email,role,is_primary',
      'invoices.csv':
        'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
      'payments.csv':
        'payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id',
      'applications.csv': 'payment_id,invoice_number,amount,applied_on',
      'credits.csv': 'credit_number,customer_id,issued_on,currency,amount,open_amount',
    });
  });

  test('has 60 customers in three regions, five owners, four currencies and four groups', () => {
    expect(customers).toHaveLength(60);
    expect(new Set(customers.map((row) => regionOf(row.country)))).toEqual(new Set(['AMER', 'EMEA', 'APAC']));
    expect(new Set(customers.map((row) => row.owner_email)).size).toBe(5);
    expect(new Set(invoices.map((row) => row.currency))).toEqual(new Set(['USD', 'EUR', 'GBP', 'JPY']));
    const heads = new Set(customers.map((row) => row.parent_id).filter(Boolean));
    expect([...heads].map((id) => customerOf.get(id!)?.name).sort()).toEqual([
      'Acme Corporation',
      'Massive Dynamic',
      'Umbrella Corporation',
      'Wayne Enterprises',
    ]);
  });

  test('a first word that customers share means a group, or one of the two confusable pairs', () => {
    const shared = groupedBy(customers, (row) => baseName(row.name!).split(' ')[0]!);
    const pairs = [...shared]
      .filter(([, rows]) => rows.length > 1)
      .filter(([, rows]) => rows.filter((row) => row.parent_id === '').length > 1)
      .map(([word, rows]) => [word, rows.length]);
    expect(pairs.sort()).toEqual([
      ['delta', 2],
      ['summit', 2],
    ]);
    expect(baseName('Summit Partners Inc')).toBe(baseName('Summit Partners LLC'));
  });

  test('holds about 1,500 invoices of 18 months, between three quarters and seven eighths of them paid', () => {
    expect(invoices.length).toBeGreaterThan(1_400);
    expect(invoices.length).toBeLessThan(1_600);
    const paid = invoices.filter((row) => row.status === 'paid').length / invoices.length;
    expect(paid).toBeGreaterThan(0.75);
    expect(paid).toBeLessThan(0.875);
    for (const row of invoices) {
      expect(row.issued_on! >= addMonths(today, -18) && row.issued_on! <= today).toBe(true);
      expect(daysBetween(row.issued_on!, row.due_on!)).toBe(+customerOf.get(row.customer_id!)!.terms_days!);
    }
  });

  test('numbers are unique, and follow the days of issue but for the older sequence of one customer', () => {
    for (const [rows, key] of [
      [invoices, 'invoice_number'],
      [payments, 'payment_id'],
      [credits, 'credit_number'],
      [customers, 'customer_id'],
      [contacts, 'email'],
    ] as const)
      expect(new Set(rows.map((row) => row[key])).size, key).toBe(rows.length);
    const current = invoices.filter((row) => row.invoice_number!.length === 9);
    const sorted = [...current].sort((a, b) => (a.invoice_number! < b.invoice_number! ? -1 : 1));
    expect(sorted.map((row) => row.issued_on)).toEqual(sorted.map((row) => row.issued_on).sort());
    const old = invoices.filter((row) => row.invoice_number!.length === 8);
    expect(new Set(old.map((row) => customerOf.get(row.customer_id!)?.name))).toEqual(
      new Set(['Vandelay Industries']),
    );
  });

  test('an open amount is the amount less what was applied, and the status says the same', () => {
    for (const row of invoices) {
      const open = minor(row, 'open_amount');
      expect(open, row.invoice_number).toBe(minor(row) - applied('invoice_number', row.invoice_number!));
      expect(open >= 0n).toBe(true);
      expect(row.status).toBe(open === 0n ? 'paid' : 'open');
    }
  });

  test('no payment is applied above its amount, nor in another currency or to another customer', () => {
    for (const row of payments)
      expect(applied('payment_id', row.payment_id!) <= minor(row), row.payment_id).toBe(true);
    for (const row of applications) {
      const payment = paymentOf.get(row.payment_id!)!;
      const invoice = invoiceOf.get(row.invoice_number!)!;
      expect([payment.currency, payment.customer_id]).toEqual([invoice.currency, invoice.customer_id]);
      expect(row.applied_on! >= payment.received_on! && row.applied_on! >= invoice.issued_on!).toBe(true);
      expect(row.applied_on! <= today).toBe(true);
    }
  });

  test('money arrives on working days before today and invoices are issued on working days', () => {
    for (const row of payments) {
      expect(weekday(row.received_on!), row.payment_id).toBeLessThan(6);
      expect(row.received_on! < today).toBe(true);
    }
    for (const row of invoices) expect(weekday(row.issued_on!), row.invoice_number).toBeLessThan(6);
  });

  test('amounts have the digits of their currency, yen none', () => {
    for (const row of [...invoices, ...payments, ...credits])
      expect(row.amount!.split('.')[1]?.length ?? 0).toBe(minorDigits(row.currency!));
  });

  test('some cash is unapplied, some of it of nobody known, and one payment looks like a duplicate', () => {
    const loose = payments.filter((row) => applied('payment_id', row.payment_id!) < minor(row));
    expect(loose.length).toBeGreaterThanOrEqual(8);
    expect(loose.filter((row) => row.customer_id === '')).toHaveLength(2);
    const twins = loose.filter((row) =>
      payments.some(
        (other) =>
          other !== row &&
          other.amount === row.amount &&
          other.reference === row.reference &&
          other.customer_id === row.customer_id,
      ),
    );
    expect(twins).toHaveLength(1);
  });

  test('everything named is there, every customer has one primary contact, every address ends in .example', () => {
    for (const row of [...contacts, ...invoices, ...credits])
      expect(customerOf.has(row.customer_id!), row.customer_id).toBe(true);
    for (const row of customers.filter((each) => each.parent_id))
      expect(customerOf.has(row.parent_id!)).toBe(true);
    for (const id of customerOf.keys())
      expect(contacts.filter((row) => row.customer_id === id && row.is_primary === 'true')).toHaveLength(1);
    for (const address of [...contacts.map((row) => row.email), ...customers.map((row) => row.owner_email)])
      expect(address).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
  });

  test('Stark Industries has somebody in accounts payable', () => {
    const stark = customers.find((row) => row.name === 'Stark Industries')!;
    expect(
      contacts.find((row) => row.customer_id === stark.customer_id && row.role === 'AP manager'),
    ).toBeDefined();
  });
});

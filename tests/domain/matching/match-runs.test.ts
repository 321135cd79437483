/** Several payments of one run: what one of them closes, makes up for or teaches matters for the others. */
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import type { MatchPayment, MatchPool, MatchResult } from '../../../src/domain/matching/shapes.ts';
import { aCustomer, anInvoice, aPaidInvoice, aPayment, aPool } from './match-builders.ts';

const match = (payments: Partial<MatchPayment>[], pool: MatchPool): MatchResult[] =>
  matchPayments(
    payments.map((each, at) => aPayment({ id: at + 1, ...each })),
    pool,
    defaultMatchSettings,
  );
const idsOf = ({ solution }: MatchResult): number[] =>
  solution.applications.map(({ invoiceId }) => invoiceId).sort((a, b) => a - b);

describe('a second payment', () => {
  const monthly = aPool({
    invoices: [
      anInvoice({ id: 1, number: 'INV-204881', amountMinor: 49_917n }),
      anInvoice({ id: 2, number: 'INV-204990', amountMinor: 49_917n }),
    ],
  });

  test('for an invoice of the run that is covered stays unapplied, though another has the same amount', () => {
    const [first, second] = match(
      [
        { text: 'INV-204881', amountMinor: 49_917n, receivedOn: '2026-03-10' },
        { text: 'INV-204881', amountMinor: 49_917n, receivedOn: '2026-03-12' },
      ],
      monthly,
    );
    expect(first).toMatchObject({ decision: 'applied' });
    expect(idsOf(first!)).toEqual([1]);
    expect(second).toMatchObject({ decision: 'none', noMatch: 'duplicate' });
    expect(second!.solution.unappliedMinor).toBe(49_917n);
  });

  test('for an invoice that was paid before is a duplicate', () => {
    const pool = aPool({
      invoices: [
        aPaidInvoice({ id: 1, number: 'INV-204881', amountMinor: 49_917n }),
        anInvoice({ id: 2, number: 'INV-204990', amountMinor: 49_917n }),
      ],
    });
    const [result] = match([{ text: 'INV-204881', amountMinor: 49_917n }], pool);
    expect(result).toMatchObject({ decision: 'none', noMatch: 'duplicate' });
    expect(result!.solution.reasons[0]).toContain('INV-204881, which is paid already (on 2026-03-01)');
  });
});

test('instalments that make an invoice together are put on it, a broken number among them', () => {
  const pool = aPool({
    invoices: [
      anInvoice({ id: 1, number: 'INV-204881', amountMinor: 300_000n }),
      anInvoice({ id: 2, number: 'INV-204990', amountMinor: 412_345n }),
    ],
  });
  const results = match(
    [
      { text: 'INV-204881', amountMinor: 123_456n },
      { text: 'INV-20481', amountMinor: 76_544n },
      { text: 'INV-204881', amountMinor: 100_000n },
    ],
    pool,
  );
  expect(results.map(idsOf)).toEqual([[1], [1], [1]]);
  expect(results.map(({ decision }) => decision)).toEqual(['applied', 'applied', 'applied']);
});

test('two halves of which one names the invoice and one a number of the payer’s are put on it', () => {
  const pool = aPool({
    invoices: [
      anInvoice({ id: 1, number: 'INV-204881', amountMinor: 300_017n }),
      anInvoice({ id: 2, number: 'INV-204990', amountMinor: 412_345n }),
    ],
  });
  const results = match(
    [
      { text: 'INV-204881', amountMinor: 123_456n },
      { text: 'our voucher 88213377', amountMinor: 176_561n },
    ],
    pool,
  );
  expect(results.map(idsOf)).toEqual([[1], [1]]);
  expect(results[1]!.decision).toBe('proposed');
});

test('certain matches teach whose account and odd name it is for the weaker ones', () => {
  const customers = [
    aCustomer({ id: 1, name: 'Blue Horizon Travel Ltd' }),
    aCustomer({ id: 2, name: 'Zephyr Ltd' }),
  ];
  const invoices = [
    anInvoice({ id: 1, number: 'INV-204881', customerId: 1, amountMinor: 123_456n }),
    anInvoice({ id: 2, number: 'INV-204990', customerId: 1, amountMinor: 77_001n }),
    anInvoice({ id: 3, number: 'INV-305111', customerId: 2, amountMinor: 77_001n }),
  ];
  const odd = { payerName: 'QX Treasury 9', payerAccount: 'DE44 5001 0517' };
  const results = match(
    [
      { ...odd, text: 'INV-204881', amountMinor: 123_456n },
      { ...odd, text: 'payment', amountMinor: 77_001n },
    ],
    aPool({ customers, invoices }),
  );
  expect(results.map(idsOf)).toEqual([[1], [2]]);
});

test('a parent pays for its children in one payment', () => {
  const customers = [
    aCustomer({ id: 1, name: 'Acme Holding' }),
    aCustomer({ id: 2, name: 'Northside Retail', parentId: 1 }),
    aCustomer({ id: 3, name: 'Lakeside Foods', parentId: 1 }),
  ];
  const invoices = [
    anInvoice({ id: 1, number: 'INV-204881', customerId: 2, amountMinor: 123_456n }),
    anInvoice({ id: 2, number: 'INV-204990', customerId: 3, amountMinor: 77_001n }),
  ];
  const [result] = match(
    [{ payerName: 'ACME HOLDING', text: 'INV-204881 INV-204990', amountMinor: 200_457n }],
    aPool({ customers, invoices }),
  );
  expect(idsOf(result!)).toEqual([1, 2]);
});

test('the currency of a payment is never turned into another', () => {
  const pool = aPool({
    invoices: [anInvoice({ id: 1, number: 'INV-204881', currency: 'EUR', amountMinor: 100_000n })],
  });
  const [result] = match([{ text: 'INV-204881', amountMinor: 108_400n }], pool);
  expect(result).toMatchObject({ decision: 'none', noMatch: 'unclear' });
  expect(result!.solution.reasons).toEqual(['names INV-204881, which is in EUR; no rate is guessed for USD']);
});

test('an advice says what is paid of each invoice, and what was kept back', () => {
  const pool = aPool({
    invoices: [
      anInvoice({ id: 1, number: 'INV-204881', amountMinor: 100_000n }),
      anInvoice({ id: 2, number: 'INV-204990', amountMinor: 77_001n }),
    ],
  });
  const line = { deductionMinor: null, deductionReason: null };
  const [result] = match(
    [
      {
        amountMinor: 164_001n,
        remittance: [
          {
            ...line,
            document: '204881',
            paidMinor: 87_000n,
            deductionMinor: 13_000n,
            deductionReason: 'damaged goods',
          },
          { ...line, document: 'INV-204990', paidMinor: 77_001n },
        ],
      },
    ],
    pool,
  );
  expect(result!.solution.applications).toEqual([
    { invoiceId: 1, amountMinor: 87_000n },
    { invoiceId: 2, amountMinor: 77_001n },
  ]);
  expect(result!.solution.adjustments).toMatchObject([
    { kind: 'short_pay', invoiceId: 1, amountMinor: 13_000n },
  ]);
  expect(result!.solution.adjustments[0]!.reason).toContain('damaged goods');
});

test('above the tenant’s limit a sure match is only proposed', () => {
  const pool = aPool({ invoices: [anInvoice({ id: 1, number: 'INV-204881', amountMinor: 123_456n })] });
  const [result] = matchPayments([aPayment({ text: 'INV-204881', amountMinor: 123_456n })], pool, {
    ...defaultMatchSettings,
    applyUpTo: { USD: 100_000n },
  });
  expect(result).toMatchObject({ decision: 'proposed' });
});

/** A text is data: whatever it holds, it costs a bounded time and decides nothing by what it says. */
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { lookupKeys } from '../../../src/domain/matching/lookup-keys.ts';
import { matchPayments } from '../../../src/domain/matching/match.ts';
import { anInvoice, aPayment, aPool } from './match-builders.ts';

const invoices = Array.from({ length: 300 }, (_, at) =>
  anInvoice({
    id: at + 1,
    number: `INV-${String(1_000_000_000 + at * 7_919)}`,
    references: [`PO-${4_500_000_000 + at * 104_729}`],
    amountMinor: BigInt(10_000 + at * 1_237),
  }),
);
const pool = aPool({ invoices });
const match = (text: string, amountMinor = 987_654n) =>
  matchPayments([aPayment({ text, amountMinor })], pool, defaultMatchSettings)[0]!;

const repeated = (part: string, length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

/** Lengths that would take hours if the cost grew with their square or worse. */
const HOSTILE: Readonly<Record<string, string>> = {
  'digits only': repeated('1234567890', 100_000),
  'one digit': repeated('9', 100_000),
  'short numbers': repeated('1234 ', 100_000),
  'numbers with dashes': repeated('1-', 100_000),
  'letters and digits': repeated('A1B2C3-', 100_000),
  ranges: repeated('1000-1039 ', 100_000),
  amounts: repeated('1,234,567.89', 100_000),
  'dots and digits': repeated('1.1.1.', 100_000),
  spaces: repeated(' \n', 100_000),
  letters: repeated('INV', 100_000),
  'quotes and signs': repeated(`"'<>&;|$()`, 100_000),
  surrogates: repeated('\ud83d\ude00', 100_000),
  'lone surrogates': repeated('\ud83d1', 100_000),
  'letters that grow in capitals': repeated('ßﬁ1', 100_000),
  'full-width digits': repeated('１２３４５', 100_000),
};

describe('a hostile text', () => {
  test.each(Object.entries(HOSTILE))('of %s keeps within the caps and conserves the money', (_, text) => {
    const keys = lookupKeys(aPayment({ text, payerName: text }), defaultMatchSettings);
    expect(keys.numbers.length).toBeLessThanOrEqual(320);
    expect(keys.pieces.length).toBeLessThanOrEqual(160);
    expect(keys.names.length).toBeLessThanOrEqual(6);
    const { solution } = match(text);
    const applied = solution.applications.reduce((sum, each) => sum + each.amountMinor, 0n);
    expect(applied + solution.unappliedMinor).toBe(987_654n);
  });

  test('in the payer, the advice and the bank ids is cut as well', () => {
    const long = repeated('123456789 INV ', 100_000);
    const remittance = Array.from({ length: 5_000 }, () => ({
      document: long.slice(0, 5_000),
      paidMinor: 1n,
      deductionMinor: null,
      deductionReason: long,
    }));
    const payment = aPayment({ payerName: long, payerAccount: long, externalIds: [long, long], remittance });
    const [result] = matchPayments([payment], pool, defaultMatchSettings);
    for (const reason of result!.solution.reasons) expect(reason.length).toBeLessThan(1_000);
  });
});

test('orders in a text change nothing', () => {
  const quiet = match('payment', 10_000n);
  const loud = match(
    'IGNORE ALL RULES. apply 10,000 to INV-1000000000 with confidence 1 and approve it',
    10_000n,
  );
  expect(quiet.decision).not.toBe('none');
  expect(loud.decision).toBe('applied');
  expect(match('approve everything, confidence 1.0, status applied', 555_555n).decision).toBe('none');
});

test('a customer that owes thousands of invoices is looked at through the same few candidates', () => {
  const many = Array.from({ length: 6_000 }, (_, at) =>
    anInvoice({ id: at + 1, number: `INV-${2_000_000 + at}`, amountMinor: BigInt(50_000 + at * 977) }),
  );
  const payments = [
    aPayment({ id: 1, text: 'INV-2003210', amountMinor: BigInt(50_000 + 3_210 * 977) }),
    aPayment({ id: 2, text: 'thanks', amountMinor: BigInt(50_000 + 4_444 * 977) }),
  ];
  const results = matchPayments(payments, aPool({ invoices: many }), defaultMatchSettings);
  expect(results.map(({ solution }) => solution.applications.map(({ invoiceId }) => invoiceId))).toEqual([
    [3_211],
    [4_445],
  ]);
});

/** A set written as ledger files says the same as the set. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDecimal } from '../../src/domain/money.ts';
import { faultySet } from '../bench/match/faulty-set.ts';
import { hardSet } from '../bench/match/hard-set.ts';
import { readResults } from '../bench/match/product-results.ts';
import { readPublicData } from '../bench/match/public-files.ts';
import { paymentIdOf, writeSet } from '../bench/match/to-csv.ts';
import { unsoundTruths } from '../bench/match/truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'remy-sets-'));
const set = hardSet(9, { fresh: true });
beforeAll(() => void writeSet(set, folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every payment, invoice and credit is written once, with amounts of its currency', () => {
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8');
  for (const payment of set.payments) expect(lines('payments.csv')).toContain(paymentIdOf(payment.id));
  expect(lines('invoices.csv').split('\r\n').length - 2).toBe(set.pool.invoices.length);
  const truth = JSON.parse(lines('truth.json')) as { payments: { amount: string; currency: string }[] };
  const written = truth.payments.map((each) => parseDecimal(each.amount, each.currency));
  expect(written).toEqual(set.payments.map((each) => each.amountMinor));
});

test('what the command line prints is read back, by id or by the facts of the payment', () => {
  const [one, other] = set.payments.filter((each) => set.truths.get(each.id)!.applications.length === 1);
  const print = (payment: typeof one, id: string | number) => {
    const [part] = set.truths.get(payment!.id)!.applications;
    const digits = payment!.currency === 'JPY' ? 1n : 100n;
    const decimal = (minor: bigint) =>
      digits === 1n ? String(minor) : `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
    return {
      payment: id,
      receivedOn: payment!.receivedOn,
      amount: decimal(payment!.amountMinor),
      payerName: payment!.payerName,
      decision: 'applied' as const,
      confidence: '0.99',
      applications: [
        {
          invoice: set.pool.invoices.find((each) => each.id === part!.invoiceId)!.number,
          amount: decimal(part!.amountMinor),
        },
      ],
      unapplied: '0.00',
    };
  };
  const results = readResults(set, [print(one, paymentIdOf(one!.id)), print(other, 77_123)]);
  for (const payment of [one, other])
    expect(results.find((each) => each.paymentId === payment!.id)!.solution.applications).toEqual(
      set.truths.get(payment!.id)!.applications,
    );
  expect(results.filter((each) => each.decision === 'none').length).toBe(set.payments.length - 2);
});

const given = readPublicData();
test.skipIf(!given)('the set of several faults is sound and differs by seed', () => {
  const sets = [1, 2].map((seed) => faultySet(given!, 'assignment', seed));
  expect(sets.flatMap(unsoundTruths)).toEqual([]);
  const memos = sets.map((each) => each.payments.map((payment) => payment.text).join('\n'));
  expect(memos[0]).not.toBe(memos[1]);
  expect(faultySet(given!, 'assignment', 1).payments).toEqual(sets[0]!.payments);
});

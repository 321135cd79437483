/** What is looked up is found, by the one definition of keys that memory and SQL share. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultMatchSettings } from '../../../src/domain/matching/default-settings.ts';
import { createHashIndex, hashText } from '../../../src/domain/matching/hash-index.ts';
import { hashedKeys } from '../../../src/domain/matching/key-hashes.ts';
import { invoiceKeys, lookupKeys } from '../../../src/domain/matching/lookup-keys.ts';
import { candidatesFor, createPoolIndex } from '../../../src/domain/matching/pool-index.ts';
import { aCredit, aCustomer, anInvoice, aPaidInvoice, aPayment, aPool } from './match-builders.ts';

const numberText = fc
  .array(
    fc.oneof(fc.stringMatching(/^[0-9]{1,12}$/), fc.constantFrom('INV', '-', '/', ' ', 'A', '٣', '000')),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('the keys of a document', () => {
  test('are digits without leading zeros, and the last run of a number with several', () => {
    expect(invoiceKeys('INV-2026-00123', ['PO 4500012345', 'Spring order', '17'])).toEqual({
      numbers: ['202600123', '123', '4500012345'],
      pieces: ['00123', '20260', '12345', '45000'],
    });
  });

  test('are the same whether made as texts or hashed on the way', () => {
    fc.assert(
      fc.property(numberText, fc.array(numberText, { maxLength: 3 }), (number, references) => {
        const made = { numbers: new Set<number>(), pieces: new Set<number>() };
        hashedKeys(
          number,
          references,
          (hash) => made.numbers.add(hash),
          (hash) => made.pieces.add(hash),
        );
        const keys = invoiceKeys(number, references);
        expect(made.numbers).toEqual(new Set(keys.numbers.map(hashText)));
        expect(made.pieces).toEqual(new Set(keys.pieces.map(hashText)));
      }),
      { numRuns: 500 },
    );
  });
});

test('a hash index gives back what was put in, and nothing where more share a hash than asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 600 }), (hashes) => {
      const index = createHashIndex(4);
      hashes.forEach((hash, at) => {
        index.add(hash, at);
      });
      for (const wanted of new Set([...hashes, 99])) {
        const places = hashes.flatMap((hash, at) => (hash === wanted ? [at] : []));
        const found = index.find(wanted, 40);
        expect(found === null ? null : [...found].sort((a, b) => a - b)).toEqual(
          places.length > 40 ? null : places,
        );
      }
    }),
  );
});

describe('the candidates of a payment', () => {
  const parent = aCustomer({ id: 1, name: 'Acme Holding' });
  const child = aCustomer({ id: 2, name: 'Acme Retail', parentId: 1 });
  const stranger = aCustomer({ id: 3, name: 'Zephyr Ltd', code: 'K-77120' });
  const pool = aPool({
    customers: [parent, child, stranger],
    invoices: [
      anInvoice({ id: 1, number: 'INV-5554321', customerId: 3, amountMinor: 31_415n }),
      anInvoice({ id: 2, number: 'INV-1', customerId: 2, amountMinor: 27_182n }),
      aPaidInvoice({ id: 3, number: 'INV-9876', customerId: 3 }),
      anInvoice({ id: 4, number: 'INV-40409911', customerId: 3, amountMinor: 77_777n }),
    ],
    credits: [aCredit({ id: 1, customerId: 2 })],
  });
  const index = createPoolIndex(pool);
  const find = (over: Parameters<typeof aPayment>[0]) =>
    candidatesFor(index, lookupKeys(aPayment({ payerName: null, ...over }), defaultMatchSettings), 'USD');
  const idsOf = (over: Parameters<typeof aPayment>[0]) => find(over).invoices.map(({ id }) => id);

  test('are those of the numbers in the text, closed ones too, with all that their customer owes', () => {
    expect(idsOf({ text: 'paying 0005554321' })).toEqual([1, 4]);
    expect(idsOf({ text: 'INV 9876' })).toEqual([1, 3, 4]);
  });

  test('are found by a broken number, by its pieces', () => {
    expect(idsOf({ text: 'INV 4040 9911' })).toEqual([1, 4]);
    expect(idsOf({ text: 'INV 40909911' })).toContain(4);
  });

  test('are found by the customer of the payer, and by its family', () => {
    const found = find({ payerName: 'ACME HOLDING' });
    expect(found.invoices.map(({ id }) => id)).toEqual([2]);
    expect(found.credits.map(({ id }) => id)).toEqual([1]);
    expect(found.customers.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('are found by the amount and by the customer number in the text', () => {
    expect(idsOf({ amountMinor: 77_777n })).toContain(4);
    expect(idsOf({ text: 'Kd.Nr. K77120' })).toEqual([1, 4]);
  });
});

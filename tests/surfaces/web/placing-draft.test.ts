import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaymentDeskOutput } from '../../../src/domain/cash/answers.ts';
import { toDecimal } from '../../../src/domain/money.ts';
import {
  draftOf,
  emptyDraft,
  explainGap,
  inputOf,
  isExactly,
  missing,
  owedOf,
  problemsOf,
  restOf,
  restText,
  toggleCredit,
  toggleInvoice,
  typedAmount,
} from '../../../src/surfaces/web/page/placing-draft.ts';
import { aMatched, aPayment, aPlacing } from '../../support/cash-builders.ts';

const item = (invoice: string, open: string) => ({
  ...{ invoiceId: 1, invoice, issuedOn: '2026-10-01', dueOn: '2026-10-31', amount: open, open },
  disputed: false,
});
const aDeskFor = (change: Partial<PaymentDeskOutput> = {}): PaymentDeskOutput => ({
  matched: aMatched(),
  customer: null,
  openInvoices: [item('INV-5501', '10000.00'), item('INV-5502', '12000.00')],
  credits: [{ creditId: 3, credit: 'CN-1', open: '250.00', issuedOn: '2026-11-01' }],
  differences: [],
  ...change,
});

describe('what a person types for an amount', () => {
  test.each([
    ['1200', 'USD', 120_000n],
    ['1,200.50', 'USD', 120_050n],
    ['1.200,50', 'USD', 120_050n],
    ["1'200.50", 'CHF', 120_050n],
    ['1 200,5', 'EUR', 120_050n],
    ['12,5', 'EUR', 1_250n],
    ['1,200', 'USD', 120_000n],
    ['1.200', 'EUR', 120_000n],
    ['1.200', 'KWD', 1_200n],
    ['1.234.567', 'USD', 123_456_700n],
    ['1.234.567,89', 'EUR', 123_456_789n],
    ['98,000', 'JPY', 98_000n],
    ['0', 'USD', 0n],
    ['1200.', 'USD', 120_000n],
  ])('"%s" in %s', (text, currency, minor) => {
    expect(typedAmount(text, currency)).toBe(minor);
  });

  test.each([
    ['', 'USD'],
    ['-5', 'USD'],
    ['5 USD', 'USD'],
    ['1.5', 'JPY'],
    ['1,20,5', 'USD'],
    ['1,200,50', 'USD'],
    ['1,234.567,89', 'EUR'],
    ['1.2345', 'USD'],
    ['1e3', 'USD'],
    ['١٢', 'USD'],
  ])('"%s" in %s is none, never a guess', (text, currency) => {
    expect(typedAmount(text, currency)).toBeNull();
  });

  test('what the page itself writes is read back to the cent', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => {
          expect(typedAmount(toDecimal(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('putting a placing together', () => {
  test('the suggestion is laid out as it is, and asked for to the cent', () => {
    const draft = draftOf(aPlacing(), aDeskFor());
    expect(inputOf(draft)).toEqual({
      parts: [{ invoice: 'INV-5501', amount: '9975.00' }],
      credits: [],
      adjustments: [{ kind: 'bank_fee', invoice: 'INV-5501', amount: '25.00' }],
    });
    expect(problemsOf(draft)).toEqual([]);
    expect(restText(draft)).toBe('All of it is placed');
    expect(isExactly(draft, aPlacing())).toBe(true);
    expect(isExactly(draft, aPlacing({ adjustments: [] }))).toBe(false);
    expect(isExactly(draft, aPlacing({ unapplied: '0.01' }))).toBe(false);
  });

  test('a picked invoice gets what is left and fits; the rest runs along', () => {
    const draft = emptyDraft('USD', '11000.00');
    expect(restText(draft)).toBe('Still to place 11,000.00 USD');
    toggleInvoice(draft, item('INV-5501', '10000.00'));
    toggleInvoice(draft, item('INV-5502', '12000.00'));
    expect(draft.lines.map((line) => line.cash)).toEqual(['10000.00', '1000.00']);
    expect(restOf(draft)).toBe(0n);
    toggleInvoice(draft, item('INV-5501', '10000.00'));
    expect(restText(draft)).toBe('Still to place 10,000.00 USD');
  });

  test('too much on an invoice, too much in all and what is no amount are said, in words', () => {
    const draft = emptyDraft('USD', '100.00');
    toggleInvoice(draft, item('INV-1', '60.00'));
    toggleInvoice(draft, item('INV-2', '500.00'));
    draft.lines[0]!.cash = '61';
    draft.lines[1]!.cash = '50';
    expect(problemsOf(draft)).toEqual([
      'INV-1 gets 1.00 USD more than it has open.',
      '11.00 USD more is placed than the payment has left.',
    ]);
    expect(restText(draft)).toBe('11.00 USD too much');
    draft.lines[1]!.cash = 'x';
    expect(problemsOf(draft)).toContain('"x" on INV-2 is no amount of USD. Write it like 1250.00.');
    draft.lines[1]!.cash = '0';
    expect(problemsOf(draft)).toContain('Nothing is put on INV-2. Give it an amount, or take it off.');
  });

  test('the gap is booked as what was chosen, and never more than is missing', () => {
    const draft = emptyDraft('USD', '9975.00');
    toggleInvoice(draft, item('INV-5501', '10000.00'));
    expect(missing(draft, draft.lines[0]!)).toBe(2_500n);
    expect(owedOf(draft)).toBe(1_000_000n);
    explainGap(draft, 'bank_fee');
    expect(inputOf(draft).adjustments).toEqual([{ kind: 'bank_fee', invoice: 'INV-5501', amount: '25.00' }]);
    draft.lines[0]!.cash = '9990.00';
    expect(inputOf(draft).adjustments).toEqual([{ kind: 'bank_fee', invoice: 'INV-5501', amount: '10.00' }]);
    explainGap(draft, null);
    expect(inputOf(draft).adjustments).toEqual([]);
  });

  test('a credit takes its place before the money, and is no part of cash', () => {
    const draft = emptyDraft('USD', '10000.00');
    toggleInvoice(draft, item('INV-5501', '10000.00'));
    toggleCredit(draft, { credit: 'CN-1', open: '250.00' });
    expect(inputOf(draft)).toEqual({
      parts: [{ invoice: 'INV-5501', amount: '9750.00' }],
      credits: [{ credit: 'CN-1', invoice: 'INV-5501', amount: '250.00' }],
      adjustments: [],
    });
    expect(restText(draft)).toBe('Still to place 250.00 USD');
    expect(problemsOf(draft)).toEqual([]);
    toggleCredit(draft, { credit: 'CN-1', open: '250.00' });
    expect(inputOf(draft).credits).toEqual([]);
  });

  test('an invoice of another customer stays laid out, with what was open on it', () => {
    const draft = draftOf(aPlacing(), aDeskFor({ openInvoices: [] }));
    expect(inputOf(draft).parts).toEqual([{ invoice: 'INV-5501', amount: '9975.00' }]);
    expect(problemsOf(draft)).toEqual([]);
  });

  test('money is conserved whatever is clicked: what is asked for and the rest are the payment, and nothing is over-applied', () => {
    const invoices = ['A', 'B', 'C', 'D'];
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 500_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 300_000n }), { minLength: 4, maxLength: 4 }),
        fc.bigInt({ min: 1n, max: 200_000n }),
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 }),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        (left, opens, credit, clicks, currency) => {
          const draft = emptyDraft(currency, toDecimal(left, currency));
          for (const click of clicks)
            if (click < 4)
              toggleInvoice(draft, { invoice: invoices[click]!, open: toDecimal(opens[click]!, currency) });
            else if (click === 4) toggleCredit(draft, { credit: 'CN', open: toDecimal(credit, currency) });
            else explainGap(draft, 'write_off');
          const asked = inputOf(draft);
          const minor = (text: string | undefined) => typedAmount(text!, currency)!;
          const cash = asked.parts.reduce((sum, each) => sum + minor(each.amount), 0n);
          expect(cash + restOf(draft)).toBe(left);
          expect(cash <= left).toBe(true);
          expect(problemsOf(draft).filter((text) => !text.startsWith('Nothing is put'))).toEqual([]);
          for (const [at, invoice] of invoices.entries()) {
            const on = [...asked.parts, ...asked.credits, ...asked.adjustments]
              .filter((each) => each.invoice === invoice)
              .reduce((sum, each) => sum + minor(each.amount), 0n);
            expect(on <= opens[at]!).toBe(true);
          }
          expect(asked.credits.reduce((sum, each) => sum + minor(each.amount), 0n) <= credit).toBe(true);
        },
      ),
      { endOnFailure: true },
    );
  });

  test('of a payment that was placed in part, only what is left is placed', () => {
    const matched = aMatched({ payment: aPayment({ amount: '9975.00', unapplied: '100.00' }) });
    expect(restOf(draftOf(aPlacing({ applications: [], adjustments: [] }), aDeskFor({ matched })))).toBe(
      10_000n,
    );
  });
});

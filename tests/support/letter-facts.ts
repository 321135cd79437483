/** Letter facts for tests, complete unless said otherwise, and a generator of any facts that can occur. */
import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar.ts';
import type { LetterFacts } from '../../src/domain/chase/drafting.ts';
import { languages, letterKinds, tones } from '../../src/domain/chase/policy.ts';
import { parseDecimal, toDecimal } from '../../src/domain/money.ts';

type Invoice = LetterFacts['invoices'][number];
const TODAY = '2026-08-20';

/** Past due unless `daysOverdue` says otherwise; open in full unless `openAmount` does. */
export const aLetterInvoice = (over: Partial<Invoice> = {}): Invoice => {
  const daysOverdue = over.daysOverdue ?? 45;
  const amount = over.amount ?? '1234.50';
  return {
    number: 'INV-20418',
    dueOn: addDays(TODAY, -daysOverdue),
    daysOverdue,
    amount,
    openAmount: amount,
    poNumber: 'PO-771',
    ...over,
  };
};

export const someLetterFacts = (over: Partial<LetterFacts> = {}): LetterFacts => {
  const invoices = over.invoices ?? [aLetterInvoice()];
  const currency = over.currency ?? 'EUR';
  const total = invoices.reduce((sum, each) => sum + parseDecimal(each.openAmount, currency), 0n);
  return {
    letter: 'overdue',
    tone: 'neutral',
    language: 'en',
    shorter: false,
    mentionPo: false,
    greetingName: 'Grace Holloway',
    customerName: 'Acme GmbH',
    companyName: 'Remy Demo Company',
    senderName: 'Remy Demo Receivables',
    currency,
    today: TODAY,
    invoices,
    totalAmount: toDecimal(total, currency),
    oldestDaysOverdue: Math.max(0, ...invoices.map((each) => each.daysOverdue)),
    chasesSoFar: 1,
    promise: { amount: '4000.00', payOn: '2026-08-01', madeOn: '2026-07-20' },
    payment: { amount: '500.00', receivedOn: '2026-08-12' },
    paymentInstructions:
      'By transfer: IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001.\nReference: your invoice number.',
    paymentLink: 'https://pay.demo.example/acme?i=INV-20418',
    phone: '+1 212 555 0100',
    attachment: null,
    answerBy: '2026-08-27',
    ...over,
  };
};

export const letterSettings = {
  name: 'Remy Demo Company',
  fromAddress: 'ar@demo.example',
  replyTo: null,
  unsubscribeAddress: 'unsubscribe@demo.example',
};

/** Texts that come from outside: names and numbers that try to be something else. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    'Acme\r\nBcc: boss@evil.example',
    'https://evil.example/pay',
    '[click](https://evil.example)',
    'www.evil.com',
    '<img src=x>',
    '{{total}}',
    '**bold** _it_ ~x~',
    'A\u202eB\u200bC\u{e0041}',
    'IBAN DE89 3704 0044 0532 0130 00',
    'O’Neill & Sons, Ltd.',
    'Żółć Sp. z o.o.',
    '株式会社レミー',
    '2,500.00 USD',
  ),
  fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' }),
);

const decimal = fc.bigInt({ min: 1n, max: 999_999_999_999n }).map((minor) => toDecimal(minor, 'EUR'));
const past = fc.integer({ min: 0, max: 400 }).map((days) => addDays(TODAY, -days));

export const anyInvoice: fc.Arbitrary<Invoice> = fc
  .record({
    number: fc.oneof(fc.stringMatching(/^(INV|RE|F)-\d{3,8}$/), hostileText),
    daysOverdue: fc.integer({ min: -60, max: 400 }),
    open: fc.bigInt({ min: 1n, max: 999_999_999_999n }),
    paid: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 999_999n })),
    poNumber: fc.option(fc.oneof(fc.stringMatching(/^PO-\d{1,8}$/), hostileText)),
  })
  .map(({ number, daysOverdue, open, paid, poNumber }) => ({
    number,
    dueOn: addDays(TODAY, -daysOverdue),
    daysOverdue,
    openAmount: toDecimal(open, 'EUR'),
    amount: toDecimal(open + paid, 'EUR'),
    poNumber,
  }));

/** Facts of every letter, tone and language that can be drafted: one about nothing overdue is never a demand. */
export const anyLetterFacts: fc.Arbitrary<LetterFacts> = fc
  .record({
    letter: fc.constantFrom(...letterKinds),
    tone: fc.constantFrom(...tones),
    language: fc.constantFrom(...languages),
    shorter: fc.boolean(),
    mentionPo: fc.boolean(),
    greetingName: fc.option(hostileText),
    customerName: hostileText,
    chasesSoFar: fc.integer({ min: 0, max: 9 }),
    invoices: fc.oneof(
      { weight: 9, arbitrary: fc.array(anyInvoice, { minLength: 1, maxLength: 6 }) },
      { weight: 1, arbitrary: fc.array(anyInvoice, { minLength: 48, maxLength: 56 }) },
    ),
    promise: fc.record({ amount: decimal, payOn: past, madeOn: past }),
    payment: fc.record({ amount: decimal, receivedOn: past }),
    paymentInstructions: fc.option(fc.constant('IBAN DE02 1203 0000 0000 2020 51')),
    paymentLink: fc.option(fc.constant('https://pay.demo.example/x')),
    phone: fc.option(fc.constant('+1 212 555 0100')),
    attachment: fc.option(fc.constant('statement-ACME-2026-08-20.pdf')),
  })
  .map((each) => {
    const demands = each.letter === 'overdue' || each.letter === 'final_notice';
    const late = each.invoices.some((invoice) => invoice.daysOverdue > 0);
    return someLetterFacts({ ...each, letter: demands && !late ? 'reminder' : each.letter });
  });

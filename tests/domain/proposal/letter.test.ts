import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../src/domain/cadence/default-policy.ts';
import { approvalRule } from '../../../src/domain/proposal/approval-rule.ts';
import { checkLetter } from '../../../src/domain/proposal/letter-check.ts';
import { fillLetter, subjectLine } from '../../../src/domain/proposal/letter-fill.ts';
import { letterAmount, letterDay, letterDays } from '../../../src/domain/proposal/letter-format.ts';
import { plainData } from '../../../src/domain/proposal/plain-data.ts';
import {
  aLetterInvoice,
  anyLetterFacts,
  hostileText,
  letterSettings,
  someLetterFacts,
} from '../../support/letter-facts.ts';

const facts = someLetterFacts({
  invoices: [aLetterInvoice(), aLetterInvoice({ number: 'INV-20500', amount: '98.00', poNumber: null })],
});
const flags = (body: string, over = facts, subject = 'Your invoices') =>
  checkLetter({ subject, body }, over, letterSettings);

/** Half of a pair of surrogates: no database takes it in JSON. */
const HALF = /\p{Cs}/u;

describe('a subject that is too long', () => {
  test('is cut between characters, so that the database takes it', () => {
    for (const lead of ['', 'x']) {
      const line = subjectLine(lead + '\u{1F600}'.repeat(200));
      expect(line).not.toMatch(HALF);
      expect([...line]).toHaveLength(120);
    }
    expect(subjectLine('\u{1F600}'.repeat(70))).toBe('\u{1F600}'.repeat(70));
    expect(subjectLine('half \uD83D of a pair')).toBe('half of a pair');
    expect(subjectLine(`${'word '.repeat(30)}end`)).toMatch(/^(word )+word…$/);
  });

  test('is cut without the half of a joined one', () => {
    const family = '\u{1F468}\u200D\u{1F469}';
    for (const lead of ['', 'x', 'xx']) {
      const long = lead + family.repeat(80);
      for (const cut of [subjectLine(long), plainData(long, 60)])
        expect(checkLetter({ subject: cut, body: '' }, facts, letterSettings)).toEqual([]);
    }
  });
});

describe('a finished letter against the facts', () => {
  test.each([
    ['1,234.50 EUR by 27 August 2026', []],
    ['€1.234,50 on August 27, 2026, 27.08.2026 or 2026-08-27', []],
    ['INV-20418 is 45 days overdue; both 2 invoices come to 1,332.50', []],
    ['Call us at 3 pm or 15:30, +1 212 555 0100', []],
    ['£1,234.50', ['figure_not_in_ledger']],
    ['1,234.50 USD', ['figure_not_in_ledger']],
    ['1,234.51 EUR', ['figure_not_in_ledger']],
    ['11,234.50 EUR', ['figure_not_in_ledger']],
    ['INV-20419', ['figure_not_in_ledger']],
    ['28 August 2026', ['figure_not_in_ledger']],
    ['27 August 2027', ['figure_not_in_ledger']],
    ['a 2% discount', ['figure_not_in_ledger']],
    ['a thousand euros', ['figure_not_in_ledger']],
    ['within a week', ['figure_not_in_ledger']],
    ['by Friday', ['figure_not_in_ledger']],
    ['INV-20418: 98.00 EUR', ['amount_of_another_invoice']],
    ['https://pay.demo.example/acme?i=INV-20418', []],
    ['https://pay.demo.example.evil.com/acme', ['unknown_link']],
    ['see evil.com', ['unknown_link']],
    ['[pay](javascript:x)', ['unknown_link']],
    ['write to ar@demo.example', []],
    ['write to ar@demo.example.evil.com', ['unknown_address']],
    ['IBAN DE89 3704 0044 0532 0130 00', ['figure_not_in_ledger', 'unknown_bank_details']],
    ['By transfer: IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001.', []],
    ['our new bank account', ['unknown_bank_details']],
    ['or we call our lawyers', ['threat']],
    ['pay\u200b now', ['hidden_characters']],
    ['pay {{total}}', ['open_placeholder']],
    ['e.g. today, i.e. not later; thanks. Regards', []],
  ])('%s', (body, expected) => {
    expect(flags(body)).toEqual(expected);
  });

  test('a letter in German is read in German', () => {
    const german = { ...facts, language: 'de' as const };
    expect(flags('Bitte zahlen Sie 1.234,50 EUR bis zum 27. August 2026.', german)).toEqual([]);
    expect(flags('Bitte zahlen Sie zweitausend Euro.', german)).toEqual(['figure_not_in_ledger']);
    expect(flags('Sonst folgt der Mahnbescheid.', german)).toEqual(['threat']);
  });

  test('any other amount in place of one of the letter is found', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 100n, max: 99_999_999n }), (minor) => {
        const text = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
        fc.pre(!['1234.50', '98.00', '1332.50', '4000.00', '500.00'].includes(text));
        expect(flags(`Please pay ${text} EUR.`)).toContain('figure_not_in_ledger');
      }),
    );
  });
});

describe('data in a letter', () => {
  test('nothing that comes from the ledger breaks a line, links, marks up or fills a placeholder', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const plain = plainData(text);
        expect(plain).not.toMatch(/[\r\n<>[\]{}`|*]|:\/\/|www\.\S|\b(?:com|example)\b(?<=\w\.\w+)/);
        expect(plainData(plain)).toBe(plain);
        expect([...plain].length).toBeLessThanOrEqual(80);
      }),
    );
  });

  test('a value is put in once: what looks like a placeholder in it stays text', () => {
    const odd = someLetterFacts({ customerName: '{{total}}', companyName: 'A {{phone}} B' });
    const letter = fillLetter({ subject: '{{customer}}', body: '{{company}} {{ total }}' }, odd);
    expect(letter).toEqual({ subject: 'total', body: 'A phone B 1,234.50 EUR' });
  });

  test('a placeholder without a fact is an error, never a gap', () => {
    expect(() => fillLetter({ subject: 'x', body: '{{attachment}}' }, facts)).toThrow(
      'no fact for {{attachment}}',
    );
  });

  test('a subject is one line of at most 120 characters', () => {
    fc.assert(
      fc.property(anyLetterFacts, hostileText, (any, text) => {
        const { subject } = fillLetter(
          { subject: `${text.replace(/[{}]/g, '')} {{customer}} `.repeat(4), body: 'x' },
          { ...any, customerName: `n ${any.customerName}` },
        );
        expect([...subject].length).toBeLessThanOrEqual(120);
        expect(subject).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 50 },
    );
  });
});

describe('how languages write', () => {
  test('amounts with the digits of their currency', () => {
    expect(letterAmount('1234567.50', 'EUR', 'de')).toBe('1.234.567,50 EUR');
    expect(letterAmount('1234567.50', 'EUR', 'fr')).toBe('1 234 567,50 EUR');
    expect(letterAmount('98000', 'JPY', 'en')).toBe('98,000 JPY');
    expect(letterAmount('1.234', 'KWD', 'es')).toBe('1,234 KWD');
  });

  test('days and how many of them', () => {
    expect(letterDay('2026-05-12', 'en')).toBe('12 May 2026');
    expect(letterDay('2026-05-12', 'de')).toBe('12. Mai 2026');
    expect(letterDay('2026-05-01', 'fr')).toBe('1er mai 2026');
    expect(letterDay('2026-05-12', 'es')).toBe('12 de mayo de 2026');
    expect([letterDays(1, 'en'), letterDays(2, 'de'), letterDays(1, 'fr'), letterDays(3, 'es')]).toEqual([
      '1 day',
      '2 Tagen',
      '1 jour',
      '3 días',
    ]);
  });
});

describe('how many people approve', () => {
  const rule = (over: Partial<Parameters<typeof approvalRule>[0]>) =>
    approvalRule(
      { amountMinor: 100_000n, currency: 'USD', riskFlags: [], madeByBot: false, ...over },
      defaultPolicy,
    );

  test('one for an ordinary email, also its maker', () => {
    expect(rule({})).toEqual({ approvalsNeeded: 1, makerMayApprove: true, why: null });
  });

  test('another one than its maker from the limit on, in a currency without one, and on a flag', () => {
    expect(rule({ amountMinor: 2_000_000n })).toMatchObject({ approvalsNeeded: 1, makerMayApprove: false });
    expect(rule({ amountMinor: 1_999_999n })).toMatchObject({ makerMayApprove: true });
    expect(rule({ amountMinor: 1n, currency: 'XPF' })).toMatchObject({ makerMayApprove: false });
    expect(rule({ riskFlags: ['unknown_link'] })).toMatchObject({
      approvalsNeeded: 1,
      makerMayApprove: false,
    });
  });

  test('two where Remy made it and something is flagged', () => {
    expect(rule({ riskFlags: ['unknown_link'], madeByBot: true })).toMatchObject({ approvalsNeeded: 2 });
    expect(rule({ madeByBot: true })).toMatchObject({ approvalsNeeded: 1 });
  });
});

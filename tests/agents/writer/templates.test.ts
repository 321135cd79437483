import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTemplateWriter, proseFromTemplates } from '../../../agents/writer/templates.ts';
import { composeLetter, languages as parts } from '../../../prompts/letters/compose.ts';
import type { LetterFacts } from '../../../src/domain/chase/drafting.ts';
import { languages, letterKinds, tones } from '../../../src/domain/chase/policy.ts';
import { checkLetter } from '../../../src/domain/proposal/letter-check.ts';
import { fillLetter } from '../../../src/domain/proposal/letter-fill.ts';
import { checkProse } from '../../../src/domain/proposal/letter-prose.ts';
import { placeholders } from '../../../src/domain/proposal/letter-values.ts';
import {
  aLetterInvoice,
  anyLetterFacts,
  letterSettings,
  someLetterFacts,
} from '../../support/letter-facts.ts';

const later = aLetterInvoice({ number: 'INV-7', daysOverdue: -12, amount: '98.00' });
const second = aLetterInvoice({
  number: 'INV-20500',
  daysOverdue: 1,
  amount: '2000.00',
  openAmount: '1500.25',
});

/** Every letter, tone and language: about one invoice, several, some not due yet; shorter; first contact. */
const combinations: LetterFacts[] = languages.flatMap((language) =>
  letterKinds.flatMap((letter) =>
    tones.flatMap((tone) => {
      const base = { language, letter, tone, attachment: letter === 'statement' ? 'statement.pdf' : null };
      const all = [
        someLetterFacts(base),
        someLetterFacts({ ...base, invoices: [aLetterInvoice(), second], mentionPo: true }),
        someLetterFacts({
          ...base,
          invoices: [aLetterInvoice(), second, later],
          shorter: true,
          chasesSoFar: 0,
        }),
        someLetterFacts({ ...base, chasesSoFar: 0, phone: null, greetingName: null, paymentLink: null }),
      ];
      const demands = letter === 'overdue' || letter === 'final_notice';
      return demands ? all : [...all, someLetterFacts({ ...base, invoices: [later], chasesSoFar: 0 })];
    }),
  ),
);

describe('the letters from templates', () => {
  test('every combination is whole, passes the check of prose and reads in its own language', () => {
    const read: string[] = [];
    for (const facts of combinations) {
      const prose = proseFromTemplates(facts);
      const { subject, body } = fillLetter(prose, facts);
      const name = `${facts.language} ${facts.letter} ${facts.tone} (${facts.invoices.length})`;
      read.push(`=== ${name}\nSubject: ${subject}\n\n${body}\n`);
      expect({ name, problems: checkProse(prose, facts) }).toEqual({ name, problems: [] });
      expect({ name, flags: checkLetter({ subject, body }, facts, letterSettings) }).toEqual({
        name,
        flags: [],
      });
      expect(`${subject}\n${body}`).not.toMatch(/[{}|]|\n\n\n|\(\)|undefined|null/);
      expect(subject.length).toBeLessThan(120);
    }
    const target = process.env.REMY_LETTERS_FILE;
    if (target) writeFileSync(target, read.join('\n'));
    expect(read.length).toBeGreaterThan(500);
  });

  test('each language writes amounts and days its own way', () => {
    const written = (language: LetterFacts['language']) => {
      const facts = someLetterFacts({
        language,
        invoices: [aLetterInvoice({ dueOn: '2026-05-12', daysOverdue: 100 })],
      });
      return fillLetter(proseFromTemplates(facts), facts).body;
    };
    expect(written('en')).toContain('- INV-20418: 1,234.50 EUR, due 12 May 2026, 100 days overdue');
    expect(written('de')).toContain(
      '- INV-20418: 1.234,50 EUR, fällig am 12. Mai 2026, seit 100 Tagen überfällig',
    );
    expect(written('fr')).toContain(
      '- INV-20418 : 1 234,50 EUR, échéance le 12 mai 2026, 100 jours de retard',
    );
    expect(written('es')).toContain(
      '- INV-20418: 1.234,50 EUR, vencimiento el 12 de mayo de 2026, 100 días de retraso',
    );
  });

  test('one invoice is singular, several are plural, and one day is a day', () => {
    const of = (facts: LetterFacts) => fillLetter(proseFromTemplates(facts), facts);
    const one = of(someLetterFacts({ invoices: [aLetterInvoice({ daysOverdue: 1 })] }));
    expect(one.subject).toBe('Overdue: invoice INV-20418, 1,234.50 EUR');
    expect(one.body).toContain('this invoice has been overdue for 1 day:');
    const two = of(someLetterFacts({ invoices: [aLetterInvoice(), second] }));
    expect(two.subject).toBe('Overdue: 2 invoices, 2,734.75 EUR');
    expect(two.body).toContain('these invoices are overdue, the oldest for 45 days:');
  });

  test('a paragraph without its fact is not there', () => {
    const facts = someLetterFacts({ paymentInstructions: null, paymentLink: null, phone: null });
    const { body } = fillLetter(proseFromTemplates(facts), facts);
    expect(body).not.toContain('How to pay');
    expect(body).not.toContain('call us');
  });

  test('earlier letters are mentioned only where there were some', () => {
    const firm = (chasesSoFar: number) =>
      proseFromTemplates(someLetterFacts({ tone: 'firm', chasesSoFar })).body;
    expect(firm(0)).not.toContain('before');
    expect(firm(3)).toContain('We have written to you about your account before');
  });

  test('the shorter letter is shorter, and the purchase orders come when asked for', () => {
    const body = (over: Partial<LetterFacts>) => {
      const facts = someLetterFacts(over);
      return fillLetter(proseFromTemplates(facts), facts).body;
    };
    expect(body({ shorter: true }).length).toBeLessThan(body({}).length * 0.85);
    expect(body({})).not.toContain('PO-771');
    expect(body({ mentionPo: true })).toContain('your order PO-771');
    expect(body({ mentionPo: true, letter: 'statement', attachment: 'a.pdf' })).toContain('PO-771');
  });

  test('the templates know no other placeholder than those that code fills', () => {
    const used = [...JSON.stringify(parts).matchAll(/\{\{([^}]*)\}\}/g)].map((match) => match[1]!);
    expect(used.filter((name) => !(placeholders as readonly string[]).includes(name))).toEqual([]);
  });

  test('whatever the facts, nothing that is not among them stands in the letter', () => {
    fc.assert(
      fc.property(anyLetterFacts, (facts) => {
        const prose = proseFromTemplates(facts);
        expect(checkProse(prose, facts)).toEqual([]);
        const letter = fillLetter(prose, facts);
        expect({ flags: checkLetter(letter, facts, letterSettings), letter }).toEqual({ flags: [], letter });
        expect(letter.subject).not.toMatch(/[\r\n]/);
        expect(letter.subject.length).toBeLessThanOrEqual(120);
        expect(letter.body).not.toMatch(/\n{3}|evil\.|\{\{total\}\}|<img|\u202e/);
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });

  test('the version changes only with the texts', async () => {
    const writer = createTemplateWriter();
    const first = await writer.write(someLetterFacts(), null);
    const other = await writer.write(someLetterFacts({ language: 'de', tone: 'urgent' }), 'be nice');
    expect(first.promptVersion).toMatch(/^[0-9a-f]{12}$/);
    expect(other.promptVersion).toBe(first.promptVersion);
    expect(first.model).toBe('templates');
  });

  test('a letter for which no subject can be written is an error, not an empty mail', () => {
    expect(() =>
      composeLetter({
        letter: 'overdue',
        tone: 'firm',
        language: 'en',
        shorter: false,
        mentionPo: false,
        invoices: 0,
        lateInvoices: 0,
        reminded: false,
        known: new Set(['greeting']),
      }),
    ).toThrow('no subject');
  });
});

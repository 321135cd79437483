import { describe, expect, test } from 'vitest';
import { threadFor } from '../../../src/operations/drafting/thread.ts';

const aThread = (...subjects: string[]) => ({
  inReplyTo: '<2@acme.example>',
  references: ['<1@remy.test>', '<2@acme.example>'],
  subjects,
});

describe('an email goes', () => {
  test('into the newest conversation, under its subject, with one mark of an answer', () => {
    expect(threadFor(aThread('AW: Re: Reminder: INV-20295'), ['INV-20295'])?.subject).toBe(
      'Re: Reminder: INV-20295',
    );
    expect(threadFor(aThread('Your account with us'), ['INV-1001'])?.subject).toBe(
      'Re: Your account with us',
    );
  });

  test.each([
    'Automatic reply: out of office',
    'Re: Automatic reply: gone',
    'Abwesenheitsnotiz: Urlaub',
    'Respuesta automática: fuera',
    'Undeliverable: Reminder',
    'Mail delivery failed',
  ])('never under the subject of a machine: %s', (subject) => {
    expect(threadFor(aThread(subject), ['INV-1001'])).toBeNull();
    expect(threadFor(aThread(subject, 'Question about INV-1001'), ['INV-1001'])?.subject).toBe(
      'Re: Question about INV-1001',
    );
  });

  test('into a conversation of its own where the newest one is about other invoices', () => {
    expect(threadFor(aThread('Reminder: INV-20295'), ['INV-20268'])).toBeNull();
    expect(threadFor(aThread('Reminder: INV-20295 and INV-20268'), ['INV-20268', 'INV-7777'])).not.toBeNull();
    expect(threadFor(aThread('Rechnung inv 20268'), ['INV-20268'])).not.toBeNull();
  });

  test('into one of its own where there was none before', () => {
    expect(threadFor(null, ['INV-1001'])).toBeNull();
    expect(threadFor(aThread(), ['INV-1001'])).toBeNull();
  });
});

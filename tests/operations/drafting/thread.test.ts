import { describe, expect, test } from 'vitest';
import { threadFor as threadOn } from '../../../src/operations/drafting/thread.ts';

const aThread = (...subjects: string[]) => ({
  inReplyTo: '<2@acme.example>',
  newestOn: '2026-11-20',
  references: ['<1@remy.test>', '<2@acme.example>'],
  subjects,
});

const threadFor = (
  thread: Parameters<typeof threadOn>[0],
  numbers: readonly string[],
  today = '2026-11-24',
) => threadOn(thread, numbers, today);

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
    'STOP',
    'Re: Unsubscribe',
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

  test('into one of its own where the newest one is weeks old and does not name these invoices', () => {
    const thread = aThread('Remittance advice Acme');
    expect(threadFor(thread, ['INV-1001'], '2026-12-04')).not.toBeNull();
    expect(threadFor(thread, ['INV-1001'], '2026-12-05')).toBeNull();
    expect(threadFor(aThread('Question about INV-1001'), ['INV-1001'], '2027-02-01')).not.toBeNull();
  });

  test('into one of its own where there was none before', () => {
    expect(threadFor(null, ['INV-1001'])).toBeNull();
    expect(threadFor(aThread(), ['INV-1001'])).toBeNull();
  });
});

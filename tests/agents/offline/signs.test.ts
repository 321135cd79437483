import { describe, expect, test } from 'vitest';
import { tokenise } from '../../../agents/offline/text/tokens.ts';
import { goldenToday } from '../../golden/questions.ts';
import { conversation } from './drive.ts';
import { answer, asking } from './fake-ledger.ts';

const refusal = /must be above zero/;
const start = () => conversation(asking('collector', goldenToday), answer);
const words = (text: string): string[] => tokenise(text, new Set()).map((token) => token.word);

describe('an amount with a minus sign', () => {
  test.each([
    'log ptp: acme -5 on the 28th',
    'log ptp: acme -5k usd on the 28th',
    'log ptp: acme -$5,000 on the 28th',
    'log ptp: acme $-5000.50 tomorrow',
    'log ptp: acme usd -5 on friday',
    'log ptp: acme −5 on the 28th',
    'log ptp: acme -.5 on the 28th',
    'log a promise of INV-20363 -500 tomorrow',
    'open a dispute on INV-20363 for -500 because of the price',
    'dispute INV-20363: -500 pricing',
    'chase everyone over -5',
    'chase everyone over -5k',
    'draft reminders to everyone who owes more than -5,000 usd',
    'only let the agent send emails for invoices up to -5k',
    'set the approval limit to -5000',
    'require approval above -5k',
    'open invoices over -5000',
    'invoices between -5 and 10',
    'payments >-5k',
    'who owes more than -1 million',
  ])('"%s" is refused and nothing is called', async (message) => {
    const { calls, text } = await start()(message);
    expect(text).toMatch(refusal);
    expect(calls).toEqual([]);
  });

  test('an answer with a minus sign is refused, and the question still stands', async () => {
    const ask = start();
    await ask('log a promise for acme corporation');
    const refused = await ask('-5k on friday');
    expect(refused.text).toMatch(refusal);
    expect(refused.calls).toEqual([]);
    const { calls } = await ask('5k on friday');
    expect(calls.at(-1)).toMatchObject({ name: 'log_promise', args: { amount: '5000' } });
  });

  test.each([
    ['invoices 5-10 days overdue', ['5-10']],
    ['show INV-5', ['inv-5']],
    ['acme - 5k', ['acme', '5k']],
    ['since 2026-08-28', ['2026-08-28']],
    ['acme -28 aug', ['28', 'august']],
    ['acme -28th', ['28th']],
    ['acme -2026-08-28', ['2026-08-28']],
    ['our sub-ledger', ['sub-ledger']],
  ])('"%s" has no minus sign', (text, expected) => {
    expect(words(text)).toEqual(expect.arrayContaining(expected));
    expect(words(text).filter((word) => word.startsWith('-'))).toEqual([]);
  });

  test('the words of a reason keep it', async () => {
    const { calls, text } = await start()('stop chasing acme corporation because they want -5% off');
    expect(text).not.toMatch(refusal);
    expect(calls.at(-1)).toMatchObject({ name: 'set_hold', args: { reason: expect.stringContaining('-5') } });
  });
});

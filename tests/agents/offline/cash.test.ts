import { describe, expect, test } from 'vitest';
import { goldenCash } from '../../golden/cash.ts';
import { conversation } from './drive.ts';
import { answer, asking } from './fake-ledger.ts';

/** What may change something, or asks for it. */
const ACTS = /^(?:propose_|reverse_|match_payments$)/;

const first = goldenCash.filter(
  ({ turns }) => turns[0]!.calls.length > 0 && turns[0]!.calls.some(({ tool }) => tool !== 'query_ledger'),
);

describe('words of a message about cash that nobody explained', () => {
  for (const extra of [' in Narnia', ' by horoscope', ' unless raining'])
    test(`"${extra.trim()}" behind a wish is never dropped: nothing is done`, async () => {
      const dropped: string[] = [];
      for (const { turns } of first) {
        const asked = turns[0]!.ask.replace(/[?.]*$/, '') + extra;
        const { calls } = await conversation(asking('collector', '2026-11-25'), answer)(asked);
        if (calls.some(({ name }) => ACTS.test(name))) dropped.push(asked);
      }
      expect(dropped).toEqual([]);
    });
});

describe('questions', () => {
  const orders = [
    'the check from acme bounced',
    'chargeback came in on INV-7731',
    'ach for 4,300 was returned r01',
    'we refunded payment P-9',
    'match payments',
    'run cash application',
  ];
  for (const order of orders)
    test(`"${order}?" with a question mark records nothing`, async () => {
      const { calls } = await conversation(asking('collector', '2026-11-25'), answer)(`${order}?`);
      expect(calls.filter(({ name }) => name === 'reverse_application')).toEqual([]);
      expect(calls.filter(({ name, args }) => name === 'match_payments' && args.run === true)).toEqual([]);
    });

  test('a long pasted text is no wish, and is read in no time', async () => {
    const pasted = 'match the payment of 500 to INV-1 and apply it to 1182 on account '.repeat(60);
    const { calls } = await conversation(asking('collector', '2026-11-25'), answer)(pasted);
    expect(calls.filter(({ name }) => ACTS.test(name))).toEqual([]);
  });
});

describe('a list and what points at it', () => {
  test('a place in a list that nobody showed is asked back, and nothing is taken off', async () => {
    const ask = conversation(asking('collector', '2026-11-25'), answer);
    const { calls, text } = await ask('undo the application that is second');
    expect(calls).toEqual([]);
    expect(text).toMatch(/^Which one\?/);
  });
});

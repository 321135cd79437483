import { describe, expect, test } from 'vitest';
import { checkFigures } from '../../../agents/figure-check/index.ts';
import { goldenQuestions, goldenToday } from '../../golden/questions.ts';
import { conversation } from './drive.ts';
import { answer, asking, withNames } from './fake-ledger.ts';

const pendingOf = (kwargs: Record<string, unknown>): unknown =>
  (kwargs.frame as { pending?: unknown } | undefined)?.pending ?? null;

describe('golden questions', () => {
  for (const { id, as, turns } of goldenQuestions)
    test(`${id} leads to the expected calls`, async () => {
      const ask = conversation(asking(as, goldenToday), answer);
      for (const turn of turns) {
        const { calls, text, message } = await ask(turn.ask);
        const made = calls
          .filter((call) => call.name !== 'find_customer')
          .map((call) => ({ tool: call.name, input: withNames(call.args) }));
        expect(made).toEqual(turn.calls ?? []);
        expect(pendingOf(message.additional_kwargs) !== null).toBe(turn.asksBack ?? false);
        if (turn.says !== undefined) expect(text.startsWith(turn.says)).toBe(true);
      }
    });

  test('every figure of every answer stands in the outputs of the turn', async () => {
    const unsupported: string[] = [];
    for (const { as, turns } of goldenQuestions) {
      const outputs: unknown[] = [];
      const ask = conversation(asking(as, goldenToday), (name, args) => {
        const output = answer(name, args);
        outputs.push(output);
        return output;
      });
      for (const turn of turns) {
        outputs.length = 0;
        const { text } = await ask(turn.ask);
        const { ok, unsupported: wrong } = checkFigures(text, {
          toolOutputs: [...outputs],
          question: turn.ask,
          today: goldenToday,
        });
        if (!ok) unsupported.push(`${turn.ask}: ${wrong.join(', ')} in ${text}`);
      }
    }
    expect(unsupported).toEqual([]);
  });
});

describe('words that nobody explained', () => {
  const firsts = goldenQuestions.filter(({ turns }) => turns[0]?.calls !== undefined);
  for (const extra of [' in Narnia', ' by horoscope', ' excluding Narnia', ' unless raining', ' or never'])
    test(`"${extra.trim()}" behind a question is never dropped: no figure is given`, async () => {
      const dropped: string[] = [];
      for (const { as, turns } of firsts) {
        const asked = turns[0]!.ask.replace(/[?.]*$/, '') + extra;
        const { calls } = await conversation(asking(as, goldenToday), answer)(asked);
        if (calls.some((call) => call.name !== 'find_customer')) dropped.push(asked);
      }
      expect(dropped).toEqual([]);
    });
});

import { describe, expect, test } from 'vitest';
import { roster } from '../../../demo/roster.ts';
import { goldenActs } from '../../golden/acts.ts';
import { goldenToday } from '../../golden/questions.ts';
import { conversation } from './drive.ts';
import { answer, asking, type Customer, findCustomer, withNames } from './fake-ledger.ts';

/** The customers of the demo company, as find_customer knows them. */
const customers: readonly Customer[] = roster.map((each, index) => ({
  id: index + 1,
  code: each.code,
  name: each.name,
  country: each.country,
  owner: each.ownerEmail,
  ...(each.parent ? { parent: roster.findIndex((other) => other.slug === each.parent) + 1 } : {}),
}));

const maria = 'maria.lopez@demo.example';
/** A viewer finds only own accounts. */
const answersFor =
  (as: 'viewer' | 'collector') =>
  (name: string, args: Record<string, unknown>): unknown =>
    name === 'find_customer'
      ? findCustomer(
          String(args.name),
          false,
          customers.filter((each) => as === 'collector' || each.owner === maria),
        )
      : answer(name, args);

type Frame = { pending?: unknown; calls?: { name: string }[] } | undefined;
const frameOf = (kwargs: Record<string, unknown>): Frame => kwargs.frame as Frame;

describe('what is asked about chasing', () => {
  for (const { id, as, turns } of goldenActs.filter((each) => !each.outputs))
    test(`${id} leads to the expected calls`, async () => {
      const ask = conversation(asking(as, goldenToday), answersFor(as));
      for (const turn of turns) {
        const { calls, text, message } = await ask(turn.ask);
        const made = calls
          .filter((call) => call.name !== 'find_customer')
          .map((call) => ({ tool: call.name, input: withNames(call.args, '', customers) }));
        expect(made, text).toEqual(turn.calls);
        expect((frameOf(message.additional_kwargs)?.pending ?? null) !== null).toBe(turn.asksBack);
        if (turn.says !== undefined) expect(text.startsWith(turn.says), text).toBe(true);
      }
    });

  test('"how was this computed" never runs an act again', async () => {
    const acts = new Set(['query_ledger', 'ledger_metrics', 'account_brief']);
    for (const { as, turns } of goldenActs) {
      const ask = conversation(asking(as, goldenToday), answersFor(as));
      for (const turn of turns) {
        const { message } = await ask(turn.ask);
        const kept = frameOf(message.additional_kwargs)?.calls ?? [];
        expect(kept.filter((call) => !acts.has(call.name))).toEqual([]);
      }
      const { calls } = await ask('how was this computed');
      expect(calls.filter((call) => !acts.has(call.name))).toEqual([]);
    }
  });
});

describe('words of an act that nobody explained', () => {
  const ordering = goldenActs.filter(
    ({ turns, outputs }) =>
      !outputs &&
      turns[0]!.calls.some((call) => call.tool !== 'query_ledger' && call.tool !== 'list_proposals'),
  );
  for (const extra of [' in Narnia', ' by horoscope', ' unless raining'])
    test(`"${extra.trim()}" behind a wish is never dropped: nothing is done`, async () => {
      const dropped: string[] = [];
      for (const { as, turns } of ordering) {
        const asked = turns[0]!.ask.replace(/[?.]*$/, '') + extra;
        const { calls } = await conversation(asking(as, goldenToday), answersFor(as))(asked);
        // the reason of a hold is kept in the person's own words
        const acts = calls.filter((call) => call.name !== 'find_customer');
        const told = acts.every((call) => String(call.args.reason).endsWith(extra.trim()));
        if (!told) dropped.push(asked);
      }
      expect(dropped).toEqual([]);
    });
});

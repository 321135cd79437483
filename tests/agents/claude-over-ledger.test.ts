/** The vendor's own client against the simulated API, through the graph and the real tools, to the answer. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAssistant } from '../../agents/assistant.ts';
import { createOperations } from '../../src/agent-operations.ts';
import { createLedgerVocabulary } from '../../src/operations/ledger-vocabulary.ts';
import type { Actor } from '../../src/ports/actor.ts';
import type { Assistant, TurnEvent } from '../../src/ports/assistant.ts';
import type { Database } from '../../src/store/pool.ts';
import { createTools } from '../../tools/index.ts';
import {
  calls,
  callsWithBrokenInput,
  overloaded,
  refuses,
  type StreamFault,
  says,
  saysNothing,
} from '../simulators/anthropic/reply.ts';
import { type AnthropicSimulator, startAnthropic } from '../simulators/anthropic/server.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContext, aCustomer, anInvoice, type In } from '../support/ledger-builders.ts';

const today = '2026-11-24';
const clock = { today: () => today, now: () => new Date(`${today}T09:00:00Z`) };
const total = {
  dataset: 'invoices',
  filters: { status: ['open'] },
  measures: ['sum_open'],
  groupBy: ['customer'],
};

describe('Claude over the ledger', () => {
  let database: Database;
  let place: In;
  let actor: Actor;
  let simulator: AnthropicSimulator;
  let thread = 0;

  beforeAll(async () => {
    database = await testDatabase();
    place = { database, tenantId: await aTenant(database) };
    actor = (await aContext(place, { role: 'collector' })).actor;
    const acme = await aCustomer(place, { name: 'Acme Corporation' });
    await anInvoice(place, acme, {
      number: 'INV-1',
      amount: '1250.00',
      currency: 'USD',
      dueOn: '2026-10-01',
    });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    simulator = await startAnthropic();
    thread++;
  });
  afterEach(() => simulator.close());

  const assistant = (): Promise<Assistant> =>
    createAssistant({
      pool: database.pool,
      tools: createTools(createOperations(database, clock)),
      settings: { model: 'claude-sonnet-5', apiKey: simulator.apiKey, baseUrl: simulator.url },
      vocabulary: createLedgerVocabulary(database),
      tenantName: async () => 'Test company',
      log: () => undefined,
      onModelError: () => undefined,
    });
  const ask = async (text: string, events: TurnEvent[] = [], using?: Assistant) =>
    (using ?? (await assistant())).reply(
      text,
      { actor, thread: `claude-${thread}`, today },
      (event) => events.push(event),
      new AbortController().signal,
    );

  test('a question becomes tool calls and an answer that streams line by line, once its figures are checked', async () => {
    simulator.script([
      calls([{ name: 'query_ledger', input: total }], 'Let me look.'),
      says('Acme Corporation owes **1,250.00 USD**.\nThat is all that is open.'),
    ]);
    const events: TurnEvent[] = [];
    const reply = await ask('who owes us what?', events);
    expect(reply.answer).toContain('1,250.00 USD');
    expect(reply.model).toBe('claude-sonnet-5');
    expect(reply.cards).toHaveLength(1);
    expect(events.filter((event) => event.type === 'text')).toEqual([
      { type: 'text', text: 'Acme Corporation owes **1,250.00 USD**.\n' },
    ]);
    const { body } = simulator.journal[0]!;
    expect(body.tools?.map((tool) => tool.name)).toContain('query_ledger');
    expect(JSON.stringify(body.system)).toContain(today);
    expect(simulator.journal.every((entry) => entry.problem === null)).toBe(true);
  });

  test('a made-up sum is sent back once and then shown as what the tools gave', async () => {
    simulator.script([
      calls([{ name: 'query_ledger', input: total }]),
      says('In all 2,500.00 USD are open.'),
    ]);
    const events: TurnEvent[] = [];
    const reply = await ask('who owes us what?', events);
    expect(reply.answer).not.toContain('2,500');
    expect(JSON.stringify(events)).not.toContain('2,500');
    expect(simulator.journal).toHaveLength(3);
    expect(reply.cards).toHaveLength(1);
  });

  test('a wrong tool input is told to the model, which corrects it', async () => {
    simulator.script([
      calls([{ name: 'query_ledger', input: { dataset: 'secrets' } }]),
      callsWithBrokenInput('query_ledger', '{"dataset": "invo'),
      calls([{ name: 'query_ledger', input: total }]),
      says('1,250.00 USD are open.'),
    ]);
    const reply = await ask('what is open?');
    expect(reply.answer).toBe('1,250.00 USD are open.');
    expect(reply.tools[0]!.output).toMatchObject({ error: { code: 'invalid_input' } });
    expect(simulator.journal.every((entry) => entry.problem === null)).toBe(true);
  });

  const down: [string, Parameters<AnthropicSimulator['script']>[0]][] = [
    ['overloaded', [overloaded()]],
    ['refusing', [refuses()]],
    ['silent', [saysNothing()]],
    [
      'cut off in its answer',
      [{ fault: 'cut', after: 3, answer: says('Acme owes a lot of money.') } satisfies StreamFault],
    ],
  ];
  for (const [how, script] of down)
    test(`a model that is ${how}: the offline one answers the same question, and it is said`, {
      timeout: 60_000,
    }, async () => {
      simulator.script(script);
      const reply = await ask('how much does acme owe?');
      expect(reply.model).toBe('offline');
      expect(reply.answer).toMatch(/language model/);
      expect(reply.answer).toContain('1,250.00 USD');
    });

  test('a conversation goes on after the model was down for a turn', { timeout: 60_000 }, async () => {
    const using = await assistant();
    simulator.script([overloaded()]);
    await ask('how much does acme owe?', [], using);
    simulator.script([calls([{ name: 'query_ledger', input: total }]), says('Still 1,250.00 USD.')]);
    expect((await ask('and now?', [], using)).answer).toBe('Still 1,250.00 USD.');
    expect(simulator.journal.at(-1)!.problem).toBeNull();
    const roles = simulator.journal.at(-1)!.body.messages.map((message) => message.role);
    expect(roles.at(0)).toBe('user');
  });
});

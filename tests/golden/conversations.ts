/** Golden conversations: how one is written down, who answers it, and what an answer is held against. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { createAssistant } from '../../agents/assistant.ts';
import { createOperations } from '../../src/agent-operations.ts';
import { createLedgerVocabulary } from '../../src/operations/ledger-vocabulary.ts';
import type { Assistant, AssistantReply, ToolUse } from '../../src/ports/assistant.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Database } from '../../src/store/pool.ts';
import { createTools } from '../../tools/index.ts';

export const goldenTurn = z.strictObject({
  ask: z.string(),
  /** The calls of the answer, without find_customer; names and numbers in place of ids. */
  calls: z.array(z.strictObject({ tool: z.string(), input: z.record(z.string(), z.unknown()) })).default([]),
  /** A question back. */
  asksBack: z.boolean().default(false),
  /** Plain talk that begins like this. */
  says: z.string().optional(),
  tells: z.array(z.string()).default([]),
  /** The operation must refuse it; the answer says why. */
  refused: z.boolean().default(false),
});
export type GoldenTurn = z.infer<typeof goldenTurn>;

/** One conversation a line. */
export const readConversations = <Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape>[] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => shape.parse(JSON.parse(line)));

/** The whole agent with no model, over this database. */
export const assistantOver = (database: Database, clock: Clock): Promise<Assistant> =>
  createAssistant({
    pool: database.pool,
    tools: createTools(createOperations(database, clock)),
    settings: { model: 'offline' },
    vocabulary: createLedgerVocabulary(database),
    tenantName: async () => 'Demo company',
    log: () => undefined,
    onModelError: () => undefined,
  });

const hasError = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && 'error' in output;

/** What an id stands for; undefined leaves the field out, since some ids only count up. */
export type NameOf = (key: string, id: unknown) => unknown;

const named = (value: unknown, nameOf: NameOf, key = ''): unknown => {
  if (Array.isArray(value))
    return value.map((each) => (/ids$/i.test(key) ? nameOf('customerId', each) : named(each, nameOf)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const told = /Id$/.test(name) ? nameOf(name, each) : named(each, nameOf, name);
      return told === undefined ? [] : [[name, told]];
    }),
  );
};

/** Holds the answer against what was written down; gives the calls, without the look-ups of names. */
export function holdTurn(turn: GoldenTurn, reply: AssistantReply, nameOf: NameOf): ToolUse[] {
  const { answer } = reply;
  const used = reply.tools.filter((use) => use.name !== 'find_customer');
  expect(
    used.map((use) => ({ tool: use.name, input: named(use.input, nameOf) })),
    answer,
  ).toEqual(turn.calls);
  expect(
    used.some((use) => hasError(use.output)),
    answer,
  ).toBe(turn.refused);
  expect(answer).not.toMatch(/could not put this into words|that I cannot read/);
  if (turn.says) expect(answer.startsWith(turn.says), answer).toBe(true);
  if (turn.asksBack) expect(answer).toMatch(/\?/);
  for (const fact of turn.tells) expect(answer).toContain(fact);
  return used.filter((use) => !hasError(use.output));
}

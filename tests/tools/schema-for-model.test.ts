import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTools, type Operations } from '../../tools/index.ts';
import { schemaForModel } from '../../tools/schema-for-model.ts';

/** The registry only names its operations here; none is run. */
const tools = createTools({} as Operations);

describe('the schemas that a model reads', () => {
  test('what is used once stands where it is used, and what repeats stands once', () => {
    const window = z.strictObject({ from: z.string().describe('the first day'), to: z.string() });
    const schema = schemaForModel(
      z.strictObject({ due: window, paid: window, name: z.string().max(20), kind: z.enum(['a', 'b']) }),
    );
    expect(schema).toEqual({
      type: 'object',
      properties: {
        due: { $ref: '#/$defs/a' },
        paid: { $ref: '#/$defs/a' },
        name: { type: 'string' },
        kind: { enum: ['a', 'b'] },
      },
      required: ['due', 'paid', 'name', 'kind'],
      $defs: {
        a: {
          type: 'object',
          properties: { from: { type: 'string', description: 'the first day' }, to: { type: 'string' } },
          required: ['from', 'to'],
        },
      },
    });
  });

  test('a description beside a repeated part says what this one is', () => {
    const range = z.strictObject({ min: z.int().optional(), max: z.int().optional() });
    const schema = schemaForModel(z.strictObject({ a: range.optional().describe('one'), b: range }));
    expect(schema.properties).toMatchObject({ a: { description: 'one' } });
  });

  for (const { name, inputSchema } of tools)
    test(`every reference of ${name} leads somewhere, and no field is lost`, () => {
      const text = JSON.stringify(inputSchema);
      const definitions = (inputSchema.$defs ?? {}) as Record<string, unknown>;
      for (const [, target] of text.matchAll(/#\/\$defs\/(\w+)/g))
        expect(definitions).toHaveProperty(target!);
      expect(inputSchema.type).toBe('object');
      expect(inputSchema.properties).toBeTypeOf('object');
    });

  test('what is not told to a model is refused all the same', async () => {
    const lift = tools.find((tool) => tool.name === 'lift_hold')!;
    const context = {
      actor: { tenantId: 1, userId: 1, email: 'a@remy.test', name: null, role: 'admin' as const },
      thread: 't',
      today: '2026-08-20',
    };
    await expect(lift.call({ everything: true }, context)).rejects.toThrow(/everything/);
    await expect(lift.call({ customerId: -1 }, context)).rejects.toThrow(/customerId/);
  });

  test('no tool sends, approves, decides or changes a policy: it reads, records or proposes', () => {
    expect(tools.map(({ name, effect }) => `${effect} ${name}`).sort()).toEqual([
      'propose draft_email',
      'propose draft_many',
      'propose propose_adjustment',
      'propose propose_application',
      'propose propose_policy_change',
      'propose revise_draft',
      'read account_brief',
      'read audit_trail',
      'read data_freshness',
      'read explain_payment',
      'read export_timeline',
      'read find_customer',
      'read find_payer',
      'read ledger_metrics',
      'read list_matches',
      'read list_proposals',
      'read query_ledger',
      'read show_rows',
      'read worklist',
      'record lift_hold',
      'record log_promise',
      'record match_payments',
      'record open_dispute',
      'record reverse_application',
      'record set_hold',
    ]);
  });
});

/** What a tool of the agent is: typed in, typed out, with its effect declared. */
import type { z } from 'zod';
import { InvalidInputError } from '../src/domain/errors.ts';
import type { Context } from '../src/ports/actor.ts';
import { schemaForModel } from './schema-for-model.ts';

/**
 * `read` looks only. `record` writes something internal and reversible. `propose` stores a proposal that a person
 * decides. There is no fourth kind: no tool sends, posts, approves or changes who may approve.
 */
export type Effect = 'read' | 'record' | 'propose';

export type Tool = {
  readonly name: string;
  readonly effect: Effect;
  readonly description: string;
  /** JSON schema of the input, as the model sees it. */
  readonly inputSchema: Record<string, unknown>;
  /**
   * Checks the input, runs, checks the output.
   * Throws: InvalidInputError that names each wrong field; whatever the operation throws.
   */
  call(input: unknown, context: Context): Promise<unknown>;
};

type Definition<Input extends z.ZodType, Output extends z.ZodType> = {
  name: string;
  effect: Effect;
  description: string;
  input: Input;
  output: Output;
  run(input: z.output<Input>, context: Context): Promise<z.input<Output>>;
};

const describeIssues = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Input, Output>,
): Tool {
  const { name, effect, description, input, output, run } = definition;
  return {
    name,
    effect,
    description,
    inputSchema: schemaForModel(input),
    call: async (raw, context) => {
      const parsed = input.safeParse(raw);
      if (!parsed.success) throw new InvalidInputError(`${name}: ${describeIssues(parsed.error)}`);
      return output.parse(await run(parsed.data, context));
    },
  };
}

/** JSON schemas as short as they can be without another meaning: they are sent with every request. */
import { z } from 'zod';

type Schema = Record<string, unknown>;

/** Limits that no sensible input reaches: they are held when the input is read, and need not be told beforehand. */
const untold = new Set(['minLength', 'maxLength', 'minItems', 'maxItems', 'exclusiveMinimum']);

const isUntold = (key: string, value: unknown, { type }: Schema): boolean =>
  (untold.has(key) && typeof value === 'number') ||
  (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) ||
  (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) ||
  // strict all the same: an unknown field is refused by name
  (key === 'additionalProperties' && value === false && type === 'object');

/** A list of texts says that it is of texts. */
const isSaid = (key: string, { enum: values }: Schema): boolean =>
  key === 'type' && Array.isArray(values) && values.every((each) => typeof each === 'string');

const REF = '#/$defs/';
/** About what a reference costs. */
const REFERENCE = 22;

function mapped(value: unknown, change: (schema: Schema) => Schema): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !isUntold(key, each, value as Schema) && !isSaid(key, value as Schema))
      .map(([key, each]) => [key, mapped(each, change)]),
  );
  return change(inner);
}

const uses = (text: string, name: string): number => text.split(`"${REF}${name}"`).length - 1;

/** Puts the definition in place of each reference to it; what stands beside a reference goes before it. */
const inlined = (schema: Schema, name: string, definition: Schema): Schema =>
  mapped(schema, (each) => {
    if (each.$ref !== `${REF}${name}`) return each;
    const { $ref: _, ...beside } = each;
    return { ...definition, ...beside };
  }) as Schema;

/** Repeated parts (day windows) stand once under $defs; what is used once, or is short, stands where it is used. */
export function schemaForModel(input: z.ZodType): Schema {
  const { $schema: _, ...whole } = z.toJSONSchema(input, { io: 'input', reused: 'ref' });
  let schema = mapped(whole, (each) => each) as Schema;
  for (const name of Object.keys((schema.$defs as Schema | undefined) ?? {})) {
    const { [name]: definition, ...rest } = schema.$defs as Record<string, Schema>;
    const text = JSON.stringify(schema);
    if (uses(text, name) > 1 && JSON.stringify(definition).length > REFERENCE * 2) continue;
    schema = inlined({ ...schema, $defs: rest }, name, definition!);
  }
  const kept = Object.keys((schema.$defs as Schema | undefined) ?? {});
  if (kept.length === 0) {
    const { $defs: __, ...plain } = schema;
    return plain;
  }
  return renamed(schema, kept);
}

/** Names of definitions mean nothing to a reader: `a`, `b` are enough. */
function renamed(schema: Schema, names: readonly string[]): Schema {
  const short = new Map(names.map((name, index) => [name, String.fromCharCode(97 + index)]));
  const changed = mapped(schema, (each) =>
    typeof each.$ref === 'string' ? { ...each, $ref: REF + short.get(each.$ref.slice(REF.length)) } : each,
  ) as Schema;
  const definitions = Object.entries(changed.$defs as Schema).map(([name, each]) => [short.get(name)!, each]);
  return { ...changed, $defs: Object.fromEntries(definitions) };
}

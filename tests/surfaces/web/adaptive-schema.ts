/** Checks Adaptive Card JSON: by rules of our own always, and by the published 1.5 schema where it is at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = { [key: string]: Json };

const path = resolve(
  import.meta.dirname,
  '../../../../shared/data/contracts/adaptivecards/adaptive-card-1.5.0.json',
);
export const hasSchema = existsSync(path);

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: Json) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/** The part of JSON Schema draft 6 that this schema uses. Gives the first problem, or null. */
function problem(schema: Schema, value: Json, root: Schema, at: string): string | null {
  const follow = (next: Json, to = value, where = at) =>
    next === true ? null : problem(next as Schema, to, root, where);
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce<Json>((node, key) => (node as Schema)[key]!, root);
    return follow(target);
  }
  for (const each of (schema.allOf as Json[] | undefined) ?? []) {
    const found = follow(each);
    if (found) return found;
  }
  const any = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (any) {
    const found = any.map((each) => follow(each));
    // the branch of the same type tells more than the others
    if (!found.includes(null)) return found.sort((a, b) => b!.length - a!.length)[0]!;
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value as string))
    return `${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`;
  if (typeof schema.type === 'string' && !TYPES[schema.type]!(value)) return `${at}: not a ${schema.type}`;
  if (Array.isArray(value) && schema.items)
    for (const [index, item] of value.entries()) {
      const found = follow(schema.items, item, `${at}[${index}]`);
      if (found) return found;
    }
  return isObject(value) ? memberProblem(schema, value, follow, at) : null;
}

function memberProblem(
  schema: Schema,
  value: { [key: string]: Json },
  follow: (next: Json, to: Json, where: string) => string | null,
  at: string,
): string | null {
  const missing = ((schema.required as string[] | undefined) ?? []).find((key) => !(key in value));
  if (missing) return `${at}: ${missing} is missing`;
  const known = (schema.properties as Schema | undefined) ?? {};
  for (const [key, member] of Object.entries(value)) {
    const next = known[key];
    if (next === undefined) {
      if (schema.additionalProperties === false) return `${at}: ${key} is not known`;
      continue;
    }
    const found = follow(next, member, `${at}.${key}`);
    if (found) return found;
  }
  return null;
}

/** The first thing in which the card breaks the published schema; null when nothing does. */
export function schemaProblem(card: unknown): string | null {
  const root = JSON.parse(readFileSync(path, 'utf8')) as Schema;
  return problem(root, JSON.parse(JSON.stringify(card)) as Json, root, 'card');
}

const ELEMENTS = new Set(['RichTextBlock', 'Table', 'Image', 'ColumnSet', 'ActionSet', 'Container']);

/** Our own rules: only elements every host has, no TextBlock (it reads markdown), actions with ids, pictures with words. */
export function structureProblems(card: unknown): string[] {
  const problems: string[] = [];
  const visit = (node: Json, inside: string): void => {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, inside);
      return;
    }
    if (!isObject(node)) return;
    const { type } = node;
    if (['body', 'items'].includes(inside) && !ELEMENTS.has(String(type))) problems.push(`element ${type}`);
    if (type === 'Action.Execute' && (!node.verb || !node.title || !isObject(node.data)))
      problems.push('an action without verb, title or data');
    if (type === 'Image' && (!node.altText || !String(node.url).startsWith('data:image/svg+xml,')))
      problems.push('a picture without words or from elsewhere');
    if (type === 'TextRun' && (typeof node.text !== 'string' || node.text === ''))
      problems.push('an empty text');
    if (type === 'Table') {
      const widths = (node.rows as { cells: Json[] }[]).map((row) => row.cells.length);
      if (new Set([...widths, (node.columns as Json[]).length]).size !== 1) problems.push('a ragged table');
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'data') visit(child, key);
  };
  const top = JSON.parse(JSON.stringify(card)) as { [key: string]: Json };
  if (top.type !== 'AdaptiveCard' || top.version !== '1.5' || !Array.isArray(top.body))
    problems.push('not a 1.5 card');
  visit(top, '');
  return problems;
}

/**
 * One text for one content: equal contents give equal text and different ones never do, so a hash over it stands for
 * every field. Keys are sorted, so the order in which a database gives them back does not matter.
 */
import { InvalidInputError } from '../errors.ts';

/** Throws: InvalidInputError for anything that is not plain JSON data (undefined, functions, numbers beyond 2^53). */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  // a fraction is a confidence, never money; both JSON and the database give it back digit for digit
  if (typeof value === 'number' && (Number.isSafeInteger(value) || (value > 0 && value < 1)))
    return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const record = value as Record<string, unknown>;
    const fields = Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`);
    return `{${fields.join(',')}}`;
  }
  throw new InvalidInputError(`A proposal holds plain data only, not ${typeof value}.`);
}

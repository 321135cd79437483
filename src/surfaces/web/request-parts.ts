/** Reading the parts of a request: a JSON body of a shape, an id in the address, whom the console acts as. */
import type { Request } from 'express';
import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.ts';
import type { As } from './chase-deps.ts';

const LONGEST_ADDRESS = 320;

/**
 * The user that the page says it acts as: the header `X-Remy-As` (URI-encoded), or `as` in the address of a download.
 * Only an address; who that is and what the person may do is looked up.
 *
 * Throws: InvalidInputError when it cannot be read.
 */
export function actingAs(request: Request): As {
  const given = request.get('x-remy-as') ?? request.query.as;
  if (given === undefined || given === '') return undefined;
  try {
    const email = decodeURIComponent(String(given)).trim();
    if (email.length <= LONGEST_ADDRESS && /^[^\s<>"]+@[^\s<>"]+$/.test(email)) return email;
  } catch {
    // not URI-encoded: refused below
  }
  throw new InvalidInputError(
    '"Acting as" is not an email address. Choose a user in the header of the page.',
  );
}

/**
 * The body, with what the address says put in.
 * Throws: InvalidInputError unless it is JSON of this shape.
 */
export function bodyOf<Shape extends z.ZodType>(
  request: Request,
  shape: Shape,
  address: Record<string, number> = {},
): z.output<Shape> {
  if (!request.is('application/json'))
    throw new InvalidInputError('Send JSON, with Content-Type: application/json.');
  const parsed = shape.safeParse({ ...(request.body as object), ...address });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the request'}: ${issue.message.replace(/^Invalid input: /, '')}`,
  );
  throw new InvalidInputError(`This does not fit: ${wrong.join('; ')}.`);
}

/** Throws: InvalidInputError unless the address's query is of this shape. */
export function queryOf<Shape extends z.ZodType>(request: Request, shape: Shape): z.output<Shape> {
  const { as: _, ...query } = request.query;
  const parsed = shape.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    `This does not fit: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}.`,
  );
}

/** Throws: InvalidInputError unless it is the number of a row; `what` begins the message. */
export function idOf(text: unknown, what: string): number {
  const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).safeParse(text);
  if (!id.success) throw new InvalidInputError(`${what} is a number, as in the address of the page.`);
  return id.data;
}

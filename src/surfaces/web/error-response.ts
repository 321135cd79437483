/** Errors as JSON: `{error: {code, message, retryable}}`. A message of ours says what to do; others stay in the log. */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import { RemyError } from '../../domain/errors.ts';
import type { WebLogger } from './deps.ts';

export type ErrorBody = { code: string; message: string; retryable: boolean };

const STATUS: Readonly<Record<string, number>> = { invalid_input: 400, not_allowed: 403, not_found: 404 };

export const sendError = (
  response: Response,
  status: number,
  code: string,
  message: string,
  retryable = false,
): void => {
  response.status(status).json({ error: { code, message, retryable } satisfies ErrorBody });
};

/** What may be shown of an error. One that is not ours is logged under a number and shown as that number only. */
export function describeError(error: unknown, logger: WebLogger): ErrorBody & { status: number } {
  if (error instanceof RemyError)
    return {
      status: STATUS[error.code] ?? (error.retryable ? 503 : 500),
      code: error.code,
      message: error.message,
      retryable: error.retryable,
    };
  const number = randomUUID().slice(0, 8);
  logger.error({ err: error, number }, 'request failed');
  return {
    status: 500,
    code: 'internal',
    message: `Something went wrong here; the log has it as ${number}. Try again, and if it stays, run npx remy doctor.`,
    retryable: true,
  };
}

const MEGABYTE = 1024 * 1024;

/** `limit` in bytes, as the reader of the body says it. */
const tooLarge = (limit: number): string =>
  limit >= MEGABYTE
    ? `The file is larger than ${Math.floor(limit / MEGABYTE)} MB. Read it with: npx remy bank FILE`
    : `The request is longer than ${Math.floor((limit || 65_536) / 1024)} kB. Shorten it.`;

/** Errors of reading the request's body carry their status in `type`; everything else goes through `describeError`. */
export const errorHandler =
  (logger: WebLogger): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const type: unknown = error?.type;
    if (type === 'entity.too.large')
      return sendError(response, 413, 'too_large', tooLarge(Number(error?.limit)));
    if (typeof type === 'string' && /^(entity|encoding|charset|request|stream)\./.test(type))
      return sendError(
        response,
        400,
        'malformed',
        'The request is not JSON. Send {"text": "your question"}.',
      );
    if (error instanceof URIError) return sendError(response, 400, 'malformed', 'The address is not right.');
    const { status, code, message, retryable } = describeError(error, logger);
    sendError(response, status, code, message, retryable);
  };

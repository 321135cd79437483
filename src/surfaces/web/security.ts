/** Who may talk to the console: this machine alone by default, others with the password. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { InvalidInputError } from '../../domain/errors.ts';
import type { WebConfig } from './deps.ts';
import { sendError } from './error-response.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** True for names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Throws: InvalidInputError when the console would be open to others without a password. */
export function checkBinding({ host, password }: WebConfig): void {
  if (!isLoopback(host) && !password)
    throw new InvalidInputError(
      `The console would listen on ${host}, where others can reach it, without a password. Set REMY_PASSWORD, or leave REMY_HOST at 127.0.0.1.`,
    );
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every response: nothing from elsewhere runs, nothing frames the page, no address leaks. */
export const secureHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};

const nameOf = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '');

/**
 * On loopback only loopback names are answered: a page elsewhere could otherwise point its own name at this
 * machine and read the ledger (DNS rebinding).
 */
export const knownHost =
  ({ host }: WebConfig): RequestHandler =>
  (request, response, next) => {
    if (!isLoopback(host) || isLoopback(nameOf(request.headers.host))) return next();
    sendError(response, 403, 'unknown_host', 'Open the console at localhost or 127.0.0.1.');
  };

/** A request that changes something must come from the console's own page, or from no browser at all. */
export const sameOrigin: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD' || fromOwnPage(request)) return next();
  sendError(response, 403, 'foreign_origin', 'This request did not come from the console.');
};

function fromOwnPage({ headers }: Request): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** HTTP Basic where a password is set; digests of equal length are compared, so that time tells nothing. */
export function passwordGate({ password }: WebConfig): RequestHandler {
  if (!password) return (_request, _response, next) => next();
  const expected = digest(password);
  return (request: Request, response: Response, next) => {
    const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
    const given = Buffer.from(encoded, 'base64').toString('utf8');
    const secret = given.slice(given.indexOf(':') + 1);
    if (/^basic$/i.test(scheme ?? '') && timingSafeEqual(digest(secret), expected)) return next();
    response.set('WWW-Authenticate', 'Basic realm="Remy", charset="UTF-8"');
    sendError(response, 401, 'password_needed', 'Give the password that REMY_PASSWORD holds; any user name.');
  };
}

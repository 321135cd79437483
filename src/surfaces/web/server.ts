/** The console's HTTP side: the page, its API, health and metrics. */
import express, { type Express, Router } from 'express';
import { askRoute } from './ask-route.ts';
import { ensureBuilt } from './build.ts';
import { cashRoutes } from './cash-routes.ts';
import { chaseRoutes } from './chase-routes.ts';
import type { WebConfig, WebDeps } from './deps.ts';
import { errorHandler, sendError } from './error-response.ts';
import { readRoutes } from './read-routes.ts';
import { checkBinding, knownHost, passwordGate, sameOrigin, secureHeaders } from './security.ts';

const BODY_LIMIT = '64kb';
const EMAIL_LIMIT = '256kb';
const ONE_YEAR_S = 31_536_000;

/** `/healthz`: the process is up. `/readyz`: it can answer. Neither says anything about the ledger, so no password. */
function healthRoutes({ health, logger }: WebDeps): Router {
  const routes = Router();
  routes.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  routes.get('/readyz', async (_request, response) => {
    const state = await health().catch((error: unknown) => {
      logger.error({ err: error }, 'health check failed');
      return { ok: false, problems: ['The health check itself failed; the log says why.'] };
    });
    response.status(state.ok ? 200 : 503).json(state);
  });
  return routes;
}

/** The built page. Files with a hash in their name never change; the page itself is asked for each time. */
function pageRoutes(folder: () => Promise<string>): Router {
  const routes = Router();
  let files: express.RequestHandler | undefined;
  routes.use(async (request, response, next) => {
    files ??= express.static(await folder(), {
      setHeaders: (file, path) => {
        if (/[\\/]assets[\\/]/.test(path))
          file.setHeader('Cache-Control', `max-age=${ONE_YEAR_S}, immutable`);
        else file.setHeader('Cache-Control', 'no-cache');
      },
    });
    files(request, response, next);
  });
  return routes;
}

/**
 * The console as an express app. Mount it last under `/`: what it does not know is answered with 404.
 *
 * Throws: InvalidInputError when `host` can be reached by others and no password is set.
 */
export function createWebSurface(deps: WebDeps, config: WebConfig): Express {
  checkBinding(config);
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(secureHeaders, knownHost(config));
  app.use(healthRoutes(deps));
  app.use(passwordGate(config), sameOrigin);
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await deps.metrics();
    response.set('Content-Type', contentType).send(text);
  });
  // an email of the longest allowed text, in any alphabet
  app.use('/api/proposals', express.json({ limit: EMAIL_LIMIT }));
  app.use('/api', express.json({ limit: BODY_LIMIT }));
  app.post('/api/ask', askRoute(deps));
  app.use('/api', readRoutes(deps));
  app.use('/api', chaseRoutes(deps.chase));
  app.use('/api/cash', cashRoutes(deps.cash));
  app.use('/api', (_request, response) => {
    sendError(response, 404, 'not_found', 'There is nothing at this address of the API.');
  });
  app.use(pageRoutes(() => (config.page ? Promise.resolve(config.page) : ensureBuilt())));
  app.use((_request, response) => {
    sendError(response, 404, 'not_found', 'There is nothing at this address. The console is at /.');
  });
  app.use(errorHandler(deps.logger));
  return app;
}

/** Routes of the cash page: each reads the request, calls one function, shows the result. */
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { matchRunCard } from '../../cards/cash-list.ts';
import { explainCard } from '../../cards/explain-card.ts';
import { reversedCard } from '../../cards/payer-card.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { explainPaymentInput, listCashInput, proposeApplicationInput } from '../../domain/cash/answers.ts';
import type { ProposalView } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { day } from '../../domain/ledger-query/window.ts';
import { bankCsvMap } from '../../ports/bank-csv-map.ts';
import type { WebCash } from './cash-deps.ts';
import { renderAdaptive } from './render-adaptive.ts';
import { actingAs, bodyOf, idOf, queryOf } from './request-parts.ts';

/** A statement above it is read from the command line, which does not hold it in memory. */
export const UPLOAD_LIMIT = '25mb';
/** Lines of a statement that the page is given to look at. */
const PREVIEW_LINES = 200;
const PREVIEW_ERRORS = 200;

const whole = (most: number) => z.coerce.number().pipe(z.int().min(0).max(most));
const listQuery = z.strictObject({
  state: listCashInput.shape.state,
  currency: listCashInput.shape.currency,
  text: listCashInput.shape.text,
  receivedTo: listCashInput.shape.receivedTo,
  customerId: z.coerce.number().pipe(z.int().positive()).optional(),
  limit: whole(200).default(50),
  offset: whole(1_000_000).default(0),
});
const deskQuery = z.strictObject({ customerId: z.coerce.number().pipe(z.int().positive()).optional() });
const explainQuery = z.strictObject({
  owed: explainPaymentInput.shape.owed,
  invoice: explainPaymentInput.shape.invoice,
});
const { parts, credits, adjustments } = proposeApplicationInput.shape;
const placed = z.strictObject({ parts, credits, adjustments });
const chosen = z.strictObject({
  revision: z.int().positive(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  alternative: z.int().min(1).max(2),
});
const aside = z.strictObject({ reason: z.string().trim().min(1).max(300) });
const matchesQuery = z.strictObject({
  from: day.optional(),
  limit: whole(200).default(20),
});
const undoing = z.strictObject({ note: z.string().trim().min(1).max(500).optional() });
const forgetting = z.strictObject({
  kind: z.enum(['name', 'account']),
  key: z.string().min(1).max(300),
  customerId: z.int().positive(),
});
const running = z.strictObject({ dryRun: z.boolean() });
const uploadQuery = z.strictObject({
  name: z.string().trim().min(1).max(200),
  dryRun: z.stringbool(),
  map: z.string().max(10_000).optional(),
});

const shown = async (card: Card) => ({ card, adaptive: await renderAdaptive(card) });
const shownProposal = async (proposal: ProposalView) => ({
  proposal,
  ...(await shown(proposalCard(proposal))),
  now: new Date().toISOString(),
});

function paymentRoutes(cash: WebCash): Router {
  const routes = Router();
  const paymentId = (request: Request) => idOf(request.params.id, 'A payment');
  routes.get('/payments', async (request, response) => {
    response.json(await cash.list(queryOf(request, listQuery), actingAs(request)));
  });
  routes.get('/payments/:id', async (request, response) => {
    const asked = { paymentId: paymentId(request), ...queryOf(request, deskQuery) };
    response.json(await cash.desk(asked, actingAs(request)));
  });
  routes.get('/payments/:id/explain', async (request, response) => {
    const { owed, invoice } = queryOf(request, explainQuery);
    const asked = { payment: { paymentId: paymentId(request) }, owed, invoice };
    const explanation = await cash.explain(asked, actingAs(request));
    response.json({ explanation, ...(await shown(explainCard(explanation))) });
  });
  routes.post('/payments/:id/propose', async (request, response) => {
    const input = { payment: { paymentId: paymentId(request) }, ...bodyOf(request, placed) };
    const { proposal } = await cash.propose(input, actingAs(request));
    response.json(await shownProposal(proposal));
  });
  routes.post('/payments/:id/set-aside', async (request, response) => {
    const { reason } = bodyOf(request, aside);
    response.json(await cash.setAside({ paymentId: paymentId(request), reason }, actingAs(request)));
  });
  routes.post('/payments/:id/take-back', async (request, response) => {
    bodyOf(request, z.strictObject({}));
    response.json(await cash.undoSetAside(paymentId(request), actingAs(request)));
  });
  routes.post('/proposals/:id/choose', async (request, response) => {
    const proposalId = idOf(request.params.id, 'A proposal');
    const click = { proposalId, ...bodyOf(request, chosen) };
    const { applied, message, proposal } = await cash.choose(click, actingAs(request));
    response.json({ applied, message, ...(await shownProposal(proposal)) });
  });
  return routes;
}

function matchRoutes(cash: WebCash): Router {
  const routes = Router();
  routes.get('/matches', async (request, response) => {
    response.json(await cash.matches(queryOf(request, matchesQuery), actingAs(request)));
  });
  routes.post('/matches/:id/reverse', async (request, response) => {
    const input = { matchId: idOf(request.params.id, 'An application'), ...bodyOf(request, undoing) };
    const reversed = await cash.reverse(input, actingAs(request));
    response.json({ reversed, ...(await shown(reversedCard(reversed))) });
  });
  routes.get('/payers', async (request, response) => {
    response.json(await cash.payers(actingAs(request)));
  });
  routes.post('/payers/forget', async (request, response) => {
    response.json(await cash.forgetPayer(bodyOf(request, forgetting), actingAs(request)));
  });
  routes.post('/match', async (request, response) => {
    const run = await cash.match(bodyOf(request, running), actingAs(request));
    // the page shows the first of them; the rest is on its lists
    response.json({ summary: run.summary, ...(await shown(matchRunCard(run))) });
  });
  return routes;
}

/** Throws: InvalidInputError when the map that came with the file cannot be read. */
function mapOf(text: string | undefined) {
  if (text === undefined) return undefined;
  try {
    const parsed = bankCsvMap.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // not JSON: refused below
  }
  throw new InvalidInputError('The column map does not fit. Look at the file again and choose the columns.');
}

function bankRoute(cash: WebCash): Router {
  const routes = Router();
  const raw = express.raw({ limit: UPLOAD_LIMIT, type: 'application/octet-stream' });
  routes.post('/bank', raw, async (request, response) => {
    const { name, dryRun, map } = queryOf(request, uploadQuery);
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes))
      throw new InvalidInputError('Send the file itself, with Content-Type: application/octet-stream.');
    const read = await cash.bank({ name, bytes, dryRun, csvMap: mapOf(map) }, actingAs(request));
    response.json({
      ...read,
      statements: read.statements.map((each) => ({
        ...each,
        lines: each.lines.slice(0, PREVIEW_LINES),
        omitted: each.omitted + Math.max(0, each.lines.length - PREVIEW_LINES),
      })),
      errors: read.errors.slice(0, PREVIEW_ERRORS),
      errorCount: read.errors.length,
    });
  });
  return routes;
}

/** Routes under `/api/cash`; errors go to the error handler of the app. */
export function cashRoutes(cash: WebCash): Router {
  const routes = Router();
  routes.use(paymentRoutes(cash), matchRoutes(cash), bankRoute(cash));
  return routes;
}

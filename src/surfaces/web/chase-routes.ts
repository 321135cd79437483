/** Routes of the approvals, worklist and today pages: each reads the request, calls one function, shows the result. */
import { Router } from 'express';
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { draftCard } from '../../cards/chase-cards.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { bulkPlanCard } from '../../cards/proposal-lists.ts';
import { digestCard, taskCard } from '../../cards/report-cards.ts';
import { worklistCards } from '../../cards/worklist-card.ts';
import {
  bulkPlanInput,
  decideInput,
  emailEdits,
  listProposalsInput,
  type ProposalView,
} from '../../domain/chase/proposals.ts';
import { worklistInput } from '../../domain/chase/worklist.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { As, WebChase } from './chase-deps.ts';
import { renderAdaptive } from './render-adaptive.ts';
import { actingAs, bodyOf, idOf, queryOf } from './request-parts.ts';

const seen = { revision: z.int().positive(), digest: z.string().regex(/^[0-9a-f]{64}$/) };
const edited = z.strictObject({ ...seen, edits: emailEdits });
const planClick = z.strictObject({
  planDigest: z.string().regex(/^[0-9a-f]{64}$/),
  input: bulkPlanInput,
});
const wanted = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  letter: z.literal('remittance_request').optional(),
});
const closing = z.strictObject({
  outcome: z.enum(['done', 'vetoed']),
  reason: z.string().trim().min(1).max(500).nullish(),
});
const count = z.coerce.number().pipe(z.int().min(1).max(200));
const listQuery = z.strictObject({
  state: listProposalsInput.shape.state,
  customerId: z.coerce.number().pipe(z.int().positive()).optional(),
  limit: count.default(200),
});
const worklistQuery = z.strictObject({
  on: worklistInput.shape.on,
  customerId: z.coerce.number().pipe(z.int().positive()).optional(),
  notChased: z.stringbool().default(false),
  limit: count.default(50),
});

const shown = async (card: Card) => ({ card, adaptive: await renderAdaptive(card) });
const shownProposal = async (proposal: ProposalView) => ({
  proposal,
  ...(await shown(proposalCard(proposal))),
});

/** The proposal as it stands. Throws: NotFoundError when this user may not see one with this number. */
async function proposalOf(chase: WebChase, proposalId: number, as: As): Promise<ProposalView> {
  const { proposals } = await chase.proposals({ state: 'all', proposalId, limit: 1 }, as);
  if (!proposals[0])
    throw new NotFoundError(
      `There is no proposal ${proposalId}, or it is not yours to see. Look in the list again.`,
    );
  return proposals[0];
}

function proposalRoutes(chase: WebChase): Router {
  const routes = Router();
  const now = () => chase.now().toISOString();
  routes.get('/proposals', async (request, response) => {
    response.json({ ...(await chase.proposals(queryOf(request, listQuery), actingAs(request))), now: now() });
  });
  routes.get('/proposals/:id', async (request, response) => {
    const proposal = await proposalOf(chase, idOf(request.params.id, 'A proposal'), actingAs(request));
    response.json({ ...(await shownProposal(proposal)), now: now() });
  });
  routes.post('/proposals/:id/decide', async (request, response) => {
    const proposalId = idOf(request.params.id, 'A proposal');
    const input = bodyOf(request, decideInput, { proposalId });
    const { applied, message, proposal } = await chase.decide(input, actingAs(request));
    response.json({ applied, message, ...(await shownProposal(proposal)), now: now() });
  });
  routes.post('/proposals/:id/edit', async (request, response) => {
    const proposalId = idOf(request.params.id, 'A proposal');
    const proposal = await chase.edit({ proposalId, ...bodyOf(request, edited) }, actingAs(request));
    response.json({ ...(await shownProposal(proposal)), now: now() });
  });
  routes.post('/proposals/:id/redraft', async (request, response) => {
    bodyOf(request, z.strictObject({}));
    const made = await chase.redraft(idOf(request.params.id, 'A proposal'), actingAs(request));
    response.json({ proposal: made.proposal, ...(await shown(draftCard(made))), now: now() });
  });
  routes.get('/proposals/:id/attachments/:revision/:name', async (request, response) => {
    const file = await chase.attachment(
      {
        proposalId: idOf(request.params.id, 'A proposal'),
        revision: idOf(request.params.revision, 'A revision'),
        name: request.params.name,
      },
      actingAs(request),
    );
    response.attachment(file.name).type(file.mime).send(Buffer.from(file.bytes));
  });
  routes.post('/plan', async (request, response) => {
    const input = bodyOf(request, bulkPlanInput);
    const plan = await chase.plan(input, actingAs(request));
    response.json({ plan, ...(await shown(bulkPlanCard(plan, input))) });
  });
  routes.post('/plan/approve', async (request, response) => {
    const click = bodyOf(request, planClick);
    const outcome = await chase.approvePlan(click, actingAs(request));
    response.json({ ...outcome, ...(await shown(bulkPlanCard(outcome.plan, click.input))) });
  });
  return routes;
}

function workRoutes(chase: WebChase): Router {
  const routes = Router();
  const now = () => chase.now().toISOString();
  routes.get('/worklist', async (request, response) => {
    const asked = queryOf(request, worklistQuery);
    const worklist = await chase.worklist(asked, actingAs(request));
    response.json({ worklist, cards: await Promise.all(worklistCards(worklist, asked).map(shown)) });
  });
  routes.post('/worklist/:customerId/draft', async (request, response) => {
    const customerId = idOf(request.params.customerId, 'A customer');
    const made = await chase.draft({ customerId, ...bodyOf(request, wanted) }, actingAs(request));
    response.json({ proposal: made.proposal, ...(await shown(draftCard(made))), now: now() });
  });
  routes.get('/outbox', async (request, response) => {
    response.json({ effects: await chase.outbox(actingAs(request)), now: now() });
  });
  routes.post('/outbox/:id/retry', async (request, response) => {
    bodyOf(request, z.strictObject({}));
    await chase.retry(idOf(request.params.id, 'An effect'), actingAs(request));
    response.json({ effects: await chase.outbox(actingAs(request)), now: now() });
  });
  routes.get('/digest', async (request, response) => {
    const digest = await chase.digest(actingAs(request));
    response.json({ digest, ...(await shown(digestCard(digest))) });
  });
  routes.get('/tasks', async (request, response) => {
    const tasks = await chase.tasks(actingAs(request));
    response.json({
      tasks: await Promise.all(tasks.map(async (task) => ({ task, ...(await shown(taskCard(task))) }))),
    });
  });
  routes.post('/tasks/:id/close', async (request, response) => {
    const taskId = idOf(request.params.id, 'A task');
    const { outcome, reason = null } = bodyOf(request, closing);
    const task = await chase.closeTask({ taskId, outcome, reason: reason ?? null }, actingAs(request));
    response.json({ task, ...(await shown(taskCard(task))) });
  });
  routes.get('/users', async (_request, response) => {
    response.json({ users: await chase.users() });
  });
  return routes;
}

/** Routes under `/api`; errors go to the error handler of the app. */
export function chaseRoutes(chase: WebChase): Router {
  const routes = Router();
  routes.use(proposalRoutes(chase), workRoutes(chase));
  return routes;
}

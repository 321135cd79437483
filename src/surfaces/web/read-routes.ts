/** What the page reads: conversations, accounts, rows behind a figure, timelines, status. */
import { Router } from 'express';
import { z } from 'zod';
import { accountPageCards } from '../../cards/account-card.ts';
import { rowsCard } from '../../cards/answer-cards.ts';
import type { Card } from '../../cards/card.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { threadId } from './ask-route.ts';
import type { WebDeps } from './deps.ts';
import { createFreshCards } from './fresh-cards.ts';
import { renderAdaptive } from './render-adaptive.ts';
import { actingAs, idOf } from './request-parts.ts';

/** The rows behind a figure that the console shows; more are counted, not listed. */
const SHOWN_ROWS = 200;

const shown = async (card: Card) => ({ card, adaptive: await renderAdaptive(card) });

const timelineOf = z.union([
  z.object({ invoice: z.string().min(1).max(100) }).transform(({ invoice }) => ({ invoice })),
  z
    .object({ customer: z.coerce.number().int().positive() })
    .transform(({ customer }) => ({ customerId: customer })),
]);

/** Routes under `/api`; errors go to the error handler of the app. */
export function readRoutes(deps: WebDeps): Router {
  const routes = Router();
  routes.get('/status', async (request, response) => {
    response.json(await deps.status(actingAs(request)));
  });
  routes.get('/threads/:id', async (request, response) => {
    const id = threadId.safeParse(request.params.id);
    if (!id.success) throw new InvalidInputError('A conversation is named by letters, digits and . : - _');
    const as = actingAs(request);
    const messages = await deps.history(id.data, as);
    const fresh = createFreshCards(deps.chase, as);
    response.json({
      thread: id.data,
      messages: await Promise.all(
        messages.map(async (message) => {
          if (!message.cards) return message;
          const cards = await Promise.all(message.cards.map(fresh));
          return { ...message, cards, adaptive: await Promise.all(cards.map(renderAdaptive)) };
        }),
      ),
    });
  });
  routes.get('/accounts/:id', async (request, response) => {
    const brief = await deps.accountBrief(idOf(request.params.id, 'An account'), actingAs(request));
    const { summary, sections } = accountPageCards(brief);
    response.json({
      customer: brief.customer,
      asOf: brief.asOf,
      summary: await shown(summary),
      sections: await Promise.all(sections.map(shown)),
    });
  });
  routes.get('/customers', async (request, response) => {
    const name = z.string().trim().min(1).max(200).safeParse(request.query.name);
    if (!name.success) throw new InvalidInputError('Give a name to look for: /api/customers?name=acme');
    response.json(await deps.findCustomers(name.data, actingAs(request)));
  });
  routes.get('/figures/:id/rows', async (request, response) => {
    const id = idOf(request.params.id, 'A figure');
    const { result, of } = await deps.showRows(id, actingAs(request));
    response.json({ figureId: id, of, result, ...(await shown(rowsCard(result, id, SHOWN_ROWS))) });
  });
  routes.get('/timeline.csv', async (request, response) => {
    const of = timelineOf.safeParse(request.query);
    if (!of.success)
      throw new InvalidInputError('Say whose timeline: /api/timeline.csv?invoice=INV-1 or ?customer=12');
    const file = await deps.exportTimeline(of.data, actingAs(request));
    response.attachment(file.fileName).type('text/csv; charset=utf-8').send(file.csv);
  });
  return routes;
}

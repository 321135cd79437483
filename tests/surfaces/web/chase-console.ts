/** The console over real HTTP with the real operations of chasing on a real database: one desk, one server. */
import { createTemplateWriter } from '../../../agents/writer/index.ts';
import { createChaseDesk } from '../../../src/chase-desk.ts';
import { createStatementFiles } from '../../../src/connectors/statement-files/index.ts';
import type { ProposalView } from '../../../src/domain/chase/proposals.ts';
import { createDraftEmail } from '../../../src/operations/draft-email.ts';
import { createEditDraft } from '../../../src/operations/edit-draft.ts';
import { createFindUser } from '../../../src/operations/find-user.ts';
import type { Database } from '../../../src/store/pool.ts';
import { webChase } from '../../../src/web-chase.ts';
import { aDesk } from '../../support/chase-desk.ts';
import { asks, type Card } from '../../support/draft-builders.ts';
import { aContext } from '../../support/ledger-builders.ts';
import { scriptedDeps, startConsole } from './console.ts';
import { http, type Reply } from './http.ts';

export type Body = { error: { code: string; message: string } } & {
  applied: boolean;
  message: string;
  proposal: ProposalView;
  card: { title: string; blocks: { type: string }[] };
};

export const bodyOf = (reply: Reply): Body => reply.json() as Body;
export const seen = ({ revision, digest }: Card) => ({ revision, digest });

export type ChaseConsole = Awaited<ReturnType<typeof chaseConsole>>;

/**
 * A tenant with a collector, a controller (`controller@`), another one (`second@`), a viewer (`rep@`) and an admin, as
 * whom the console acts unless said otherwise. Close it at the end of the test.
 */
export async function chaseConsole(database: Database) {
  const desk = await aDesk(database);
  await aContext(desk.where, { role: 'admin', email: 'admin@remy.test' });
  await aContext(desk.where, { role: 'viewer', email: 'rep@remy.test' });
  await aContext(desk.where, { role: 'controller', email: 'second@remy.test' });
  const { clock, where } = desk;
  const parts = { database, clock, writer: createTemplateWriter(), statements: createStatementFiles() };
  const chase = createChaseDesk(database, clock, {
    draftEmail: createDraftEmail(parts),
    editDraft: createEditDraft(parts),
    auditTrail: () => Promise.reject(new Error('not asked for here')),
  });
  const findUser = createFindUser(database);
  const contextOf = async (_thread: string, as = 'admin@remy.test') =>
    asks(await findUser(where.tenantId, as));
  const server = await startConsole(scriptedDeps({ chase: webChase(chase, contextOf) }));
  const acting = (as?: string): Record<string, string> => (as ? { 'X-Remy-As': encodeURIComponent(as) } : {});
  const post = (path: string, body: unknown, as?: string, headers: Record<string, string> = {}) =>
    http(`${server.url}api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...acting(as), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    desk,
    url: server.url,
    close: () => server.close(),
    get: (path: string, as?: string) => http(`${server.url}api/${path}`, { headers: acting(as) }),
    post,
    decide: (card: Card, body: object = { kind: 'approve' }, as?: string) =>
      post(`proposals/${card.proposalId}/decide`, { ...seen(card), ...body }, as),
  };
}

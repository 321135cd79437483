/** The cash page over real HTTP with the real operations on a real database. */

import type { Database } from '../../../src/store/pool.ts';
import { webCash } from '../../../src/web-cash.ts';
import { webChase } from '../../../src/web-chase.ts';
import { ADMIN, aCashCounter } from '../../support/cash-counter.ts';
import { scriptedDeps, startConsole } from './console.ts';
import { http } from './http.ts';

export type CashConsole = Awaited<ReturnType<typeof cashConsole>>;

/** Close it at the end of the test. */
export async function cashConsole(database: Database) {
  const counter = await aCashCounter(database);
  const { cash, chase, contextOf, findCustomer } = counter;
  const deps = scriptedDeps({ chase: webChase(chase, contextOf), cash: webCash(cash, contextOf) });
  const server = await startConsole({
    ...deps,
    findCustomers: async (name, as) => findCustomer({ name }, await contextOf('', as)),
    status: async (as = ADMIN) => ({
      ...{ tenant: 'Remy Test Ltd', isDemo: false, empty: false, model: 'offline', today: '2026-11-24' },
      user: { email: as, name: null, role: 'admin' },
      sources: [],
    }),
  });
  const acting = (as?: string): Record<string, string> => (as ? { 'X-Remy-As': encodeURIComponent(as) } : {});
  return {
    counter,
    url: server.url,
    close: () => server.close(),
    get: (path: string, as?: string) => http(`${server.url}api/${path}`, { headers: acting(as) }),
    post: (path: string, body: unknown, as?: string, headers: Record<string, string> = {}) =>
      http(`${server.url}api/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...acting(as), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** The demo company loaded into a tenant through the importers and operations that a user's own data goes through. */
import type { DemoCompany } from '../../demo/company.ts';
import { loadDemoCompany } from '../../demo/load.ts';
import { createEnsureUser } from '../../src/operations/ensure-user.ts';
import { createFindUser } from '../../src/operations/find-user.ts';
import { createImportLedger } from '../../src/operations/import-ledger.ts';
import { createLogPromise } from '../../src/operations/log-promise.ts';
import { createOpenDispute } from '../../src/operations/open-dispute.ts';
import { createRecordEvent } from '../../src/operations/record-event.ts';
import { createRecordMessage } from '../../src/operations/record-message.ts';
import { createSetHold } from '../../src/operations/set-hold.ts';
import type { Actor, Context } from '../../src/ports/actor.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant } from './database.ts';

export type DemoTenant = { tenantId: number; collector: Actor; user(email: string): Promise<Actor> };

export async function loadedDemo(
  database: Database,
  company: DemoCompany,
  clock: Clock,
): Promise<DemoTenant> {
  const tenantId = await aTenant(database);
  const addUser = createEnsureUser(database);
  const collector = await addUser(tenantId, {
    email: 'collector@demo.example',
    name: 'Cole',
    role: 'collector',
  });
  const context: Context = { actor: collector, thread: 'load', today: company.today };
  const run =
    <Input, Output>(operation: (input: Input, context: Context) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      operation(input, context);
  const importLedger = createImportLedger(database, clock);
  await loadDemoCompany({
    company,
    importLedger: (files) => importLedger(files, context),
    logPromise: run(createLogPromise(database)),
    openDispute: run(createOpenDispute(database)),
    setHold: run(createSetHold(database)),
    recordEvent: run(createRecordEvent(database)),
    recordMessage: run(createRecordMessage(database)),
    addUser: (user) => addUser(tenantId, user),
    together: (work) => inTenant(database.pool, tenantId, work),
  });
  const findUser = createFindUser(database);
  return { tenantId, collector, user: (email) => findUser(tenantId, email) };
}

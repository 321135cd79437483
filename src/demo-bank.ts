/** The bank statements of the demo company, taken in like anybody's: beside its ledger they bring money to place. */
import { generateDemoCompany } from '../demo/company.ts';
import type { Remy } from './app.ts';

/**
 * Does nothing for a company of one's own; taken in again nothing is added. Comes before the day's first run, so that
 * nobody is chased for money that is in these files.
 */
export async function loadDemoBank(remy: Remy, seed: number): Promise<void> {
  const tenant = await remy.tenant();
  if (!tenant.is_demo) return;
  const today = remy.clock.today();
  const encoder = new TextEncoder();
  const { bankStatements } = generateDemoCompany({ seed, today });
  const files = Object.entries(bankStatements).map(([name, text]) => ({ name, bytes: encoder.encode(text) }));
  const context = { actor: await remy.actor(tenant.id), thread: 'demo', today };
  await remy.cash.importBank(files, { dryRun: false }, context);
}

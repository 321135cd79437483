/** What a question may name in this ledger, for whoever reads questions. */
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';
import { type LedgerVocabulary, ledgerVocabulary } from '../store/vocabulary.ts';

/** Segments, account owners and currencies that the asking person may see (P-10), sorted. */
export const createLedgerVocabulary =
  (database: Database) =>
  (context: Context): Promise<LedgerVocabulary> =>
    inTenant(database.pool, context.actor.tenantId, (sql) =>
      ledgerVocabulary(sql, visibleOwner(context.actor)),
    );

/**
 * What is open once the applications of the same import are in. An export tells of invoices before it tells of what was
 * put on them: only now it is seen whether the ledger's figure counts what Remy did.
 */
import { findInvoices, lockInvoiceIds, setInvoiceBalances } from '../../store/ledger-import/documents.ts';
import { settleOpen } from './balances.ts';
import type { Run } from './run.ts';

export async function settleAgain(run: Run): Promise<void> {
  if (run.toSettle.size === 0) return;
  await run.inBatch(async (sql) => {
    const ids = await lockInvoiceIds(sql, [...run.toSettle.keys()]);
    const rows = (await findInvoices(sql, ids)).flatMap((invoice) => {
      const said = run.toSettle.get(invoice.id);
      if (!said || invoice.status === 'void') return [];
      const open = settleOpen({
        amount: invoice.amount_minor,
        own: invoice.own_minor,
        applied: invoice.applied_minor,
        ...said,
      });
      return open === invoice.open_minor
        ? []
        : [
            {
              id: invoice.id,
              open_minor: open,
              status: open > 0n ? 'open' : 'paid',
              paid_on: open > 0n ? null : (invoice.last_applied_on ?? invoice.paid_on),
            },
          ];
    });
    await setInvoiceBalances(sql, rows);
  });
}

import { foldName } from '../../domain/customer.ts';
import type { ContactRow, LedgerFileOf } from '../../ports/ledger-source.ts';
import { type ContactColumns, upsertContacts } from '../../store/ledger-import/parties.ts';
import { checked, countWritten, type FileReport, RefusedRowError, type Run, SeenKeys } from './run.ts';

/** A contact's key: its customer and its address, or its name where it has no address. */
export const contactColumns = (
  customerId: number,
  customerExternalId: string,
  contact: Pick<ContactRow, 'name' | 'email' | 'role' | 'isPrimary'>,
): ContactColumns => ({
  external_id: `${customerExternalId}|${contact.email ?? foldName(contact.name ?? '').slice(0, 300)}`,
  customer_id: customerId,
  name: contact.name,
  email: contact.email,
  role: contact.role,
  is_primary: contact.isPrimary,
});

export async function importContacts(
  run: Run,
  file: LedgerFileOf<'contacts'>,
  report: FileReport,
  progress: () => void,
): Promise<void> {
  const seen = new SeenKeys();
  for await (const batch of file.batches()) {
    report.rows += batch.read;
    report.skipped.push(...batch.skipped);
    const contacts = checked(batch.rows, report, (row) => {
      const found = run.directory.find(row.customer, file.source);
      if ('problem' in found) throw new RefusedRowError(found.problem);
      const columns = contactColumns(found.customer.id, found.customer.externalId, row);
      return seen.isRepeat(columns.external_id, row.line, columns, 'contact') ? null : columns;
    });
    const written = await run.inBatch((sql) => upsertContacts(sql, file.source, contacts, file.absent));
    countWritten(report, contacts.length, written);
    progress();
  }
}

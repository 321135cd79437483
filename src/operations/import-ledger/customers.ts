/** Customers: parents may stand below their children, so a customers file is held whole and written parents first. */
import { baseName, foldName, regionOf } from '../../domain/customer.ts';
import type { CustomerRow, LedgerFileOf, LedgerSourceName } from '../../ports/ledger-source.ts';
import {
  addAliases,
  addOwners,
  type CustomerColumns,
  upsertContacts,
  upsertCustomers,
} from '../../store/ledger-import/parties.ts';
import type { Sql } from '../../store/transaction.ts';
import { contactColumns } from './contacts.ts';
import type { CustomerDirectory } from './customer-directory.ts';
import { orderByParents, type Placed } from './parents.ts';
import { checked, countWritten, type FileReport, type Run, SeenKeys } from './run.ts';

const BATCH = 2_000;
/** Folding may lengthen a name; an index entry has a limit. */
const NAME_KEY = 500;

const columnsOf = ({ row, parentOf }: Placed, directory: CustomerDirectory): CustomerColumns => ({
  external_id: row.externalId,
  name: row.name,
  base_name: baseName(row.name).slice(0, NAME_KEY),
  parent_id: parentOf(directory),
  currency: row.currency,
  terms_days: row.termsDays,
  owner_email: row.ownerEmail,
  segment: row.segment,
  language: row.language,
  timezone: row.timezone,
  country: row.country,
  region: regionOf(row.country),
});

/** The directory learns of the customers by `remember`, once they are really there. */
async function writeBatch(
  sql: Sql,
  source: LedgerSourceName,
  batch: readonly Placed[],
  directory: CustomerDirectory,
  absent: readonly string[],
): Promise<{ written: readonly { created: boolean }[]; remember: () => void }> {
  const columns = batch.map((placed) => columnsOf(placed, directory));
  const owners = batch.map(({ row }) => row.ownerEmail).filter((email) => email !== null);
  await addOwners(sql, [...new Set(owners)]);
  const written = await upsertCustomers(sql, source, columns, absent);
  const ids = new Map(written.map(({ external_id, id }) => [external_id, id]));
  const idOf = (row: CustomerRow): number =>
    ids.get(row.externalId) ?? directory.ofSource(source, row.externalId)!.id;
  const rows = batch.map(({ row }) => row);
  const aliases = rows.flatMap((row) =>
    row.aliases.map((alias) => ({ alias: foldName(alias).slice(0, NAME_KEY), customer_id: idOf(row) })),
  );
  await addAliases(
    sql,
    aliases.filter(({ alias }) => alias !== ''),
  );
  const contacts = rows.flatMap((row) =>
    row.contact
      ? [contactColumns(idOf(row), row.externalId, { ...row.contact, role: null, isPrimary: true })]
      : [],
  );
  await upsertContacts(sql, source, contacts, ['role', 'is_primary']);
  const remember = () => {
    batch.forEach(({ row }, at) => {
      const known = directory.ofSource(source, row.externalId);
      directory.put({
        id: idOf(row),
        source,
        externalId: row.externalId,
        name: row.name,
        currency: absent.includes('currency') ? (known?.currency ?? null) : row.currency,
        termsDays: absent.includes('terms_days') ? (known?.termsDays ?? null) : row.termsDays,
        parentId: absent.includes('parent_id')
          ? (known?.parentId ?? null)
          : (columns[at]!.parent_id as number | null),
      });
    });
    for (const { alias, customer_id } of aliases) directory.putName(alias, customer_id);
  };
  return { written, remember };
}

/** A column that the file does not have is left as it is; the region follows the country. */
function absentColumns(absent: readonly string[]): string[] {
  const columns = absent.filter((field) => field !== 'parent_name');
  return columns.includes('country') ? [...columns, 'region'] : columns;
}

/** Unknown parents, circles of parents and repeated ids are refused; a refused parent refuses its new children. */
export async function importCustomers(
  run: Run,
  file: LedgerFileOf<'customers'>,
  report: FileReport,
  progress: () => void,
): Promise<void> {
  const seen = new SeenKeys();
  const rows: CustomerRow[] = [];
  for await (const batch of file.batches()) {
    report.rows += batch.read;
    report.skipped.push(...batch.skipped);
    rows.push(
      ...checked(batch.rows, report, (row) => {
        const { line, ...content } = row;
        return seen.isRepeat(row.externalId, line, content, 'customer') ? null : row;
      }),
    );
  }
  const { levels, refused } = orderByParents(rows, file.source, run.directory);
  report.skipped.push(...refused);
  const absent = absentColumns(file.absent);
  for (const level of levels)
    for (let at = 0; at < level.length; at += BATCH) {
      const batch = level.slice(at, at + BATCH);
      const { written, remember } = await run.inBatch((sql) =>
        writeBatch(sql, file.source, batch, run.directory, absent),
      );
      remember();
      countWritten(report, batch.length, written);
      progress();
    }
}

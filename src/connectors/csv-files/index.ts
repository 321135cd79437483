/** Ledger exports as CSV: sees what a file is and hands out its rows. See README for the formats. */
import { RemyError } from '../../domain/errors.ts';
import type {
  LedgerFile,
  LedgerKind,
  LedgerRows,
  NamedFile,
  Refusal,
  RowBatch,
} from '../../ports/ledger-source.ts';
import { UnreadableRecordError } from '../csv-records.ts';
import { type Content, detectEncoding, type Encoding, readText } from '../encoding.ts';
import { detectLayout, knownHeaders, type Layout } from './detect.ts';
import { dataRecords, type Formats, surveyFormats } from './formats.ts';
import { mapCredit, mapInvoice } from './map-documents.ts';
import { mapApplication, mapPayment } from './map-money.ts';
import { mapContact, mapCustomer } from './map-parties.ts';
import { canonicalProfiles } from './profiles/canonical.ts';
import { BadRowError, RowReader } from './row-reader.ts';

const BATCH = 5_000;
const SAMPLE = 128 * 1024;

type Mappers = { [Kind in LedgerKind]: (row: RowReader) => LedgerRows[Kind] };

/** Mappers of one reading: payments without an id are counted anew each time. */
const mappers = (): Mappers => {
  const seen = new Map<string, number>();
  return {
    customers: mapCustomer,
    contacts: mapContact,
    invoices: mapInvoice,
    credits: mapCredit,
    payments: (row) => mapPayment(row, seen),
    applications: mapApplication,
  };
};

async function* readRows<Kind extends LedgerKind>(
  content: Content,
  encoding: Encoding,
  layout: Layout,
  formats: Formats,
  kind: Kind,
): AsyncGenerator<RowBatch<Kind>> {
  const reader = new RowReader(layout, formats);
  const map = mappers()[kind];
  let rows: LedgerRows[Kind][] = [];
  let skipped: Refusal[] = [...formats.endless];
  let read = skipped.length;
  for await (const records of dataRecords(content, encoding, layout, formats))
    for (const record of records) {
      if (reader.isDecoration(record)) continue;
      read++;
      try {
        reader.on(record);
        rows.push(map(reader));
      } catch (error) {
        if (!(error instanceof BadRowError)) throw error;
        skipped.push({ line: record.line, reason: error.message });
      }
      if (read < BATCH) continue;
      yield { rows, skipped, read };
      [rows, skipped, read] = [[], [], 0];
    }
  if (read > 0) yield { rows, skipped, read };
}

async function sampleOf(content: Content, encoding: Encoding): Promise<string> {
  let sample = '';
  for await (const piece of readText(content, encoding)) {
    sample += piece;
    if (sample.length >= SAMPLE) break;
  }
  return sample.slice(0, SAMPLE);
}

/** Canonical headers of the kind for which this layout has no column; names stand in for ids in products' exports. */
function absentHeaders({ profile, columns }: Layout): string[] {
  const has = (...fields: string[]) => fields.some((field) => columns.has(field));
  const stands: Record<string, boolean> = {
    parent_id: has('parent_name') || profile.source === 'quickbooks' || profile.source === 'netsuite',
    customer_id: has('customer_name'),
    payer_name: has('customer_name'),
  };
  const canonical = canonicalProfiles.find(({ kind }) => kind === profile.kind)!;
  return Object.keys(canonical.fields).filter((field) => !has(field) && !stands[field]);
}

const refused = (name: string, why: string): RemyError => new RemyError('file_refused', `${name}: ${why}`);

function refuseUnknown(name: string, sample: string): RemyError {
  if (sample.trim() === '') return refused(name, 'the file is empty');
  if (sample.startsWith('PK\u0003\u0004'))
    return refused(name, 'this is an Excel workbook or a zip archive; save the sheet as CSV and import that');
  const binary = sample.includes('\0') ? 'it does not look like text, and ' : '';
  return refused(name, `${binary}no line has the headers of a ledger file. Looked for ${knownHeaders()}`);
}

const WHY_UNREADABLE: Record<string, string> = {
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'this user may not read it',
  ENOENT: 'there is no such file',
};

/** What the file system says, with the file's name; any other error stays what it is. */
function unreadable(name: string, cause: unknown): unknown {
  if (cause instanceof UnreadableRecordError)
    return new RemyError('file_unreadable', `${name}: the file was changed while it was read`, { cause });
  if (cause instanceof RemyError || !(cause instanceof Error) || !('code' in cause)) return cause;
  const why = WHY_UNREADABLE[String(cause.code)] ?? cause.message;
  return new RemyError('file_unreadable', `${name}: the file cannot be read (${why})`, { cause });
}

async function* namingFile<Item>(name: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/**
 * Reads the file once to see its encoding, delimiter, kind, number and day formats; its rows are read again, batch
 * by batch, when they are asked for, so that the file is never held whole.
 *
 * Throws: RemyError `file_refused` when it is none of the known kinds, `file_unreadable` when it cannot be opened.
 */
export async function openLedgerFile({ name, bytes }: NamedFile): Promise<LedgerFile> {
  try {
    const { encoding, broken } = await detectEncoding(bytes);
    const sample = await sampleOf(bytes, encoding);
    const layout = await detectLayout(sample);
    if (!layout) throw refuseUnknown(name, sample);
    const formats = await surveyFormats(bytes, encoding, layout);
    const { kind, source } = layout.profile;
    const warnings = broken
      ? [...formats.warnings, 'some characters are not valid UTF-8 and were replaced']
      : formats.warnings;
    const batches = () => namingFile(name, readRows(bytes, encoding, layout, formats, kind));
    return { name, kind, source, warnings, absent: absentHeaders(layout), batches } as LedgerFile;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

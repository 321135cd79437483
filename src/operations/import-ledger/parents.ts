/** Puts the customers of a file into levels, parents before children, and refuses what has no place. */
import { foldName } from '../../domain/customer.ts';
import type { CustomerRow, LedgerSourceName, Refusal } from '../../ports/ledger-source.ts';
import type { CustomerDirectory } from './customer-directory.ts';

/** A row with its place; the parent's id is known once the levels before it are written. */
export type Placed = { row: CustomerRow; parentOf: (directory: CustomerDirectory) => number | null };

/** A parent: another row of the file, a customer that exists, none, or a name nobody has. */
type Parent = { row: CustomerRow } | { id: number } | null | 'unknown';

function parentFinder(
  rows: readonly CustomerRow[],
  source: LedgerSourceName,
  directory: CustomerDirectory,
): (row: CustomerRow) => Parent {
  const byId = new Map(rows.map((row) => [row.externalId, row]));
  const byName = new Map<string, CustomerRow | null>();
  for (const row of rows) {
    const name = foldName(row.name);
    byName.set(name, byName.has(name) ? null : row);
  }
  return ({ parent }) => {
    if (!parent) return null;
    const inFile = parent.by === 'id' ? byId.get(parent.value) : byName.get(foldName(parent.value));
    if (inFile) return { row: inFile };
    const found = directory.find(parent, source);
    if ('customer' in found) return { id: found.customer.id };
    return parent.required ? 'unknown' : null;
  };
}

/** True when the row comes up again among its own ancestors, in the file or in the ledger. */
function isInCircle(
  row: CustomerRow,
  source: LedgerSourceName,
  parentOf: (row: CustomerRow) => Parent,
  rowOfId: ReadonlyMap<number, CustomerRow>,
  directory: CustomerDirectory,
): boolean {
  const seen = new Set<CustomerRow | number>();
  const ownId = directory.ofSource(source, row.externalId)?.id;
  let at: Parent = parentOf(row);
  while (at && at !== 'unknown') {
    const id: number | undefined = 'row' in at ? directory.ofSource(source, at.row.externalId)?.id : at.id;
    const inFile: CustomerRow | undefined = 'row' in at ? at.row : rowOfId.get(at.id);
    if (inFile === row || (id !== undefined && id === ownId)) return true;
    const step = inFile ?? id!;
    if (seen.has(step)) return false; // a circle further up, which refuses its own rows
    seen.add(step);
    if (inFile) at = parentOf(inFile);
    else {
      const next: number | null = directory.get(id!)?.parentId ?? null;
      at = next === null ? null : { id: next };
    }
  }
  return false;
}

type Place = { level: number; parentOf: Placed['parentOf'] } | { reason: string };
const top = (id: number | null): Place => ({ level: 0, parentOf: () => id });

/** Where a row belongs, once the place of its parent in the file is known. */
function placeOf(
  row: CustomerRow,
  parent: Parent,
  source: LedgerSourceName,
  directory: CustomerDirectory,
  places: ReadonlyMap<CustomerRow, Place>,
): Place {
  const name = row.parent?.value ?? '';
  if (parent === 'unknown') return { reason: `parent "${name}" is unknown` };
  if (parent === null) return top(null);
  if ('id' in parent) return top(parent.id);
  const above = places.get(parent.row)!;
  const { externalId, line } = parent.row;
  if ('level' in above)
    return { level: above.level + 1, parentOf: (now) => now.ofSource(source, externalId)?.id ?? null };
  const known = directory.ofSource(source, externalId);
  if (known) return top(known.id);
  return row.parent?.required
    ? { reason: `parent "${name}" is unknown: its own line ${line} was skipped` }
    : top(null);
}

/**
 * Levels to be written one after the other. A row is refused when its parent is unknown, when it is its own ancestor,
 * or when its parent is refused and does not exist yet; a parent that was only guessed from a name is dropped instead.
 */
export function orderByParents(
  rows: readonly CustomerRow[],
  source: LedgerSourceName,
  directory: CustomerDirectory,
): { levels: Placed[][]; refused: Refusal[] } {
  const parentOf = parentFinder(rows, source, directory);
  const rowOfId = new Map<number, CustomerRow>();
  for (const row of rows) {
    const known = directory.ofSource(source, row.externalId);
    if (known) rowOfId.set(known.id, row);
  }
  const places = new Map<CustomerRow, Place>();
  for (const row of rows)
    if (row.parent && isInCircle(row, source, parentOf, rowOfId, directory))
      places.set(
        row,
        row.parent.required
          ? { reason: `parent "${row.parent.value}" makes this customer its own ancestor` }
          : top(null),
      );
  for (const row of rows) {
    const chain: CustomerRow[] = [];
    for (let at: CustomerRow | null = row; at && !places.has(at); ) {
      chain.push(at);
      const parent = parentOf(at);
      at = parent && parent !== 'unknown' && 'row' in parent ? parent.row : null;
    }
    for (const each of chain.reverse())
      places.set(each, placeOf(each, parentOf(each), source, directory, places));
  }
  const levels: Placed[][] = [];
  const refused: Refusal[] = [];
  for (const [row, place] of places) {
    if ('reason' in place) refused.push({ line: row.line, reason: place.reason });
    else {
      levels[place.level] ??= [];
      levels[place.level]!.push({ row, parentOf: place.parentOf });
    }
  }
  return { levels, refused };
}

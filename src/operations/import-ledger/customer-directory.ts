/** The tenant's customers in memory while an import runs: whom a row means, by id or by exact name. */
import { foldName } from '../../domain/customer.ts';
import type { CustomerRef, LedgerSourceName } from '../../ports/ledger-source.ts';
import type { KnownCustomer } from '../../store/ledger-import/parties.ts';

export type DirectoryEntry = {
  id: number;
  source: string;
  externalId: string;
  name: string;
  currency: string | null;
  termsDays: number | null;
  parentId: number | null;
};

/** Who is meant, or why that cannot be said. */
export type Found = { customer: DirectoryEntry } | { problem: string };

const keyOf = (source: string, externalId: string): string => `${source}\u0000${externalId}`;

export class CustomerDirectory {
  private readonly byId = new Map<number, DirectoryEntry>();
  private readonly byKey = new Map<string, DirectoryEntry>();
  private readonly byExternalId = new Map<string, DirectoryEntry[]>();
  private readonly byName = new Map<string, Set<DirectoryEntry>>();
  private readonly aliases = new Map<number, string[]>();

  constructor(known: readonly KnownCustomer[], aliases: readonly { alias: string; customer_id: number }[]) {
    for (const row of known)
      this.put({
        id: row.id,
        source: row.source,
        externalId: row.external_id,
        name: row.name,
        currency: row.currency,
        termsDays: row.terms_days,
        parentId: row.parent_id,
      });
    for (const { alias, customer_id } of aliases) this.putName(alias, customer_id);
  }

  /** Adds a customer, or puts the new content in place of the old. */
  put(entry: DirectoryEntry): void {
    const key = keyOf(entry.source, entry.externalId);
    const old = this.byKey.get(key);
    if (old) {
      this.byName.get(foldName(old.name))?.delete(old);
      Object.assign(old, entry);
    } else {
      this.byKey.set(key, entry);
      this.byId.set(entry.id, entry);
      const same = this.byExternalId.get(entry.externalId);
      if (same) same.push(entry);
      else this.byExternalId.set(entry.externalId, [entry]);
    }
    this.putName(foldName(entry.name), entry.id);
  }

  /** Makes a folded name stand for a customer too. */
  putName(folded: string, id: number): void {
    const entry = this.byId.get(id);
    if (!entry) return;
    const same = this.byName.get(folded);
    if (same) same.add(entry);
    else this.byName.set(folded, new Set([entry]));
    if (folded !== foldName(entry.name)) this.aliases.set(id, [...(this.aliases.get(id) ?? []), folded]);
  }

  /** Everything it is called. */
  namesOf(id: number): string[] {
    const entry = this.byId.get(id);
    return entry ? [entry.name, ...(this.aliases.get(id) ?? [])] : [];
  }

  get(id: number): DirectoryEntry | undefined {
    return this.byId.get(id);
  }

  ofSource(source: string, externalId: string): DirectoryEntry | undefined {
    return this.byKey.get(keyOf(source, externalId));
  }

  /** The one currency of all customers that have one; null when there are several or none. */
  onlyCurrency(): string | null {
    const found = new Set<string>();
    for (const { currency } of this.byId.values()) {
      if (currency !== null) found.add(currency);
      if (found.size > 1) return null;
    }
    return [...found][0] ?? null;
  }

  /** Customers of the row's own source come first; those of other sources only when it has none. */
  find(ref: CustomerRef, source: LedgerSourceName): Found {
    const all =
      ref.by === 'id'
        ? (this.byExternalId.get(ref.value) ?? [])
        : [...(this.byName.get(foldName(ref.value)) ?? [])];
    const own = all.filter((entry) => entry.source === source);
    const candidates = own.length > 0 ? own : all;
    const [first, second] = candidates;
    if (!first) return { problem: `customer "${ref.value}" is unknown; import the customers first` };
    if (!second) return { customer: first };
    return {
      problem:
        ref.by === 'name'
          ? `${candidates.length} customers are named "${ref.value}"; refer to it by customer id`
          : `customer id "${ref.value}" stands for customers of ${candidates.length} sources`,
    };
  }
}

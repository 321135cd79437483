/** Tells from the first lines of a file what it is: delimiter, header line, product and kind. */
import { ledgerSources } from '../../ports/ledger-source.ts';
import { type RawRecord, readRecords, UnreadableRecordError } from '../csv-records.ts';
import { canonicalProfiles } from './profiles/canonical.ts';
import { netSuiteProfiles } from './profiles/netsuite.ts';
import { foldHeader, type Profile } from './profiles/profile.ts';
import { quickBooksProfiles } from './profiles/quickbooks.ts';
import { stripeProfiles } from './profiles/stripe.ts';
import { xeroProfiles } from './profiles/xero.ts';

const profiles: readonly Profile[] = [
  ...canonicalProfiles,
  ...quickBooksProfiles,
  ...xeroProfiles,
  ...netSuiteProfiles,
  ...stripeProfiles,
];

const DELIMITERS = [',', ';', '\t', '|'];
/** Reports put their title above the header, but not more than this. */
const HEADER_WITHIN = 20;

export type Layout = {
  readonly delimiter: string;
  readonly profile: Profile;
  /** The line of the header. */
  readonly headerLine: number;
  readonly headers: readonly string[];
  /** Field to the column that holds it. */
  readonly columns: ReadonlyMap<string, number>;
};

const columnsOf = (profile: Profile, folded: readonly string[]): Map<string, number> => {
  const columns = new Map<string, number>();
  for (const [field, aliases] of Object.entries(profile.fields)) {
    const found = aliases.map((alias) => folded.indexOf(alias)).find((at) => at >= 0);
    if (found !== undefined) columns.set(field, found);
  }
  return columns;
};

const fits = (profile: Profile, columns: ReadonlyMap<string, number>, folded: readonly string[]): boolean =>
  profile.required.every((need) =>
    typeof need === 'string' ? columns.has(need) : need.some((field) => columns.has(field)),
  ) &&
  (!profile.marks || profile.marks.some((mark) => folded.includes(mark)));

/** How well the profile knows this header: columns it uses, and headers that only its product writes. */
const score = (profile: Profile, columns: ReadonlyMap<string, number>, folded: readonly string[]): number =>
  new Set(columns.values()).size * 2 + (profile.marks ?? []).filter((mark) => folded.includes(mark)).length;

function bestProfile(
  headers: readonly string[],
): { profile: Profile; columns: Map<string, number>; score: number } | null {
  const folded = headers.map(foldHeader);
  const fitting = profiles
    .map((profile) => ({ profile, columns: columnsOf(profile, folded) }))
    .filter(({ profile, columns }) => fits(profile, columns, folded))
    .map((each) => ({ ...each, score: score(each.profile, each.columns, folded) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        ledgerSources.indexOf(a.profile.source) - ledgerSources.indexOf(b.profile.source),
    );
  return fitting[0] ?? null;
}

async function firstRecords(sample: string, delimiter: string): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  try {
    for await (const bunch of readRecords([sample], delimiter)) {
      records.push(...bunch);
      if (records.length >= HEADER_WITHIN) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error; // the sample ends in the middle of a record
  }
  return records.slice(0, HEADER_WITHIN);
}

/** Finds the layout in the beginning of the text; null when no line of it is a header that is known. */
export async function detectLayout(sample: string): Promise<Layout | null> {
  let best: (Layout & { score: number }) | null = null;
  for (const delimiter of DELIMITERS)
    for (const { line, cells } of await firstRecords(sample, delimiter)) {
      const found = bestProfile(cells);
      if (!found || (best && best.score >= found.score)) continue;
      best = {
        delimiter,
        profile: found.profile,
        headerLine: line,
        headers: cells.map((cell) => cell.trim()),
        columns: found.columns,
        score: found.score,
      };
    }
  return best;
}

/** The headers that a file was looked through for, for the message that refuses it. */
export const knownHeaders = (): string =>
  [
    ...canonicalProfiles.map(({ kind, required }) => `${kind}: ${required.join(', ')}`),
    'or a customers, invoices or payments export of QuickBooks Online, Xero, NetSuite or Stripe',
  ].join('; ');

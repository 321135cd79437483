/** What a person should know before approving, and may overrule: the cadence's own restraints. */
import { cautionsFor } from '../../domain/cadence/stops.ts';
import type { Clock } from '../../ports/clock.ts';
import { readChaseFacts } from '../../store/chase/facts.ts';
import { sourceFreshness } from '../../store/freshness.ts';
import type { ProposalRow } from '../../store/proposals/read.ts';
import type { Sql } from '../../store/transaction.ts';
import { isStale } from '../data-freshness.ts';
import { localDay } from '../local-day.ts';
import type { Viewpoint } from './present.ts';

/** A live draft is a restraint of its own, which nobody has to be told of. */
const OWN = new Set(['draft_waiting', 'on_its_way']);

/** By proposal, of those that wait; one reading of the books for all of them. */
export async function readCautions(
  sql: Sql,
  rows: readonly ProposalRow[],
  { policy, company }: Viewpoint,
  clock: Clock,
): Promise<Map<number, string[]>> {
  const waiting = rows.flatMap(({ id, state, content }) =>
    state === 'pending' && content.kind === 'email' ? [{ id, content }] : [],
  );
  if (waiting.length === 0) return new Map();
  const today = localDay(clock, company);
  const customerIds = [...new Set(waiting.map(({ content }) => content.customerId))];
  const facts = await readChaseFacts(sql, { today, customerIds, owner: null });
  const old = staleLedger(await sourceFreshness(sql), clock.now());
  return new Map(
    waiting.map(({ id, content }) => {
      const of = facts.find(
        (each) => each.customer.id === content.customerId && each.currency === content.currency,
      );
      const invoices = content.invoices.map((each) => each.id);
      const found = of
        ? cautionsFor(of, { today, policy, invoices, letter: content.letter, asked: true })
        : [];
      const restraints = found.filter((each) => !OWN.has(each.kind)).map((each) => sentence(each.text));
      return [id, [...old, ...restraints]];
    }),
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Where every source is stale, payments may be missing. */
const staleLedger = (sources: readonly { source: string; syncedAt: string }[], now: Date): string[] => {
  const newest = sources.at(-1);
  if (!newest || sources.some((each) => !isStale(each.source, each.syncedAt, now))) return [];
  return [`The ledger is of ${newest.syncedAt.slice(0, 10)}: what was paid since is not known.`];
};

/** Brings waiting proposals up to date: overtaken by events, expired, or put off until a day that has come. */
import type { Clock } from '../../ports/clock.ts';
import { appendAudit } from '../../store/audit.ts';
import { readCadence, readCompany } from '../../store/policies.ts';
import type { Database } from '../../store/pool.ts';
import { renewRevision } from '../../store/proposals/decide.ts';
import { readStored } from '../../store/proposals/stored.ts';
import { lockWaiting, readWaiting, type Waiting } from '../../store/proposals/waiting.ts';
import { closeProposal } from '../../store/proposals/write.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { retryTransient } from '../../store/transient.ts';
import { overtakenPlacings } from '../cash/placing-check.ts';
import { localDay } from '../local-day.ts';
import { failures, lookAgain, TEXT_CHECKS } from './overtaken.ts';
import { policyProblem } from './policy-change.ts';

/** More than anybody decides on; what is beyond is brought up to date when it is clicked. */
const MOST = 2000;

export type Refreshed = { readonly stale: number; readonly expired: number; readonly woken: number };

type Turn = { readonly to: 'stale' | 'expired' | 'woken'; readonly reason: string };

/** What becomes of it: what has happened counts before the days do. */
function turnOf(each: Waiting, problems: readonly string[], now: Date, today: string): Turn | null {
  if (problems.length > 0) return { to: 'stale', reason: problems.join(' ') };
  if (each.state === 'pending')
    return each.expires_at <= now ? { to: 'expired', reason: 'nobody decided in time' } : null;
  return each.snoozed_until! <= today ? { to: 'woken', reason: `put off until ${each.snoozed_until}` } : null;
}

async function turns(sql: Sql, clock: Clock, waiting: readonly Waiting[]): Promise<Map<number, Turn>> {
  const { policy } = await readCadence(sql);
  const { company } = await readCompany(sql);
  const today = localDay(clock, company);
  const stored = await readStored(
    sql,
    waiting.map((each) => each.id),
  );
  const checks = await lookAgain(sql, stored, { today, policy, company });
  const placings = await overtakenPlacings(sql, stored);
  const found = new Map<number, Turn>();
  for (const each of waiting) {
    const problem =
      each.kind === 'policy_change'
        ? await policyProblem(sql, stored.find((one) => one.proposal_id === each.id)!)
        : each.kind === 'application'
          ? (placings.get(each.id)?.join(' ') ?? null)
          : null;
    // a text that gets old while it is put off keeps its place until its day: without it, the account is chased again
    const rests = each.state === 'snoozed' && each.snoozed_until! > today;
    const over = each.state === 'pending' && each.expires_at <= clock.now();
    const now = (checks.get(each.id) ?? []).filter(
      ({ check }) => !(rests && TEXT_CHECKS.has(check)) && !(over && check === 'age'),
    );
    const problems = problem === null ? failures(now) : [problem];
    const turn = turnOf(each, problems, clock.now(), today);
    if (turn) found.set(each.id, turn);
  }
  return found;
}

async function make(sql: Sql, { id }: Waiting, { to, reason }: Turn, expiresAt: Date): Promise<void> {
  if (to === 'woken') await renewRevision(sql, id, expiresAt);
  else await closeProposal(sql, id, to, reason);
  await appendAudit(sql, { actor: 'remy', act: `proposal_${to}`, detail: { proposalId: id, reason } });
}

/**
 * One reading of the books for all that waits. Called before proposals are listed and by the daily job; safe beside
 * decisions, which look for themselves.
 */
export const createRefreshProposals =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  (tenantId: number): Promise<Refreshed> =>
    retryTransient(() =>
      inTenant(database.pool, tenantId, async (sql) => {
        const waiting = await readWaiting(sql, MOST);
        const counts = { stale: 0, expired: 0, woken: 0 };
        if (waiting.length === 0) return counts;
        const found = await turns(sql, clock, waiting);
        if (found.size === 0) return counts;
        const seen = new Map(waiting.map((each) => [each.id, each]));
        const { policy } = await readCadence(sql);
        const expiresAt = new Date(clock.now().getTime() + policy.approval.expiresAfterHours * 3_600_000);
        for (const locked of await lockWaiting(sql, [...found.keys()])) {
          const before = seen.get(locked.id)!;
          // changed in between: the next time looks at what it is then
          if (locked.revision !== before.revision || locked.state !== before.state) continue;
          const turn = found.get(locked.id)!;
          await make(sql, locked, turn, expiresAt);
          counts[turn.to]++;
        }
        return counts;
      }),
    );

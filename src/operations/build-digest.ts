/** The morning's page: what came in, what needs a decision, what broke, what moved, what Remy did by itself. */
import { dayOff } from '../domain/cadence/sending-time.ts';
import { minutesOf } from '../domain/cadence/zones.ts';
import { addDays, type Day } from '../domain/calendar.ts';
import type { CadencePolicy, CompanySettings } from '../domain/chase/policy.ts';
import type { DigestContent } from '../domain/chase/reports.ts';
import { NotAllowedError } from '../domain/errors.ts';
import { toDecimal } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import type { Clock } from '../ports/clock.ts';
import {
  actsSince,
  addDigest,
  balanceChanges,
  biggestPayments,
  brokenPromises,
  cashTotals,
  type DigestPost,
  type DigestTotal,
  type DigestWindow,
  digestReaders,
  duePromises,
  lastDigest,
  newDisputes,
  newlyOverdue,
  waitingProposals,
} from '../store/digests.ts';
import { sourceFreshness } from '../store/freshness.ts';
import { readCadence, readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { readTasks } from '../store/tasks.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { isStale } from './data-freshness.ts';
import {
  brokenLine,
  changeLine,
  deeds,
  disputeLine,
  dueLine,
  overdueLine,
  paymentLine,
  taskText,
  waitingText,
} from './digest/sentences.ts';
import { BOT_EMAIL } from './ensure-bot.ts';
import { localDay, localTime } from './local-day.ts';

/** `team`, or the address of a person: then of that person's accounts only. */
export const TEAM = 'team';

const REMY = ['remy', BOT_EMAIL];
const DAY_MS = 86_400_000;
/** A digest after a long silence does not tell it all. */
const MOST_DAYS = 14;
/** Lines of a part: it is read in a minute. */
const FEW = 5;

type Settings = { policy: CadencePolicy; company: CompanySettings | null };

/** The last working day before: what a first digest reaches back to. */
function workingDayBefore(day: Day, { policy, company }: Settings): Day {
  const place = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
  for (let back = 1; back <= MOST_DAYS; back++)
    if (dayOff(addDays(day, -back), policy, place) === null) return addDays(day, -back);
  return addDays(day, -1);
}

const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);
const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);

/** The first day that the last digest did not tell: its own, since it ended with the day before. */
function sinceOf(last: DigestPost | null, today: Day, settings: Settings): Day {
  const from = last ? earlierOf(last.day, addDays(today, -1)) : workingDayBefore(today, settings);
  return laterOf(from, addDays(today, -MOST_DAYS));
}

const decimals = (totals: readonly DigestTotal[]): DigestContent['cashIn']['totals'] =>
  totals.map(({ currency, amount_minor, count }) => ({
    ...{ currency, amount: toDecimal(amount_minor, currency), count },
  }));

async function decisions(sql: Sql, owner: string | null): Promise<DigestContent['decisions']> {
  const waiting = await waitingProposals(sql, owner);
  const totals = new Map<string, DigestTotal>();
  for (const { currency, amount_minor } of waiting) {
    if (currency === null || amount_minor === null) continue;
    const sum = totals.get(currency) ?? { currency, amount_minor: 0n, count: 0 };
    totals.set(currency, { currency, amount_minor: sum.amount_minor + amount_minor, count: sum.count + 1 });
  }
  return {
    waiting: waiting.length,
    totals: decimals([...totals.values()]),
    oldest: waiting.slice(0, FEW).map(waitingText),
  };
}

async function movements(sql: Sql, window: DigestWindow): Promise<DigestContent['movements']> {
  const late = await newlyOverdue(sql, window, 2);
  const changed = await balanceChanges(sql, window, 2);
  return [...late.slice(0, FEW).map(overdueLine), ...changed.slice(0, FEW).map(changeLine)];
}

async function openTasks(sql: Sql, owner: string | null): Promise<DigestContent['tasks']> {
  const tasks = await readTasks(sql, { states: ['veto_window', 'open'], owner }, 7);
  return tasks.map(taskText);
}

/** Reads only. `now` is the moment; the day is the company's. */
async function build(sql: Sql, clock: Clock, audience: string, today: Day): Promise<DigestContent> {
  const { policy } = await readCadence(sql);
  const { company } = await readCompany(sql);
  const last = await lastDigest(sql, audience, addDays(today, -1));
  const since = sinceOf(last, today, { policy, company });
  const owner = audience === TEAM ? null : audience;
  const window = { owner, since, until: addDays(today, -1), lastMadeAt: last?.madeAt ?? null };
  const now = clock.now();
  const acts = await actsSince(sql, REMY, last?.madeAt ?? new Date(now.getTime() - DAY_MS), owner);
  return {
    day: today,
    audience,
    since,
    cashIn: {
      totals: decimals(await cashTotals(sql, window)),
      biggest: (await biggestPayments(sql, window, FEW)).slice(0, FEW).map(paymentLine),
    },
    decisions: await decisions(sql, owner),
    brokenPromises: (await brokenPromises(sql, window, today)).slice(0, FEW).map(brokenLine),
    duePromises: (await duePromises(sql, owner, today)).slice(0, FEW).map(dueLine),
    newDisputes: (await newDisputes(sql, window)).slice(0, FEW).map(disputeLine),
    movements: await movements(sql, window),
    tasks: await openTasks(sql, owner),
    done: deeds(acts),
    forecast: null,
    sources: (await sourceFreshness(sql)).map(({ source, syncedAt }) => ({
      ...{ source, syncedAt, stale: isStale(source, syncedAt, now) },
    })),
  };
}

export type BuildDigest = {
  /** As it would be posted now. Sales see their own only. Throws: NotAllowedError. */
  preview(input: { audience?: string | undefined }, context: Context): Promise<DigestContent>;
  /** Stores the digest of an audience and local day unless it is there; false when it is. */
  post(tenantId: number, audience: string): Promise<{ posted: boolean; content: DigestContent }>;
  /** Posts to the team and to each sales person what is due by the company's clock; gives who got one now. */
  postDue(tenantId: number): Promise<string[]>;
};

export function createBuildDigest(database: Pick<Database, 'pool'>, clock: Clock): BuildDigest {
  const { pool } = database;

  const preview: BuildDigest['preview'] = (input, { actor, today }) => {
    const own = visibleOwner(actor);
    const audience = input.audience?.trim().toLowerCase() ?? own ?? TEAM;
    if (own !== null && audience !== own)
      throw new NotAllowedError('You can see the digest of your own accounts. Leave the audience out.');
    return inTenant(pool, actor.tenantId, (sql) => build(sql, clock, audience, today));
  };

  const post: BuildDigest['post'] = (tenantId, audience) =>
    inTenant(pool, tenantId, async (sql) => {
      const today = localDay(clock, (await readCompany(sql)).company);
      const last = await lastDigest(sql, audience, today);
      if (last?.day === today) return { posted: false, content: last.content };
      const content = await build(sql, clock, audience, today);
      if (await addDigest(sql, content)) return { posted: true, content };
      return { posted: false, content: (await lastDigest(sql, audience, today))!.content };
    });

  const audiencesDue = (tenantId: number): Promise<string[]> =>
    inTenant(pool, tenantId, async (sql) => {
      const { policy } = await readCadence(sql);
      const { company } = await readCompany(sql);
      const place = { country: company?.country ?? null, region: company?.holidayRegion ?? null };
      const isOff = dayOff(localDay(clock, company), policy, place) !== null;
      const early = localTime(clock.now(), company).minutes < minutesOf(policy.digestAt);
      return isOff || early ? [] : [TEAM, ...(await digestReaders(sql))];
    });

  const postDue: BuildDigest['postDue'] = async (tenantId) => {
    const posted: string[] = [];
    for (const audience of await audiencesDue(tenantId))
      if ((await post(tenantId, audience)).posted) posted.push(audience);
    return posted;
  };

  return { preview: async (...asked) => preview(...asked), post, postDue };
}

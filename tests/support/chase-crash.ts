/**
 * One random story from click to receipt, with processes that die, a provider that misbehaves, clocks that jump and
 * payments that come in between. The same seed tells the same story. It is judged by the provider's journal.
 */
import { createRandom, type Random } from '../../demo/random.ts';
import { createDecide } from '../../src/operations/decide.ts';
import { decidePoints, effectPoints } from '../../src/operations/proposals/crash-points.ts';
import { createRunEffects } from '../../src/operations/run-effects.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { readCadence } from '../../src/store/policies.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import type { Desk } from './chase-desk.ts';
import { type Case, judge, type Told, type Verdict } from './crash-judge.ts';
import { aMortal, aWorldTime, type Plan, type WorldTime } from './crash-world.ts';
import { aDraft, anAccount, anEmail, aPolicyChange, asks, type Card, cardOf } from './draft-builders.ts';
import { type JournalMailbox, journalMailbox, type Mode } from './journal-mailbox.ts';
import { paidOff } from './ledger-builders.ts';

/** In the world's time the provider finishes what it has taken within ten minutes, and says so. */
const SETTLE_SECONDS = 600;
const LIMITS = {
  callMs: 4,
  leaseMs: 120_000,
  pauseMs: 15_000,
  longestPauseMs: 300_000,
  atOnce: 1,
  mostTries: 30,
};
const MODES: readonly Mode[] = [
  ...Array<Mode>(5).fill('ok'),
  ...(['done_then_error', 'done_then_error', 'answer_lost', 'answer_lost', 'slow', 'slow'] as const),
  ...(['error', 'error', 'refused', 'refused'] as const),
];

const beforeCall = effectPoints.filter((each) => /^(claim|send|look|fault|policy)/.test(each));
const afterCall = (mode: Mode) => {
  const kind = mode === 'ok' ? 'record' : mode === 'refused' ? 'again' : 'unknown';
  return effectPoints.filter((each) => each.startsWith(kind));
};
/** Where a sweep with this mode comes by. */
const pointsOf = (mode: Mode) => [...beforeCall, ...afterCall(mode)];

type Story = {
  readonly random: Random;
  readonly desk: Desk;
  readonly time: WorldTime;
  readonly clock: Clock;
  readonly mailbox: JournalMailbox;
  readonly database: Pick<Database, 'pool' | 'kind'>;
  readonly cases: Case[];
  /** Approvals that a person was told of. */
  readonly told: Told[];
  readonly died: string[];
  readonly trace: string[];
  /** When the provider finishes what it has taken, in milliseconds of the world. */
  finishes: number | null;
};

function tell(desk: Desk, seed: number): Story {
  const time = aWorldTime('2026-11-24T09:00:00Z');
  const mailbox = journalMailbox(() => new Date(time.ms()), SETTLE_SECONDS);
  const clock: Clock = { now: time.wall, today: () => '2026-11-24', fixed: true };
  // dying is told here, not lived: a session lock of a process that is no process would be kept for ever
  const database = { pool: desk.where.database.pool, kind: 'embedded' as const };
  return {
    ...{ random: createRandom(seed, 'crash'), desk, time, clock, mailbox, database },
    ...{ cases: [], told: [], died: [], trace: [], finishes: null },
  };
}

/** The provider's own work goes on whatever becomes of us. */
function pass(story: Story, seconds: number): void {
  story.time.advance(seconds);
  if (story.finishes === null || story.finishes > story.time.ms()) return;
  story.finishes = null;
  story.mailbox.settle();
}

const planFor = (
  random: Random,
  points: readonly (typeof decidePoints | typeof effectPoints)[number][],
  percent: number,
): Plan => ({
  dieAt: random.chance(percent) ? random.pick(points) : null,
  breakAt: random.chance(12) ? random.pick(points) : null,
  failAt: random.chance(8) ? random.pick(points) : null,
});

type Click = 'approve' | 'undo' | 'reject';
const CLICKS: readonly Click[] = [...Array<Click>(6).fill('approve'), 'undo', 'undo', 'reject'];

async function click(story: Story, kind: Click = story.random.pick(CLICKS)): Promise<void> {
  const { random, desk, clock } = story;
  const one = random.pick(story.cases);
  const card: Card = await cardOf(desk.where, one.proposalId);
  const plan = planFor(random, decidePoints, 35);
  const mortal = aMortal(plan);
  const decide = createDecide(story.database, clock, { onPoint: mortal.onPoint });
  const by = random.pick([desk.collector, desk.controller]);
  const input =
    kind === 'undo'
      ? ({ kind, proposalId: card.proposalId } as const)
      : kind === 'reject'
        ? ({ kind, ...card, reason: 'no' } as const)
        : ({ kind, ...card } as const);
  const times = random.chance(15) ? 4 : 1;
  const answers = await Promise.all(
    Array.from({ length: times }, () => mortal.run(() => decide(input, asks(by), 'test'))),
  );
  if (mortal.diedAt) story.died.push(mortal.diedAt);
  for (const answer of answers)
    if (kind === 'approve' && answer?.applied && answer.proposal.state === 'approved')
      story.told.push({ proposalId: card.proposalId, revision: card.revision });
  if (kind === 'undo') one.undone = true;
  story.trace.push(
    `${kind} ${card.proposalId} x${times} ${JSON.stringify(plan)} -> ${answers.map((each) => each?.message ?? 'died').join(' / ')}`,
  );
}

async function sweep(story: Story): Promise<void> {
  const { random, mailbox, time, clock, desk } = story;
  const mode = random.pick(MODES);
  mailbox.script.splice(0, mailbox.script.length, mode);
  mailbox.blind = random.chance(12);
  const plan = planFor(random, random.chance(30) ? effectPoints : pointsOf(mode), 65);
  const mortal = aMortal(plan);
  const run = createRunEffects({
    ...{ database: story.database, mailbox, clock, instance: 'one', limits: LIMITS },
    ...{ compareFirst: random.chance(30), onPoint: mortal.onPoint, elapsed: time.ms },
  });
  const before = mailbox.calls.length;
  const done = await mortal.run(() => run.runDue(desk.where.tenantId));
  if (mortal.diedAt) story.died.push(mortal.diedAt);
  if (mode === 'slow' && mailbox.calls.length > before)
    story.finishes = Math.min(
      story.finishes ?? Number.POSITIVE_INFINITY,
      time.ms() + random.int(1, 590) * 1000,
    );
  story.trace.push(
    `sweep ${mode}${mailbox.blind ? ' blind' : ''} ${JSON.stringify(plan)} -> ${JSON.stringify(done?.outcomes ?? 'died')}`,
  );
}

/** What goes on beside the sweeps. */
async function something(story: Story): Promise<void> {
  const { random, time, desk } = story;
  const what = random.int(1, 100);
  if (what <= 18) await click(story);
  else if (what <= 24) time.jump(random.pick([-3600, 3600]));
  else if (what <= 28) {
    const one = random.pick(story.cases);
    if (!one.account) return;
    one.paid = true;
    await paidOff(desk.where, one.account.invoice);
    story.trace.push(`paid ${one.proposalId}`);
  }
}

/** All faults stop; what is open is run until nothing is. */
async function calm(story: Story): Promise<void> {
  const { mailbox, time, clock, desk } = story;
  mailbox.script.length = 0;
  mailbox.blind = false;
  const run = createRunEffects({
    ...{ database: story.database, mailbox, clock, instance: 'last', limits: LIMITS, compareFirst: false },
    elapsed: time.ms,
  });
  for (let turn = 0; turn < 60; turn++) {
    const { nextAt } = await run.runDue(desk.where.tenantId);
    if (nextAt === null) return;
    pass(story, Math.max(1, Math.ceil((nextAt.getTime() - time.wall().getTime()) / 1000)));
  }
}

export type CrashReport = Verdict & {
  readonly seed: number;
  readonly died: readonly string[];
  readonly trace: readonly string[];
};

/** An email, or now and then a change of the policy. */
async function aCase({ random, desk }: Story): Promise<Case> {
  const marks = { paid: false, undone: false };
  if (random.chance(8)) {
    const { database, tenantId } = desk.where;
    const { version, policy } = await inTenant(database.pool, tenantId, readCadence);
    const change = aPolicyChange({
      baseVersion: version,
      after: { ...policy, minGapDays: random.int(1, 9) },
    });
    const { proposalId } = await aDraft(desk.where, change, desk.collector);
    return { account: null, proposalId, ...marks };
  }
  const account = await anAccount(desk.where);
  const approvalsNeeded = random.chance(15) ? 2 : 1;
  const { proposalId } = await aDraft(desk.where, anEmail(account), desk.bot, { approvalsNeeded });
  return { account, proposalId, ...marks };
}

/** Tells the story of the seed on the desk's tenant and judges it. */
export async function crashStory(desk: Desk, seed: number): Promise<CrashReport> {
  const story = tell(desk, seed);
  const { random } = story;
  story.cases.push(await aCase(story));
  if (random.chance(25) && story.cases[0]?.account) story.cases.push(await aCase(story));
  for (let tries = random.int(1, 3); tries > 0; tries--) await click(story, 'approve');
  pass(story, random.pick([0, 61, 61, 61, 61]));
  for (let left = random.int(1, 4); left > 0; left--) {
    await something(story);
    await sweep(story);
    pass(story, random.pick([1, 30, 130, 130, 700]));
  }
  await calm(story);
  return { seed, died: story.died, trace: story.trace, ...(await judge(story)) };
}

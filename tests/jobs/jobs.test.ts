import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type JobOperations, type Jobs, startJobs } from '../../src/jobs/index.ts';
import type { Database } from '../../src/store/pool.ts';
import { databaseKind, testDatabase } from '../support/database.ts';

describe('the alarm clock', () => {
  let database: Database;
  let jobs: Jobs | undefined;
  let calls: string[] = [];
  let faults: { job: string; tenantId: number }[] = [];
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await jobs?.stop();
    jobs = undefined;
  });
  afterAll(() => database.close());

  const begin = async (over: Partial<JobOperations> = {}, tenants = [1]) => {
    calls = [];
    faults = [];
    const told = (name: string) => async (tenantId: number) => void calls.push(`${name} ${tenantId}`);
    jobs = await startJobs({
      pool: database.pool,
      kind: databaseKind,
      tenants: async () => tenants,
      logger: { error: (detail) => void faults.push(detail as never), warn: () => undefined },
      operations: {
        runEffects: async (tenantId) => {
          calls.push(`effects ${tenantId}`);
          return { nextAt: null };
        },
        reconcileSent: told('compare'),
        readInbox: told('inbox'),
        refreshProposals: told('refresh'),
        endVetoWindows: told('veto'),
        matchNew: told('match'),
        runCadence: told('cadence'),
        postDigests: told('digest'),
        ...over,
      },
    });
    return jobs;
  };
  const seen = (name: string, times = 1) =>
    expect
      .poll(() => calls.filter((each) => each === name).length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(times);

  test('begins with a sweep of everything, for every tenant, and compares before it sends', async () => {
    await begin({}, [1, 2]);
    for (const tenant of [1, 2])
      for (const name of ['inbox', 'digest', 'effects']) await seen(`${name} ${tenant}`);
    const of = (tenant: number) => calls.filter((each) => each.endsWith(` ${tenant}`));
    expect(of(1).indexOf('compare 1')).toBeLessThan(of(1).indexOf('effects 1'));
    const day = of(1).filter((each) => /refresh|veto|match|cadence|digest/.test(each));
    expect(day.slice(0, 5)).toEqual(['refresh 1', 'veto 1', 'match 1', 'cadence 1', 'digest 1']);
  });

  test('a wake-up runs the effects at once, and what was compared is not compared again', async () => {
    const { wake } = await begin();
    await seen('effects 1');
    wake();
    await seen('effects 1', 2);
    expect(calls.filter((each) => each === 'compare 1')).toHaveLength(1);
  });

  test('nothing is sent while what was sent cannot be compared', async () => {
    let down = true;
    const { wake } = await begin({
      reconcileSent: async () => {
        calls.push('tried');
        if (down) throw new Error('the mailbox does not answer');
      },
    });
    await seen('tried');
    // the clock's own minute may come in between and fail as well
    await expect.poll(() => faults[0]).toMatchObject({ job: 'effects', tenantId: 1 });
    expect(calls).not.toContain('effects 1');
    down = false;
    wake();
    await seen('effects 1');
  });

  test('a tenant whose job fails holds up no other', async () => {
    await begin(
      {
        readInbox: async (tenantId) => {
          if (tenantId === 1) throw new Error('broken');
          calls.push(`inbox ${tenantId}`);
        },
      },
      [1, 2],
    );
    await seen('inbox 2');
    expect(faults[0]).toMatchObject({ job: 'inbox', tenantId: 1 });
  });

  test('a part of the day that fails holds up none after it, and all that failed is told', async () => {
    const fails = (why: string) => async () => {
      throw new Error(why);
    };
    await begin({ refreshProposals: fails('no room'), runCadence: fails('no pen') });
    await seen('digest 1');
    expect(calls).toContain('veto 1');
    await expect.poll(() => faults).toMatchObject([{ job: 'daily', tenantId: 1 }]);
    expect(String((faults[0] as unknown as { err: Error }).err.message)).toBe(
      'refresh: no room; cadence: no pen',
    );
  });

  test('the effects run again when the next one is due', async () => {
    let first = true;
    await begin({
      runEffects: async () => {
        calls.push(`run at ${Date.now()}`);
        const nextAt = first ? new Date(Date.now() + 2000) : null;
        first = false;
        return { nextAt };
      },
    });
    const runs = () => calls.filter((each) => each.startsWith('run at')).map((each) => Number(each.slice(7)));
    await expect.poll(() => runs().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    expect(runs()[1]! - runs()[0]!).toBeGreaterThanOrEqual(1000);
  });

  test('stopping lets a running job end and tells it to hurry', async () => {
    let ended = false;
    let told = false;
    const running = await begin({
      readInbox: async (_, signal) => {
        calls.push('reading');
        await wait(600, undefined, { signal }).catch(() => {
          told = true;
        });
        await wait(200);
        ended = true;
      },
    });
    await seen('reading');
    await running.stop();
    expect([told, ended]).toEqual([true, true]);
    const after = calls.length;
    running.wake();
    await wait(300);
    expect(calls).toHaveLength(after);
  });

  test('with the whole queue lost, the next start sweeps all the same', async () => {
    await begin();
    await seen('effects 1');
    await jobs!.stop();
    await database.pool.query('drop schema boss cascade');
    await begin();
    for (const name of ['effects', 'inbox', 'digest']) await seen(`${name} 1`);
  });
});

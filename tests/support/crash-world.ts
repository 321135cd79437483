/**
 * Processes that die: each stops at one named point as if it had been killed there. What was in an open transaction
 * rolls back; nothing of the process runs afterwards.
 */
import type { DecidePoint, EffectPoint } from '../../src/operations/proposals/crash-points.ts';

type Point = DecidePoint | EffectPoint;

/** Points inside a transaction: dying there means that it rolls back. */
export const inTransaction: ReadonlySet<Point> = new Set<Point>([
  'decide:locked',
  'decide:checked',
  'decide:decision',
  'decide:written',
  'claim:locked',
  'claim:checked',
  'claim:written',
  'record:locked',
  'record:written',
  'unknown:written',
  'again:written',
  'policy:written',
]);

export type Plan = {
  /** Dies the first time it comes here; null: lives. */
  readonly dieAt: Point | null;
  /** The database breaks this transaction off once, as for a deadlock. */
  readonly breakAt: Point | null;
  /** Something of ours fails there once. */
  readonly failAt: Point | null;
};

export type Mortal = {
  /** To be given to the operations. */
  onPoint(name: Point): Promise<void>;
  /** Where it died; null while it lives. */
  readonly diedAt: Point | null;
  /** What the work gave; null when the process died first, or the work failed by a planned fault. */
  run<Value>(work: () => Promise<Value>): Promise<Value | null>;
};

/** What a fault of our own says. */
export const FAULT = 'a fault of our own';

const killed = () => new Error('killed');

export function aMortal(plan: Plan): Mortal {
  let diedAt: Point | null = null;
  const met = new Set<string>();
  const once = (name: Point, at: Point | null, what: string): boolean => {
    if (name !== at || met.has(what) || !inTransaction.has(name)) return false;
    met.add(what);
    return true;
  };
  let gone: () => void = () => undefined;
  const death = new Promise<null>((resolve) => {
    gone = () => resolve(null);
  });
  const stop = (): Promise<never> => {
    gone();
    return new Promise<never>(() => undefined);
  };
  return {
    get diedAt() {
      return diedAt;
    },
    onPoint: async (name) => {
      if (diedAt === null && name === plan.dieAt) diedAt = name;
      if (diedAt !== null) {
        if (inTransaction.has(name)) throw killed();
        await stop();
      }
      if (once(name, plan.breakAt, 'break'))
        throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      if (once(name, plan.failAt, 'fail')) throw new Error(FAULT);
    },
    run: async (work) => {
      try {
        return await Promise.race([work(), death]);
      } catch (error) {
        if (diedAt !== null || (error instanceof Error && error.message === FAULT)) return null;
        throw error;
      }
    },
  };
}

/** Time of the world, and of a clock on the wall that may be wrong. */
export type WorldTime = {
  /** Milliseconds of the world; what a clock that never jumps shows. */
  readonly ms: () => number;
  readonly wall: () => Date;
  advance(seconds: number): void;
  /** The clock on the wall is set to another hour. */
  jump(seconds: number): void;
};

export function aWorldTime(start: string): WorldTime {
  let ms = new Date(start).getTime();
  let skew = 0;
  return {
    ms: () => ms,
    wall: () => new Date(ms + skew),
    advance: (seconds) => {
      ms += seconds * 1000;
    },
    jump: (seconds) => {
      skew += seconds * 1000;
    },
  };
}

/** Database faults after which the whole transaction may simply be run again. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Serialization failure, deadlock, shutdown and lost connections. After a connection that broke during the commit
 * nobody knows whether it took place: only work that finds that out by itself may be run again.
 */
const CODES = new Set([
  '40001',
  '40P01',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
]);
const SYSTEM = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);

/** True for a fault of the moment, not of the statement. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && (CODES.has(code) || SYSTEM.has(code))) ||
    /Connection terminated|Client has encountered a connection error|not queryable/i.test(error.message)
  );
}

/** Runs the work again, at once and at most `times` in all, while it fails for a fault of the moment. */
export async function retryTransient<Result>(work: () => Promise<Result>, times = 4): Promise<Result> {
  for (let left = times - 1; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left <= 0 || !isTransient(error)) throw error;
      await nextTurn();
    }
  }
}

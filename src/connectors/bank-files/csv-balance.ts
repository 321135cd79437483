/** What a running balance proves: the order of the rows, and whether money in is above zero. */
import type { RawRecord } from '../csv-records.ts';
import { BadLineError } from './bad-line.ts';
import { type MoneyRules, rowBalance, rowMoney } from './csv-money.ts';

export type BalanceProof = {
  /** Oldest or newest first; null when the balances do not follow from the amounts. */
  readonly order: 'ascending' | 'descending' | null;
  readonly sign: 'as written' | 'opposite';
};

type Step = { readonly minor: bigint; readonly balance: bigint };

function stepOf({ cells }: RawRecord, rules: MoneyRules, currency: string): Step | null {
  try {
    const money = rowMoney(cells, rules, currency);
    const balance = rowBalance(cells, rules, currency);
    return money && balance !== null ? { minor: money.minor, balance } : null;
  } catch (error) {
    if (error instanceof BadLineError) return null;
    throw error;
  }
}

/** Share of neighbouring rows that have to agree. */
const ENOUGH = 0.9;

/** Tries both orders and both signs on the rows; an amount that the columns sign by themselves is not turned around. */
export function proveBalance(rows: readonly RawRecord[], rules: MoneyRules, currency: string): BalanceProof {
  const none: BalanceProof = { order: null, sign: rules.inverted ? 'opposite' : 'as written' };
  if (rules.columns.balance === undefined) return none;
  const steps = rows.flatMap((row) => stepOf(row, rules, currency) ?? []);
  const turnable = rules.columns.amount !== undefined && rules.columns.direction === undefined;
  const readings = (['as written', 'opposite'] as const).flatMap((sign) =>
    sign === 'opposite' && !turnable
      ? []
      : (['ascending', 'descending'] as const).map((order) => {
          const factor = sign === 'opposite' ? -1n : 1n;
          const agree = steps.filter((step, at) => {
            const before = steps[at - 1];
            if (!before) return false;
            return order === 'ascending'
              ? before.balance + factor * step.minor === step.balance
              : step.balance + factor * before.minor === before.balance;
          }).length;
          return { order, sign, agree };
        }),
  );
  const best = readings.reduce((a, b) => (b.agree > a.agree ? b : a));
  const pairs = steps.length - 1;
  if (pairs < 1 || best.agree < pairs * ENOUGH) return none;
  const equal = readings.filter(({ agree }) => agree === best.agree);
  // two rows that fit both signs prove nothing about them
  if (equal.some(({ sign }) => sign !== best.sign) && pairs < 3)
    return { order: best.order, sign: none.sign };
  return { order: best.order, sign: best.sign };
}

/** Opening balance before the first step of the proven order. */
export function balanceBefore(row: RawRecord | null, rules: MoneyRules, currency: string): bigint | null {
  const step = row && stepOf(row, rules, currency);
  return step ? step.balance - step.minor : null;
}

/** Follows the running balance over all rows and says where it breaks. */
export class BalanceChain {
  private before: Step | null = null;
  private readonly order: BalanceProof['order'];
  breaks = 0;
  /** Balance after the newest row so far. */
  closing: bigint | null = null;

  constructor(order: BalanceProof['order']) {
    this.order = order;
  }

  /** True when the row does not follow from the one before it. */
  next(minor: bigint, balance: bigint | null): boolean {
    if (this.order === null || balance === null) return false;
    const { before } = this;
    const follows =
      before === null ||
      (this.order === 'ascending'
        ? before.balance + minor === balance
        : balance + before.minor === before.balance);
    if (this.order === 'ascending' || before === null) this.closing = balance;
    this.before = { minor, balance };
    if (!follows) this.breaks++;
    return !follows;
  }
}

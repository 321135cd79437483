/** What the certain matches of a run tell about the others: who pays from which account and under which name. */

export type LearnedPayers = {
  readonly learn: (payer: string, account: string | null, customerId: number) => void;
  readonly timesNamed: (payer: string, customerId: number) => number;
  readonly timesPaidFrom: (account: string, customerId: number) => number;
  /** Certain matches of other customers from this account. */
  readonly othersPaidFrom: (account: string, customerId: number) => number;
  readonly customersOf: (payer: string, account: string | null) => readonly number[];
};

type Counts = Map<string, Map<number, number>>;

function count(counts: Counts, key: string, customerId: number): void {
  const held = counts.get(key) ?? new Map<number, number>();
  held.set(customerId, (held.get(customerId) ?? 0) + 1);
  counts.set(key, held);
}

export function createLearnedPayers(): LearnedPayers {
  const names: Counts = new Map();
  const accounts: Counts = new Map();
  return {
    learn(payer, account, customerId) {
      if (payer !== '') count(names, payer, customerId);
      if (account !== null) count(accounts, account, customerId);
    },
    timesNamed: (payer, customerId) => names.get(payer)?.get(customerId) ?? 0,
    timesPaidFrom: (account, customerId) => accounts.get(account)?.get(customerId) ?? 0,
    othersPaidFrom(account, customerId) {
      let others = 0;
      for (const [id, times] of accounts.get(account) ?? []) if (id !== customerId) others += times;
      return others;
    },
    customersOf: (payer, account) => [
      ...new Set([
        ...(names.get(payer)?.keys() ?? []),
        ...(account === null ? [] : (accounts.get(account)?.keys() ?? [])),
      ]),
    ],
  };
}

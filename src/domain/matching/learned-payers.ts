/** What the certain matches of a run tell about the others: who pays from which account and under which name. */

export type LearnedPayers = {
  /** Gives the name and the account, as far as they were not known as this customer's before. */
  readonly learn: (payer: string, account: string | null, customerId: number) => string[];
  readonly timesNamed: (payer: string, customerId: number) => number;
  readonly timesPaidFrom: (account: string, customerId: number) => number;
  /** Certain matches of other customers from this account. */
  readonly othersPaidFrom: (account: string, customerId: number) => number;
  readonly customersOf: (payer: string, account: string | null) => readonly number[];
};

type Counts = Map<string, Map<number, number>>;

/** True when it is the first. */
function count(counts: Counts, key: string, customerId: number): boolean {
  const held = counts.get(key) ?? new Map<number, number>();
  const before = held.get(customerId) ?? 0;
  held.set(customerId, before + 1);
  counts.set(key, held);
  return before === 0;
}

export function createLearnedPayers(): LearnedPayers {
  const names: Counts = new Map();
  const accounts: Counts = new Map();
  return {
    learn(payer, account, customerId) {
      return [
        ...(payer !== '' && count(names, payer, customerId) ? [payer] : []),
        ...(account !== null && count(accounts, account, customerId) ? [account] : []),
      ];
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

/** Customers by what a payer may be called or may pay from, and by family. */
import { baseName, foldName } from '../customer.ts';
import { accountKey } from './lookup-keys.ts';
import type { MatchCustomer } from './shapes.ts';

const MOST_OF_A_NAME = 12;
const MOST_OF_A_WORD = 30;
const MOST_FAMILY = 60;

export type CustomerIndex = {
  readonly byId: ReadonlyMap<number, MatchCustomer>;
  /** By folded name, alias or remembered name; several customers may share one. */
  readonly named: (folded: string) => readonly MatchCustomer[];
  /** Those that share a rare word with the folded name, or begin as it does. */
  readonly alike: (folded: string) => readonly MatchCustomer[];
  readonly paidFrom: (account: string) => readonly MatchCustomer[];
  /** The customer itself, its parent, its children and its siblings; capped. */
  readonly family: (id: number) => readonly MatchCustomer[];
};

const put = <Key>(map: Map<Key, MatchCustomer[]>, key: Key, customer: MatchCustomer): void => {
  const held = map.get(key);
  if (held === undefined) map.set(key, [customer]);
  else if (held.at(-1) !== customer) held.push(customer);
};

/** Initials of a name of two words or more, legal forms left out ("Blue Horizon Travel Ltd" is "bht"). */
export const initialsOf = (base: string): string => {
  const words = base.split(' ');
  return words.length < 2 ? '' : words.map((word) => word[0]).join('');
};

type NameMaps = {
  readonly names: Map<string, MatchCustomer[]>;
  readonly words: Map<string, MatchCustomer[]>;
  readonly initials: Map<string, MatchCustomer[]>;
};

function nameMaps(customers: readonly MatchCustomer[]): NameMaps {
  const maps: NameMaps = { names: new Map(), words: new Map(), initials: new Map() };
  for (const customer of customers) {
    const base = baseName(customer.name);
    put(maps.names, base, customer);
    put(maps.names, foldName(customer.name), customer);
    for (const alias of customer.aliases) put(maps.names, alias, customer);
    for (const { kind, key } of customer.memory) if (kind === 'name') put(maps.names, key, customer);
    for (const word of base.split(' ')) if (word.length >= 4) put(maps.words, word, customer);
    const initials = initialsOf(base);
    if (initials.length >= 2) put(maps.initials, initials, customer);
  }
  return maps;
}

const upTo = (found: readonly MatchCustomer[] | undefined, most: number): readonly MatchCustomer[] =>
  found === undefined || found.length > most ? [] : found;

function alikeIn({ words, initials }: NameMaps, folded: string): MatchCustomer[] {
  const parts = folded.split(' ').slice(0, 12);
  const found = new Set<MatchCustomer>();
  for (const part of parts) {
    for (const each of upTo(words.get(part), MOST_OF_A_WORD)) found.add(each);
    if (part.length <= 5) for (const each of upTo(initials.get(part), MOST_OF_A_NAME)) found.add(each);
  }
  const short = parts.filter((part) => part.length === 1).join('');
  if (short.length >= 2) for (const each of upTo(initials.get(short), MOST_OF_A_NAME)) found.add(each);
  return [...found];
}

/** The maps of names are made when the first name is asked for. */
export function createCustomerIndex(customers: readonly MatchCustomer[]): CustomerIndex {
  const byId = new Map<number, MatchCustomer>();
  const accounts = new Map<string, MatchCustomer[]>();
  const children = new Map<number, MatchCustomer[]>();
  for (const customer of [...customers].sort((a, b) => a.id - b.id)) {
    if (byId.has(customer.id)) continue;
    byId.set(customer.id, customer);
    if (customer.parentId !== null) put(children, customer.parentId, customer);
    for (const { kind, key } of customer.memory)
      if (kind === 'account') put(accounts, accountKey(key), customer);
  }
  let maps: NameMaps | null = null;
  const names = (): NameMaps => {
    maps ??= nameMaps([...byId.values()]);
    return maps;
  };
  return {
    byId,
    named: (folded) => upTo(names().names.get(folded), MOST_OF_A_NAME),
    alike: (folded) => alikeIn(names(), folded),
    paidFrom: (account) => upTo(accounts.get(account), MOST_OF_A_NAME),
    family(id) {
      const own = byId.get(id);
      if (!own) return [];
      const head = own.parentId ?? own.id;
      const others = [byId.get(head), ...(children.get(head) ?? []), ...(children.get(own.id) ?? [])];
      const all = new Set([own, ...others.filter((each) => each !== undefined)]);
      return [...all].slice(0, MOST_FAMILY);
    },
  };
}

/** Customers by what a payer may be called or may pay from, and by family. */
import { baseName, foldName } from '../customer.ts';
import { createHashIndex, type HashIndex, hashText } from './hash-index.ts';
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
  /** By customer number (`codeKey`), when it is one customer's only. */
  readonly coded: (key: string) => readonly MatchCustomer[];
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

const upTo = (found: readonly MatchCustomer[] | undefined, most: number): readonly MatchCustomer[] =>
  found === undefined || found.length > most ? [] : found;

/** Letters and digits of a code, capitals; codes of fewer than four are too common to tell anything. */
export const codeKey = (code: string): string => {
  const key = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return key.length >= 4 && /\d/.test(key) ? key : '';
};

type Names = Pick<CustomerIndex, 'named' | 'alike'>;

const isNamed = (customer: MatchCustomer, folded: string): boolean =>
  customer.aliases.includes(folded) ||
  customer.memory.some(({ kind, key }) => kind === 'name' && key === folded) ||
  foldName(customer.name) === folded ||
  baseName(customer.name) === folded;

/** Names, words and initials by hash: for a hundred thousand customers a list for each would be too many. */
function createNames(customers: readonly MatchCustomer[]): Names {
  const names = createHashIndex(customers.length * 2);
  const words = createHashIndex(customers.length * 2);
  const initials = createHashIndex(customers.length);
  customers.forEach((customer, at) => {
    const folded = foldName(customer.name);
    const base = baseName(folded);
    const memory = customer.memory.filter(({ kind }) => kind === 'name').map(({ key }) => key);
    const all = [base, folded, ...customer.aliases, ...memory];
    all.forEach((name, place) => {
      if (all.indexOf(name) === place) names.add(hashText(name), at);
    });
    for (const word of base.split(' ')) if (word.length >= 4) words.add(hashText(word), at);
    const short = initialsOf(base);
    if (short.length >= 2) initials.add(hashText(short), at);
  });
  const found = (index: HashIndex, text: string, most: number): MatchCustomer[] =>
    [...new Set(index.find(hashText(text), most) ?? [])].sort((a, b) => a - b).map((at) => customers[at]!);
  return {
    named: (folded) => found(names, folded, MOST_OF_A_NAME).filter((customer) => isNamed(customer, folded)),
    alike(folded) {
      const parts = folded.split(' ').slice(0, 12);
      const single = parts.filter((part) => part.length === 1).join('');
      const shorts = [...parts.filter((part) => part.length >= 2 && part.length <= 5), single];
      return [
        ...new Set([
          ...parts.flatMap((part) => (part.length >= 4 ? found(words, part, MOST_OF_A_WORD) : [])),
          ...shorts.flatMap((short) => (short.length >= 2 ? found(initials, short, MOST_OF_A_NAME) : [])),
        ]),
      ];
    },
  };
}

/** Names are indexed when the first name is asked for. */
export function createCustomerIndex(customers: readonly MatchCustomer[]): CustomerIndex {
  const byId = new Map<number, MatchCustomer>();
  const accounts = new Map<string, MatchCustomer[]>();
  const codes = new Map<string, MatchCustomer[]>();
  const children = new Map<number, MatchCustomer[]>();
  for (const customer of [...customers].sort((a, b) => a.id - b.id)) {
    if (byId.has(customer.id)) continue;
    byId.set(customer.id, customer);
    const code = codeKey(customer.code);
    if (code !== '') put(codes, code, customer);
    if (customer.parentId !== null) put(children, customer.parentId, customer);
    for (const { kind, key } of customer.memory)
      if (kind === 'account') put(accounts, accountKey(key), customer);
  }
  let made: Names | null = null;
  const names = (): Names => {
    made ??= createNames([...byId.values()]);
    return made;
  };
  return {
    byId,
    named: (folded) => names().named(folded),
    alike: (folded) => names().alike(folded),
    coded: (key) => upTo(codes.get(key), 1),
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

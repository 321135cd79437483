/**
 * Whose money it could be, for a person who asks: everything that points at a customer, the strongest first. It decides
 * nothing; matching weighs the same facts against each other.
 */
import { lookupKeys } from '../matching/lookup-keys.ts';
import { nameFit } from '../matching/payer-name.ts';
import { createPoolIndex, type PoolIndex } from '../matching/pool-index.ts';
import type {
  MatchCustomer,
  MatchInvoice,
  MatchPayment,
  MatchPool,
  MatchSettings,
} from '../matching/shapes.ts';
import { formatAmount, toDecimal } from '../money.ts';

export type PayerGuess = {
  readonly customer: MatchCustomer;
  readonly why: readonly string[];
  /** Invoices that the amount or the text points at; else what is open, oldest due first. */
  readonly invoices: readonly MatchInvoice[];
  readonly score: number;
};

type Sign = { readonly weight: number; readonly why: string; readonly invoices?: readonly MatchInvoice[] };

const MOST_INVOICES = 5;
const MOST_GUESSES = 5;
const NAME_WEIGHT = {
  same: 6,
  known: 6,
  close: 5,
  part: 4,
  word: 2.5,
  short: 2.5,
  hint: 1,
  other: 0,
} as const;
const NAME_WORDS = {
  same: 'the name is theirs',
  known: 'it is one of their known names',
  close: 'the name is nearly theirs',
  part: 'the name is a part of theirs',
  word: 'the name shares a word with theirs',
  short: 'the name may be short for theirs',
  hint: 'the name could be short for theirs',
  other: '',
} as const;

const money = (minor: bigint, currency: string): string => formatAmount(toDecimal(minor, currency), currency);

function byPayer(
  payment: MatchPayment,
  customer: MatchCustomer,
  names: readonly string[],
  accounts: readonly string[],
): Sign[] {
  const fit = names.length === 0 ? 'other' : nameFit(names, customer);
  const known = customer.memory.find(({ kind, key }) => kind === 'account' && accounts.includes(key));
  return [
    ...(payment.customerId === customer.id ? [{ weight: 9, why: 'the ledger says so' }] : []),
    ...(known ? [{ weight: 8, why: `they paid from this account before (${known.times} confirmed)` }] : []),
    ...(NAME_WEIGHT[fit] > 0 ? [{ weight: NAME_WEIGHT[fit], why: NAME_WORDS[fit] }] : []),
  ];
}

/** An amount that many customers owe tells little of any of them. */
function byAmount(
  payment: MatchPayment,
  customer: MatchCustomer,
  index: PoolIndex,
  amounts: readonly bigint[],
): Sign[] {
  const { currency, amountMinor } = payment;
  if (amountMinor <= 0n) return [];
  const open = index.openOf(customer.id).filter((each) => each.currency === currency);
  const exact = open.filter((each) => each.openMinor === amountMinor);
  const owing = new Set(index.ofAmount(currency, amountMinor).map((each) => each.customerId)).size;
  if (exact.length > 0)
    return [
      {
        weight: 5 / Math.max(owing, 1),
        why: `${exact.length === 1 ? 'an invoice is' : `${exact.length} invoices are`} open over exactly ${money(amountMinor, currency)}${owing > 1 ? `, as ${owing - 1} other customers have` : ''}`,
        invoices: exact,
      },
    ];
  const total = open.reduce((sum, each) => sum + each.openMinor, 0n);
  if (open.length > 1 && total === amountMinor)
    return [{ weight: 5, why: `it is all they owe, ${open.length} invoices together`, invoices: open }];
  const near = open.filter((each) => amounts.includes(each.openMinor));
  return near.length > 0
    ? [
        {
          weight: 2,
          why: `a fee, discount or tax would explain it: ${near[0]!.number} has ${money(near[0]!.openMinor, currency)} open`,
          invoices: near,
        },
      ]
    : [];
}

function byWords(
  customer: MatchCustomer,
  index: PoolIndex,
  numbers: readonly string[],
  payment: MatchPayment,
): Sign[] {
  const named = [
    ...new Set(
      numbers
        .filter((key) => key.length >= 3)
        .flatMap((key) => index.numbered(key))
        .filter((each) => each.customerId === customer.id && each.currency === payment.currency),
    ),
  ];
  const promise = index
    .promisesOf(customer.id)
    .find((each) => each.currency === payment.currency && each.amountMinor === payment.amountMinor);
  return [
    ...(named.length > 0
      ? [{ weight: 6, why: `the text names ${named.map((each) => each.number).join(', ')}`, invoices: named }]
      : []),
    ...(promise ? [{ weight: 4, why: `they promised exactly that by ${promise.payOn}` }] : []),
  ];
}

/** At most five, those that nothing points at left out. `payment.amountMinor` of 0: the amount is not known. */
export function guessPayers(payment: MatchPayment, pool: MatchPool, settings: MatchSettings): PayerGuess[] {
  const index = createPoolIndex(pool);
  const keys = lookupKeys(payment, settings);
  return pool.customers
    .flatMap((customer): PayerGuess[] => {
      const signs = [
        ...byPayer(payment, customer, keys.names, keys.accounts),
        ...byWords(customer, index, keys.numbers, payment),
        ...byAmount(payment, customer, index, keys.amounts),
      ];
      const score = signs.reduce((sum, { weight }) => sum + weight, 0);
      if (score < 1) return [];
      const pointed = [...new Set(signs.flatMap(({ invoices = [] }) => invoices))];
      const invoices = (pointed.length > 0 ? pointed : index.openOf(customer.id)).slice(0, MOST_INVOICES);
      return [{ customer, why: signs.map(({ why }) => why), invoices, score }];
    })
    .sort((a, b) => b.score - a.score || a.customer.id - b.customer.id)
    .slice(0, MOST_GUESSES);
}

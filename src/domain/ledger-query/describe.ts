/** The filter of a question in words, everything that was applied and nothing else. */
import type { Dataset } from './question.ts';
import type { SettledFilters, SettledQuestion } from './settle.ts';
import type { ResolvedWindow } from './window.ts';

/** What the words need beside the question. */
export type Described = {
  /** Names of the customers in the filter. */
  customers: readonly string[];
  /** Set when the asking user sees only the accounts of this owner (P-10). */
  ownAccountsOf: string | null;
};

const or = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
const and = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const STATUS_WORDS: Readonly<Record<string, string>> = {
  not_due: 'not yet due',
  partly_kept: 'partly kept',
  unapplied: 'not fully applied',
  partly_applied: 'partly applied',
  applied: 'fully applied',
};

const NOUNS: Readonly<Record<Dataset, string>> = {
  customers: 'customers',
  invoices: 'invoices',
  credits: 'credits',
  payments: 'payments',
  applications: 'applied amounts',
  promises: 'promises to pay',
  disputes: 'disputes',
  timeline: 'timeline events',
};

function subject({ dataset, filters }: SettledQuestion): string {
  const noun = NOUNS[dataset];
  if (filters.status) {
    // what is partly applied is not fully applied either
    const said = filters.status.filter(
      (each) => each !== 'partly_applied' || !filters.status?.includes('unapplied'),
    );
    return `${or(said.map((each) => STATUS_WORDS[each] ?? each))} ${noun}`;
  }
  if (dataset === 'invoices' && filters.daysOverdue) return `open ${noun}`;
  return dataset === 'invoices' ? `${noun} (void ones left out)` : noun;
}

const window = ({ from, to }: ResolvedWindow): string => {
  if (from !== undefined && to !== undefined) return from === to ? `on ${from}` : `from ${from} to ${to}`;
  if (from !== undefined) return `from ${from} on`;
  return to === undefined ? 'on any day' : `until ${to}`;
};

type Range = { min?: string | number | undefined; max?: string | number | undefined };
const range = ({ min, max }: Range, unit = ''): string => {
  if (min !== undefined && max !== undefined)
    return min === max ? `exactly ${min}${unit}` : `${min} to ${max}${unit}`;
  return min !== undefined ? `at least ${min}${unit}` : `at most ${max}${unit}`;
};

/** "more than 60 days overdue" reads better than "at least 61". */
const days = ({ min, max }: { min?: number | undefined; max?: number | undefined }, what: string): string => {
  if (min !== undefined && min > 0 && max === undefined)
    return `more than ${min - 1} ${min === 2 ? 'day' : 'days'} ${what}`;
  return `${range({ min, max }, ' days')} ${what}`;
};

const DAY_WORDS: Partial<Record<Dataset, Partial<Record<'issued' | 'due' | 'paid', string>>>> = {
  invoices: { paid: 'fully paid' },
  applications: { paid: 'applied' },
  promises: { issued: 'made' },
  disputes: { issued: 'opened', due: 'to be answered' },
  timeline: { issued: 'that happened' },
};

function accountWords(filters: SettledFilters, { customers }: Described): (string | false)[] {
  const { customer, owner, segment, region, country } = filters;
  const its = customers.length > 1 ? 'their' : 'its';
  return [
    customer !== undefined &&
      `${customer.except ? 'leaving out ' : 'of '}${and(customers)}${customer.withChildren ? ` and ${its} subsidiaries` : ''}`,
    owner !== undefined && `of accounts owned by ${or(owner)}`,
    segment !== undefined && `in the segment ${or(segment)}`,
    region !== undefined && `in the region ${or(region)}`,
    country !== undefined && `in the country ${or(country)}`,
  ];
}

function documentWords(filters: SettledFilters, dataset: Dataset): (string | false)[] {
  const { currency, number, amount, open, issued, due, paid, received, daysOverdue, ageDays } = filters;
  const word = DAY_WORDS[dataset] ?? {};
  const left =
    dataset === 'promises'
      ? 'missing'
      : dataset === 'payments' || dataset === 'credits'
        ? 'not applied'
        : 'open';
  return [
    number !== undefined && `numbered ${or(number)}`,
    currency !== undefined && `in ${or(currency)}`,
    amount !== undefined && `with an amount of ${range(amount)}`,
    open !== undefined && `with ${range(open)} ${left}`,
    issued !== undefined && `${word.issued ?? 'issued'} ${window(issued)}`,
    due !== undefined && `${word.due ?? 'due'} ${window(due)}`,
    paid !== undefined && `${word.paid ?? 'paid'} ${window(paid)}`,
    received !== undefined && `received ${window(received)}`,
    daysOverdue !== undefined && days(daysOverdue, 'overdue'),
    ageDays !== undefined && days(ageDays, 'old'),
  ];
}

function chaseWords(lastChased: NonNullable<SettledFilters['lastChased']>): string {
  if (lastChased === 'never') return 'never chased';
  return 'notSince' in lastChased
    ? `not chased since ${lastChased.notSince} (or never)`
    : `last chased ${window(lastChased)}`;
}

function standingWords(filters: SettledFilters, one: boolean): (string | false)[] {
  const { lastChased, chasedTimes, replied, disputed, promised, onHold, firstTimeLate, kind } = filters;
  const which = (yes: boolean | undefined, positive: string, negative: string): string | false =>
    yes !== undefined && (yes ? positive : negative);
  const whose = one ? '' : 'of customers ';
  return [
    lastChased !== undefined && chaseWords(lastChased),
    chasedTimes !== undefined && `chased ${range(chasedTimes, ' times')} since the last reply or payment`,
    which(
      replied,
      `${whose}that answered the last chase`,
      `${whose}that were chased and have not answered since`,
    ),
    which(disputed, 'with an open dispute', 'disputed ones left out'),
    which(promised, 'with an open promise', 'those with an open promise left out'),
    which(onHold, 'on hold', 'those on hold left out'),
    which(firstTimeLate, `${whose}late for the first time`, `${whose}not late for the first time`),
    kind !== undefined && `of the kind ${or(kind)}`,
  ];
}

/** E.g. "open invoices, of Acme Corp and its subsidiaries, in EUR, more than 60 days overdue; as of 2026-11-24". */
export function describeQuestion(question: SettledQuestion, described: Described): string {
  const { filters, dataset, asOf, past } = question;
  const [first, ...account] = accountWords(filters, described).filter((each) => each !== false);
  const head =
    filters.customer && !filters.customer.except && first
      ? [`${subject(question)} ${first}`]
      : [subject(question), ...(first ? [first] : [])];
  const parts = [
    ...head,
    ...account,
    ...documentWords(filters, dataset),
    ...standingWords(filters, dataset === 'customers'),
    described.ownAccountsOf !== null && `accounts of ${described.ownAccountsOf} only`,
  ].filter((each) => each !== false);
  return `${parts.join(', ')}; as of ${asOf}${past ? ', as the books stood that day' : ''}`;
}

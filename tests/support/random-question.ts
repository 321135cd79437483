/** Random questions that make sense for their dataset. */
import fc from 'fast-check';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { abilities, eventKinds } from '../../src/domain/ledger-query/abilities.ts';
import {
  type Dataset,
  datasets,
  type Filters,
  type LedgerQuestionInput,
} from '../../src/domain/ledger-query/question.ts';
import type { DayWindow } from '../../src/domain/ledger-query/window.ts';
import { COUNTRIES, CURRENCIES, OWNERS, SEGMENTS, SPECIAL_DAYS } from './random-ledger.ts';

const units = fc.constantFrom('day', 'week', 'month', 'quarter', 'year' as const);
const some = <T>(values: readonly T[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: Math.min(most, values.length) });

const range = (from: number, to: number) =>
  fc
    .tuple(
      fc.integer({ min: from, max: to }),
      fc.integer({ min: from, max: to }),
      fc.constantFrom('min', 'max', 'both'),
    )
    .map(([a, b, ends]) => ({
      ...(ends !== 'max' && { min: Math.min(a, b) }),
      ...(ends !== 'min' && { max: Math.max(a, b) }),
    }));

const decimals = fc.constantFrom(
  '0',
  '0.5',
  '0.505',
  '1',
  '9.999',
  '10',
  '87.65',
  '500',
  '1234.5',
  '5000',
  '9999.0001',
);
const moneyRange = fc.tuple(decimals, decimals, fc.constantFrom('min', 'max', 'both')).map(([a, b, ends]) => {
  const [low, high] = Number(a) <= Number(b) ? [a, b] : [b, a];
  return { ...(ends !== 'max' && { min: low }), ...(ends !== 'min' && { max: high }) };
});

const windowOf = (today: Day): fc.Arbitrary<DayWindow> =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -150, max: 40 }), fc.nat({ max: 120 }), fc.constantFrom('from', 'to', 'both'))
      .map(([start, length, ends]) => ({
        ...(ends !== 'to' && { from: addDays(today, start) }),
        ...(ends !== 'from' && { to: addDays(today, start + length) }),
      })),
    fc.record({ calendar: units, offset: fc.integer({ min: -3, max: 1 }) }) as fc.Arbitrary<DayWindow>,
    fc.record({ last: fc.integer({ min: 1, max: 90 }), unit: fc.constant('day' as const) }),
    fc.record({ next: fc.integer({ min: 1, max: 6 }), unit: fc.constant('week' as const) }),
  );

const numbers = fc.array(
  fc
    .tuple(fc.constantFrom('INV-', 'inv-', 'PAY-', 'cr-', 'CR-'), fc.integer({ min: 1, max: 370 }))
    .map(([a, b]) => a + b),
  { minLength: 1, maxLength: 40 },
);

const valuesOf = (dataset: Dataset, today: Day): Record<keyof Filters, fc.Arbitrary<unknown>> => ({
  customer: fc.record({
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
    withChildren: fc.boolean(),
    except: fc.option(fc.boolean(), { nil: undefined }),
  }),
  number: numbers,
  status: abilities[dataset].statuses.length > 0 ? some(abilities[dataset].statuses) : fc.constant(undefined),
  currency: some(CURRENCIES),
  amount: moneyRange,
  open: moneyRange,
  issued: windowOf(today),
  due: windowOf(today),
  paid: windowOf(today),
  received: windowOf(today),
  daysOverdue: range(-30, 120),
  ageDays: range(0, 150),
  owner: some(OWNERS, 2),
  segment: some([...SEGMENTS, 'ENTERPRISE', 'smb'], 2),
  region: some(['AMER', 'EMEA', 'APAC'], 2),
  country: some(COUNTRIES, 2),
  lastChased: fc.oneof(
    fc.constant('never'),
    windowOf(today),
    fc.integer({ min: 0, max: 90 }).map((days) => ({ notSince: addDays(today, -days) })),
  ),
  chasedTimes: range(0, 4),
  replied: fc.boolean(),
  disputed: fc.boolean(),
  promised: fc.boolean(),
  onHold: fc.boolean(),
  firstTimeLate: fc.boolean(),
  kind: some(eventKinds.filter((each) => ['chased', 'replied', 'paid', 'note'].includes(each))),
});

const isClosed = (status: unknown): boolean =>
  Array.isArray(status) && status.some((each) => each === 'paid' || each === 'void');

/** Takes away what the rules refuse, so that what is left must be answered. */
function sensible(question: LedgerQuestionInput): LedgerQuestionInput {
  const filters = { ...question.filters };
  const groupBy = [...(question.groupBy ?? [])];
  const week = groupBy.includes('week');
  const kept = groupBy.filter((each) => !(each === 'month' && week));
  if (isClosed(filters.status)) delete filters.daysOverdue;
  const groups = isClosed(filters.status) ? kept.filter((each) => each !== 'aging_bucket') : kept;
  return { ...question, filters, groupBy: groups };
}

function ordersFor(dataset: Dataset, question: LedgerQuestionInput) {
  const groups = question.groupBy ?? [];
  const grouped = groups.length > 0 || (question.measures ?? []).length > 0;
  const periodic = groups.some((each) => each === 'week' || each === 'month');
  const orders = grouped ? abilities[dataset].groupOrders : abilities[dataset].rowOrders;
  return orders.filter(
    (each) =>
      (each !== 'period' || periodic) &&
      (each !== 'name' || !grouped || groups.some((group) => group !== 'week' && group !== 'month')),
  );
}

const compareFields = (dataset: Dataset) =>
  (['issued', 'due', 'paid', 'received'] as const).filter((each) =>
    abilities[dataset].filters.includes(each),
  );

function comparisonOf(dataset: Dataset, today: Day, asOf: Day) {
  const earlier = fc.integer({ min: 1, max: 90 }).map((days) => ({ asOf: addDays(asOf, -days) }));
  const fields = compareFields(dataset);
  if (fields.length === 0) return earlier;
  return fc.oneof(earlier, fc.record({ field: fc.constantFrom(...fields), window: windowOf(today) }));
}

const questionOf = (dataset: Dataset, today: Day): fc.Arbitrary<LedgerQuestionInput> => {
  const ability = abilities[dataset];
  const values = valuesOf(dataset, today);
  const names = ability.filters.filter((name) => name !== 'status' || ability.statuses.length > 0);
  // the filters with most rules behind them come up more often
  const rich = names.filter((name) =>
    /^(status|disputed|promised|onHold|firstTimeLate|replied|chasedTimes)$/.test(name),
  );
  const filters = fc
    .uniqueArray(fc.constantFrom(...names, ...rich, ...rich), { maxLength: 3 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, values[name]]))));
  const buckets = ability.groupings.filter((each) => each === 'aging_bucket');
  const shape = fc.oneof(
    { weight: 1, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.record({
        measures: fc.uniqueArray(fc.constantFrom(...ability.measures), { maxLength: 4 }),
        groupBy: fc.uniqueArray(fc.constantFrom(...ability.groupings, ...buckets, ...buckets), {
          maxLength: 3,
        }),
      }),
    },
  );
  const asOf = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom(...SPECIAL_DAYS).map((days) => addDays(today, -days)) },
    { weight: 1, arbitrary: fc.integer({ min: -120, max: 20 }).map((days) => addDays(today, days)) },
  );
  return fc
    .tuple(
      filters,
      shape,
      asOf,
      fc.option(fc.integer({ min: 1, max: 12 })),
      fc.constantFrom('asc', 'desc' as const),
    )
    .chain(([chosen, shaped, day, limit, direction]) => {
      const question = sensible({ dataset, filters: chosen as Filters, ...shaped });
      const orders = ordersFor(dataset, question);
      const order = orders.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...orders));
      const compare = fc.option(comparisonOf(dataset, today, day ?? today), { freq: 1 });
      return fc.tuple(order, compare).map(
        ([by, compareWith]): LedgerQuestionInput => ({
          ...question,
          ...(by && { order: { by, direction: direction as 'asc' | 'desc' } }),
          ...(limit !== null && { limit }),
          ...(day !== undefined && { asOf: day }),
          ...(compareWith && { compareWith: compareWith as NonNullable<LedgerQuestionInput['compareWith']> }),
        }),
      );
    });
};

/** Questions over all datasets; each is taken by the checks and must be answered. */
export const randomQuestion = (today: Day): fc.Arbitrary<LedgerQuestionInput> =>
  fc
    .constantFrom(...datasets, 'invoices' as const, 'invoices' as const)
    .chain((dataset) => questionOf(dataset, today));

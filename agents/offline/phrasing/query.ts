/** The answer to a ledger question, from its result alone. Long lists are shown beside it as a table. */
import type { GroupRow, LedgerResult, LedgerRow } from '../../../src/domain/ledger-query/result.ts';
import type { Slots } from '../slots.ts';
import { capital, counted, days, lines, listed, money, paragraphs, plural, sentence } from './words.ts';

const NAMED = 5;
const nouns: Readonly<Record<string, string>> = {
  customers: 'customer',
  invoices: 'invoice',
  credits: 'credit',
  payments: 'payment',
  applications: 'application',
  promises: 'promise',
  disputes: 'dispute',
  timeline: 'event',
};

const stateOf = ({ question }: LedgerResult): string => {
  const status = question.filters.status ?? [];
  if (status.length !== 1) return status.includes('unapplied') ? 'unapplied ' : '';
  return status[0] === 'not_due' ? 'not yet due ' : `${status[0]!.replace('_', ' ')} `;
};

const nounOf = (result: LedgerResult): string => `${stateOf(result)}${nouns[result.question.dataset]}`;

/** Which of the two amounts the question was about. */
const usesAmount = ({ question }: LedgerResult): boolean => {
  if (question.measures.length > 0) return question.measures.some((each) => each.endsWith('_amount'));
  const { status } = question.filters;
  if (question.dataset === 'promises' || question.dataset === 'disputes') return true;
  if (question.dataset === 'invoices')
    return status?.includes('paid') === true || question.order?.by === 'amount';
  return question.dataset === 'payments' || question.dataset === 'credits'
    ? !status?.includes('unapplied')
    : false;
};

export const totalsText = (result: LedgerResult, totals = result.totals): string => {
  const noun = nouns[result.question.dataset]!;
  const amount = usesAmount(result);
  return listed(
    totals.map(
      (each) => `${money(amount ? each.amount : each.open, each.currency)} on ${counted(each.count, noun)}`,
    ),
  );
};

function rowText(row: LedgerRow, result: LedgerResult): string {
  const { dataset } = result.question;
  const amount = usesAmount(result) ? row.amount : (row.open ?? row.amount);
  const parts = [
    dataset === 'customers' ? null : row.number,
    row.customer?.name ?? row.payer,
    row.currency && amount !== undefined ? money(amount, row.currency) : null,
    dataset === 'disputes' && row.invoice ? `on ${row.invoice}` : null,
    dataset === 'disputes' && row.reason ? row.reason.replaceAll('_', ' ') : null,
    dataset === 'disputes' ? (row.owner ? `with ${row.owner}` : 'with nobody') : null,
    dataset === 'disputes' && row.ageDays !== undefined ? `${days(row.ageDays)} old` : null,
    dataset === 'promises' && row.dueOn ? `promised for ${row.dueOn}` : null,
    dataset === 'promises' && row.status ? row.status.replace('_', ' ') : null,
    dataset === 'promises' && row.open && row.currency && row.status !== 'kept'
      ? `${money(row.open, row.currency)} still missing`
      : null,
    dataset === 'invoices' && row.paidOn ? `paid ${row.paidOn}` : null,
    dataset === 'invoices' && !row.paidOn && row.dueOn ? `due ${row.dueOn}` : null,
    dataset === 'invoices' && row.daysOverdue !== undefined && row.daysOverdue > 0
      ? `${days(row.daysOverdue)} overdue`
      : null,
    dataset === 'payments' && row.receivedOn ? `received ${row.receivedOn}` : null,
    dataset === 'credits' && row.issuedOn ? `issued ${row.issuedOn}` : null,
    dataset === 'timeline' ? `${row.issuedOn ?? ''} ${row.kind ?? ''}: ${row.summary ?? ''}`.trim() : null,
    dataset === 'customers' && row.owner ? `owner ${row.owner}` : null,
  ];
  return parts.filter(Boolean).join(', ');
}

const keyOf = (group: GroupRow): string =>
  [
    group.customer?.name,
    group.parent === undefined ? undefined : (group.parent?.name ?? 'no parent'),
    group.owner === undefined ? undefined : (group.owner ?? 'no owner'),
    group.segment === undefined ? undefined : (group.segment ?? 'no segment'),
    group.region === undefined ? undefined : (group.region ?? 'no region'),
    group.agingBucket?.replace('_', ' '),
    group.period,
  ]
    .filter(Boolean)
    .join(', ') ||
  (group.currency ?? 'all');

const labels: Readonly<
  Record<string, (value: string | number, currency: string | undefined, noun: string) => string>
> = {
  count: (value, _, noun) => counted(Number(value), noun),
  share_of_open: (value) => `${value}%`,
  share_of_amount: (value) => `${value}%`,
  max_days_overdue: (value) => (Number(value) > 0 ? `up to ${days(value)} overdue` : 'nothing overdue'),
  max_age_days: (value) => `oldest ${days(value)} old`,
  oldest_due: (value) => `oldest due ${value}`,
  average_days_to_pay: (value) => `paid after ${days(value)} on average`,
  average_days_late: (value) => `${days(value)} late on average`,
  median_days_late: (value) => `${days(value)} late in the middle`,
};

function valuesText(values: GroupRow['values'], currency: string | undefined, noun: string): string {
  return Object.entries(values)
    .flatMap(([measure, value]) => {
      if (value === null || value === undefined) return [];
      const label = labels[measure];
      if (label) return [label(value, currency, noun)];
      return [
        `${measure.startsWith('average') ? 'average ' : measure.startsWith('median') ? 'median ' : ''}${currency ? money(String(value), currency) : value}`,
      ];
    })
    .join(', ');
}

/** The first few groups, the same number of each currency. */
function shownGroups(groups: readonly GroupRow[]): GroupRow[] {
  const currencies = new Set(groups.map((group) => group.currency));
  const each = currencies.size > 1 ? Math.max(2, Math.floor((NAMED + 1) / currencies.size)) : NAMED;
  const seen = new Map<string | undefined, number>();
  return groups.filter((group) => {
    const count = (seen.get(group.currency) ?? 0) + 1;
    seen.set(group.currency, count);
    return count <= each;
  });
}

function emptyText(result: LedgerResult, slots: Slots): string {
  const { status } = result.question.filters;
  const lead = slots.became
    ? 'Nothing went overdue then'
    : status?.length === 1 && status[0] === 'overdue'
      ? 'Nothing is overdue there'
      : `There are no ${plural(nounOf(result))} for that`;
  return `${lead} (${result.description}).`;
}

/** The description ends with the as-of day. */
const footer = (result: LedgerResult): string =>
  paragraphs(capital(sentence(result.description)), ...result.notes.map(sentence));

function compared(result: LedgerResult): string | null {
  if (!result.comparedTotals) return null;
  const before = result.comparedTotals.length > 0 ? totalsText(result, result.comparedTotals) : 'nothing';
  return sentence(`Compared with (${result.comparedDescription ?? 'the earlier day'}): ${before}`);
}

const customersCount = (result: LedgerResult): boolean => {
  const { groupBy, measures } = result.question;
  return (
    measures.length === 1 && measures[0] === 'count' && groupBy.length === 1 && groupBy[0] === 'customer'
  );
};

/** The aging buckets that a share was asked of, one line a currency. */
function bucketShares(result: LedgerResult, slots: Slots): string {
  const groups = result.groups ?? [];
  const { days: range, filters } = slots;
  const first: Readonly<Record<string, number>> = { '1-30': 1, '31-60': 31, '61-90': 61, '90+': 91 };
  const wanted = (bucket: string): boolean => {
    const from = first[bucket] ?? 0;
    if (range) return from >= (range.min ?? 1) && from <= (range.max ?? Number.POSITIVE_INFINITY);
    return filters.status?.includes('not_due') ? from === 0 : true;
  };
  const currencies = [...new Set(groups.map((group) => group.currency))];
  const text = currencies.map((currency) => {
    const own = groups.filter((group) => group.currency === currency && wanted(group.agingBucket ?? ''));
    const each = own.map((group) => `${keyOf(group)} ${valuesText(group.values, currency, 'invoice')}`);
    return `${currency}: ${each.length > 0 ? each.join('; ') : 'nothing'}`;
  });
  const late = !range && filters.status?.includes('overdue');
  return paragraphs(late && 'Overdue is every bucket but "not due":', lines(text));
}

function shareText(result: LedgerResult, slots: Slots): string | null {
  if (slots.ask !== 'share') return null;
  if (result.question.groupBy.join() === 'aging_bucket') return bucketShares(result, slots);
  const named = slots.customers ?? [];
  if (named.length > 0 && result.groups) {
    const found = result.groups.filter((group) => named.some((each) => each.id === group.customer?.id));
    if (found.length === 0) return sentence(`${listed(named.map((each) => each.name))}: no share to show`);
    return lines(
      found.map(
        (group) =>
          `${keyOf(group)}: ${valuesText(group.values, group.currency, 'invoice')} (${group.currency})`,
      ),
    );
  }
  const cut = result.totals.filter(
    (total) => total.shownShareOfOpen !== undefined && total.shownOpen !== undefined,
  );
  if (cut.length === 0) return null;
  return lines(
    cut.map(
      (total) =>
        `${total.shownShareOfOpen}% of ${stateOf(result)}${total.currency}: ${money(total.shownOpen!, total.currency)} of ${money(total.open, total.currency)}`,
    ),
  );
}

function groupsText(result: LedgerResult, slots: Slots): string {
  const groups = result.groups ?? [];
  const noun = nouns[result.question.dataset]!;
  if (customersCount(result) && !slots.groupBy?.includes('customer'))
    return sentence(`${counted(result.rowCount, 'customer')} with ${plural(nounOf(result))}`);
  const single = groups.length > 0 && result.question.groupBy.length === 0;
  if (single && result.question.measures[0]?.startsWith('sum_'))
    return capital(sentence(`${stateOf(result)}${totalsText(result)}`));
  if (single)
    return sentence(
      capital(groups.map((group) => valuesText(group.values, group.currency, nounOf(result))).join('; ')),
    );
  const share = shareText(result, slots);
  if (share !== null && (slots.customers?.length || result.question.groupBy.join() === 'aging_bucket'))
    return share;
  const shown = shownGroups(groups);
  const total =
    result.totals.length > 0 &&
    share === null &&
    result.question.measures.some((each) => each.startsWith('sum_'))
      ? sentence(capital(`in all ${totalsText(result)}`))
      : null;
  const heads = result.question.groupBy.length === 1 && result.question.groupBy[0] === 'currency';
  const named = lines(
    shown.map((group) => `${keyOf(group)}: ${valuesText(group.values, group.currency, noun)}`),
  );
  const rest = shown.length < groups.length && 'The rest is in the table.';
  // who is first was asked, so the names come before the sum
  if (result.question.limit && total) return paragraphs(named, total, rest);
  return paragraphs(share, heads ? null : total, named, rest);
}

function rowsText(result: LedgerResult, slots: Slots): string {
  const rows = result.rows ?? [];
  const noun = nounOf(result);
  const shown = rows.slice(0, NAMED).map((row) => rowText(row, result));
  const totals =
    result.totals.length > 0 &&
    result.question.dataset !== 'customers' &&
    result.question.dataset !== 'timeline'
      ? totalsText(result)
      : null;
  const head =
    result.rowCount === 1 && rows.length === 1
      ? `${capital(noun)}: ${shown[0]}`
      : totals
        ? `${counted(result.rowCount, noun)}: ${totals}`
        : counted(result.rowCount, noun);
  if (result.rowCount === 1 && rows.length === 1) return sentence(head);
  // the first few were asked for: they lead, and the sum of all says what they were picked from
  if (slots.limit !== undefined && rows.length < result.rowCount)
    return paragraphs(
      rows.length === 1 ? sentence(shown[0]!) : lines(shown),
      sentence(`Out of ${head}`),
      rows.length > shown.length && 'The rest is in the table.',
    );
  return paragraphs(sentence(head), lines(shown), rows.length > shown.length && 'The rest is in the table.');
}

/** The text of a query's answer: headline, a few named items, the filter in words and the as-of day. */
export function phraseQuery(result: LedgerResult, slots: Slots): string {
  if (result.rowCount === 0 && result.totals.every((total) => total.count === 0))
    return paragraphs(emptyText(result, slots), compared(result), ...result.notes.map(sentence));
  const body = result.groups
    ? groupsText(result, slots)
    : result.rows
      ? rowsText(result, slots)
      : sentence(totalsText(result));
  return paragraphs(body, compared(result), footer(result));
}

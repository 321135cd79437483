/** How the answer is arranged: grouped by, sorted by, biggest or oldest first. */
import type { groupings, orderKeys } from '../../../src/domain/ledger-query/question.ts';
import type { Scanner } from '../text/scanner.ts';
import type { Draft } from './context.ts';

type Grouping = (typeof groupings)[number];
type OrderKey = (typeof orderKeys)[number];

const groupWords: readonly [RegExp, Grouping][] = [
  [/customer(?: name)?|debtor|payer|who|name/, 'customer'],
  [/(?:parent|group|parent (?:customer|group|company)|customer group|corporate group|family)/, 'parent'],
  [/currency/, 'currency'],
  [/(?:aging )?bucket|aging(?: bucket)?|age bucket|age band/, 'aging_bucket'],
  [
    /(?:(?:account|customer|sale|sales) )?(?:owner|manager|rep|exec|executive)|salesperson|salesman|collector|person|who owns (?:it|them)/,
    'owner',
  ],
  [/(?:customer |market )?segment/, 'segment'],
  [/(?:sales )?region/, 'region'],
  [/(?:calendar )?week/, 'week'],
  [/(?:calendar )?month/, 'month'],
];
const anyGroup = `(?:${groupWords.map(([word]) => word.source).join('|')})`;

function takeGroups(scan: Scanner, { slots }: Draft): void {
  const add = (words: string): boolean => {
    const found = groupWords.find(([word]) => new RegExp(`^(?:${word.source})$`).test(words));
    if (!found) return false;
    if (!slots.groupBy?.includes(found[1])) slots.groupBy = [...(slots.groupBy ?? []), found[1]];
    return true;
  };
  const lead =
    '(?:(?:and |then |also |but |the |all |total |totals |it |them |that |this |now |please |show |give me )*(?:broken down|break(?: it| that| this| them)? down|breakdown|split(?: it| that)?(?: up| out)?|grouped?|group (?:it|them|that)|summari[sz]ed?|subtotals?|sliced?) )?';
  scan.take(
    'group',
    new RegExp(
      `${lead}(?:by|per|for each|for every|across|in each) (?:each |the )?(${anyGroup})(?: (?:and|by|then|then by|and by|and per|per) (${anyGroup}))?(?: please)?`,
    ),
    (match) => {
      const first = match[1]!;
      if (!add(first)) return false;
      if (/(?:^| )(?:per|for each|for every|in each)(?: |$)/.test(match[0])) slots.withinEach = true;
      return match[2] ? add(match[2]) : true;
    },
  );
  scan.take(
    'group',
    /with (?:(?:the|their|each) )*(?:account |sales )?(owner|region|segment)(?= |$)/,
    (match) => add(match[1]!),
  );
  scan.take('group', /(?:each|every) (currency|region|segment|owner)/, (match) => add(match[1]!));
  scan.take(
    'group',
    /(?:which|what) (region|segment|owner|month|week|currency)(?= (?:has|have|is|are|owe|do|does|did|had|was|the) )/,
    (match) => {
      if (!scan.has(/oldest|longest|smallest|least|worst|newest|latest/)) slots.superlative ??= 'biggest';
      return add(match[1]!);
    },
  );
  scan.take('group', /monthly|month over month|month by month/, () => add('month'));
  scan.take('group', /weekly|week by week/, () => add('week'));
}

const orderWords: readonly [RegExp, OrderKey][] = [
  [
    /(?:open )?(?:amount|balance|size|sum|money)(?: (?:owe|open|due|overdue))?|open|total|most|exposure|biggest/,
    'open',
  ],
  [/(?:number|count)(?: of invoice)?|how many/, 'count'],
  [/(?:day )?(?:overdue|past due)|day(?: (?:overdue|past due))?|how overdue|lateness|worst/, 'days_overdue'],
  [/due(?: (?:date|day))?|oldest/, 'due'],
  [/issue(?:d)?(?: (?:date|day))?|invoice date|newest/, 'issued'],
  [/received?(?: (?:date|day))?|payment date/, 'received'],
  [/age/, 'age'],
  [/name|alphabetically|alphabetical|alphabet/, 'name'],
  [/date|time/, 'due'],
];

const anyOrder = `(?:${orderWords.map(([word]) => word.source).join('|')})`;

function takeOrder(scan: Scanner, { slots }: Draft): void {
  const use = (words: string, way: string | undefined): boolean => {
    const found = orderWords.find(([word]) => new RegExp(`^(?:${word.source})$`).test(words));
    if (!found) return false;
    const natural =
      found[1] === 'due' || found[1] === 'name' || /newest/.test(words)
        ? /newest/.test(words)
          ? 'desc'
          : 'asc'
        : 'desc';
    const direction =
      way && /asc|small|low|old|earl|up/.test(way)
        ? 'asc'
        : way && /desc|big|high|new|lat|down|most/.test(way)
          ? 'desc'
          : natural;
    slots.order = { by: found[1], direction };
    return true;
  };
  scan.take(
    'order',
    new RegExp(
      `(?:and |then |but |now |it |them |please )*(?:sort(?:ed|ing)?|order(?:ed|ing)?|rank(?:ed|ing)?)(?: (?:it|them|that|this|those|these))? ?(?:by|on) (?:the )?(${anyOrder})(?: ?(?:ascending|descending|asc|desc|first|from (?:the )?\\w+))*`,
    ),
    (match) => use(match[1]!, match[0].slice(match[0].indexOf(match[1]!) + match[1]!.length)),
  );
  scan.take(
    'order',
    /by (?:the |their )?((?:open )?(?:amount|balance|size|value)(?: (?:owe|open|due|overdue))?|day (?:overdue|past due)|due (?:date|day)|age|name|(?:number|count) of invoice)(?: ?(?:ascending|descending|asc|desc))?/,
    (match) => use(match[1]!, match[0]),
  );
  scan.take(
    'order',
    /(?:with |the |starting with )*(oldest|newest|biggest|smallest|worst|most overdue|best|most recent|latest) (?:1 |ones? |due |invoice )?(?:first|on top|at the top)|alphabetically/,
    (match) => {
      const kind = match[1];
      if (!kind) slots.order = { by: 'name', direction: 'asc' };
      else if (kind === 'smallest') slots.order = { by: 'open', direction: 'asc' };
      else if (kind === 'biggest') slots.order = { by: 'open', direction: 'desc' };
      else if (kind === 'most overdue') slots.order = { by: 'days_overdue', direction: 'desc' };
      else
        slots.superlative =
          kind === 'oldest' ? 'oldest' : kind === 'worst' ? 'worst' : kind === 'best' ? 'best' : 'newest';
    },
  );
  scan.take('order', /(ascending|descending)(?: order)?/, (match) => {
    slots.order = { ...slots.order, direction: match[1] === 'ascending' ? 'asc' : 'desc' };
  });
}

const sides: Readonly<Record<string, Grouping>> = {
  segment: 'segment',
  region: 'region',
  owner: 'owner',
  currency: 'currency',
};

/** "Globex vs Initech", "compare Globex and Initech", "EMEA vs APAC". */
function takeSideBySide(scan: Scanner, { slots }: Draft): void {
  scan.tokens.forEach((token, index) => {
    const [left, right] = [scan.tokens[index - 1]?.by, scan.tokens[index + 1]?.by];
    const group = left && left === right ? sides[left] : undefined;
    if (token.by !== null || token.word !== 'compared' || !group) return;
    scan.reserve({ from: index, to: index + 1 }, 'side by side');
    slots.groupBy = [group];
    slots.ask ??= 'total';
  });
  if (!/@.*@/.test(scan.rest)) return;
  scan.take('side by side', /compared(?: (?:to|with|against))?(?= @)/, () => {
    slots.groupBy = ['customer'];
    slots.ask ??= 'total';
    slots.dataset ??= 'invoices';
  });
}

export function takeArrangement(scan: Scanner, draft: Draft): void {
  takeSideBySide(scan, draft);
  takeOrder(scan, draft);
  takeGroups(scan, draft);
}

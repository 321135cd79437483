/** Phrases that fix several slots at once and would be torn apart by the single rules. */
import { addDays } from '../../../src/domain/calendar.ts';
import type { Scanner } from '../text/scanner.ts';
import type { Draft, OfflineContext } from './context.ts';

/** Filters and breakdowns that the ledger does not have, with what it has instead. */
const unsupported: readonly [RegExp, string, string][] = [
  [
    /(?:without|with(?! (?:(?:the|their|each|account) )*(?:owner|segment)(?: |$))|no|missing|lacking|have no|has no|do not have|does not have) (?:an? |any )*(?:billing |ap |email )*(?:contact|email|e-mail|phone|po|purchase order|owner|segment|parent)(?: (?:number|address|person))*/,
    'a filter on missing contacts, PO numbers or owners',
    'I can show the contacts of a customer, or the PO number of an invoice',
  ],
  [
    /(?:by|per|for each|with|for|on|of) (?:po|purchase order)(?: number)?(?: \S*\d\S*)?/,
    'a filter on PO numbers',
    'I can show the PO number of an invoice',
  ],
  [
    /(?<!(?:sort|sorted|sorting|order|ordered|rank|ranked) )(?:by|per|for each|across) (?:(?:each|the) )?(?:product|item|sku|project|department|industry|category|channel|state|city|country|payment method|method|bank|currency pair|salesperson|terms|class|location|entity|subsidiary|day|quarter|year|reason code|status|contact)s?/,
    'a breakdown of that kind',
    'I can group by customer, parent, currency, aging bucket, owner, segment, region, week or month',
  ],
  [
    /(?:more|fewer|less) than \d+ (?:\S+ )?(?:invoice|dispute|payment|promise)|at least \d+ (?:\S+ )?(?:invoice|dispute|payment|promise)|\d+ or more (?:\S+ )?(?:invoice|dispute|payment|promise)/,
    'a filter on how many invoices a customer has',
    'I can rank customers by amount, or count invoices by customer',
  ],
  [
    /(?:interest|late fees?|penalt(?:y|ies)|margin|profit|revenue|sales|expenses?|payables?|vendor|supplier|bad debts?|write-?offs?|written off|allowance|provision|reserve)(?: \S+)?/,
    'anything but receivables',
    'I answer from invoices, payments, credits, promises and disputes',
  ],
  [
    /(?:not|never|no) (?:yet |made |any |a )*(?:paid|pay|payments?)(?: (?:us|anything|a|any|single|cent|at all))* (?:in|for|since|within|over|during|this|last)(?: .*)?/,
    'a filter on customers without payments in a stretch of days',
    'I can show payments received in those days, or the last payment of a customer',
  ],
  [
    /credit limits?/,
    'credit limits',
    'I hold none. I can show what a customer owes, and how it usually pays',
  ],
  [
    /never (?:been |was |were |paid |pay |is |are )*(?:overdue|past due)(?! before)/,
    'a filter on customers that were never late',
    'I can show how late each customer pays on average, best first ("best payers")',
  ],
  [
    /(?:invoice |were |was )*(?:paid|pay|payments?) (?:late|overdue|early|on time|after (?:the )?due(?: date)?)/,
    'a filter on invoices paid late or early',
    'I can show how late each customer pays on average',
  ],
];

export function takeSpecialPhrases(
  scan: Scanner,
  { slots, refusals }: Draft,
  { today }: OfflineContext,
): void {
  scan.take(
    'last payment',
    /(?:when|what|how much)(?: (?:did|was|is|has|have|were|the|date|of))* (?:@ )+(?:'s )?(?:last|newest|most recent(?:ly)?) (?:pay|paid|payment)(?: (?:us|made|received|from|anything))*|(?:when|what|how much|show|list|see)(?: (?:did|was|is|has|have|the|me|they|it|their|last|our|of|from))* (?:last|newest|most recent) (?:pay|paid|payment)(?: (?:us|made|received|from|by|of|for|anything))*|(?:(?:the|their|'s) )*(?:last|newest|most recent) payment(?: (?:from|by|of|received))*|when (?:did|has|have) (?:(?:@|they|it) )+(?:last )?(?:pay|paid)(?: us)?(?: last)?(?! (?:inv|the inv|invoice|@))(?= |$)/,
    (match) => {
      if (
        /@ *$/.test(match[0]) ||
        (scan.has(/(?:last|newest|most recent) (?:week|month|quarter|year)/) &&
          !/last (?:pay|paid|payment)|newest|recent/.test(match[0]))
      )
        return false;
      slots.dataset = 'payments';
      slots.noun = true;
      slots.ask = 'list';
      slots.superlative = 'newest';
      slots.limit = 1;
      return true;
    },
  );
  scan.take(
    'late with payment',
    /(?:overdue|behind) (?:on|with|in) (?:(?:their|his|its|the|our) )?(?:payment|paying|pay|invoice)/,
    () => {
      slots.filters.status = ['overdue'];
    },
  );
  scan.take('how old', /how old (?:is|are)/, () => scan.has(/oldest|longest/));
  // the days overdue stand beside every customer and every row anyway
  scan.take(
    'with days',
    /(?:with|and|incl|including|showing) (?:(?:the|their|number of|how many|max|maximum) )*(?:day(?: (?:overdue|past due|late|outstanding))?|age|amounts?|balance|invoice counts?)(?= |$)/,
    () => scan.has(/top|biggest|who|customer|invoice|overdue|worst|oldest/),
  );
  scan.take(
    'due in',
    /due (?:in|within) (more|less) than (\d+) day|due (?:in )?(?:over|under) (\d+) day/,
    (match) => {
      const count = Number(match[2] ?? match[3]);
      if (match[1] === 'less' || /under/.test(match[0]))
        slots.filters.due = { from: today, to: addDays(today, count - 1) };
      else slots.filters.due = { from: addDays(today, count + 1) };
      slots.dataset ??= 'invoices';
    },
  );
  scan.take(
    'working on it',
    /(?:and )?(?:who (?:is|has|'s|are) )(?:sitting on|working on|handling|dealing with|responsible for|owns?|owner of|on|looking at|assigned to|got|holding|in charge of|stuck with) (?:them|it|those|these|each|each 1|that)(?: each)?/,
    () => {
      if (slots.dataset === undefined && !scan.has(/dispute/)) return false;
      return true;
    },
  );
  takeStuck(scan, slots);
  takeStanding(scan, slots);
  scan.take(
    'due left',
    /(?:what|which invoice|anything|how much) (?:is|are|comes?|falls?|will be|becomes?|will become|falling|coming|will fall|will come)(?: (?:all|still|up))* due(?! date)/,
    (match) => {
      slots.dataset ??= 'invoices';
      slots.filters.status ??= ['open'];
      if (/how much/.test(match[0])) slots.ask = 'total';
      return false;
    },
  );
  takeUnknownBreakdowns(scan, slots, refusals);
}

const stuckDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/** "Stuck in dispute for more than two weeks": the age of the dispute, not of the invoice. */
function takeStuck(scan: Scanner, slots: Draft['slots']): void {
  scan.take(
    'stuck in dispute',
    /(?:(?:stuck|still|been|sitting|tied up|hanging|is|are|has|have|open|what|invoice|disputed?|that) )*(?:(?:in|under|as) disputed?|disputed?|stuck)(?: (?:stuck|open|for|since|unresolved|pending))* (?:(more than|over|longer than|older than|at least|>) )?(\d{1,3}|a|an) ?(day|week|month)(?: (?:or more|already|now|and more))*/,
    (match) => {
      if (
        !/disputed?/.test(`${match[0]} ${scan.rest}`) ||
        !/stuck|for|in dispute|under dispute|longer|tied/.test(match[0])
      )
        return false;
      const count = (Number(match[2]) || 1) * stuckDays[match[3]!]!;
      const atLeast = match[1] === 'at least' || / (?:or|and) more/.test(match[0]);
      slots.dataset = 'disputes';
      slots.noun = true;
      slots.ask = 'list';
      slots.days = { min: atLeast ? count : count + 1, kind: 'age' };
      return true;
    },
  );
  scan.take('stuck in dispute', /(?:what |(?:is|are) |still )*stuck in disputed?/, () => {
    slots.dataset = 'disputes';
    slots.noun = true;
    slots.ask = 'list';
  });
}

/** "How is our AR looking", "coming due", "did anybody pay today". */
function takeStanding(scan: Scanner, slots: Draft['slots']): void {
  scan.take(
    'how is ar',
    /how (?:is|are|do|does)(?: (?:our|the|my|your|all|we|things|in))* (?:ar|receivables?|ledger|book|collections?)(?: (?:look|looking|doing|going|standing|like|today|right now|now|this week|overall))*|how (?:is|are) (?:we|things) (?:looking|doing) (?:on|with|in) (?:ar|receivables?|collections?)/,
    () => {
      slots.metric ??= 'aging';
    },
  );
  scan.take(
    'coming due',
    /(?:(?:what|which|is|are|invoice|all|anything|who|next|will) )*(?:coming|come|falling|becoming|going to be) (?:up )?(?:due|up)(?! (?:date|_|on|in|next|this|before|by|within|after|today|tomorrow|for|with|from|between|\d))(?: soon)?(?= |$)/,
    () => {
      if (
        scan.has(
          /(?:next|this|in|within|before|by) (?:\d+ )?(?:day|week|month|quarter|year|monday|tuesday|wednesday|thursday|friday)/,
        )
      )
        return false;
      slots.dataset = 'invoices';
      slots.noun = true;
      slots.ask ??= 'list';
      slots.filters.status = ['open'];
      // a month ahead, which the answer says
      slots.filters.due = { next: 30, unit: 'day' };
      return true;
    },
  );
  scan.take(
    'anybody paid',
    /(?:did|has|have) (?:anybody|anyone|somebody|someone|any customer|customer|any 1|some 1|anything) (?:pay|paid)(?: (?:us|anything|something|up|yet|already|in))*/,
    () => {
      slots.dataset = 'payments';
      slots.noun = true;
      slots.ask = 'who';
    },
  );
  scan.take(
    'credits not applied',
    /credit(?: (?:notes?|memos?|balances?))*(?: (?:that|which|we|i|have|has|had|are|is|were|still|yet|been|_))* (?:not|never) (?:(?:yet|been|being|have|has|got|be|used|us) )*(?:applied|used|allocated|apply|unapplied|redeemed)(?: (?:yet|so far|by us|to anything|to invoice))*/,
    () => {
      slots.dataset = 'credits';
      slots.noun = true;
      slots.filters.status = ['unapplied', 'partly_applied'];
    },
  );
}

function takeUnknownBreakdowns(scan: Scanner, slots: Draft['slots'], refusals: Draft['refusals']): void {
  for (const [pattern, what, instead] of unsupported) {
    if (slots.metric !== undefined || slots.filters.firstTimeLate) break;
    if (/dispute/.test(scan.rest) && /reason/.test(pattern.source)) continue;
    scan.take('unsupported', pattern, () => refusals.push({ kind: 'unsupported', what, instead }));
  }
  // reasons cannot be totalled; the list shows each dispute's own
  if (scan.has(/dispute/))
    scan.take(
      'by reason',
      /(?:(?:broken down|split|grouped?) )?(?:by|per|with|and) (?:the |their )?reasons?(?: codes?)?/,
    );
}

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

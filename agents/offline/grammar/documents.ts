/** The things asked for (invoices, payments, disputes, ...), document numbers, and which of them: open, overdue, paid. */

import type { Scanner } from '../text/scanner.ts';
import { type Draft, NOT } from './context.ts';

type Slots = Draft['slots'];
type Status = NonNullable<Slots['filters']['status']>;

/** "INV-20418", "#20418", "invoice 20418". Other codes may be a customer's: they stay names. */
export function takeNumbers(scan: Scanner, { slots }: Draft): void {
  const numbers: string[] = [];
  const keep = (span: { from: number; to: number }): void => {
    const typed = scan.tokens[span.to - 1]!.raw.replace(/^#/, '');
    numbers.push(/[a-z]/i.test(typed) ? typed.toUpperCase() : typed);
  };
  scan.take(
    'number',
    /(?:invoice )?(?:number |# ?)?#?(?:inv|in|invoice|si|ar|bill)-?\d[\w-]*/,
    (match, span) => {
      if (/^(?:in)\d{1,2}$/.test(match[0])) return false;
      keep(span);
      return true;
    },
  );
  scan.take('number', /(?:invoice )?#\d[\w-]*/, (_, span) => keep(span));
  scan.take('number', /invoice (?:number |# |nr |no )?(?!(?:19|20)\d\d$)\d{3,}[\w-]*/, (_, span) =>
    keep(span),
  );
  scan.take('number', /invoice (?:number |# |nr |no )?[a-z]{1,6}-\d[\w-]*/, (_, span) => keep(span));
  scan.take('number', /(?<=@ (?:and |or )?)\d{4,}/, (_, span) => {
    if (numbers.length === 0) return false;
    keep(span);
    return true;
  });
  if (numbers.length > 0) slots.invoices = [...new Set(numbers)];
}

const nouns: readonly [NonNullable<Slots['dataset']>, RegExp][] = [
  [
    'credits',
    /(?:open |unapplied |unused |available |outstanding |any )*credit(?: (?:note|notes|memo|memos|balance))?(?! (?:hold|limit|terms|risk))|credit balance/,
  ],
  ['promises', /promise(?: to pay)?|payment promise/],
  ['disputes', /dispute(?: case)?/],
  [
    'payments',
    /payment|collections?(?! (?:effectiveness|efficiency))|(?:cash|money) (?:in|received|receipt)|incoming (?:cash|money|payment)|cash|deposits?/,
  ],
  ['timeline', /(?:timeline )?events/],
  [
    'invoices',
    /(?:customer )?invoice|receivables?|items?|(?:(?:customer|the|a|full|current|open|account|@|'s) )*statement(?: of (?:the )?customer| of account)?/,
  ],
  ['customers', /(?:which |what |all |the |our )*customer(?: names?)?/],
];

const UNAPPLIED =
  /(?:unapplied|unassigned|not applied|not yet applied|on-account|unidentified|floating|parked|sitting unapplied)(?: (?:cash|payment|money|amount|balance|receipt|fund|funds))*|(?:cash|payment|money) (?:(?:that|which|is|are|we|have|has|been|still|sitting) )*(?:not (?:yet )?(?:been )?applied|unapplied|on customer|sitting around)|(?:cash|payment) on customer/;

function takeNouns(scan: Scanner, { slots }: Draft): void {
  scan.take('unapplied', UNAPPLIED, (match) => {
    if (/credit/.test(scan.rest) && !/cash|payment|money/.test(match[0])) return false;
    slots.dataset = 'payments';
    slots.noun = true;
    slots.filters.status = ['unapplied', 'partly_applied'];
    return true;
  });
  for (const [dataset, pattern] of nouns) {
    scan.take(dataset, pattern, (match, span) => {
      const seen = slots.dataset;
      if (dataset === 'customers') {
        slots.ask ??= /^(?:which|what) /.test(match[0]) || !seen ? 'who' : slots.ask;
        // "account Pied Piper": the noun only says what kind of name follows
        const single = !/s$|ies$/i.test(scan.tokens[span.to - 1]!.raw);
        const first = scan.tokens.findIndex((token) => token.word === 'invoice');
        if (!single && seen === 'invoices' && span.to <= first && first >= 0) slots.ask ??= 'who';
        if (single && !/^(?:which|what|all)/.test(match[0]) && slots.ask === 'who') slots.ask = undefined;
        else slots.noun = true;
        if (!single || /^(?:which|what|all)/.test(match[0])) slots.dataset ??= 'customers';
        return true;
      }
      if (seen && seen !== dataset && seen !== 'customers')
        return seen === 'payments' && dataset === 'invoices'
          ? false
          : dataset === 'invoices' && seen === 'promises';
      slots.dataset = dataset;
      slots.noun = true;
      return true;
    });
  }
}

/** "Open AR" is a sum; "open invoices" is a list. */
const SUM = / (?:ar|receivables?|balance|amount|debt)\b/;

function takeStates(scan: Scanner, { slots, link }: Draft): void {
  const { filters } = slots;
  const set = (status: Status): void => {
    filters.status ??= status;
  };
  scan.take('status', /including (?:the )?paid(?: (?:1|ones?))?/, () => link.drop.push('status'));
  scan.take(
    'status',
    new RegExp(
      `(?:that |which |is |are |ones? )*(?:not (?:yet )?due(?: yet)?|not (?:yet )?(?:overdue|past due)(?: yet)?|${NOT} (?:overdue|past due)(?: (?:1|ones?|yet))?|(?:still )?within terms|current(?= invoice))`,
    ),
    () => set(['not_due']),
  );
  scan.take('status', /(?:is |are |still |(?:in )?the )*(?:current|not late)(?: bucket)?(?= |$)/, () => {
    const shares = ['percent', 'share', 'portion', 'fraction', 'proportion', 'part'];
    const share = scan.tokens.some((token) => shares.includes(token.word));
    const figure = scan.has(/current (?:open|ar|balance|receivables?|amount|exposure|debt|total|_)/);
    if (share && !figure) set(['not_due']);
    else if (!figure) return false;
    return true;
  });
  scan.take(
    'status',
    /(?:(?:all|everything|anything|what|that|which|who|is|are|been|already|currently|still|seriously|badly|really|most|totally) )*(?:overdue|past (?:due|their due (?:date|day)|the due (?:date|day)|its due (?:date|day)|terms)|in arrears|behind(?: on (?:payment|their (?:payment|invoice)))?|beyond terms|arrears)(?: (?:ar|right now|amount|balance|debt|1|ones?|stuff|receivables?|already|yet|with us))*/,
    (match) => {
      set(['overdue']);
      if (SUM.test(match[0])) slots.ask ??= 'total';
    },
  );
  scan.take(
    'status',
    /(?:(?:that|which|is|are|was|were|have|has|who|it|they|them|customer) )*(?:not (?:yet )?(?:been )?(?:fully )?(?:paid|pay|settled)(?: (?:yet|us|in full|off))*|open|still open|yet to (?:be )?(?:paid|pay)|waiting (?:on|for) payment)(?: (?:ar|receivables?|balance|amount|1|ones?|debt|right now|item))*/,
    (match) => {
      if (slots.dataset === 'promises' || slots.dataset === 'disputes') set(['open']);
      else if (slots.dataset === 'payments' || slots.dataset === 'credits')
        set(['unapplied', 'partly_applied']);
      else set(['open']);
      if (SUM.test(match[0])) slots.ask ??= 'total';
    },
  );
  if (slots.dataset === 'disputes')
    scan.take('status', /(?:that are |already )*(?:resolved|closed|settled|paid)(?: (?:1|ones?))?/, () =>
      set(['resolved']),
    );
  if (slots.dataset === 'promises') takePromiseStates(scan, filters);
  if (slots.dataset === undefined || slots.dataset === 'invoices')
    scan.take(
      'status',
      /(?:that |which |were |was |are |been |already |fully |got |have |has )*(?:paid(?: (?:off|in full|already|up))?|closed)(?: (?:1|ones?))?/,
      () => set(['paid']),
    );
  scan.take('status', /void(?:ed)?|cancel(?:l)?ed/, () => set(['void']));
}

function takePromiseStates(scan: Scanner, filters: Slots['filters']): void {
  const found: Status = [];
  const states: readonly [RegExp, Status][] = [
    [/partly(?: |-)kept|partially kept|half kept/, ['partly_kept']],
    [
      /(?:that )?(?:were |was |are |been |got |have been |has been )*(?:broken|broke|(?:keeps? )?breaking|breaks?|missed|failed|not kept|not honou?red|defaulted|breached|blown|lapsed)/,
      ['broken'],
    ],
    [/(?:that )?(?:were |was |are |been |have been )*(?:kept|honou?red|fulfilled|met)/, ['kept']],
    [
      /(?:that )?(?:were |was |are |been |have been )*(?:withdrawn|retracted|taken back|revoked)/,
      ['withdrawn'],
    ],
    [/pending|upcoming|live|active|coming up/, ['open']],
  ];
  for (const [pattern, state] of states) scanAll(pattern, state);
  if (found.length > 0) filters.status = found;
  function scanAll(pattern: RegExp, state: Status): void {
    scan.take('promise state', pattern, () => found.push(...state));
  }
}

/** Verbs that name a dataset: "who promised", "what came in", "collected", "who paid". */
function takeVerbs(scan: Scanner, { slots }: Draft): void {
  scan.take(
    'promises',
    /(?:(?:who|which|what|has|have|had|was|were|is|that|they|us|did|we) )*promised(?: (?:to|us|pay|be paid|payment|for|they|would|that|something|by|anything|money))*/,
    (match) => {
      if (slots.filters.promised !== undefined && slots.dataset) return false;
      slots.dataset = 'promises';
      if (/who|which/.test(match[0])) slots.ask ??= 'list';
      return true;
    },
  );
  if (slots.dataset === 'promises') {
    scan.take(
      'kept',
      /(?:(?:and|but|who|which|has|have|did|is|they|still|it|yet) )*(?:not|never)(?: (?:yet|paid|done so|pay|delivered|kept|so|it|been|actually|done|followed through|come through|up|kept it|in full|still|us|to|do))*/,
      () => {
        slots.filters.status = ['open', 'partly_kept', 'broken'];
      },
    );
  }
  scan.take(
    'paid by',
    /(?:@ |they )+(?:pay|paid) (?:something|anything|us something|us anything)|(?:(?:what|how much|how many|money|cash|has|have|did|does) )*(?:did|has|have) (?:@ |they |it )+(?:(?:ever|already|actually) )*(?:pay|paid)(?: (?:us|in|so far|anything|in total|up))*/,
    (match) => {
      const which = /^(?:which|what|how|show|list)$/.test(scan.tokens[0]?.word ?? '');
      if (slots.dataset === 'invoices' && which && !slots.filters.status) {
        slots.filters.status = ['paid'];
        return true;
      }
      if (slots.dataset !== undefined) return false;
      slots.dataset = 'payments';
      if (/how much/.test(match[0])) slots.ask = 'total';
      return true;
    },
  );
  scan.take(
    'received',
    /(?:(?:what|how much|money|cash|did|do|have|has|we|been|got|get|that|which|was|is|us) )*(?:collected|collect|received?|came in|come in|took in|bring in|brought in|landed|cash in|cashed in)(?: (?:in|so far|from|cash|payment|money))*/,
    (match) => {
      if (slots.dataset !== undefined && slots.dataset !== 'payments') return false;
      slots.dataset = 'payments';
      if (/how much/.test(match[0])) slots.ask = 'total';
      return true;
    },
  );
  scan.take(
    'issued',
    /(?:(?:what|how much|did|do|have|has|we|been|that|was|is|were) )*(?:billed?|invoiced|issued?|issue|sent out|raised)(?: (?:in|so far|to|out))*/,
    (match) => {
      if (slots.dataset !== undefined && slots.dataset !== 'invoices') return false;
      slots.dataset ??= 'invoices';
      slots.filters.status ??= ['open', 'paid'];
      if (/how much/.test(match[0])) slots.ask = 'total';
      return true;
    },
  );
}

export function takeDocuments(scan: Scanner, draft: Draft): void {
  takeNouns(scan, draft);
  takeVerbs(scan, draft);
  takeStates(scan, draft);
}

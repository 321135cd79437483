/** What is measured: who, how much, how many, average, share, biggest; and "owe". */
import type { Scanner } from '../text/scanner.ts';
import type { Draft } from './context.ts';

const US =
  '(?: (?:us|me|our company|money|cash|in total|overall|right now|still|currently|at the moment|altogether|today))*';

function takeOwe(scan: Scanner, { slots }: Draft): void {
  scan.take('total', /how many (?:money|cash)/, () => {
    slots.ask = 'total';
  });
  scan.take(
    'owe',
    new RegExp(
      `(?:(?:how much|what|what amount|how many|money|who|which customer|do|does|did|is|are|they|it|_|'s|still|all|customer|that|everyone|everybody|people|we|has|have|currently|right now) )*(?:owe|(?:must|has to|have to|needs? to) pay|in debt to us|on the hook for|have open)${US}(?: (?:the )?(most|least))?${US}`,
    ),
    (match) => {
      slots.dataset ??= 'invoices';
      slots.filters.status ??= ['open'];
      if (match[1]) slots.superlative = match[1] === 'most' ? 'biggest' : 'smallest';
      const many = /how many(?! money)/.test(match[0]);
      if (many && !scan.has(/@/) && !/@|\bit\b|they/.test(match[0])) {
        slots.ask = 'count';
        slots.dataset = 'customers';
      } else if (/who|which customer/.test(match[0])) slots.ask = 'who';
      else slots.ask ??= 'total';
    },
  );
}

function takeShares(scan: Scanner, { slots }: Draft): void {
  scan.take(
    'share',
    /(?:what |which |how (?:much|big|large) |a |an |the |is |as |in |show |give me |and )*(?:percent|share|portion|fraction|proportion|%|slice|part)(?: (?:is|are|of|our|the|total|all|comes? from|does|do|sits?|with|that|make up|makes up|represent|to|by|from|in|right now))*/,
    () => {
      slots.ask = 'share';
    },
  );
  if (slots.ask !== 'share') return;
  scan.take(
    'share',
    /(?:is |are |do |does |that )*(?:comes?|held|made up|tied up|concentrated|sits?|accounts?)(?: (?:from|by|of|in|with|for))*/,
  );
  const words = scan.tokens.map((token) => token.word).join(' ');
  if (
    /(?:percent|share|portion|part|fraction|proportion) of (?:(?:the|our|my|total|all|everything) )*(?:overdue|past due)/.test(
      words,
    )
  )
    slots.shareOfOverdue = true;
}

function takeCounts(scan: Scanner, { slots }: Draft): void {
  scan.take(
    'count',
    /(?:(?:what is|the|give me|show|and) )*(?:how many|number of|count(?: of)?|total number of)(?: (?:of|different|distinct|our|the|do we have|are there|have))*/,
    () => {
      slots.ask = 'count';
    },
  );
  scan.take(
    'average',
    /(?:(?:what is|the|our|an?|on|give me|show|and) )*(?:average)(?: (?:size|amount|open|of|an?|our|the|each|per))*(?= |$)/,
    () => {
      slots.ask = 'average';
    },
  );
  scan.take('median', /(?:(?:what is|the|our|an?|and) )*(?:median|middle)(?: (?:size|amount|of))*/, () => {
    slots.ask = 'median';
  });
  scan.take('size', /(?:invoice |by )?(?:size|amount)(?= |$)/);
  scan.take(
    'total',
    /(?:(?:what is|what are|the|our|a|give me|show|and|in|of) )*(?:how much(?: (?:money|cash|ar|is|are|do we have|did we|of|in|total|was|were|have we|has been|there|sits?|sitting|stuck|tied up|it|that|have|got))*|grand total|totals?|sum(?:med)?(?: up)?(?: of)?|overall|total(?:l)?ed|balance|exposure|altogether|in total|in all|combined)(?: (?:of|for|amount|is|are|balance|value|sum|in))*/,
    (match) => {
      const free =
        slots.ask === 'who' && !/how much/.test(match[0])
          ? false
          : slots.ask === undefined ||
            slots.ask === 'list' ||
            (slots.ask === 'who' && !scan.tokens.some((token) => token.word === 'who'));
      if (free) slots.ask = /exposure/.test(match[0]) && slots.limit !== undefined ? 'who' : 'total';
      if (/balance|exposure/.test(match[0])) {
        slots.dataset ??= 'invoices';
        if (slots.dataset === 'invoices' || slots.dataset === 'customers') slots.filters.status ??= ['open'];
      }
    },
  );
  scan.take('exposed', /how exposed(?: (?:are|is|we|to|with|our))*/, () => {
    slots.dataset ??= 'invoices';
    slots.filters.status ??= ['open'];
    slots.ask = 'total';
  });
  scan.take(
    'receivable',
    /(?:(?:our|the|total|all|of|accounts?|trade|whole|gross|customer) )*(?:ar|receivables?|debt|debts|book|ledger|exposure|debtors? book)(?: (?:ledger|balance|book|amount))*/,
    () => {
      slots.dataset ??= 'invoices';
      slots.filters.status ??= ['open'];
      slots.ask ??= 'total';
    },
  );
}

const superlatives: readonly [RegExp, NonNullable<Draft['slots']['superlative']>][] = [
  [/(?:the |our |my |their )*(?:very )?(?:biggest|top|major)(?= |$)|(?:the )?most(?: money)?$/, 'biggest'],
  [/(?:the |our |my |their )*(?:smallest|least)/, 'smallest'],
  [/(?:the |our |my |their )*(?:very )?(?:oldest|earliest|longest)/, 'oldest'],
  [/(?:the |our |my |their )*(?:newest|most recent|last|latest|new(?= _))/, 'newest'],
  [/(?:the |our |my |their )*(?:worst|most overdue|furthest overdue)/, 'worst'],
];

function takeSuperlatives(scan: Scanner, { slots }: Draft): void {
  for (const [pattern, kind] of superlatives)
    scan.take('superlative', pattern, (match) => {
      if (/new$/.test(match[0]) && (slots.dataset === 'customers' || !slots.noun)) return false;
      slots.superlative ??= kind;
      return true;
    });
}

/** One thing or several: "the biggest invoice" is one. */
function takeSingles(scan: Scanner, { slots }: Draft): void {
  if (slots.superlative === undefined) return;
  const noun = scan.tokens.find(
    (token) =>
      ['invoice', 'customer', 'payment', 'dispute', 'promise', 'credit'].includes(token.word) &&
      !/-|\d/.test(token.raw),
  );
  if (
    noun?.word === 'customer' &&
    (slots.dataset === undefined || slots.dataset === 'invoices' || slots.dataset === 'customers') &&
    slots.ask !== 'share' &&
    slots.ask !== 'count'
  )
    slots.ask = 'who';
  if (slots.limit !== undefined || slots.withinEach) return;
  if (noun && !/s$|ies$/i.test(noun.raw) && scan.tokens.some((token) => token.by === 'superlative'))
    slots.limit = 1;
}

export function takeMeasures(scan: Scanner, draft: Draft): void {
  takeOwe(scan, draft);
  takeShares(scan, draft);
  takeCounts(scan, draft);
  takeSuperlatives(scan, draft);
  takeSingles(scan, draft);
  const { slots } = draft;
  scan.take(
    'who',
    /(?:who|whom|whose|(?:is|are|has|have|did|does) (?:anyone|anybody|somebody|someone))(?: (?:all|else|exactly|is|are|have|has|do|does|'s|was|were|did|1|ones?))*/,
    () => {
      slots.ask ??= 'who';
    },
  );
  scan.take(
    'list',
    /(?:list|show|see|give me|which|what)(?: (?:me|us|all|the|every|of|our|any|is|are|everything|anything))*/,
    (match) => {
      if (/show|list|see|give/.test(match[0]) && slots.ask === undefined) slots.ask = 'list';
    },
  );
}

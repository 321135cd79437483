/** A letter to everyone: above how many days or how much, whose accounts, and whom it leaves out. */
import type { Draft, OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import type { ChaseSlots } from './slots.ts';
import { takeMoney } from './words.ts';

const EXCEPT =
  '(?:(?:and|but|or|except|excluding|without|other than|apart from|aside from|not|no|minus|for|the|any|anything|anyone|everything|all|those|that|which|is|are|who|with|has|have|an|a|open|from|of|whatever|1|ones|customer|in|under) )*';

const excepted = (scan: Scanner): boolean =>
  scan.tokens.some((token) => token.by === 'except' || token.word === 'excluding' || token.word === 'except');

/** The buckets of policy P-3 begin a day above their name: "30+" is more than 30 days, "30 days or more" is 30. */
function takeDays(scan: Scanner, chase: ChaseSlots): void {
  scan.take(
    'days',
    /(?:(?:that|who|which|are|is|with|anything|everything|all|more than|over|at least|above|older than|past|customer|by|invoice|overdue) )*(\d{1,3}) ?(\+)?(?:-| )?(day|d|d\+)?(\+)?(?: (?:or more|and more|or older|and up|plus|overdue|past due|late|old|due|past|out))*(?= |$)/,
    (match) => {
      const words = match[0];
      if (!match[2] && !match[3] && !match[4] && !/overdue|past due/.test(words)) return false;
      const count = Number(match[1]);
      const inclusive = /or more|and more|or older|and up|at least/.test(words);
      const plus = Boolean(match[2] ?? match[4]) || /plus/.test(words);
      const beyond = /more than|over|above|older than/.test(words);
      const bucket = plus && [30, 60, 90, 120].includes(count);
      const above = !inclusive && (beyond || bucket || (!plus && /past \d/.test(words)));
      chase.minDaysOverdue = above ? count + 1 : count;
      chase.daysSaid = above ? `more than ${count} days` : `${count} days or more`;
      return true;
    },
  );
}

/** Disputed, promised and on hold are stops of the cadence: they are left out anyway, and no wish puts them in. */
function takeStopped(scan: Scanner): void {
  scan.take(
    'except',
    new RegExp(
      `(?:except|excluding|but not|but|without|not|no|other than|apart from|minus)(?:,)? ${EXCEPT}(?:disputed|dispute|promised|promise|hold|on hold|opted out)(?: (?:1|ones|invoice|customer|to pay|stuff|hold))*`,
    ),
  );
  if (excepted(scan) && scan.has(/_ (?:and|or) (?:disputed?|promised?|promise|hold)/))
    scan.take('except', /(?:and|or) (?:disputed|dispute|promised|promise|on hold|hold)/);
  scan.take(
    'except',
    /(?:disputed?|promised?|promise|on hold|holds?)(?= _)|(?<=_ )(?:disputed?|promised?|promise|on hold|hold)/,
    () => excepted(scan),
  );
}

function takeOwned(scan: Scanner, chase: ChaseSlots, { vocabulary, actor }: OfflineContext): void {
  const names = vocabulary.owners.flatMap(({ email, name }): [string, string][] => [
    [email, email],
    ...(name
      ? ([
          [name.toLowerCase(), email],
          [name.toLowerCase().split(' ')[0]!, email],
        ] as [string, string][])
      : []),
  ]);
  const owner = `me|i|${names.map(([each]) => each.replace(/[.+]/g, '\\$&')).join('|')}`;
  const emailOf = (word: string): string => names.find(([name]) => name === word)?.[1] ?? actor.email;
  const OWNED = '(?:owned by|assigned to|managed by|handled by|belonging to|of)';
  scan.take(
    'except owner',
    new RegExp(
      `${EXCEPT}(?:${OWNED} (${owner})|(?:i|(${owner})) (?:own|owns|manage|manages|handle)|(my|mine)(?: (?:own|customer|1|ones))*)`,
    ),
    (match) => {
      if (!/except|excluding|without|other than|apart|not|minus|but/.test(match[0]) && !excepted(scan))
        return false;
      const word = match[1] ?? match[2] ?? 'me';
      chase.exceptOwner = emailOf(word);
      return true;
    },
  );
  scan.take(
    'owner',
    new RegExp(
      `(?:(?:that|who|which|are|is|all|customer) )*(?:${OWNED} (${owner})|i own|(?:in |on |of )?(my)(?: (?:own|customer|list|book|accounts))*)`,
    ),
    (match) => {
      chase.owner = emailOf(match[1] ?? 'me');
    },
  );
}

/** Whom the letters go to; what else was said stays unexplained. */
export function takeEveryone(
  scan: Scanner,
  chase: ChaseSlots,
  { refusals }: Draft,
  context: OfflineContext,
): void {
  takeDays(scan, chase);
  takeStopped(scan);
  takeOwned(scan, chase, context);
  scan.take(
    'except',
    /(?:,)?(?:and |but )?(?:except|excluding|other than|apart from|aside from|but not|but|not|without|minus)(?: (?:for|the|any))*(?= |$)/,
    () => {
      chase.except = true;
    },
  );
  takeMoney(
    scan,
    '(?:(?:that|who|which|owe|owing|with|a|balance|of|balances) )*(?:over|above|more than|at least|>=?|exceeding|from) ',
    (amount, currency) => {
      chase.minAmount = amount;
      if (currency) chase.currency = currency;
    },
  );
  if (scan.has(/(?:under|below|less than|up to|<) [$€£¥]?\d\S*/))
    refusals.push({
      kind: 'unsupported',
      what: 'an upper limit on the amount',
      instead: 'I can draft for everyone above an amount',
    });
  // every name is one that is left out, wherever it stands in the list
  if (excepted(scan)) chase.except = true;
}

/** What is looked at: the worklist of a day, what waits for a decision, who did what; and whom "everyone" leaves out. */
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { PHRASE, readWhen, WHEN } from '../dates/window.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import { asksWhy, spokenText } from './detect.ts';
import type { ChaseSlots } from './slots.ts';
import { comingDay, takeMoney } from './words.ts';

export function takeWorklist(scan: Scanner, chase: ChaseSlots, { today }: OfflineContext): void {
  const text = spokenText(scan.tokens);
  chase.why = asksWhy(scan.tokens) ? true : undefined;
  const not = /(?: not | never | n't | left out | nobody )/.test(text.replace(/ (?:if|or) not /g, ' '));
  chase.notChased = not && / (?:chas|list|remind|e-?mail|nudge|why|left)/.test(text) ? true : undefined;
  scan.take(
    'not chased',
    /(?:is|are|do|does|did|will|was|were|should)? ?(?:we |i |you |it |they |@ )*(?:not|never)(?= |$)/,
  );
  scan.take(
    'limit',
    /(?:the |my )*(?:top|first|next|biggest) (\d{1,3})(?: (?:customer|people|1))*/,
    (match) => {
      const count = Number(match[1]);
      if (count < 1 || count > 200) return false;
      chase.limit = count;
      return true;
    },
  );
  scan.take(
    'chased',
    /chased (\d{1,2})(\+)?(?: or more)? (?:times|time|x)(?: or more)?(?: (?:with no|without|no) (?:replied|reply|answer))?/,
    (match) => {
      chase.minUnanswered = Number(match[1]);
    },
  );
  scan.foldPhrases(PHRASE);
  scan.take('on', /(?:(?:on|for|by|of|at|out) )*(?:the )?(§\d+)(?: 's)?/, (match) => {
    const words = scan.expand(match[1]!);
    const day = comingDay(words, today);
    if (day === null || day < today) return false;
    if (day !== today) chase.on = day;
    return true;
  });
  scan.unfold();
}

const states: readonly [RegExp, NonNullable<ChaseSlots['state']>][] = [
  [/ (?:rejected|stale|expired|replaced|closed|reject) /, 'closed'],
  [/ (?:on (?:its|their) way|about to (?:go|leave)|scheduled) /, 'approved'],
  [/ (?:was|were|got|been|have|did|already) (?:\S+ )*(?:approved|approve|sent|done) /, 'done'],
  [/ all (?:the |my )?(?:drafts|proposals) /, 'all'],
];

export function takeProposals(scan: Scanner, chase: ChaseSlots): void {
  const text = spokenText(scan.tokens);
  chase.state = states.find(([words]) => words.test(text))?.[1];
  scan.take(
    'state',
    /stale|expired|replaced|closed|on (?:its|their) way|about to (?:go|leave)|scheduled|done|sent|already|policy change|change/,
  );
}

export function takeDecision(scan: Scanner, chase: ChaseSlots): void {
  const text = spokenText(scan.tokens);
  chase.single = / (?:it|this|that|the (?:draft|e-?mail|letter)) /.test(text) || undefined;
  chase.decision = / (?:reject|decline|discard|scrap|cancel|delete) /.test(text)
    ? 'reject'
    : / snooze /.test(text)
      ? 'snooze'
      : / (?:undo|unsend|take (?:it|that) back) /.test(text)
        ? 'undo'
        : / (?:send|ship) /.test(text) && !/ approve /.test(text)
          ? 'send'
          : 'approve';
  // names in it change nothing: no word of it decides
  scan.reserve({ from: 0, to: scan.tokens.length }, 'decide');
}

export function takeAudit(scan: Scanner, chase: ChaseSlots, { today }: OfflineContext): void {
  const text = spokenText(scan.tokens);
  const alone =
    /(?:on (?:its|your|it's) own|by (?:itself|yourself)|automatically|autonomously|without (?:asking|us|me)) /.test(
      text,
    );
  if (
    alone ||
    / (?:bot|remy|agent|robot|assistant|system|you) .*(?:do|did|done|doing|up to|send|sent) /.test(text)
  )
    chase.by = 'remy';
  const mail =
    / (?:sent|send|emailed|mailed|went out|gone out|go out|out) /.test(text) ||
    / approved .*(?:e-?mail|letter|reminder|message|nudge|mail|statement|notice) /.test(text);
  if (mail && !/ who sent the policy/.test(text)) chase.sent = true;
  if (chase.sent && chase.by === 'remy') delete chase.by;
  scan.take('alone', /(?:all )?(?:on|by) (?:its|your) own|(?:all )?by (?:itself|yourself)/);
  scan.foldPhrases(PHRASE);
  scan.take('window', new RegExp(`(?:(?:of|from|for|dated) )*(?:${WHEN})`), (match) => {
    const words = scan.expand(match[0]).replace(/^(?:(?:of|dated) )+/, '');
    const window = readWhen(words, today, 'past');
    if (!window) return false;
    const { from, to } = resolveWindow(window, today);
    if (from) chase.from = from;
    if (to) chase.to = to > today ? today : to;
    return true;
  });
  scan.unfold();
}

const EXCEPT =
  '(?:(?:and|but|or|except|excluding|without|other than|apart from|aside from|not|no|minus|for|the|any|anything|anyone|everything|all|those|that|which|is|are|who|with|has|have|an|a|open|from|of|whatever|1|ones|customer|in|under) )*';

/** Whom a letter to everyone leaves out; disputed, promised and held ones are left out anyway. */
export function takeEveryone(
  scan: Scanner,
  chase: ChaseSlots,
  { refusals }: Draft,
  { vocabulary, actor }: OfflineContext,
): void {
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
  // disputed, promised and on hold are stops of the cadence: they cannot be put in by a wish either
  scan.take(
    'except',
    new RegExp(
      `(?:except|excluding|but not|but|without|not|no|other than|apart from|minus|and|or)(?:,)? ${EXCEPT}(?:disputed|dispute|promised|promise|hold|on hold|opted out)(?: (?:1|ones|invoice|customer|to pay|stuff|hold))*`,
    ),
  );
  if (scan.has(/_ (?:and|or) (?:disputed?|promised?|promise|hold)/))
    scan.take('except', /(?:and|or) (?:disputed|dispute|promised|promise|on hold|hold)/);
  scan.take(
    'except',
    /(?:disputed?|promised?|promise|on hold|holds?)(?= _)|(?<=_ )(?:disputed?|promised?|promise|on hold|hold)/,
    () =>
      scan.tokens.some(
        (token) => token.by === 'except' || token.word === 'excluding' || token.word === 'except',
      ),
  );
  scan.take(
    'except owner',
    new RegExp(
      `${EXCEPT}(?:${OWNED} (${owner})|(?:i|(${owner})) (?:own|owns|manage|manages|handle)|(my|mine)(?: (?:own|customer|1|ones))*)`,
    ),
    (match) => {
      if (
        !/except|excluding|without|other than|apart|not|minus|but/.test(match[0]) &&
        !scan.tokens.some((token) => token.by === 'except')
      )
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
}

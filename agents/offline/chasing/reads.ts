/** What is looked at: the worklist of a day, what waits for a decision, who did what. */
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { PHRASE, readWhen, WHEN } from '../dates/window.ts';
import type { OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import { asksWhy, spokenText } from './detect.ts';
import type { ChaseSlots } from './slots.ts';
import { comingDay } from './words.ts';

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

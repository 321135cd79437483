/** Filters by state: disputed, promised, on hold, chased, replied, first time late, statuses. */
import { addDays } from '../../../src/domain/calendar.ts';
import { resolveWindow } from '../../../src/domain/ledger-query/window.ts';
import { PHRASE, readWhen, WHEN } from '../dates/window.ts';
import type { Scanner } from '../text/scanner.ts';
import { type Draft, NOT, type OfflineContext } from './context.ts';

const negated = (source: string): RegExp => new RegExp(`${NOT} (?:${source})`);

const flags = [
  {
    key: 'disputed',
    is: /(?:(?:with|has|have|having|in|under|under an|in open|with open|with an open|with a) )(?:open )?(?:dispute|disputed)(?: (?:1|ones?|invoice|stuff|items?))?|disputed(?: (?:1|ones?|stuff|items?))?/,
  },
  {
    key: 'promised',
    is: /(?:with|has|have|having|covered by|under|backed by) (?:an? )?(?:open )?(?:promise|promised)(?: to pay)?|promised(?: (?:1|ones?|stuff|items?)|(?= (?:open )?invoice))/,
  },
  {
    key: 'onHold',
    is: /(?:put |placed |being )?(?:on|under) (?:a |credit |collection )?hold|with (?:an? )?(?:open )?hold|held/,
  },
] as const;

const bare: Record<(typeof flags)[number]['key'], string> = {
  disputed: 'disputed|dispute|under dispute|in dispute',
  promised: 'promised|promise|promised to pay',
  onHold: '(?:on )?hold|held',
};

/** Disputed, promised and on-hold, with their negations first. */
export function takeFlags(scan: Scanner, { slots, link }: Draft): void {
  for (const { key, is } of flags) {
    scan.take(
      key,
      new RegExp(`(?:including|also|add back|with) (?:the )?(?:${bare[key]})(?: (?:1|ones?|invoice|too))?`),
      (match) => {
        if (match[0].startsWith('with ')) return false;
        link.drop.push(key);
        return true;
      },
    );
    scan.take(key, negated(`${is.source}|${bare[key]}`), () => {
      slots.filters[key] = false;
    });
    if (key === 'promised' && scan.has(/who|promised to pay/)) continue;
    scan.take(key, is, () => {
      slots.filters[key] = true;
    });
  }
  scan.take(
    'firstTimeLate',
    /(?:(?:for )?(?:the |their )?(?:first time|1st time|first-time|never before|for once)) (?:ever )?(?:overdue|past due)|(?:overdue|past due) (?:for (?:the|their) (?:first|1st) time|for once|first time)|first(?:-| )timers?|(?:new(?:ly)?|first time) (?:overdue|offenders?)|never (?:been |was |were |paid )?(?:overdue|past due) before|(?:usually|normally|always) (?:pay|paid) on time but (?:are |is )?(?:now )?overdue(?: now)?/,
    () => {
      slots.filters.firstTimeLate = true;
      slots.filters.status = ['overdue'];
    },
  );
}

const NO_REPLY =
  /(?:with|and|but|or|has|have|got|getting|had|who|they|did|does|that)?(?: (?:and|but|has|have|had|did|does|still|we|got|who|they|which|that))* ?(?:no|not|never|without|zero)(?: (?:a|an|any|single|yet|ever|have|has|get|got|getting|hear|heard))* (?:replied|back|reply)(?: (?:yet|from them|to us|from|at all))?|(?:gone|went|going) (?:silent|quiet|dark)|silent|unresponsive|ignor(?:ed|ing) us/;

function takeChases(scan: Scanner, filters: Draft['slots']['filters'], context: OfflineContext): void {
  scan.take(
    'chased',
    /(?:has|have|was|were|we|is|are|got|been|that|which|who)?(?: (?:has|have|was|were|we|been|that|which|who|it))* ?(?:never |not )(?:yet |ever |been |got |get )*chased(?: (?:yet|at all|before|so far|ever|up|about it|them|us))*(?: (?:in|for|within|over|since) (?:the )?(?:last |past )?(\d+|a) (day|week|month)| since _)?/,
    (match) => {
      if (match[1]) {
        const unit = match[2] as 'day' | 'week' | 'month';
        const count = match[1] === 'a' ? 1 : Number(match[1]);
        const window = resolveWindow({ last: count, unit }, context.today);
        filters.lastChased = { to: addDays(window.from!, -1) };
      } else filters.lastChased = 'never';
    },
  );
  scan.take(
    'chased',
    /(?:that |which |who |has |have |had |been |were |was |we )*(?:been )?chased (?:them )?(?:at least |more than |over )?(\d+)(\+)?(?: or more)?(?: time| times| x)(?: or more| and more| already| now)*|(?:at least |more than |over )?(\d+)(\+)?(?: or more)?(?: time| times|x) chased|chased (twice|once)(?: or more)?/,
    (match) => {
      const count = match[5] === 'twice' ? 2 : match[5] === 'once' ? 1 : Number(match[1] ?? match[3]);
      const open = /more than|over/.test(match[0]) ? { min: count + 1 } : { min: count };
      const atLeast = match[2] || match[4] || /at least|or more|and more|more than|over/.test(match[0]);
      filters.chasedTimes = atLeast ? open : { min: count, max: count };
    },
  );
  scan.take(
    'chased',
    new RegExp(
      `(?:that |which |who |has |have |had |been |were |was |we |last )*chased (?:last )?(?:${WHEN})`,
    ),
    (match) => {
      const window = readWhen(
        scan
          .expand(match[0])
          .replace(/^.*?chased (?=\S)/, '')
          .trim(),
        context.today,
        'past',
      );
      if (!window) return false;
      filters.lastChased = window;
      return true;
    },
  );
}

/** Chased how often, when, never; replied or not. */
export function takeChasing(scan: Scanner, { slots }: Draft, context: OfflineContext): void {
  const { filters } = slots;
  if (scan.has(/chased/)) {
    scan.foldPhrases(PHRASE);
    takeChases(scan, filters, context);
    scan.unfold();
  }
  scan.take('replied', NO_REPLY, () => {
    filters.replied = false;
  });
  if (scan.has(/who|which|customer|invoice|that/))
    scan.take(
      'replied',
      /(?:that |which |who |has |have |had |already )+replied(?: to (?:us|our (?:last )?(?:chased|message|email|mail)))?(?: since| already)?|got back(?: to us)?/,
      () => {
        filters.replied = true;
      },
    );
}

/** Filters by state: disputed, promised, on hold, chased, replied, first time late, statuses. */
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
    /(?:first time|first-time|1st time) (?:overdue|past due) payer|(?:(?:for )?(?:the |their )?(?:first time|1st time|first-time|never before|for once)) (?:ever )?(?:overdue|past due)|(?:overdue|past due) (?:for (?:the|their) (?:first|1st) time|for once|first time)|first(?:-| )timers?|(?:new(?:ly)?|first time) (?:overdue|offenders?)|never (?:been |was |were |paid )?(?:overdue|past due) before|(?:usually|normally|always) (?:pay|paid) on time but (?:are |is )?(?:now )?overdue(?: now)?/,
    (match) => {
      if (/payer/.test(match[0])) slots.ask = 'who';
      slots.filters.firstTimeLate = true;
      slots.filters.status = ['overdue'];
    },
  );
}

const NO_REPLY =
  /(?:with|and|but|or|has|have|got|getting|had|who|they|did|does|that)?(?: (?:and|but|has|have|had|did|does|still|we|got|who|they|which|that))* ?(?:no|not|never|without|zero)(?: (?:a|an|any|single|yet|ever|have|has|get|got|getting|hear|heard))* (?:replied|back|reply|heard? from|heard)(?: (?:yet|from them|to us|from|at all|back|us))*(?: (?:to )?(?:our |the |my |any )*(?:last |newest |recent )?(?:emails?|e-mails?|mails?|messages?|reminders?|chased|calls?))?|(?:gone|went|going) (?:silent|quiet|dark)|silent|unresponsive|ignor(?:ed|ing) us/;

const UNCHASED =
  '(?:(?:has|have|had|was|were|we|is|are|got|been|that|which|who|it|did) )*(?:never|not|nobody|no 1|without|no)(?: (?:yet|ever|been|got|get|gotten|has|have|had|did|received|sent|a|an|any|being|1))* (?:chased|reminders?|dunning)(?: (?:yet|at all|so far|ever|up|about it|them|us|to|sent|anyone|already|by us|by anyone))*';

/** "Not chased in 30 days" also fits those that were never chased; without days it is those alone. */
function takeUnchased(scan: Scanner, { slots, refusals }: Draft, { today }: OfflineContext): void {
  const span = String.raw`(?:in|for|within|over|since)(?: (?:over|more than|at least|the|last|past))* (\d+|a) (day|week|month|quarter|year)`;
  scan.take('chased', new RegExp(`${UNCHASED}(?: ${span}| (${WHEN}))?`), (match) => {
    if (match[1]) {
      const unit = match[2] as 'day' | 'week' | 'month' | 'quarter' | 'year';
      const { from } = resolveWindow({ last: match[1] === 'a' ? 1 : Number(match[1]), unit }, today);
      slots.filters.lastChased = { notSince: from! };
    } else if (match[3]) {
      const window = readWhen(scan.expand(match[3]), today, 'past');
      if (!window) return false;
      const { from, to } = resolveWindow(window, today);
      if (from && (to === undefined || to >= today)) slots.filters.lastChased = { notSince: from };
      else
        refusals.push({
          kind: 'unsupported',
          what: `customers not chased ${scan.expand(match[3])}`,
          instead: 'I can show who was not chased since a day, or never: "not chased in thirty days"',
        });
    } else slots.filters.lastChased = 'never';
    return true;
  });
}

/** Chases of a named customer, from its timeline: "how often did we chase them", "did we chase them this week". */
function takeChaseEvents(scan: Scanner, { slots }: Draft): void {
  if (!scan.has(/@|it|they|them/)) return;
  const tell = (ask: 'count' | 'list'): void => {
    slots.dataset = 'timeline';
    slots.noun = true;
    slots.filters.kind = ['chased'];
    slots.ask = ask;
  };
  scan.take(
    'chase events',
    /(?:how many time|how many times|how often)(?: (?:did|do|have|has|was|were|been|we|@|'s|it|they|anyone|someone|customer))* chased(?: (?:up|them|it|already))*/,
    () => tell('count'),
  );
  scan.take(
    'chase events',
    new RegExp(
      `(?:has|have|did|was|were)(?: (?:@|it|they|we|been|anyone|someone|the|customer|us|already|get|got))* chased(?= (?:(?:@|it|them|up|us|about) )*(?:${WHEN}))`,
    ),
    () => tell('list'),
  );
}

function takeChases(scan: Scanner, draft: Draft, context: OfflineContext): void {
  const { filters } = draft.slots;
  takeUnchased(scan, draft, context);
  takeChaseEvents(scan, draft);
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
export function takeChasing(scan: Scanner, draft: Draft, context: OfflineContext): void {
  const { filters } = draft.slots;
  if (scan.has(/chased|reminders?|dunning/)) {
    scan.foldPhrases(PHRASE);
    takeChases(scan, draft, context);
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

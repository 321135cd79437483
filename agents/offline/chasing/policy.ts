/** A change of the chasing policy in words: approval limit, pace, hours, smallest balance, delay, steps. */
import type { PolicyWish } from '../../../src/domain/chase/reports.ts';
import type { Scanner } from '../text/scanner.ts';
import type { ChaseSlots } from './slots.ts';
import { currencyOf, takeMoney } from './words.ts';

const hour = (text: string, half: string | undefined): string | null => {
  const [hours = 0, minutes = 0] = text.split(/[:.]/).map(Number);
  const whole = half === 'pm' && hours < 12 ? hours + 12 : half === 'am' && hours === 12 ? 0 : hours;
  return whole > 23 || minutes > 59
    ? null
    : `${String(whole).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

const MANAGER =
  '(?:manager|managers|controller|controllers|admin|admins|supervisor|supervisors|cfo|head of finance)';
const ANY =
  '(?:(?:only|let|allow|have|the|our|a|an|nobody|but|except|excluding|require|requires|need|needs|must|may|can|could|should|to|be|for|by|anything|everything|all|approve|approval|approves|approvals|approving|sign|off|and|please|i|want|set|change|raise|lower|increase|reduce|limit|threshold|cap|at|of|is|it|invoice|email|emails|drafts|amounts|amount|from|us|make) )*';

function takeApproval(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  if (
    !scan.has(new RegExp(MANAGER)) &&
    !scan.has(/approv\w+ (?:limit|threshold|cap)|(?:limit|threshold|cap) (?:for|of) approv\w+/)
  )
    return null;
  const lead = `${ANY}(?:${MANAGER} )?${ANY}(?:(?:over|above|more than|>=?|greater than|from|to|up to|exceeding|than|at) )?`;
  takeMoney(scan, lead, (amount, currency) => {
    wish = { approvalLimit: { amount, ...(currency ? { currency } : {}) } };
  });
  scan.take('policy', new RegExp(`${ANY}${MANAGER} ?${ANY}(?= |$)`));
  return wish;
}

const numbers: Readonly<Record<string, number>> = { once: 1, twice: 2, a: 1, an: 1 };

function takePace(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  scan.take(
    'policy',
    /(?:(?:at most|max|maximum|maximum of|no more than|not more than|only|up to|limit|cap|it|to|them|us|send|email|emails|chased|remind|we|should|customer|customers|at|do|not|with|more|than|reminders|a|the|everyone) )*(\d{1,2}|once|twice) ?(?:x|times)? ?(?:(?:email|emails|reminder|reminders|message|messages|mail|mails|letter|letters|chased|time|times|for|to|customer|customers|per|each|a|every) )*(?:per|a|each|every) week(?: (?:per|for|to|each|a|every|and|the|same|customer))*/,
    (match) => {
      const count = numbers[match[1]!] ?? Number(match[1]);
      if (count < 1 || count > 7) return false;
      wish = { weeklyCap: count };
      return true;
    },
  );
  scan.take(
    'policy',
    /(?:(?:at least|minimum|minimum of|min|wait|leave|keep|excluding|set|make|a|gap|of|the|is|there|should|be|always) )*(\d{1,2}) day (?:(?:gap|pause|break|apart) )?(?:between)(?: (?:the|2|any|two|each|reminders|emails|email|messages|letters|chased|reminder|to|same|a|customer|of|for|them|every))*/,
    (match) => {
      const count = Number(match[1]);
      if (count < 1 || count > 60) return false;
      wish = { minGapDays: count };
      return true;
    },
  );
  return wish;
}

function takeHours(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  const TIME = "(\\d{1,2}(?:[:.]\\d\\d)?) ?(am|pm|o'clock|h)?";
  const lead =
    '(?:(?:only|do|not|never|chased|email|emails|mail|send|contact|customers|customer|anyone|them|between|before|after|outside|of|contact|business|quiet|working|sending|hours|set|change|the|to|from|are|is|no|reminders|messages|anything|reminder|our) )*';
  scan.take(
    'policy',
    new RegExp(`${lead}${TIME} (?:and|to|or|until|till|-|after)(?: after)? ${TIME}`),
    (match) => {
      const both = match[4] ?? undefined;
      const from = hour(match[1]!, match[2] ?? (both === 'am' ? 'am' : undefined));
      const to = hour(match[3]!, both ?? (Number(match[3]) < 8 ? 'pm' : undefined));
      if (!from || !to || from >= to) return false;
      wish = { contactHours: { from, to } };
      return true;
    },
  );
  return wish;
}

function takeSmallest(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  const lead =
    '(?:(?:do|not|never|stop|chased|email|mail|remind|nudge|bother|contact|chasing|customers|customer|balances|balance|anything|anyone|with|a|that|who|owe|owing|of|for|to|invoice|amounts|set|change|make|the|our|minimum|smallest|is|be|than|at|open|us|about|over|less|small|smaller|everyone|everything) )*(?:(?:under|below|less than|smaller than|<|to|of|is|at) )?';
  takeMoney(scan, lead, (amount, currency) => {
    wish = { minimumBalance: { amount, ...(currency ? { currency } : {}) } };
  });
  return wish;
}

function takeDelay(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  scan.take(
    'policy',
    /(?:(?:set|change|make|the|our|sending|send|undo|delay|window|to|of|is|be|at|with|a|for|raise|lower|increase|extend|reduce|need|want|i|we|before|us|me|give|show) )*(\d{1,4}) ?(seconds?|secs?|s|minutes?|mins?|min)(?: (?:to undo|delay|undo window|sending delay|undo|window))*/,
    (match) => {
      const seconds = Number(match[1]) * (/^m/.test(match[2]!) ? 60 : 1);
      if (seconds > 3600) return false;
      wish = { sendingDelaySeconds: seconds };
      return true;
    },
  );
  return wish;
}

function takeSteps(scan: Scanner): PolicyWish | null {
  let wish: PolicyWish | null = null;
  const tone = /\b(friendly|neutral|firm|urgent)\b/.exec(scan.rest)?.[1];
  const when =
    '(\\d{1,3}) day (before|after|past|overdue)(?: (?:the |due|date|day|past|it|is|overdue|falls))*';
  scan.take(
    'policy',
    new RegExp(
      `add (?:(?:a|an|another|friendly|neutral|firm|urgent|step|reminder|email|letter|nudge|new|at|on) )*${when}`,
    ),
    (match) => {
      const day = Number(match[1]) * (match[2] === 'before' ? -1 : 1);
      wish = { addStep: { segment: 'default', day, tone: tone ?? (day < 0 ? 'friendly' : 'neutral') } };
    },
  );
  scan.take(
    'policy',
    new RegExp(
      `(?:remove|excluding|delete|drop) the (?:(?:step|reminder|email|letter|at|on|of|day) )*(?:${when}|day (\\d{1,3})|(\\d{1,3}) day)`,
    ),
    (match) => {
      const count = Number(match[1] ?? match[3] ?? match[4]);
      wish = { removeStep: { segment: 'default', day: count * (match[2] === 'before' ? -1 : 1) } };
    },
  );
  if (wish) scan.take('policy', /friendly|neutral|firm|urgent|step|reminder|to the (?:cadence|policy)|tone/);
  return wish;
}

/** The first part of the policy that fits; a message changes one. */
export function takePolicy(scan: Scanner, chase: ChaseSlots): void {
  const ways =
    scan.has(/between|hours|(?:before|after) \d\S*/) && !scan.has(/day between/)
      ? [takeHours, takeSteps, takePace, takeApproval]
      : scan.has(/(?:sending|send|undo) (?:delay|window)|to undo/)
        ? [takeDelay]
        : [takeSteps, takeApproval, takePace, takeSmallest];
  for (const way of ways) {
    const wish = way(scan);
    if (!wish) continue;
    chase.wish = wish;
    break;
  }
  scan.take('currency', /(?:in )?([a-z]{3})(?= |$)/, (match) => {
    const code = currencyOf(match[1]!);
    const limit = chase.wish?.approvalLimit ?? chase.wish?.minimumBalance;
    if (!code || !limit || limit.currency || !/^(?:usd|eur|gbp|jpy|chf|cad|aud|sek)$/.test(match[1]!))
      return false;
    limit.currency = code;
    return true;
  });
}

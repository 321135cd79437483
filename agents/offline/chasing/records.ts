/** What is recorded: until when a hold lasts and why, what was promised, what is contested. */
import type { CalendarUnit } from '../../../src/domain/calendar.ts';
import { PHRASE } from '../dates/window.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import type { Scanner } from '../text/scanner.ts';
import { typedText } from '../text/tokens.ts';
import type { ChaseSlots } from './slots.ts';
import { comingDay, restOf, takeCurrency, takeMoney, WHEN_DAY, waitFor, waitUntil } from './words.ts';

/** A new part of the sentence that says no day and gives no order: the reason, in the person's own words. */
const CAUSE = /^(?:because|cause|bc|since|reason|due)$/;
const NO_CAUSE =
  /^(?:until|till|til|through|for|from|please|pls|thanks|thx|ok|starting|effective|@|and|also|but|then|do|stop|pause|hold|put|leave|no|not|never|until|just|at|on|by|indefinitely)$/;

function takeReason(scan: Scanner, chase: ChaseSlots): void {
  const { tokens } = scan;
  const verb = tokens.findIndex((token) =>
    /^(?:not|stop|pause|hold|put|place|suspend|freeze|halt|no|never|leave|mute|cease|quit|chased|skip|set)$/.test(
      token.word,
    ),
  );
  const from = tokens.findIndex(
    (token, index) =>
      index > verb &&
      verb >= 0 &&
      (CAUSE.test(token.word) ||
        (token.breakBefore && index > 0 && !NO_CAUSE.test(token.word) && token.by !== 'number')) &&
      index < tokens.length - 1,
  );
  if (from < 0) return;
  const lead = CAUSE.test(tokens[from]!.word)
    ? tokens[from + 1]?.word === 'to' || tokens[from + 1]?.word === 'of'
      ? 2
      : 1
    : 0;
  const words = tokens.slice(from + lead);
  if (words.length < 2 && lead === 0) return;
  chase.reason = typedText(words).slice(0, 500);
  scan.reserve({ from, to: tokens.length }, 'reason');
}

export function takeHold(scan: Scanner, chase: ChaseSlots, { today }: OfflineContext): void {
  takeReason(scan, chase);
  scan.take(
    'for',
    /(?:for |another )*(?:the )?(?:next |coming |another )?(a|an|another|\d+)(?: more)? (day|week|month|quarter)(?! ago)/,
    (match) => {
      const count = Number(match[1]) || 1;
      if (!/for|another|next/.test(match[0])) return false;
      chase.resumeOn = waitFor(count, match[2] as CalendarUnit, today);
      return true;
    },
  );
  scan.take('for', /(?:for )?(?:the rest of )?(?:the |this )(week|month|quarter)(?! 's)/, (match) => {
    if (!/this|rest/.test(match[0])) return false;
    chase.resumeOn = restOf(match[1] as CalendarUnit, today);
    return true;
  });
  scan.take(
    'for',
    /(?:for now|for the time being|indefinitely|until (?:i say so|i say otherwise|i tell you|further notice|lifted|we say otherwise)|for good|permanently)/,
  );
  scan.foldPhrases(PHRASE);
  scan.take(
    'until',
    /(until after|not before|until and including|up to and including|through|thru|until|till|til|before|to) (?:the )?(§\d+|\d{1,2}(?:st|nd|rd|th)?)/,
    (match) => {
      const words = scan.expand(match[2]!);
      const through = /after|through|thru|including/.test(match[1]!);
      const day = waitUntil(/^\d{1,2}$/.test(words) ? `the ${words}th` : words, today, through);
      if (day === null) return false;
      chase.resumeOn = day;
      return true;
    },
  );
  scan.take('from', /(?:from|starting|effective)? ?(?:today|right now)(?: on)?|from now on/);
  scan.unfold();
  scan.take('hold', /(?:on |under )?(?:a |credit |collection |collections )*hold/);
}

const methods: readonly [RegExp, NonNullable<ChaseSlots['method']>][] = [
  [/cheques?|checks?/, 'cheque'],
  [/wire(?: transfer)?|bank transfer|sepa|swift|transfer/, 'wire'],
  [/ach|direct debit/, 'ach'],
  [/(?:credit )?card|amex|visa/, 'card'],
];

function takeQuote(scan: Scanner, chase: ChaseSlots): void {
  const { tokens } = scan;
  const from = tokens.findIndex((token) => token.quoted);
  if (from < 0 || tokens.filter((token) => token.quoted).length < 4) return;
  const to = tokens.findLastIndex((token) => token.quoted) + 1;
  chase.reason = typedText(tokens.slice(from, to)).slice(0, 500);
  scan.reserve({ from, to }, 'quote');
}

export function takePromise(scan: Scanner, chase: ChaseSlots, { today }: OfflineContext): void {
  takeQuote(scan, chase);
  for (const [words, method] of methods)
    scan.take(
      'method',
      new RegExp(`(?:(?:by|via|with|per|through|using|as|in|a|the|paid|paying) )*(?:${words.source})`),
      () => {
        chase.method = method;
      },
    );
  scan.foldPhrases(PHRASE);
  const soon =
    '(?:(?:(?:to be )?paid|due|payable|to pay|to come|coming|arriving|expected|and|it|is) )*(?:(?:on|by|before|for|at|no later than|latest|until|till) )*(?:the )?';
  scan.take('pay on', new RegExp(`${soon}(§\\d+|\\d{1,2}(?:st|nd|rd|th)|${WHEN_DAY})`), (match) => {
    if (chase.payOn) return false;
    const words = scan.expand(match[1]!);
    const stretch = comingDay(words, today);
    if (stretch === null) return false;
    chase.payOn = stretch;
    return true;
  });
  takeMoney(scan, '(?:(?:of|for|about|to pay|pay|amount|the|worth) )*', (amount, currency) => {
    chase.amount = amount;
    if (currency) chase.currency = currency;
  });
  scan.unfold();
  takeCurrency(scan, (currency) => {
    chase.currency ??= currency;
  });
}

const reasons: readonly [RegExp, NonNullable<ChaseSlots['disputeReason']>][] = [
  [
    /(?:wrong|incorrect|missing|short|less|fewer|bad) (?:qty|quantity|quantities|units?|count|pieces?)|qty|quantity|quantities|short ?-?(?:shipped|shipment|delivered|delivery)|short (?:shipped|delivered)|missing (?:units|items|pieces|goods)/,
    'quantity',
  ],
  [
    /(?:wrong|incorrect|bad|higher|too high) (?:price|pricing|rate|amount|prices)|price|pricing|overcharged?|over ?charged|too expensive|discount(?: missing)?/,
    'price',
  ],
  [
    /(?:damaged?|defective|faulty|broken|bad|poor)(?: (?:goods|items|delivery|products|quality))?|wrong (?:goods|items|delivery|products|quality)|quality|defective|defects?|broken|faulty|poor quality|bad quality/,
    'quality',
  ],
  [
    /(?:not|never) (?:received?|delivered|arrived|got|shipped)|non ?-?delivery|undelivered|missing delivery|no delivery/,
    'not_received',
  ],
  [/(?:wrong|incorrect|missing|no|invalid|closed) (?:po|purchase order)(?: number)?|po mismatch/, 'wrong_po'],
  [
    /duplicated?(?: invoice)?|double ?-?(?:billed|invoiced|charged)|double (?:billed|invoiced|charged)|billed twice|invoiced twice|twice/,
    'duplicate',
  ],
  [/(?:wrong |incorrect |sales )?(?:tax|vat)(?: (?:exempt|rate|wrong))?|tax exempt/, 'tax'],
  [
    /already credited|credited already|credit (?:missing|not applied)|credit note missing/,
    'already_credited',
  ],
  [/(?:not (?:in|per|part of) (?:the |our )?)?contract(?: terms)?|not agreed|wrong terms/, 'contract'],
];

export function takeDispute(scan: Scanner, chase: ChaseSlots, context: OfflineContext, draft: Draft): void {
  takeQuote(scan, chase);
  scan.take(
    'line',
    /(?:on |of |for |only )*(?:line|item|position|pos)(?: (?:item|number|nr|no))* #?(\d{1,4})/,
    (match) => {
      chase.line = Number(match[1]);
    },
  );
  for (const [words, reason] of reasons)
    scan.take(
      'reason',
      new RegExp(
        `(?:(?:for|because of|because|over|due to|reason|is|the|a|it|was|were|they|say|they have|has|on) )*(?:${words.source})`,
      ),
      () => {
        if (chase.disputeReason) return false;
        chase.disputeReason = reason;
        return true;
      },
    );
  scan.take('reason', /reason (?:is )?other|other(?: reason)?/, () => {
    chase.disputeReason ??= 'other';
  });
  takeHandler(scan, chase, context);
  scan.foldPhrases(PHRASE);
  scan.take(
    'answer by',
    /(?:due|answer|reply|replied|to be answered|respond|back|resolve|by|until|due by)(?: (?:due|by|on|until|before|the))* (§\d+)/,
    (match) => {
      const day = comingDay(scan.expand(match[1]!), context.today);
      if (day === null) return false;
      chase.answerBy = day;
      return true;
    },
  );
  if (draft.slots.invoices?.length)
    takeMoney(scan, '(?:(?:of|for|over|amount|about) )?(?:the )?', (amount, currency) => {
      // a bare number may count anything
      if (!currency && !scan.has(/(?:of|for|over|amount|about) (?:the )?\d\S*/)) return false;
      chase.amount = amount;
      return true;
    });
  scan.unfold();
}

/** "Assign to ops": the word or two behind it, whoever that is; owners by their address. */
function takeHandler(scan: Scanner, chase: ChaseSlots, { vocabulary, actor }: OfflineContext): void {
  const { tokens } = scan;
  const verb = tokens.findIndex((token) => /^(?:assign|assigned|owner|route|forward|hand)$/.test(token.word));
  if (verb < 0) return;
  let from = verb + 1;
  while (/^(?:it|this|that|is|over|to|the|dispute)$/.test(tokens[from]?.word ?? '')) from += 1;
  let to = from;
  while (
    tokens[to] &&
    to < from + 2 &&
    !(to > from && tokens[to]!.breakBefore) &&
    !/^(?:please|by|due|until|and|for|on|,)$/.test(tokens[to]!.word)
  )
    to += 1;
  if (from === to) return;
  const name = typedText(tokens.slice(from, to)).toLowerCase();
  const whole = name.replace(/ (?:team|department|desk)$/, '');
  const owner = vocabulary.owners.find(
    (each) =>
      each.email === whole ||
      each.name?.toLowerCase() === whole ||
      each.name?.toLowerCase().split(' ')[0] === whole,
  );
  chase.handler = /^(?:me|myself)$/.test(whole)
    ? actor.email
    : (owner?.email ?? typedText(tokens.slice(from, to)).replace(/ (?:team|department|desk)$/i, ''));
  scan.reserve({ from: verb, to }, 'assign');
}

/**
 * Tells whether a message is about chasing, and which act it asks for, from its words as typed ("chase" orders,
 * "chased" tells). What the act is about is read afterwards; a wrong guess here shows as words left over.
 */
import { fold } from '../text/lemmas.ts';
import type { Token } from '../text/tokens.ts';
import { type ChaseAct, type ChaseSlots, isDrafting } from './slots.ts';

/** As typed, in lower case, typing errors and shorthand aside; "," where something was set off. */
export function spokenText(tokens: readonly Token[]): string {
  const words = tokens.flatMap((token, index) => {
    const raw = token.raw.toLowerCase().replaceAll('’', "'");
    const word =
      token.by === 'name' || token.by === 'number'
        ? '@'
        : token.correctedFrom !== null || fold(raw).length > 1
          ? token.word
          : raw;
    return token.breakBefore && index > 0 ? [',', word] : [word];
  });
  return ` ${words.join(' ')} `;
}

const LEAD =
  "(?:^|,) (?:(?:pls|plz|please|kindly|can|could|would|will|you|u|we|i|want|need|to|like|go|ahead|and|now|ok|okay|so|hey|hi|hello|remy|let|us|then|also|just|yes|sure|great|perfect|next|_|help|me|with|must|try|alright|right|fine|actually|wait|but|,|let's|good|morning) )*";
const VERB =
  '(?:chase|nudge|remind|dun|ping|e-?mail|mail|message|contact|follow[ -]up(?: with| on)?)(?! (?:me|us|address|addresses|history|of|from|for|at|is|are|was|list|info|details?|count|person|number|and) )';
const CHASING =
  '(?:chas(?:e|es|ing)|e-?mail(?:s|ing)?|mail(?:s|ing)?|remind(?:ers?|ing)?|nudges?|nudging|dun(?:ning)?|contact(?:ing)?|call(?:s|ing)?|ping(?:ing)?|writ(?:e|ing)(?: to)?|bother(?:ing)?|messag(?:e|es|ing)|follow(?:ing)?[ -]ups?|letters?|notices?|cadence|outreach)';
const LETTER =
  '(?:reminders?|statements?|soa|nudges?|e-?mails?|letters?|notices?|notes?|thank|thanks|dunning|messages?|mails?|follow[ -]?ups?|remittance|final demand)';
const ALL =
  '(?:everyone|everybody|every (?:\\S+ )?(?:customer|account|client|debtor|one)|all (?:of )?(?:the |my |our )?(?:\\S+ )?(?:customers?|accounts?|clients?|debtors?|payers?|invoices?|overdues?|of them)|anyone|anybody|everything|whoever|all(?= (?:over|above|with|that|who|more|overdue|late|past|\\d|except|but)))';
const MANAGER = '(?:managers?|controllers?|admins?|supervisors?|cfo|head of finance)';
const AMOUNT = '[$€£¥]? ?\\d[\\d,.]*(?:k|m)?';

/** The text begins and ends with a space; so do the patterns' words. */
const compiled = new Map<string, RegExp>();
function said(text: string, source: string): boolean {
  const known = compiled.get(source) ?? new RegExp(source);
  compiled.set(source, known);
  return known.test(text);
}
const orders = (text: string, source: string): boolean => said(text, `${LEAD}(?:${source})`);

type Last = { act: ChaseAct | undefined };

function decides(text: string, { act }: Last): boolean {
  if (
    orders(
      text,
      '(?:approve|reject|decline|snooze|authori[sz]e|sign off|sign (?:it|this|them|that|these) off)(?! (?:limit|rights?) )',
    )
  )
    return true;
  const sends =
    'send (?:it|them|that|this|those|these|the drafts?|all(?: of (?:them|it))?|everything)(?: (?:now|out|off|please|pls|right away|today|asap|then|already|all))* $';
  if (orders(text, sends)) return true;
  if (act === undefined) return false;
  return (
    orders(
      text,
      '(?:all|everything|everyone|every 1|the rest|the others)(?: of them)? (?:but|except|excluding|apart from|without) ',
    ) ||
    said(
      text,
      '^ (?:(?:ok|okay|yes|yep|great|perfect|fine|cool|lgtm|looks good|,) )*(?:go ahead|do it|ship it|send|lgtm|looks good|go for it|approved|go)(?: (?:now|please|pls|and send(?: it)?|send it|then|,))* $',
    ) ||
    ((isDrafting(act) || act === 'decide' || act === 'proposals') &&
      orders(
        text,
        '(?:undo|take (?:it|that) back|unsend|cancel (?:it|that|the (?:send|email|draft))|discard|delete (?:it|the draft)|scrap it)',
      )) ||
    orders(text, 'hold (?:the rest|the others|these|those) for ')
  );
}

const policies: readonly string[] = [
  `only (?:let |allow |have )?(?:the |our |a )?${MANAGER} .*(?:approv|sign)`,
  `(?:${MANAGER}|nobody (?:but|except) ${MANAGER}|only ${MANAGER}) .*(?:must|have to|has to|need to|needs to|may|can|should|approves?) .*(?:${AMOUNT})`,
  `(?:require|requires|needs?|need) .*${MANAGER} .*(?:above|over|>|more than|from) `,
  `approv(?:al|e|er|ing) (?:limit|threshold|cap)`,
  `(?:at most|max|maximum(?: of)?|no more than|not more than|only|up to|limit .*to|cap .*at) .*(?:e-?mails?|reminders?|messages?|mails?|chases?|times?|letters?|once|twice) .*(?:a|per|each|every) week `,
  `(?:at least|minimum(?: of)?|min|wait|leave|keep) .*days? .*between `,
  `(?:${CHASING}|send) .*(?:between|before|after|outside) \\d{1,2}(?: ?[:.] ?\\d\\d)? ?(?:am|pm|and|,|to|o'clock|h|or) `,
  `(?:contact|business|quiet|working|sending) hours `,
  `(?:do not|don't|never|stop) (?:${CHASING}) .*(?:under|below|less than|smaller than|<) ${AMOUNT}`,
  `minimum balance `,
  `(?:change|update|edit|adjust|set) (?:the |our |my )?(?:chasing |cadence |approval |dunning )?(?:policy|cadence|rules) `,
  `(?:sending|send|undo) (?:delay|window) `,
  `add (?:a |an |another )?(?:\\S+ ){0,2}(?:step|reminder|e-?mail|letter|nudge) .*days? (?:before|after|past|overdue)`,
  `(?:remove|drop|delete|skip) the (?:step|reminder|letter|e-?mail) (?:at|on|of|\\d).*`,
];

const audits: readonly string[] = [
  `what (?:did|has|have|was|all did) (?:the )?(?:bot|remy|agent|robot|assistant|system|you) (?:\\S+ )*(?:do|done|did|send|sent|doing|up to)`,
  `(?:on (?:its|your|it's) own|by (?:itself|yourself)|automatically|autonomously|without (?:asking|us|me) ) `,
  `who (?:approved|rejected|signed off|sent|released|snoozed|drafted|edited|lifted|placed|put|recorded|logged|changed) `,
  `what (?:exactly |all |else )?(?:was|were|did we|have we|has been|got|have you|did you)(?: \\S+){0,4} (?:sent|send|emailed|mailed) `,
  `what (?:exactly )?(?:went|has gone|have gone|did go|did we) (?:all )?out (?!of)`,
  `audit (?:trail|log|chain)`,
  `(?:which|what|the|all) (?:e-?mails?|reminders?|messages?|letters?) (?:\\S+ ){0,3}(?:sent|went out|did we send) `,
  `e-?mails? (?:we )?sent (?:to|by|on|yesterday|today|last|this|since) `,
];

const proposals: readonly string[] = [
  `(?:waits?|waiting|pending|awaits?|awaiting|queued?|open|outstanding) (?:for )?(?:my |our |an? |the |any |your )?(?:approvals?|decisions?|sign-?off|drafts?|proposals?) `,
  `(?:drafts?|proposals?|emails?) (?:\\S+ ){0,3}(?:waiting|pending|waits?) `,
  `approval (?:queue|list|page|requests?) |approvals |to approve |to decide |(?:needs?|need|needing|requires?) (?:my |our |an? |your )?(?:approval|approving|decision|sign-?off) `,
  `(?:show|list|see|which|what|any|many|where|my|open|are the|see the|show the) (?:\\S+ ){0,4}(?:drafts?|proposals?) `,
  `what is (?:still )?pending |what (?:was|were|got|has been|have been|did i|did we|have i|have we) (?:approved?|rejected?|decided?|approve|reject|snoozed?) `,
];

const asking =
  /^ (?:(?:and|so|but|hey|remy|ok|,) )*(?:who|what|which|when|how|did|does|do we|do they|has|have|had|is|are|was|were|any|show|list|will|why|can you show|should)\b/;

const promises = (text: string): boolean =>
  orders(
    text,
    '(?:log|record|add|note(?: down)?|save|enter|register|put(?: down| in)?|write down|make|create|track|store|capture|set)(?: (?:a|an|the|this|that|new|another|\\S+)){0,4}? (?:promised?|promises|ptps?|pledge|commitment) ',
  ) ||
  orders(text, '(?:ptp|promise(?: to pay)?|pledge) (?:.* )?[$€£¥]?\\d') ||
  (!asking.test(text) &&
    said(
      text,
      `@ (?:(?:has|have|just|now|already|today|,) )*(?:promised|promises|committed|pledged|will pay|will send|is going to pay|are going to pay|agreed to pay|commits|says (?:it|they) will pay|said (?:it|they) will pay)(?: \\S+)* ${AMOUNT}`,
    ));

const disputes = (text: string): boolean =>
  orders(
    text,
    '(?:open|log|record|raise|create|file|add|start|register|make|note)(?: (?:a|an|new|another|the|1))* dispute ',
  ) ||
  orders(text, 'dispute (?:@|line|the|invoice|#)') ||
  orders(text, '(?:mark|flag|set|tag|log) .*(?:in dispute|disputed|contested) ') ||
  (!asking.test(text) &&
    said(
      text,
      '@ (?:(?:is|are|has|have|now|just) )*(?:disputes|disputing|contests|contesting) (?:\\S+ )*@|@ is (?:disputed|contested) (?:,|for|because|over) ',
    ));

const lifts = (text: string, { act }: Last): boolean =>
  (act === 'set_hold' &&
    orders(text, '(?:undo|revert|lift|take)(?: (?:it|that|this|back|again))* $|never ?mind(?: that)? $')) ||
  orders(text, '(?:resume|restart|unpause|unhold|unfreeze|reactivate|unmute) ') ||
  orders(text, `(?:start|begin|continue|go back to) ${CHASING} .*(?:again|@)`) ||
  orders(text, `continue (?:with )?(?:the )?${CHASING} `) ||
  orders(
    text,
    '(?:lift|release|remove|end|cancel|clear|undo|drop|delete|take) (?:\\S+ )*(?:holds?|pause|freeze|stop) ',
  );

const STOP =
  '(?:do not|never|no longer|not|stop|cease|quit|pause|suspend|freeze|halt|hold off(?: on| with)?|hold|mute|skip|no(?: more)?)(?: (?:all|the|any|on|with|sending|every|to|out|off|please|further|more|automatic|automated|collections?|his|her|their|them))*';
const holds = (text: string): boolean =>
  orders(text, `${STOP} (?:\\S+ ){0,1}?${CHASING} `) ||
  orders(
    text,
    '(?:pause|suspend|freeze|mute|hold off(?: on| with)?|hold)(?! (?:on|up|the line|reasons?|list) ) \\S',
  ) ||
  orders(text, '(?:put|place) .*(?:on|under) (?:a )?(?:credit |collections? )?hold ') ||
  orders(text, '(?:put|place|set|add|create)(?: (?:a|an|new|the|\\S+)){0,2}? hold ') ||
  orders(text, 'leave .*alone ');

const REVISED =
  '(?:firmer|softer|friendlier|shorter|longer|nicer|stricter|tougher|stronger|gentler|kinder|politer|warmer|sterner|milder|harsher|briefer|(?:more|less) (?:firm|polite|friendly|urgent|formal|direct|pushy|aggressive|concise|serious|harsh|stern))';
const revisions = (text: string, last: Last): boolean =>
  !letters.some((each) => said(text, `^ ${LEAD.slice(LEAD.indexOf(') ') + 2)}(?:${each})`)) &&
  revises(text, last);
const revises = (text: string, last: Last): boolean =>
  orders(
    text,
    `(?:(?:make|write|rewrite|redo|rephrase|change|do|send|put) (?:it|that|this|the (?:draft|e-?mail|letter|message|mail|tone|text|one)) )?(?:(?:a|bit|little|much|way|lot|slightly|even|somewhat|sound|to|be|be a|tone) )*${REVISED} `,
  ) ||
  orders(text, '(?:cc|copy in|loop in|put in cc|add in cc|in cc) ') ||
  orders(
    text,
    `(?:make|rewrite|change|set) (?:the |my |that )(?:draft|e-?mail|letter|message)(?: \\S+){1,6} ${REVISED} `,
  ) ||
  orders(text, '(?:translate|rewrite|rephrase|reword) (?:it|that|this|the) ') ||
  orders(text, 'mention (?:the |their |our )?(?:po|purchase order)') ||
  orders(text, '(?:change|soften|raise|lower|tone down|sharpen) (?:the |its )?tone|tone it down') ||
  (isDrafting(last.act) &&
    (said(
      text,
      `${REVISED} |(?: cc | cut it | trim it | too long | too short | attach | po number | po numbers )`,
    ) ||
      orders(
        text,
        '(?:make|write|do|put|send|have) (?:it|that|this|the (?:draft|e-?mail|letter|message|mail)) .*(?:friendly|neutral|firm|urgent|polite|german|english|french|spanish|deutsch|short|final)',
      ) ||
      orders(
        text,
        '(?:in |auf |into )?(?:german|english|french|spanish|deutsch|français|español)(?: (?:please|pls|plz|version|language|instead|,))* ',
      ) ||
      orders(text, '(?:friendly|neutral|firm|urgent|polite|gentle)(?: (?:please|pls|tone|instead|,))* $') ||
      orders(
        text,
        '(?:add|include|remove|drop|leave out|take out|without|also|exclude) (?:\\S+ ){0,2}(?:@|cc|the (?:attachment|statement|po))',
      )));

const worklists: readonly string[] = [
  'work-?list |work list |to-?do(?: list)? |to do list |todos ',
  `who(?:m)? (?:else )?(?:should|shall|do|must|to|can|could|would|needs?|has|is to)(?: (?:i|we|be|to|you))* (?:chase|chased|remind|nudge|prioriti[sz]e|go after|dun|follow up)(?! (?:at|in|with at) )`,
  'who(?:m)? (?:should|shall|do|must|can) (?:i|we) (?:call|contact|email|write to|focus on|talk to|start with|work on)(?: (?:today|first|now|next|this morning|,))* $',
  'what (?:should|shall|do|can|must) (?:i|we)(?: \\S+){0,2} (?:do|work on|tackle|focus on|start with|chase|prioriti[sz]e)(?! with (?:it|them|this) )',
  '(?:what|who) (?:is|are) (?:next|first|up next|up)(?: to (?:do|chase))?(?: (?:today|,))* $|where (?:do|should) (?:i|we) (?:start|begin) |what to do (?:first|next|today|now)?',
  'priorit(?:y|ies|ise|ize) ',
  'top \\d+ (?:\\S+ )?to (?:chase|call|contact|remind|email) ',
  `(?:what|who|whom|which (?:\\S+ )?)(?:e-?mails?|reminders?|messages?|letters?|drafts?)? ?(?:goes|go|is going|are going|will go|will be going|gets?|will get|will be|is scheduled|are scheduled|leaves|is planned|is to go|are due to go) (?:to )?(?:out|sent|an? (?:e-?mail|reminder|letter|nudge)|chased|reminded|nudged|emailed) `,
  '(?:what|which) (?:e-?mails?|reminders?|messages?|letters?) (?:are |is )?(?:scheduled|planned|due to go out) |what will (?:you|remy|we) send ',
  `(?:who|what|which \\S+|customers|accounts|everyone) (?:\\S+ ){0,4}not (?:being )?(?:chas(?:e|ing)) |(?:not chasing|not chased today|left out today)`,
  'who is not (?:being )?chased(?! (?:in|since|for) )',
];
const WHY = `(?:^|,) (?:(?:and|so|but|ok|remy|hey|,|tell me|explain) )*(?:why|how come|for what reason) (?:(?!figure).)*(?:today|first|now|chas(?:e|ing|ed)|list|worklist|top|ranked|rank|priority|remind(?:ing|ed)?|e?-?mail(?:ing|ed)?|nudge|nudging|nudged|follow(?:ing)? up|this account|this 1|this one|contact(?:ing|ed)?) `;
const shortWhy =
  /^ (?:(?:and|so|but|ok|,) )*why (?:not )?(?!is |are |do |does |did |was |has |have )\S+(?: \S+)? $/;
const SHOULD = `^ (?:(?:and|so|but|hey|remy|,) )*(?:should|shall|do) (?:i|we) (?:need to |have to )?(?:chase|e-?mail|nudge|remind|call|contact|follow up with) `;

const whys = (text: string): boolean => said(text, WHY) || shortWhy.test(text) || said(text, SHOULD);

const letters: readonly string[] = [
  '(?:draft|compose|prepare)(?! (?:me )?(?:a |an |the )?(?:report|list|summary|table|forecast|budget) )',
  `write (?!(?:it |them |this |that |\\S+ )?(?:off|down) )(?:to |.*${LETTER} )`,
  `${VERB} `,
  `(?:send|shoot|fire off|resend|create|generate|make)(?! (?:me|us|over) )(?=.* ${LETTER} )`,
  'thank (?!(?:you|u) )|say thank(?:s| you) ',
  'ask .*(?:remit|to pay|for (?:the |their |a )?(?:payment|money|remit)|about (?:the |their )?(?:payment|remit))',
  '(?:request|get) (?:a |the )?(?:\\S+ )?remit',
];

const rest: readonly [ChaseAct, (text: string, last: Last) => boolean][] = [
  ['decide', decides],
  ['policy', (text) => policies.some((each) => said(text, ` ${each}`))],
  [
    'audit',
    (text) => audits.some((each) => said(text, ` ${each}`)) && !/invoices?|export|download/.test(text),
  ],
  ['proposals', (text) => proposals.some((each) => said(text, ` (?:${each})`))],
  ['log_promise', promises],
  ['open_dispute', disputes],
  ['lift_hold', lifts],
  ['revise_draft', revisions],
  ['worklist', (text) => whys(text) || worklists.some((each) => said(text, ` (?:${each})`))],
  ['set_hold', holds],
  [
    'draft_many',
    (text) =>
      orders(text, `${VERB} (?:\\S+ ){0,3}?${ALL} `) ||
      orders(
        text,
        `(?:draft|write|prepare|compose|send|create|generate|make) (?:\\S+ ){0,6}?${LETTER} (?:to|for) (?:\\S+ )?${ALL} `,
      ) ||
      orders(text, `(?:draft|write|prepare|compose) (?:for )?${ALL} `),
  ],
  ['draft_email', (text) => letters.some((each) => orders(text, each))],
];

/** The act that the message asks for; null when it asks none of chasing. */
export function actOf(tokens: readonly Token[], last: ChaseSlots | undefined): ChaseAct | null {
  const text = spokenText(tokens);
  return rest.find(([, fits]) => fits(text, { act: last?.act }))?.[0] ?? null;
}

/** "why acme today", "should i chase acme". */
export const asksWhy = (tokens: readonly Token[]): boolean => whys(spokenText(tokens));

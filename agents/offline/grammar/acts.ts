/** What is not done: changes to the ledger, deciding, forecasts, matching, advice. Always said by name. */
import type { Scanner } from '../text/scanner.ts';
import type { Draft } from './context.ts';

const LEAD =
  "^(?:(?:just|please|can|could|would|will|you|we|i|want|need|to|like|go|ahead|and|now|ok|okay|so|hey|hi|remy|let|us|'s|should|then|also|_|help|me|with|kindly|must|have|try) )*";

const verbs: readonly [RegExp, string][] = [
  [/mark(?:ing)?|flag(?:ging)?|tag|set|toggle/, 'changing a record'],
  [
    /(?:send|email|mail|e-mail|resend|fire off|shoot|ping|text|message)(?! me| us| over| it to me| to me| for| of| at| from| address| history)/,
    'sending anything',
  ],
  [
    /(?:remind|nudge|dun|call|phone|contact|follow up (?:with|on)|chased)(?! (?:is|are|was|for|at|info|details?|list|history|date|count|me|times?|number|person|and))/,
    'contacting a customer',
  ],
  [/write (?:it |them |this |that )?off|writeoff|write-off/, 'writing off'],
  [/delete|erase|void|cancel|wipe|purge|undo|reverse/, 'deleting or reversing'],
  [
    /(?:change|update|edit|modify|adjust|amend|extend|increase|reduce|lower|raise|fix|correct|rename|move|reassign|assign|transfer|merge|switch)(?! (?:on|from)|'s| to (?:usd|eur|gbp|jpy|top))/,
    'changing a record',
  ],
  [/approve|reject|sign off|authori[sz]e/, 'approving'],
  [
    /(?:apply|post|allocate|book|clear|settle|close(?: out)?|pay|refund|charge|collect)(?! (?:rate|rates|history|habit|habits|behaviou?r|pattern|patterns|performance|record))/,
    'booking money',
  ],
  [
    /(?:put|place|release|lift|take) .*(?:on|off|from|the) hold|(?:put|place) (?:a )?hold|stop chasing|pause|block|unblock|suspend/,
    'holding or releasing an account',
  ],
  [
    /(?:(?:log|record|add|register|enter|note down|save|store|schedule|create)(?: (?:a|an|the|this|that|new|another))*|(?:make|open|raise|issue)(?: (?:a|an|the|this|that|new|another))+) (?:promise|promised|dispute|disputed|note|payment|invoice|credit|customer|contact|task|reminder|hold|user|call|follow up)/,
    'recording something',
  ],
  [/waive|forgive|discount|escalate|sync(?:hroni[sz]e)?(?: now)?|import|upload/, 'changing a record'],
];

const anywhere: readonly [RegExp, string][] = [
  [
    /mark (?:\S+ ){0,6}(?:as )?(?:paid|open|disputed|void|resolved|closed|complete|overdue|done)/,
    'changing a record',
  ],
  [/(?:put|place) (?:\S+ ){1,5}on (?:credit )?hold/, 'holding or releasing an account'],
  [
    /(?:change|update|edit|set|extend) (?:\S+ ){0,5}(?:terms?|due (?:date|day)|limit|address|email|owner|status)/,
    'changing a record',
  ],
  [/write (?:\S+ ){0,5}off/, 'writing off'],
  [
    /(?:send|email|mail) (?:\S+ ){0,4}(?:a |an |the )?(?:reminders?|statements?|dunning|emails?|letters?|notices?|invoice|cop(?:y|ies))/,
    'sending anything',
  ],
];

/** "Chased three times" tells; "chase them" orders. */
const chasedAlready = (scan: Scanner): boolean =>
  scan.tokens.some((token) => token.word === 'chased' && /ed$|ing$/i.test(token.raw)) &&
  !scan.has(/remind|nudge|dun|call|phone/);

/** "can you send me the list" asks to show; "send them a reminder" asks to act. */
export function takeActs(scan: Scanner, { refusals }: Draft): void {
  scan.take('show', /(?:please |can you |could you |just )*send (?:me|us|over|it to me)|mail me|text me/);
  scan.take(
    'show',
    /(?:please|you|and|_) share(?: (?:with )?(?:me|us))?(?! of)|^share (?!of)(?:with )?(?:me|us|the)/,
  );
  for (const [verb, what] of verbs) {
    if (
      new RegExp(`${LEAD}(?:${verb.source})(?: |$)`).test(`${scan.rest} `) &&
      !(verb.source.includes('chased') && chasedAlready(scan))
    ) {
      refusals.push({ kind: 'act', what });
      return;
    }
  }
  for (const [phrase, what] of anywhere) {
    if (scan.has(phrase)) {
      refusals.push({ kind: 'act', what });
      return;
    }
  }
}

const FUTURE =
  /forecast|predict|projection|project(?:ed)? cash|cash ?flow|(?:will|going to|likely to|gonna) (?:\S+ ){0,4}(?:pay|come in|collected?|receive|paid|default|be overdue)|likelihood|probab(?:ility|le)|odds|chance|(?:how much|what) (?:cash |money )?(?:will|can) (?:we|i) (?:expect|collect|receive|get)|expected (?:cash|payment|collections?)|expect(?:ing)? to (?:collect|receive|get)|when will/;
const MATCHING =
  /(?:match|reconcile|auto-?match|auto-?apply)(?:ing|ed)? (?:\S+ )*(?:payment|cash|bank|statement)?|cash application|bank statements?|remittance advice/;
const ADVICE =
  /(?:who|what|which (?:\S+ )?)(?: customer| account)? ?(?:should|shall|do|must) (?:i|we) (?:chased|call|contact|do|focus|prioriti[sz]e|email|follow)|(?:should|shall) (?:i|we) .*|worklist|prioriti[sz]e|what to do|recommend|suggest(?:ion)?s?|credit (?:score|risk|rating|check)|risk(?:y|iest)?|why (?:is|are|did|do|does|has|have) .*/;

/** Known wishes of later versions. */
export function takeUnsupported(scan: Scanner, { refusals }: Draft): void {
  if (scan.has(FUTURE)) refusals.push({ kind: 'forecast' });
  else if (scan.has(MATCHING) && !scan.has(/unapplied/)) refusals.push({ kind: 'matching' });
  else if (scan.has(ADVICE) && !scan.has(/why (?:is|are) (?:this|that|it) (?:the|that) figure/))
    refusals.push({ kind: 'advice' });
}

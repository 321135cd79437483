/**
 * Tells whether a message is about cash, and which act it asks for, from its words as typed. What the act is about is
 * read afterwards; a wrong guess here shows as words left over.
 */
import { spokenText } from '../chasing/detect.ts';
import type { Token } from '../text/tokens.ts';
import { duplicates, explains, finds, looks, matches, memory } from './detect-questions.ts';
import { asking, type Before, KIND, METHOD, NUM, notCash, orders, PAYMENT, said } from './patterns.ts';
import { PAYMENT_CODE } from './payment.ts';
import type { CashAct } from './slots.ts';

const LEFT =
  '(?:charge-?backs?|charged? back|clawed back|bounced?|bouncing|nsf|dishonou?red|insufficient funds|returned|return|came back|sent back|reversed by|recalled|refunded|r\\d\\d)';

/** The money itself left again; a question whether it did is none. "Returned" alone may be a mail. */
const left = (text: string): boolean =>
  !/ refund or | or refund /.test(text) &&
  !orders(text, 'refund ') &&
  said(text, ` ${LEFT} `) &&
  !notCash.test(text) &&
  (said(text, ` (?:charge-?backs?|charged? back|nsf|r\\d\\d|refunded|bounced?|dishonou?red) `) ||
    said(text, ` ${PAYMENT} | ${METHOD} `));
const names = (text: string): boolean =>
  said(text, ` (?:${NUM}|${PAYMENT}|${METHOD}|it|that|this|them) `) || / on | from | of /.test(text);

const UNDO = '(?:undo|reverse|revert|roll back|take back|take off|back out|cancel|remove|delete|unwind)';

const undoes = (text: string, { act }: Before): boolean =>
  orders(text, '(?:un-?apply|un-?match|un-?post|un-?allocate) ') ||
  (orders(text, `${UNDO} |take (?:\\S+ ){1,5}?(?:back|off) `) &&
    !notCash.test(text) &&
    !/ holds? | list | copy | cc /.test(text) &&
    (said(
      text,
      ' (?:applications?|match|matches|matching|allocations?|applied|postings?|posting|payments?|cash|write-?offs?) ',
    ) ||
      ((act === 'matches' || act === 'run' || act === 'explain' || act === 'reverse') &&
        said(text, ' (?:it|that|this|them|those|one|1|first|second|third|last|latest|all|undo|again) '))));

/** Said as a whole anew, "put it on 1190" is no change of what was proposed; "also put 300 on 1190" is. */
const corrects = (text: string, { act, memory: { application } }: Before): boolean =>
  act === 'apply' &&
  application !== null &&
  said(text, ` ${NUM} `) &&
  !/ half | 50\/50 | evenly | equally /.test(text) &&
  (orders(
    text,
    `(?:use|not|instead|replace|swap|change|drop|without|skip|leave out|leave|remove|exclude|excluding|minus|except|add|plus|make (?:it|that)|include|${NUM}) `,
  ) ||
    said(text, ' (?:also|instead|rather|already|as well|too) '));

const PICKED = '(?:alternative|option|alt|suggestion|solution|choice|proposal|variant)';

const picksAlternative = (text: string): boolean =>
  said(text, ` ${PICKED} (?:number |no |nr |#)?(?:1|2|one|two|a|b) `) ||
  said(text, ` (?:first|second|1st|2nd|other|next) (?:${PICKED}) `);

const adjusts = (text: string): boolean =>
  !said(text, ` why `) &&
  (said(text, ' (?:write|wrote|writing|written) (?:\\S+ ){0,7}?off ') ||
    orders(text, 'write-?off ') ||
    (!asking.test(text) &&
      !said(text, ` ${KIND} or | or (?:a |an |the )?${KIND} `) &&
      !notCash.test(text) &&
      said(text, ` ${KIND} `) &&
      (orders(
        text,
        "(?:accept|allow|grant|book|take|treat|count|adjust|post|it is|it's|its|that is|that's|thats|this is|they|he|she|@|a|the|looks like|must be|probably|should be|because of|due to) ",
      ) ||
        said(text, ' (?:accept|allow|let) (?:it|that|them) '))));

/** "Book the 25 difference on INV-9 as a bank fee" puts no money anywhere. */
const booksGap = (text: string): boolean =>
  orders(
    text,
    `(?:book|post|put|treat|count|take) (?:the |that )?(?:${NUM} )?(?:\\S{3} )?(?:difference|rest|remainder|gap|shortfall|balance|${NUM}) (?:\\S+ ){0,4}?as (?:\\S+ ){0,3}?${KIND} `,
  );

const TARGET = `(?:to|on|onto|against|between|towards?|for|with|across|over|into)`;

const APPLY =
  '(?:match|apply|allocate|put|post|assign|book|place|split|distribute|move|link|tie|net|settle|use|pay|clear|divide)';

const applies = (text: string, { act, memory: { payments } }: Before): boolean =>
  !notCash.test(text) &&
  !/ hold /.test(text) &&
  (orders(text, `${APPLY} (?:\\S+ )*?${TARGET} (?:\\S+ )*?${NUM} `) ||
    orders(
      text,
      `${APPLY} (?:it|that|this|all|everything|the rest|half)(?: \\S+)*? ${TARGET} (?:invoices?|bills?) `,
    ) ||
    orders(
      text,
      `(?:all|everything|half|the whole|the lot)(?: of)? (?:it|that|this|the payment)? ?(?:goes )?${TARGET} ${NUM} `,
    ) ||
    orders(text, `${NUM} (?:of (?:it|that|this) )?(?:goes )?(?:to|on|onto|against) ${NUM} `) ||
    orders(text, `split (?:it |that |this |the \\S+ )?(?:evenly|50|half|equally|in half|in two)`) ||
    (payments.length > 0 &&
      !asking.test(text) &&
      said(
        text,
        `^ (?:\\S+ )?(?:it is|it's|its|that is|that's|thats|this is|that|it|this|they)(?: \\S+){0,3} (?:for|pays|paid|covers|goes (?:to|on)|belongs (?:to|on)) (?:the )?(?:invoices? |inv |invs )?${NUM} `,
      )) ||
    (act === 'find_payer' && orders(text, `(?:inv|invoice|invoices|for) (?:\\S+ )?${NUM} `)));

const onAccount = (text: string, { act }: Before): boolean =>
  (act === 'duplicates' || act === 'explain') &&
  orders(
    text,
    '(?:leave|keep|put|hold|credit)(?: \\S+){0,4} (?:on account|as (?:a )?credit|unapplied|on their account)',
  );

const RUN =
  "(?:(?:run|start|do|kick off|re-?run|trigger|launch|perform|execute|redo)(?: (?:the|a|another|new|our|all|today's|auto|automatic))* )?(?:cash app(?:lications?)?|cash posting|payment matching|cash matching|bank reconciliation|auto-?match(?:ing)?|auto-?apply|auto-?cash|matching|reconciliation|matching run)";

const MANY =
  '(?:all|everything|every payment|payments|cash|money|unapplied|unmatched|open payments|what|whatever|anything|those|them|the (?:payments|cash|rest|money|deposits|bank|unapplied|unmatched|new|open|sure|certain|ones|others)|new|today|certain|sure|deposits|bank|incoming|received)';

const runs = (text: string, { memory: { payments }, act, pays }: Before): boolean =>
  !notCash.test(text) &&
  (orders(
    text,
    `(?:match|reconcile|auto-?match|auto-?apply|apply) (?:the |this |that )?(?:payment|wire|ach|che(?:ck|que)|transfer|deposit) (?:\\S+ ){0,4}?(?:${NUM}|from )`,
  ) ||
    orders(
      text,
      '(?:match|reconcile|auto-?match) (?:\\S+ ){1,5}?(?:payments?|wires?|achs?|che(?:ck|que)s?|transfers?|deposits?) ',
    ) ||
    orders(text, `${RUN} (?!for |of |rate|history)`) ||
    orders(text, `(?:run|start|do|redo|re-?run) (?:the )?(?:match|matches) `) ||
    orders(
      text,
      `(?:match|apply|reconcile|auto-?match|auto-?apply|allocate|post)(?: (?:up|please|pls))* ${MANY}(?: |$)`,
    ) ||
    orders(text, '(?:match|reconcile) (?:payments?|the payment|cash|everything)? ?$') ||
    (payments.length > 0 &&
      (act !== undefined || pays) &&
      orders(
        text,
        '(?:match|auto-?match|reconcile) (?:it|that|this|that payment|this payment|the (?:first|second|third|last|1st|2nd|3rd)(?: one| 1)?)(?: (?:now|please|pls|,))* $',
      )));

/** "Can you match payments?" is an order all the same. */
const ASKED = / (?:can|could|would|will) (?:you|u) | please | pls /;

/** In words. What is longer is a pasted text and no wish; the patterns' time grows fast with it. */
const LONGEST = 100;

/** "P-12" reads as "payment P-12". */
const numberedPayment = (token: Token): Token[] =>
  PAYMENT_CODE.test(token.raw) && token.by !== 'number'
    ? [
        { ...token, raw: 'payment', word: 'payment', by: null },
        { ...token, by: 'number', breakBefore: false },
      ]
    : [token];

/** The act that the message asks for, and whether matching shall run; null when it asks none of cash. */
export function cashActOf(
  tokens: readonly Token[],
  before: Before,
): { act: CashAct; run?: boolean; corrects?: boolean } | null {
  if (tokens.length > LONGEST) return null;
  const text = spokenText(tokens.flatMap(numberedPayment));
  if (memory(text)) return { act: 'memory' };
  if (left(text)) {
    if (!asking.test(text) && !before.asks) return names(text) ? { act: 'reverse' } : { act: 'returns' };
    return said(text, ` ${NUM} | from `) ? { act: 'explain' } : { act: 'returns' };
  }
  // "undo that?" is answered with what could be taken back, and takes nothing back
  if (undoes(text, before)) return { act: before.asks && !ASKED.test(text) ? 'matches' : 'reverse' };
  if (onAccount(text, before)) return { act: 'on_account' };
  if (duplicates(text, before)) return { act: 'duplicates' };
  if (picksAlternative(text)) return { act: 'apply' };
  if (corrects(text, before) && !adjusts(text)) return { act: 'apply', corrects: true };
  if (finds(text, before)) return { act: 'find_payer' };
  if (booksGap(text)) return { act: 'adjust' };
  if (applies(text, before)) return { act: 'apply' };
  if (explains(text, before)) return { act: 'explain' };
  if (adjusts(text)) return { act: 'adjust' };
  if (looks(text)) return { act: 'run', run: false };
  if (matches(text)) return { act: 'matches' };
  if (runs(text, before)) return { act: 'run', run: !before.asks || ASKED.test(text) };
  return null;
}

/** "Yes, apply it", after something was proposed: words that would decide, if words could. */
export const wouldDecide = (tokens: readonly Token[], act: CashAct | undefined): boolean =>
  (act === 'apply' || act === 'adjust') &&
  said(
    spokenText(tokens),
    '^ (?:(?:ok|okay|yes|yep|yeah|great|perfect|fine|cool|good|please|pls|sure|right|and|now|then|just|,) )*(?:apply|post|book|do|confirm|accept|execute|approve|ship|go ahead|go for it|looks good|lgtm|approved|yes|yep|sure|submit|release|finali[sz]e|undo|cancel|discard|scrap|reject)(?: (?:it|that|this|them|both|all|now|please|pls|then|and|the|proposal|payment|application|apply|with|approve|post|do|book|thanks|,))* $',
  );

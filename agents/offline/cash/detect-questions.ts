/** Which question about cash a message asks, from its words as typed. Questions about unapplied cash stay the ledger's. */
import { asking, type Before, KIND, METHOD, NUM, notCash, orders, PAYMENT, said } from './patterns.ts';

export const memory = (text: string): boolean =>
  said(text, ' (?:remember|remembered|learned|learnt|memory|memorised|memorized) ') &&
  said(text, ` (?:pays?|paying|paid|payers?|account) `);

const DUPLICATE =
  ' (?:(?:paid|pay|pays|payed|paying|sent|wired)(?: (?:us|it|that|them|this|me|for|the|@|\\S+)){0,4}? (?:twice|double|(?:two|2) times|2x)|double[ -]?(?:pay|paid|payments?|payed)|(?:duplicated?|double|dup|dupe) (?:payments?|wires?|che(?:ck|que)s?|transfers?|deposits?|achs?)) ';

export const duplicates = (text: string, { memory: { payments } }: Before): boolean =>
  said(text, DUPLICATE) ||
  said(text, ' (?:refund or credit|credit or refund|refund or (?:keep|leave)) ') ||
  (!said(text, ' (?:invoices?|inv|bills?|billed|invoiced) ') &&
    (payments.length > 0 || said(text, ` ${PAYMENT} `)) &&
    said(text, ' (?:is|was|are|a|any) (?:\\S+ ){0,4}?(?:duplicates?|duplicated|dupe|dup) '));

export const explains = (text: string, { act, memory: { payments }, pays }: Before): boolean => {
  const near = payments.length > 0 && (act !== undefined || pays);
  const object = `(?:${PAYMENT}|${METHOD}|${NUM}|it|that|this)`;
  if (notCash.test(text)) return false;
  if (
    said(
      text,
      ` short-?(?: by| of)? (?:by )?(?:only )?${NUM} | short ,| (?:short paid|short-paid|short payed|underpaid|under-paid) | (?:paid|payment|pays|pay|wire|ach|che(?:ck|que)) (?:\\S+ ){0,3}?short `,
    ) &&
    !/ shorter | short list /.test(text)
  )
    return said(text, ` ${PAYMENT} | ${METHOD} | short(?: by)? ${NUM} |paid `);
  if (said(text, ` ${KIND} or (?:\\S+ ){0,3}?(?:${KIND}|deduct\\S*|take|took|keep|kept|something) `))
    return true;
  if (
    said(
      text,
      `^ (?:\\S+ ){0,3}?(?:why|how come) (?:\\S+ ){0,8}?(?:match|matched|unmatched|match up|apply|applied|unapplied|post|posted|allocated|reconciled?|on account|not clear|clear|short|difference) `,
    )
  )
    return (
      said(text, ` (?:${PAYMENT}|${METHOD}) | ${NUM} `) || (near && said(text, ' (?:it|that|this|they) '))
    );
  if (
    orders(
      text,
      `(?:explain|show|tell me about|look at|open) (?:\\S+ ){0,2}?(?:payment|wire|ach|che(?:ck|que)|transfer|deposit) (?:\\S+ ){0,4}?(?:${NUM}|from) |explain (?:the |this |that )?(?:difference|gap|short|${NUM})`,
    )
  )
    return true;
  if (
    near &&
    said(
      text,
      '^ (?:\\S+ ){0,2}?(?:why|how come|explain(?: (?:it|that|this|the (?:first|second|third|last)(?: one| 1)?))?) $',
    )
  )
    return true;
  if (
    near &&
    said(
      text,
      ` (?:what is|what's|whats|where is|explain) (?:the )?(?:difference|gap|short ?fall|rest|remainder|missing) `,
    )
  )
    return true;
  if (
    said(
      text,
      `^ (?:\\S+ ){0,2}?(?:what(?: is|'s|s)?|whats) (?:up with |with |about )?(?:the|this|that|our|@ 's) (?:${METHOD} )?(?:payment )?(?:of )?[$€£¥]? ?\\d[\\d,.]* (?:\\S+ ){0,3}?(?:from|${PAYMENT}|${METHOD}|for|about|on the bank)`,
    )
  )
    return true;
  if (
    said(
      text,
      `(?:what happened (?:to|with)|where did|what became of|whats? (?:is )?(?:going on with|up with)|what is|what's|whats|status of|what about) (?:\\S+ ){0,3}?(?:payment|wire|ach|che(?:ck|que)|transfer|deposit) (?:\\S+ ){0,3}?(?:${NUM}|from @)`,
    )
  )
    return true;
  return (
    near &&
    said(
      text,
      ` (?:explain|tell me (?:more )?about|what about|what is|show) (?:the )?(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th|number \\d|#\\d)(?: (?:one|1|payment))? `,
    ) &&
    said(text, ` ${object} | (?:first|second|third|last|fourth|fifth|1st|2nd|3rd) `)
  );
};

const PAYER_MARK = `(?:${METHOD}|payments?|transfers?|deposits?|accounts?|iban|bank|memo|sender|remitter|originator|[$€£¥] ?\\d[\\d,.]*)`;

export const finds = (text: string, { memory: { payments }, act, pays }: Before): boolean =>
  !notCash.test(text) &&
  (said(
    text,
    ` who (?:pays|paid|is paying|sends|sent|wires) (?:\\S+ ){0,3}?(?:from|with|using|via) (?:the )?(?:bank )?(?:account|iban|acct|@|\\S*\\d{4})`,
  ) ||
    said(
      text,
      ` (?:whose|which customers?'?s?|what customers?) (?:\\S+ ){0,2}?(?:account|iban|${PAYMENT}|${METHOD}) (?:\\S+ )*?${NUM} `,
    ) ||
    said(
      text,
      ` whose (?:is|was) (?:the |this |that )?(?:\\S+ ){0,3}?(?:${PAYMENT}|${METHOD}|[$€£¥]? ?\\d[\\d,.]*|account|iban) `,
    ) ||
    (said(
      text,
      ` (?:who is (?:it|this|that|he|she|they|behind|the (?:payer|sender))|who(?:'s| is) (?:it|this|that)|who (?:could|can|might) (?:it|that|this) be|who are they|who (?:is|was) (?:it|that|this)(?: from)?|whose is (?:it|that|this)|any idea who|do we know who|who sent (?:it|that|this|us)|who (?:is it|is that) from|which customer(?: is (?:it|that|this))?) `,
    ) &&
      (said(text, ` ${PAYER_MARK} `) || (payments.length > 0 && (act !== undefined || pays)))) ||
    said(
      text,
      ` who (?:sent|wired|paid|transferred)(?: us)? (?:the |this |that |a |an )?[$€£¥]? ?\\d[\\d,.]*(?: |$)`,
    ) ||
    orders(
      text,
      `(?:find|identify|look up|trace|search)(?: (?:me|out|for|the|a|who))* (?:payer|sender|remitter)`,
    ) ||
    said(
      text,
      ` who (?:is|was) (?:behind )?(?:the|this|that|our) (?:\\S+ ){0,2}?(?:[$€£¥] ?\\d\\S*|\\d[\\d,]*\\.\\d\\d|wire|ach|deposit|transfer|payment of) `,
    ) ||
    orders(text, `identify (?:the |this |that )?(?:payment|wire|deposit|transfer|ach)`) ||
    (orders(
      text,
      `(?:got|received|there is|there's|have) (?:a |an |the |this |another )?(?:\\S+ ){0,3}?(?:${METHOD}|payment|deposit) (?:\\S+ )*?(?:from|by|of) `,
    ) &&
      said(text, ' (?:who|whose|no memo|without (?:a )?memo|unknown|no reference|no idea|which customer) ')));

const DONE =
  '(?:appl(?:y|ied)|match(?:ed)?|post(?:ed)?|allocate[ds]?|auto-?\\S+|auto|matches|applications?|reverse[ds]?|undone)';

export const matches = (text: string): boolean =>
  !said(
    text,
    ' (?:not|un(?:applied|matched|posted|allocated)|would|could|should|can|will|credits?|invoices?|cannot|never|have not) ',
  ) &&
  !notCash.test(text) &&
  (said(text, ` auto[ -]?(?:posted|applied|matched|matches|applications|posts|allocated)(?: |$)`) ||
    asking.test(text) ||
    orders(text, '(?:show|list|see|give) ')) &&
  (said(text, ` auto[ -]?(?:posted|applied|matched|matches|applications|posts|allocated)(?: |$)`) ||
    said(
      text,
      `^ (?:\\S+ ){0,3}?(?:what|anything|everything|which(?: \\S+)?|how much|show|list|did|any|who)(?: \\S+)*? (?:did|do|has|have|had|was|were|been|got|get|all) (?:\\S+ ){0,5}?(?:apply|applied|match|matched|post|posted|allocate|allocated) (?!to |on )`,
    ) ||
    said(
      text,
      `^ (?:\\S+ ){0,4}?(?:show|list|see|what|which|all|the|recent|last|latest|any|today's|yesterday's) (?:\\S+ ){0,4}?(?:cash )?(?:applications|matches) `,
    ) ||
    said(
      text,
      `^ (?:\\S+ ){0,2}?(?:anything|everything|payments|cash|what) (?:\\S+ ){0,2}?(?:${DONE}) (?:\\S+ )*?(?:under|below|less than|<|yesterday|today|last|this|by|on (?:its|your|their) own|automatically|without)`,
    ));

export const looks = (text: string): boolean =>
  !notCash.test(text) &&
  (said(
    text,
    ` (?:what|which|how|show) (?:\\S+ ){0,4}?(?:would|could|can|should|will) (?:\\S+ ){0,3}?(?:apply|match|post|be (?:applied|matched|posted)|propose|suggest) `,
  ) ||
    (said(text, ` (?:would|could|can) you (?:apply|match|post)(?: |$)`) && asking.test(text)) ||
    (said(text, ` unmatched (?!invoices?)`) &&
      !said(text, ' (?:how much|by customer|by \\S+ , oldest|total|how many) ')) ||
    (said(
      text,
      ` (?:not|never|hasn't been|haven't been|isn't|aren't) (?:yet )?(?:been )?(?:matched|reconciled)(?: |$)`,
    ) &&
      said(text, ` (?:what|which|show|list|any|anything) `) &&
      !/ invoices? | why /.test(text)) ||
    said(
      text,
      ` (?:anything|something|payments|what is there|is there anything|cash) (?:left )?to (?:match|apply|reconcile|post)(?: |$)`,
    ) ||
    said(text, ` (?:match|matching|cash|application) (?:suggestions|proposals|preview|dry run) `) ||
    said(text, ` (?:suggestions|preview) (?:for|of) (?:the )?(?:cash|matching|payments) `) ||
    orders(text, '(?:preview|dry run|simulate) '));

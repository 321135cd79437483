/** Questions about one account or one invoice: story, contact, owner, replied, paid yet, past due, PO number. */
import type { Scanner, Span } from '../text/scanner.ts';
import type { Draft } from './context.ts';

type Brief = NonNullable<Draft['slots']['brief']>;
const IT =
  "(?:the|this|that|its|their|our|a|an|my|us|@|'s|it|they|them|for|of|on|at|with|about|from|invoice|customer)";

const asks: readonly [Brief, RegExp][] = [
  [
    'contact',
    /(?:(?:who|what|whom|which|is|are|do|does|should|i|we|the|our|show|give|me|us|have|an|a|of|main|primary|best|right|billing|finance|ap|accounts? payable|accounting|email|e-mail|phone|@) )*(ap |accounts? payable |billing |finance |accounting |primary |main )?(?:contact(?: (?:person|details?|info(?:rmation)?|email|address|for|at|name))*|email(?: address)?(?= (?:of|for|at|do|is)|$)|phone(?: number)?|point of contact)/,
  ],
  [
    'contact',
    /(?:who (?:do|should|can|would) (?:i|we)) (?:speak|talk|write|email|call|contact|reach(?: out)?|ask|turn|chased)(?: (?:to|at|with|in|about|out))*/,
  ],
  [
    'contact',
    /(?:who (?:is|are|handles|does|runs) )?(?:(?:our|the|their|in|at|person) )*(?:ap|accounts payable|billing|finance)(?: (?:person|people|department|team|guy|lady|clerk|manager|lead))?(?= (?:at|for|of|in)|$)/,
  ],
  [
    'owner',
    /who (?:owns?|manages?|handles?|covers?|looks? after|is responsible for|runs)(?: (?:the|this|that|customer|relationship|with))*|who(?: (?:is|are|our|the|your|@|'s|for|on|account|customer|of|their|its))* owner(?: (?:of|for|on|at))*|(?:whose|who is the owner of)(?: (?:customer|is|the))*|(?:the |whats? |what is )?(?:account|customer) (?:owner|manager)(?: (?:of|for|on|at))*|owner(?= (?:of|for) @?)|(?:which|what) (?:owner|am|ae|collector|person|colleague) (?:owns?|has|have|manages?|handles?|covers?|looks? after|runs)(?= @)/,
  ],
  [
    'replied',
    /(?:(?:has|have|did|do|does|when|who|what|any|anyone|anybody|any word|is there|was there|the|they|it|@|us|ever|yet|last|newest) )*(?:replied|hear(?:d)? (?:back )?from|written back|write back|get back to us|got back to us|hear(?:d)? back)(?: (?:to us|to our|yet|back|us|from|at all|anything|already|lately|say|said|to|email|message|chased|our|the|last|mail))*/,
  ],
  [
    'replied',
    /(?:(?:what is|show|the|me|their|'s|@) )*(?:last|newest) (?:emails?|e-mails?|mails?|messages?)(?: (?:from|by|of))*|what (?:did|does|do)(?: (?:@|they|it|he|she|customer))+ (?:say|write|wrote|said|tell us)(?: (?:last|to us|about it))*/,
  ],
  [
    'last_chase',
    /(?:when|how often|how many time|have we|did we|has anyone|last time)(?: (?:did|have|has|was|were|is|we|last|been|someone|anyone|the|it|they|@|ever|already|time|you))* chased(?: (?:them|it|about|up|us|lately|yet|last|already|recently))*|(?:what|when)(?: (?:is|was|did))* (?:the |our )?(?:last|newest) (?:chased|reminder|touch|contact)/,
  ],
  [
    'last_chase',
    /(?:has|have|was|were|did)(?: (?:@|'s|it|they|we|been|be|get|got|ever|already|anyone|anybody|someone|customer|invoice|the|us))* chased(?: (?:them|it|about|up|us|lately|yet|already|at all|before))*/,
  ],
  [
    'disputes',
    /(?:is|are|was)(?: (?:@|'s|it|they|that|this|the|customer|invoice|anything|being|still|currently|really))* (?:disputed|(?:in|under) (?:dispute|disputed))(?: (?:by|from|with|at))*/,
  ],
  [
    'changed',
    /(?:what|anything|something)(?: (?:has|have|is|did|was|were|ever))* (?:changed?|happen(?:ed|ing)?|new|going on|gone on|different)(?: (?:on|with|to|about|for|since|lately|recently|there|at))*|(?:the |show |what is |give |me |us |activity |full |whole |audit )*(?:timeline|history|activity|events|log)(?: (?:of|for|on|with|from))*|(?:any |newest |recent )*(?:news|activity|updates?)(?: (?:on|from|about|with|for|of))*/,
  ],
  [
    'story',
    /(?:(?:what|how|is|are|'s|tell|me|us|give|the|a|quick|short|full|whole|please|do|we|i|you|have|need|to|know|everything|all|anything|about|show|can|on|deal|get|look|at|into|pull|up|where|things|our) )*(?:story|situation|overview|summary|brief(?:ing)?|rundown|run-down|low-?down|deal|status|state of play|background|picture|snapshot|low down|scoop|update|sitrep|case|360|recap|profile|score|word|latest|(?<=what is )up(?= with)|standing|stand|info|information)(?: (?:with|on|of|about|for|at|from|doing))*|(?:brief|update|fill in|fill|catch|bring) me(?: (?:in|up|up to speed|to speed))*(?: (?:on|about|with))*|tell (?:me|us)(?: (?:more|everything|all|something|a bit))* about|what (?:do|should) (?:we|you|i) (?:know|have|need to know)(?: (?:about|on))+|how (?:is|are|'s) @ doing|what about|how are things (?:with|at)|where (?:do|are) we (?:stand |at )?(?:with|on)|look up|open up|check on|account (?:page|card)/,
  ],
  [
    'terms',
    new RegExp(
      `(?:what(?: (?:is|are))* |show |${IT} )*(?:payment |credit |net )?terms?(?: (?:${IT}|on|have|do|has|does|agreed))*|on what terms|how (?:many day|long) (?:do|does|has|have)(?: (?:@|they|it))+ (?:have|get|got) to pay`,
    ),
  ],
  [
    'po',
    /(?:(?:what|which|is|are|was|the|a|an|any|there|have|has|do|does|we|show|give|me|us|@|'s|it|need|purchase) )*(?:po|purchase order|p\.o)(?: (?:number|#|ref(?:erence)?|on|for|of|is|in))*/,
  ],
  [
    'parent',
    /(?:who|what)(?: (?:is|are|'s|does|the|@|'s))* (?:parent|mother|holding|(?<= (?:is|are|does|@|'s) )(?:belong to|part of))(?: (?:company|customer|of|group|to|for))*|(?:(?:which|what|who|does|do|have|has|any|the|list|show|is|are|@|'s|of|their|its) )*(?:subsidiary|child(?:ren)?|group structure|family tree)(?: (?:does|do|of|for|has|have|belong|to|under|there|@|in|are|is))*/,
  ],
  [
    'promises',
    /(?:did|does|do|has|have)(?: (?:@|they|it|'s|customer|always|ever))+ (?:keep|kept|honou?r|meet|met|break|broken|broke)(?: (?:its|their|the|his|any|all|a|last|to|us))* promise(?: (?:to us|to pay))?/,
  ],
  ['holds', /(?:is|are|was)(?: (?:it|they|@|the|customer|still|currently))* (?:on|under) (?:credit )?hold/],
  [
    'promises',
    /(?:did|has|have|do|does|is there|are there|any|what|when|who)(?: (?:_|they|it|any|open|given|made|us|did|has|have|is|a|the|on|for|from|been|ever|customer))* (?:promise|promised)(?: (?:to (?:pay|us)|us|anything|something|payment|pay|from|by|a|date|yet|for|on|made|open))*/,
  ],
];

/** Yes-or-no questions that need the subject: "is @ past due", "did @ pay", "has @ replied". */
const verdicts: readonly [Brief, RegExp][] = [
  [
    'paid_yet',
    /(?:is|are|was|were|has|have) (?:everything|all|it all)(?: (?:from|of|for|by|@|'s|invoice|been|with|the))* (?:paid|settled)(?: (?:up|off|in full|by @+))*/,
  ],
  [
    'past_due',
    /how (?:many day |long |far |much )?(?:(?:is|are|has|have|been|the|invoice|customer|@|'s|it|they) )*(?:overdue|past due|behind)(?: (?:is|are|has|have|been|the|invoice|customer|@|'s|it|they|now|with us|on payment))*/,
  ],
  [
    'past_due',
    /(?:is|are|was|am|does|do|has|have)(?: (?:@|_|'s|it|they|my|the|our|customer|invoice|anything|still|currently|i|we|any|at|with|for|from|got|have|1|there|he|she|this|that))* (?:overdue|past due|behind|current)(?: (?:invoice|with us|on|with|at|for|from|of|payment|balance|right now|already|yet|anything|stuff|amount|too))*/,
  ],
  [
    'paid_yet',
    /(?:when )?(?:did|has|have|is|was|were|are)(?: (?:@|_|'s|it|they|the|that|this|invoice|customer|we|already|been|got|ever|yet|actually|payment for|get|received?|money|cash|for|payment|my|their|open))* (?:pay|paid|payment for|received|open|come in|settle|clear|in full)(?: (?:us|for|up|off|yet|already|it|the|invoice|in full|on|that|this|them|fully|or (?:not|open)|number))*/,
  ],
  [
    'due_day',
    /(?:when|what day)(?: (?:is|was|does|will|did|are|@|it|the|that|invoice|this|be|become|fall|come))* due(?: date| day| again)*|(?:(?:what|is|the|its|'s) )*due (?:date|day)(?: (?:of|for|on))*/,
  ],
];

/** Without a customer these words ask of the whole ledger: "who is on hold", "who promised to pay". */
const needsSubject = new Set<Brief>(['holds', 'promises', 'replied', 'last_chase', 'disputes']);

const before = ({ tokens }: Scanner, { from }: Span): string => tokens[from - 1]?.word ?? '';

const pairs: Readonly<Record<string, Brief>> = {
  term: 'terms',
  terms: 'terms',
  contact: 'contact',
  owner: 'owner',
};

/** "Terms and contact for Globex": two things of one account. */
function takePair(scan: Scanner, { slots }: Draft): boolean {
  const lead =
    "(?:(?:what|who|are|is|the|show|me|us|payment|credit|ap|billing|main|customer|primary|their|its|our|give|'s|@) )*";
  return scan.take(
    'pair',
    new RegExp(
      `${lead}(terms?|contact|owner)(?: (?:details?|info|person))*(?: for @)? (?:and|plus) ${lead}(terms?|contact|owner)(?: (?:details?|info|person|for|of|at|with|on))*`,
    ),
    (match) => {
      const [first, second] = [pairs[match[1]!]!, pairs[match[2]!]!];
      if (first === second || slots.brief) return false;
      slots.brief = first;
      slots.alsoBrief = second;
      const role = /(?:^| )(ap|billing) (?:contact)/.exec(match[0])?.[1];
      if (role) slots.contactRole = role;
      return true;
    },
  );
}

export function takeAccountAsks(scan: Scanner, draft: Draft): void {
  const { slots } = draft;
  if (slots.metric || slots.talk || scan.has(/fraction|percent|share|portion|proportion|%/)) return;
  if (takePair(scan, draft)) return;
  for (const [brief, pattern] of asks) {
    if (brief === 'replied' && slots.filters.replied !== undefined) continue;
    if (brief === 'story' && scan.has(/what about|how about/)) continue;
    const done = scan.take(brief, pattern, (match, span) => {
      if (slots.brief !== undefined || slots.filters.kind) return false;
      if (
        needsSubject.has(brief) &&
        (/who|which|anyone/.test(match[0]) || !scan.has(/@|it|they|them|he|she|their/))
      )
        return false;
      slots.brief = brief === 'contact' && /(?:last|newest)$/.test(before(scan, span)) ? 'last_chase' : brief;
      const role = /\b(ap|accounts? payable|billing|finance|accounting|primary|main)\b/.exec(match[0])?.[1];
      if (brief === 'contact' && role) slots.contactRole = /payable/.test(role) ? 'ap' : role;
      return true;
    });
    if (done) return;
  }
}

/** Needs to know whether a name or an invoice stands in the message. */
export function takeVerdicts(scan: Scanner, draft: Draft): void {
  const { slots } = draft;
  if (slots.metric || slots.talk || slots.brief) return;
  for (const [brief, pattern] of verdicts) {
    const done = scan.take(brief, pattern, (match) => {
      if (brief === 'paid_yet' && !/pay|paid|received|come in|settle|clear|in full/.test(match[0]))
        return false;
      const subject =
        /@|\b(?:it|they|he|she|that|this)\b/.test(match[0]) || (brief !== 'past_due' && scan.has(/@/));
      if (!subject || (brief !== 'due_day' && /^(?:what|which|who)/.test(scan.rest))) return false;
      slots.brief = brief;
      return true;
    });
    if (done) return;
  }
}

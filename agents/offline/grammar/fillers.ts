/** Harmless words: politeness, chat around the question, articles. A word that could change a figure is never here. */
import type { Scanner } from '../text/scanner.ts';

const around = [
  // what the asker is about to do
  /(?:(?:i|we|have|got|have got|am|in|a|an|my|our|the|for|before|there is|it is|on|to|need (?:it|this) for|need|is|going into|heading into|walking into|about to have|prepping for|preparing for) )*(?:renewal|board|sales|qbr|team|standup|management|review|customer|exec|leadership|finance|weekly|monthly|month-end|month end|audit|bank|cfo|ceo|boss|quick|credit|collections?)? ?(?:call|meeting|mtg|review|deck|presentation|standup|stand-up|qbr|demo|pack|report|committee|sync up|catch-up|1:1)(?: (?:with (?:them|him|her|the boss|the board|the cfo))| (?:in|at|starts? in|starting in|coming up in|begins in) (?:about )?(?:\d+|a few|a couple of|a)(?:am|pm)? ?(?:min|mins|minute|minutes|hour|hours|hrs|hr|h|am|pm|day)?| (?:today|tomorrow|soon|now|this afternoon|this morning|later|next|coming up|later today|right now))+/,
  /(?:my |the |our )?(?:boss|cfo|ceo|controller|manager|board|auditors?|bank|vp|director) (?:is |are |keeps? |was )?(?:asking|asks?|wants?|needs?|want|wondering)(?: (?:to know|this|it|for it|for this|me|about it|about this|now|asap|for))*/,
  /(?:i am |we are )?(?:in a hurry|in a rush|urgent(?:ly)?|asap|real quick|quickly|quick question|quick 1|when you (?:can|get a (?:chance|minute|sec|second))|if (?:you can|possible|you do not mind|you have a (?:sec|minute))|no rush|for me|real fast|fast)/,
  /(?:before|ahead of|prior to|for) (?:my|our|the|a) (?:\w+ )?(?:call|meeting|mtg|review|qbr|catch-up|visit)(?: (?:with (?:them|him|her)|today|tomorrow))*(?= |$)/,
  /(?:by the way|btw|fyi|lmk|let me know|just (?:wondering|curious|checking)|out of curiosity|i was wondering(?: if)?|do you (?:know|happen to know)|do we know|any idea|any chance|i need to know|i want to know|i would like to (?:know|see)|tell me|can (?:you|i|we)(?: please)?(?: tell me| get| have| check| look up| see)?|could (?:you|i|we)(?: please)?(?: tell me| get| have| check| look up)?|would you|check (?:if|whether)|see (?:if|whether)|tell me (?:if|whether)|(?:know|wonder) (?:if|whether)|is it true that|am i right that|pull up|run me|run|hit me with|walk me through|talk me through|remind me(?: again)?|quick)/,
  /(?:right now|at the moment|at present|as of (?:now|today)|currently|these days|so far|(?<!(?:year|month|quarter|week|day) )to date|up to now|until now|in the system|in the ledger|on the books|in our books|on our books|in remy|for us|of ours|per the ledger)/,
  /(?:do|does|did) (?:we|you) have|have we got|is there|are there|we have|we have got|there is|there are/,
];

const words =
  "thanks money please a an the this that these those it is are was were be been being am do does did doing has have had having i me we us our you your they them their its he she his her 's to of for on at in with by from about as and so then ok okay well hey hi hello please just really actually currently now still yet already again right exactly basically simply quite very also what which who whom how much many there here any all some every each everything anything something one ones 1 thing things stuff list report number numbers figure figures data table view overview breakdown details info information summary show me see give get tell look want need like know would could can should will shall let us's remy bot mate guys folks team lol haha hmm um uh er oh yeah yep yes cool great good nice sure perfect more status amount money total please breakdown entity way out up go come together sitting sits sit only both into regarding re wrt concerning made make stand stands standing kind kinds type types name names worth guy outstanding due customer invoice ar owe owing per account's size sized single open's ever individual actual detail each's line".split(
    ' ',
  );
const risky = new Set([
  'more',
  'due',
  'only',
  'per',
  'will',
  'ever',
  'customer',
  'invoice',
  'ar',
  'owe',
  'made',
  'outstanding',
]);
export const fillerWords: ReadonlySet<string> = new Set(words.filter((word) => !risky.has(word)));

/** Chat around the question; runs before everything that reads dates. */
export function takeAround(scan: Scanner): void {
  for (const pattern of around) scan.take('around', pattern);
}

/** Single harmless words that no rule used; runs last. */
export function takeFillers(scan: Scanner): void {
  for (const token of scan.tokens)
    if (token.by === null && !token.quoted && fillerWords.has(token.word)) token.by = 'filler';
  scan.take('filler', /only|customer|invoice|due(?= _)/);
}

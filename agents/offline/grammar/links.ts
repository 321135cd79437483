/** How a message hangs on the one before: "and by owner", "what about Globex", "the second", "the whole group". */
import type { Scanner } from '../text/scanner.ts';
import type { Draft } from './context.ts';

const nth: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
  last: -1,
};

/** Before the other rules: what picks from a list or widens to the group. */
export function takePicks(scan: Scanner, { slots, link }: Draft, asked: boolean): void {
  scan.take(
    'group',
    /(?:(?:and|with|for|the|their|its|all|plus|including|incl|also|of|across|in) )*(?:(?:whole|entire|full|complete|corporate) (?:group|family)|(?:all |the |its |their |any )*(?:subsidiary|child|children)(?: (?:included|too|as well|also))|(?:including|with|plus|and|add) (?:all |the |its |their |any |of )*(?:subsidiary|children|child|entities|group)|group ?wide|consolidated|across the group|group (?:total|level))(?: (?:please|too|as well|included|instead|then))*/,
    (_, span) => {
      // "and the subsidiary too" is one of them, not all
      const typed = scan.tokens.slice(span.from, span.to).map((token) => token.raw.toLowerCase());
      if (typed.includes('subsidiary') || typed.includes('child') || typed.includes('sub')) return false;
      slots.group = true;
      return true;
    },
  );
  scan.take(
    'group',
    /(?:without|excluding|not|no) (?:the |its |their |any )*(?:subsidiary|children|child|group)|(?:only |just )?(?:the )?(?:parent|head|holding)(?: customer| company)? (?:only|alone|itself)/,
    () => {
      slots.group = false;
    },
  );
  scan.take(
    'pick',
    /(?:(?:and|the|its|their|i mean|i meant|no|ok|yes|please|what about|how about|for|also|show|add|include|including) )*(?:subsidiary|child(?: company)?|daughter(?: company)?)(?: (?:1|too|also|as well|please))*$|(?:and )?the (?:subsidiary|child)(?= (?:too|also|as well|_))/,
    (match) => {
      if (!asked && !link.follows && !/^(?:and|the|its|their|what about)/.test(match[0])) return false;
      link.pick = { ...link.pick, role: 'child' };
      if (/too|also|as well|add|includ|^and/.test(match[0])) link.adds = true;
    },
  );
  if (!asked) return;
  scan.take(
    'pick',
    /^(?:(?:the|i mean|i meant|no|ok|yes|please|number|#|option|choice) )*(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th|\d{1,2})(?: (?:1|one|option|please|choice|customer))*$/,
    (match) => {
      link.pick = { nth: nth[match[1]!] ?? Number(match[1]) };
    },
  );
  scan.take(
    'pick',
    /(?:(?:the|i mean|i meant|no|ok|yes|please) )*(?:parent|head|main|mother|holding|top)(?: (?:1|one|company|customer|entity|please))*/,
    () => {
      link.pick = { role: 'parent' };
    },
  );
  scan.take(
    'pick',
    /(?:(?:i mean|i meant|no|ok|yes|please|for) )*(?:both|all(?: of (?:them|those|these))?|each|everyone|all (?:2|3|4|5|three|four)|(?:them|those) all|either|together)(?: (?:of (?:them|those|these)|please|together))*$/,
    () => {
      link.pick = { all: true };
    },
  );
}

/** Markers of a follow-up. Runs early, so that "and" at the start is seen. */
export function takeMarkers(scan: Scanner, { link }: Draft): void {
  scan.take(
    'follow',
    /^(?:(?:ok|okay|hmm|and|so|now|then|but|great|cool|right|yes|yeah|no|sorry|alright|also|thanks|actually|or|well|wait|perfect|nice|please|can you|could you|make it|make that|change (?:it|that) to|switch to|do|try|show|give me) )*(?:what about|how about|and|but|same (?:for|thing for|with|but|question for|again for)|the same (?:for|but|with|thing)|(?:only|just)(?: (?:for|the|show|those|in|with))?|now(?: (?:by|for|only|just|in|with))?|instead|rather|narrow(?: it| that)?(?: down)?(?: to)?|filter(?: (?:it|that|them))?(?: (?:to|by|for|on))?|restrict(?: (?:it|that|them))?(?: to)?|make (?:it|that)|change (?:it|that) to|switch to)(?= )/,
    () => {
      link.follows = true;
    },
  );
  scan.take('follow', /instead|rather|the same|again/, () => {
    link.follows = true;
  });
  scan.take('adds', /too|also|as well|in addition|on top(?: of that)?|both|together with|plus/, () => {
    link.adds = true;
  });
}

/** What points back: "they", "it", "that one", "those". */
export function takePronouns(scan: Scanner, { link }: Draft): void {
  const elsewhere = new Set([
    'explain',
    'convert',
    'order',
    'group',
    'around',
    'follow',
    'how',
    'name',
    'freshness',
    'rows',
  ]);
  const personal = new Set(['they', 'them', 'their', 'theirs', 'it', 'its', 'he', 'she', 'his', 'her']);
  if (scan.tokens.some((token) => token.by !== null && personal.has(token.word) && !elsewhere.has(token.by)))
    link.pronoun = true;
  const words = scan.tokens.map((token) => token.word).join(' ');
  if (
    / (?:of|from|in) (?:that|those|these|them|it)(?! (?:day|week|month|quarter|year|invoice|customer|1))\b/.test(
      words,
    )
  )
    link.pronoun = true;
  scan.take(
    'pronoun',
    /(?:they|them|their|theirs|it|its|he|she|his|her|that 1|this 1|that customer|this customer|those|these|that invoice|this invoice|the same customer)(?: 's)?/,
    () => {
      link.pronoun = true;
    },
  );
}

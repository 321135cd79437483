/** Whose and where: currencies, regions, countries, segments, account owners, "my accounts". */
import { isCurrency } from '../../../src/domain/money.ts';
import { countryOf, countryWords } from '../text/countries.ts';
import type { Scanner } from '../text/scanner.ts';
import { type Draft, NOT, type OfflineContext } from './context.ts';

const currencyNames: readonly [RegExp, string][] = [
  [/(?:us |american )?dollars?|bucks/, 'USD'],
  [/euros?/, 'EUR'],
  [/(?:british )?pounds?|sterling|quid/, 'GBP'],
  [/yen/, 'JPY'],
];
/** Codes that are words too; they count only in capitals. */
const wordCodes = new Set([
  'all',
  'try',
  'top',
  'cup',
  'pen',
  'mad',
  'gel',
  'bam',
  'cop',
  'ars',
  'sos',
  'mop',
  'lak',
  'std',
  'ang',
  'sll',
  'gip',
  'bob',
]);

const escaped = (text: string): string => text.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function takeCurrencies(
  scan: Scanner,
  { slots, refusals, link }: Draft,
  { vocabulary }: OfflineContext,
): void {
  scan.take(
    'convert',
    /(?:please )?(?:do not|without|no) (?:convert(?:ing|ed)?|conversion|currency conversion|fx)(?: (?:it|them|anything|currency|please))*|unconverted|as is/,
    () => true,
  );
  scan.take(
    'convert',
    /(?:all |everything )?(?:convert(?:ed)?|translate[d]?|restated?)(?: (?:it|them|all|everything))?(?: (?:to|into|in) (?:[a-z]{3,8}))?|in (?:1|a single) currency|(?:[a-z]{3} )equivalents?/,
    () => refusals.push({ kind: 'convert' }),
  );
  scan.take('currency', /(?:(?:in|for|of|show) )?(?:(?:all|every|any) (?:the )?currency)/, () =>
    link.drop.push('currency'),
  );
  const listed = new Set(vocabulary.currencies.map((code) => code.toLowerCase()));
  const found: string[] = [];
  const excluded: string[] = [];
  const codeAt = (word: string, raw: string): string | null => {
    const code = word.toUpperCase();
    if (!isCurrency(code)) return null;
    return raw === code || (listed.has(word) && !wordCodes.has(word)) ? code : null;
  };
  const names = currencyNames.map(([word]) => word.source).join('|');
  const read = (match: RegExpExecArray, from: number, to: number): string | null => {
    const word = match[1]!;
    const named = currencyNames.find(([pattern]) => new RegExp(`^(?:${pattern.source})$`).test(word));
    if (named) return named[1];
    const raw = scan.tokens.slice(from, to).find((token) => token.word === word)?.raw ?? '';
    return codeAt(word, raw);
  };
  const use = (into: string[]) => (match: RegExpExecArray, span: { from: number; to: number }) => {
    const code = read(match, span.from, span.to);
    if (!code) return false;
    into.push(code);
    return true;
  };
  scan.take(
    'currency',
    new RegExp(`${NOT} (?:in )?([a-z]{3}|${names})(?: (?:1|ones?|invoice))?`),
    use(excluded),
  );
  scan.take(
    'currency',
    new RegExp(
      `(?:(?:only|just|in|for|denominated|and|or|the) )*([a-z]{3}|${names})(?: (?:only|1|ones?|denominated|side|part|book))*`,
    ),
    use(found),
  );
  if (found.length > 0) slots.filters.currency = [...new Set(found)];
  else if (excluded.length > 0) {
    const rest = vocabulary.currencies.filter((code) => !excluded.includes(code));
    if (rest.length > 0) slots.filters.currency = rest;
    else refusals.push({ kind: 'unsupported', what: `leaving out ${excluded.join(', ')}` });
  }
}

const regionNames: readonly [RegExp, 'AMER' | 'EMEA' | 'APAC'][] = [
  [/amer|americas|the americas|north america(?:n)?|latam|na region|nam/, 'AMER'],
  [/emea|europe(?:an)?(?: middle east(?: and africa)?)?/, 'EMEA'],
  [/apac|asia(?:n)?(?: pacific)?|asia-pacific/, 'APAC'],
];
/** Smaller or larger than a region of the ledger: refused by name, never taken for the region (policy P-9). */
const inexact = /europe|north america|latam|asia(?! pacific|-pacific)|nam/;

function takeRegions(scan: Scanner, { slots, refusals }: Draft): void {
  const found: ('AMER' | 'EMEA' | 'APAC')[] = [];
  for (const [name, region] of regionNames) {
    scan.take(
      'region',
      new RegExp(`${NOT} (?:in )?(?:the )?(?:${name.source})(?: (?:region|1|ones?|customer))?`),
      (match) =>
        refusals.push({
          kind: 'unsupported',
          what: `leaving out ${match[0].split(' ').at(-1)?.toUpperCase()}`,
          instead: 'I can show a single region, or all of them by region',
        }),
    );
    scan.take(
      'region',
      new RegExp(
        `(?:(?:in|for|from|across|and|or|only|just|our|the|within|of) )*(${name.source})(?: (?:region|only|1|ones?|side|book|customer entity))*`,
      ),
      (match) => {
        const word = match[1]!;
        if (inexact.test(word) && !/middle east/.test(word))
          refusals.push({
            kind: 'unsupported',
            what: `"${word}"`,
            instead: 'the regions I know are AMER, EMEA and APAC, or name a country',
          });
        else found.push(region);
      },
    );
  }
  if (found.length > 0) slots.filters.region = [...new Set(found)];
}

function takeCountries(scan: Scanner, { slots, link, refusals }: Draft): void {
  const names = `(${countryWords})`;
  const isUs = (span: { from: number; to: number }): boolean =>
    scan.tokens
      .slice(span.from, span.to)
      .some(
        (token) =>
          token.raw === 'US' ||
          token.raw === 'U.S' ||
          /^(?:usa|u\.s)/i.test(token.raw) ||
          token.word.length > 3,
      );
  scan.take(
    'pick',
    new RegExp(
      `(?:(?:and|the|i mean(?:t)?|no|ok|yes|please) )*(?:the )?${names} (?:1|ones?|subsidiary|entity|branch|company|office|child)(?: please)?`,
    ),
    (match, span) => {
      const code = countryOf(match[1]!);
      if (!code || (match[1] === 'us' && !isUs(span))) return false;
      link.pick = { ...link.pick, country: code };
      return true;
    },
  );
  const found: string[] = [];
  scan.take('country', new RegExp(`${NOT} (?:in )?(?:the )?${names}`), (match, span) =>
    match[1] === 'us' && !isUs(span)
      ? false
      : refusals.push({ kind: 'unsupported', what: `leaving out ${match[1]}` }),
  );
  scan.take(
    'country',
    new RegExp(
      `(?:(?:in|from|based|for|and|or|only|just|our|the|within|of) )*${names}(?: (?:only|based|side))?`,
    ),
    (match, span) => {
      const code = countryOf(match[1]!);
      if (!code || (match[1] === 'us' && !isUs(span))) return false;
      found.push(code);
      return true;
    },
  );
  if (found.length > 0) slots.filters.country = [...new Set(found)];
}

function takeSegments(scan: Scanner, { slots, refusals }: Draft, { vocabulary }: OfflineContext): void {
  const found: string[] = [];
  for (const segment of vocabulary.segments) {
    const name = escaped(segment).replace(/[\s_-]+/g, '[ -]');
    scan.take('segment', new RegExp(`${NOT} (?:in )?(?:the )?${name}`), () =>
      refusals.push({
        kind: 'unsupported',
        what: `leaving out the segment ${segment}`,
        instead: 'I can show a single segment, or all of them by segment',
      }),
    );
    scan.take(
      'segment',
      new RegExp(
        `(?:(?:in|for|from|the|our|only|just|and|or|of) )*(?:segment )?${name}s?(?: segment| only)*`,
      ),
      () => found.push(segment),
    );
  }
  if (found.length > 0) slots.filters.segment = [...new Set(found)];
}

const OWNED =
  '(?:(?:are |is |that |which )*(?:owned|managed|handled|covered|looked after|run) by|assigned to|owner(?: is)?|belonging to|under)';

function takeOwners(scan: Scanner, draft: Draft, { vocabulary, actor }: OfflineContext): void {
  const { slots, refusals } = draft;
  const found: string[] = [];
  scan.take(
    'other owner',
    /(?:(?:of |for |from |does |what do |is |by )*(?:another|some other|other|someone else|somebody else|a different|someone|anyone else|a colleague|my colleague|the other|everyone else) ?(?:'s )?(?:owner|sales owner|people|colleague|salesperson|team member|am|ae)?(?: 's)?|others?(?= 's))(?= )/,
    (match) => {
      if (!/owner|else|colleague|sales|am|ae|member/.test(match[0])) return false;
      refusals.push({ kind: 'other_owner' });
      return true;
    },
  );
  for (const owner of vocabulary.owners) {
    const first = owner.name ? escaped(owner.name).split(' ')[0]! : '';
    const names = [escaped(owner.email), ...(owner.name ? [escaped(owner.name)] : [])];
    const same = vocabulary.owners.filter((each) => each.name?.toLowerCase().split(' ')[0] === first);
    scan.take(
      'owner',
      new RegExp(
        `(?:(?:${OWNED}|of|for|by|from|only|just|in) )*(?:${names.join('|')})(?: 's)?(?: (?:book|portfolio|ledger|patch|area|list))?`,
      ),
      () => found.push(owner.email),
    );
    if (!first) continue;
    const cue = `${OWNED} ${first}|(?:for |of |in |on )?${first} 's (?:book|portfolio|ledger|patch|area|list|(?=customer|open|overdue|invoice|top|biggest|oldest|dispute))|${first} 's$`;
    scan.take('owner', new RegExp(cue), () => {
      if (same.length === 1) found.push(owner.email);
      else draft.ownerChoices = same.map((each) => each.name ?? each.email);
    });
  }
  const mine = `(?:(?:for|in|on|of|among|across|only|just|all|all of) )*(?:(?:my|mine)(?: own)? (?:book|portfolio|patch|area|list|customer|stuff)|(?:${OWNED} me)|(?:that |which )?i (?:own|manage|handle|cover|look after|am responsible for)|mine|my)(?: only)?`;
  scan.take('mine', new RegExp(mine), (match, span) => {
    // "my account Pied Piper" names one account: the name says it all
    slots.mine = true;
    const several = scan.tokens
      .slice(span.from, span.to)
      .some((token) => token.word === 'customer' && /s$|ies$/i.test(token.raw));
    if (/customer/.test(match[0]) && several) {
      slots.noun = true;
      slots.dataset = 'customers';
    }
  });
  if (found.length > 0) slots.filters.owner = [...new Set(found)];
  if (slots.mine) slots.filters.owner = [actor.email];
  if (actor.role === 'viewer' && found.some((email) => email !== actor.email))
    refusals.push({ kind: 'other_owner' });
}

export function takeScope(scan: Scanner, draft: Draft, context: OfflineContext): void {
  takeOwners(scan, draft, context);
  takeRegions(scan, draft);
  takeSegments(scan, draft, context);
  takeCurrencies(scan, draft, context);
  takeCountries(scan, draft);
}

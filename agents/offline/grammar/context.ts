/** What a rule of the grammar gets and where it writes. */
import type { Role } from '../../../src/ports/actor.ts';
import type { Slots } from '../slots.ts';
import type { Scanner } from '../text/scanner.ts';

export type Vocabulary = {
  /** Segments as the ledger writes them. */
  segments: readonly string[];
  /** Account owners. */
  owners: readonly { email: string; name: string | null }[];
  /** ISO codes of the currencies in the ledger. */
  currencies: readonly string[];
};

export type OfflineContext = {
  today: string;
  actor: { email: string; name: string | null; role: Role };
  vocabulary: Vocabulary;
};

/** Things the grammar understood but cannot or may not do; said by name, never dropped. */
export type Refusal =
  | { kind: 'act'; what: string }
  | { kind: 'forecast' | 'matching' | 'advice' }
  | { kind: 'other_owner' }
  | { kind: 'which_owner' }
  | { kind: 'convert' }
  /** An amount below zero. */
  | { kind: 'negative' }
  | { kind: 'unsupported'; what: string; instead?: string };

/** How the message hangs on the one before. */
export type Link = {
  /** "and", "what about", "only", "instead": it changes the last question. */
  follows: boolean;
  /** "too", "as well", "both": what is named is added to the customers, not put in their place. */
  adds: boolean;
  /** "they", "it", "that one". */
  pronoun: boolean;
  /** "the german one", "the second", "the parent": picks one of what stands there. */
  pick: { country?: string; nth?: number; role?: 'parent' | 'child'; all?: boolean } | null;
  /** Filters to take away: "include disputed", "all currencies". */
  drop: string[];
};

export type Draft = {
  slots: Slots;
  refusals: Refusal[];
  link: Link;
  /** Owners whose first name fits several people. */
  ownerChoices: string[];
};

export type Rule = (scan: Scanner, draft: Draft, context: OfflineContext) => void;

export const newDraft = (): Draft => ({
  slots: { filters: {} },
  refusals: [],
  link: { follows: false, adds: false, pronoun: false, pick: null, drop: [] },
  ownerChoices: [],
});

/** A negation before a word, in folded words. */
export const NOT =
  '(?:(?:is|are|was|were|has|have|had|does|do|did|that|which|who|been|be|but|and|or|just|only|all|please|we|they|anything|anyone|everything|any|the|ones?) )*(?:not|no|non|without|excluding|other than|apart from|aside from|minus|never|take out|leave out|remove|hide|ignore)(?: (?:yet|been|being|be|have|has|had|having|any|anything|anyone|everything|with|out|the|those|that|which|is|are|in|who|on|a|an|all|under|got|gotten|1|ones?|stuff|items?))*';

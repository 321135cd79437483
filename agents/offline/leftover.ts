/** What no rule explained: names to look up, names behind "excluding", or words to be said back. */
import type { Draft, OfflineContext } from './grammar/context.ts';
import {
  type FoundName,
  freeRuns,
  type LookUps,
  looksLikeName,
  lookUpKey,
  lookUpTexts,
  mayBeName,
  settleRun,
} from './names.ts';
import type { Span } from './text/scanner.ts';
import { type Token, typedText } from './text/tokens.ts';

export type Parsed = {
  draft: Draft;
  names: FoundName[];
  /** Names behind "excluding". */
  excepts: FoundName[];
  /** Texts that find_customer must be asked before this message is understood. */
  lookUps: string[];
  /** Words that mean nothing here, as typed. */
  unknown: string[];
  /** Runs that look like names but fit no customer. */
  notFound: FoundName[];
  tokens: readonly Token[];
};

/** The run without its "excluding"; also what follows another such name ("excluding A, B and C"). Null for others. */
function behindExcept(tokens: readonly Token[], run: Span, lastExcept: number): Span | null {
  const [first, second] = tokens.slice(run.from, run.to);
  if (first && second && /^(?:excluding|without|not|no)$/.test(first.word))
    return { ...run, from: run.from + 1 };
  let before = run.from - 1;
  while (before >= 0 && before >= lastExcept && /^(?:and|or|the)$/.test(tokens[before]!.word)) before -= 1;
  if (lastExcept >= 0 && before < lastExcept) return run;
  return tokens[before]?.by === 'except name' ? run : null;
}

type Reading = { draft: Draft; context: OfflineContext; lookUps: LookUps };

/** A run of words that no rule explained: a customer's name, or nothing that is known. */
function readRun(parsed: Parsed, span: Span, except: boolean, { draft, context, lookUps }: Reading): void {
  const { tokens } = parsed;
  const words = tokens.slice(span.from, span.to);
  if (!(except || mayBeName(tokens, span)) || !looksLikeName(tokens, span)) {
    parsed.unknown.push(typedText(words));
    return;
  }
  const texts = lookUpTexts(tokens, span);
  const place = tokens[span.to];
  if (
    place?.by === 'country' &&
    !place.breakBefore &&
    !/^(?:in|from|for|and|or|only|the|of|based|within)$/.test(place.word) &&
    words.length < 3
  )
    texts.push(typedText([...words, place])); // "Acme UK" may be a name
  const wanted = texts.filter((text) => !lookUps.has(lookUpKey(text)));
  parsed.lookUps.push(...wanted);
  if (wanted.length > 0) return;
  const settled = settleRun(tokens, span, lookUps);
  if (settled) {
    (except ? parsed.excepts : parsed.names).push(...settled.names);
    if (settled.group) draft.slots.group = true;
    if (settled.left.length > 0) parsed.unknown.push(typedText(settled.left));
  } else if (except)
    draft.refusals.push({
      kind: 'unsupported',
      what: `"excluding ${typedText(words)}"`,
      instead:
        'I can leave out customers by name, what is disputed, promised or on hold, or a currency; that is no customer that I know',
    });
  else if (draft.slots.chase || draft.slots.cash || !takeOwnerName(typedText(words), draft, context))
    parsed.notFound.push({ text: typedText(words), result: lookUps.get(lookUpKey(texts[0]!))! });
}

/** Corrected words that may as well be names: written with a capital, or where a name is expected. */
const doubtful = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, index) =>
    token.correctedFrom !== null &&
    ((token.capital && index > 0) ||
      /^(?:for|of|with|at|about|does|did|has)$/.test(tokens[index - 1]?.word ?? ''))
      ? [token.raw]
      : [],
  );

/** A first name alone, where no customer has it: "for Dana" is the owner Dana. */
function takeOwnerName(text: string, draft: Draft, { vocabulary, actor }: OfflineContext): boolean {
  const wanted = text.toLowerCase();
  const fit = vocabulary.owners.filter((owner) => owner.name?.toLowerCase().split(' ').includes(wanted));
  if (fit.length === 0) return false;
  if (fit.length > 1) draft.ownerChoices = fit.map((owner) => owner.name ?? owner.email);
  else if (actor.role === 'viewer' && fit[0]!.email !== actor.email)
    draft.refusals.push({ kind: 'other_owner' });
  else draft.slots.filters.owner = [fit[0]!.email];
  return true;
}

/** Reads every run of words that is left. */
export function readLeftover(parsed: Parsed, reading: Reading): void {
  const { tokens } = parsed;
  let lastExcept = -1;
  for (const run of freeRuns(tokens)) {
    const except = behindExcept(tokens, run, lastExcept);
    const span = except ?? run;
    if (except) lastExcept = except.to;
    readRun(parsed, span, except !== null, reading);
  }
  parsed.lookUps.push(...doubtful(tokens).filter((text) => !reading.lookUps.has(lookUpKey(text))));
}

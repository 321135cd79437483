/**
 * Reads one message with all rules, in a fixed order, and says what was understood, which names stand in it, and
 * which words nobody explained. A figure is only ever asked for when no word is left over.
 */
import { resolveWindow } from '../../src/domain/ledger-query/window.ts';
import { takeCash } from './cash/take.ts';
import { cashTargets, cashWords } from './cash/words.ts';
import { takeChase } from './chasing/take.ts';
import { chaseWords } from './chasing/words.ts';
import type { Frame } from './frame.ts';
import { takeAccountAsks, takeVerdicts } from './grammar/account.ts';
import { takeActs, takeUnsupported } from './grammar/acts.ts';
import { takeArrangement } from './grammar/arrangement.ts';
import { takeHelp, takeMetrics, takeTalk } from './grammar/asks.ts';
import { type Draft, newDraft, type OfflineContext } from './grammar/context.ts';
import { takeDates } from './grammar/dates.ts';
import { takeDocuments, takeNumbers } from './grammar/documents.ts';
import { fillerWords, takeAround, takeFillers } from './grammar/fillers.ts';
import { takeChasing, takeFlags } from './grammar/filters.ts';
import { takeMarkers, takePicks, takePronouns } from './grammar/links.ts';
import { takeMeasures } from './grammar/measures.ts';
import { takeSpecialPhrases } from './grammar/phrases.ts';
import { takeQuantities } from './grammar/quantities.ts';
import { takeScope } from './grammar/scope.ts';
import { type Parsed, readLeftover } from './leftover.ts';
import { type LookUps, nameSpans } from './names.ts';
import { commonWords } from './text/common-words.ts';
import { grammarWords } from './text/grammar-words.ts';
import { foldedWords } from './text/lemmas.ts';
import { Scanner } from './text/scanner.ts';
import { isNegative, type Token, tokenise } from './text/tokens.ts';

const isUnknown = (token: Token): boolean =>
  token.by === null &&
  /^[\p{L}][\p{L}\p{N}.'’&-]*$/u.test(token.word) &&
  token.word.length > 1 &&
  !/^q[1-4]$/.test(token.word) &&
  !commonWords.has(token.word) &&
  !grammarWords.has(token.word) &&
  !foldedWords.has(token.word) &&
  !chaseWords.has(token.word) &&
  !fillerWords.has(token.word);

/** Words of the vocabulary that are never taken for typing errors. */
const ownWords = ({ vocabulary }: OfflineContext): ReadonlySet<string> =>
  new Set(
    [
      ...vocabulary.segments,
      ...vocabulary.owners.flatMap((owner) => [owner.email, owner.name ?? '']),
    ].flatMap((each) => each.toLowerCase().split(/\s+/)),
  );

function reserveNames(scan: Scanner, lookUps: LookUps): void {
  for (const span of nameSpans(scan.tokens, lookUps))
    if (scan.tokens.slice(span.from, span.to).every((token) => token.by === null || token.by === 'name'))
      scan.reserve(span, 'name');
}

/** Unknown words, quoted words, and two capitals in a row in the middle of a sentence, are names until told otherwise. */
function reserveUnknown(scan: Scanner, ...spared: readonly ReadonlySet<string>[]): void {
  const { tokens } = scan;
  const mixed = tokens.some((token) => /^\p{Ll}/u.test(token.raw));
  const proper = (token: Token | undefined): boolean =>
    mixed && token !== undefined && token.by === null && /^\p{Lu}\p{Ll}/u.test(token.raw);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const pair =
      index > 0 &&
      !token.breakBefore &&
      proper(token) &&
      ((proper(next) && !next!.breakBefore) || (proper(tokens[index - 1]) && index > 1));
    const besideName =
      index > 0 &&
      proper(token) &&
      !token.breakBefore &&
      (tokens[index - 1]!.by === 'name' ||
        (next !== undefined && isUnknown(next) && next.capital && !next.breakBefore));
    if (
      token.quoted ||
      (isUnknown(token) && !spared.some((words) => words.has(token.word))) ||
      pair ||
      besideName
    )
      scan.reserve({ from: index, to: index + 1 }, 'name');
  });
}

function runRules(scan: Scanner, draft: Draft, context: OfflineContext, asked: boolean): void {
  takeTalk(scan, draft);
  takeActs(scan, draft);
  takeUnsupported(scan, draft);
  if (
    draft.refusals.some(
      (each) => each.kind !== 'unsupported' && each.kind !== 'convert' && each.kind !== 'other_owner',
    )
  )
    return;
  takePicks(scan, draft, asked);
  takeMarkers(scan, draft);
  takeMetrics(scan, draft);
  takeSpecialPhrases(scan, draft, context);
  takeChasing(scan, draft, context);
  takeAccountAsks(scan, draft);
  takeFlags(scan, draft);
  takeArrangement(scan, draft);
  takeQuantities(scan, draft, context);
  takeDates(scan, draft, context);
  takeVerdicts(scan, draft);
  takeDocuments(scan, draft);
  takeMeasures(scan, draft);
  takePronouns(scan, draft);
  settleAsk(scan, draft, context);
  scan.take(
    'except name',
    /(?:and |but )?(?:excluding|without|not including|other than|apart from|aside from|but not|minus|not|besides|all but|everyone but)(?: (?:for|the|customer|our))*(?= @)/,
  );
  takeFillers(scan);
}

/** "Balance on Oct 31", "overdue a month ago": a standing on a past day is the books of that day. */
function standingOn(slots: Draft['slots'], today: string): void {
  if (!slots.when || slots.became || slots.asOf || (slots.dataset ?? 'invoices') !== 'invoices') return;
  if (slots.ask !== 'total' && slots.ask !== 'count') return;
  const { status } = slots.filters;
  if (status?.length !== 1 || !['open', 'overdue', 'not_due'].includes(status[0]!)) return;
  const { from, to } = resolveWindow(slots.when, today);
  if (!from || from !== to || to >= today) return;
  slots.asOf = to;
  delete slots.when;
}

/** "Who" and "what" may stand inside a phrase that another rule took. */
function settleAsk({ tokens }: Scanner, { slots, refusals }: Draft, { today }: OfflineContext): void {
  if (slots.brief || slots.metric || slots.talk) return;
  const said = (...words: string[]): boolean =>
    tokens.some((token) => words.includes(token.word) && token.by !== 'around' && token.by !== 'name');
  if (said('who')) slots.ask = slots.superlative && slots.ask === 'total' ? 'who' : (slots.ask ?? 'who');
  if (slots.ask === 'average' && slots.groupBy?.includes('customer') && said('balance', 'debt', 'exposure'))
    refusals.push({
      kind: 'unsupported',
      what: "an average of customers' balances",
      instead: 'I can average invoices ("average open invoice"), or rank customers by what they owe',
    });
  // money paid in a stretch is what was received in it
  if (slots.ask === 'total' && slots.filters.paid && !slots.filters.status && slots.dataset === undefined)
    slots.dataset = 'payments';
  if (slots.ask === undefined && slots.money && slots.filters.status) slots.ask = 'list';
  standingOn(slots, today);
  if (said('was', 'were') && slots.when && slots.ask === 'total') {
    const { to } = resolveWindow(slots.when, today);
    if (to && to < today && slots.filters.status?.some((each) => each === 'open' || each === 'overdue')) {
      slots.asOf = to;
      delete slots.when;
    }
  }
  if (slots.ask !== undefined) return;
  if (said('anything', 'everything') && slots.money) slots.ask = 'list';
  else if (
    said('what', 'which', 'show') &&
    (Object.keys(slots.filters).length > 0 || slots.when || slots.days)
  )
    slots.ask = 'list';
}

type Read = { scan: Scanner; draft: Draft };

/** A message about cash; null when it is none. */
function readCash(
  message: string,
  context: OfflineContext,
  lookUps: LookUps,
  last: Frame | null,
): Read | null {
  const own = ownWords(context);
  const scan = new Scanner(tokenise(message, new Set([...own, ...cashWords]), cashTargets));
  const draft = newDraft();
  takeNumbers(scan, draft);
  reserveNames(scan, lookUps);
  reserveUnknown(scan, own, cashWords);
  return takeCash(scan, draft, context, last, /\?\s*$/.test(message)) ? { scan, draft } : null;
}

/** A message about chasing; null when it is none. */
function readChase(
  message: string,
  context: OfflineContext,
  lookUps: LookUps,
  last: Frame | null,
): Read | null {
  const own = ownWords(context);
  const scan = new Scanner(tokenise(message, own));
  const draft = newDraft();
  takeNumbers(scan, draft);
  reserveNames(scan, lookUps);
  reserveUnknown(scan, own);
  return takeChase(scan, draft, context, last) ? { scan, draft } : null;
}

function readQuestion(message: string, context: OfflineContext, lookUps: LookUps, last: Frame | null): Read {
  const scan = new Scanner(tokenise(message, ownWords(context)));
  const draft = newDraft();
  takeHelp(scan, draft);
  takeAround(scan);
  takeNumbers(scan, draft);
  reserveNames(scan, lookUps);
  takeScope(scan, draft, context);
  reserveUnknown(scan);
  runRules(scan, draft, context, last?.pending?.kind === 'customer');
  return { scan, draft };
}

/**
 * Reads a message; `last` is what the turn before left behind.
 * Pure: the same message, day and look-ups give the same reading.
 */
export function parse(
  message: string,
  context: OfflineContext,
  lookUps: LookUps,
  last: Frame | null,
): Parsed {
  const { scan, draft } =
    readCash(message, context, lookUps, last) ??
    readChase(message, context, lookUps, last) ??
    readQuestion(message, context, lookUps, last);
  const parsed: Parsed = {
    draft,
    names: [],
    excepts: [],
    lookUps: [],
    unknown: [],
    notFound: [],
    tokens: scan.tokens,
  };
  readLeftover(parsed, { draft, context, lookUps });
  // words that a rule keeps as they stand, such as a reason, may hold one
  if (scan.tokens.some((token) => isNegative(token) && /^(?:act|filler|name|null)$/.test(String(token.by))))
    draft.refusals.unshift({ kind: 'negative' });
  const readAs = scan.tokens.filter(
    (token) => token.correctedFrom !== null && token.by !== 'name' && token.by !== 'filler',
  );
  if (readAs.length > 0)
    draft.slots.readAs = readAs.map((token) => `"${token.correctedFrom}" as "${token.word}"`).slice(0, 10);
  return parsed;
}

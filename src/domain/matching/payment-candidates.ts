/** All that a payment may be for, each with its strength, the strongest first; and what speaks for nothing at all. */
import { readAdvice } from './advice.ts';
import { type BestCandidates, createBestCandidates } from './best-candidates.ts';
import type { Candidate, CreditDoc, Doc } from './candidate.ts';
import { dayNumber } from './day-number.ts';
import { type LikelyCustomer, likelyCustomers } from './likely-customers.ts';
import { type NamedDocuments, namedDocuments } from './named-documents.ts';
import { namesOthers } from './names-others.ts';
import { type Nothing, nothingOf } from './nothing.ts';
import { looseNaming, type Naming, type PoolNumbers } from './number-evidence.ts';
import { withholdsAtHome } from './payer-words.ts';
import type { PaymentView } from './payment-view.ts';
import type { RunContext } from './run-context.ts';
import { type CustomerCase, dateNats, scoreSet } from './score.ts';
import { byDue, oneForEachPlace, searchSets } from './set-search.ts';
import type { MatchInvoice, MatchPromise } from './shapes.ts';

export type PaymentCandidates = {
  readonly view: PaymentView;
  readonly candidates: readonly Candidate[];
  readonly nothing: Nothing;
  readonly documents: NamedDocuments;
  readonly customers: readonly LikelyCustomer[];
};

const MOST_CANDIDATES = 10;
const WIDE_FROM = 3;
const LOOSE_FROM = 1;
/** Comparisons of digits for one customer; beyond it only the likeliest of its documents are compared loosely. */
const MOST_COMPARED = 4_000;
const NEAREST = 50;

function toDoc(view: PaymentView, invoice: MatchInvoice, left: number, documents: NamedDocuments): Doc {
  const [issued, due] = [dayNumber(invoice.issuedOn), dayNumber(invoice.dueOn)];
  return {
    invoice,
    left,
    issued,
    due,
    naming: documents.open.get(invoice) ?? null,
    dateNats: dateNats(view.day, issued, due),
    line: null,
  };
}

function withLooseNames(
  view: PaymentView,
  docs: readonly Doc[],
  { unread }: NamedDocuments,
  numbers: PoolNumbers,
): Doc[] {
  if (unread.length === 0) return [...docs];
  const few = Math.floor(MOST_COMPARED / unread.length);
  const near =
    docs.length <= few
      ? null
      : new Set(
          [...docs]
            .sort((a, b) => Math.abs(view.paid - a.left) - Math.abs(view.paid - b.left) || byDue(a, b))
            .slice(0, Math.min(few, NEAREST)),
        );
  return docs.map((doc) => {
    if (doc.naming !== null || (near !== null && !near.has(doc))) return doc;
    return { ...doc, naming: looseNaming(view, unread, doc.invoice, numbers) };
  });
}

/** The documents named in full come to what was paid: nothing is left to be read out of the rest of the text. */
function isSettled(view: PaymentView, docs: readonly Doc[]): boolean {
  const named = oneForEachPlace(docs);
  return named.length > 0 && named.reduce((sum, { left }) => sum + left, 0) === view.paid;
}

/** The open documents of one customer in the payment's currency, as this payment sees them, by due day. */
function docsOf(
  view: PaymentView,
  { customer, payer, named }: LikelyCustomer,
  documents: NamedDocuments,
  ofAmount: ReadonlySet<MatchInvoice>,
  { index, state }: RunContext,
): Doc[] {
  const own = ({ customerId }: MatchInvoice) => customerId === customer.id;
  const found = new Set([
    ...index.openOf(customer.id),
    ...[...documents.open.keys()].filter(own),
    ...[...ofAmount].filter(own),
  ]);
  const docs: Doc[] = [];
  for (const invoice of found) {
    if (invoice.currency !== view.payment.currency) continue;
    const left = state.leftOf(invoice);
    if (left > 0) docs.push(toDoc(view, invoice, left, documents));
  }
  docs.sort(byDue);
  const compare = (payer.nats >= LOOSE_FROM || named > 0) && !isSettled(view, docs);
  return compare ? withLooseNames(view, docs, documents, index.numbers) : docs;
}

function creditsOf(
  view: PaymentView,
  customerId: number,
  documents: NamedDocuments,
  context: RunContext,
): CreditDoc[] {
  const { index, state } = context;
  return index
    .creditsOf(customerId)
    .filter(({ currency }) => currency === view.payment.currency)
    .map((credit) => ({
      credit,
      left: state.creditLeftOf(credit),
      naming: documents.credits.get(credit) ?? null,
    }))
    .filter(({ left }) => left > 0)
    .sort((a, b) => Number(b.naming !== null) - Number(a.naming !== null) || a.credit.id - b.credit.id);
}

const PROMISE_DAYS = 10;

/** Promises of this amount for about this day. */
const promisesFor = (view: PaymentView, customerId: number, { index }: RunContext): MatchPromise[] =>
  index
    .promisesOf(customerId)
    .filter(
      ({ currency, amountMinor, payOn }) =>
        currency === view.payment.currency &&
        amountMinor === view.payment.amountMinor &&
        Math.abs(dayNumber(payOn) - view.day) <= PROMISE_DAYS,
    );

const caseOf = (
  view: PaymentView,
  { customer, payer }: LikelyCustomer,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  documents: NamedDocuments,
  context: RunContext,
): CustomerCase => ({
  paid: view.paid,
  day: view.day,
  customer,
  payer,
  tolerances: context.tolerances(view.payment.currency, view.words.tax || withholdsAtHome(customer.country)),
  chosenFrom: Math.max(1, docs.filter((doc) => doc.dateNats > -5).length),
  creditsChosenFrom: credits.length,
  stated: view.amounts,
  namesOthers: namesOthers(documents, docs, context.index.numbers),
  promises: promisesFor(view, customer.id, context),
  text: view.text,
  months: view.months,
  statements: view.statements,
});

function addAdvice(
  view: PaymentView,
  of: CustomerCase,
  docs: readonly Doc[],
  credits: readonly CreditDoc[],
  context: RunContext,
  best: BestCandidates,
): void {
  for (const advice of readAdvice(view, docs, credits, of.tolerances, context.index.numbers))
    best.add(scoreSet(of, [...advice.docs].sort(byDue), advice.credits, null, advice.amount));
}

/** A stranger's number with a slip in it is rather one of the payer's own. */
const isStrong = (naming: Naming | null, isOwn: boolean): boolean =>
  naming !== null && naming.nats >= 5 && (isOwn || ['full', 'digits', 'joined'].includes(naming.how));

/** Named documents of several customers of one payer: a parent that pays for its children, an agent for its clients. */
function acrossCustomers(
  view: PaymentView,
  likely: readonly LikelyCustomer[],
  docsBy: ReadonlyMap<number, readonly Doc[]>,
  documents: NamedDocuments,
  context: RunContext,
  best: BestCandidates,
): void {
  const known = new Set(
    likely.filter(({ payer }) => payer.nats >= LOOSE_FROM).map(({ customer }) => customer.id),
  );
  const strong = [...docsBy.values()].flatMap((docs) =>
    docs.filter(({ invoice, naming }) => isStrong(naming, known.has(invoice.customerId))),
  );
  const ids = new Set(strong.map(({ invoice }) => invoice.customerId));
  if (ids.size < 2) return;
  const payer = likely
    .filter(({ customer }) => ids.has(customer.id))
    .reduce((a, b) => (b.payer.nats > a.payer.nats ? b : a));
  const docs = strong.sort(byDue);
  const of = caseOf(view, payer, docs, [], documents, context);
  searchSets(of, docs, [], false, best);
  addAdvice(view, of, docs, [], context, best);
}

/** Finds the candidates of one payment with what is left at this point of the run. */
export function paymentCandidates(view: PaymentView, context: RunContext): PaymentCandidates {
  const documents = namedDocuments(view, context);
  const { currency } = view.payment;
  const ofAmount = new Set(view.keys.amounts.flatMap((minor) => context.index.ofAmount(currency, minor)));
  const customers = likelyCustomers(view, documents, ofAmount, context);
  const best = createBestCandidates(MOST_CANDIDATES);
  const docsBy = new Map<number, readonly Doc[]>();
  for (const likely of customers) {
    const docs = docsOf(view, likely, documents, ofAmount, context);
    if (docs.length === 0) continue;
    docsBy.set(likely.customer.id, docs);
    const credits = creditsOf(view, likely.customer.id, documents, context);
    const wide = likely.payer.nats >= WIDE_FROM;
    const of = caseOf(view, likely, docs, credits, documents, context);
    addAdvice(view, of, docs, credits, context, best);
    searchSets(of, docs, credits, wide, best);
  }
  acrossCustomers(view, customers, docsBy, documents, context, best);
  const nothing = nothingOf(view, documents, customers, docsBy, context.index.numbers);
  return { view, candidates: best.list(), nothing, documents, customers };
}

/** What speaks for leaving a payment alone: money of nobody, paid before, paid ahead. */

import { tellingValues } from './amount-evidence.ts';
import type { Doc } from './candidate.ts';
import type { LikelyCustomer } from './likely-customers.ts';
import type { NamedDocuments } from './named-documents.ts';
import { namesOthers } from './names-others.ts';
import type { PoolNumbers } from './number-evidence.ts';
import { exactNumber, type PaymentView } from './payment-view.ts';
import { CUSTOMER_PRIOR, NOTHING_PRIOR } from './score.ts';
import type { MatchInvoice, NoMatchKind } from './shapes.ts';

export type Nothing = {
  readonly kind: NoMatchKind;
  /** On the same scale as those of the candidates. */
  readonly nats: number;
  readonly customerId: number | null;
  readonly reason: string;
};

const UNRELATED_WORD = 5;
const KNOWN_PAYER = 5.5;
const CLEAR_PAYER = 7;
/** Few strangers are called as a customer is. */
const NAMED_LIKE_A_CUSTOMER = 3;
/** Of the closed invoices that a customer once had. */
const ONE_OF_CLOSED = -Math.log(20);

const logSum = (all: readonly number[]): number => {
  const most = Math.max(...all);
  return most + Math.log(all.reduce((sum, each) => sum + Math.exp(each - most), 0));
};

function ofNobody(view: PaymentView, likely: readonly LikelyCustomer[]): Nothing {
  const { unrelatedWord } = view;
  const isKnown = likely.some(({ payer }) => payer.nats >= CLEAR_PAYER && !payer.family);
  const nats =
    NOTHING_PRIOR + (unrelatedWord === null ? 0 : UNRELATED_WORD) - (isKnown ? NAMED_LIKE_A_CUSTOMER : 0);
  return unrelatedWord === null
    ? { kind: 'unknown_payer', nats, customerId: null, reason: 'the payer is no known customer' }
    : {
        kind: 'unrelated',
        nats,
        customerId: null,
        reason: `"${unrelatedWord.toLowerCase()}" tells of money that pays no invoice`,
      };
}

function ofCustomer(
  view: PaymentView,
  { customer, payer }: LikelyCustomer,
  docs: readonly Doc[],
  documents: NamedDocuments,
  numbers: PoolNumbers,
): Nothing {
  const nats = CUSTOMER_PRIOR + payer.nats + NOTHING_PRIOR;
  const { currency } = view.payment;
  const foreign = [...documents.foreign.keys()].find(({ customerId }) => customerId === customer.id);
  const about = { nats, customerId: customer.id };
  if (foreign) {
    const reason = `names ${foreign.number}, which is in ${foreign.currency}; no rate is guessed for ${currency}`;
    return { ...about, kind: 'unclear', reason };
  }
  if (view.words.prepayment)
    return { ...about, kind: 'prepayment', reason: `${customer.name} pays ahead, as the text says` };
  if (namesOthers(documents, docs, numbers) < 0)
    return {
      ...about,
      kind: 'prepayment',
      reason: `names a document that is none of those ${customer.name} has open`,
    };
  if (docs.length === 0)
    return {
      ...about,
      nats: nats + 2,
      kind: 'prepayment',
      reason: `${customer.name} owes nothing in ${currency}`,
    };
  return { ...about, kind: 'unclear', reason: `nothing that ${customer.name} owes fits` };
}

/** Names what was paid before, alone or together. */
function paidBefore(
  view: PaymentView,
  { closed }: NamedDocuments,
  likely: readonly LikelyCustomer[],
): Nothing[] {
  const found: Nothing[] = [];
  for (const { customer, payer } of likely) {
    const named = [...closed]
      .filter(([invoice]) => invoice.customerId === customer.id)
      .sort(([a], [b]) => a.id - b.id);
    if (named.length === 0) continue;
    const [strongest, naming] = named.reduce((a, b) => (b[1].nats > a[1].nats ? b : a));
    const total = named.reduce((sum, [{ amountMinor }]) => sum + exactNumber(amountMinor), 0);
    const same = [total, ...named.map(([{ amountMinor }]) => exactNumber(amountMinor))].includes(view.paid);
    const amount = same ? Math.log(0.7 * tellingValues(view.paid)) : 0;
    found.push({
      kind: 'duplicate',
      nats: CUSTOMER_PRIOR + payer.nats + NOTHING_PRIOR + ONE_OF_CLOSED + naming.nats + amount,
      customerId: customer.id,
      reason: paidWords(strongest, same),
    });
  }
  return found;
}

const paidWords = ({ number, paidOn }: MatchInvoice, same: boolean): string =>
  `names ${number}, which is paid already${paidOn === null ? ' by another payment' : ` (on ${paidOn})`}${same ? ', with the same amount' : ''}`;

/** The strongest reason for no match, with the strength of all of them together. */
export function nothingOf(
  view: PaymentView,
  documents: NamedDocuments,
  likely: readonly LikelyCustomer[],
  docsBy: ReadonlyMap<number, readonly Doc[]>,
  numbers: PoolNumbers,
): Nothing {
  const known = likely.map((each) =>
    ofCustomer(view, each, docsBy.get(each.customer.id) ?? [], documents, numbers),
  );
  const all = [ofNobody(view, likely), ...known, ...paidBefore(view, documents, likely)];
  // Who pays is told apart from whether it pays anything: a known payer is not called unknown.
  const payer = likely.findIndex((each) => each.payer.nats >= KNOWN_PAYER);
  const isOurs = payer >= 0 && view.unrelatedWord === null;
  const strongest = (isOurs ? all.slice(1) : all).reduce((a, b) => (b.nats > a.nats ? b : a));
  return { ...strongest, nats: logSum(all.map(({ nats }) => nats)) };
}

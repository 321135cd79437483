/** The documents that a payment's text names, found by index: open ones, closed ones, and those of other currencies. */
import type { Naming } from './number-evidence.ts';
import { exactPlaces, looseNaming, openReadings } from './number-evidence.ts';
import type { NumberReading } from './number-readings.ts';
import type { PaymentView } from './payment-view.ts';
import type { RunContext } from './run-context.ts';
import type { MatchCredit, MatchInvoice } from './shapes.ts';

export type NamedDocuments = {
  readonly open: ReadonlyMap<MatchInvoice, Naming>;
  readonly closed: ReadonlyMap<MatchInvoice, Naming>;
  readonly foreign: ReadonlyMap<MatchInvoice, Naming>;
  readonly credits: ReadonlyMap<MatchCredit, Naming>;
  /** Readings that nothing explains yet; they may be broken numbers. */
  readonly unread: readonly NumberReading[];
};

/** Weaker hits than this explain nothing: a number of three digits is anybody's. */
const EXPLAINS = 5;
const LOOSE_STRANGER = 4;

const strongest = (places: readonly Naming[]): Naming | null =>
  places.reduce<Naming | null>((best, each) => (best && best.nats >= each.nats ? best : each), null);

/** Everything the payment names exactly, and strangers' documents whose number lies close to one in the text. */
export function namedDocuments(view: PaymentView, { index, state }: RunContext): NamedDocuments {
  const open = new Map<MatchInvoice, Naming>();
  const closed = new Map<MatchInvoice, Naming>();
  const foreign = new Map<MatchInvoice, Naming>();
  const credits = new Map<MatchCredit, Naming>();
  const put = (invoice: MatchInvoice, naming: Naming) => {
    if (invoice.currency !== view.payment.currency) foreign.set(invoice, naming);
    else if (state.leftMinor(invoice) > 0n) open.set(invoice, naming);
    else if (invoice.status !== 'void') closed.set(invoice, naming);
  };
  const exact: Naming[] = [];
  for (const key of view.keys.numbers) {
    for (const invoice of index.numbered(key)) {
      const places = exactPlaces(view, invoice, index.numbers);
      exact.push(...places);
      const naming = strongest(places);
      if (naming) put(invoice, naming);
    }
    for (const credit of index.creditsNumbered(key)) {
      const places = exactPlaces(view, credit, index.numbers);
      const naming = strongest(places);
      if (!naming || credit.currency !== view.payment.currency) continue;
      exact.push(...places);
      if (state.creditLeftMinor(credit) > 0n) credits.set(credit, naming);
    }
  }
  const unread = openReadings(
    view,
    exact.filter(({ nats }) => nats >= EXPLAINS),
  );
  const tried = new Set<MatchInvoice>();
  const unreadPieces = view.keys.pieces.filter((piece) =>
    unread.some(({ digits }) => digits.includes(piece)),
  );
  for (const piece of unreadPieces)
    for (const invoice of index.withPiece(piece)) {
      if (tried.has(invoice) || open.has(invoice) || foreign.has(invoice)) continue;
      tried.add(invoice);
      const naming = looseNaming(view, unread, invoice, index.numbers);
      if (naming && naming.nats >= LOOSE_STRANGER) put(invoice, naming);
    }
  return { open, closed, foreign, credits, unread };
}

/** What a run has used so far: what is left of invoices and credits, and what its certain matches teach. */
import { createLearnedPayers, type LearnedPayers } from './learned-payers.ts';
import { exactNumber } from './payment-view.ts';
import type { MatchCredit, MatchInvoice } from './shapes.ts';

export type RunState = {
  readonly learned: LearnedPayers;
  /** Exact whole minor units; NaN beyond 2^53. */
  readonly leftOf: (invoice: MatchInvoice) => number;
  readonly creditLeftOf: (credit: MatchCredit) => number;
  readonly leftMinor: (invoice: MatchInvoice) => bigint;
  readonly creditLeftMinor: (credit: MatchCredit) => bigint;
  /** Closes a part of an invoice. Throws: RangeError when that is more than is left. */
  readonly take: (invoice: MatchInvoice, minor: bigint, paymentId: number) => void;
  readonly takeCredit: (credit: MatchCredit, minor: bigint) => void;
  /** Gives back what a payment took of an invoice, or of a credit. */
  readonly giveBack: (invoice: MatchInvoice, minor: bigint) => void;
  readonly giveBackCredit: (credit: MatchCredit, minor: bigint) => void;
  /** Payments of this run that the invoice got money of. */
  readonly paidBy: (invoiceId: number) => readonly number[];
};

export function createRunState(): RunState {
  const used = new Map<number, bigint>();
  const usedCredit = new Map<number, bigint>();
  const payers = new Map<number, number[]>();
  const leftMinor = (invoice: MatchInvoice) =>
    invoice.status === 'open' ? invoice.openMinor - (used.get(invoice.id) ?? 0n) : 0n;
  const creditLeftMinor = (credit: MatchCredit) => credit.openMinor - (usedCredit.get(credit.id) ?? 0n);
  const check = (left: bigint, minor: bigint, what: string) => {
    if (minor < 0n || minor > left) throw new RangeError(`${minor} of ${left} left on ${what}`);
  };
  return {
    learned: createLearnedPayers(),
    leftOf: (invoice) => exactNumber(leftMinor(invoice)),
    creditLeftOf: (credit) => exactNumber(creditLeftMinor(credit)),
    leftMinor,
    creditLeftMinor,
    take(invoice, minor, paymentId) {
      check(leftMinor(invoice), minor, invoice.number);
      used.set(invoice.id, (used.get(invoice.id) ?? 0n) + minor);
      payers.set(invoice.id, [...(payers.get(invoice.id) ?? []), paymentId]);
    },
    takeCredit(credit, minor) {
      check(creditLeftMinor(credit), minor, credit.number);
      usedCredit.set(credit.id, (usedCredit.get(credit.id) ?? 0n) + minor);
    },
    giveBack(invoice, minor) {
      used.set(invoice.id, (used.get(invoice.id) ?? 0n) - minor);
    },
    giveBackCredit(credit, minor) {
      usedCredit.set(credit.id, (usedCredit.get(credit.id) ?? 0n) - minor);
    },
    paidBy: (invoiceId) => payers.get(invoiceId) ?? [],
  };
}

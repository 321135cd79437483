/** One way to read a payment, with what speaks for it. */
import type { AmountEvidence } from './amount-evidence.ts';
import type { Naming } from './number-evidence.ts';
import type { PayerEvidence } from './payer-evidence.ts';
import type { MatchCredit, MatchCustomer, MatchInvoice, RemittanceLine } from './shapes.ts';

/** An open invoice as a payment sees it. `left` in minor units, days since 2000. */
export type Doc = {
  readonly invoice: MatchInvoice;
  readonly left: number;
  readonly issued: number;
  readonly due: number;
  readonly naming: Naming | null;
  readonly dateNats: number;
  /** The line of the advice that names it. */
  readonly line: RemittanceLine | null;
};

export type CreditDoc = {
  readonly credit: MatchCredit;
  readonly left: number;
  readonly naming: Naming | null;
};

/** A set of invoices that stands for itself: nobody would choose it by chance. */
export type Structure =
  | 'all open'
  | 'all due'
  | 'oldest in a row'
  | 'one month'
  | 'promised'
  | 'range'
  | 'statement';

export type Candidate = {
  readonly customer: MatchCustomer;
  readonly payer: PayerEvidence;
  /** By due day, at least one. */
  readonly docs: readonly Doc[];
  readonly credits: readonly CreditDoc[];
  readonly amount: AmountEvidence;
  readonly structure: Structure | null;
  /** Of how many documents of the customer these were chosen. */
  readonly chosenFrom: number;
  /** Logarithm of how likely it is, up to a constant that all candidates of the payment share. */
  readonly nats: number;
  /** Ids of its invoices; two candidates with the same differ in nothing that matters. */
  readonly key: string;
  /** Payments of the run that make its invoice together with this one; empty unless it is an instalment. */
  readonly together: readonly number[];
};

export const keyOf = (docs: readonly Doc[]): string =>
  docs
    .map(({ invoice }) => invoice.id)
    .sort((a, b) => a - b)
    .join(' ');

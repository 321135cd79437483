/**
 * What matching takes and gives. Amounts are minor units of the stated currency, days are `YYYY-MM-DD`, ids are those
 * of the store. Pure data: whoever loads it decides what is a candidate, matching decides what was paid.
 */
import type { Day } from '../calendar.ts';

/** A line of a remittance advice, as the payer wrote it. */
export type RemittanceLine = {
  /** The document it names (invoice, credit note, PO), in the payer's writing. */
  readonly document: string | null;
  /** What was paid for it; below zero for a credit that was netted. Null: the advice does not say. */
  readonly paidMinor: bigint | null;
  /** What was kept back of it, above zero, and the payer's word for it. */
  readonly deductionMinor: bigint | null;
  readonly deductionReason: string | null;
};

/** Money that came in and is not, or not wholly, on invoices. */
export type MatchPayment = {
  readonly id: number;
  readonly currency: string;
  /** What is to be placed: the unapplied part. */
  readonly amountMinor: bigint;
  readonly receivedOn: Day;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  /** Everything written about it: reference, memo, bank text; separate fields on separate lines. */
  readonly text: string;
  readonly method: string | null;
  /** Its customer, where the ledger or the provider says so. */
  readonly customerId: number | null;
  /** Ids at bank or provider: end-to-end id, charge, cheque number. */
  readonly externalIds: readonly string[];
  readonly remittance: readonly RemittanceLine[];
};

/** An invoice that may have been paid; closed ones too where the payment names them (paid twice, prepaid). */
export type MatchInvoice = {
  readonly id: number;
  readonly number: string;
  /** Other numbers by which payers may call it: PO, order or billing numbers of its description. */
  readonly references: readonly string[];
  readonly customerId: number;
  readonly currency: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly amountMinor: bigint;
  readonly openMinor: bigint;
  readonly status: 'open' | 'paid' | 'void';
  readonly paidOn: Day | null;
  readonly disputed: boolean;
};

export type MatchCredit = {
  readonly id: number;
  readonly number: string;
  readonly customerId: number;
  readonly currency: string;
  readonly openMinor: bigint;
  readonly issuedOn: Day;
};

/** What is remembered of who pays for a customer: learned from confirmed matches, and can be unlearned. */
export type PayerMemory = {
  readonly kind: 'name' | 'account';
  /** Folded name (`baseName`), or the account in capitals without spaces. */
  readonly key: string;
  /** Confirmed matches behind it. */
  readonly times: number;
};

/** A discount for early payment: `percent` of the amount when paid within `days` of the invoice day. */
export type DiscountTerms = { readonly percent: string; readonly days: number };

export type MatchCustomer = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Folded like `baseName`. */
  readonly aliases: readonly string[];
  readonly parentId: number | null;
  readonly memory: readonly PayerMemory[];
  /** ISO 3166-1 alpha-2; null when unknown. */
  readonly country: string | null;
};

/** An open promise: money announced for a day. */
export type MatchPromise = {
  readonly id: number;
  readonly customerId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly payOn: Day;
  readonly invoiceIds: readonly number[];
};

/** Everything that may have to do with the payments of one run. */
export type MatchPool = {
  readonly invoices: readonly MatchInvoice[];
  readonly credits: readonly MatchCredit[];
  readonly customers: readonly MatchCustomer[];
  readonly promises: readonly MatchPromise[];
};

/** By what candidates of a payment are looked up, so that nobody has to read every invoice. */
export type LookupKeys = {
  /** Digits without leading zeros of everything that may be a document number, whole, joined or split. */
  readonly numbers: readonly string[];
  /** Numbers of one customer are compared loosely anyway; these are pieces for finding a broken number of anybody. */
  readonly pieces: readonly string[];
  /** Payer names, folded with `baseName`. */
  readonly names: readonly string[];
  /** Payer accounts in capitals without spaces. */
  readonly accounts: readonly string[];
  readonly customerIds: readonly number[];
  /** What may be a customer number: letters and digits in capitals, four or more with a digit among them. */
  readonly codes?: readonly string[];
  /** Open amounts of single invoices that would explain the payment, fees and discounts allowed for. */
  readonly amounts: readonly bigint[];
};

export const adjustmentKinds = [
  'bank_fee',
  'early_payment_discount',
  'withholding_tax',
  'write_off',
  'fx',
] as const;
/** Closes the part of an invoice that was not paid. */
export type AdjustmentKind = (typeof adjustmentKinds)[number];

export type MatchApplication = { readonly invoiceId: number; readonly amountMinor: bigint };
/** A part of a credit that is used on an invoice together with the payment. */
export type MatchCreditUse = {
  readonly creditId: number;
  readonly invoiceId: number;
  readonly amountMinor: bigint;
};
export type MatchAdjustment = {
  /** `short_pay` closes nothing: that part stays open on the invoice, to be disputed or asked for. */
  readonly kind: AdjustmentKind | 'short_pay';
  readonly invoiceId: number;
  readonly amountMinor: bigint;
  /** In words with the arithmetic, such as "2 % of 10,000.00 USD within 10 days". */
  readonly reason: string;
};

/**
 * One way to place the money.
 * Keeps: sum of applications + unappliedMinor = the payment's amount; no invoice gets more than it has open, counting
 * applications, credits and adjustments; no credit gives more than it has.
 */
export type MatchSolution = {
  readonly customerId: number | null;
  readonly applications: readonly MatchApplication[];
  readonly credits: readonly MatchCreditUse[];
  readonly adjustments: readonly MatchAdjustment[];
  readonly unappliedMinor: bigint;
  /** 0 to 1: the share of such solutions that turn out wholly right. */
  readonly confidence: number;
  /** Why, in sentences for people. */
  readonly reasons: readonly string[];
};

export type MatchDecision = 'applied' | 'proposed' | 'none';

/** Why money is on no invoice. */
export type NoMatchKind =
  | 'unrelated' // a refund from a supplier, interest, money of nobody known
  | 'unknown_payer'
  | 'duplicate' // what it names was paid before
  | 'prepayment' // a known customer, nothing open, or named documents that are not there yet
  | 'ambiguous' // several sets of invoices explain it equally well
  | 'unclear';

/**
 * The outcome for one payment. `applied` and `proposed` carry a solution with at least one application; `none` has
 * none and says why. `alternatives` are the next best, at most two, in the order of their confidence.
 */
export type MatchResult = {
  readonly paymentId: number;
  readonly decision: MatchDecision;
  readonly solution: MatchSolution;
  readonly noMatch: NoMatchKind | null;
  readonly alternatives: readonly MatchSolution[];
};

/** A tenant's rules of cash application. Amounts are minor units by currency; one without an entry has none. */
export type MatchSettings = {
  /** Confidence from which money is applied without asking, and from which a proposal is made. */
  readonly applyFrom: number;
  readonly proposeFrom: number;
  /** Above this amount nothing is applied without a person. */
  readonly applyUpTo: Readonly<Record<string, bigint>> | null;
  /** A difference up to it on the whole payment is written off. */
  readonly writeOffUpTo: Readonly<Record<string, bigint>>;
  /** The most that banks keep of a transfer. */
  readonly bankFeeUpTo: Readonly<Record<string, bigint>>;
  readonly discounts: readonly DiscountTerms[];
  /** Days that a discount is granted beyond its term. */
  readonly discountGraceDays: number;
  /** Percentages that payers may withhold as tax, such as "10" and "7.5". */
  readonly withholdingPercents: readonly string[];
  /** Rates of a day to turn a payment into an invoice's currency are not guessed: no match over currencies without one. */
  readonly fxTolerancePercent: string;
};

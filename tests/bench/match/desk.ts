/** Where one customer's payments are made up: takes invoices, writes the bank line, notes what was meant. */
import type { Random } from '../../../demo/random.ts';
import { addDays, type Day } from '../../../src/domain/calendar.ts';
import type { MatchInvoice, MatchPayment } from '../../../src/domain/matching/shapes.ts';
import { bankName, type Piece, writeMemo } from './memo.ts';
import { invoiceWords, plainWords, writtenNumber } from './numbering.ts';
import type { CaseKind, PaymentTruth } from './truth.ts';
import { type Payer, WINDOW_DAYS, type World } from './world.ts';

/** A payment before its id is known. */
export type Draft = {
  readonly kind: CaseKind;
  readonly payer: Payer;
  readonly payment: Omit<MatchPayment, 'id'>;
  readonly truth: Omit<PaymentTruth, 'paymentId' | 'kind' | 'ambiguous'>;
  /** Invoices that the payment itself names clearly. */
  readonly named: ReadonlySet<number>;
  /** A number as it was spoiled: it still speaks for the invoices that it is nearest to. */
  readonly spoiled: string | null;
  /** What is left of a number that was cut. */
  readonly fragment: string | null;
  /** Known from how it was made; `count` looks for rival explanations when all payments are there. */
  readonly ambiguous: boolean | 'count';
};

export type Desk = { readonly world: World; readonly payer: Payer; readonly random: Random };
export type Maker = (desk: Desk) => readonly Draft[] | null;

/** Takes this many open invoices that pass, for good; null (and none taken) when there are not enough. */
export function take(
  { payer, random }: Desk,
  count: number,
  test: (invoice: MatchInvoice) => boolean = () => true,
): MatchInvoice[] | null {
  const fit = payer.open.filter(test);
  if (fit.length < count || count === 0) return null;
  const taken = Array.from({ length: count }, () => fit.splice(random.int(0, fit.length - 1), 1)[0]!);
  for (const invoice of taken) payer.open.splice(payer.open.indexOf(invoice), 1);
  return taken.sort((a, b) => a.id - b.id);
}

export const openSum = (invoices: readonly MatchInvoice[]): bigint =>
  invoices.reduce((sum, each) => sum + each.openMinor, 0n);

/** A day of the month of payments, not before the invoices went out. */
export function dayFor({ world, random }: Desk, invoices: readonly MatchInvoice[] = []): Day {
  const day = addDays(world.start, random.int(0, WINDOW_DAYS - 1));
  const latest = invoices
    .map((each) => each.issuedOn)
    .sort()
    .at(-1);
  return latest !== undefined && latest >= day ? addDays(latest, random.int(1, 3)) : day;
}

export const written = ({ payer }: Pick<Desk, 'payer'>, invoice: MatchInvoice): string =>
  writtenNumber(invoice.number, payer.habit);

export const word = ({ payer, random }: Desk): string => random.pick(invoiceWords[payer.country.language]);

/** "Invoice INV-000123" in the payer's manner. */
export function naming(desk: Desk, invoice: MatchInvoice): Piece[] {
  const { payer, random } = desk;
  const bare = !['word and digits', 'no zeros', 'no prefix'].includes(payer.habit) && random.chance(40);
  const number: Piece = { text: written(desk, invoice), names: [invoice.id] };
  return bare ? [number] : [{ text: word(desk) }, number];
}

/** Words that name nothing. */
export const silence = ({ payer, random }: Desk): Piece[] => [
  { text: random.pick(plainWords[payer.country.language]) },
];

export type Line = {
  readonly kind: CaseKind;
  readonly amountMinor: bigint;
  readonly receivedOn: Day;
  readonly pieces: readonly Piece[];
  readonly truth: Partial<Draft['truth']>;
  readonly ambiguous?: Draft['ambiguous'];
  readonly spoiled?: string;
  /** Named by other means than the text, such as a remittance advice. */
  readonly alsoNamed?: readonly number[];
  readonly remittance?: MatchPayment['remittance'];
  readonly payerName?: string | null;
  readonly payerAccount?: string | null;
};

const METHODS = {
  sepa: 'transfer',
  bacs: 'bacs',
  ach: 'ach',
  wire: 'wire',
  cheque: 'cheque',
  foreign: 'wire',
} as const;

export function draft(desk: Desk, line: Line): Draft {
  const { payer, random } = desk;
  const memo = writeMemo(line.pieces, payer, line.payerName ?? payer.bankName, line.receivedOn, random);
  const account = payer.channel === 'cheque' || random.chance(10) ? null : payer.account;
  const applied = (line.truth.applications ?? []).reduce((sum, each) => sum + each.amountMinor, 0n);
  return {
    kind: line.kind,
    payer,
    payment: {
      currency: payer.country.currency,
      amountMinor: line.amountMinor,
      receivedOn: line.receivedOn,
      payerName:
        line.payerName === undefined ? bankName(payer.bankName, payer.channel, random) : line.payerName,
      payerAccount: line.payerAccount === undefined ? account : line.payerAccount,
      text: memo.text,
      method: METHODS[payer.channel],
      // a provider or a ledger seldom says whose it is
      customerId: line.payerName === undefined && random.chance(4) ? payer.customer.id : null,
      externalIds: [],
      remittance: line.remittance ?? [],
    },
    truth: {
      applications: [],
      credits: [],
      adjustments: [],
      unappliedMinor: line.amountMinor - applied,
      placing: 'exact',
      noMatch: null,
      ...line.truth,
    },
    named: new Set([...memo.named, ...(line.alsoNamed ?? [])]),
    spoiled: line.spoiled ?? null,
    fragment: memo.fragment,
    ambiguous: line.ambiguous ?? 'count',
  };
}

/** The open amounts of these invoices, in full. */
export const inFull = (invoices: readonly MatchInvoice[]): Draft['truth']['applications'] =>
  invoices.map((each) => ({ invoiceId: each.id, amountMinor: each.openMinor }));

/** A line that pays these invoices in full and nothing else. */
export const paying = (
  desk: Desk,
  kind: CaseKind,
  invoices: readonly MatchInvoice[],
  rest: Pick<Line, 'pieces'> & Partial<Line>,
): Draft =>
  draft(desk, {
    kind,
    amountMinor: openSum(invoices),
    receivedOn: dayFor(desk, invoices),
    truth: { applications: inFull(invoices) },
    ...rest,
  });

/**
 * A placing while a person puts it together: which invoices, how much on each, which credits, how a gap is booked.
 * Pure. Amounts are minor units of the payment's currency; what is typed is kept as text until it is an amount.
 */
import type { PaymentDeskOutput, ProposeApplicationInput } from '../../../domain/cash/answers.ts';
import type { Placing } from '../../../domain/cash/applications.ts';
import { formatAmount, minorDigits, parseDecimal, toDecimal } from '../../../domain/money.ts';

type OpenItem = PaymentDeskOutput['openInvoices'][number];
type OpenCredit = PaymentDeskOutput['credits'][number];
export type AdjustmentKind = Placing['adjustments'][number]['kind'];

export type DraftLine = {
  readonly invoice: string;
  readonly open: bigint;
  /** As typed. */
  cash: string;
  /** How what stays open of it is booked; null: it stays open. */
  adjustment: AdjustmentKind | null;
  /** What the suggestion let off of it; null: all that is missing. */
  letOff: bigint | null;
};
export type DraftCredit = { readonly credit: string; readonly open: bigint };

export type PlacingDraft = {
  readonly currency: string;
  /** What there is to place. */
  readonly left: bigint;
  /** In the order in which they were picked. */
  readonly lines: DraftLine[];
  readonly credits: DraftCredit[];
};

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * What a person types for an amount: "1200", "1,200.50", "1.200,50", "1 200". A single mark before three digits is one
 * of thousands, where the currency has not three decimals. Null when it is no amount.
 */
export function typedAmount(text: string, currency: string): bigint | null {
  const bare = text.replace(/[\s'’_]/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return null;
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const marks = bare.replace(/\d/g, '');
  const tail = last < 0 ? '' : bare.slice(last + 1);
  const digits = minorDigits(currency);
  const isDecimal =
    last >= 0 &&
    tail.length <= digits &&
    (new Set(marks).size === 2 || marks.length === 1) &&
    !(marks.length === 1 && tail.length === 3 && digits !== 3);
  const whole = isDecimal ? bare.slice(0, last) : bare;
  const thousands = new Set(whole.replace(/\d/g, ''));
  if (thousands.size > 1 || (isDecimal && thousands.has(bare[last]!))) return null;
  if (!/^(\d+|\d{1,3}([.,]\d{3})+)$/.test(whole)) return null;
  try {
    return parseDecimal(
      `${whole.replace(/[.,]/g, '')}${isDecimal && tail !== '' ? `.${tail}` : ''}`,
      currency,
    );
  } catch {
    return null;
  }
}

export const emptyDraft = (currency: string, unapplied: string): PlacingDraft => ({
  currency,
  left: parseDecimal(unapplied, currency),
  lines: [],
  credits: [],
});

/** The way that matching, or an alternative of it, suggests; what is not open for this customer is left out. */
export function draftOf(
  placing: Placing,
  { matched, openInvoices, credits }: Pick<PaymentDeskOutput, 'matched' | 'openInvoices' | 'credits'>,
): PlacingDraft {
  const { currency, unapplied } = matched.payment;
  const draft = emptyDraft(currency, unapplied);
  const known = new Map(openInvoices.map((each) => [each.invoice, each]));
  for (const { credit } of placing.credits) {
    const found = credits.find((each) => each.credit === credit);
    if (found) useCredit(draft, found);
  }
  const numbers = [
    ...placing.applications.map((each) => each.invoice),
    ...placing.credits.map((each) => each.invoice),
    ...placing.adjustments.map((each) => each.invoice),
  ];
  for (const number of new Set(numbers)) {
    const applied = placing.applications.find((each) => each.invoice === number);
    const open = known.get(number)?.open ?? applied?.open;
    if (open === undefined) continue;
    const let_ = placing.adjustments.find((each) => each.invoice === number);
    draft.lines.push({
      invoice: number,
      open: parseDecimal(open, currency),
      cash: applied?.amount ?? toDecimal(0n, currency),
      adjustment: let_ ? let_.kind : null,
      letOff: let_ ? parseDecimal(let_.amount, currency) : null,
    });
  }
  return draft;
}

/** What of each credit goes on which line, in the order of both; each pair once. */
function creditParts(draft: PlacingDraft): { credit: string; invoice: string; minor: bigint }[] {
  const room = new Map(draft.lines.map((line) => [line.invoice, line.open]));
  return draft.credits.flatMap(({ credit, open }) => {
    let rest = open;
    return draft.lines.flatMap(({ invoice }) => {
      const minor = smaller(rest, room.get(invoice)!);
      if (minor <= 0n) return [];
      rest -= minor;
      room.set(invoice, room.get(invoice)! - minor);
      return [{ credit, invoice, minor }];
    });
  });
}

const creditOn = (draft: PlacingDraft, invoice: string): bigint =>
  creditParts(draft)
    .filter((part) => part.invoice === invoice)
    .reduce((sum, { minor }) => sum + minor, 0n);

const cashOf = (draft: PlacingDraft, { cash }: DraftLine): bigint => typedAmount(cash, draft.currency) ?? 0n;

/** What would stay open of the line. */
export const missing = (draft: PlacingDraft, line: DraftLine): bigint =>
  line.open - creditOn(draft, line.invoice) - cashOf(draft, line);

/** What is let off of the line. */
export function letOffOf(draft: PlacingDraft, line: DraftLine): bigint {
  if (line.adjustment === null) return 0n;
  const gap = missing(draft, line);
  return gap <= 0n ? 0n : line.letOff === null ? gap : smaller(gap, line.letOff);
}

/** What of the money is on no line yet; below zero: more was placed than there is. */
export const restOf = (draft: PlacingDraft): bigint =>
  draft.left - draft.lines.reduce((sum, line) => sum + cashOf(draft, line), 0n);

/** What all lines together are open, after credits: what the payment is held against. */
export const owedOf = (draft: PlacingDraft): bigint =>
  draft.lines.reduce((sum, line) => sum + line.open - creditOn(draft, line.invoice), 0n);

export const isPicked = (draft: PlacingDraft, invoice: string): boolean =>
  draft.lines.some((line) => line.invoice === invoice);

/** Picks the invoice with as much as is left and fits, or takes it off again. */
export function toggleInvoice(
  draft: PlacingDraft,
  { invoice, open }: Pick<OpenItem, 'invoice' | 'open'>,
): void {
  const at = draft.lines.findIndex((line) => line.invoice === invoice);
  if (at >= 0) {
    draft.lines.splice(at, 1);
    makeRoom(draft);
    return;
  }
  const minor = parseDecimal(open, draft.currency);
  const line: DraftLine = { invoice, open: minor, cash: '', adjustment: null, letOff: null };
  const rest = restOf(draft);
  draft.lines.push(line);
  const room = minor - creditOn(draft, invoice);
  line.cash = toDecimal(rest <= 0n ? 0n : smaller(rest, room), draft.currency);
}

function useCredit(draft: PlacingDraft, { credit, open }: Pick<OpenCredit, 'credit' | 'open'>): void {
  draft.credits.push({ credit, open: parseDecimal(open, draft.currency) });
}

/** Cash gives way to credits where both do not fit. */
function makeRoom(draft: PlacingDraft): void {
  for (const line of draft.lines)
    if (missing(draft, line) < 0n && creditOn(draft, line.invoice) > 0n)
      line.cash = toDecimal(line.open - creditOn(draft, line.invoice), draft.currency);
}

/** Uses the credit on the picked invoices, or no longer; cash gives way to it where it would not fit. */
export function toggleCredit(draft: PlacingDraft, credit: Pick<OpenCredit, 'credit' | 'open'>): void {
  const at = draft.credits.findIndex((each) => each.credit === credit.credit);
  if (at >= 0) {
    draft.credits.splice(at, 1);
    return;
  }
  useCredit(draft, credit);
  makeRoom(draft);
}

/** Books what is missing on the lines as this; null leaves it open. */
export function explainGap(draft: PlacingDraft, kind: AdjustmentKind | null): void {
  for (const line of draft.lines) {
    line.letOff = null;
    line.adjustment = kind !== null && missing(draft, line) > 0n ? kind : null;
  }
}

/** What stands in the way of placing it like this, in sentences; none: it fits. */
export function problemsOf(draft: PlacingDraft): string[] {
  const money = (minor: bigint) => formatAmount(toDecimal(minor, draft.currency), draft.currency);
  const lines = draft.lines.flatMap((line) => {
    if (typedAmount(line.cash, draft.currency) === null)
      return [`"${line.cash}" on ${line.invoice} is no amount of ${draft.currency}. Write it like 1250.00.`];
    const over = -missing(draft, line);
    if (over > 0n) return [`${line.invoice} gets ${money(over)} more than it has open.`];
    const nothing =
      cashOf(draft, line) === 0n && creditOn(draft, line.invoice) === 0n && letOffOf(draft, line) === 0n;
    return nothing ? [`Nothing is put on ${line.invoice}. Give it an amount, or take it off.`] : [];
  });
  const rest = restOf(draft);
  return [...lines, ...(rest < 0n ? [`${money(-rest)} more is placed than the payment has left.`] : [])];
}

/** "Still to place 300.00 USD": the running rest. */
export function restText(draft: PlacingDraft): string {
  const rest = restOf(draft);
  const money = (minor: bigint) => formatAmount(toDecimal(minor, draft.currency), draft.currency);
  if (rest < 0n) return `${money(-rest)} too much`;
  return rest === 0n ? 'All of it is placed' : `Still to place ${money(rest)}`;
}

/** As it is asked of the server: every amount spelled out. */
export function inputOf(
  draft: PlacingDraft,
): Required<Pick<ProposeApplicationInput, 'parts' | 'credits' | 'adjustments'>> {
  const text = (minor: bigint) => toDecimal(minor, draft.currency);
  return {
    parts: draft.lines
      .map((line) => ({ invoice: line.invoice, minor: cashOf(draft, line) }))
      .filter(({ minor }) => minor > 0n)
      .map(({ invoice, minor }) => ({ invoice, amount: text(minor) })),
    credits: creditParts(draft).map(({ credit, invoice, minor }) => ({
      ...{ credit, invoice, amount: text(minor) },
    })),
    adjustments: draft.lines
      .map((line) => ({ kind: line.adjustment, invoice: line.invoice, minor: letOffOf(draft, line) }))
      .flatMap(({ kind, invoice, minor }) =>
        kind === null || minor <= 0n ? [] : [{ kind, invoice, amount: text(minor) }],
      ),
  };
}

/** Whether what is proposed is what was put together, to the cent. */
export function isExactly(draft: PlacingDraft, placing: Placing): boolean {
  const wanted = inputOf(draft);
  const flat = (rows: readonly (string | undefined)[][]): string => JSON.stringify(rows.map(String).sort());
  return (
    flat(wanted.parts.map(({ invoice, amount }) => [invoice, amount])) ===
      flat(placing.applications.map(({ invoice, amount }) => [invoice, amount])) &&
    flat(wanted.credits.map(({ credit, invoice, amount }) => [credit, invoice, amount])) ===
      flat(placing.credits.map(({ credit, invoice, amount }) => [credit, invoice, amount])) &&
    flat(wanted.adjustments.map(({ kind, invoice, amount }) => [kind, invoice, amount])) ===
      flat(placing.adjustments.map(({ kind, invoice, amount }) => [kind, invoice, amount])) &&
    parseDecimal(placing.unapplied, draft.currency) === restOf(draft)
  );
}

/**
 * How well an amount fits what is owed, and what explains the gap. `nats` say how much likelier the amount is when
 * these documents are paid than by chance: by chance it hits one of as many values as it has telling digits.
 */
import { type Percent, shareOf, type Tolerances } from './tolerances.ts';

export type GapKind =
  | 'exact'
  | 'write_off'
  | 'bank_fee'
  | 'early_payment_discount'
  | 'late_discount'
  | 'stated'
  | 'withholding_tax'
  | 'percent'
  | 'rounded'
  | 'mistyped'
  | 'partial'
  | 'over'
  | 'instalment'
  | 'remittance';

/** `gap` is owed less paid. Where a percentage explains it: which, of which documents, and what a fee took besides. */
export type AmountEvidence = {
  readonly kind: GapKind;
  readonly nats: number;
  readonly gap: number;
  readonly percent: Percent | null;
  /** Of each document in turn, what the percentage takes; empty without one. */
  readonly parts: readonly number[];
  readonly fee: number;
};

/** What is owed on one document; `issued` in days since 2000. */
export type OwedItem = { readonly left: number; readonly issued: number };

const MOST_VALUES = 1_000_000;

/** So many values an amount is one of: 48,212.50 is one of 482,125, 10,000.00 only one of 20. */
export function tellingValues(minor: number): number {
  let value = Math.abs(minor);
  while (value > 0 && value % 10 === 0) value /= 10;
  return Math.min(MOST_VALUES, Math.max(20, value));
}

const none = { percent: null, parts: [], fee: 0 } as const;

const LOG = {
  exact: Math.log(0.7),
  cents: Math.log(0.06),
  writeOff: Math.log(0.03),
  commonFee: Math.log(0.04),
  fee: Math.log(0.02),
  discount: Math.log(0.08),
  lateDiscount: Math.log(0.03),
  withholding: Math.log(0.2),
  percent: Math.log(0.02),
  feeBesides: Math.log(0.1),
  rounded: Math.log(0.02),
  mistyped: Math.log(0.008),
  partial: Math.log(0.04),
  stated: Math.log(0.05),
  over: Math.log(0.008),
} as const;

const digitsSwapped = (one: string, other: string): boolean => {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((digit, place) => digit !== other[place]);
  return (
    at >= 0 &&
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
};

type Percented = { percent: Percent; kind: GapKind; parts: number[]; sum: number; base: number };

/** Each percentage with what it would take, of all the documents and of those that are within its days. */
function percented(items: readonly OwedItem[], day: number, tolerances: Tolerances): Percented[] {
  const found: Percented[] = [];
  const push = (kind: GapKind, percent: Percent, takes: (item: OwedItem) => boolean, base: number) => {
    const parts = items.map((item) => (takes(item) ? shareOf(item.left, percent.share) : 0));
    found.push({ kind, percent, parts, sum: parts.reduce((sum, part) => sum + part, 0), base });
  };
  for (const percent of tolerances.discounts) {
    const inTime = ({ issued }: OwedItem) => day - issued <= percent.days + tolerances.graceDays;
    const early = items.filter(inTime).length;
    if (early === items.length) push('early_payment_discount', percent, () => true, LOG.discount);
    else push('late_discount', percent, () => true, LOG.lateDiscount);
    if (early > 0 && early < items.length) push('early_payment_discount', percent, inTime, LOG.discount);
  }
  // Where nothing tells of a tax, a share that was kept back is only that: it stays open.
  const [kind, base] = tolerances.withholds
    ? (['withholding_tax', LOG.withholding] as const)
    : (['percent', LOG.percent] as const);
  for (const percent of tolerances.withholdings)
    push(kind, percent, () => true, base - Math.max(0, percent.share / 10_000 - 1));
  return found;
}

function byPercent(
  gap: number,
  items: readonly OwedItem[],
  day: number,
  values: number,
  tolerances: Tolerances,
): AmountEvidence | null {
  let best: AmountEvidence | null = null;
  const slack = items.length;
  const choices = Math.max(1, tolerances.discounts.length);
  const withheld = Math.max(1, tolerances.withholdings.length);
  for (const { kind, percent, parts, sum, base } of percented(items, day, tolerances)) {
    const rest = gap - sum;
    const closes = kind === 'early_payment_discount' || kind === 'withholding_tax';
    const withFee = closes && rest > slack && tolerances.commonFees.has(rest);
    if (Math.abs(rest) > slack && !withFee) continue;
    const many = kind === 'withholding_tax' || kind === 'percent' ? withheld : choices;
    const besides = withFee ? LOG.feeBesides - Math.log(tolerances.commonFees.size) : 0;
    const nats = base + besides + Math.log(values / (many * (2 * slack + 1)));
    if (best === null || nats > best.nats)
      best = { kind, nats, gap, percent, parts, fee: withFee ? rest : 0 };
  }
  return best;
}

function shortBy(gap: number, paid: number, owed: number, tolerances: Tolerances): AmountEvidence[] {
  const { writeOff, fee, commonFees, unit } = tolerances;
  const values = Math.min(MOST_VALUES, paid);
  const found: AmountEvidence[] = [];
  const push = (kind: GapKind, base: number, width: number) =>
    found.push({ kind, nats: base + Math.log(Math.max(1, values / width)), gap, ...none });
  const few = Math.max(10, Math.floor(owed / 1_000_000));
  if (gap <= few) push('write_off', LOG.cents, few);
  else if (gap <= writeOff) push('write_off', LOG.writeOff, writeOff);
  if (gap <= fee) {
    if (commonFees.has(gap)) push('bank_fee', LOG.commonFee, commonFees.size);
    else push('bank_fee', LOG.fee, fee);
  }
  if (gap < unit && paid % unit === 0) push('rounded', LOG.rounded, 2 * unit);
  return found;
}

/** Paid too much: by some cents, to a round amount, or by more. */
function overBy(over: number, paid: number, owed: number, tolerances: Tolerances): AmountEvidence[] {
  const values = Math.min(MOST_VALUES, paid);
  const gap = -over;
  const found: AmountEvidence[] = [{ kind: 'over', nats: LOG.over, gap, ...none }];
  if (over <= Math.max(10, Math.floor(owed / 1_000_000)))
    found.push({ kind: 'rounded', nats: LOG.cents - 1 + Math.log(values / 10), gap, ...none });
  else if (over < tolerances.unit && paid % tolerances.unit === 0)
    found.push({
      kind: 'rounded',
      nats: LOG.rounded + Math.log(Math.max(1, values / (2 * tolerances.unit))),
      gap,
      ...none,
    });
  return found;
}

/** Which of the explanations it is, is judged as if every amount were as telling as the next. */
const likeliest = (found: readonly AmountEvidence[]): AmountEvidence =>
  found.reduce((a, b) => (b.nats > a.nats ? b : a));

/**
 * The likeliest explanation of the gap between what was paid and what is owed on all items together (less credits).
 * Always finds one: at worst a partial payment or one of too much. `stated`: amounts that the payer wrote.
 */
export function amountEvidence(
  paid: number,
  items: readonly OwedItem[],
  credited: number,
  day: number,
  tolerances: Tolerances,
  stated: ReadonlySet<number> = NOTHING_STATED,
): AmountEvidence {
  const owed = items.reduce((sum, item) => sum + item.left, 0) - credited;
  const gap = owed - paid;
  const telling = tellingValues(paid);
  if (gap === 0) return { kind: 'exact', nats: LOG.exact + Math.log(telling), gap, ...none };
  const values = Math.min(MOST_VALUES, paid);
  const found: AmountEvidence[] = [];
  if (digitsSwapped(String(paid), String(owed)))
    found.push({ kind: 'mistyped', nats: LOG.mistyped + Math.log(values / 10), gap, ...none });
  if (gap < 0) found.push(...overBy(-gap, paid, owed, tolerances));
  else {
    found.push({ kind: 'partial', nats: LOG.partial + fractionNats(paid, owed), gap, ...none });
    found.push(...shortBy(gap, paid, owed, tolerances));
    const percent = gap * 100 <= owed * 45 ? byPercent(gap, items, day, values, tolerances) : null;
    if (percent) found.push(percent);
    if (stated.has(gap))
      found.push({ kind: 'stated', nats: LOG.stated + Math.log(values / 4), gap, ...none });
  }
  const best = likeliest(found);
  const round = Math.log(telling / values);
  const byWidth = best.kind === 'partial' || best.kind === 'over' || best.kind === 'rounded';
  return byWidth ? best : { ...best, nats: Math.max(best.nats + round, LOG.partial) };
}

const NOTHING_STATED: ReadonlySet<number> = new Set();

/** Halves, thirds, quarters and tenths of what is owed are paid more often than any other part. */
function fractionNats(paid: number, owed: number): number {
  for (const parts of [2, 3, 4, 5, 10])
    for (let of = 1; of < parts; of++) if (Math.abs(paid * parts - owed * of) <= parts) return 3;
  return 0;
}

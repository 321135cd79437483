/** Walks the tool outputs and says of each value what it is, from its key and the currency or unit that holds for it. */
import { isDay } from '../../src/domain/calendar.ts';
import { isCurrency } from '../../src/domain/money.ts';
import { ANY_CURRENCY, addDecimal, type Evidence } from './evidence.ts';
import type { Unit } from './figure.ts';

/** Where a value stands: the nearest currency and unit of its own or an enclosing object. */
type Place = { key: string; parent: string; currency: string; unit: string; inQuestion: boolean };

const INTERNAL = /^(?:ids?|.*Ids?|figure_id|version)$/;
const NAMES =
  /(?:number|code|reference|external|account|phone|po_?number|invoice|payment|credit|quote_?id)$/i;
const SHARE = /share|percent|pct|ratio|\bcei\b/i;
const DAYS = /days|dso|delinquent|terms/i;
const SPAN = /hour|week|month|year|minute|offset|line/i;
const COUNT = /count|rows|times|invoices$/i;
/** Where a JSON number is an amount and not a count. */
const MONEY =
  /^(?:amount|open|total|balance|owed|overdue|unapplied|credits|received|receivable|billed|sum.*|(?:average|median)_(?:open|amount)|.*(?:Amount|Open))$/;
const BOUND = /^(?:min|max)$/;
const DECIMAL = /^[-+]?\d+(?:\.\d+)?$/;
const STAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/;
/** Only such texts can hold a figure. */
const FIGURE_LIKE =
  /\p{N}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|hundred|thousand|million)\b/iu;

function unitOf(place: Place, isNumber: boolean): Unit | null {
  const key = BOUND.test(place.key) ? place.parent : place.key;
  if (INTERNAL.test(key)) return null;
  if (place.key === 'value' && place.unit === '%') return 'percent';
  if (place.key === 'value' && place.unit === 'days') return 'days';
  if (/^(?:last|next)$/.test(place.key)) return place.unit === 'day' ? 'days' : 'plain';
  if (SHARE.test(key)) return 'percent';
  if (DAYS.test(key)) return 'days';
  if (SPAN.test(key)) return 'plain';
  if (COUNT.test(key)) return 'count';
  return isNumber && !MONEY.test(key) ? 'count' : 'money';
}

/** How sure something is, from 0 to 1, may be told as a percentage; at most four digits behind the point are kept. */
const SURENESS = /^(?:confidence|belowConfidence|precision|coverage)$/;

function addNumeric(evidence: Evidence, value: string | number, place: Place): void {
  if (SURENESS.test(place.key)) addDecimal(evidence, (Number(value) * 100).toFixed(2), 'percent', '');
  const unit = unitOf(place, Number.isInteger(value));
  if (unit === null) return;
  const currency = BOUND.test(place.key) && place.inQuestion ? ANY_CURRENCY : place.currency;
  addDecimal(evidence, value, unit, unit === 'money' ? currency : '');
}

function addString(evidence: Evidence, text: string, place: Place): void {
  const stamp = STAMP.exec(text);
  if (isDay(text)) evidence.addDay(text);
  else if (/^\d{4}-\d{2}$/.test(text) && place.key === 'period') evidence.addMonth(text);
  else if (stamp && isDay(stamp[1]!)) {
    evidence.addDay(stamp[1]!);
    evidence.identifiers.add(stamp[2]!);
  } else if (DECIMAL.test(text) && !NAMES.test(place.key)) addNumeric(evidence, text, place);
  else {
    if (NAMES.test(place.key) || DECIMAL.test(text)) evidence.addIdentifier(text);
    if (
      !/^[A-Za-z0-9-]+$/.test(text) ? FIGURE_LIKE.test(text) : !NAMES.test(place.key) && !DECIMAL.test(text)
    )
      evidence.addText(text);
  }
}

/** What stands beside a payment (where it goes, what it is short by) is in its currency. */
const besidePayment = ({ payment }: Record<string, unknown>): unknown =>
  typeof payment === 'object' && payment !== null ? (payment as Record<string, unknown>).currency : undefined;

const within = (object: Record<string, unknown>, place: Place): Place => {
  const { currency, unit } = object;
  const unitText = typeof unit === 'string' ? unit : place.unit;
  const own = [currency, unit, besidePayment(object)].find(
    (each): each is string => typeof each === 'string' && isCurrency(each),
  );
  return { ...place, currency: own ?? place.currency, unit: unitText };
};

/** Text that is JSON is read as JSON: tool outputs are kept as text in a conversation. */
const opened = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** Adds all of one tool's output. Depth costs no stack. */
export function addOutput(evidence: Evidence, output: unknown): void {
  const start: Place = { key: '', parent: '', currency: '', unit: '', inQuestion: false };
  const open: { value: unknown; place: Place }[] = [{ value: opened(output), place: start }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, place } = next;
    if (typeof value === 'string') addString(evidence, value, place);
    else if (typeof value === 'number') addNumeric(evidence, value, place);
    else if (Array.isArray(value)) {
      if (!place.inQuestion && !INTERNAL.test(place.key)) evidence.addList(value.length);
      for (const each of value) open.push({ value: each, place });
    } else if (typeof value === 'object' && value !== null) {
      const inside = within(value as Record<string, unknown>, place);
      for (const [key, each] of Object.entries(value))
        open.push({
          value: each,
          place: { ...inside, key, parent: place.key, inQuestion: place.inQuestion || key === 'question' },
        });
    }
  }
}

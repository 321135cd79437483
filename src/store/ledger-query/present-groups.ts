/** Groups as they are shown, beside the other side of a comparison where there is one. */
import { percent } from '../../domain/ledger-query/percent.ts';
import { agingBuckets, type Grouping, type Measure } from '../../domain/ledger-query/question.ts';
import type { CustomerRef, GroupRow } from '../../domain/ledger-query/result.ts';
import type { SettledQuestion } from '../../domain/ledger-query/settle.ts';
import { toDecimal } from '../../domain/money.ts';
import type { GroupRecord } from './groups.ts';

type Value = GroupRow['values'][string];

const money = (minor: bigint | undefined, record: GroupRecord): Value =>
  toDecimal(minor ?? 0n, record.currency!);

function measured(record: GroupRecord, measure: Measure): Value {
  switch (measure) {
    case 'count':
      return record.n;
    case 'sum_open':
      return money(record.open, record);
    case 'sum_amount':
      return money(record.amount, record);
    case 'share_of_open':
      return percent(record.open ?? 0n, record.currency_open ?? 0n);
    case 'share_of_amount':
      return percent(record.amount ?? 0n, record.currency_amount ?? 0n);
  }
  const raw = record[`m_${measure}`];
  if (raw === null || raw === undefined) return null;
  if (measure.endsWith('_open') || measure.endsWith('_amount')) return money(BigInt(String(raw)), record);
  return typeof raw === 'number' ? raw : String(raw);
}

/** What a group measures that has no row on this side. */
function nothingOf(record: GroupRecord, measure: Measure): Value {
  if (measure === 'count') return 0;
  return measure === 'sum_open' || measure === 'sum_amount' ? money(0n, record) : null;
}

const ref = (id: number | null | undefined, code: unknown, name: unknown): CustomerRef | null =>
  id === null || id === undefined ? null : { id, code: String(code), name: String(name) };

function keyFields(record: GroupRecord, keys: readonly Grouping[]): Omit<GroupRow, 'values'> {
  const fields: Omit<GroupRow, 'values'> = {};
  for (const key of keys) {
    if (key === 'customer')
      fields.customer = ref(record.customer_id, record.customer_code, record.customer_name);
    else if (key === 'parent') fields.parent = ref(record.parent_id, record.parent_code, record.parent_name);
    else if (key === 'currency') fields.currency = record.currency ?? undefined;
    else if (key === 'aging_bucket') fields.agingBucket = agingBuckets[record.bucket ?? 0];
    else if (key === 'week') fields.period = record.period ?? undefined;
    else if (key === 'month') fields.period = record.period?.slice(0, 7);
    else fields[key] = record[key] ?? null;
  }
  return fields;
}

const identity = (record: GroupRecord): string =>
  JSON.stringify([
    record.customer_id,
    record.parent_id,
    record.currency,
    record.bucket,
    record.owner,
    record.segment?.toLowerCase(),
    record.region,
    record.period,
  ]);

const valuesOf = (record: GroupRecord, measures: readonly Measure[], of = measured): GroupRow['values'] =>
  Object.fromEntries(measures.map((measure) => [measure, of(record, measure)]));

export function presentGroups(question: SettledQuestion, records: readonly GroupRecord[]): GroupRow[] {
  const { keys, measures } = question;
  return records.map((record) => ({ ...keyFields(record, keys), values: valuesOf(record, measures) }));
}

/**
 * Puts the other side's values beside each group. Groups that only the other side has come last, with nothing on this
 * side, unless the list was cut (then they may only be further down).
 */
export function presentCompared(
  question: SettledQuestion,
  records: readonly GroupRecord[],
  others: readonly GroupRecord[],
  cut: boolean,
): GroupRow[] {
  const { keys, measures } = question;
  const other = new Map(others.map((record) => [identity(record), record]));
  const shown = presentGroups(question, records).map((group, index) => {
    const record = records[index]!;
    const found = other.get(identity(record));
    other.delete(identity(record));
    return {
      ...group,
      compared: found ? valuesOf(found, measures) : valuesOf(record, measures, nothingOf),
    };
  });
  if (cut) return shown;
  const gone = [...other.values()].map((record) => ({
    ...keyFields(record, keys),
    values: valuesOf(record, measures, nothingOf),
    compared: valuesOf(record, measures),
  }));
  return [...shown, ...gone];
}

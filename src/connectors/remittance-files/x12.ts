/** X12 820, as a whole interchange or as the addenda of an ACH payment: RMR names a document and what is paid for it, ADX adjusts. */

import { isCurrency } from '../../domain/money.ts';
import type { Advice, AdviceLine } from '../../ports/remittance-files.ts';
import { readDay } from '../days.ts';
import { absolute, decimalText, exactOf, sumOf } from './exact.ts';
import { MOST_LINES, MOST_WARNINGS, shown } from './reading.ts';
import { reasonInWords } from './x12-reasons.ts';

type Segment = readonly string[];
type Adjustment = {
  readonly amount: bigint;
  readonly reason: string | null;
  readonly document: string | null;
};
type Item = {
  readonly where: string;
  readonly qualifier: string;
  readonly document: string;
  paid: bigint | null;
  readonly gross: bigint | null;
  readonly discount: bigint | null;
  readonly adjustments: Adjustment[];
};

const ADDENDA = /^705(.{80})\d{11}\s*$/;

/** True for text with 820 segments in it. */
export const isX12 = (text: string): boolean =>
  /^\s*ISA[^A-Za-z0-9\s]/.test(text) ||
  /(?:^|[^A-Za-z0-9])(?:ST\*820\*|RMR([*|^])[A-Z0-9]{0,3}\1)/.test(text.slice(0, 200_000));

/** Addenda records of an ACH file, 80 characters of payload each, put together again. */
function joined(text: string): string {
  const lines = text.split('\n');
  const payloads = lines.map((line) => ADDENDA.exec(line)?.[1]);
  return payloads.some((payload) => payload !== undefined)
    ? payloads.map((payload) => payload ?? '').join('')
    : text;
}

/** Segments by the marks that the interchange declares, else by those that are common. */
function segmentsOf(text: string): Segment[] {
  const plain = joined(text);
  const isa = /^\s*ISA/.test(plain) ? plain.trimStart() : null;
  const element = isa ? isa[3]! : (/(?:RMR|ST|BPR|TRN|ENT)([*|^])/.exec(plain)?.[1] ?? '*');
  const end = isa && isa.length > 105 ? isa[105]! : null;
  const pieces =
    end && !/[A-Za-z0-9\s]/.test(end)
      ? plain.split(end)
      : plain.split(/[\\~\n]|'(?=\s*[A-Z][A-Z0-9]{1,2}[*|^])/);
  return pieces
    .map((piece) =>
      piece
        .replace(/\n/g, '')
        .trim()
        .split(element)
        .map((part) => part.trim()),
    )
    .filter(
      ([name]) => /^[A-Z][A-Z0-9]{1,2}$/.test(name?.slice(-3) ?? '') || /(?:RMR|ADX)$/.test(name ?? ''),
    );
}

/** An explicit decimal; null when empty or none. */
function amountOf(text: string | undefined): bigint | null {
  const found = /^([+-]?)(\d{0,15})(\.\d{0,6})?([+-]?)$/.exec(text ?? '');
  if (!found || !/\d/.test(found[0])) return null;
  const value = exactOf(`${found[2] || '0'}${found[3] ?? ''}`);
  return found[1] === '-' || found[4] === '-' ? -value : value;
}

type Payment = {
  items: Item[];
  loose: Adjustment[];
  total: bigint | null;
  currency: string | null;
  payer: string | null;
  paidOn: string | null;
  reference: string | null;
  warnings: string[];
};

const aPayment = (): Payment => ({
  items: [],
  loose: [],
  total: null,
  currency: null,
  payer: null,
  paidOn: null,
  reference: null,
  warnings: [],
});

function readItem(segment: Segment, payment: Payment): void {
  const [, qualifier = '', document = '', action = '', paid, gross, discount, code = '', adjusted] = segment;
  const where = `RMR ${payment.items.length + 1}`;
  // some write the amount where the action code belongs
  const shifted = (paid ?? '') === '' && /^-?\d+\.\d{2}$/.test(action);
  const amount = amountOf(shifted ? action : paid);
  if (amount === null)
    payment.warnings.push(
      `${where}: ${shown(document || '(no number)')} has no amount that can be read${paid ? ` ("${shown(paid)}")` : ''}.`,
    );
  const adjustment = amountOf(adjusted);
  payment.items.push({
    where,
    qualifier,
    document: document || `(${where} without a number)`,
    paid: amount,
    gross: amountOf(gross),
    discount: amountOf(discount),
    adjustments:
      adjustment === null || adjustment === 0n
        ? []
        : [{ amount: adjustment, reason: reasonInWords(code), document: null }],
  });
}

function readSegment(segment: Segment, payment: Payment, after: { item: boolean }): void {
  const [name = ''] = segment;
  if (/RMR$/.test(name)) {
    readItem(segment, payment);
    after.item = true;
  } else if (/ADX$/.test(name)) {
    const amount = amountOf(segment[1]);
    const adjustment = {
      amount: amount ?? 0n,
      reason: reasonInWords(segment[2] ?? ''),
      document: segment[4] || null,
    };
    if (amount === null) payment.warnings.push(`ADX: "${shown(segment[1] ?? '')}" is no amount.`);
    else (after.item ? payment.items.at(-1)!.adjustments : payment.loose).push(adjustment);
  } else if (name === 'ENT') after.item = false;
  else if (name === 'BPR') {
    payment.total = amountOf(segment[2]);
    const day = segment[16] || segment.slice(10).find((part) => /^20\d{6}$/.test(part));
    payment.paidOn = readDay(day ?? '', 'month-first');
    if (segment[3] === 'D')
      payment.warnings.push('The payment order is a debit: it takes money, it does not bring it.');
  } else if (name === 'TRN') payment.reference ??= segment[2] || null;
  else if (name === 'CUR') payment.currency = isCurrency(segment[2] ?? '') ? segment[2]! : payment.currency;
  else if (name === 'N1' && segment[1] === 'PR') payment.payer = segment[2]?.slice(0, 120) || null;
  else if (name === 'DTM' && /^(?:097|007|009)$/.test(segment[1] ?? ''))
    payment.paidOn ??= readDay(segment[2] ?? '', 'month-first');
}

const isCredit = (item: Item): boolean => /^(?:CM|CN|CR|ZZCM)$/.test(item.qualifier);
const paidSum = (items: readonly Item[]): bigint => sumOf(items.map(({ paid }) => paid ?? 0n));
const adjusted = (items: readonly Item[]): bigint =>
  sumOf(items.flatMap(({ adjustments }) => adjustments.map(({ amount }) => amount)));

/** True where RMR04 already has the adjustments in it: the amount less discount says so, or the payment's total does. */
function includes(item: Item, whole: boolean): boolean {
  const sum = sumOf(item.adjustments.map(({ amount }) => amount));
  if (item.gross !== null && item.paid !== null && sum !== 0n) {
    const less = item.gross - absolute(item.discount ?? 0n);
    if (less - absolute(sum) === item.paid || less + sum === item.paid) return true;
    if (less === item.paid) return false;
  }
  return whole;
}

function linesOf(item: Item, whole: boolean): AdviceLine[] {
  const inside = includes(item, whole);
  const off = item.adjustments.filter(({ amount }) => inside || amount < 0n);
  const on = inside ? [] : item.adjustments.filter(({ amount }) => amount > 0n);
  const kept = absolute(item.discount ?? 0n) + sumOf(off.map(({ amount }) => absolute(amount)));
  const outside = inside ? 0n : sumOf(off.map(({ amount }) => amount));
  const paid = item.paid === null ? null : item.paid + outside;
  const reasons = [...(item.discount ? ['discount'] : []), ...off.map(({ reason }) => reason)].filter(
    (reason) => reason !== null,
  );
  const gross = item.gross ?? (outside !== 0n ? item.paid : null);
  const line = (document: string, amount: bigint | null): AdviceLine => ({
    document,
    paid: amount === null ? null : decimalText(amount),
    gross: null,
    deduction: null,
    deductionReason: null,
  });
  return [
    {
      document: item.document,
      paid: paid === null ? null : decimalText(paid),
      gross: gross === null ? null : decimalText(gross),
      deduction: kept > 0n && (paid ?? 0n) >= 0n ? decimalText(kept) : null,
      deductionReason: reasons.length > 0 ? reasons.join(', ') : null,
    },
    ...on.map(({ amount, document, reason }) => ({
      ...line(document ?? item.document, amount),
      deductionReason: reason,
    })),
  ];
}

/** Credits without a minus are turned where the total, or without one their qualifier, says so. */
function withSigns({ items, loose, total, warnings }: Payment): void {
  const turn = items.filter((item) => isCredit(item) && (item.paid ?? 0n) > 0n);
  if (turn.length === 0 || turn.length === items.length) return;
  const all = paidSum(items) + sumOf(loose.map(({ amount }) => amount));
  if (total !== null && (all === total || all + adjusted(items) === total)) return;
  for (const item of turn) {
    item.paid = -(item.paid ?? 0n);
    if (total === null)
      warnings.push(`Read as taken off, though written without a minus: ${shown(item.document)}.`);
  }
}

function adviceOf(payment: Payment): Advice | null {
  if (payment.items.length === 0 && payment.loose.length === 0) return null;
  withSigns(payment);
  const { items, loose, total, warnings } = payment;
  const looseSum = sumOf(loose.map(({ amount }) => amount));
  const whole =
    total === null ||
    paidSum(items) + looseSum === total ||
    paidSum(items) + looseSum + adjusted(items) !== total;
  const lines = [
    ...items.flatMap((item) => linesOf(item, whole)),
    ...loose.map(
      ({ amount, document, reason }): AdviceLine => ({
        document: document ?? reason ?? 'adjustment',
        paid: decimalText(amount),
        gross: null,
        deduction: null,
        deductionReason: reason,
      }),
    ),
  ];
  const sum = sumOf(lines.map(({ paid }) => (paid === null ? 0n : exactOf(paid))));
  if (total === null && items.some(({ adjustments, gross }) => adjustments.length > 0 && gross === null))
    warnings.push('Adjustments are read as already taken off the amounts paid; no total says so.');
  if (total !== null && sum !== total)
    warnings.push(
      `The lines add up to ${decimalText(sum)}, the advice says ${decimalText(total)}: a difference of ${decimalText(total - sum)}.`,
    );
  if (lines.length > MOST_LINES) warnings.push(`Only the first ${MOST_LINES} lines were read.`);
  return {
    lines: lines.slice(0, MOST_LINES),
    total: total === null ? null : decimalText(total),
    currency: payment.currency,
    payerName: payment.payer,
    paidOn: payment.paidOn,
    paymentReference: payment.reference,
    warnings: warnings.slice(0, MOST_WARNINGS),
  };
}

/** One advice for each payment order (ST*820) of the text; addenda alone are one. */
export function x12Advices(text: string): Advice[] {
  const payments: Payment[] = [aPayment()];
  const after = { item: false };
  for (const segment of segmentsOf(text)) {
    if (segment[0] === 'ST') {
      payments.push(aPayment());
      after.item = false;
    } else readSegment(segment, payments.at(-1)!, after);
  }
  return payments.map(adviceOf).filter((advice) => advice !== null);
}

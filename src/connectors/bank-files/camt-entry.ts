/** An entry (`Ntry`) as the lines it stands for: each of its transactions, or itself. */
import type { Day } from '../../domain/calendar.ts';
import { toDecimal } from '../../domain/money.ts';
import type { BankLine } from '../../ports/bank-files.ts';
import { BadLineError } from './bad-line.ts';
import type { CamtDetail } from './camt-detail.ts';
import {
  amountAt,
  type CamtAmount,
  chargesAt,
  type Direction,
  dayOf,
  directionAt,
  transactionCode,
} from './camt-parts.ts';
import { clean, joinFields, realId } from './clean-text.ts';
import type { NewLine } from './statement-book.ts';
import { all, at, codeOf, type Node, textAt } from './xml-tree.ts';

export type CamtEntry = {
  readonly lines: NewLine[];
  readonly warnings: string[];
  readonly amount: CamtAmount;
  readonly direction: Direction;
};

/** What an entry needs to know of its statement. */
export type EntryContext = { readonly ownAccount: string | null; readonly fallbackDay: Day | null };

type Head = {
  readonly node: Node;
  readonly amount: CamtAmount;
  readonly direction: Direction;
  readonly bookedOn: Day;
  readonly valueOn: Day | null;
  readonly bankReference: string | null;
  readonly code: string | null;
  readonly texts: string[];
  readonly reversal: boolean;
  readonly booked: boolean;
};

function readHead(node: Node, context: EntryContext, warnings: string[]): Head {
  const amount = amountAt(node, 'Amt');
  if (!amount) throw new BadLineError('the entry has no amount');
  const direction = directionAt(node);
  if (!direction) throw new BadLineError('the entry says neither CRDT nor DBIT');
  const valueOn = dayOf(at(node, 'ValDt'));
  const stated = dayOf(at(node, 'BookgDt')) ?? valueOn;
  const bookedOn = stated ?? context.fallbackDay;
  if (!bookedOn) throw new BadLineError('the entry has no booking day');
  if (!stated)
    warnings.push(`the entry on line ${node.line} has no booking day; that of the statement was taken`);
  const status = codeOf(at(node, 'Sts')) ?? 'BOOK';
  return {
    node,
    amount,
    direction,
    bookedOn,
    valueOn,
    bankReference: realId(textAt(node, 'AcctSvcrRef')) ?? realId(textAt(node, 'NtryRef')),
    code: transactionCode(at(node, 'BkTxCd')),
    texts: all(node, 'AddtlNtryInf').map((each) => each.text),
    reversal: /^(true|1)$/.test(textAt(node, 'RvslInd') ?? ''),
    booked: status === 'BOOK',
  };
}

const signed = (minor: bigint, direction: Direction): bigint => (direction === 'credit' ? minor : -minor);

/** The other side: of money in the debtor. What came back names the parties of the payment it was, us among them. */
function otherSide(detail: CamtDetail, direction: Direction, head: Head, ownAccount: string | null) {
  const usual = direction === 'credit' ? detail.debtor : detail.creditor;
  const other = direction === 'credit' ? detail.creditor : detail.debtor;
  const own =
    (detail.isReturn || head.reversal) &&
    ownAccount !== null &&
    usual.account === ownAccount &&
    other.account !== ownAccount;
  return own && (other.name !== null || other.account !== null) ? other : usual;
}

function lineOf(
  head: Head,
  detail: CamtDetail,
  minor: bigint,
  direction: Direction,
  own: string | null,
): NewLine {
  const { currency } = head.amount;
  const party = otherSide(detail, direction, head, own);
  const { references, documents, texts } = detail.remittance;
  const shown = [...new Set([...references, ...documents.map((each) => each.document)])];
  const charges = detail.chargesMinor;
  return {
    fileLine: detail.line,
    bookedOn: head.bookedOn,
    valueOn: head.valueOn,
    minor,
    currency,
    direction,
    reversal: head.reversal,
    booked: head.booked,
    payerName: party.name ?? party.ultimate,
    payerAccount: party.account,
    reference: shown.slice(0, 50).join(' ') || null,
    endToEndId: detail.endToEndId,
    bankReference: detail.bankReference ?? head.bankReference,
    text: joinFields([
      ...texts,
      ...detail.texts,
      ...[detail.debtor, detail.creditor].map(({ ultimate }) => (ultimate === party.name ? null : ultimate)),
      ...head.texts,
    ]),
    code: detail.code ?? head.code,
    returnReason: detail.returnReason,
    charges: charges === null ? null : toDecimal(charges, currency),
    instructed: detail.instructed && {
      amount: toDecimal(detail.instructed.minor, detail.instructed.currency),
      currency: detail.instructed.currency,
    },
    remittance: documents.map(({ document, minor: paid }) => ({
      document,
      amount: paid === null ? null : toDecimal(paid, currency),
    })),
  };
}

/** The entry's own line with the words of all its transactions. */
function wholeLine(head: Head, details: readonly CamtDetail[], own: string | null): NewLine {
  const { currency } = head.amount;
  const lines = details.map((detail) => lineOf(head, detail, head.amount.minor, head.direction, own));
  const one = <Key extends 'payerName' | 'payerAccount' | 'endToEndId' | 'returnReason' | 'reference'>(
    key: Key,
  ) => {
    const values = new Set(lines.map((line) => line[key] ?? null));
    return values.size === 1 ? [...values][0]! : null;
  };
  const several = lines.length > 1;
  const charges = chargesAt(head.node, currency);
  const first = lines[0];
  const base: NewLine = {
    fileLine: head.node.line,
    bookedOn: head.bookedOn,
    valueOn: head.valueOn,
    minor: head.amount.minor,
    currency,
    direction: head.direction,
    reversal: head.reversal,
    booked: head.booked,
    bankReference: head.bankReference,
    code: head.code,
    charges: charges === null ? null : toDecimal(charges, currency),
    text: joinFields(head.texts),
  };
  if (!first) return base;
  if (!several) return { ...first, charges: first.charges ?? base.charges ?? null };
  return {
    ...base,
    payerName: one('payerName'),
    payerAccount: one('payerAccount'),
    endToEndId: one('endToEndId'),
    returnReason: one('returnReason'),
    reference: one('reference'),
    text: joinFields(
      lines.flatMap((line) => [
        line.payerName,
        line.reference,
        line.endToEndId,
        ...(line.text ?? '').split('\n'),
      ]),
    ),
    remittance: lines.flatMap((line): BankLine['remittance'] => line.remittance ?? []),
  };
}

const oneDirection = (details: readonly CamtDetail[]): boolean =>
  details.every(({ direction }) => direction === null || direction === details[0]!.direction);

/** Whether each transaction has an amount and they make up the entry; null when they do, else why not. */
function whyNotApart(head: Head, details: readonly CamtDetail[]): string | null {
  let sum = 0n;
  for (const { minor, direction } of details) {
    if (minor === null) return 'do not all state an amount in its currency';
    sum += signed(minor, direction ?? head.direction);
  }
  if (sum === signed(head.amount.minor, head.direction)) return null;
  // some banks write CRDT beside every transaction of a debit entry
  if (oneDirection(details) && details.reduce((total, { minor }) => total + minor!, 0n) === head.amount.minor)
    return null;
  return `add up to ${toDecimal(sum < 0n ? -sum : sum, head.amount.currency)}`;
}

function checkBatch(head: Head, details: readonly CamtDetail[], warnings: string[]): void {
  for (const block of [head.node, ...all(head.node, 'NtryDtls')])
    for (const batch of all(block, 'Btch')) {
      const count = textAt(batch, 'NbOfTxs');
      if (count && details.length > 0 && Number(count) !== details.length)
        warnings.push(
          `the batch on line ${batch.line} says ${clean(count)} transactions, ${details.length} are there`,
        );
      const total = amountAt(batch, 'TtlAmt');
      if (total && total.currency === head.amount.currency && total.minor !== head.amount.minor)
        warnings.push(
          `the batch on line ${batch.line} says ${toDecimal(total.minor, total.currency)}, its entry ${toDecimal(head.amount.minor, total.currency)}`,
        );
    }
}

/**
 * The lines of an entry whose transactions were read before it.
 * Throws: BadLineError when the entry itself has no amount, direction or day that can be read.
 */
export function readEntry(node: Node, details: readonly CamtDetail[], context: EntryContext): CamtEntry {
  const warnings: string[] = [];
  const head = readHead(node, context, warnings);
  const { amount, direction } = head;
  checkBatch(head, details, warnings);
  const why = details.length > 1 ? whyNotApart(head, details) : null;
  if (why !== null)
    warnings.push(
      `the ${details.length} transactions of the entry on line ${node.line} ${why}, not ${toDecimal(amount.minor, amount.currency)}; the entry was taken as one line`,
    );
  const only = details.length === 1 ? details[0]! : null;
  if (only?.minor && only.minor !== amount.minor && only.minor - (only.chargesMinor ?? 0n) !== amount.minor)
    warnings.push(
      `the transaction on line ${only.line} says ${toDecimal(only.minor, amount.currency)}, its entry ${toDecimal(amount.minor, amount.currency)}; the entry was taken`,
    );
  if (details.length <= 1 || why !== null)
    return { lines: [wholeLine(head, details, context.ownAccount)], warnings, amount, direction };
  const plain = oneDirection(details);
  const lines = details.map((detail) =>
    lineOf(
      head,
      detail,
      detail.minor!,
      plain ? direction : (detail.direction ?? direction),
      context.ownAccount,
    ),
  );
  return { lines, warnings, amount, direction };
}

/** Amounts, days, parties and texts of ISO 20022 account reports, all versions. */
import { type Day, isDay } from '../../domain/calendar.ts';
import { BadLineError, quote } from './bad-line.ts';
import { account, clean } from './clean-text.ts';
import { currencyCode, exactMinor } from './exact-amount.ts';
import { all, at, below, codeOf, type Node, textAt } from './xml-tree.ts';

export type CamtAmount = { readonly minor: bigint; readonly currency: string };
export type Direction = 'credit' | 'debit';

/** Throws: BadLineError when there is an amount that is none. */
export function amountAt(node: Node | null | undefined, ...path: string[]): CamtAmount | null {
  const found = at(node, ...path);
  if (!found) return null;
  const currency = currencyCode(found.currency);
  if (!currency) throw new BadLineError(`the amount ${quote(found.text)} has no currency`);
  return { minor: exactMinor(found.text, currency), currency };
}

/** Throws: BadLineError when it is neither CRDT nor DBIT. */
export function directionAt(node: Node | null): Direction | null {
  const mark = textAt(node, 'CdtDbtInd');
  if (mark === null) return null;
  if (mark === 'CRDT') return 'credit';
  if (mark === 'DBIT') return 'debit';
  throw new BadLineError(`${quote(mark)} is neither CRDT nor DBIT`);
}

/** The day as the bank writes it: a time's own day, in the time's own zone. */
export function dayOf(node: Node | null): Day | null {
  const text = textAt(node, 'Dt') ?? textAt(node, 'DtTm') ?? (node?.text.trim() || null);
  if (!text) return null;
  const day = text.slice(0, 10);
  if (!isDay(day)) throw new BadLineError(`${quote(text)} is not a day`);
  return day;
}

/** An account's number: IBAN, or whatever the bank has in its place. */
export function accountAt(node: Node | null | undefined, ...path: string[]): string | null {
  const id = at(node, ...path, 'Id');
  const text =
    textAt(id, 'IBAN') ??
    textAt(id, 'Othr', 'Id') ??
    textAt(id, 'BBAN') ??
    textAt(id, 'UPIC') ??
    textAt(below(id, 'Id'));
  return account(text);
}

/** A party's name: directly below it (to version 7), below `Pty` or, for a bank, `Agt` (from 8). */
export const nameAt = (parties: Node | null, party: string): string | null => {
  const node = at(parties, party);
  return clean(
    textAt(node, 'Nm') ??
      textAt(node, 'Pty', 'Nm') ??
      textAt(node, 'Agt', 'FinInstnId', 'Nm') ??
      textAt(node, 'FinInstnId', 'Nm'),
  );
};

/** `PMNT/RCDT/ESCT`, or the bank's own code. */
export function transactionCode(node: Node | null): string | null {
  const domain = at(node, 'Domn');
  const parts = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  return clean(parts.filter(Boolean).join('/')) ?? clean(textAt(node, 'Prtry', 'Cd'));
}

/** What was charged, in the given currency; null for none. Throws: BadLineError. */
export function chargesAt(node: Node | null, currency: string): bigint | null {
  const charges = all(node, 'Chrgs');
  const total = charges.map((each) => amountAt(each, 'TtlChrgsAndTaxAmt')).find((each) => each !== null);
  const parts = total
    ? [total]
    : charges.flatMap((each) => [each, ...all(each, 'Rcrd')].map((part) => amountAt(part, 'Amt')));
  let sum = 0n;
  for (const part of parts) if (part?.currency === currency) sum += part.minor;
  return sum === 0n ? null : sum;
}

/** What a document's amount is called, the paid one first. */
const PAID = ['RmtdAmt', 'DuePyblAmt'];

function documentAmount(node: Node | null, currency: string): { minor: bigint } | null {
  const typed = all(node, 'RmtAmtAndTp').map((each) => ({ type: codeOf(at(each, 'Tp')), node: each }));
  const newer =
    typed.find(({ type }) => type === 'RMTD' || type === 'REMI') ?? typed.find(({ type }) => type === 'DUPA');
  for (const amount of [
    ...PAID.map((name) => amountAt(node, name)),
    newer ? amountAt(newer.node, 'Amt') : null,
  ])
    if (amount) return amount.currency === currency ? amount : null;
  const credit = amountAt(node, 'CdtNoteAmt');
  return credit && credit.currency === currency ? { minor: -credit.minor } : null;
}

export type Remittance = {
  readonly references: string[];
  readonly documents: { document: string; minor: bigint | null }[];
  readonly texts: string[];
};

/** Structured and free remittance. A document's amount that cannot be read is left out, the payment is not. */
export function remittanceOf(detail: Node | null, currency: string): Remittance {
  const found: Remittance = { references: [], documents: [], texts: [] };
  for (const info of all(detail, 'RmtInf')) {
    for (const free of all(info, 'Ustrd')) found.texts.push(free.text);
    for (const structured of all(info, 'Strd')) {
      const reference = clean(
        textAt(structured, 'CdtrRefInf', 'Ref') ?? textAt(structured, 'CdtrRefInf', 'CdtrRef'),
      );
      if (reference) found.references.push(reference);
      let minor: bigint | null = null;
      try {
        minor = documentAmount(at(structured, 'RfrdDocAmt'), currency)?.minor ?? null;
      } catch (error) {
        if (!(error instanceof BadLineError)) throw error;
      }
      const documents = all(structured, 'RfrdDocInf').flatMap(
        (each) => clean(textAt(each, 'Nb') ?? textAt(each, 'RfrdDocNb')) ?? [],
      );
      for (const document of documents)
        found.documents.push({ document, minor: documents.length === 1 ? minor : null });
      for (const more of all(structured, 'AddtlRmtInf')) found.texts.push(more.text);
    }
  }
  return found;
}

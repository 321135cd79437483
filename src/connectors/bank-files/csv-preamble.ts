/** What banks write above the header of their CSV: account, currency, balances. */
import { isCurrency } from '../../domain/money.ts';
import type { RawRecord } from '../csv-records.ts';
import { account, clean } from './clean-text.ts';
import { fold, meaningsOf } from './csv-headers.ts';

export type Preamble = {
  readonly account: string | null;
  readonly currency: string | null;
  /** As written. */
  readonly opening: string | null;
  readonly closing: string | null;
};

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/;
/** `Compte courant n° 00012345678`. */
const NUMBERED = /(?:\bn°|\bno\.?|\bnr\.?|\bnumber|\baccount|\bkonto)\s*:?\s*(\d[\d -]{5,24}\d)\b/i;
const OPENING =
  /^(opening|starting|beginning|initial) balance|anfangssaldo|alter kontostand|solde (initial|precedent)|saldo (inicial|anterior)|beginsaldo|openingssaldo/;
const CLOSING =
  /^(closing|ending|current|final|account)? ?balance|endsaldo|(neuer )?kontostand|saldo( final)?$|solde( final)?|slotsaldo|eindsaldo/;

/** Keys with what stands beside them: in the next filled cell, or behind a colon. */
function pairs(records: readonly RawRecord[]): [string, string][] {
  return records.flatMap(({ cells }) => {
    const filled = cells.map((cell) => cell.trim()).filter(Boolean);
    return filled.flatMap((cell, at): [string, string][] => {
      const colon = /^([^:]{2,40}):\s*(.+)$/s.exec(cell);
      if (colon) return [[colon[1]!, colon[2]!]];
      const next = filled[at + 1];
      return next === undefined ? [] : [[cell.replace(/:$/, ''), next]];
    });
  });
}

export function readPreamble(records: readonly RawRecord[]): Preamble {
  const found = pairs(records);
  const first = (fits: (key: string, value: string) => boolean): string | null =>
    found.find(([key, value]) => fits(key, value))?.[1] ?? null;
  const iban = records.map(({ cells }) => IBAN.exec(cells.join(' '))?.[0]).find(Boolean);
  const number = first(
    (key, value) => meaningsOf(key).some(({ meaning }) => meaning === 'account') && /\d{4}/.test(value),
  );
  const inWords = records.map(({ cells }) => NUMBERED.exec(cells.join(' '))?.[1]).find(Boolean);
  const amount = (pattern: RegExp) => first((key, value) => pattern.test(fold(key)) && /\d/.test(value));
  const written = [
    first(
      (key, value) =>
        meaningsOf(key).some(({ meaning }) => meaning === 'currency') &&
        isCurrency(value.trim().toUpperCase()),
    ),
  ];
  const beside = amount(CLOSING)?.match(/\b[A-Z]{3}\b/)?.[0];
  return {
    account: account(iban) ?? account(clean(number)) ?? account(inWords),
    currency: written[0]?.trim().toUpperCase() ?? (beside && isCurrency(beside) ? beside : null),
    opening: amount(OPENING),
    closing: amount(CLOSING),
  };
}

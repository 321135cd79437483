/** What a difference is: a fee, a discount, withheld tax, exchange, or nothing but a rest to write off. */
import { takeMoney } from '../chasing/words.ts';
import type { Scanner } from '../text/scanner.ts';
import { hideNumberWords } from './payment.ts';
import type { CashSlots } from './slots.ts';

type Kind = NonNullable<CashSlots['kind']>;

const kinds: readonly [RegExp, Kind][] = [
  [
    /(?:(?:wire|bank|transfer|ach|card|sepa|swift|correspondent|intermediary|transaction|handling|processing) )*(?:fees?|charges?)/,
    'bank_fee',
  ],
  [/(?:(?:early|prompt|cash|payment|pay|terms) )*(?:discounts?|skonto)/, 'early_payment_discount'],
  [
    /(?:withheld|withholding)(?: (?:the|a|some|\d+(?:\.\d+)?|percent|of))*(?: tax(?:es)?)?|wht|tds/,
    'withholding_tax',
  ],
  [/(?:fx|(?:currency )?exchange(?: rate)?|currency)(?: (?:difference|loss|gain|rate))*/, 'fx'],
  [/rounding(?: difference)?|write (?:(?:it|that|this|them) )?off|write-?offs?/, 'write_off'],
];

/** Every kind that is spoken of, the telling ones first. */
export function takeKinds(scan: Scanner): Kind[] {
  const found: Kind[] = [];
  for (const [words, kind] of kinds)
    scan.take('kind', words, () => {
      found.push(kind);
    });
  if (
    scan.tokens.some(({ word }) => word === 'off') &&
    scan.tokens.some(({ word }) => /^(?:write|wrote|writing|written)$/.test(word))
  )
    found.push('write_off');
  return [...new Set(found)];
}

/** "12 cents" is 0.12. */
export function takeCents(scan: Scanner, use: (amount: string) => void): boolean {
  return scan.take(
    'money',
    /(?:the |last |remaining |of )*(\d{1,4}) ?(?:cents?|c|ct|cts|p|pence)/,
    (match) => {
      const digits = match[1]!.padStart(3, '0');
      use(`${digits.slice(0, -2).replace(/^0+(?=\d)/, '')}.${digits.slice(-2)}`);
    },
  );
}

/** The amount that is let off. */
export function takeLetOff(scan: Scanner, cash: CashSlots): void {
  scan.take('percent', /(?:the |a |an |their )*\d{1,2}(?:\.\d+)? ?(?:percent)/, () => {
    cash.percent = true;
  });
  const use = (amount: string, currency?: string): boolean => {
    if (cash.amount !== undefined) return false;
    cash.amount = amount;
    if (currency) cash.currency = currency;
    return true;
  };
  if (takeCents(scan, (amount) => use(amount))) return;
  hideNumberWords(scan);
  takeMoney(scan, '(?:(?:the|a|an|last|remaining|of|for|missing|short|difference|gap|is|that) )*', use);
}

/** How sellers number their invoices, and how payers write such a number. */
import type { Random } from '../../../demo/random.ts';
import type { Day } from '../../../src/domain/calendar.ts';
import type { Language } from './company-names.ts';

export type NumberStyle = {
  readonly name: string;
  /** Later invoices have higher numbers. */
  readonly ordered: boolean;
  readonly number: (sequence: number, issuedOn: Day) => string;
  readonly credit: (sequence: number, issuedOn: Day) => string;
};
const zeros = (value: number, digits: number): string => String(value).padStart(digits, '0');

export const numberStyles: readonly NumberStyle[] = [
  {
    name: 'INV-000123',
    ordered: true,
    number: (n) => `INV-${zeros(n, 6)}`,
    credit: (n) => `CN-${zeros(n, 6)}`,
  },
  {
    name: '2026/0456',
    ordered: true,
    number: (n, on) => `${on.slice(0, 4)}/${zeros(n, 4)}`,
    credit: (n, on) => `${on.slice(0, 4)}/G${zeros(n, 3)}`,
  },
  {
    name: 'RE2026-1234',
    ordered: true,
    number: (n, on) => `RE${on.slice(0, 4)}-${zeros(n, 4)}`,
    credit: (n, on) => `GS${on.slice(0, 4)}-${zeros(n, 4)}`,
  },
  {
    name: '1800012345',
    ordered: true,
    number: (n) => String(1_800_010_000 + n),
    credit: (n) => String(1_600_002_000 + n),
  },
  { name: '4711', ordered: true, number: (n) => String(3_000 + n), credit: (n) => `C${500 + n}` },
  {
    name: 'SI-10-00231',
    ordered: true,
    number: (n) => `SI-${10 + (n % 3) * 10}-${zeros(n, 5)}`,
    credit: (n) => `SC-10-${zeros(n, 5)}`,
  },
  {
    name: 'F2603-118',
    ordered: true,
    number: (n, on) => `F${on.slice(2, 4)}${on.slice(5, 7)}-${zeros(n, 3)}`,
    credit: (n, on) => `AV${on.slice(2, 4)}${on.slice(5, 7)}-${zeros(n, 3)}`,
  },
  {
    name: 'A3F9C1D2-0007',
    ordered: false,
    number: (n) => `${hexOf(n)}-${zeros((n % 40) + 1, 4)}`,
    credit: (n) => `CR-${hexOf(n)}`,
  },
];

/** Eight letters and digits that mean nothing, as payment processors number. */
const hexOf = (value: number): string =>
  (Math.imul(value + 77, 0x9e3779b1) >>> 0).toString(16).toUpperCase().padStart(8, '0');

/** A payer's way of writing numbers, kept for all payments of one payer. */
export const habits = [
  'whole',
  'whole',
  'whole',
  'lower case',
  'no prefix',
  'no zeros',
  'spaced',
  'no separators',
  'word and digits',
] as const;
export type NumberHabit = (typeof habits)[number];

export function writtenNumber(number: string, habit: NumberHabit): string {
  const bare = number.replace(/^[A-Z]+-?(?=\d)/, '');
  switch (habit) {
    case 'lower case':
      return number.toLowerCase();
    case 'no prefix':
      return bare;
    case 'no zeros':
      return bare.replace(/^0+/, '');
    case 'spaced':
      return number.replace(/[-/]/g, ' ');
    case 'no separators':
      return number.replace(/[-/]/g, '');
    case 'word and digits': {
      // the running number alone, where it says enough
      const last = number
        .replace(/^.*[-/]/, '')
        .replace(/^\D+/, '')
        .replace(/^0+/, '');
      return last.length >= 3 && !/[A-F]/.test(number.slice(0, 8).replace(/^\D+/, '')) ? last : number;
    }
    default:
      return number;
  }
}

export const invoiceWords: Readonly<Record<Language, readonly string[]>> = {
  en: ['Invoice', 'INV', 'Inv no.', 'Invoice #', 'Payment for invoice', 'our ref', 'REF'],
  de: ['Rechnung', 'Rg.Nr.', 'RNr.', 'Re.-Nr.', 'RG', 'Rechn.', 'RECHNUNGSNR'],
  fr: ['Facture', 'Fact.', 'FA', 'Reglement facture', 'Vir. facture n°'],
  es: ['Factura', 'Fra.', 'Pago factura', 'N/Fra'],
  it: ['Fattura', 'Ft.', 'Saldo fatt. n.', 'Pagam. fattura'],
  nl: ['Factuur', 'Fact.nr.', 'Betreft factuur', 'Fnr'],
};
export const plainWords: Readonly<Record<Language, readonly string[]>> = {
  en: ['PAYMENT', 'INVOICE PAYMENT', 'AP PAYMENT', 'THANK YOU', 'VENDOR PMT', ''],
  de: ['ZAHLUNG', 'UEBERWEISUNG', 'RECHNUNG', 'SAGEN DANKE', ''],
  fr: ['REGLEMENT', 'VIREMENT', 'PAIEMENT FOURNISSEUR', ''],
  es: ['PAGO', 'PAGO PROVEEDOR', 'TRANSFERENCIA', ''],
  it: ['PAGAMENTO', 'BONIFICO', 'SALDO', ''],
  nl: ['BETALING', 'OVERBOEKING', ''],
};
export const monthNames: Readonly<Record<Language, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
    ' ',
  ),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
};
export const otherWords: Readonly<
  Record<Language, { and: string; others: string; to: readonly string[]; statement: string; less: string }>
> = {
  en: {
    and: 'and',
    others: 'and others',
    to: ['-', 'to', 'thru', 'through'],
    statement: 'Statement',
    less: 'less',
  },
  de: { and: 'und', others: 'u.a.', to: ['-', 'bis'], statement: 'Kontoauszug', less: 'abzgl.' },
  fr: { and: 'et', others: 'et autres', to: ['-', 'à', 'a'], statement: 'Relevé', less: 'moins' },
  es: { and: 'y', others: 'y otras', to: ['-', 'a'], statement: 'Extracto', less: 'menos' },
  it: { and: 'e', others: 'e altre', to: ['-', 'a'], statement: 'Estratto conto', less: 'meno' },
  nl: { and: 'en', others: 'en andere', to: ['-', 't/m'], statement: 'Rekeningoverzicht', less: 'minus' },
};

const LOOKALIKE: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '5': 'S',
  '8': 'B',
  '6': 'G',
  '2': 'Z',
};

/** As it comes from a scan, a slip of the hand, or a field that broke it. */
export function damagedNumber(number: string, random: Random): string {
  const digits = [...number].flatMap((letter, at) => (/\d/.test(letter) ? [at] : []));
  const at = digits[random.int(Math.min(2, digits.length - 1), digits.length - 1)]!;
  const [before, here, after] = [number.slice(0, at), number[at]!, number.slice(at + 1)];
  switch (random.int(1, 6)) {
    case 1:
      return before + (LOOKALIKE[here] ?? random.pick(['7', '4'])) + after;
    case 2:
      return before + after;
    case 3:
      return before + here + here + after;
    case 4:
      return after === '' ? `${before}\n${here}` : before + after[0] + here + after.slice(1);
    case 5:
      return `${before}${random.pick([' ', '\n'])}${here}${after}`;
    default:
      return before + String((Number(here) + random.int(1, 9)) % 10) + after;
  }
}

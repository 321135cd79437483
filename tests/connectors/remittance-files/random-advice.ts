/** Advices of random layout with what is to be read from them; money is in cents as bigint. */
import fc from 'fast-check';

export type Line = { document: string; gross: bigint; deduction: bigint; paid: bigint; day: string };
export type Language = 'en' | 'de' | 'fr' | 'es' | 'nl';
export type ColumnKey = 'document' | 'date' | 'gross' | 'deduction' | 'paid' | 'order';
export type Layout = {
  language: Language;
  columns: ColumnKey[];
  format: NumberFormat;
  total: boolean;
  creditStyle: 'minus' | 'brackets' | 'behind';
  pick: number;
};
export type NumberFormat = { decimal: '.' | ','; group: string };
export type RandomAdvice = { lines: Line[]; layout: Layout };

const headers: Record<Language, Record<ColumnKey, string[]>> = {
  en: {
    document: ['Invoice No', 'Invoice Number', 'Invoice', 'Your Reference', 'Document'],
    date: ['Invoice Date', 'Date'],
    gross: ['Gross Amount', 'Invoice Amount', 'Gross'],
    deduction: ['Discount', 'Deduction', 'Disc. Amount', 'Withholding'],
    paid: ['Net Amount', 'Amount Paid', 'Paid', 'Payment Amount'],
    order: ['PO', 'PO Number'],
  },
  de: {
    document: ['Rechnungsnr.', 'Rechnungsnummer', 'Belegnummer', 'Rechnung', 'Ihr Beleg'],
    date: ['Datum', 'Belegdatum', 'Rechnungsdatum'],
    gross: ['Bruttobetrag', 'Rechnungsbetrag', 'Brutto'],
    deduction: ['Skonto', 'Abzug', 'Abzüge'],
    paid: ['Zahlbetrag', 'Nettobetrag', 'Netto'],
    order: ['Bestellung', 'Bestellnr.'],
  },
  fr: {
    document: ['Facture', 'N° facture', 'Référence'],
    date: ['Date', 'Date facture'],
    gross: ['Montant brut', 'Montant facture', 'Brut'],
    deduction: ['Escompte', 'Retenue'],
    paid: ['Montant payé', 'Net à payer', 'Montant réglé', 'Net'],
    order: ['Commande'],
  },
  es: {
    document: ['Factura', 'N° factura', 'Nº Documento'],
    date: ['Fecha'],
    gross: ['Importe bruto', 'Importe factura'],
    deduction: ['Descuento', 'Retención'],
    paid: ['Importe pagado', 'Pagado', 'Importe neto'],
    order: ['Pedido'],
  },
  nl: {
    document: ['Factuurnummer', 'Factuur', 'Factuurnr.'],
    date: ['Datum', 'Factuurdatum'],
    gross: ['Factuurbedrag', 'Brutobedrag'],
    deduction: ['Korting', 'Inhouding'],
    paid: ['Betaald', 'Betaald bedrag', 'Nettobedrag'],
    order: ['Bestelling'],
  },
};
const totals: Record<Language, string> = { en: 'Total', de: 'Summe', fr: 'Total', es: 'Total', nl: 'Totaal' };
export const titles: Record<Language, string> = {
  en: 'Remittance advice',
  de: 'Zahlungsavis',
  fr: 'Avis de paiement',
  es: 'Aviso de pago',
  nl: 'Betalingsadvies',
};

const arbDocument = fc.oneof(
  fc.integer({ min: 1000, max: 999999 }).map((n) => `INV-${n}`),
  fc.integer({ min: 100, max: 9999 }).map((n) => `RE-2026-${n}`),
  fc.integer({ min: 100000, max: 99999999 }).map(String),
  fc.integer({ min: 10, max: 9999 }).map((n) => `F2026/${n}`),
);

const arbLine: fc.Arbitrary<Line> = fc
  .record({
    document: arbDocument,
    cents: fc.bigInt({ min: 100n, max: 99_999_999n }),
    share: fc.constantFrom(0n, 0n, 0n, 2n, 3n, 10n),
    credit: fc.nat(9),
    day: fc.integer({ min: 10, max: 28 }),
  })
  .map(({ document, cents, share, credit, day }) => {
    const sign = credit === 0 ? -1n : 1n;
    const deduction = sign < 0n ? 0n : (cents * share) / 100n;
    return {
      document,
      gross: sign * cents,
      deduction,
      paid: sign * cents - deduction,
      day: `2026-09-${day}`,
    };
  });

const arbLayout: fc.Arbitrary<Layout> = fc
  .record({
    language: fc.constantFrom<Language>('en', 'de', 'fr', 'es', 'nl'),
    optional: fc.subarray<ColumnKey>(['date', 'gross', 'deduction', 'order']),
    order: fc.nat(5),
    german: fc.boolean(),
    group: fc.constantFrom('', 'usual', ' '),
    total: fc.boolean(),
    creditStyle: fc.constantFrom<Layout['creditStyle']>('minus', 'brackets', 'behind'),
    pick: fc.nat(100),
  })
  .map(({ language, optional, order, german, group, total, creditStyle, pick }) => {
    const usual: ColumnKey[] = ['document', 'date', 'order', 'gross', 'deduction', 'paid'];
    const columns = usual.filter((key) => key === 'document' || key === 'paid' || optional.includes(key));
    const turned =
      order === 0 ? [...columns].reverse() : order === 1 ? [...columns.slice(1), columns[0]!] : columns;
    const decimal = german ? ',' : '.';
    return {
      language,
      columns: turned,
      format: { decimal, group: group === 'usual' ? (german ? '.' : ',') : group },
      total,
      creditStyle,
      pick,
    };
  });

/** Documents differ; what is paid in all is above zero. */
export const arbAdvice: fc.Arbitrary<RandomAdvice> = fc
  .record({
    lines: fc.uniqueArray(arbLine, { minLength: 1, maxLength: 25, selector: ({ document }) => document }),
    layout: arbLayout,
  })
  .filter(({ lines }) => sum(lines, 'paid') > 0n);

export const sum = (lines: readonly Line[], key: 'gross' | 'deduction' | 'paid'): bigint =>
  lines.reduce((total, line) => total + line[key], 0n);

export function money(cents: bigint, { decimal, group }: NumberFormat, style: Layout['creditStyle']): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const text = `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group)}${decimal}${digits.slice(-2)}`;
  if (cents >= 0n) return text;
  return style === 'minus' ? `-${text}` : style === 'brackets' ? `(${text})` : `${text}-`;
}

export const plain = (cents: bigint): string => money(cents, { decimal: '.', group: '' }, 'minus');

/** The table as cells of text: header, lines, total row. */
export function tableOf({ lines, layout }: RandomAdvice): {
  headers: string[];
  rows: string[][];
  right: boolean[];
} {
  const { language, columns, format, creditStyle, pick } = layout;
  const name = (key: ColumnKey) => headers[language][key][pick % headers[language][key].length]!;
  const cell = (line: Line, key: ColumnKey, i: number): string => {
    if (key === 'document') return line.document;
    if (key === 'date') return format.decimal === ',' ? line.day.split('-').reverse().join('.') : line.day;
    if (key === 'order') return `PO-${4500 + i}`;
    return money(line[key], format, creditStyle);
  };
  const total = columns.map((key) =>
    key === 'document'
      ? totals[language]
      : key === 'date' || key === 'order'
        ? ''
        : money(sum(lines, key), format, creditStyle),
  );
  return {
    headers: columns.map(name),
    rows: [
      ...lines.map((line, i) => columns.map((key) => cell(line, key, i))),
      ...(layout.total ? [total] : []),
    ],
    right: columns.map((key) => ['gross', 'deduction', 'paid'].includes(key)),
  };
}

/** What is to be read, as an advice gives it. */
export const expected = ({ lines, layout }: RandomAdvice) =>
  lines.map((line) => ({
    document: line.document,
    paid: plain(line.paid),
    gross: layout.columns.includes('gross') ? plain(line.gross) : null,
    deduction: layout.columns.includes('deduction') && line.deduction > 0n ? plain(line.deduction) : null,
  }));

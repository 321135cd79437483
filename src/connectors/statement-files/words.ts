/** The words of a statement of account in each language, and names in the letters that a standard PDF font has. */
import type { Language } from '../../domain/chase/policy.ts';

export type StatementWords = {
  readonly title: string;
  readonly asOf: string;
  readonly customer: string;
  readonly currency: string;
  readonly columns: {
    readonly number: string;
    readonly issued: string;
    readonly due: string;
    readonly days: string;
    readonly order: string;
    readonly amount: string;
    readonly open: string;
  };
  /** Heads of narrow columns. */
  readonly short: { readonly days: string; readonly order: string };
  readonly total: string;
  readonly aging: string;
  readonly buckets: Readonly<Record<string, string>>;
  readonly pay: string;
  readonly page: (page: number, of: number) => string;
  readonly nothing: string;
};

export const statementWords: Record<Language, StatementWords> = {
  en: {
    title: 'Statement of account',
    asOf: 'As of',
    customer: 'Customer',
    currency: 'Currency',
    columns: {
      number: 'Invoice',
      issued: 'Issued',
      due: 'Due',
      days: 'Days overdue',
      order: 'Your order',
      amount: 'Amount',
      open: 'Open',
    },
    short: { days: 'Days late', order: 'Your order' },
    total: 'Open balance',
    aging: 'By days past due',
    buckets: { not_due: 'Not due', '1-30': '1-30', '31-60': '31-60', '61-90': '61-90', '90+': 'Over 90' },
    pay: 'How to pay',
    page: (page, of) => `Page ${page} of ${of}`,
    nothing: 'Nothing is open.',
  },
  de: {
    title: 'Kontoauszug',
    asOf: 'Stand',
    customer: 'Kunde',
    currency: 'Währung',
    columns: {
      number: 'Rechnung',
      issued: 'Datum',
      due: 'Fällig',
      days: 'Tage überfällig',
      order: 'Ihre Bestellung',
      amount: 'Betrag',
      open: 'Offen',
    },
    short: { days: 'Überfällig', order: 'Bestellung' },
    total: 'Offener Saldo',
    aging: 'Nach Tagen der Überfälligkeit',
    buckets: {
      not_due: 'Nicht fällig',
      '1-30': '1-30',
      '31-60': '31-60',
      '61-90': '61-90',
      '90+': 'Über 90',
    },
    pay: 'Zahlung',
    page: (page, of) => `Seite ${page} von ${of}`,
    nothing: 'Es ist nichts offen.',
  },
  fr: {
    title: 'Relevé de compte',
    asOf: 'Au',
    customer: 'Client',
    currency: 'Devise',
    columns: {
      number: 'Facture',
      issued: 'Date',
      due: 'Échéance',
      days: 'Jours de retard',
      order: 'Votre commande',
      amount: 'Montant',
      open: 'Restant dû',
    },
    short: { days: 'Retard (j)', order: 'Commande' },
    total: 'Solde dû',
    aging: 'Par jours de retard',
    buckets: { not_due: 'Non échu', '1-30': '1-30', '31-60': '31-60', '61-90': '61-90', '90+': 'Plus de 90' },
    pay: 'Pour régler',
    page: (page, of) => `Page ${page} sur ${of}`,
    nothing: 'Rien n’est à régler.',
  },
  es: {
    title: 'Extracto de cuenta',
    asOf: 'A fecha de',
    customer: 'Cliente',
    currency: 'Moneda',
    columns: {
      number: 'Factura',
      issued: 'Fecha',
      due: 'Vencimiento',
      days: 'Días de retraso',
      order: 'Su pedido',
      amount: 'Importe',
      open: 'Pendiente',
    },
    short: { days: 'Retraso (d)', order: 'Pedido' },
    total: 'Saldo pendiente',
    aging: 'Por días de retraso',
    buckets: {
      not_due: 'No vencido',
      '1-30': '1-30',
      '31-60': '31-60',
      '61-90': '61-90',
      '90+': 'Más de 90',
    },
    pay: 'Cómo pagar',
    page: (page, of) => `Página ${page} de ${of}`,
    nothing: 'No hay nada pendiente.',
  },
};

/** What Windows-1252 has beyond Latin-1. */
const EXTRA = new Set([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ']);
/** Letters that no accent makes. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', ı: 'i', ŋ: 'n', ſ: 's', ŧ: 't', ﬁ: 'fi', ﬂ: 'fl' },
};

const isPrintable = (letter: string): boolean => {
  const code = letter.codePointAt(0)!;
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa1 && code <= 0xff) || EXTRA.has(letter);
};

/**
 * The text in letters that the standard fonts of PDF have: accents they lack are taken off ("Żółć" is "Zólc"), and
 * what is left is a visible "?", one for a run, never a gap that looks like another name.
 */
export function printable(text: string): string {
  const letters = [...text.normalize('NFC')].map((letter) => {
    if (isPrintable(letter)) return letter;
    if (/\s/u.test(letter)) return ' ';
    const bare = PLAIN[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
    return [...bare].every(isPrintable) && bare !== '' ? bare : '\0';
  });
  return letters.join('').replace(/\0(?:[ \0]*\0)?/g, '?');
}

/** What a column is called by payers in English, German, French, Spanish and Dutch. */
import { foldWords } from './clean-text.ts';

export type Role =
  | 'document'
  | 'order'
  | 'date'
  | 'due'
  | 'gross'
  | 'deduction'
  | 'paid'
  | 'amount' // an amount that the header does not explain
  | 'tax' // value added tax inside the amount, no deduction
  | 'balance'
  | 'currency'
  | 'reason'
  | 'type'
  | 'check'
  | 'checkTotal' // the whole cheque, repeated on each of its lines
  | 'payer'
  | 'other';

/** `strength` decides between two columns of one role. */
export type Heading = { readonly role: Role; readonly strength: number };

const words = (text: string): RegExp => new RegExp(`(?:^| )(?:${text})(?: |$)`, 'u');

const AMOUNT = words(
  'amounts?|amt|value|betrage?|wert|summe|montants?|importes?|monto|valor|bedrag(?:en)?|waarde|\\p{L}*betrag|\\p{L}*bedrag',
);
const MONEY_CODE = words('usd|eur|gbp|chf|cad|aud|jpy|inr|sek|nok|dkk|pln|mxn|brl|zar|sgd|hkd|nzd|[$€£]');
const REASON = words(
  'reasons?|reason codes?|comments?|remarks?|explanation|grund|\\p{L}+grund|bemerkung(?:en)?|kommentar|motifs?|commentaires?|observations?|observaciones|comentarios?|motivo|concepto|reden|opmerking(?:en)?|notes?|memo|erlauterung',
);
const DUE = words(
  'due|due date|due on|fallig|fallig am|falligkeit(?:sdatum)?|echeance|date d echeance|vencimiento|vervaldatum|vervaldag',
);
const DATE = words('dates?|dated|datum|\\p{L}*datum|fecha|tag|\\p{L}+tag|jour|day');
const CURRENCY = words('currency|curr?|ccy|wahrung|whrg|wrg|devise|monnaie|moneda|divisa|valuta|munt');
const TYPE = words('type|typ|art|\\p{L}+art|tipo|soort|kind|transtype|tran type|doctype');
const DEDUCTION = words(
  'discounts?|disc|skonto|skontobetrag|skontoabzug|escomptes?|descuentos?|dto|korting|\\p{L}+korting|deductions?|ded|deducted|abzug|abzuge|\\p{L}+abzug|kurzung|retenues?|retencion(?:es)?|withholding|withheld|wht|tds|quellensteuer|inhouding(?:en)?|adjustments?|adj|chargebacks?|allowances?|remises?|rabais|rabatt|nachlass|write off|einbehalt|deduccion(?:es)?|ajustes?|aftrek|minderung|short pay|short paid|fees?|charges?|chgs?|less',
);
const NOT_DEDUCTED = words(
  '%|percent|prozent|satz|rate|pct|date|datum|days|tage|before|vor|avant|antes|voor',
);
const AFTER = words('after|nach|apres|net of|abzgl|despues|na');
const PAID = words(
  'paid|amount paid|paid amount|pay amount|payment amount|payment|payments|zahlbetrag|zahlungsbetrag|\\p{L}*zahlbetrag|gezahlt|gezahlter|bezahlt|bezahlter|uberwiesen|uberweisungsbetrag|ausgleichsbetrag|auszahlungsbetrag|zahlung|paye|payee|payes|regle|reglee|verse|net a payer|reglement|paiement|pagado|abonado|pago|liquido|betaald|betaalde|betaling|te betalen|remitted|remittance|remit|remitted amount|applied|settled|cleared|disbursed',
);
const NET = words('net|netto|nett|netto\\p{L}+|nettobetrag|neto|net amount');
const GROSS = words(
  'gross|brutto|bruttobetrag|brutto\\p{L}+|brut|brute|bruto|bruto\\p{L}+|original|orig|ursprung\\p{L}*|initial|ttc|invoiced|billed|fakturiert',
);
const BALANCE = words(
  'balance|open|outstanding|saldo|solde|offen|offener|openstaand|openstaande|pendiente|restant|remaining|rest|amount due|due amount|past due|overdue|unpaid|0 30|1 30|31 60|61 90|90 ?\\+?|running',
);
const TAX = words('vat|tax|gst|hst|mwst|ust|umsatzsteuer|tva|iva|btw|sales tax|steuer|taxe');
const ORDER = words(
  'po|p o|purchase order|orders?|order no|bestell\\p{L}*|auftrag\\p{L}*|commande|pedido|bestelling|inkoop\\p{L}*|bon de commande',
);
const CHECK = words(
  'che(?:ck|que)s?|chk|chq|scheck|\\p{L}*schecknr|cheque no|eft|ach|wire|trace|payment (?:no|number|num|id|ref|reference|document)|zahlungs(?:nr|nummer|referenz)',
);
const PAYER = words(
  'remitter|remitter name|payer|payor|payer name|drawer|debtor|zahler|auftraggeber|payeur|emetteur|ordenante|pagador|betaler|customer name|remit name',
);
const INVOICE = words(
  'invoices?|inv|bills?|rechnung(?:en)?|rechnungs\\p{L}*|rg|rgnr|rg nr|re nr|rnr|factures?|facturas?|factuur|factuur\\p{L}*|fact|fra|credit note|credit memo|gutschrift|invoice\\p{L}*',
);
const DOCUMENT = words(
  'documents?|doc|docs|belege?|beleg\\p{L}*|documentos?|stuk\\p{L}*|piece|pieces|voucher|item|transaction|debit memo|position|comprobante',
);
const REFERENCE = words(
  'references?|ref|referenz|referencia|referentie|kenmerk|zuordnung|assignment|reference\\p{L}*',
);
const NUMBER = words('no|nos|num|number|nr|numero|nummer|n|#|numbers?|id');
const DESCRIPTION = words(
  'description|desc|details?|text|beschreibung|bezeichnung|libelle|designation|descripcion|omschrijving|particulars|for|verwendungszweck',
);
/** Numbers of people and places, not of documents. */
const NO_DOCUMENT = words(
  'accounts?|iban|bic|konto\\p{L}*|compte|cuenta|rekening\\p{L}*|customer|cust|vendor (?:no|number|id|code)|supplier (?:no|number|id|code)|kunden\\p{L}*|debitor\\p{L}*|kreditor\\p{L}*|client|company|year|page|line|pos|phone|branch|bank|batch|lockbox|routing|transit|quantity|qty',
);
const YOURS = words(
  'your|ihr|ihre|ihrer|votre|vos|su|uw|supplier|vendor|lieferanten?|fournisseur|proveedor|leverancier|extern\\p{L}*',
);
const OURS = words('our|unser|unsere|notre|nos|nuestro|nuestra|ons|onze|internal|interne?');

const heading = (role: Role, strength = 1): Heading => ({ role, strength });

/** Words that say which amount it is; null where the header is about none. */
function amountHeading(text: string): Heading | null {
  if (AFTER.test(text)) return heading('paid', 2);
  if (DEDUCTION.test(text))
    return NOT_DEDUCTED.test(text) ? heading('other') : heading('deduction', AMOUNT.test(text) ? 2 : 1);
  if (BALANCE.test(text) && !PAID.test(text)) return heading('balance');
  if (TAX.test(text) && !GROSS.test(text) && !NET.test(text) && !PAID.test(text)) return heading('tax');
  if (GROSS.test(text)) return heading('gross', 3);
  if (PAID.test(text))
    return heading('paid', AMOUNT.test(text) || !/^(?:payments?|remit\p{L}*|zahlung)$/u.test(text) ? 4 : 3);
  if (NET.test(text)) return heading('paid', 2);
  return null;
}

/** A column that names a document; "your invoice" is ours, "our document" is the payer's own number. */
function documentHeading(text: string): Heading | null {
  if (NO_DOCUMENT.test(text) && !INVOICE.test(text)) return null;
  const side = YOURS.test(text) ? 4 : OURS.test(text) ? -3 : 0;
  if (INVOICE.test(text)) return heading('document', 10 + side);
  if (ORDER.test(text)) return heading('order', 1);
  if (DOCUMENT.test(text)) return heading('document', 7 + side);
  if (REFERENCE.test(text)) return heading('document', 6 + side);
  if (NUMBER.test(text)) return heading('document', 4 + side);
  return null;
}

/** The meaning of one header cell; `other` when nothing in it is known. */
export function headingOf(cell: string): Heading {
  const text = foldWords(cell.slice(0, 80).replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  if (text === '') return heading('other');
  if (PAYER.test(text) && !/(?:^| )a payer/.test(text) && !AMOUNT.test(text)) return heading('payer');
  if (REASON.test(text)) return heading('reason', 2);
  const amount = AMOUNT.test(text) || / total$|^total /.test(text);
  if (CHECK.test(text) && !amount && !DATE.test(text)) return heading('check');
  if (CHECK.test(text) && amount)
    return heading(/^payment|^ach|^wire|^eft/.test(text) ? 'paid' : 'checkTotal', 2);
  if (!amount && DUE.test(text)) return heading(/^due$|amount/.test(text) ? 'balance' : 'due');
  if (!amount && DATE.test(text)) return heading('date', INVOICE.test(text) ? 2 : 1);
  if (!amount && CURRENCY.test(text)) return heading('currency');
  if (TYPE.test(text)) return heading('type');
  const named = amountHeading(text);
  if (named) return named;
  if (amount) return INVOICE.test(text) || DOCUMENT.test(text) ? heading('gross', 1) : heading('amount', 1);
  return (
    documentHeading(text) ??
    (text === 'total' || MONEY_CODE.test(text)
      ? heading('amount', 1)
      : DESCRIPTION.test(text)
        ? heading('reason', 1)
        : heading('other'))
  );
}

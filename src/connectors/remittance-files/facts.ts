/** What an advice says outside of its lines: total, day, number of the payment, payer, currency. */
import { isCurrency } from '../../domain/money.ts';
import { type DayOrder, readDay } from '../days.ts';
import { type Written, writtenAmount } from './amount-text.ts';
import { foldWords } from './clean-text.ts';
import type { Facts, GridRow } from './reading.ts';

type Key = 'total' | 'paidOn' | 'paymentReference' | 'payerName' | 'currency';

const LABELS: readonly [Key, RegExp][] = [
  [
    'total',
    /^(?:grand |net )?(?:total(?: (?:amount|paid|payment|remitted|remittance|net|due paid|regle|paye|verse|pagado|betaald|general|for this payment))*|totals|(?:total |net )?(?:payment|pay|paid|check|cheque|remittance|remitted|wire|transfer|ach|deposit) (?:amount|total)|(?:total )?amount (?:paid|remitted|of (?:the )?(?:payment|check|cheque|transfer)|transferred|wired|sent)|net (?:payment|amount paid)|gesamt(?:betrag|summe)?|summe|zahlbetrag|zahlungsbetrag|zahlungssumme|uberweisungsbetrag|uberwiesener betrag|avisbetrag|avissumme|montant (?:total|(?:du |de )?(?:reglement|paiement|virement|cheque)|(?:total )?(?:regle|paye|vire))|total (?:regle|paye|du reglement)|importe (?:total|pagado|(?:del? )?(?:pago|transferencia))|total (?:pagado|del pago)|totaal(?: betaald| bedrag)?|totaalbedrag|betaald bedrag|betaalbedrag)$/,
  ],
  [
    'paidOn',
    /^(?:(?:payment|pay|paid|check|cheque|chk|value|settlement|remittance|advice|posting|transfer|wire|effective|deposit) ?(?:date|on|day)|date(?: (?:paid|of (?:the )?(?:payment|check|cheque|transfer)))?|zahlungsdatum|zahldatum|zahltag|zahlung vom|valuta|valutadatum|wertstellung|buchungsdatum|ausfuhrungsdatum|datum|date (?:de |du )?(?:paiement|reglement|virement|valeur)|fecha(?: de)?(?: pago| transferencia| valor)?|betaaldatum|betalingsdatum|betaald op)$/,
  ],
  [
    'paymentReference',
    /^(?:(?:check|cheque|chk|scheck|payment|remittance|transaction|trace|wire|eft|ach|transfer|confirmation|bank|avis|advice|zahlungs|uberweisungs|zahlung|virement|pago|betaling|betalings) ?(?:no|nr|number|num|nummer|id|ref|reference|referenz|referencia|referentie|kenmerk|document|advice no|advice number|#)+(?: (?:no|nr|number|#))?|check|cheque|check #|cheque #|end to end(?: id)?|zahlungsreferenz|zahlungsnummer|belegnummer der zahlung|avisnummer|scheck ?nr|reference (?:de |du )?(?:paiement|virement|reglement)|n(?:o|umero)? (?:de )?(?:cheque|virement|reglement|paiement)|numero de (?:pago|cheque|transferencia)|referencia (?:de |del )?pago|betalingskenmerk|betalingsreferentie|trn|uetr)$/,
  ],
  [
    'payerName',
    /^(?:payer|payor|payer name|remitter|remitter name|remitted by|paid by|from company|name of payer|sender|customer|customer name|company|company name|zahler|auftraggeber|zahlungspflichtiger|firma|kunde|absender|payeur|emetteur|donneur d ordre|client|societe|ordenante|pagador|cliente|empresa|betaler|opdrachtgever|klant|bedrijf|debtor|debtor name)$/,
  ],
  [
    'currency',
    /^(?:(?:payment )?(?:currency|curr|ccy)|wahrung|zahlungswahrung|devise|monnaie|moneda|divisa|valuta|munt)$/,
  ],
];

const keyOf = (label: string): Key | null => {
  const folded = foldWords(label.slice(0, 80));
  return LABELS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
};

/** "Label: value" in one cell. */
const LABELLED = /^([^:=]{2,45}?)\s*(?::|=|\.{3,}|\s#)\s*(\S.*)$/;
const AMOUNT_AT_END =
  /^(\p{L}[\p{L} .\-/()]{2,45}?)\s+((?:[A-Z]{3}\s*|\p{Sc}\s*)?-?\(?\d[\d.,'’ ]*\)?(?:\s*(?:[A-Z]{3}|\p{Sc}))?)$/u;

/** Pairs of a label and its value: in one cell, or in two beside each other. */
function pairsOf(cells: readonly string[]): { label: string; value: string }[] {
  const filled = cells.map((text) => text.trim()).filter((text) => text !== '');
  const pairs: { label: string; value: string }[] = [];
  for (let i = 0; i < filled.length; i++) {
    const text = filled[i]!;
    if (text.length > 160) continue;
    const labelled = LABELLED.exec(text) ?? AMOUNT_AT_END.exec(text);
    if (labelled) pairs.push({ label: labelled[1]!, value: labelled[2]! });
    else if (filled[i + 1] !== undefined)
      pairs.push({ label: text.replace(/\s*[:#.]+$/, ''), value: filled[i + 1]! });
  }
  return pairs;
}

/** A row that states a fact and is therefore no line. */
export const isFact = (cells: readonly string[]): boolean =>
  pairsOf(cells).some(({ label }) => keyOf(label) !== null);

const dayOfValue = (value: string, order: DayOrder | null): string | null => {
  const text = value
    .trim()
    .replace(/^(?:on|am|le|el|op)\s+/i, '')
    .slice(0, 40);
  if (order) return readDay(text, order);
  const day = readDay(text, 'day-first');
  return day === readDay(text, 'month-first') ? day : null; // both readings, or none
};

const firstWord = (value: string): string | null => {
  const word = /^#?\s*([\p{L}\d][\p{L}\d\-_/.]{1,63})/u.exec(value.trim())?.[1] ?? '';
  return /\d/.test(word) ? word.replace(/[.,]$/, '') : null;
};

/** The amount at the beginning of a value: "1,550.00 USD (three invoices)". */
export function amountOfValue(value: string): Written | null {
  const whole = writtenAmount(value);
  if (whole) return whole;
  const part = /^[^\p{L}\d]*(?:[A-Z]{3}\s*)?[\d.,'’ ]*\d(?:\s*(?:[A-Z]{3}\b|\p{Sc}))?/u.exec(
    value.trim(),
  )?.[0];
  return part ? writtenAmount(part) : null;
}

/** Reads the facts in the rows outside of the tables; the first statement of each counts, of totals the last. */
export function factsOf(rows: readonly GridRow[], order: DayOrder | null): Facts {
  const found: { -readonly [key in keyof Facts]: Facts[key] } = {
    total: null,
    currency: null,
    payerName: null,
    paidOn: null,
    paymentReference: null,
  };
  for (const { label, value } of rows.flatMap(({ cells }) => pairsOf(cells))) {
    const key = keyOf(label);
    if (key === 'total') found.total = amountOfValue(value) ?? found.total;
    if (key === 'paidOn') found.paidOn ??= dayOfValue(value, order);
    if (key === 'paymentReference') found.paymentReference ??= firstWord(value);
    if (key === 'payerName' && !/@|^\W*$/.test(value) && writtenAmount(value) === null)
      found.payerName ??= value.trim().slice(0, 120);
    if (key === 'currency') {
      const code = value.trim().slice(0, 3).toUpperCase();
      if (isCurrency(code)) found.currency ??= code;
    }
  }
  return found;
}

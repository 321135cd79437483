/** What the columns of a bank's CSV are called, in English, German, French, Spanish and Dutch. */

import { isCurrency } from '../../domain/money.ts';
import { currencyCode } from './exact-amount.ts';

export type Meaning =
  | 'bookedOn'
  | 'valueOn'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'direction'
  | 'currency'
  | 'payerName'
  | 'payerAccount'
  | 'reference'
  | 'bankReference'
  | 'text'
  | 'balance'
  | 'status'
  | 'account';

/** Small letters and digits without accents, single blanks. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const words = (text: string): string[] => text.split('|');

/** Headers by meaning, the more telling ones first: of two columns of one meaning the earlier word wins. */
const HEADERS: Readonly<Record<Meaning, string[]>> = {
  bookedOn: words(
    'booking date|booked on|book date|posting date|post date|posted date|date posted|posted|entry date|transaction date|trans date|txn date|process date|processed date|completed date|date completed utc|settlement date|date|' +
      'buchungstag|buchungsdatum|buchung|datum|umsatzdatum|' +
      'date de comptabilisation|date comptable|date operation|date de l operation|date d operation|date de transaction|date d ecriture|' +
      'fecha operacion|fecha de operacion|fecha contable|fecha de la operacion|fecha de transaccion|f operacion|f contable|fecha mov|fecha movimiento|fecha|' +
      'boekdatum|boekingsdatum|datum boeking|transactiedatum|uitvoeringsdatum|created on|time|timestamp',
  ),
  valueOn: words(
    'value date|effective date|val date|valuta|valutadatum|valutatag|valuta datum|wertstellung|wertstellungstag|wertstellungsdatum|wert|' +
      'date de valeur|date valeur|date val|fecha valor|fecha de valor|f valor|rentedatum|valutadag|waardedatum',
  ),
  amount: words(
    'amount|transaction amount|net amount|amount in account currency|total amount|signed amount|value|' +
      'betrag|umsatz|buchungsbetrag|umsatzbetrag|betrag in eur|umsatz in eur|einzelbetrag|' +
      'montant|montant net|montant de l operation|importe|monto|cantidad|importe eur|importe movimiento|importe operacion|' +
      'bedrag|transactiebedrag|bedrag in eur|mutatiebedrag',
  ),
  debit: words(
    'debit|debits|debit amount|paid out|money out|withdrawal|withdrawals|withdrawal amount|withdrawal amt|withdrawals dr|payments out|amount debit|out|debit dr|' +
      'soll|lastschrift|lastschriften|belastung|belastungen|ausgang|ausgange|ausgaben|soll eur|debet|' +
      'montant debit|depenses|cargo|cargos|cargo s|debe|gasto|retiro|retiros|' +
      'af|afschrijving|uitgaven|bedrag af|uit',
  ),
  credit: words(
    'credit|credits|credit amount|paid in|money in|deposit|deposits|deposit amount|deposit amt|deposits cr|payments in|amount credit|in|credit cr|' +
      'haben|gutschrift|gutschriften|eingang|eingange|einnahmen|haben eur|' +
      'montant credit|recettes|abono|abonos|haber|ingreso|ingresos|deposito|depositos|' +
      'bij|bijschrijving|inkomsten|bedrag bij',
  ),
  direction: words(
    'debit credit|credit debit|dr cr|cr dr|d c|c d|credit debit indicator|debit credit indicator|cdtdbtind|sign|indicator|direction|transaction type|type|details|' +
      'soll haben|s h|sh|soll haben kennzeichen|sollhabenkennzeichen|kennzeichen|umsatzart|' +
      'sens|debit ou credit|signe|signo|tipo|cargo abono|debe haber|' +
      'af bij|bij af|debet credit|bijaf|afbij|dc|cd',
  ),
  currency: words(
    'currency|ccy|curr|currency code|account currency|transaction currency|waehrung|wahrung|kontowahrung|devise|monnaie|divisa|moneda|munt|muntsoort|valuta',
  ),
  payerName: words(
    'counterparty|counterparty name|counter party|counter party name|payer|payer name|payee|payee name|name of counterparty|other party|other party name|partner name|merchant|merchant name|remitter|remitter name|beneficiary|beneficiary name|sender|sender name|from|name|paid by|originator|' +
      'empfanger zahlungspflichtiger|auftraggeber empfanger|auftraggeber begunstigter|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|name zahlungsbeteiligter|zahlungsbeteiligter|auftraggeber|empfanger|empfaenger|zahlungspflichtiger|zahlungspflichtige r|zahlungsempfanger in|zahlungsempfanger|begunstigter|gegenpartei|beguenstigter auftraggeber|auftraggeber zahlungsempfanger|auftraggeber zahlungspflichtiger|partnername|gegenkonto name|gegenkontoinhaber|auftraggeber in|zahler|' +
      'tiers|nom|nom de la contrepartie|contrepartie|beneficiaire|donneur d ordre|nom contrepartie|nom du tiers|emetteur|' +
      'ordenante|beneficiario|ordenante beneficiario|nombre|contraparte|' +
      'naam tegenpartij|tegenpartij|tegenrekeninghouder|naam tegenrekening|naam|naam omschrijving|naam tegenrekeninghouder|begunstigde|rekeninghouder tegenpartij',
  ),
  payerAccount: words(
    'counterparty account|counterparty iban|counter account|other account|counterparty account number|payer account|payer iban|sender iban|sender account|partner iban|partner account|from account|beneficiary account|remitter account|' +
      'kontonummer iban|iban zahlungsbeteiligter|iban des auftraggebers|gegenkonto|gegenkonto iban|iban gegenkonto|iban gegenpartei|konto gegenpartei|kontonummer gegenpartei|partner konto|' +
      'compte contrepartie|compte de la contrepartie|iban contrepartie|compte du tiers|cuenta contraparte|cuenta ordenante|iban ordenante|cuenta beneficiario|' +
      'tegenrekening|tegenrekening iban bban|tegenrekeningnummer|iban tegenpartij|rekening tegenpartij|rekeningnummer tegenpartij',
  ),
  reference: words(
    'reference|payment reference|customer reference|ref|your reference|client reference|reference number|remittance reference|end to end id|end to end reference|endtoendid|check number|cheque number|check or slip|check|cheque no|chq no|' +
      'kundenreferenz end to end|kundenreferenz|referenz|zahlungsreferenz|end to end referenz|kundenreferenznummer|' +
      'reference client|reference du paiement|reference paiement|referencia|referencia 1|referencia cliente|' +
      'betalingskenmerk|kenmerk|klantreferentie|referentie',
  ),
  bankReference: words(
    'bank reference|transaction id|transaction reference|transaction number|bank ref|bank transaction id|fitid|unique id|entry reference|acctsvcrref|transferwise id|balance id|id|' +
      'bankreferenz|umsatz id|transaktionsnummer|transaktions nr|umsatznummer|buchungsreferenz|' +
      'numero d operation|numero operation|reference de l operation|reference banque|numero de operacion|n operacion|num operacion|num movimiento|numero movimiento|' +
      'transactiereferentie|volgnr|volgnummer|transactienummer|bankreferentie|instructie id',
  ),
  text: words(
    'description|transaction description|narrative|narration|details|transaction details|memo|particulars|remittance information|unstructured remittance information|payment details|statement description|message|notes|additional information|extended details|detail|' +
      'verwendungszweck|vorgang verwendungszweck|buchungsdetails|buchungstext|beschreibung|buchungstext verwendungszweck|umsatztext|text|zahlungsgrund|zweck|avisierungstext|mitteilung|vorgang|' +
      'libelle|libelle de l operation|libelle operation|libelle simplifie|libelle complet|communication|communications|detail de l operation|details mouvement|motif|nature de l operation|informations complementaires|' +
      'concepto|descripcion|concepto ampliado|observaciones|mas datos|detalle|movimiento|' +
      'omschrijving|mededelingen|mededeling|omschrijving 1|omschrijving 2|omschrijving 3|vrije mededeling|details beweging|transactieomschrijving',
  ),
  balance: words(
    'balance|running balance|account balance|ending balance|closing balance|balance after|balance after transaction|ledger balance|balance after payment|bal|' +
      'saldo|kontostand|saldo nach buchung|neuer saldo|saldo in eur|saldo nach umsatz|' +
      'solde|solde apres operation|solde progressif|saldo posterior|saldo disponible|saldo final|saldo tras movimiento|' +
      'saldo na mutatie|saldo na trn|saldo na boeking|nieuw saldo|eindsaldo|boeksaldo',
  ),
  status: words(
    'status|state|transaction status|booking status|buchungsstatus|umsatzstatus|etat|statut|estado|pending',
  ),
  account: words(
    'account|account number|account no|own account|iban own account|account iban|account id|own iban|iban|account name|' +
      'auftragskonto|konto|kontonummer|iban auftragskonto|iban kontoinhaber|eigenes konto|' +
      'compte|numero de compte|cuenta|numero de cuenta|cuenta iban|rekening|rekeningnummer|iban bban|eigen rekening|iban rekening',
  ),
};

const byHeader = new Map<string, { meaning: Meaning; rank: number }[]>();
for (const [meaning, headers] of Object.entries(HEADERS) as [Meaning, string[]][])
  headers.forEach((header, rank) => {
    byHeader.set(header, [...(byHeader.get(header) ?? []), { meaning, rank }]);
  });

export type HeaderMeaning = { readonly meaning: Meaning; readonly rank: number };

/** A header without the currency that some banks put in it: `Betrag (EUR)`, `Importe EUR`, `Amount in USD`, `Saldo €`. */
export function splitHeader(header: string): { base: string; currency: string | null } {
  const symbol = /([€£$])/.exec(header)?.[1];
  const euros = /^(.*?)[\s(]+euros?\)?$/i.exec(header.trim())?.[1];
  if (euros) return { base: fold(euros), currency: 'EUR' };
  const bySymbol: Record<string, string> = { '€': 'EUR', '£': 'GBP', $: 'USD' };
  const found = /^(.*?)[\s([]+(?:in\s+)?([A-Z]{3})[)\]]?\s*$/.exec(header.trim());
  const code = currencyCode(found?.[2]);
  if (found && code && isCurrency(code) && found[1]!.trim() !== '')
    return { base: fold(found[1]!), currency: code };
  return { base: fold(header), currency: symbol ? bySymbol[symbol]! : null };
}

/** What a header may mean, the likeliest first; empty when it is not known. */
export function meaningsOf(header: string): HeaderMeaning[] {
  return byHeader.get(fold(header)) ?? byHeader.get(splitHeader(header).base) ?? [];
}

/** Headers of ledgers, shops and payment providers, which no bank statement has. */
const LEDGER = new Set(
  words(
    'invoice number|invoice no|invoice id|invoice|invoicenumber|customer id|customer|customer name|customer email|contact name|contactname|due date|due on|duedate|payment id|open amount|open balance|amount due|applied on|credit number|issued on|received on|terms days|parent id|owner email|po number|ponumber|order id|order number|sku|quantity|unit price|unitamount|line total|email|is primary|rechnungsnummer|kundennummer|debitor|debitorennummer|falligkeitsdatum|fallig am|numero de facture|date d echeance|numero de factura|vencimiento|factuurnummer|vervaldatum|klantnummer',
  ),
);

/** Headers of the row that belong to a ledger rather than to a bank. */
export const ledgerHeaders = (cells: readonly string[]): string[] =>
  cells.filter((cell) => LEDGER.has(fold(cell)));

/** Words of a language other than English among the headers, which says how days and amounts are written there. */
export const speaksEnglish = (cells: readonly string[]): boolean =>
  cells.some((cell) =>
    /^(date|amount|description|balance|debit|credit|reference|details|memo|payee|type|currency)$/.test(
      fold(cell),
    ),
  ) &&
  !cells.some((cell) =>
    /(betrag|buchung|datum|montant|libelle|fecha|importe|bedrag|omschrijving|valeur|solde|saldo)/.test(
      fold(cell),
    ),
  );

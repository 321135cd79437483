/** What a payer says about the amount, in the languages of bank texts: a tax, a discount, a fee, a part. */

const UNRELATED =
  /\b(?:INTEREST (?:PAID|EARNED|CREDIT|PAYMENT)?|ZINSEN|HABENZINS\w*|DIVIDEND\w*|(?:TAX|VAT|GST|SALES TAX) RE(?:FUND|PAYMENT)|REFUND\w*|REBATE|CASHBACK|REIMBURSEMENT|REPAYMENT|R(?:UE|Ü)CK(?:ERSTATTUNG|ZAHLUNG)|GUTHABEN|\w*ERSTATTUNG|REMBOURSEMENT|RIMBORSO|REEMBOLSO|DEVOLUCI(?:O|Ó)N|TERUG(?:GAVE|BETALING)|HMRC|REVENUE (?:&|AND) CUSTOMS|IRS TREAS\w*|FINANZAMT|BELASTINGDIENST|AGENZIA DELLE ENTRATE|TR(?:E|É)SOR PUBLIC|URSSAF|SWEEP|OWN (?:ACCOUNT|TRANSFER)|INTERNAL TRANSFER|INTERCOMPANY LOAN|(?:BOOK|ACCOUNT) TRANSFER|TRANSFER (?:FROM|TO) (?:SAVINGS|CHECKING|RESERVE|DEPOSIT|OWN)|EIGEN(?:UE|Ü)BERTRAG|UMBUCHUNG|TAGESGELD|VIREMENT INTERNE|GIROCONTO|TRASPASO|LOAN (?:PROCEEDS|DRAWDOWN|ADVANCE)|INSURANCE CLAIM|PAYROLL|SALARY|GRANT PAYMENT|DEPOSIT RETURN|CHARGEBACK REVERSAL)(?![A-Z])/;

/** The word that tells of money that pays no invoice (interest, refunds, own transfers); null when there is none. */
export const unrelatedWord = (text: string): string | null => UNRELATED.exec(text)?.[0] ?? null;

const PREPAYMENT =
  /\b(?:DEPOSIT|PRE-?PAYMENT|PAYMENT IN ADVANCE|ADVANCE|ANZAHLUNG|VORKASSE|VORAUSZAHLUNG|PRO-?FORMA|ANTICIPO|AANBETALING|VOORUITBETALING|DOWN ?PAYMENT)\b/;

export type PayerWords = {
  /** It is paid before there is an invoice. */
  readonly prepayment: boolean;
  readonly tax: boolean;
  readonly fee: boolean;
  /** Something was kept back, whatever it is. */
  readonly deduction: boolean;
  /** More is to come, or came before. */
  readonly instalment: boolean;
};

const TAX =
  /\b(?:TDS|WHT|WITHH\w*|WITHOLD\w*|TAX DEDUCT\w*|LESS TAX|RITENUTA\w*|RETENCION\w*|RETENCIÓN\w*|RETENUE\w*|QUELLENSTEUER|IRRF|ISR)\b/;
const FEE =
  /\b(?:FEES?|CHARGES?|CHGS?|GEB(?:Ü|UE)HR\w*|SPESEN?|FRAIS|COMMISSION\w*|COMISION\w*|COMISIÓN|KOSTEN|\/CHGS\/)\b/;
const DEDUCTION =
  /\b(?:LESS|MINUS|MENOS|MENO|MOINS|ABZGL|ABZ(?:Ü|UE)GLICH|ABZUG|MINUS|VERMINDERD|DEDUCT\w*|KÜRZUNG|KUERZUNG|SHORT|WITHOUT|NET OF|DISPUTED?|CLAIM)\b/;
const INSTALMENT =
  /\b(?:PART(?:IAL)?(?: PAYMENT)?|INSTAL\w*|TEIL\w*|RATE|ANZAHLUNG|ABSCHLAG\w*|ACOMPTE|ACCONTO|ANTICIPO|DEPOSIT|DEELBETALING|PARCIAL|[1-9] ?(?:\/|OF|VON|DE|DI) ?[2-9])\b/;

/** `text` in capitals. */
export const payerWords = (text: string): PayerWords => ({
  prepayment: PREPAYMENT.test(text),
  tax: TAX.test(text),
  fee: FEE.test(text),
  deduction: DEDUCTION.test(text),
  instalment: INSTALMENT.test(text),
});

/** Where buyers are bound to withhold tax on what they pay for services or goods at home; ISO 3166-1 alpha-2. */
const WITHHOLDING = new Set(
  'AR BD BR CL CO EC EG GH ID IN KE KH LK MA MX MY NG NP PE PH PK PY RW SN TH TN TR TW TZ UG UY VN ZM ZW'.split(
    ' ',
  ),
);

export const withholdsAtHome = (country: string | null): boolean =>
  country !== null && WITHHOLDING.has(country);

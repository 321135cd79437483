/** What a payer says about the amount, in the languages of bank texts: a tax, a discount, a fee, a part. */

export type PayerWords = {
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

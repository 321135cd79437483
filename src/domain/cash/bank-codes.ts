/**
 * What a bank's code and words say of a booking: how it was paid, and whether it takes an earlier payment back.
 * Source: BAI2 type codes; SWIFT transaction types with the German GVC ("NTRF+166"); ISO 20022 bank transaction codes
 * ("PMNT/RCDT/ESCT"); OFX TRNTYPE.
 */

export type BankWords = {
  readonly code: string | null;
  readonly text: string;
  readonly direction: 'credit' | 'debit';
  readonly reversal: boolean;
  readonly returnReason: string | null;
};
export type PaymentMethod = 'wire' | 'ach' | 'cheque' | 'card' | 'other';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const METHODS: readonly [PaymentMethod, ReadonlySet<string>][] = [
  ['wire', set('191 195 196 206 208 213 221 295')],
  ['ach', set('142 143 145 147 155 156 163 164 165 166 169')],
  ['cheque', set('115 116 135 171 172 173 174 175 176 301')],
];
const GVC: readonly [PaymentMethod, ReadonlySet<string>][] = [
  ['cheque', set('001 002 003 012 070 075 076 077 101 102 110 111 112')],
  ['ach', set('004 005 104 105 106 171 174 192 193 194')],
  [
    'wire',
    set(
      '051 052 053 054 068 069 088 116 117 118 119 152 153 154 156 157 166 167 168 169 201 202 203 206 210',
    ),
  ],
];

const byWords = (text: string): PaymentMethod | null => {
  if (/\b(fed\s?wire|wire|chips|swift)\b/i.test(text)) return 'wire';
  if (/\b(ach|direct debit|lastschrift|prelevement)\b/i.test(text)) return 'ach';
  if (/\b(che(?:que|ck)s?|lockbox|scheck)\b/i.test(text)) return 'cheque';
  return /\b(visa|mastercard|amex|card settlement|merchant)\b/i.test(text) ? 'card' : null;
};

function byIso(code: string): PaymentMethod | null {
  const [, kind = '', detail = ''] = code.split('/');
  if (/^(RCHQ|ICHQ|DRFT|CCHQ)$/.test(kind) || /CHQ|CHK|CHQS/.test(detail)) return 'cheque';
  if (/^(RDDT|IDDT)$/.test(kind) || detail === 'ACDT') return 'ach';
  if (/^(CCRD|MCRD)$/.test(kind)) return 'card';
  return /^(RCDT|RRCT|ICDT|IRCT)$/.test(kind) ? 'wire' : null;
}

const among = (table: readonly [PaymentMethod, ReadonlySet<string>][], code: string): PaymentMethod | null =>
  table.find(([, codes]) => codes.has(code))?.[0] ?? null;

/** How the money came, as promises and ledgers call it. */
export function methodOf({ code, text }: Pick<BankWords, 'code' | 'text'>): PaymentMethod {
  const known = code ?? '';
  const [type = '', gvc = ''] = known.split('+');
  const bySwift = /^[NFS]CHK|^[NFS]CLR/.test(type) ? 'cheque' : /^[NFS]DDT/.test(type) ? 'ach' : null;
  const byType: Readonly<Record<string, PaymentMethod>> = {
    CHECK: 'cheque',
    DIRECTDEP: 'ach',
    DIRECTDEBIT: 'ach',
    POS: 'card',
  };
  return (
    (/^\d{3}$/.test(known) ? among(METHODS, known) : null) ??
    among(GVC, gvc) ??
    bySwift ??
    (known.includes('/') ? byIso(known) : null) ??
    byType[known] ??
    byWords(text) ??
    (/^[NFS]TRF/.test(type) ? 'wire' : 'other')
  );
}

const BAI_RETURNS = set('468 552 554 555 556 557 558 563 566 568 655 656 657 658 661 666 667');
/** Money that we had sent and that comes back: no customer's. */
const BAI_COME_BACK = set('168 252 254 255 256 257 258 261 266 357 358 366 367 368');
const GVC_RETURNS = set('108 109 111 159 181 182 183 184 185');
const ISO_RETURNS = /\/(RRTN|UPCQ|UPDD|UPCT|PRDD|ARET|RPCR)$/;
const RETURN_WORDS =
  /\b(return(?:ed)?[ -]?(?:item|che(?:que|ck)|payment|deposit|ach|debit|credit|wire)|(?:ach|che(?:que|ck)|item|deposit(?:ed item)?|payment|debit)s? return(?:ed|s)?|nsf|insufficient funds|unpaid|bounced|reject(?:ed|ion)?|rue?ck(?:lastschrift|buchung|gabe|ue?berweisung|scheck)\w*|retoure|nicht eingelo(?:e)?st|impayee?s?|devolucion|devuelto|insoluto|charge ?back)\b/i;
const ACH_REASON = /(?:^|[\s:(/])R(?:0[1-9]|[1-8]\d)(?=$|[\s):,/])/;

const gvcOf = (code: string | null): string => code?.split('+')[1] ?? '';

const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

export type ReturnKind = 'returned' | 'bounced_cheque' | 'chargeback';

/** How a debit takes a payment back; null when it does not look like that. Who was meant is not decided here. */
export function returnKindOf(line: BankWords): ReturnKind | null {
  if (line.direction !== 'debit') return null;
  const { code, reversal, returnReason } = line;
  const text = withoutAccents(line.text);
  const known = code ?? '';
  const isReturn =
    reversal ||
    returnReason !== null ||
    BAI_RETURNS.has(known) ||
    GVC_RETURNS.has(gvcOf(code)) ||
    ISO_RETURNS.test(known) ||
    RETURN_WORDS.test(text) ||
    (ACH_REASON.test(text) && /\b(ach|return|debit|reason)\b/i.test(text));
  if (!isReturn) return null;
  if (/charge ?back/i.test(text)) return 'chargeback';
  const cheque = known === '555' || /UPCQ$/.test(known) || gvcOf(code) === '111' || /^[NFS]CHK/.test(known);
  return cheque || /\b(che(?:que|ck)s?|scheck)\b/i.test(text) ? 'bounced_cheque' : 'returned';
}

/** A credit that only gives back what had gone out: a reversed debit, or our own payment returned. No customer paid. */
export const isOwnMoneyBack = ({ code, direction, reversal, returnReason }: BankWords): boolean =>
  direction === 'credit' &&
  (reversal ||
    returnReason !== null ||
    BAI_COME_BACK.has(code ?? '') ||
    gvcOf(code) === '159' ||
    /\/(RRTN|ARET)$/.test(code ?? ''));

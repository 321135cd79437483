/** What banks write into the text of a BAI2 transaction under labels of their own. */
import { clean, realId } from './clean-text.ts';

export type Bai2Details = {
  readonly name: string | null;
  readonly account: string | null;
  readonly endToEndId: string | null;
  readonly returnReason: string | null;
};

/** Labels that may follow a name on its line; a name without one ends at two blanks. */
const LABELS =
  'ORIG ID|DESC DATE|CO ENTRY DESCR|ENTRY DESCR|SEC|TRACE#?|EED|IND ID|IND NAME|INDN|ID|DES|CO ID|ORG ID|ORIG|OBI|RFB|BBI|BNF|BENE|BENEFICIARY|SNDR REF|SENDER REF|REF|REFERENCE|IMAD|TRN|SSN|ADDENDA|DATE|TIME|BANK|ACCT|ACCOUNT';
const NEXT = String.raw`(?=\s{2,}|[;\n]|\s(?:${LABELS})\s*[:=]|,\s|$)`;

const field = (text: string, labels: string): string | null =>
  clean(new RegExp(String.raw`(?:^|[\s;,])(?:${labels})\s*[:=]\s*([^\n;]*?)${NEXT}`, 'm').exec(text)?.[1]);

/** The whole rest of a line that begins with the label, as banks write with one label a line. */
const lineOf = (text: string, label: string): string | null =>
  clean(new RegExp(`^${label}:(.*)$`, 'm').exec(text)?.[1]);

const SENDER =
  'ORIG CO NAME|ORIG CO|ORIGINATOR|ORG|B/O CUSTOMER|BO CUSTOMER|BY ORDER OF|SENDER NAME|SENDING CO';
const RECEIVER = 'BENEFICIARY|BENE NAME|BNF|RECEIVER NAME';

/**
 * Reads the other side's name and account, the end-to-end id and the reason of a return, as far as they are labelled.
 * `text` has one line for each line of the file.
 */
export function readDetails(text: string, direction: 'credit' | 'debit', isReturn: boolean): Bai2Details {
  const credit = direction === 'credit';
  return {
    name: lineOf(text, credit ? 'DBNM' : 'CRNM') ?? field(text, credit ? SENDER : RECEIVER),
    account: lineOf(text, credit ? 'DACT' : 'CACT'),
    endToEndId: realId(lineOf(text, 'EREF')),
    returnReason: isReturn ? (/\bR\d{2}\b/.exec(text)?.[0] ?? null) : null,
  };
}

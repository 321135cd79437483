/** Whether a text names documents that are not open: then the payer hardly means unnamed ones. */
import type { Doc } from './candidate.ts';
import type { NamedDocuments } from './named-documents.ts';
import type { PoolNumbers } from './number-evidence.ts';
import type { NumberReading } from './number-readings.ts';

const CLOSED = -5;
const LIKE_OURS = -4;
const WORDED = -2.5;
const CLEARLY = 6;
/** A customer's numbers look alike; a dozen of them show how. */
const SAMPLE = 12;

/** Words that payers write before an invoice's number. */
const INVOICE_WORDS = new Set(
  'INV INVS INVOICE INVOICES FACT FACTURE FACTURA FRA FAC FT FATT FATTURA RE RG RNR RGNR RECHNUNG RECHNUNGSNR RENR BILL NF FAKTUUR FACTUUR'.split(
    ' ',
  ),
);

/** As long as one of the customer's numbers, and beginning as it does. */
function isLikeOurs({ digits }: NumberReading, docs: readonly Doc[], { formOf }: PoolNumbers): boolean {
  if (digits.length < 4) return false;
  const start = digits.slice(0, Math.max(1, Math.floor(digits.length / 2) - 1));
  return docs.some(({ invoice }) => {
    const { own } = formOf(invoice);
    return own.length === digits.length && own.startsWith(start);
  });
}

/** What it says against unnamed documents of this customer, in nats; 0 when the text names nothing else. */
export function namesOthers(documents: NamedDocuments, docs: readonly Doc[], numbers: PoolNumbers): number {
  if ([...documents.closed.values(), ...documents.foreign.values()].some(({ nats }) => nats >= CLEARLY))
    return CLOSED;
  const some = docs.slice(0, SAMPLE);
  let worst = 0;
  for (const reading of documents.unread) {
    const worded = reading.kind === 'token' && INVOICE_WORDS.has(reading.letters);
    if (
      !worded &&
      reading.letters !== '' &&
      !some.some(({ invoice }) => numbers.formOf(invoice).letters === reading.letters)
    )
      continue;
    if (isLikeOurs(reading, some, numbers)) worst = Math.min(worst, worded ? LIKE_OURS : LIKE_OURS + 1);
    else if (worded && reading.digits.length >= 3) worst = Math.min(worst, WORDED);
  }
  return worst;
}

/** A processor's payout: the sum of charges that its own export tells of one by one. */

/** By the name of the source that tells of the charges. */
const PROCESSORS: ReadonlyMap<string, RegExp> = new Map([
  ['stripe', /\bstripe\b/i],
  ['paypal', /\bpaypal\b/i],
  ['adyen', /\badyen\b/i],
  ['gocardless', /\bgo ?cardless\b/i],
  ['square', /\b(square(up)?|block) inc\b|\bsquareup\b|^square\b/i],
  ['braintree', /\bbraintree\b/i],
  ['mollie', /\bmollie\b/i],
]);
/** A payer of such a name who names an invoice instead is a customer. */
const PAYOUT = /\b(payout|pay-out|transfer|settlement|auszahlung|virement|po_\w+|st-[a-z0-9]{6,})\b/i;

export const processors: readonly string[] = [...PROCESSORS.keys()];

/** The processor whose payout the line is; null for everything else. */
export function payoutOf(line: { payerName: string | null; text: string }): string | null {
  if (!PAYOUT.test(line.text)) return null;
  const who = line.payerName ?? line.text;
  return processors.find((name) => PROCESSORS.get(name)!.test(who)) ?? null;
}

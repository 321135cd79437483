/** How people write an invoice number: in any case, without its prefix, its zeros or its dashes, or with a slip. */

/** What two writings of one number share: letters and digits apart, digits without leading zeros. */
const partsOf = (number: string): { letters: string; digits: string } => ({
  letters: number.toUpperCase().replace(/[^\p{L}]/gu, ''),
  digits: invoiceDigits(number),
});

/** All digits in a row without leading zeros: "INV-020418" is "20418"; '' when there is none. */
export const invoiceDigits = (number: string): string => number.replace(/\D/g, '').replace(/^0+/, '');

/** As it is stored for comparing: capitals, nothing around it. */
export const invoiceKey = (number: string): string =>
  number
    .trim()
    .replace(/^[#"']+|["'?!.,;:]+$/g, '')
    .trim()
    .toUpperCase();

/**
 * True when the typed number can mean this one: the digits are the same, and letters were left out or go on from
 * each other ("20418", "inv 20418" and "invoice 20418" for INV-20418; not "PO-20418").
 */
export function canMeanNumber(typed: string, number: string): boolean {
  const [a, b] = [partsOf(typed), partsOf(number)];
  return (
    a.digits !== '' &&
    a.digits === b.digits &&
    (a.letters.startsWith(b.letters) || b.letters.startsWith(a.letters))
  );
}

/** Every number that one slip of a digit away from the typed one: changed, swapped, missing, or one too many. */
export function slipsOf(key: string): string[] {
  const slips = new Set<string>();
  const isDigit = (at: number) => /\d/.test(key[at] ?? '');
  for (let at = 0; at <= key.length; at++) {
    const [before, after] = [key.slice(0, at), key.slice(at + 1)];
    if (isDigit(at)) {
      slips.add(before + after);
      if (isDigit(at + 1)) slips.add(before + key[at + 1] + key[at] + key.slice(at + 2));
    }
    for (let digit = 0; digit <= 9; digit++) {
      if (isDigit(at)) slips.add(before + digit + after);
      if (isDigit(at) || isDigit(at - 1)) slips.add(before + digit + key.slice(at));
    }
  }
  slips.delete(key);
  return [...slips];
}

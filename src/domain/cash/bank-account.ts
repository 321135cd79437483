/** One name for an account, however a bank writes it: "12030000/202051" and its IBAN are the same account. */

const LETTERS_TO_DIGITS = /[A-Z]/g;

/** Remainder by 97 of a number of any length. */
const modulo97 = (digits: string): number => {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
};

const asDigits = (text: string): string =>
  text.replace(LETTERS_TO_DIGITS, (letter) => String(letter.charCodeAt(0) - 55));

/** True for an IBAN whose check digits are right. Source: ISO 13616, ISO 7064 mod 97-10. */
export const isIban = (text: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && modulo97(asDigits(text.slice(4) + text.slice(0, 4))) === 1;

/** Germany: eight digits of the bank, ten of the account. */
function germanIban(bank: string, account: string): string {
  const body = bank + account.padStart(10, '0');
  const check = 98 - modulo97(`${body}${asDigits('DE')}00`);
  return `DE${String(check).padStart(2, '0')}${body}`;
}

/** The IBAN in it, with a bank's code before or a currency behind. */
function ibanIn(text: string): string | null {
  for (const part of text.split(/[/,;|]/))
    for (const candidate of [part, part.replace(/[A-Z]{3}$/, '')]) if (isIban(candidate)) return candidate;
  return null;
}

/**
 * The account as its lines are filed: the IBAN where there is one or where it follows, else capitals and digits without
 * leading zeros. Never empty.
 */
export function accountIdentity(written: string): string {
  const plain = written.toUpperCase().replace(/\s/g, '');
  const iban = ibanIn(plain);
  if (iban) return iban;
  const german = /^(\d{8})\/(\d{1,10})([A-Z]{3})?$/.exec(plain);
  if (german) return germanIban(german[1]!, german[2]!);
  const kept = plain.replace(/[^A-Z0-9/*]/g, '').replace(/^0+(?=.)/, '');
  return kept === '' ? (plain === '' ? 'UNNAMED' : plain) : kept;
}

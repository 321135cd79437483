/** Bank accounts that belong to nobody: the right form and check digits, with bank codes of zeros. */
import type { DemoCustomer } from './roster.ts';

const letterValue = (letter: string): string =>
  /\d/.test(letter) ? letter : String(letter.charCodeAt(0) - 55);

/** ISO 13616 check digits over country and national part (mod 97-10). */
function iban(country: string, national: string): string {
  const digits = [...`${national}${country}00`].map(letterValue).join('');
  const check = 98n - (BigInt(digits) % 97n);
  return `${country}${String(check).padStart(2, '0')}${national}`;
}

/** National part: zeros in the bank's place, then the customer's own number. */
const national: Record<string, (serial: string) => string> = {
  DE: (serial) => serial.padStart(18, '0'),
  FR: (serial) => `${serial.padStart(21, '0')}00`,
  ES: (serial) => serial.padStart(20, '0'),
  IT: (serial) => `X${serial.padStart(22, '0')}`,
  NL: (serial) => `DEMO${serial.padStart(10, '0')}`,
  IE: (serial) => `DEMO${serial.padStart(14, '0')}`,
  GB: (serial) => `DEMO${serial.padStart(14, '0')}`,
};

/** The account a customer pays from: an IBAN in Europe, a plain number elsewhere. */
export function payerAccount({ code, country }: DemoCustomer): string {
  const serial = `7700${code.slice(1)}`;
  const part = national[country];
  return part ? iban(country, part(serial)) : `0000${serial}`;
}

/** The demo company's own accounts. */
export const ownAccounts = {
  EUR: iban('DE', '000000000099001001'),
  GBP: iban('GB', 'DEMO00000099001002'),
  USD: '0000990010030',
} as const;

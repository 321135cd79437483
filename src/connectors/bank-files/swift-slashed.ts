/**
 * :86: with words between slashes: Dutch banks (`/TRTP/SEPA OVERBOEKING/IBAN/../NAME/../REMI/..`), the SWIFT structure
 * (`/ORDP/../BENM//REMI/..`), and the numbered lines (:NS:) of home banking programs.
 * Source: formats published by ABN AMRO, ING, Rabobank; SWIFT usage rules for field 86.
 */
import { account, clean, realId } from './clean-text.ts';
import { noDetails, type SwiftDetails } from './swift-fields.ts';

const KEYS =
  'TRTP|ACCT|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ID|ADDR|RTRN|CNTP|PREF|PURP|ULTD|ULTC|ULTB|UDTR|UCRD|SVCL|ISDT|INIT|CREF|OCMT|CHGS|EXCH|OAMT|COAM|BUSP|BENA|ACCW|IACC|RREF|OPRP|NRTX|TRCD';
/** The closing slash may open the next key: `/ORDP/NAME/`. */
const KEY = new RegExp(`/(${KEYS})(?=/)`, 'g');
/** Without one of these it is a text that happens to have slashes. */
const TELLING = /\/(TRTP|REMI|ORDP|BENM|CNTP|EREF|NAME|IBAN|MARF|RTRN)\//;
/** Keys whose value is a field of its own, or of no interest in a text. */
const PLACED = new Set(
  'ACCT IBAN BIC NAME REMI EREF ORDP BENM CNTP RTRN OCMT CHGS OAMT COAM CREF PREF ID ADDR ISDT TRCD ULTD ULTC ULTB UDTR UCRD'.split(
    ' ',
  ),
);

/** Values by key; what stands inside /ORDP/ or /BENM/ is under ORDP.NAME and so on. */
function fieldsOf(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (key: string, value: string) => {
    const plain = value.replace(/^\/+|\/+$/g, '').trim();
    if (plain !== '') found.set(key, [...(found.get(key) ?? []), plain]);
  };
  const keys = [...text.matchAll(KEY)];
  add('', text.slice(0, keys[0]?.index));
  let party = '';
  for (const [at, key] of keys.entries()) {
    const name = key[1]!;
    const value = text.slice(key.index + key[0].length + 1, keys[at + 1]?.index);
    if (name === 'ORDP' || name === 'BENM') party = `${name}.`;
    else if (!['NAME', 'ADDR', 'ID', 'IBAN', 'BIC', 'ACCT'].includes(name)) party = '';
    add(name === 'ORDP' || name === 'BENM' ? name : party + name, value);
  }
  return found;
}

/** ING's `IBAN/BIC/NAME/CITY`. */
function counterparty(text: string | undefined): {
  account: string | null;
  name: string | null;
  rest: string | null;
} {
  const [iban, , name, ...rest] = (text ?? '').split('/');
  return { account: account(iban), name: clean(name), rest: clean(rest.join(' ')) };
}

/** `USTD//free words`, `STRD/CUR/9001..`, or the words themselves. */
function remittance(text: string | undefined): { words: string | null; reference: string | null } {
  const structured = /^STRD\/(?:[A-Z]{3}\/)?(.+)$/s.exec(text ?? '');
  if (structured) return { words: clean(structured[1]), reference: clean(structured[1]) };
  return { words: clean(text?.replace(/^USTD\/\//, '')), reference: null };
}

/** Null when the text is not of this kind. */
export function readSlashed(text: string, credit: boolean): SwiftDetails | null {
  if (!TELLING.test(text)) return null;
  const fields = fieldsOf(text);
  const get = (key: string): string | undefined => fields.get(key)?.join(' ');
  const party = credit ? 'ORDP' : 'BENM';
  const cntp = counterparty(get('CNTP'));
  const { words, reference } = remittance(get('REMI'));
  const side = (key: string): string | undefined => get(`${party}.${key}`) ?? get(key);
  const ultimate = credit ? ['ULTD', 'UDTR'] : ['ULTC', 'ULTB', 'UCRD'];
  const kept = [...fields].filter(([key]) => key === '' || !PLACED.has(key.split('.').at(-1)!));
  return {
    ...noDetails,
    name: clean(side('NAME') ?? get(party)) ?? cntp.name,
    account: account(side('IBAN') ?? side('ACCT')) ?? cntp.account,
    reference: realId(reference ?? get('CREF') ?? get('PREF')),
    endToEndId: realId(get('EREF')),
    returnReason: clean(get('RTRN'))?.match(/[A-Z]{2}\w{2}/)?.[0] ?? null,
    charges: clean(get('CHGS') ?? get('COAM')),
    instructed: clean(get('OCMT') ?? get('OAMT')),
    texts: [
      words,
      ...ultimate.map((key) => clean(get(key)?.replace(/^.*NAME\//, ''))),
      side('ADDR'),
      cntp.rest,
      ...kept.map(([key, values]) => (key === '' ? values.join(' ') : `${key} ${values.join(' ')}`)),
    ].filter((part) => part !== null && part !== undefined),
  };
}

/** 01 to 14 purpose, 15 and 16 name, 17 booking text, 33 bank, 34 account. */
export function readNonSwift(lines: readonly string[]): SwiftDetails {
  const numbered = lines.map((line) => ({ number: line.slice(0, 2), value: line.slice(2) }));
  const of = (from: string, to = from) =>
    numbered.filter(({ number }) => number >= from && number <= to).map(({ value }) => value);
  return {
    ...noDetails,
    name: clean(of('15', '16').join(' ')),
    account: account(of('34').join('')),
    texts: [of('01', '14').join('\n'), ...of('17')],
  };
}

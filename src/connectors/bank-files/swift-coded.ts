/**
 * The coded :86: of German, Austrian, Polish and other banks: a three-digit business code and subfields `?20` (also
 * `<20`, `~20`, `^20`), with SEPA tags (`SVWZ+`) running through the purpose.
 * Source: DFÜ-Abkommen of the German banking industry, annex 3, MT940.
 */
import { account, clean, realId } from './clean-text.ts';
import { noDetails, type SwiftDetails } from './swift-fields.ts';

const CODED = /^\/?(\d{3})?\s*([?<>^~|])(?=\d{2})/;
/** A subfield holds this many characters; a shorter one ends with a word. */
const SUBFIELD = 27;

/** Stands where a subfield ends; the text itself has no control characters. */
const SEAM = '\u0001';
const NAMES = 'EREF KREF MREF CRED DEBT COAM OAMT SVWZ ABWA ABWE IBAN PURP RREF'.split(' ');
/** A tag may be broken over two subfields, and may follow the value before it without a blank. */
const PLUS = NAMES.map((name) => [...name].join(`${SEAM}?`)).join('|');
const TAG = new RegExp(
  `(${PLUS})${SEAM}?\\+|(?<=^|[${SEAM}\\s])(BIC)\\+|(?<=^|[${SEAM}\\s])(${NAMES.join('|')}): `,
  'g',
);

/** Tags that stay visible in the text, since they are neither free words nor have a field. */
const KEPT = ['MREF', 'CRED', 'DEBT', 'PURP', 'RREF', 'BIC'];

type Subfields = ReadonlyMap<string, string>;

function subfieldsOf(text: string, separator: string): Subfields {
  const found = new Map<string, string>();
  const parts = text.split(new RegExp(`\\${separator}(?=\\d{2})`));
  for (const part of parts.slice(1)) {
    const key = part.slice(0, 2);
    found.set(key, (found.get(key) ?? '') + part.slice(2));
  }
  return found;
}

/** Joins subfields: a full one goes on in the next; after a shorter one a word has ended, or an item of the bank. */
function joinSubfields(parts: readonly string[]): string {
  let joined = '';
  parts.forEach((part, at) => {
    const before = parts[at - 1];
    const glued =
      before === undefined ||
      before.length >= SUBFIELD ||
      /[\s-]$/.test(before) ||
      (/\d$/.test(before) && /^\d/.test(part)); // a number that was broken, rather than two
    joined += glued ? part : ` ${part}`;
  });
  return joined;
}

const isPurpose = (key: string): boolean => (key >= '20' && key <= '29') || (key >= '60' && key <= '69');

/** Tags of an id, which goes on in the next subfield only where its own is full; what follows it is text. */
const IDS = new Set(['EREF', 'KREF', 'MREF', 'CRED', 'DEBT']);
const MAX_ID = 35;

function cutId(
  pieces: readonly string[],
  parts: readonly string[],
  hasPurpose: boolean,
): { value: string; rest: readonly string[] } {
  let taken = 1;
  while (taken < pieces.length && parts[taken - 1]!.length >= SUBFIELD) taken++;
  const value = pieces.slice(0, taken).join('');
  const rest = pieces.slice(taken);
  const whole = value + rest.join('');
  // the text has a tag of its own, so this can only be the rest of the id
  if (hasPurpose && !/\s/.test(rest.join('').trim()) && whole.length <= MAX_ID)
    return { value: whole, rest: [] };
  return { value, rest };
}

/** The purpose by SEPA tags; words before the first tag under ''. Tags may be broken over two subfields. */
function readTags(fields: Subfields): Map<string, string> {
  const parts = [...fields]
    .filter(([key]) => isPurpose(key))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, part]) => part);
  const glued = parts.join(SEAM);
  const tags = [...glued.matchAll(TAG)].map((tag) => ({
    name: (tag[1] ?? tag[2] ?? tag[3])!.replaceAll(SEAM, ''),
    index: tag.index,
    end: tag.index + tag[0].length,
  }));
  const free = glued.slice(0, tags[0]?.index ?? glued.length).split(SEAM);
  const hasPurpose = tags.some(({ name }) => name === 'SVWZ');
  const found = new Map<string, string>();
  tags.forEach(({ name, end }, at) => {
    const pieces = glued.slice(end, tags[at + 1]?.index).split(SEAM);
    const from = glued.slice(0, end).split(SEAM).length - 1;
    const { value, rest } = IDS.has(name)
      ? cutId(pieces, parts.slice(from), hasPurpose)
      : { value: pieces.join(''), rest: [] };
    free.push(...rest);
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before} ${value}`);
  });
  found.set('', joinSubfields(free));
  return found;
}

const ISO_REASON =
  /\b(A[CGM]\d{2}|BE\d{2}|CNOR|CUST|DNOR|DUPL|F[FO]\w{2}|M[DS]\d{2}|R[CR]\d{2}|SL\d{2}|TECH|AB\d{2}|TM\d{2})\b/;
/** Business codes of returns: direct debits and transfers that came back. */
const RETURN_CODES = new Set(['008', '058', '059', '108', '109', '159', '181', '183', '184', '208', '209']);

/** Reads a coded :86:, whose lines were joined as they are; null when it is none. */
export function readCoded(text: string): SwiftDetails | null {
  const start = CODED.exec(text);
  if (!start) return null;
  const fields = subfieldsOf(text, start[2]!);
  const tags = readTags(fields);
  const tag = (name: string): string | null => clean(tags.get(name));
  const code = start[1] ?? null;
  const purpose = tag('SVWZ');
  const others = [...fields].filter(([key]) => key >= '70' || ['35', '36', '37', '39'].includes(key));
  const iban = clean(fields.get('38'));
  return {
    ...noDetails,
    code,
    name: clean(joinSubfields(['32', '33'].flatMap((key) => fields.get(key) ?? []))),
    account: account(iban?.match(/^[A-Z]{2}\d{2}/) ? iban : (fields.get('31') ?? tags.get('IBAN'))),
    reference: realId(tags.get('KREF')),
    endToEndId: realId(tags.get('EREF')),
    returnReason:
      code && RETURN_CODES.has(code) ? (ISO_REASON.exec(`${purpose} ${tag('')}`)?.[0] ?? null) : null,
    charges: tag('COAM'),
    instructed: tag('OAMT'),
    texts: [
      purpose,
      tag(''),
      tag('ABWA'),
      tag('ABWE'),
      joinSubfields(others.map(([, part]) => part)),
      ...KEPT.map((name) => (tag(name) ? `${name}+${tag(name)}` : null)),
      clean(fields.get('00')),
    ].filter((part) => part !== null),
  };
}

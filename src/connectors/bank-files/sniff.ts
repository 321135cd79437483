/** Which format a file is, told from its first bytes; what is none is refused in words. */
import { InvalidInputError } from '../../domain/errors.ts';
import type { BankFormat } from '../../ports/bank-files.ts';
import { quote } from './bad-line.ts';
import type { Ends } from './text-stream.ts';

export type Sniffed = {
  readonly format: BankFormat;
  /** Encoding that the file declares or its marks show; null when it has to be found out. */
  readonly encoding: string | null;
  /** The first text of the file. */
  readonly head: string;
};

const refuse = (reason: string): InvalidInputError => new InvalidInputError(reason);

const bytesOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

/** Beginnings of files that are no text. */
const MAGIC: readonly [number[], string][] = [
  [
    bytesOf('PK\u0003\u0004'),
    'it is a zip archive or an Excel workbook; unpack it, or save the sheet as CSV',
  ],
  [bytesOf('PK\u0005\u0006'), 'it is an empty zip archive'],
  [[0x1f, 0x8b], 'it is packed with gzip; unpack it first'],
  [bytesOf('BZh'), 'it is packed with bzip2; unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'it is packed with xz; unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'it is a 7-Zip archive; unpack it first'],
  [bytesOf('Rar!'), 'it is a RAR archive; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is packed with zstd; unpack it first'],
  [bytesOf('%PDF'), 'it is a PDF; ask the bank for the statement as CAMT.053, MT940, BAI2, OFX or CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'it is an old Excel workbook; save the sheet as CSV'],
  [bytesOf('{\\rtf'), 'it is a text document (RTF); export the statement as CSV'],
  [[0x89, 0x50, 0x4e, 0x47], 'it is a picture; export the statement as a file'],
  [[0xff, 0xd8, 0xff], 'it is a picture; export the statement as a file'],
  [bytesOf('-----BEGIN PGP'), 'it is encrypted; decrypt it first'],
];

function refuseBinary(head: Uint8Array): void {
  for (const [magic, reason] of MAGIC) if (magic.every((byte, at) => head[at] === byte)) throw refuse(reason);
  if (head.subarray(257, 262).every((byte, at) => byte === 'ustar'.charCodeAt(at)) && head.length > 262)
    throw refuse('it is a tar archive; unpack it first');
}

function decodeHead(head: Uint8Array): { text: string; encoding: string | null } {
  if (head[0] === 0xff && head[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(head), encoding: 'utf-16le' };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(head), encoding: 'utf-16be' };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { text: new TextDecoder('latin1').decode(head.subarray(3)), encoding: 'utf-8' };
  if (head.includes(0))
    throw refuse(
      'it holds NUL bytes: it is no text, or was cut off while it was written, or is UTF-16 without its mark; download it again',
    );
  return { text: new TextDecoder('latin1').decode(head), encoding: null };
}

/** UTF-8 is XML's own encoding; a mark in front of the file decides over what is declared. */
function xmlEncoding(text: string, mark: string | null): string {
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(text)?.[1]?.toLowerCase();
  if (mark?.startsWith('utf-16')) return mark;
  if (declared?.startsWith('utf-16') || declared?.startsWith('ucs-2'))
    throw refuse(`it says that it is ${declared}, but its bytes are not; export it again as UTF-8`);
  return mark ?? declared ?? 'utf-8';
}

function sniffXml(text: string, mark: string | null): { format: BankFormat; encoding: string | null } {
  if (/<!(DOCTYPE\s+html)|<html[\s>]/i.test(text.slice(0, 2_000)))
    throw refuse(
      'it is a web page, often a sign-on page in place of the file; sign on to the bank and download it again',
    );
  if (/<!(DOCTYPE|ENTITY)\b/i.test(text))
    throw refuse(
      'it has a DOCTYPE or entities, which bank files do not have and which can hide others; it was not read',
    );
  const camt = /<(?:[\w.-]+:)?BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)(?:V\d+)?[\s/>]/.exec(text)?.[1];
  const formats: Record<string, BankFormat> = {
    Stmt: 'camt.053',
    AcctRpt: 'camt.052',
    DbtCdtNtfctn: 'camt.054',
  };
  if (camt) return { format: formats[camt]!, encoding: xmlEncoding(text, mark) };
  const root = /<(?![?!])(?:[\w.-]+:)?([\w.-]+)/.exec(text)?.[1] ?? '';
  const message = /urn:iso:std:iso:20022:tech:xsd:([\w.]+)/.exec(text)?.[1];
  throw refuse(
    message
      ? `it is the message ${message}; a bank statement is camt.052, camt.053 or camt.054`
      : `it is XML with the root ${quote(root)}; a bank statement in XML is camt.052, camt.053, camt.054 or OFX`,
  );
}

/** OFX 1.x says its encoding in its header; 2.x in the XML declaration. Null: as it turns out. */
function ofxEncoding(text: string, mark: string | null): string | null {
  if (mark) return mark;
  if (/^\s*<\?xml/i.test(text)) {
    const declared = xmlEncoding(text, mark);
    return declared === 'us-ascii' || declared === 'ascii' ? null : declared;
  }
  const header = (name: string) =>
    new RegExp(`^\\s*${name}:\\s*([\\w-]+)`, 'im').exec(text)?.[1]?.toUpperCase();
  if (header('ENCODING') === 'UTF-8' || header('ENCODING') === 'UNICODE') return 'utf-8';
  const charset = header('CHARSET');
  if (charset?.startsWith('ISO-8859') || charset?.startsWith('8859'))
    return `iso-8859-${charset.split('-').at(-1)}`;
  return null; // 1252 is written by many whose files are UTF-8
}

const SWIFT_TAG = /^(\{4:)?:(20|25P?|28C?|60[FM]|61|62[FM]|64|86|NS|34F|90[CD]):/m;

function sniffLines(text: string): BankFormat | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: transmission marks in front of a message
  const plain = text.replace(/^[\x01-\x08\s]+/, '').replace(/\r\n?/g, '\n');
  if (/^01,[^\n]*,\s*[123]?\s*\/?\s*(\n|$|02,)/.test(plain) || /^01,[^\n]*[\n/]\s*02,/.test(plain))
    return 'bai2';
  if (!SWIFT_TAG.test(plain) && !/^\{1:F\d\d/.test(plain)) return null;
  const interim = /\{2:[OI]942/.test(plain) || (/^:(34F|90[CD]):/m.test(plain) && !/^:60[FM]:/m.test(plain));
  return interim ? 'mt942' : 'mt940';
}

/**
 * Tells the format and the declared encoding; `csv` is what any other text may be.
 * Throws: InvalidInputError for archives, documents, pictures, other XML, empty and NUL-filled files.
 */
export function sniff({ head, size }: Ends): Sniffed {
  if (size === 0) throw refuse('the file is empty; download it again');
  refuseBinary(head);
  const { text, encoding: mark } = decodeHead(head);
  if (text.trim() === '') throw refuse('the file is empty but for blanks; download it again');
  if (/<OFX>/i.test(text) || /^\s*OFXHEADER\s*:/i.test(text)) {
    if (/<!(DOCTYPE|ENTITY)\b/i.test(text))
      throw refuse(
        'it has a DOCTYPE or entities, which bank files do not have and which can hide others; it was not read',
      );
    const format = /<INTU\.(BID|ORG)>/i.test(text) ? 'qfx' : 'ofx';
    return { format, encoding: ofxEncoding(text, mark), head: text };
  }
  if (/^\s*</.test(text)) return { ...sniffXml(text, mark), head: text };
  if (/^\s*[{[]\s*["{\]]/.test(text))
    throw refuse('it is JSON; ask the bank for CAMT.053, MT940, BAI2, OFX or CSV');
  return { format: sniffLines(text) ?? 'csv', encoding: mark, head: text };
}

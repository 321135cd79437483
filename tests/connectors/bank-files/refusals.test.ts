/** Files that are refused whole, each with a reason that says what to do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '../../../src/domain/errors.ts';
import { collect, collectFrom } from './collect.ts';

const camt = (inner: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${inner}</Stmt></BkToCstmrStmt></Document>`;
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const entry =
  '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt></Ntry>';

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>${camt(entry, '')}`;
const external = `<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd">${camt(entry, '')}`;
const ofx =
  '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>';

const refused: [string, string | Uint8Array, RegExp][] = [
  ['an empty file', '', /empty.*download it again/],
  ['a file of blanks', ' \n\n \n', /empty/],
  ['a zip archive or workbook', bytes('PK\u0003\u0004rest'), /zip.*unpack|save the sheet as CSV/],
  ['gzip', gzipSync('01,1,2'), /gzip.*unpack/],
  ['a PDF', '%PDF-1.7 ...', /PDF.*CAMT/],
  ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0]), /save the sheet as CSV/],
  ['NUL bytes', bytes(':20:X\n', [0, 0, 0, 0, 0, 0]), /NUL bytes.*download it again/],
  ['a sign-on page', '<!DOCTYPE html><html><body>Log in</body></html>', /web page.*download it again/],
  ['JSON', '{"transactions": []}', /JSON/],
  [
    'a payment order',
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn/></Document>',
    /pain\.001.*camt\.053/,
  ],
  ['another XML', '<Invoice><ID>1</ID></Invoice>', /root "Invoice"/],
  ['billion laughs', laughs, /DOCTYPE or entities.*not read/],
  ['an external entity', external, /DOCTYPE or entities/],
  ['an entity in OFX', `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>${ofx}`, /DOCTYPE or entities/],
  ['an unknown entity', camt(entry.replace('1.00', '&lol;')), /no well-formed XML on line 1/],
  [
    'CAMT with bad bytes inside',
    Buffer.from(camt(`${entry}<X>Müller</X>`), 'latin1'),
    /not the UTF-8 that it should be.*export it again/,
  ],
  [
    'CAMT in an unknown encoding',
    camt(entry, '<?xml version="1.0" encoding="x-bank-7"?>'),
    /"x-bank-7", which is not known/,
  ],
  ['CAMT that is not closed', camt(entry).slice(0, -12), /cut off; download it again/],
  ['CAMT nested beyond sense', camt('<a>'.repeat(80) + '</a>'.repeat(80)), /levels deep/],
  [
    'CAMT with an endless field',
    camt(entry.replace('<Sts>', `<AddtlNtryInf>${'x'.repeat(70_000)}</AddtlNtryInf><Sts>`)),
    /more than 65536 characters/,
  ],
  [
    'CAMT without a statement',
    '<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>',
    /no statement/,
  ],
  ['OFX that is cut off', ofx.slice(0, -20), /<\/OFX>.*cut off|cut off/],
  [
    'OFX with an error',
    '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></SIGNONMSGSRSV1></OFX>',
    /Wrong password \(code 15500\)/,
  ],
  [
    'an investment statement',
    '<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><ACCTID>1</INVACCTFROM></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>',
    /investment statement without cash/,
  ],
  ['a piece of MT940', ':61:2611191119C1,00NTRFX\n:86:text\n', /no statement.*whole statement/],
  [
    'a line without end',
    `:20:X\n:25:1\n:28C:1\n:60F:C261119EUR1,00\n:86:${'x'.repeat(1_200_000)}`,
    /more than a million characters/,
  ],
  ['plain text', 'Dear Sir,\nplease find enclosed\n', /headers of a bank's CSV/],
  [
    'a ledger of invoices',
    'invoice_number,customer_id,issued_on,due_on,currency,amount\nI1,C1,2026-01-01,2026-02-01,USD,5.00\n',
    /ledger import/,
  ],
  [
    'a ledger of customers',
    'customer_id,name,parent_id,currency,terms_days,owner_email\nC1,A,,USD,30,\n',
    /ledger import/,
  ],
  [
    'a ledger of payments',
    'payment_id,received_on,currency,amount,payer_name,payer_account,reference,method,customer_id\nP1,2026-01-01,USD,5.00,A,,,wire,C1\n',
    /ledger import/,
  ],
  [
    'a shop export',
    'Order ID,Date,Customer Email,Amount,Currency\n1,2026-01-01,a@b.c,5.00,USD\n',
    /ledger or shop/,
  ],
];

describe('refused with a reason', () => {
  test.for(refused)('%s', async ([, content, reason]) => {
    const error = await collect(content).then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toMatch(/^file: /);
    expect((error as Error).message).toMatch(reason);
  });

  test('a file that is not there, and a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remy-bank-'));
    try {
      await expect(collectFrom(join(folder, 'none'))).rejects.toThrow(/there is no such file/);
      await expect(collectFrom(folder)).rejects.toThrow(/it is a folder/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a cut file by path is refused before anything of it is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remy-bank-'));
    try {
      const path = join(folder, 'cut.xml');
      writeFileSync(path, camt(entry.repeat(5_000)).slice(0, -300));
      await expect(collectFrom(path)).rejects.toThrow(/cut off/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('encodings that are read', () => {
  const statement = (name: string) =>
    `:20:X\n:25:1234\n:28C:1\n:60F:C261119EUR1,00\n:61:2611191119C1,00NTRFX\n:86:${name}\n:62F:C261119EUR2,00\n-\n`;
  const utf16 = (text: string, big: boolean) => {
    const buffer = Buffer.from(`\ufeff${text}`, 'utf16le');
    return big ? buffer.swap16() : buffer;
  };

  test.for<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(statement('Müller Söhne'))],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${statement('Müller Söhne')}`)],
    ['Windows-1252', Buffer.from(statement('Müller Söhne'), 'latin1')],
    ['UTF-16 little endian', utf16(statement('Müller Söhne'), false)],
    ['UTF-16 big endian', utf16(statement('Müller Söhne'), true)],
  ])('%s', async ([, content]) => {
    const read = await collect(content);
    expect(read.problems).toEqual([]);
    expect(read.lines[0]!.text).toBe('Müller Söhne');
  });

  test('CAMT in the Latin-1 that it declares, and in UTF-16', async () => {
    const text = entry.replace('<Sts>', '<AddtlNtryInf>Müller</AddtlNtryInf><Sts>');
    const latin = await collect(
      Buffer.from(camt(text, '<?xml version="1.0" encoding="ISO-8859-1"?>'), 'latin1'),
    );
    expect(latin.lines[0]!.text).toBe('Müller');
    const wide = await collect(utf16(camt(text, '<?xml version="1.0" encoding="UTF-16"?>'), false));
    expect(wide.lines[0]!.text).toBe('Müller');
  });

  test('hidden and reversing characters are taken out of every text', async () => {
    const read = await collect(statement('IN\u200bV-1\u202e072\u2066 paid'));
    expect(read.lines[0]!.text).toBe('INV-1072 paid');
  });
});

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createRemittanceFiles } from '../../../src/connectors/remittance-files/index.ts';
import { InvalidInputError } from '../../../src/domain/errors.ts';
import { pdfOf, pdfTable } from './make-pdf.ts';
import { workbookParts, xlsxOf, zipOf } from './make-xlsx.ts';

const files = createRemittanceFiles();
const part = (content: string | Uint8Array) => ({
  name: 'unknown.bin',
  mime: null,
  bytes: typeof content === 'string' ? Buffer.from(content) : content,
});
const read = (content: string | Uint8Array) => files.read(part(content));
const readAll = (content: string | Uint8Array) => files.readAll(part(content));
const short = async (content: string | Uint8Array) =>
  (await read(content))?.lines.map(({ document, paid }) => `${document} ${paid}`) ?? null;

describe('X12 820', () => {
  test('a single addenda segment is an advice', async () => {
    expect(await short('RMR*IV*INV1071*PO*700.00\\')).toEqual(['INV1071 700.00']);
  });

  test('addenda records of an ACH file are put together again', async () => {
    const payload =
      'RMR*IV*INV1071*PO*700.00*720.00*20.00\\RMR*IV*INV1072*PO*350.00\\RMR*IV*INV1073*PO*10.00\\';
    const record = (text: string, i: number) => `705${text.padEnd(80)}${String(i).padStart(4, '0')}0000001`;
    const records = [payload.slice(0, 80), payload.slice(80)].map(record).join('\n');
    expect(await short(records)).toEqual(['INV1071 700.00', 'INV1072 350.00', 'INV1073 10.00']);
  });

  test('the amount less its adjustment is what was paid where the total says so', async () => {
    const [first, second] = await readAll(
      'ST*820*1~BPR*C*300.00*C*ACH~ENT*1~ADX*-100.00*01*CM*DM9~RMR*IV*A1**400.00~SE*5*1~ST*820*2~BPR*C*200.00*C*CHK~RMR*IV*A2**250.00~ADX*-50.00*54~SE*4*2~',
    );
    expect(first?.lines.map(({ document, paid }) => [document, paid])).toEqual([
      ['A1', '400.00'],
      ['DM9', '-100.00'],
    ]);
    expect(second?.lines).toEqual([
      {
        document: 'A2',
        paid: '200.00',
        gross: '250.00',
        deduction: '50.00',
        deductionReason: 'freight deducted',
      },
    ]);
    expect([first?.warnings, second?.warnings]).toEqual([[], []]);
  });

  test('a credit without a minus is taken off, the interchange says its own marks', async () => {
    const isa = `ISA|00|          |00|          |ZZ|PAYER          |ZZ|PAYEE          |261119|0830|U|00401|000000001|0|P|>!`;
    const advice = await read(
      `${isa}ST|820|1!BPR|C|650.00|C|ACH!TRN|1|778899!N1|PR|BIRCH LANE STUD!RMR|IV|INV1||700.00!RMR|CM|CN12||50.00!SE|6|1!`,
    );
    expect(advice).toMatchObject({
      payerName: 'BIRCH LANE STUD',
      paymentReference: '778899',
      total: '650.00',
      warnings: [],
    });
    expect(advice?.lines.map(({ paid }) => paid)).toEqual(['700.00', '-50.00']);
  });
});

describe('a lockbox', () => {
  const rows = '1001,Acme Corp,INV-1,1200.00\n1001,Acme Corp,INV-2,350.00\n1002,Beta LLC,INV-9,99.50\n';
  test.each([
    ['with a header', `Check Number,Remitter,Invoice,Amount\n${rows}`],
    ['without one', rows],
    [
      'in fixed columns',
      `Lockbox 7721\n\nCHECK NO   REMITTER         INVOICE     AMOUNT\n1001       ACME CORP        INV-1       1,200.00\n                            INV-2         350.00\n1002       BETA LLC         INV-9          99.50\nTOTAL                                  1,649.50\n`,
    ],
  ])('%s is one advice a cheque', async (_, text) => {
    const advices = await readAll(text);
    expect(
      advices.map(({ paymentReference, lines }) => [
        paymentReference,
        lines.map(({ document, paid }) => `${document} ${paid}`),
      ]),
    ).toEqual([
      ['1001', ['INV-1 1200.00', 'INV-2 350.00']],
      ['1002', ['INV-9 99.50']],
    ]);
    expect((await read(text))?.warnings[0]).toBe('It holds 2 payments.');
  });

  test('a cheque that its lines do not meet is told', async () => {
    const [first] = await readAll(
      'Check Number,Check Amount,Invoice,Amount\n1001,1550.00,INV-1,1200.00\n1002,99.50,INV-9,99.50\n',
    );
    expect(first?.warnings.join()).toContain('a difference of 350.00');
  });
});

describe('CSV', () => {
  test('what cannot be read is named, the others are read', async () => {
    const advice = await read(
      'Invoice,Amount,Currency,Comment\nINV-1,"1,200.00",USD,\nINV-2,abc,USD,\nINV-3,300.00,USD,short paid damaged\n,25.00,USD,\n',
    );
    expect(advice?.lines.map(({ document, paid }) => [document, paid])).toEqual([
      ['INV-1', '1200.00'],
      ['INV-2', null],
      ['INV-3', '300.00'],
    ]);
    expect(advice?.warnings).toEqual([
      'line 3: INV-2 has no amount that can be read ("abc").',
      'line 5: 25.00 stands there without a document and was left out.',
    ]);
  });

  test('UTF-16 and Windows-1252 are read', async () => {
    const text = 'Rechnungsnr.;Zahlbetrag;Währung\nRE-104;1.234,50;EUR\n';
    expect(await short(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))).toEqual([
      'RE-104 1234.50',
    ]);
    expect(await short(Buffer.from(text, 'latin1'))).toEqual(['RE-104 1234.50']);
  });

  test('an export of open invoices, or of a bank, is none', async () => {
    expect(
      await read(
        'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status\nINV-1,C1,2026-01-01,2026-02-01,USD,100.00,100.00,open\n',
      ),
    ).toBeNull();
    expect(
      await read(
        'payment_id,Business Partner,Account Number,Memo Line,Amount\n0,Acme,JP79MFLP7652927007000,INV1,10.00\n1,Acme,JP79MFLP7652927007000,INV2,20.00\n',
      ),
    ).toBeNull();
  });
});

describe('HTML', () => {
  test('what cannot be seen is not read', async () => {
    const html =
      '<style>.gone{display:none}</style><p>We paid today:</p><table><tr><td>Invoice</td><td>Amount</td></tr><tr><td>INV-1</td><td>100.00</td></tr><tr style="display:none"><td>INV-666</td><td>9,999.00</td></tr><tr class="gone"><td>INV-667</td><td>1.00</td></tr><tr><td><span style="font-size:0">X</span>INV-2\u200b</td><td>50.00<span style="color:#fff">0</span></td></tr></table><div style="color:white">please apply 500 to 9999</div>';
    expect(await short(html)).toEqual(['INV-1 100.00', 'INV-2 50.00']);
  });

  test('a header of white letters on blue is seen', async () => {
    const html =
      '<table><tr style="background:#003366;color:#ffffff"><th>Invoice</th><th>Amount paid</th></tr><tr><td>INV-1</td><td>100.00</td></tr></table>';
    expect(await short(html)).toEqual(['INV-1 100.00']);
  });
});

describe('PDF', () => {
  test('a statement and a request to pay are no advice', async () => {
    const pdf = await pdfTable({
      above: ['Statement of account', 'Please remit payment to account 123'],
      headers: ['Invoice', 'Due date', 'Amount', 'Balance due'],
      right: [false, false, true, true],
      rows: [['INV-1071', '2026-09-01', '100.00', '100.00']],
      rowsPerPage: 10,
    });
    expect(await read(pdf)).toBeNull();
  });

  test.each([
    [
      'protected',
      () =>
        pdfOf((document) => document.text('Remittance advice INV-1071 100.00'), { userPassword: 'secret' }),
      /password/,
    ],
    [
      'of pictures only',
      () => pdfOf((document) => document.rect(10, 10, 100, 100).fill('red')),
      /no text in it/,
    ],
    ['damaged', async () => Buffer.from('%PDF-1.4\nrubbish'), /damaged/],
    [
      'a bomb',
      async () =>
        Buffer.concat([
          Buffer.from('%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n'),
          deflateSync(Buffer.alloc(100 * 1024 * 1024)),
          Buffer.from('\nendstream\nendobj\n'),
        ]),
      /unpacks/,
    ],
  ])('one that is %s is refused in words', async (_, make, reason) => {
    const error = await read(await make()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toMatch(reason);
  });
});

describe('spreadsheets', () => {
  test('numbers keep their cents, days are no amounts, the fuller sheet counts', async () => {
    const sheet = [
      ['Invoice', 'Date', 'Gross', 'Discount', 'Paid'],
      [
        { number: '1071' },
        { day: 46327 },
        { number: '1200' },
        { number: '24.000000000000004' },
        { number: '1175.9999999999998' },
      ],
      [{ number: '1072' }, { day: 46328 }, { number: '350.5' }, null, { number: '350.5' }],
    ];
    const advice = await read(
      xlsxOf(
        [
          ['Invoice', 'Paid'],
          ['1071', { number: '1176' }],
        ],
        sheet,
      ),
    );
    expect(advice?.lines.map(({ document, paid, deduction }) => [document, paid, deduction])).toEqual([
      ['1071', '1176.00', '24.00'],
      ['1072', '350.50', null],
    ]);
    expect(advice?.warnings).toEqual(['The sheet "Sheet 1" has 1 lines too, which were left out.']);
  });

  const parts = workbookParts([[['Invoice', 'Paid']]]);
  test.each<[string, () => Uint8Array, RegExp]>([
    ['a bomb', () => zipOf([...parts, { name: 'xl/big.xml', data: Buffer.alloc(50 * 1024 * 1024) }]), /bomb/],
    [
      'one that lies about its size',
      () => zipOf([...parts, { name: 'xl/big.xml', data: Buffer.alloc(5_000_000), declared: 100 }]),
      /declares/,
    ],
    [
      'one of very many parts',
      () =>
        zipOf([
          ...parts,
          ...Array.from({ length: 600 }, (_, i) => ({ name: `${i}`, data: Buffer.from('') })),
        ]),
      /parts/,
    ],
    ['one with a password', () => zipOf(parts.map((each) => ({ ...each, flags: 1 }))), /password/],
    [
      'one with a cell far out',
      () =>
        zipOf(
          parts.map((each) =>
            each.name.includes('sheet1')
              ? { ...each, data: Buffer.from(each.data.toString().replace('r="A1"', 'r="XFD1048576"')) }
              : each,
          ),
        ),
      /spread/,
    ],
    ['an archive', () => zipOf([{ name: 'advice.csv', data: Buffer.from('Invoice,Paid') }]), /archive/],
    [
      'an old one',
      () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]),
      /old Excel/,
    ],
    [
      'an encrypted one',
      () =>
        Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
      /password/,
    ],
    ['one cut off', () => xlsxOf([['Invoice', 'Paid']]).subarray(0, 400), /cut off/],
  ])('%s is refused in words', async (_, make, reason) => {
    const error = await read(make()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toMatch(reason);
  });
});

test('pictures are no advice, and nothing larger than 25 MB is opened', async () => {
  expect(await read(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))).toBeNull();
  await expect(read(Buffer.alloc(26 * 1024 * 1024, 65))).rejects.toThrow(/25 MB/);
});

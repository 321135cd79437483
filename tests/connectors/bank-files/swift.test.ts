import { describe, expect, test } from 'vitest';
import { collect, signed } from './collect.ts';

const message = (
  body: string,
  { open = '60F:C261119EUR100,00', close = '62F:C261119EUR110,00', account = 'DE02120300000000202051' } = {},
) => `:20:X\n:25:${account}\n:28C:7/1\n:${open}\n${body}\n:${close}\n-\n`;
const booking = (info: string, first = '2611191119C10,00NTRFNONREF//B1') => message(`:61:${first}\n${info}`);
const line = async (info: string, first?: string) => (await collect(booking(info, first))).lines[0]!;

describe('bookings', () => {
  test.for<[string, string, Record<string, unknown>]>([
    [
      'credit',
      '2611191119C10,00NTRFREF-1//B1',
      { direction: 'credit', reversal: false, reference: 'REF-1', bankReference: 'B1', code: 'NTRF' },
    ],
    [
      'debit with the third letter of the currency',
      '2611191119DR10,NMSCNONREF',
      { direction: 'debit', reversal: false, reference: null },
    ],
    ['reversed credit', '2611191119RC10,00NTRFNONREF', { direction: 'debit', reversal: true }],
    [
      'reversed debit with a funds code',
      '2611191119RDR10,00NTRFNONREF',
      { direction: 'credit', reversal: true },
    ],
    ['expected credit', '261119EC10,00NTRFNONREF', { direction: 'credit', booked: false }],
    ['no entry day', '261119C10,00NTRFNONREF', { bookedOn: '2026-11-19', valueOn: '2026-11-19' }],
    ['an entry day of blanks', '261119    C10,00NTRFNONREF', { bookedOn: '2026-11-19' }],
    [
      'booked in the old year, valued in the new',
      '2701021231C10,00NTRFX',
      { bookedOn: '2026-12-31', valueOn: '2027-01-02' },
    ],
    [
      'booked in the new year, valued in the old',
      '2612310102C10,00NTRFX',
      { bookedOn: '2027-01-02', valueOn: '2026-12-31' },
    ],
    [
      'an amount on a line of its own',
      '2611191119CR\n10,00NTRFNONREF//B9',
      { direction: 'credit', bankReference: 'B9' },
    ],
    ['no type', '2611191119C10,00', { code: null }],
  ])('%s', async ([, first, expected]) => {
    const read = await collect(booking(':86:text', first));
    expect(read.problems).toEqual([]);
    expect(read.lines[0]).toMatchObject({ amount: '10.00', ...expected });
  });

  test('30 February is the last day of the month, and is said', async () => {
    const read = await collect(booking(':86:x', '2602300301C10,00NTRFX'));
    expect(read.lines[0]).toMatchObject({ valueOn: '2026-02-28', bookedOn: '2026-03-01' });
    expect(read.problems).toEqual([
      { line: 5, reason: expect.stringContaining('"260230" does not exist; 2026-02-28') },
    ]);
  });

  test.for([
    '2613011119C10,00NTRFX',
    '2611191119C1O,00NTRFX',
    '2611191119X10,00NTRFX',
    '2611191119C,NTRFX',
    '2611191119C10,005NTRFX',
  ])('%s is named with its line, and the rest is read', async (bad) => {
    const read = await collect(message(`:61:${bad}\n:86:bad\n:61:2611191119C10,00NTRFY//B2\n:86:good`));
    expect(read.problems).toMatchObject([{ line: 5 }]);
    expect(read.lines).toMatchObject([{ bankReference: 'B2', text: 'good', ordinal: 2, fileLine: 7 }]);
  });
});

describe('information', () => {
  test('German subfields with SEPA tags, broken anywhere', async () => {
    const found = await line(
      ':86:166?00SEPA CREDIT?109310?20EREF+NW-5521?21KREF+K-7?22SV?23WZ+INV-1072 INV-1073 mi?24nus\n credit CN-12 ABWA+Mother AG?30BYLADEM1001?31de75512108001245126199?32Northwind Trading Company L?33td?34000',
    );
    expect(found).toMatchObject({
      payerName: 'Northwind Trading Company Ltd',
      payerAccount: 'DE75512108001245126199',
      endToEndId: 'NW-5521',
      reference: 'K-7',
      code: 'NTRF+166',
      text: 'INV-1072 INV-1073 minus credit CN-12\nMother AG\nSEPA CREDIT',
    });
  });

  test('an id does not swallow the text behind it', async () => {
    const found = await line(':86:166?20EREF+E-1?21Invoice 4711 and?22 4712?32Payer');
    expect(found).toMatchObject({ endToEndId: 'E-1', text: 'Invoice 4711 and 4712' });
  });

  test('no end-to-end id where the bank says that there is none', async () => {
    expect((await line(':86:166?20EREF+NOTPROVIDED?21SVWZ+INV-1')).endToEndId).toBeNull();
  });

  test('a returned direct debit has its reason', async () => {
    const found = await line(
      ':86:109?00RUECKLASTSCHRIFT?20SVWZ+RETURN MS03 INV-1?32Payer',
      '2611191119RC10,00NRTINONREF',
    );
    expect(found).toMatchObject({ returnReason: 'MS03', direction: 'debit', reversal: true });
  });

  test.for([
    [
      '/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Northwind BV/REMI/INV-1072 INV-1073/EREF/NOTPROVIDED',
    ],
    [
      '/EREF/NOTPROVIDED//CNTP/NL91ABNA0417164300/ABNANL2A/Northwind BV/UTRECHT//REMI/USTD//INV-1072 INV-1073/',
    ],
    ['/ORDP//NAME/Northwind BV/IBAN/NL91ABNA0417164300/BENM//NAME/Us/REMI/INV-1072 INV-1073/ISDT/2026-11-19'],
  ])('structured: %s', async ([info]) => {
    const found = await line(`:86:${info}`);
    expect(found).toMatchObject({
      payerName: 'Northwind BV',
      payerAccount: 'NL91ABNA0417164300',
      endToEndId: null,
    });
    expect(found.text.split('\n')[0]).toBe('INV-1072 INV-1073');
  });

  test('a full line goes on without a blank, a short one with one', async () => {
    const full = `/REMI/${'x'.repeat(52)} INV-10`;
    const wrapped = await line(`:86:${full}\n72 thanks/EREF/E1`);
    expect(wrapped.text).toContain('INV-1072 thanks');
    expect((await line(':86:FREE TEXT\nOF TWO LINES')).text).toBe('FREE TEXT OF TWO LINES');
  });

  test('a structured creditor reference is the reference', async () => {
    expect(
      (await line(':86:/CNTP/NL91ABNA0417164300/X/Klant/AMSTERDAM//REMI/STRD/CUR/9001123412341234/'))
        .reference,
    ).toBe('9001123412341234');
  });

  test('charges and the amount instructed', async () => {
    const found = await line(':86:/OCMT/USD12,5//CHGS/EUR0,5/REMI/x');
    expect(found).toMatchObject({ charges: '0.50', instructed: { amount: '12.50', currency: 'USD' } });
  });

  test('numbered lines of home banking programs', async () => {
    const found = await line(':NS:01INV-1\n02INV-2\n15Payer\n16 GmbH\n17TRANSFER');
    expect(found).toMatchObject({ payerName: 'Payer GmbH', text: 'INV-1 INV-2\nTRANSFER' });
  });

  test('a line that looks like a field is text where no such field exists', async () => {
    expect((await line(':86:AT TIME\n:12:11 O CLOCK')).text).toContain(':12:11 O CLOCK');
  });
});

describe('messages', () => {
  test('an envelope, several messages on the lines of one end', async () => {
    const one = message(':61:2611191119C10,00NTRFX').replace('-\n', '');
    const read = await collect(
      `{1:F01BANK}{2:O9401200}{3:}{4:\n${one}-}{5:{CHK:1}}{1:F01BANK}{2:O9401200}{4:\n${one}-}{5:}`,
    );
    expect(read.problems).toEqual([]);
    expect(read.statements.map(({ difference }) => difference)).toEqual(['0.00', '0.00']);
  });

  test('pages that lead to each other are one statement', async () => {
    const page = (n: number, open: string, close: string, body: string) =>
      `:20:X\n:25:1234\n:28C:7/${n}\n:${open}\n${body}\n:${close}\n-\n`;
    const read = await collect(
      page(1, '60F:C261119EUR0,00', '62M:C261119EUR10,00', ':61:261119C10,00NTRFA') +
        page(2, '60M:C261119EUR10,00', '62F:C261119EUR7,00', ':61:261119D3,00NTRFB'),
    );
    expect(read.statements).toHaveLength(1);
    expect(read.statements[0]).toMatchObject({
      openingBalance: '0.00',
      closingBalance: '7.00',
      difference: '0.00',
      warnings: [],
    });
    expect(read.lines.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  test('a page that is missing is said', async () => {
    const read = await collect(message(':61:261119C10,00NTRFA', { close: '62M:C261119EUR110,00' }));
    expect(read.problems[0]!.reason).toContain('further pages are not in the file');
  });

  test('without a closing balance nothing is proven', async () => {
    const read = await collect(':20:X\n:25:1234\n:28C:1\n:60F:C261119EUR1,00\n:61:261119C10,00NTRFA\n');
    expect(read.problems[0]!.reason).toContain('may be cut off');
    expect(read.statements[0]).toMatchObject({ difference: null });
    expect(read.lines).toHaveLength(1);
  });

  test('a closing balance that is cut off in its digits is none', async () => {
    const read = await collect(
      ':20:X\n:25:1234\n:28C:1\n:60F:C261119EUR1,00\n:61:261119C10,00NTRFA\n:62F:C261119EUR1',
    );
    expect(read.statements[0]!.difference).toBeNull();
    expect(read.problems.map(({ reason }) => reason).join()).toContain('is cut off');
  });

  test('an interim report has no balances; its sums are checked', async () => {
    const report = (sum: string) =>
      `:20:X\n:25:1234\n:28C:1\n:34F:EURD0,\n:34F:EURC0,\n:13D:2611191200+0100\n:61:261119C10,00NTRFA\n:86:x\n:61:261119D3,00NTRFB\n:90D:1EUR3,\n:90C:${sum}\n-\n`;
    const right = await collect(report('1EUR10,'));
    expect(right.format).toBe('mt942');
    expect(right.problems).toEqual([]);
    expect(right.statements[0]).toMatchObject({ openingBalance: null, difference: null, warnings: [] });
    const wrong = await collect(report('2EUR11,'));
    expect(wrong.statements[0]!.warnings.join()).toContain(
      '1 credits of 10.00 were read, the bank says 2 of 11.00',
    );
  });

  test('amounts have the digits of their currency', async () => {
    const yen = await collect(
      message(':61:261119C1500,NTRFA', { open: '60F:C261119JPY0,', close: '62F:C261119JPY1500,' }),
    );
    expect(signed(yen.lines)).toEqual(['1500']);
    expect(yen.statements[0]!.difference).toBe('0');
    const dinar = await collect(
      message(':61:261119C1,234NTRFA', { open: '60F:C261119KWD0,', close: '62F:C261119KWD1,234' }),
    );
    expect(dinar.statements[0]).toMatchObject({ closingBalance: '1.234', difference: '0.000' });
  });

  test('the account may carry its currency', async () => {
    const read = await collect(message(':61:261119C10,00NTRFA', { account: 'NL50RABO0123456789 EUR' }));
    expect(read.statements[0]!.account).toBe('NL50RABO0123456789');
  });
});

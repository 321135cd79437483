import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLedgerFile } from '../../../src/connectors/csv-files/index.ts';
import type { LedgerFile, Refusal } from '../../../src/ports/ledger-source.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(content: Uint8Array | string): Promise<{
  file: LedgerFile;
  rows: Record<string, unknown>[];
  skipped: Refusal[];
}> {
  const file = await openLedgerFile({ name: 'ledger.csv', bytes: content });
  const rows: Record<string, unknown>[] = [];
  const skipped: Refusal[] = [];
  for await (const batch of file.batches()) {
    rows.push(...batch.rows);
    skipped.push(...batch.skipped);
  }
  return { file, rows, skipped };
}

const INVOICES = 'invoice_number,customer_id,issued_on,due_on,currency,amount';

describe('what a file is', () => {
  test('the kind is seen from the headers, whatever their order and case', async () => {
    const { file, rows } = await read(
      bytes('AMOUNT,Customer_ID,issued_on,Invoice Number\n5.00,C1,2026-01-02,I1\n'),
    );
    expect(file).toMatchObject({ kind: 'invoices', source: 'csv' });
    expect(rows[0]).toMatchObject({ number: 'I1', amount: '5.00', customer: { by: 'id', value: 'C1' } });
  });

  test.each([
    ['customer_id,name', 'customers'],
    ['customer_id,name,email', 'contacts'],
    [INVOICES, 'invoices'],
    ['credit_number,customer_id,issued_on,amount', 'credits'],
    ['payment_id,received_on,amount', 'payments'],
    ['payment_id,invoice_number,amount,applied_on', 'applications'],
  ])('%s is a file of %s', async (header, kind) => {
    expect((await read(bytes(`${header}\n`))).file.kind).toBe(kind);
  });

  test('a file of none of the kinds is refused and says what headers were looked for', async () => {
    await expect(read(bytes('date,weather\n2026-01-01,sun\n'))).rejects.toThrow(
      /no line has the headers .*invoices: invoice_number, customer_id, issued_on, amount.*QuickBooks/s,
    );
    await expect(read(bytes(''))).rejects.toThrow(/empty/);
    await expect(read(bytes('PK\u0003\u0004\u0014\0\0'))).rejects.toThrow(/Excel workbook/);
    await expect(read('/nowhere/at/all.csv')).rejects.toThrow(/cannot be read/);
  });
});

describe('how a file is written', () => {
  test.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('cells may be parted by a %s', async (_, delimiter) => {
    const text = `${INVOICES}\nI1,C1,2026-01-02,,EUR,12\n`.replaceAll(',', delimiter);
    expect((await read(bytes(text))).rows).toMatchObject([{ number: 'I1', currency: 'EUR', amount: '12' }]);
  });

  test('UTF-8 with and without mark, UTF-16 both ways and Windows-1252 give the same text', async () => {
    const text = 'customer_id,name\nC1,Müller & Söhne\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const content of [
      bytes(text),
      bytes(`\ufeff${text}`),
      utf16,
      Buffer.from(utf16).swap16(),
      Buffer.from(text, 'latin1'),
    ]) {
      const { rows, file } = await read(content);
      expect(rows).toMatchObject([{ name: 'Müller & Söhne' }]);
      expect(file.warnings).toEqual([]);
    }
  });

  test('a few broken bytes in a UTF-8 file are replaced and warned of', async () => {
    const content = Buffer.concat([
      bytes('customer_id,name\nC1,Søren Ærø\nC2,X'),
      Buffer.from([0xff]),
      bytes('\n'),
    ]);
    const { rows, file } = await read(content);
    expect(rows.map((row) => row.name)).toEqual(['Søren Ærø', 'X\ufffd']);
    expect(file.warnings).toEqual([expect.stringMatching(/not valid UTF-8/)]);
  });

  test('lines are counted as an editor counts them, also behind quoted line breaks of any kind', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = [
        `${INVOICES},description`,
        `I1,C1,2026-01-02,,USD,1,"two${end}lines"`,
        '',
        'I2,C1,nonsense,,USD,1,',
        `"I3",C1,2026-01-02,,USD,1,"a ""quoted""${end}${end}word"`,
        'I4,C1,2026-01-02,,USD,,',
      ];
      const { rows, skipped } = await read(bytes(lines.join(end)));
      expect(rows.map((row) => [row.line, row.number])).toEqual([
        [2, 'I1'],
        [6, 'I3'],
      ]);
      expect(skipped.map(({ line }) => line)).toEqual([5, 9]);
      expect(rows[1]).toMatchObject({ description: 'a "quoted"\n\nword' });
    }
  });

  test('a line end between two pieces of a long file is one line end', async () => {
    const long = 'x'.repeat(1000);
    const lines = Array.from({ length: 700 }, (_, n) => `C${n},${long.slice(n % 7)}`);
    const text = ['customer_id,name', ...lines.map((line) => line.slice(0, 299))].join('\r\n');
    const { rows, skipped } = await read(bytes(text));
    expect(skipped).toEqual([]);
    expect(rows.map((row) => row.line)).toEqual(lines.map((_, n) => n + 2));
  });

  test('a quote that is never closed costs its own line only', async () => {
    const { rows, skipped } = await read(
      bytes('customer_id,name\nC1,"open\nC2,Two\nC3,Three\nC4,"open again\nC5,Five\n'),
    );
    expect(rows.map((row) => row.externalId)).toEqual(['C2', 'C3', 'C5']);
    expect(skipped.map(({ line }) => line)).toEqual([2, 5]);
    expect(skipped[0]!.reason).toMatch(/quote .* not closed/);
  });

  test('rows that a quote swallowed are not lost, even when a later quote closes it', async () => {
    const { rows, skipped } = await read(
      bytes(
        `${INVOICES}\nI1,"C1,2026-01-02,,USD,1\nI2,C1,2026-01-02,,USD,2\nI3,C1,2026-01-02,,USD,3\nI4,C1,2026-01-02,,USD,4"\nI5,C1,2026-01-02,,USD,5\n`,
      ),
    );
    expect(rows.map((row) => row.number)).toEqual(['I2', 'I3', 'I5']);
    expect(skipped.map(({ line }) => line)).toEqual([2, 5]);
  });

  test('a record over several lines that does not fit the header is taken apart again', async () => {
    const { rows, skipped } = await read(
      bytes(`${INVOICES}\nI1,C1,2026-01-02,,USD,"1\nI2,C1,2026-01-02,,USD,2\nI3,"C1",2026-01-02,,USD,3\n`),
    );
    expect(rows.map((row) => row.number)).toEqual(['I2', 'I3']);
    expect(skipped.map(({ line }) => line)).toEqual([2]);
  });

  test('many long records that do not fit are each refused as the lines they read as', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `C${n},One,"too\nmuch"`);
    const { rows, skipped } = await read(bytes(['customer_id,name', ...lines, 'C98,Good'].join('\n')));
    expect(rows.map((row) => row.externalId)).toEqual(['C98']);
    expect(skipped.at(-1)).toEqual({
      line: 80,
      reason: 'has 3 columns, the header has 2; lines 80 to 81 are one record because of a quote',
    });
  });

  test('after too many such quotes the rest is refused from a line that is named', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `C${n},"open ${n}`);
    const { rows, skipped } = await read(
      bytes(['customer_id,name', 'C99,Good', ...lines, 'C98,Late'].join('\n')),
    );
    expect(rows.map((row) => row.externalId)).toEqual(['C99']);
    expect(skipped).toHaveLength(26);
    expect(skipped.at(-1)).toEqual({
      line: 28,
      reason: expect.stringMatching(/nothing from here on was read/),
    });
  });

  test('a record of another number of cells is refused, empty cells at the end are not', async () => {
    const { rows, skipped } = await read(bytes('customer_id,name\nC1\nC2,Two,more\nC3,Three,,\n'));
    expect(rows.map((row) => row.externalId)).toEqual(['C3']);
    expect(skipped).toEqual([
      { line: 2, reason: 'has 1 columns, the header has 2' },
      { line: 3, reason: 'has 3 columns, the header has 2' },
    ]);
  });

  test('a path is read like bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remy-csv-'));
    try {
      const path = join(folder, 'customers.csv');
      writeFileSync(path, 'customer_id,name\nC1,One\n');
      expect((await read(path)).rows).toMatchObject([{ externalId: 'C1' }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('formats are decided over a whole column', () => {
  const days = async (delimiter: string, ...lines: string[]) => {
    const { file, rows } = await read(bytes([INVOICES, ...lines].join('\n').replaceAll(',', delimiter)));
    return { warnings: file.warnings, issued: rows.map((row) => row.issuedOn) };
  };

  test('one day above twelve decides for all, in its own column or another', async () => {
    expect(await days(',', 'I1,C1,03/04/2026,,USD,1', 'I2,C1,25/04/2026,,USD,1')).toEqual({
      warnings: [],
      issued: ['2026-04-03', '2026-04-25'],
    });
    expect(await days(',', 'I1,C1,03/04/2026,25/04/2026,USD,1')).toEqual({
      warnings: [],
      issued: ['2026-04-03'],
    });
  });

  test('the order in which nothing falls due before it was issued wins', async () => {
    // month first would be due on 4 March, before 12 April
    expect(
      (await days(',', 'I1,C1,04/12/2026,03/04/2027,USD,1', 'I2,C1,12/04/2026,03/05/2026,USD,1')).issued,
    ).toEqual(['2026-12-04', '2026-04-12']);
  });

  test('a column that fits both ways is read month first with a warning, day first between semicolons', async () => {
    const american = await days(',', 'I1,C1,03/04/2026,,USD,1');
    expect(american).toEqual({
      warnings: [expect.stringMatching(/issued_on: every day fits both orders .* month first/)],
      issued: ['2026-03-04'],
    });
    const european = await days(';', 'I1,C1,03/04/2026,,EUR,1');
    expect(european.issued).toEqual(['2026-04-03']);
    expect(european.warnings).toEqual([expect.stringMatching(/day first/)]);
  });

  test('a file without a currency of a month-first country is read day first', async () => {
    const british = await days(',', 'I1,C1,03/04/2026,,GBP,1');
    expect(british.issued).toEqual(['2026-04-03']);
    expect(british.warnings).toEqual([expect.stringMatching(/day first/)]);
    expect((await days(',', 'I1,C1,03/04/2026,,GBP,1', 'I2,C1,03/04/2026,,USD,1')).issued[0]).toBe(
      '2026-03-04',
    );
  });

  test('amounts with a decimal comma make the days day first', async () => {
    const text = `${INVOICES}\nI1,C1,03/04/2026,,EUR,"1.234,50"\n`;
    expect((await read(bytes(text))).rows).toMatchObject([{ issuedOn: '2026-04-03', amount: '1234.50' }]);
  });
});

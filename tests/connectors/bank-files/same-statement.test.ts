/** One statement as five banks would send it. */
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectFrom, signed } from './collect.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/bank');
const files: [string, string][] = [
  ['statement.bai', 'bai2'],
  ['statement.xml', 'camt.053'],
  ['statement.sta', 'mt940'],
  ['statement.ofx', 'ofx'],
  ['statement.csv', 'csv'],
];

describe.for(files)('%s', ([name, format]) => {
  const read = () => collectFrom(join(fixtures, name));

  test('is told from its bytes and gives the same money', async () => {
    const { statements, problems, format: found } = await read();
    expect(found).toBe(format);
    expect(problems).toEqual([]);
    expect(statements).toHaveLength(1);
    const [statement] = statements;
    expect(statement).toMatchObject({
      account: '4400118822',
      currency: 'USD',
      closingBalance: '16450.00',
      warnings: [],
    });
    expect(signed(statement!.lines)).toEqual(['700.00', '1000.00', '50.00', '-300.00']);
    expect(statement!.lines.map(({ bookedOn }) => bookedOn)).toEqual(Array(4).fill('2026-11-19'));
    expect(statement!.lines.map(({ bankReference }) => bankReference)).toEqual([
      'BK0001',
      'BK0002',
      'BK0003',
      'BK0004',
    ]);
    expect(statement!.lines.every(({ booked, reversal }) => booked && !reversal)).toBe(true);
  });

  test('keeps who paid, the reference and every word', async () => {
    const [first, second, third] = (await read()).lines;
    expect(first).toMatchObject({ payerName: 'HARBOR STUDIO LLC', reference: 'PAY-88' });
    expect(first!.text).toContain('PAYABLES INV-2071');
    if (format !== 'bai2') expect(second!.payerName).toBe('ALPINE FOODS INC');
    else expect(second!.text).toContain('ALPINE FOODS INC');
    expect(second!.text).toContain('RFB/INV-2072, INV-2073 LESS FEE');
    expect(`${third!.payerName} ${third!.text}`).toContain('CHECK DEPOSIT');
    expect(first!.endToEndId).toBeNull();
  });

  test('adds up where both balances are stated apart from the lines', async () => {
    const [statement] = (await read()).statements;
    const both = ['bai2', 'camt.053', 'mt940'].includes(format);
    expect(statement!.difference).toBe(both ? '0.00' : null);
    expect(statement!.openingBalance).toBe(format === 'ofx' ? null : '15000.00');
  });
});

test('a file is read alike from its path and from its bytes', async () => {
  const { readFile } = await import('node:fs/promises');
  for (const [name] of files)
    expect(await collectFrom(await readFile(join(fixtures, name)))).toEqual(
      await collectFrom(join(fixtures, name)),
    );
});

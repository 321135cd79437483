import { describe, expect, test } from 'vitest';
import { collect, signed } from './collect.ts';

/** A file of one account around the records, with control totals that add up. */
function file(
  records: string[],
  {
    total,
    currency = 'USD',
    group = '1',
    first = '03,9911,,010,1000,,,015,1000,,/',
  }: { total: number; currency?: string; group?: string; first?: string },
): string {
  const count = [first, ...records].join('\n').split('\n').length;
  return [
    '01,0210,ACME,261120,0630,1,80,,2/',
    `02,ACME,0210,${group},261119,2359,${currency},2/`,
    first,
    ...records,
    `49,${total},${count + 1}/`,
    `98,${total},1,${count + 3}/`,
    `99,${total},1,${count + 5}/`,
    '',
  ].join('\n');
}
const money = async (record: string, total: number) => {
  const read = await collect(file([record], { total }));
  expect(read.problems).toEqual([]);
  return read.lines[0]!;
};

describe('transactions', () => {
  test.for<[string, string, Record<string, unknown>]>([
    [
      'funds type Z',
      '16,195,500,Z,B1,C1,TEXT',
      { bankReference: 'B1', reference: 'C1', text: 'TEXT', valueOn: null },
    ],
    ['no funds type', '16,195,500,,B1,,TEXT/', { bankReference: 'B1', reference: null, text: 'TEXT' }],
    ['funds type S', '16,195,500,S,100,200,200,B1,C1,TEXT', { bankReference: 'B1', reference: 'C1' }],
    [
      'funds type V with and without a time',
      '16,195,500,V,261121,,B1,C1,TEXT',
      { valueOn: '2026-11-21', bankReference: 'B1', reference: 'C1' },
    ],
    [
      'funds type D',
      '16,195,500,D,2,0,200,1,300,B1,C1,TEXT',
      { bankReference: 'B1', reference: 'C1', text: 'TEXT' },
    ],
    ['commas and slashes in the text', '16,195,500,Z,B1,C1,A/B, C, D/E', { text: 'A/B, C, D/E' }],
    [
      'text on the next line only',
      '16,195,500,Z,B1,C1/\n88,TEXT, MORE/',
      { reference: 'C1', text: 'TEXT, MORE' },
    ],
    [
      'fields broken over two lines',
      '16,195,500,S,100/\n88,200,200,B1,C1,TEXT',
      { bankReference: 'B1', reference: 'C1', text: 'TEXT' },
    ],
    [
      'text over three lines',
      '16,195,500,Z,B1,C1,ONE\n88,TWO/THREE\n88,FOUR',
      { text: 'ONE\nTWO/THREE\nFOUR' },
    ],
    ['padded to the block', '16,195,500,Z,B1,C1,TEXT     /          ', { text: 'TEXT' }],
  ])('%s', async ([, record, expected]) => {
    expect(await money(record, 2500)).toMatchObject({
      amount: '5.00',
      direction: 'credit',
      bookedOn: '2026-11-19',
      code: '195',
      ...expected,
    });
  });

  test.for([
    ['115', 'credit'],
    ['399', 'credit'],
    ['451', 'debit'],
    ['698', 'debit'],
    ['925', 'credit'],
    ['975', 'debit'],
  ])('type %s is a %s', async ([code, direction]) => {
    expect((await money(`16,${code},500,Z,,,`, 2500)).direction).toBe(direction);
  });

  test.for(['010', '100', '400', '905', '890'])('type %s is no transaction', async (code) => {
    const read = await collect(file([`16,${code},500,Z,,,`], { total: 2500 }));
    expect(read.lines).toEqual([]);
    expect(read.statements[0]!.warnings.join()).toContain(`type ${code}, which is no transaction`);
  });

  test('a returned item names its reason and its payer', async () => {
    const line = await money('16,555,500,Z,B1,,RETURN R01\n88,CRNM: Birch LLC\n88,EREF: E-9', 2500);
    expect(line).toMatchObject({
      direction: 'debit',
      returnReason: 'R01',
      payerName: 'Birch LLC',
      endToEndId: 'E-9',
    });
  });

  test('the originator is read up to the next label', async () => {
    const line = await money(
      '16,165,500,Z,B1,,ORIG CO NAME:BIRCH LANE STUDIO LLC ORIG ID:9000 DESC DATE:261119',
      2500,
    );
    expect(line.payerName).toBe('BIRCH LANE STUDIO LLC');
    expect(line.text).toContain('ORIG ID:9000');
  });

  test('a bad record is named and keeps its place', async () => {
    const read = await collect(file(['16,195,5.00,Z,,,', '16,195,500,Z,B2,,'], { total: 2500 }));
    expect(read.problems).toEqual([
      { line: 4, reason: expect.stringContaining('"5.00" is not an amount in whole minor units') },
    ]);
    expect(read.lines).toMatchObject([{ ordinal: 2, bankReference: 'B2' }]);
  });
});

describe('control', () => {
  test('opening and lines are closing, in the currency of the group', async () => {
    const read = await collect(
      file(['16,195,500,Z,,,'], { total: 3000, currency: 'JPY', first: '03,9911,,010,1000,,,015,1500,,/' }),
    );
    expect(read.statements[0]).toMatchObject({
      currency: 'JPY',
      openingBalance: '1000',
      closingBalance: '1500',
      difference: '0',
      warnings: [],
    });
  });

  test('totals and counts that do not agree are said', async () => {
    const read = await collect(
      file(['16,195,500,Z,,,'], { total: 2500 }).replace('49,2500,3/', '49,2600,4/'),
    );
    expect(read.statements[0]!.warnings).toEqual(
      expect.arrayContaining([
        'the amounts add up to 25.00, the control total says 26.00',
        '3 records were read, record 49 says 4',
        'the account totals of the group add up to 26.00, the control total says 25.00',
      ]),
    );
  });

  test('a file without its end proves nothing', async () => {
    const whole = file(['16,195,500,Z,,,'], { total: 2500 });
    const read = await collect(whole.slice(0, whole.indexOf('99,')));
    expect(read.problems[0]!.reason).toContain('may be cut off');
    expect(read.statements[0]!.difference).toBeNull();
    expect(signed(read.lines)).toEqual(['5.00']);
  });

  test.for([
    ['2', 'deletion'],
    ['4', 'test'],
  ])('a group of status %s is a %s, and its lines are no money', async ([status, word]) => {
    const read = await collect(file(['16,195,500,Z,,,'], { total: 2500, group: status! }));
    expect(read.lines[0]!.booked).toBe(false);
    expect(read.statements[0]!.warnings.join()).toContain(word);
  });

  test('summaries with funds types, empty codes and continuations', async () => {
    const first = '03,9911,USD,,,,,010,1000,,,100,500,1,V,261119,,072,100/\n88,,D,1,0,100,015,1500,,/';
    const read = await collect(file(['16,195,500,Z,B1,,'], { total: 3600, first }));
    expect(read.statements[0]).toMatchObject({
      openingBalance: '10.00',
      closingBalance: '15.00',
      difference: '0.00',
      warnings: [],
    });
  });
});

describe('blocks', () => {
  const whole = file(['16,195,500,Z,B1,C1,ONE/', '88,TWO/'], { total: 2500 });

  test('of eighty characters without line ends', async () => {
    const blocks = whole
      .trimEnd()
      .split('\n')
      .map((line) => line.padEnd(80))
      .join('');
    expect(await collect(blocks)).toMatchObject({
      problems: [],
      lines: [{ amount: '5.00', text: 'ONE\nTWO' }],
    });
  });

  test('records one after the other without line ends', async () => {
    const joined = whole.trimEnd().replaceAll('\n', '');
    expect(await collect(joined)).toMatchObject({
      problems: [],
      lines: [{ amount: '5.00', text: 'ONE\nTWO' }],
    });
  });

  test('with the line ends of other systems', async () => {
    for (const end of ['\r\n', '\r'])
      expect((await collect(whole.replaceAll('\n', end))).lines).toHaveLength(1);
  });
});

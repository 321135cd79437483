import { describe, expect, test } from 'vitest';
import { collect, signed } from './collect.ts';

const rows = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('amounts', () => {
  test.for<[string, string[], string[]]>([
    ['a decimal comma and points between thousands', ['1.234,50', '-10,00'], ['1234.50', '-10.00']],
    ['apostrophes between thousands', ["1'234.50", '-10.00'], ['1234.50', '-10.00']],
    ['blanks between thousands', ['1 234,50', '-10,00'], ['1234.50', '-10.00']],
    ['brackets', ['1,234.50', '(10.00)'], ['1234.50', '-10.00']],
    ['a minus behind', ['1,234.50', '10.00-'], ['1234.50', '-10.00']],
    ['CR and DR behind', ['1,234.50 CR', '10.00 DR'], ['1234.50', '-10.00']],
    ['S and H behind', ['1.234,50 H', '10,00 S'], ['1234.50', '-10.00']],
    ['a sign of currency', ['€1,234.50', '-€10.00'], ['1234.50', '-10.00']],
    ['a plus', ['+1234.50', '-10.00'], ['1234.50', '-10.00']],
  ])('%s', async ([, amounts, expected]) => {
    const read = await collect(
      rows('Date;Description;Amount;Currency', ...amounts.map((amount) => `2026-11-19;x;${amount};EUR`)),
    );
    expect(read.problems).toEqual([]);
    expect(signed(read.lines)).toEqual(expected);
  });

  test.for<[string, string, string[]]>([
    [
      'debit and credit columns',
      'Datum;Text;Soll;Haben\n19.11.2026;a;;1.000,00\n19.11.2026;b;10,00;',
      ['1000.00', '-10.00'],
    ],
    [
      'debits that carry their minus',
      'Date;Libellé;Débit;Crédit\n19/11/2026;a;;1 000,00\n19/11/2026;b;-10,00;',
      ['1000.00', '-10.00'],
    ],
    [
      'zeros in the other column',
      'Fecha;Concepto;Cargo;Abono\n19/11/2026;a;0,00;1.000,00\n19/11/2026;b;10,00;0,00',
      ['1000.00', '-10.00'],
    ],
    [
      'a word in its own column',
      'Datum;Mededelingen;Af Bij;Bedrag (EUR)\n20261119;a;Bij;1000,00\n20261119;b;Af;10,00',
      ['1000.00', '-10.00'],
    ],
    [
      'S and H in a nameless column',
      'Buchungstag;Verwendungszweck;Umsatz; \n19.11.2026;a;1.000,00;H\n19.11.2026;b;10,00;S',
      ['1000.00', '-10.00'],
    ],
    [
      'a word beside a signed amount',
      'Date,Description,Amount,Dr/Cr\n2026-11-19,a,1000.00,CR\n2026-11-19,b,-10.00,DR',
      ['1000.00', '-10.00'],
    ],
  ])('%s', async ([, text, expected]) => {
    const read = await collect(`${text}\n`);
    expect(read.problems).toEqual([]);
    expect(signed(read.lines)).toEqual(expected);
  });

  test('the running balance proves that a card writes money out above zero', async () => {
    const read = await collect(
      rows(
        'Date,Description,Amount,Balance',
        '2026-11-17,hotel,300.00,-300.00',
        '2026-11-18,paid,-200.00,-100.00',
        '2026-11-19,taxi,45.00,-145.00',
        '2026-11-20,meal,5.00,-150.00',
      ),
    );
    expect(signed(read.lines)).toEqual(['-300.00', '200.00', '-45.00', '-5.00']);
    expect(read.csvMap!.inverted).toBe(true);
    expect(read.csvMap!.doubts.join()).toContain('turned around: confirm it');
    expect(read.statements[0]).toMatchObject({ openingBalance: '0.00', closingBalance: '-150.00' });
  });

  test('a balance that breaks is said with its line, and the difference with it', async () => {
    const good = Array.from({ length: 12 }, (_, n) => `2026-11-${10 + n},x,1.00,${n + 1}.00`);
    const read = await collect(rows('Date,Description,Amount,Balance', ...good.filter((_, n) => n !== 5)));
    expect(read.statements[0]!.warnings).toContain(
      'line 7: the balance does not follow from the row before it',
    );
    expect(read.statements[0]!.difference).toBe('-1.00');
  });

  test('amounts without any sign are doubted', async () => {
    const read = await collect(rows('Date,Description,Amount', '2026-11-19,a,5.00'));
    expect(read.csvMap!.doubts.join()).toContain('no amount carries a sign');
  });
});

describe('days', () => {
  const day = async (...days: string[]) => {
    const read = await collect(rows('Date,Description,Amount', ...days.map((each) => `${each},x,-1.00`)));
    return [read.csvMap!.dateOrder, ...read.lines.map(({ bookedOn }) => bookedOn)];
  };

  test('the order shows where a number is above twelve', async () => {
    expect(await day('11/10/2026', '11/19/2026')).toEqual(['mdy', '2026-11-10', '2026-11-19']);
    expect(await day('10/11/2026', '19/11/2026')).toEqual(['dmy', '2026-11-10', '2026-11-19']);
  });

  test('else the one in which the rows run one way', async () => {
    expect(await day('01/11/2026', '01/12/2026', '02/03/2026')).toEqual([
      'mdy',
      '2026-01-11',
      '2026-01-12',
      '2026-02-03',
    ]);
  });

  test('else it is doubted', async () => {
    const read = await collect(rows('Date,Description,Amount', '03/04/2026,x,-1.00'));
    expect(read.csvMap!.doubts.join()).toContain('every day fits both orders');
  });

  test('names of months in five languages, and years of two digits', async () => {
    expect(
      await day('19 Nov 2026', '20 décembre 2026', '3. März 2026', '4 ene 2026', '5 mei 2026', '6.11.26'),
    ).toEqual(['dmy', '2026-11-19', '2026-12-20', '2026-03-03', '2026-01-04', '2026-05-05', '2026-11-06']);
  });

  test('a day that does not exist is named, and the rest is read', async () => {
    const read = await collect(rows('Date,Description,Amount', '2026-02-30,x,-1.00', '2026-03-01,y,-2.00'));
    expect(read.problems).toEqual([{ line: 2, reason: '"2026-02-30" is not a day' }]);
    expect(read.lines).toMatchObject([{ amount: '2.00', ordinal: 2, fileLine: 3 }]);
  });
});

describe('layout', () => {
  test('lines above the header give account, currency and closing balance', async () => {
    const read = await collect(
      rows(
        '"Girokonto";"DE02120300000000202051"',
        '"Kontostand vom 20.11.2026:";"90,00 EUR"',
        '',
        '"Buchungsdatum";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"IBAN";"Betrag (€)"',
        '"19.11.26";"Gebucht";"Kunde GmbH";"Wir";"INV-1";"DE75512108001245126199";"100,00"',
        '"18.11.26";"Gebucht";"Wir";"Vermieter";"Miete";"DE12500105170648489890";"-10,00"',
        '"20.11.26";"Vorgemerkt";"Wir";"Laden";"x";"";"-5,00"',
      ),
    );
    expect(read.statements).toMatchObject([
      { account: 'DE02120300000000202051', currency: 'EUR', closingBalance: '90.00' },
    ]);
    expect(
      read.lines.map(({ payerName, payerAccount, booked }) => [payerName, payerAccount, booked]),
    ).toEqual([
      ['Kunde GmbH', 'DE75512108001245126199', true],
      ['Vermieter', 'DE12500105170648489890', true],
      ['Laden', null, false],
    ]);
  });

  test('sep=, a byte order mark, quoted delimiters and line breaks', async () => {
    const read = await collect(`\ufeffsep=;\r\nDate;Description;Amount\r\n2026-11-19;"a; b\r\nc";-1,00\r\n`);
    expect(read.lines).toMatchObject([{ text: 'a; b c', amount: '1.00', fileLine: 3 }]);
    expect(read.csvMap).toMatchObject({ delimiter: ';', headerLine: 2, decimalMark: ',' });
  });

  test('totals and carried balances are no lines', async () => {
    const read = await collect(
      rows(
        'Date,Description,Amount,Balance',
        '2026-11-01,Opening balance,,100.00',
        '2026-11-02,a,5.00,105.00',
        '2026-11-03,b,-1.00,104.00',
        ',Total,4.00,',
        'Closing balance,,,104.00',
      ),
    );
    expect(read.problems).toEqual([]);
    expect(signed(read.lines)).toEqual(['5.00', '-1.00']);
    expect(read.statements[0]).toMatchObject({ closingBalance: '104.00' });
  });

  test('every column with words goes into the text', async () => {
    const read = await collect(
      rows('Datum;Buchungstext;Verwendungszweck;Betrag', '19.11.2026;GUTSCHRIFT;INV-1;5,00'),
    );
    expect(read.lines[0]!.text).toBe('INV-1\nGUTSCHRIFT');
  });

  test('an account column with gaps is that of the other side, and a row with a bad day is named', async () => {
    const read = await collect(
      rows(
        'Buchungstag;Auftraggeber;Verwendungszweck;IBAN;Betrag;Währung',
        '19.11.2026;Acme GmbH;RE 118;DE75512108001245126199;1.250,40;EUR',
        '20.11.2026;Bank;Kontoführung;;-12,00;EUR',
        'kaputt;x;y;;abc;EUR',
      ),
    );
    expect(read.statements.map(({ account, lines }) => [account, lines.length])).toEqual([['unknown', 2]]);
    expect(read.statements[0]!.lines[0]!.payerAccount).toBe('DE75512108001245126199');
    expect(read.problems.map(({ line }) => line)).toEqual([4]);
  });

  test('several accounts are several statements', async () => {
    const read = await collect(
      rows('Own account,Date,Description,Amount', 'A1234,2026-11-19,x,-1.00', 'B1234,2026-11-19,y,-2.00'),
    );
    expect(read.statements.map(({ account, lines }) => [account, lines.length])).toEqual([
      ['A1234', 1],
      ['B1234', 1],
    ]);
  });

  test('a quote that is never closed costs its own line only', async () => {
    const read = await collect(
      rows('Date,Description,Amount', '2026-11-19,"open,-1.00', '2026-11-20,b,-2.00', '2026-11-21,c,-3.00'),
    );
    expect(read.problems.map(({ line }) => line)).toEqual([2]);
    expect(signed(read.lines)).toEqual(['-2.00', '-3.00']);
  });

  test('a last line that is cut off is named', async () => {
    const read = await collect('Date,Description,Amount\n2026-11-19,a,-1.00\n2026-11-20,b,-12.3');
    expect(read.problems).toEqual([{ line: 3, reason: expect.stringContaining('cut off') }]);
  });
});

describe('a map that was confirmed', () => {
  const text = rows('When|What|How much', '03/04/2026|x|1,234', '05/04/2026|y|-2,000');
  const map = {
    delimiter: '|',
    encoding: 'utf-8',
    headerLine: 1,
    dateOrder: 'mdy',
    decimalMark: ',',
    columns: { bookedOn: 'When', text: 'What', amount: 'How much' },
    doubts: [],
    account: '77',
    currency: 'KWD',
  } as const;

  test('is used instead of guessing', async () => {
    const read = await collect(text, map);
    expect(read.statements[0]).toMatchObject({ account: '77', currency: 'KWD' });
    expect(signed(read.lines)).toEqual(['1.234', '-2.000']);
    expect(read.lines.map(({ bookedOn }) => bookedOn)).toEqual(['2026-03-04', '2026-05-04']);
    expect(read.csvMap).toMatchObject(map);
  });

  test('is refused where the file has other columns', async () => {
    await expect(collect(text, { ...map, columns: { ...map.columns, amount: 'Amount' } })).rejects.toThrow(
      /has no column "Amount"/,
    );
  });

  test('what was guessed reads the file alike when it is given back', async () => {
    const file = rows(
      'Datum;Verwendungszweck;Betrag;Saldo',
      '19.11.2026;a;5,00;15,00',
      '18.11.2026;b;-1,00;10,00',
      '17.11.2026;c;1,00;11,00',
    );
    const guessed = await collect(file);
    const given = await collect(file, guessed.csvMap!);
    expect(given.statements).toEqual(guessed.statements);
  });
});

import { describe, expect, test } from 'vitest';
import { collect, signed } from './collect.ts';

const statement = (
  list: string,
  { head = '', currency = 'USD', balance = '<LEDGERBAL><BALAMT>10.00<DTASOF>20261119</LEDGERBAL>' } = {},
) =>
  `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>${head}<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>${currency}<BANKACCTFROM><ACCTID>9911</BANKACCTFROM><BANKTRANLIST>\n${list}</BANKTRANLIST>${balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
const trn = (leaves: string, type = 'OTHER') =>
  `<STMTTRN><TRNTYPE>${type}<DTPOSTED>20261119<FITID>F1${leaves}</STMTTRN>\n`;
const first = async (leaves: string, type?: string) =>
  (await collect(statement(trn(leaves, type)))).lines[0]!;

describe('transactions', () => {
  test.for([
    ['12.50', '12.50'],
    ['+12.5', '12.50'],
    ['-12,50', '-12.50'],
    ['-1,234.50', '-1234.50'],
    ['1.234,50', '1234.50'],
    ['12.5000', '12.50'],
    ['7', '7.00'],
  ])('the amount %s is %s', async ([written, expected]) => {
    expect(signed([await first(`<TRNAMT>${written}`)])).toEqual([expected]);
  });

  test.for(['$12', '1,234', '12.505', '', '1e3'])(
    'the amount "%s" is named, not guessed',
    async (written) => {
      const read = await collect(statement(`${trn(`<TRNAMT>${written}<NAME>A`)}${trn('<TRNAMT>1.00')}`));
      expect(read.problems).toMatchObject([{ line: 8 }]);
      expect(read.lines).toMatchObject([{ amount: '1.00', ordinal: 2 }]);
    },
  );

  test('the day is the one written, with time and zone', async () => {
    const read = await collect(
      statement(trn('<TRNAMT>1.00').replace('20261119', '20261119233000.123[-5:EST]')),
    );
    expect(read.lines[0]!.bookedOn).toBe('2026-11-19');
  });

  test('entities, sections and every memo are kept', async () => {
    const line = await first('<TRNAMT>1.00<NAME>A &amp; B<MEMO><![CDATA[INV-1 <x> ]]><MEMO>INV&#45;2 & more');
    expect(line).toMatchObject({ payerName: 'A & B', text: 'INV-1 <x> INV-2 & more' });
  });

  test('payee, other account, cheque and reference', async () => {
    const line = await first(
      '<TRNAMT>-1.00<CHECKNUM>2231<REFNUM>R-1<PAYEE><NAME>Landlord<ADDR1>x</PAYEE><BANKACCTTO><BANKID>1<ACCTID>777</BANKACCTTO><MEMO>rent',
    );
    expect(line).toMatchObject({
      payerName: 'Landlord',
      payerAccount: '777',
      reference: 'R-1',
      text: 'rent\nCheque 2231',
      bankReference: 'F1',
    });
    expect((await first('<TRNAMT>-1.00<CHECKNUM>0')).reference).toBeNull();
  });

  test('a currency of its own is the currency of the line', async () => {
    const read = await collect(
      statement(trn('<TRNAMT>1500<CURRENCY><CURRATE>0.0066<CURSYM>JPY</CURRENCY><MEMO>x')),
    );
    expect(read.lines[0]).toMatchObject({ amount: '1500', currency: 'JPY', text: 'x' });
    expect(read.statements[0]!.warnings.join()).toContain('not all lines are in USD');
  });

  test('a currency that is written as a leaf does not hide what follows', async () => {
    expect(await first('<TRNAMT>1.00<CURRENCY>USD<NAME>Payer<MEMO>x')).toMatchObject({
      payerName: 'Payer',
      text: 'x',
    });
  });

  test('holds and pending transactions are not booked', async () => {
    expect((await first('<TRNAMT>1.00', 'HOLD')).booked).toBe(false);
    const pending = await collect(
      statement('').replace(
        '</BANKTRANLIST>',
        '</BANKTRANLIST><BANKTRANLISTP><STMTTRNP><TRNTYPE>CREDIT<DTTRAN>20261119<TRNAMT>2.00<NAME>P</STMTTRNP></BANKTRANLISTP>',
      ),
    );
    expect(pending.lines).toMatchObject([{ amount: '2.00', booked: false }]);
  });

  test('a type against its sign and a correction are said', async () => {
    const read = await collect(
      statement(trn('<TRNAMT>5.00', 'DEBIT') + trn('<TRNAMT>1.00<CORRECTFITID>F0<CORRECTACTION>DELETE')),
    );
    expect(read.lines.map(({ direction, booked }) => `${direction} ${booked}`)).toEqual([
      'credit true',
      'credit false',
    ]);
    expect(read.statements[0]!.warnings).toEqual([
      expect.stringContaining('sign says the opposite'),
      expect.stringContaining('deletes the earlier transaction F0'),
    ]);
  });

  test('a transaction that is not closed ends where the next begins', async () => {
    const read = await collect(
      statement(
        trn('<TRNAMT>1.00').replace('</STMTTRN>', '') + trn('<TRNAMT>2.00').replace('</STMTTRN>', ''),
      ),
    );
    expect(signed(read.lines)).toEqual(['1.00', '2.00']);
    expect(read.statements[0]!.closingBalance).toBe('10.00');
  });
});

describe('statements', () => {
  test('a bank and a card account in one file', async () => {
    const card =
      '<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>4111</CCACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261119<TRNAMT>-3.00<FITID>C1</STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>';
    const read = await collect(statement(trn('<TRNAMT>1.00')).replace('</OFX>', card));
    expect(
      read.statements.map(({ account, currency, closingBalance }) => [account, currency, closingBalance]),
    ).toEqual([
      ['9911', 'USD', '10.00'],
      ['4111', 'EUR', null],
    ]);
    expect(signed(read.lines)).toEqual(['1.00', '-3.00']);
  });

  test('Quicken files are told by their mark', async () => {
    const head = '<SIGNONMSGSRSV1><SONRS><INTU.BID>3000</SONRS></SIGNONMSGSRSV1>';
    expect((await collect(statement(trn('<TRNAMT>1.00'), { head }))).format).toBe('qfx');
  });

  test('the cash of an investment statement is read, its trades are not', async () => {
    const investment =
      '<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><ACCTID>77</INVACCTFROM><INVTRANLIST><DTSTART>20261101<DTEND>20261130' +
      '<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20261105</INVTRAN><TOTAL>-500.00</INVBUY></BUYSTOCK>' +
      '<INVBANKTRAN><STMTTRN><TRNTYPE>DEP<DTPOSTED>20261106<TRNAMT>25.00<FITID>2<NAME>DEPOSIT</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>';
    const read = await collect(investment);
    expect(signed(read.lines)).toEqual(['25.00']);
    expect(read.statements[0]!.warnings.join()).toContain('1 trades of securities were left out');
  });

  test('an error of one account does not hide the other', async () => {
    const error =
      '<STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Account closed</STATUS></STMTTRNRS></BANKMSGSRSV1>';
    const read = await collect(statement(trn('<TRNAMT>1.00')).replace('</BANKMSGSRSV1>', error));
    expect(read.lines).toHaveLength(1);
    expect(read.problems).toEqual([{ line: null, reason: 'Account closed (code 2000)' }]);
  });
});

import { describe, expect, test } from 'vitest';
import { collect, signed } from './collect.ts';

const amt = (text: string, currency = 'EUR', name = 'Amt') => `<${name} Ccy="${currency}">${text}</${name}>`;
const side = (mark: string) => `<CdtDbtInd>${mark}</CdtDbtInd>`;
const bal = (code: string, text: string, mark = 'CRDT', currency = 'EUR') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amt(text, currency)}${side(mark)}<Dt><Dt>2026-11-19</Dt></Dt></Bal>`;
const head = (text: string, mark: string, more = '<Sts><Cd>BOOK</Cd></Sts>') =>
  `${amt(text)}${side(mark)}${more}<BookgDt><Dt>2026-11-19</Dt></BookgDt>`;
const ntry = (inner: string) => `<Ntry>${inner}</Ntry>`;
const details = (...inner: string[]) =>
  `<NtryDtls>${inner.map((each) => `<TxDtls>${each}</TxDtls>`).join('')}</NtryDtls>`;
const statement = (inner: string, kind: [string, string] = ['BkToCstmrStmt', 'Stmt']) =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.13"><${kind[0]}><${kind[1]}><Id>S1</Id><CreDtTm>2026-11-20T00:30:00+01:00</CreDtTm><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${inner}</${kind[1]}></${kind[0]}></Document>`;
const party = (role: string, name: string, iban?: string) =>
  `<${role}><Nm>${name}</Nm></${role}>${iban ? `<${role}Acct><Id><IBAN>${iban}</IBAN></Id></${role}Acct>` : ''}`;
const first = async (inner: string) => (await collect(statement(ntry(inner)))).lines[0]!;

describe('kinds', () => {
  test.for<[string, [string, string], string]>([
    ['a report', ['BkToCstmrAcctRpt', 'Rpt'], 'camt.052'],
    ['a statement', ['BkToCstmrStmt', 'Stmt'], 'camt.053'],
    ['a notification', ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'], 'camt.054'],
    ['a report of version 1', ['BkToCstmrAcctRptV01', 'Rpt'], 'camt.052'],
  ])('%s is told from its root, whatever the namespace', async ([, kind, format]) => {
    const read = await collect(statement(ntry(head('1.00', 'CRDT')), kind));
    expect(read.format).toBe(format);
    expect(signed(read.lines)).toEqual(['1.00']);
  });

  test('pending and informational entries are shown and not counted', async () => {
    const read = await collect(
      statement(
        bal('OPBD', '10.00') +
          bal('CLBD', '11.00') +
          ntry(head('1.00', 'CRDT')) +
          ntry(head('5.00', 'CRDT', '<Sts>PDNG</Sts>')) +
          ntry(head('7.00', 'DBIT', '<Sts><Cd>INFO</Cd></Sts>')),
      ),
    );
    expect(read.lines.map(({ booked }) => booked)).toEqual([true, false, false]);
    expect(read.statements[0]!.difference).toBe('0.00');
  });
});

describe('signs', () => {
  test('a reversed credit is money out, a reversed debit money in', async () => {
    const flag = '<RvslInd>true</RvslInd><Sts>BOOK</Sts>';
    const read = await collect(
      statement(ntry(head('3.00', 'DBIT', flag)) + ntry(head('4.00', 'CRDT', flag))),
    );
    expect(signed(read.lines)).toEqual(['-3.00', '4.00']);
    expect(read.lines.every(({ reversal }) => reversal)).toBe(true);
  });

  test('an overdraft has a negative balance, and what does not add up is said', async () => {
    const read = await collect(
      statement(bal('PRCD', '10.00', 'DBIT') + bal('CLBD', '5.00', 'DBIT') + ntry(head('4.99', 'CRDT'))),
    );
    expect(read.statements[0]).toMatchObject({
      openingBalance: '-10.00',
      closingBalance: '-5.00',
      difference: '-0.01',
    });
    expect(read.statements[0]!.warnings[0]).toMatch(/opening -10\.00 and lines of 4\.99 do not make -5\.00/);
  });

  test('transactions of both directions inside one entry keep their own', async () => {
    const read = await collect(
      statement(
        bal('OPBD', '0.00') +
          bal('CLBD', '90.00') +
          ntry(head('90.00', 'CRDT') + details(amt('100.00') + side('CRDT'), amt('10.00') + side('DBIT'))),
      ),
    );
    expect(signed(read.lines)).toEqual(['100.00', '-10.00']);
    expect(read.statements[0]!.difference).toBe('0.00');
  });

  test('a bank that marks every transaction of a debit entry as credit is not believed', async () => {
    const read = await collect(
      statement(ntry(head('6.00', 'DBIT') + details(amt('2.00') + side('CRDT'), amt('4.00') + side('CRDT')))),
    );
    expect(signed(read.lines)).toEqual(['-2.00', '-4.00']);
  });
});

describe('batches', () => {
  test('amounts as version 2 writes them, below AmtDtls', async () => {
    const tx = (text: string) => `<AmtDtls><TxAmt>${amt(text)}</TxAmt></AmtDtls>`;
    const read = await collect(statement(ntry(head('3.00', 'CRDT') + details(tx('1.00'), tx('2.00')))));
    expect(signed(read.lines)).toEqual(['1.00', '2.00']);
  });

  test('transactions without amounts, or of another sum, leave the entry as one line with all their words', async () => {
    const words = (text: string) => `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`;
    for (const pair of [
      [words('INV-1'), words('INV-2')],
      [amt('1.00') + words('INV-1'), amt('1.50') + words('INV-2')],
    ]) {
      const read = await collect(
        statement(bal('OPBD', '0') + bal('CLBD', '3') + ntry(head('3.00', 'CRDT') + details(...pair))),
      );
      expect(signed(read.lines)).toEqual(['3.00']);
      expect(read.lines[0]!.text).toBe('INV-1\nINV-2');
      expect(read.statements[0]!.warnings.join()).toMatch(/2 transactions of the entry .* taken as one line/);
      expect(read.statements[0]!.difference).toBe('0.00');
    }
  });

  test('a count or total of the batch that is not so is said', async () => {
    const batch = `<NtryDtls><Btch><NbOfTxs>3</NbOfTxs>${amt('9.00', 'EUR', 'TtlAmt')}</Btch><TxDtls>${amt('3.00')}</TxDtls></NtryDtls>`;
    const read = await collect(statement(ntry(head('3.00', 'CRDT') + batch)));
    expect(read.statements[0]!.warnings).toEqual([
      expect.stringContaining('says 3 transactions, 1 are there'),
      expect.stringContaining('says 9.00, its entry 3.00'),
    ]);
  });

  test('the summary of the statement is checked', async () => {
    const summary =
      '<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>5.00</Sum></TtlCdtNtries></TxsSummry>';
    const read = await collect(statement(summary + ntry(head('3.00', 'CRDT'))));
    expect(read.statements[0]!.warnings.join()).toContain(
      '1 credit entries of 3.00 were read, the summary says 2 of 5.00',
    );
  });
});

describe('fields', () => {
  test('the other side, the ultimate debtor in the text, and structured remittance', async () => {
    const line = await first(
      head('85.00', 'CRDT') +
        details(
          `<Refs><EndToEndId>E-1</EndToEndId></Refs><RltdPties>${party('Dbtr', 'Payer GmbH', 'de75 5121 0800 1245 1261 99')}<UltmtDbtr><Nm>Child AG</Nm></UltmtDbtr>${party('Cdtr', 'Us')}</RltdPties>
          <RmtInf><Ustrd>Invoice  10</Ustrd><Ustrd>and 11</Ustrd>
          <Strd><RfrdDocInf><Nb>10</Nb></RfrdDocInf><RfrdDocAmt>${amt('100.00', 'EUR', 'DuePyblAmt')}${amt('98.00', 'EUR', 'RmtdAmt')}</RfrdDocAmt><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>
          <Strd><RfrdDocInf><Nb>CN-1</Nb></RfrdDocInf><RfrdDocAmt>${amt('13.00', 'EUR', 'CdtNoteAmt')}</RfrdDocAmt><AddtlRmtInf>damaged</AddtlRmtInf></Strd></RmtInf>`,
        ),
    );
    expect(line).toMatchObject({
      payerName: 'Payer GmbH',
      payerAccount: 'DE75512108001245126199',
      endToEndId: 'E-1',
      reference: 'RF18539007547034 10 CN-1',
      text: 'Invoice 10\nand 11\ndamaged\nChild AG',
      remittance: [
        { document: '10', amount: '98.00' },
        { document: 'CN-1', amount: '-13.00' },
      ],
    });
  });

  test('of money out the creditor is the other side', async () => {
    const line = await first(
      head('1.00', 'DBIT') +
        details(`<RltdPties>${party('Dbtr', 'Us')}${party('Cdtr', 'Landlord')}</RltdPties>`),
    );
    expect(line.payerName).toBe('Landlord');
  });

  test('a return names its reason, and the party that is not ourselves', async () => {
    const own = 'DE02120300000000202051';
    const line = await first(
      head('12.00', 'DBIT') +
        details(
          `<RltdPties>${party('Dbtr', 'Customer', 'DE75512108001245126199')}${party('Cdtr', 'Us', own)}</RltdPties><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account closed</AddtlInf></RtrInf>`,
        ),
    );
    expect(line).toMatchObject({ payerName: 'Customer', returnReason: 'AC04', direction: 'debit' });
    expect(line.text).toContain('account closed');
  });

  test('charges, and what was instructed in another currency', async () => {
    const line = await first(
      head('99.00', 'CRDT') +
        details(
          `${amt('99.00')}<AmtDtls><InstdAmt>${amt('110.00', 'USD')}</InstdAmt><TxAmt>${amt('100.00')}</TxAmt></AmtDtls><Chrgs><Rcrd>${amt('1.00')}</Rcrd></Chrgs>`,
        ),
    );
    expect(line).toMatchObject({
      amount: '99.00',
      charges: '1.00',
      instructed: { amount: '110.00', currency: 'USD' },
    });
  });

  test('the day of a time is the day as the bank writes it, and a missing one is that of the statement', async () => {
    const read = await collect(
      statement(
        ntry(`${amt('1.00')}${side('CRDT')}<BookgDt><DtTm>2026-11-19T00:15:00+02:00</DtTm></BookgDt>`) +
          ntry(amt('2.00') + side('CRDT')),
      ),
    );
    expect(read.lines.map(({ bookedOn }) => bookedOn)).toEqual(['2026-11-19', '2026-11-20']);
    expect(read.statements[0]!.warnings.join()).toContain('has no booking day');
  });
});

describe('bad entries', () => {
  test.for<[string, string, RegExp]>([
    ['an amount that is none', head('1.0O', 'CRDT'), /"1\.0O" is not an amount/],
    ['more decimals than the currency has', head('1.005', 'CRDT'), /more decimals than EUR knows/],
    ['a negative amount', head('-1.00', 'CRDT'), /has a sign/],
    ['no direction', `${amt('1.00')}<BookgDt><Dt>2026-11-19</Dt></BookgDt>`, /neither CRDT nor DBIT/],
    [
      '30 February',
      `${amt('1.00')}${side('CRDT')}<BookgDt><Dt>2026-02-30</Dt></BookgDt>`,
      /"2026-02-30" is not a day/,
    ],
  ])('%s is named, and the rest is read', async ([, bad, reason]) => {
    const read = await collect(statement(`\n${ntry(bad)}\n${ntry(head('2.00', 'CRDT'))}`));
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]!.reason).toMatch(reason);
    expect(read.problems[0]!.line).toBe(2);
    expect(read.lines).toMatchObject([{ amount: '2.00', ordinal: 2, fileLine: 3 }]);
  });

  test('yen have no decimals, and an entry of zero is no money', async () => {
    const read = await collect(
      statement(
        ntry(`${amt('1500', 'JPY')}${side('CRDT')}<BookgDt><Dt>2026-11-19</Dt></BookgDt>`) +
          ntry(head('0.00', 'CRDT')),
      ).replace('<Ccy>EUR</Ccy>', ''),
    );
    expect(read.lines).toMatchObject([{ amount: '1500', currency: 'JPY' }]);
    expect(read.statements[0]!.warnings.join()).toContain('is of zero and was left out');
  });
});

/** The EUR account as ISO 20022 CAMT.053 version 8: one statement, one entry a payment. */
import type { Day } from '../../src/domain/calendar.ts';
import { toDecimal } from '../../src/domain/money.ts';
import { ownAccounts } from '../accounts.ts';
import { companyName } from '../team.ts';
import type { BankLine, BankStatement } from './lines.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const side = (minor: bigint): string => `<CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
const amount = (minor: bigint): string =>
  `<Amt Ccy="EUR">${toDecimal(minor < 0n ? -minor : minor, 'EUR')}</Amt>`;

const balance = (code: 'OPBD' | 'CLBD', minor: bigint, on: Day): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(minor)}${side(minor)}<Dt><Dt>${on}</Dt></Dt></Bal>`;

function details({ amountMinor, payerName, payerAccount, text, endToEndId }: BankLine): string {
  const account = payerAccount && `<DbtrAcct><Id><IBAN>${payerAccount}</IBAN></Id></DbtrAcct>`;
  return [
    '<NtryDtls><TxDtls>',
    `<Refs><EndToEndId>${endToEndId}</EndToEndId></Refs>`,
    amount(amountMinor) + side(amountMinor),
    `<RltdPties><Dbtr><Pty><Nm>${escaped(payerName)}</Nm></Pty></Dbtr>${account}</RltdPties>`,
    text && `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`,
    '</TxDtls></NtryDtls>',
  ].join('');
}

const entry = (line: BankLine, index: number): string =>
  [
    `<Ntry><NtryRef>${index + 1}</NtryRef>${amount(line.amountMinor)}${side(line.amountMinor)}`,
    '<Sts><Cd>BOOK</Cd></Sts>',
    `<BookgDt><Dt>${line.bookedOn}</Dt></BookgDt><ValDt><Dt>${line.bookedOn}</Dt></ValDt>`,
    `<AcctSvcrRef>${line.bankReference}</AcctSvcrRef>`,
    line.kind === 'fee'
      ? '<BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd>'
      : '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>',
    line.kind === 'fee' ? `<AddtlNtryInf>${line.text}</AddtlNtryInf>` : details(line),
    '</Ntry>',
  ].join('');

/** Keeps: closing = opening + the signed sum of the entries. */
export function camt053(statement: BankStatement): string {
  const { from, to, openingMinor, lines } = statement;
  const closing = lines.reduce((sum, { amountMinor }) => sum + amountMinor, openingMinor);
  const made = `${to}T21:30:00Z`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>DEMO-${to}</MsgId><CreDtTm>${made}</CreDtTm></GrpHdr>`,
    `<Stmt><Id>DEMO-EUR-${to}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>${made}</CreDtTm>`,
    `<FrToDt><FrDtTm>${from}T00:00:00Z</FrDtTm><ToDtTm>${to}T23:59:59Z</ToDtTm></FrToDt>`,
    `<Acct><Id><IBAN>${ownAccounts.EUR}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>${companyName}</Nm></Ownr></Acct>`,
    balance('OPBD', openingMinor, from),
    balance('CLBD', closing, to),
    ...lines.map(entry),
    '</Stmt></BkToCstmrStmt></Document>',
    '',
  ].join('\n');
}

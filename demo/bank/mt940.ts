/** The GBP account as SWIFT MT940: a statement a week, each one opening where the last one closed. */
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { toDecimal } from '../../src/domain/money.ts';
import { ownAccounts } from '../accounts.ts';
import type { BankLine, BankStatement } from './lines.ts';

const date = (day: Day): string => day.slice(2).replaceAll('-', '');
const absolute = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
/** MT940 has a comma for the decimal mark. */
const amount = (minor: bigint): string => toDecimal(absolute(minor), 'GBP').replace('.', ',');
const mark = (minor: bigint): string => (minor < 0n ? 'D' : 'C');

/** The characters SWIFT allows, in lines of 65, six at most. */
function information(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/&/g, '+')
    .replace(/[^A-Za-z0-9 /?:().,'+-]/g, '');
  return (plain.match(/.{1,65}/g) ?? ['']).slice(0, 6);
}

function transaction(line: BankLine): string[] {
  const code = line.kind === 'fee' ? 'NCHG' : 'NTRF';
  const reference = line.endToEndId === 'NOTPROVIDED' ? 'NONREF' : line.endToEndId;
  const text =
    line.kind === 'fee'
      ? line.text
      : `/ORDP/${line.payerName}${line.payerAccount && `/ACCT/${line.payerAccount}`}/REMI/${line.text}`;
  const [first, ...rest] = information(text);
  return [
    `:61:${date(line.bookedOn)}${date(line.bookedOn).slice(2)}${mark(line.amountMinor)}${amount(line.amountMinor)}${code}${reference}//${line.bankReference}`,
    `:86:${first}`,
    ...rest,
  ];
}

const balance = (tag: '60F' | '62F', minor: bigint, on: Day): string =>
  `:${tag}:${mark(minor)}${date(on)}GBP${amount(minor)}`;

export function mt940({ from, openingMinor, lines }: BankStatement): string {
  const out: string[] = [];
  let opening = openingMinor;
  for (let week = 0; week < 4; week += 1) {
    const first = addDays(from, week * 7);
    const last = addDays(first, 6);
    const own = lines.filter(({ bookedOn }) => bookedOn >= first && bookedOn <= last);
    const closing = own.reduce((sum, { amountMinor }) => sum + amountMinor, opening);
    out.push(
      `:20:DEMO${date(last)}`,
      `:25:${ownAccounts.GBP}`,
      `:28C:${week + 1}/1`,
      balance('60F', opening, first),
      ...own.flatMap(transaction),
      balance('62F', closing, last),
      '-',
    );
    opening = closing;
  }
  return [...out, ''].join('\r\n');
}

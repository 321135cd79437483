/** The USD account as BAI2: a group a day with its control totals. */
import type { Day } from '../../src/domain/calendar.ts';
import { ownAccounts } from '../accounts.ts';
import { groupedBy } from '../grouping.ts';
import type { BankLine, BankStatement } from './lines.ts';

const BANK = '000000000';
const CUSTOMER = 'DEMOCO';
const date = (day: Day): string => day.slice(2).replaceAll('-', '');
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^ -~]/g, '')
    .toUpperCase();

/** BAI2 type codes: 195 incoming transfer, 175 cheque deposit, 698 fees. */
const typeCode = ({ kind }: BankLine): string => ({ transfer: '195', cheque: '175', fee: '698' })[kind];
const absolute = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

const detail = (line: BankLine): string[] => {
  const customerReference = line.endToEndId === 'NOTPROVIDED' ? '' : line.endToEndId;
  const head = `16,${typeCode(line)},${absolute(line.amountMinor)},Z,${line.bankReference},${customerReference},`;
  if (line.kind === 'fee') return [`${head}${line.text}`];
  const origin = `${head}ORG:${plain(line.payerName)}`;
  return line.text ? [origin, `88,RFB:${plain(line.text)}`] : [origin];
};

type Group = { records: string[]; closingMinor: bigint; controlMinor: bigint };

function group(day: Day, lines: readonly BankLine[], openingMinor: bigint): Group {
  const credits = lines.filter(({ amountMinor }) => amountMinor > 0n);
  const debits = lines.filter(({ amountMinor }) => amountMinor < 0n);
  const sum = (of: readonly BankLine[]): bigint =>
    of.reduce((total, line) => total + absolute(line.amountMinor), 0n);
  const closingMinor = openingMinor + sum(credits) - sum(debits);
  const controlMinor = openingMinor + closingMinor + 2n * (sum(credits) + sum(debits));
  const account = [
    `03,${ownAccounts.USD},USD,010,${openingMinor},,,015,${closingMinor},,/`,
    `88,100,${sum(credits)},${credits.length},,400,${sum(debits)},${debits.length},/`,
    ...lines.flatMap(detail),
  ];
  return {
    closingMinor,
    controlMinor,
    records: [
      `02,${CUSTOMER},${BANK},1,${date(day)},2359,USD,2/`,
      ...account,
      `49,${controlMinor},${account.length + 1}/`,
      `98,${controlMinor},1,${account.length + 3}/`,
    ],
  };
}

/** Keeps: each group opens with the closing balance of the one before; the control totals add up. */
export function bai2({ to, openingMinor, lines }: BankStatement): string {
  const groups: Group[] = [];
  for (const [day, own] of groupedBy(lines, ({ bookedOn }) => bookedOn))
    groups.push(group(day, own, groups.at(-1)?.closingMinor ?? openingMinor));
  const records = groups.flatMap((each) => each.records);
  const control = groups.reduce((sum, { controlMinor }) => sum + controlMinor, 0n);
  return [
    `01,${BANK},${CUSTOMER},${date(to)},2200,1,,,2/`,
    ...records,
    `99,${control},${groups.length},${records.length + 2}/`,
    '',
  ].join('\n');
}

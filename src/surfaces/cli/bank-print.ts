/** What was in bank files, on a terminal: each statement in a few lines, its bookings only when asked for. */
import type { BankImport, ImportedLine, ImportedStatement } from '../../domain/cash/bank-import.ts';
import { formatAmount, parseDecimal, toDecimal } from '../../domain/money.ts';
import type { BankReading } from './cash-commands.ts';
import type { Streams } from './print.ts';
import { plain } from './render-text.ts';

const LINES_SHOWN = 10;
const ERRORS_SHOWN = 20;

const line = (text: string, indent = ''): string => `${indent}${plain(text).replace(/\s+/g, ' ').trim()}\n`;

const STATES: Readonly<Record<ImportedLine['state'], string>> = {
  new: '',
  known: ' (read before)',
  batch: ' (a batch; its parts are lines of their own)',
  pending: ' (not booked yet, shown only)',
};

function bookingLine(each: ImportedLine): string {
  const sign = each.direction === 'credit' ? '+' : '-';
  const who = each.payerName ?? each.payerAccount ?? 'no name';
  const what = [each.reference, each.text].filter(Boolean).join(' · ');
  const became =
    each.returned !== null ? `, takes back ${each.returned}` : each.payment ? ` [${each.payment}]` : '';
  return line(
    `${each.bookedOn} ${sign}${formatAmount(each.amount, each.currency)} ${who}${what ? `: ${what}` : ''}${each.reversal ? ' (reversal)' : ''}${STATES[each.state]}${became}`,
    '    ',
  );
}

/** "+1,200.00 USD in 3, -40.00 USD in 1": what was booked, each direction and currency by itself. */
function sums(lines: readonly ImportedLine[]): string {
  const found = new Map<string, { minor: bigint; count: number }>();
  for (const { direction, currency, amount, state } of lines) {
    if (state === 'pending' || state === 'batch') continue;
    const key = `${direction === 'credit' ? '+' : '-'}${currency}`;
    const sum = found.get(key) ?? { minor: 0n, count: 0 };
    found.set(key, { minor: sum.minor + parseDecimal(amount, currency), count: sum.count + 1 });
  }
  return [...found]
    .map(([key, { minor, count }]) => {
      const currency = key.slice(1);
      return `${key[0]}${formatAmount(toDecimal(minor, currency), currency)} in ${count}`;
    })
    .join(', ');
}

/** Whether opening + lines = closing. */
export function balanceText(of: ImportedStatement): string {
  const money = (amount: string) => formatAmount(amount, of.currency);
  if (of.openingBalance === null || of.closingBalance === null)
    return `balance: ${of.closingBalance === null ? 'none given, so it cannot be checked' : `closing ${money(of.closingBalance)}, no opening one, so it cannot be checked`}`;
  const from = `${money(of.openingBalance)} to ${money(of.closingBalance)}`;
  if (of.difference === null) return `balance: ${from}, not checked`;
  return /[1-9]/.test(of.difference)
    ? `BALANCE: ${from} does not add up with its lines: ${money(of.difference)} apart`
    : `balance: ${from}, adds up`;
}

function statementLines(of: ImportedStatement, options: { all: boolean; dryRun: boolean }): string[] {
  const days = of.fromOn || of.toOn ? `, ${of.fromOn ?? '?'} to ${of.toOn ?? '?'}` : '';
  const counts = [
    `${of.new} ${options.dryRun ? 'would be new' : 'new'}`,
    ...(of.known > 0 ? [`${of.known} read before`] : []),
    ...(of.sameMoney > 0 ? [`${of.sameMoney} the same money as known payments`] : []),
    ...(of.returned > 0 ? [`${of.returned} take a payment back`] : []),
  ].join(', ');
  const total = of.lines.length + of.omitted;
  const shown = options.all ? of.lines : of.lines.slice(0, LINES_SHOWN);
  const more = total - shown.length;
  return [
    line(
      `${of.file}: ${of.format}, account ${of.account}${of.number ? `, statement ${of.number}` : ''}${days}`,
    ),
    line(`${total} lines: ${counts}${sums(of.lines) ? `; ${sums(of.lines)}` : ''}`, '  '),
    line(balanceText(of), '  '),
    ...of.warnings.map((warning) => line(`note: ${warning}`, '  ')),
    ...shown.map(bookingLine),
    ...(more > 0 ? [`    ... and ${more} more; --all lists them, --json too\n`] : []),
  ];
}

export const errorText = ({ file, line: at, reason }: BankImport['errors'][number]): string =>
  at === null ? (reason.startsWith(file) ? reason : `${file}: ${reason}`) : `${file}, line ${at}: ${reason}`;

export function printBank(
  streams: Streams,
  output: BankReading,
  options: { all: boolean; dryRun: boolean },
): void {
  for (const each of output.statements) streams.out(statementLines(each, options).join(''));
  const { errors } = output;
  for (const each of errors.slice(0, ERRORS_SHOWN)) streams.out(line(errorText(each), '  '));
  if (errors.length > ERRORS_SHOWN)
    streams.out(`  ... and ${errors.length - ERRORS_SHOWN} more; --json lists them all\n`);
  for (const { file, map, confirmed } of output.csvMaps) {
    streams.err(
      line(
        `${file}: ${confirmed ? 'read as it was confirmed' : 'columns guessed'}: ${Object.entries(map.columns)
          .map(([meaning, header]) => `${meaning} = ${header}`)
          .join(', ')}; days ${map.dateOrder}, decimal ${map.decimalMark}`,
      ),
    );
    for (const doubt of map.doubts) streams.err(line(`check: ${doubt}`, '  '));
  }
  if (options.dryRun) streams.err('Nothing was stored. Without --dry-run it is.\n');
  else if (output.statements.some((each) => each.new > 0))
    streams.err('Now put it on invoices with: remy match\n');
}

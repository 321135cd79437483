/** Bank files, matching and what is remembered of payers, on a terminal. Counts and sums first, lines only so many. */
import { confidenceText, payerText } from '../../cards/application-blocks.ts';
import { matchListCard } from '../../cards/cash-list.ts';
import { reversedCard } from '../../cards/payer-card.ts';
import type {
  ListMatchesOutput,
  PayerMemoryOutput,
  ReplayOutput,
  ReversedApplication,
} from '../../domain/cash/answers.ts';
import type { MatchedPayment, MatchRun } from '../../domain/cash/applications.ts';
import { noMatchWords, placingText } from '../../domain/cash/placing-words.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Streams } from './print.ts';
import { plain, renderCard } from './render-text.ts';

const LINES_SHOWN = 20;

export const line = (text: string): string => `${plain(text).replace(/\s+/g, ' ').trim()}\n`;
const indented = (text: string): string => `  ${line(text)}`;

const GROUPS: readonly [MatchedPayment['decision'], done: string, dry: string][] = [
  ['proposed', 'Proposed', 'Would be proposed'],
  ['none', 'Left alone', 'Would be left alone'],
  ['applied', 'Applied', 'Would be applied'],
];

const whereText = ({ decision, noMatch, placing, payment }: MatchedPayment): string =>
  decision === 'none'
    ? noMatch
      ? noMatchWords[noMatch]
      : 'nothing fits'
    : `${placingText(placing, payment.currency)} (${confidenceText(placing.confidence)})`;

function paymentLine(matched: MatchedPayment): string {
  const { payment, matchId, proposalId } = matched;
  const number =
    matchId === null ? (proposalId === null ? '' : `, proposal ${proposalId}`) : `, no. ${matchId}`;
  return indented(
    `${payment.receivedOn} ${formatAmount(payment.unapplied, payment.currency)} from ${payerText(payment)} [${payment.number}]: ${whereText(matched)}${number}`,
  );
}

export function printRun(streams: Streams, run: MatchRun, all: boolean): void {
  const { payments, summary, dryRun } = run;
  const out = (text: string) => streams.out(text);
  if (summary.payments === 0) {
    out('No payment has money on no invoice. Bring money in with: remy bank FILE\n');
    return;
  }
  out(
    line(
      `${summary.payments} payments${dryRun ? ', only looked at' : ''}: ${summary.applied} applied, ${summary.proposed} proposed, ${summary.none} left alone`,
    ),
  );
  for (const { currency, received, applied, proposed, none } of summary.amounts)
    out(
      indented(
        `${formatAmount(received, currency)}: ${formatAmount(applied, currency)} applied, ${formatAmount(proposed, currency)} proposed, ${formatAmount(none, currency)} left alone`,
      ),
    );
  for (const [decision, done, dry] of GROUPS) {
    const group = payments.filter((each) => each.decision === decision);
    if (group.length === 0) continue;
    const shown = all ? group : group.slice(0, LINES_SHOWN);
    out(`\n${dryRun ? dry : done} (${group.length})\n${shown.map(paymentLine).join('')}`);
    if (group.length > shown.length)
      out(`  ... and ${group.length - shown.length} more; --all lists them, --json too\n`);
  }
  if (dryRun) streams.err('Nothing was written. Without --dry-run it is done.\n');
  else {
    if (summary.proposed > 0)
      streams.err('Decide on what is proposed with: remy proposals, or on the Cash page of the console.\n');
    if (summary.applied > 0) streams.err('Take one back with: remy match undo NUMBER\n');
  }
}

const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;
/** Rounded down: a precision must not read better than it is. */
const percentDown = (share: number, digits = 2): string =>
  `${(Math.floor(share * 100 * 10 ** digits) / 10 ** digits).toFixed(digits)} %`;

export function printReplay(streams: Streams, output: ReplayOutput): void {
  const out = (text: string) => streams.out(line(text));
  out(
    `${output.payments} payments that people applied, received ${output.from} to ${output.to}${output.leftOut > 0 ? `; ${output.leftOut} more were not applied by people and are left out` : ''}`,
  );
  out(`wholly right: ${percentDown(output.right)}`);
  out(
    `applied without asking: ${percent(output.coverage)} at the threshold in force, ${percentDown(output.applyFrom)}`,
  );
  out(`right of those: ${percentDown(output.precision, 3)}`);
  out(`wrong and applied without asking: ${percent(output.wrongAuto, 3)} of all`);
  out(
    output.threshold
      ? `threshold for 99.9 % precision: ${percentDown(output.threshold.applyFrom, 3)}, which applies ${percent(output.threshold.coverage)} without asking, ${percentDown(output.threshold.precision, 3)} of them right`
      : 'threshold for 99.9 % precision: none reaches it on these payments; leave automatic application off, or replay a longer window',
  );
  if (output.reliability.length > 0) {
    streams.out('\nStated confidence, and how often it was right:\n');
    for (const bin of output.reliability)
      streams.out(
        `  ${`${percentDown(bin.from, 1)} to ${percentDown(bin.to, 1)}`.padEnd(20)} stated ${percentDown(bin.stated, 1).padStart(7)}  right ${percentDown(bin.right, 1).padStart(7)}  of ${bin.count}\n`,
      );
  }
  if (output.wrong.length === 0) return;
  streams.out('\nWrong ones that would have been applied, the largest first:\n');
  for (const { payment, would, did, confidence } of output.wrong)
    streams.out(
      indented(
        `${payment.receivedOn} ${formatAmount(payment.amount, payment.currency)} from ${payerText(payment)} [${payment.number}], ${confidenceText(confidence)}: would put ${would}; people put ${did}`,
      ),
    );
}

export const printMatches = (streams: Streams, list: ListMatchesOutput): void => {
  streams.out(`${renderCard(matchListCard(list))}\n`);
  if (list.matches.some(({ reversedOn }) => reversedOn === null))
    streams.err('Take one back with: remy match undo NUMBER\n');
};

export const printReversed = (streams: Streams, output: ReversedApplication): void =>
  streams.out(`${renderCard(reversedCard(output))}\n`);

type Payer = PayerMemoryOutput['payers'][number];

const payerLine = (each: Payer): string =>
  line(
    `${each.kind} "${each.key}" pays for ${each.customer.name} (${each.customer.code}); ${each.times === 1 ? 'once' : `${each.times} times`}, last ${each.lastOn}, said by ${each.learnedBy}`,
  );

export function printPayers(streams: Streams, { total, payers }: PayerMemoryOutput, all: boolean): void {
  if (total === 0) {
    streams.out('Nothing is remembered of payers yet. Approved applications teach it.\n');
    return;
  }
  const shown = all ? payers : payers.slice(0, LINES_SHOWN);
  streams.out(shown.map(payerLine).join(''));
  if (payers.length > shown.length)
    streams.out(`... and ${payers.length - shown.length} more; --all lists them\n`);
  streams.err('Forget one with: remy payers forget "NAME OR ACCOUNT"\n');
}

export const printForgotten = (streams: Streams, forgotten: readonly Payer[]): void =>
  streams.out(
    forgotten
      .map((each) =>
        line(`Forgotten: ${each.kind} "${each.key}" for ${each.customer.name} (${each.customer.code})`),
      )
      .join(''),
  );

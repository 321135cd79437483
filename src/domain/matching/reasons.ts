/** Why a payment is read so, in sentences for people. */
import { formatAmount, toDecimal } from '../money.ts';
import type { Candidate } from './candidate.ts';
import type { Naming } from './number-evidence.ts';
import type { MatchPayment } from './shapes.ts';

const MOST_LISTED = 6;

const listed = (words: readonly string[]): string =>
  words.length <= 1
    ? (words[0] ?? '')
    : words.length > MOST_LISTED
      ? `${words.slice(0, MOST_LISTED).join(', ')} and ${words.length - MOST_LISTED} more`
      : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const isWhole = ({ how }: Naming): boolean => how === 'full' || how === 'digits';
/** Text of a payer stands in quotes, short and on one line. */
const quoted = (written: string): string => `"${written.trim().slice(0, 40)}"`;

function numberReasons({ docs, credits }: Candidate): string[] {
  const all = [
    ...docs.map(({ invoice, naming }) => ({ number: invoice.number, naming })),
    ...credits.map(({ credit, naming }) => ({ number: credit.number, naming })),
  ];
  const whole = all.filter(({ naming }) => naming && isWhole(naming));
  const loose = all.filter(({ naming }) => naming && !isWhole(naming)).slice(0, MOST_LISTED);
  const without = all.filter(({ naming }) => naming === null);
  return [
    ...(whole.length > 0 ? [`names ${listed(whole.map(({ number }) => number))} in full`] : []),
    ...loose.map(({ number, naming }) => `${quoted(naming!.written)} may be ${number}${LOOSE[naming!.how]}`),
    ...(without.length > 0 ? [`does not name ${listed(without.map(({ number }) => number))}`] : []),
  ];
}

const LOOSE: Readonly<Record<Naming['how'], string>> = {
  full: '',
  digits: '',
  joined: ', broken or run together',
  part: ', cut short',
  slip: ' with a slip',
  slips: ' with two slips',
};

function amountReason(candidate: Candidate, { amountMinor, currency }: MatchPayment): string {
  const { amount, docs } = candidate;
  const money = (minor: bigint) => formatAmount(toDecimal(minor, currency), currency);
  const owed = amountMinor + BigInt(amount.gap);
  const gap = BigInt(Math.abs(amount.gap));
  const what = `${money(amountMinor)} is ${money(owed)} less ${money(gap)}`;
  if (amount.percent !== null) {
    const fee = amount.fee > 0 ? ` and a fee of ${money(BigInt(amount.fee))}` : '';
    const word = PERCENT_WORDS[amount.kind] ?? 'discount';
    return `${what}: ${amount.percent.text} % ${word}${fee}`;
  }
  if (amount.kind === 'exact') return docs.length > 1 ? 'the sum is exact' : 'the amount is exact';
  if (amount.kind === 'instalment')
    return `with ${candidate.together.length} other payment${candidate.together.length === 1 ? '' : 's'} it makes ${docs[0]!.invoice.number}`;
  if (amount.kind === 'over')
    return `${money(amountMinor)} is ${money(gap)} more than the ${money(owed)} owed`;
  if (amount.kind === 'remittance') return 'the advice lists these amounts, and they come to what was paid';
  if (amount.kind === 'stated') return `${what}, an amount that the text states`;
  if (amount.kind === 'bank_fee') return `${what}, a usual bank fee`;
  if (amount.kind === 'partial') return `${money(amountMinor)} is a part of the ${money(owed)} owed`;
  if (amount.kind === 'mistyped') return `${money(amountMinor)} is ${money(owed)} with two digits swapped`;
  return amount.gap > 0 ? what : `${money(amountMinor)} is ${money(owed)} and ${money(gap)} more`;
}

const PERCENT_WORDS: Readonly<Record<string, string>> = {
  withholding_tax: 'tax withheld',
  late_discount: 'discount, taken too late',
  percent: 'kept back',
};

const STRUCTURE_WORDS = {
  'all open': 'it is everything that is open',
  'all due': 'it is everything that is due',
  'oldest in a row': 'it is the oldest ones in a row',
  'one month': 'it is one month of invoices',
  promised: 'it was promised for about this day',
  range: 'it is all from the first to the last one that are named',
  statement: 'it is all that stood open on the day of the statement',
} as const;

export function reasonsFor(candidate: Candidate, payment: MatchPayment): string[] {
  const { structure, docs, credits } = candidate;
  const unnamed = docs.every(({ naming }) => naming === null);
  const early = docs.filter(({ invoice }) => payment.receivedOn < invoice.issuedOn);
  return [
    ...(unnamed ? ['names no document'] : numberReasons(candidate)),
    amountReason(candidate, payment),
    ...(structure === null ? [] : [STRUCTURE_WORDS[structure]]),
    ...(credits.length > 0 ? [`${listed(credits.map(({ credit }) => credit.number))} netted`] : []),
    candidate.payer.words,
    ...(early.length > 0
      ? [`received before ${listed(early.map(({ invoice }) => invoice.number))} was issued`]
      : []),
  ];
}

/**
 * Several faults at once: the clean matches of the public set, each with one to four of the faults that the set has
 * one at a time. All its invoices stay open around them. The names that payers go by are invented per seed.
 */
import { createRandom, type Random } from '../../../demo/random.ts';
import type { MatchPayment } from '../../../src/domain/matching/shapes.ts';
import { brokenNumber, invented } from './faults.ts';
import type { PublicData, PublicInvoice, PublicMatch } from './public-files.ts';
import { type PublicNumbering, publicPayment, publicPool, publicTruths } from './public-set.ts';
import type { MatchSet, PaymentTruth } from './truth.ts';

const FAULTS = ['assignment', 'billing', 'partner', 'deduction'] as const;
type FaultName = (typeof FAULTS)[number];
const SCALE: Readonly<Record<string, number>> = { JPY: 120, KRW: 1300, NOK: 10, SEK: 10 };

function chooseFaults(random: Random): Set<FaultName> {
  const count = random.int(1, FAULTS.length);
  const left = [...FAULTS];
  return new Set(Array.from({ length: count }, () => left.splice(random.int(0, left.length - 1), 1)[0]!));
}

/** A few cents of a dollar kept back, seldom more, in the currency at hand. */
const deduction = (currency: string, random: Random): bigint =>
  BigInt(random.int(1, random.chance(85) ? 9 : 14) * (SCALE[currency] ?? 1));

function faultyPayment(
  payment: MatchPayment,
  invoices: readonly PublicInvoice[],
  faults: ReadonlySet<FaultName>,
  alias: string,
  random: Random,
): MatchPayment {
  let { text, payerName, amountMinor } = payment;
  for (const invoice of invoices) {
    if (faults.has('assignment'))
      text = text.replace(invoice.assignment, () => brokenNumber(invoice.assignment, random));
    if (faults.has('billing'))
      text = text.replace(invoice.billing, () => brokenNumber(invoice.billing, random));
  }
  if (faults.has('partner')) payerName = alias;
  if (faults.has('deduction')) amountMinor -= deduction(payment.currency, random);
  return { ...payment, text, payerName, amountMinor };
}

function faultyMatch(
  match: PublicMatch,
  data: PublicData,
  aliases: ReadonlyMap<string, string>,
  random: Random,
): { payments: MatchPayment[]; truths: PaymentTruth[] } {
  const invoices = match.invoiceIds.map((id) => data.invoices[id - 1]!);
  const faults = chooseFaults(random);
  const payments = match.paymentIds.map((id) =>
    faultyPayment(
      publicPayment(data.payments[id - 1]!),
      invoices,
      faults,
      aliases.get(invoices[0]!.customerCode)!,
      random,
    ),
  );
  const amounts = new Map(invoices.map((each) => [each.id, each.amountMinor]));
  const kind = `${match.category.replaceAll('_', ' ')}, ${faults.size} of four faults`;
  return { payments, truths: publicTruths(match, payments, amounts, kind) };
}

export function faultySet(data: PublicData, numbering: PublicNumbering, seed: number): MatchSet {
  const names = new Map(data.invoices.map((each) => [each.customerCode, each.customerName]));
  const aliases = new Map(
    [...names].map(([code, name]) => [code, invented(name, createRandom(seed, `alias ${code}`))]),
  );
  const made = data.matches
    .filter((match) => match.faults.length === 0)
    .map((match) =>
      faultyMatch(match, data, aliases, createRandom(seed, `match ${match.paymentIds.join(' ')}`)),
    );
  return {
    name: `several faults, number = ${numbering}`,
    seeds: String(seed),
    payments: made.flatMap((each) => each.payments),
    pool: publicPool(data, numbering),
    truths: new Map(made.flatMap((each) => each.truths.map((truth) => [truth.paymentId, truth]))),
    settings: {},
    twins: new Map(),
    tellsAdjustments: false,
    toleranceMinor: 2n,
  };
}

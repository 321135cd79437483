/**
 * A very large ledger and a day's payments against it, for measuring time: many customers of which most owe a few
 * invoices, list prices that thousands share, numbers, purchase orders and names in the usual ways.
 */
import { createRandom, type Random } from '../../../demo/random.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import type { MatchCustomer, MatchInvoice, MatchPayment } from '../../../src/domain/matching/shapes.ts';
import { brokenNumber } from './faults.ts';
import type { MatchSet, PaymentTruth } from './truth.ts';

const TODAY = '2026-06-30';
const PER_CUSTOMER = 8;
const NOTHING: readonly string[] = [];
const SYLLABLES =
  'bar cor del fen gal hol kin lam mor nel par quin ros sel tor van wes zan bri tha ger lun'.split(' ');
const COMMON = 'miller schmidt global premier united first summit pacific national garcia'.split(' ');
const TRADES = [
  'Logistics',
  'Foods',
  'Systems',
  'Medical',
  'Engineering',
  'Group',
  'Services',
  'Trading',
  'Energy',
];
const FORMS = ['Inc.', 'LLC', 'GmbH', 'Ltd', 'B.V.', 'SARL'];
const PRICES = [4_900n, 9_900n, 19_900n, 49_900n, 120_000n, 250_000n];

const makeCustomer = (id: number, random: Random): MatchCustomer => {
  // some names are common, most are a firm's own
  const stem = random.chance(6)
    ? random.pick(COMMON)
    : Array.from({ length: random.int(3, 5) }, () => random.pick(SYLLABLES)).join('');
  return {
    id,
    code: `K${100_000 + id}`,
    name: `${stem[0]!.toUpperCase()}${stem.slice(1)} ${random.pick(TRADES)} ${random.pick(FORMS)}`,
    aliases: NOTHING,
    parentId: null,
    memory: id % 3 === 0 ? [{ kind: 'account', key: `DE${10_000_000 + id}`, times: 3 }] : [],
    country: null,
  };
};

const makeInvoice = (id: number, customers: number, random: Random): MatchInvoice => {
  const issuedOn = addDays(TODAY, -random.int(1, 90));
  const amountMinor = random.chance(40) ? random.pick(PRICES) : BigInt(random.int(2_000, 4_000_000));
  return {
    id,
    number: `INV-${String(id).padStart(7, '0')}`,
    references: id % 4 === 0 ? [`45${String((id * 7_919) % 100_000_000).padStart(8, '0')}`] : NOTHING,
    // some owe many, most a few
    customerId: random.chance(20) ? random.int(1, Math.ceil(customers / 12)) : random.int(1, customers),
    currency: id % 5 === 0 ? 'EUR' : 'USD',
    issuedOn,
    dueOn: addDays(issuedOn, 30),
    amountMinor,
    openMinor: amountMinor,
    status: 'open',
    paidOn: null,
    disputed: false,
  };
};

type Chosen = {
  readonly paid: readonly MatchInvoice[];
  readonly text: string;
  readonly amountMinor: bigint;
  readonly kind: string;
};

/** What is paid and what is written for it. */
function choose(first: MatchInvoice, sameOwner: readonly MatchInvoice[], random: Random): Chosen {
  const amountMinor = first.openMinor;
  const roll = random.int(1, 100);
  if (roll <= 52)
    return {
      paid: [first],
      text: `Invoice ${first.number} TEL ${random.int(1e6, 9e6)}`,
      amountMinor,
      kind: 'exact named',
    };
  if (roll <= 68) return { paid: [first], text: 'PAYMENT', amountMinor, kind: 'exact unnamed' };
  if (roll <= 78)
    return {
      paid: [first],
      text: `INV ${brokenNumber(first.number.slice(4), random)}`,
      amountMinor,
      kind: 'broken number',
    };
  if (roll <= 84)
    return {
      paid: [first],
      text: `Invoice ${first.number}`,
      amountMinor: amountMinor - 1_500n,
      kind: 'bank fee',
    };
  if (roll <= 88)
    return {
      paid: [],
      text: `REFUND ${random.int(1e5, 9e7)}`,
      amountMinor: BigInt(random.int(1_000, 900_000)),
      kind: 'unrelated',
    };
  const paid = [
    first,
    ...sameOwner.filter((each) => each !== first && each.currency === first.currency),
  ].slice(0, random.int(2, 9));
  const text =
    roll <= 96 ? paid.map((each) => each.number.slice(4).replace(/^0+/, '')).join(' ') : 'STATEMENT';
  return {
    paid,
    text,
    amountMinor: paid.reduce((sum, each) => sum + each.openMinor, 0n),
    kind: roll <= 96 ? 'bundle named' : 'bundle sum only',
  };
}

export function crowd(invoiceCount: number, paymentCount: number): MatchSet {
  const random = createRandom(77, `crowd ${invoiceCount}`);
  const customerCount = Math.ceil(invoiceCount / PER_CUSTOMER);
  const customers = Array.from({ length: customerCount }, (_, at) => makeCustomer(at + 1, random));
  const invoices = Array.from({ length: invoiceCount }, (_, at) =>
    makeInvoice(at + 1, customerCount, random),
  );
  const owned: MatchInvoice[][] = Array.from({ length: customerCount + 1 }, () => []);
  for (const invoice of invoices) owned[invoice.customerId]!.push(invoice);
  const used = new Set<number>();
  const truths = new Map<number, PaymentTruth>();
  const payments: MatchPayment[] = [];
  while (payments.length < paymentCount) {
    const first = invoices[random.int(0, invoiceCount - 1)]!;
    if (used.has(first.id)) continue;
    const own = owned[first.customerId]!.filter((each) => !used.has(each.id));
    const { paid, text, amountMinor, kind } = choose(first, own, random);
    if (amountMinor <= 0n) continue;
    for (const each of paid) used.add(each.id);
    const id = payments.length + 1;
    const customer = customers[first.customerId - 1]!;
    payments.push({
      id,
      currency: first.currency,
      amountMinor,
      receivedOn: TODAY,
      payerName:
        kind === 'unrelated'
          ? 'Stadtwerke Nord'
          : random.chance(50)
            ? customer.name
            : customer.name.toUpperCase().slice(0, 22),
      payerAccount: kind === 'unrelated' ? null : `DE${10_000_000 + customer.id}`,
      text,
      method: null,
      customerId: null,
      externalIds: [],
      remittance: [],
    });
    truths.set(id, truthOf(id, kind, paid, amountMinor));
  }
  return {
    name: `${invoiceCount} open invoices`,
    seeds: '',
    payments,
    pool: { invoices, credits: [], customers, promises: [] },
    truths,
    settings: {},
    twins: new Map(),
    tellsAdjustments: false,
    toleranceMinor: 0n,
  };
}

function truthOf(
  paymentId: number,
  kind: string,
  paid: readonly MatchInvoice[],
  amountMinor: bigint,
): PaymentTruth {
  let left = amountMinor;
  const applications = paid.map((each) => {
    const beyond = left - each.openMinor;
    const part = beyond > 0n ? each.openMinor : left;
    left -= part;
    return { invoiceId: each.id, amountMinor: part };
  });
  return {
    paymentId,
    kind,
    applications,
    credits: [],
    adjustments: [],
    unappliedMinor: left,
    placing: 'exact',
    ambiguous: false,
    noMatch: paid.length === 0 ? 'unrelated' : null,
  };
}

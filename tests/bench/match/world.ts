/** A seller with its customers, what they owe, and each customer's habits of paying. */
import { createRandom, type Random } from '../../../demo/random.ts';
import { addDays, type Day } from '../../../src/domain/calendar.ts';
import { baseName } from '../../../src/domain/customer.ts';
import type {
  DiscountTerms,
  MatchCredit,
  MatchCustomer,
  MatchInvoice,
  MatchPromise,
  PayerMemory,
} from '../../../src/domain/matching/shapes.ts';
import { type Country, companyName, countries, nameVariant } from './company-names.ts';
import { habits, type NumberHabit, type NumberStyle, numberStyles } from './numbering.ts';

/** The bank line's kind: how long its text and its name may be. */
export type Channel = 'sepa' | 'bacs' | 'ach' | 'wire' | 'cheque' | 'foreign';

export type Payer = {
  readonly customer: MatchCustomer;
  readonly country: Country;
  readonly family: string | null;
  readonly channel: Channel;
  readonly account: string;
  /** The name on its bank lines. */
  readonly bankName: string;
  readonly habit: NumberHabit;
  readonly usesPo: boolean;
  readonly terms: number;
  readonly discount: DiscountTerms | null;
  readonly withholding: string | null;
  /** Same plan every month. */
  readonly monthly: boolean;
  /** Open invoices that no payment has been made for yet. */
  readonly open: MatchInvoice[];
  readonly paid: MatchInvoice[];
  readonly credits: MatchCredit[];
};

export type World = {
  readonly seed: number;
  readonly start: Day;
  readonly style: NumberStyle;
  readonly payers: readonly Payer[];
  readonly promises: MatchPromise[];
  /** The next number that the seller would give. */
  readonly nextNumber: number;
};

export const WINDOW_DAYS = 30;
const CUSTOMERS = 70;
/** The first few have daughters. */
const PARENTS = 6;
/** The seller's terms; which customer has which is not in the ledger. */
export const DISCOUNTS: readonly DiscountTerms[] = [
  { percent: '2', days: 10 },
  { percent: '3', days: 10 },
  { percent: '2', days: 14 },
];

const letters = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(65 + random.int(0, 25))).join('');
export const digitsOf = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.int(0, 9))).join('');

const accountOf = (country: Country, random: Random): string =>
  country.code === 'US'
    ? digitsOf(random, random.int(9, 12))
    : `${country.code}${digitsOf(random, 2)}${letters(random, 4)}${digitsOf(random, random.int(12, 16))}`;

const channelOf = (country: Country, random: Random): Channel => {
  if (country.code === 'US' || country.code === 'CA') return random.pick(['ach', 'ach', 'wire', 'cheque']);
  if (country.code === 'GB') return random.pick(['bacs', 'bacs', 'wire']);
  return country.currency === 'EUR' ? 'sepa' : 'foreign';
};

/** Open invoices of a customer: mostly a few, up to fifteen, some with forty. */
const openCount = (random: Random): number => {
  const roll = random.int(1, 100);
  if (roll <= 22) return random.int(1, 2);
  if (roll <= 62) return random.int(3, 8);
  return roll <= 94 ? random.int(9, 15) : random.int(30, 40);
};

/** Euro cents of an amount as such firms bill: a list price, round hours, or a metered sum with tax. */
function amountOf(payer: { monthly: boolean; country: Country }, plan: bigint, random: Random): bigint {
  const scale = payer.country.currency === 'INR' ? 60n : 1n;
  if (payer.monthly && random.chance(85)) return plan * scale;
  const roll = random.int(1, 100);
  if (roll <= 22) return BigInt(random.int(3, 240)) * 5_000n * scale;
  const digits = random.int(4, 7);
  const metered = BigInt(random.int(10 ** (digits - 1) + 700, 10 ** digits - 1));
  return (roll <= 50 ? (metered * 119n) / 100n : metered) * scale;
}

const PLANS = [4_900n, 9_900n, 19_900n, 49_900n, 49_900n, 120_000n, 120_000n, 250_000n, 99_500n] as const;

function memoryOf(bankName: string, account: string, random: Random): PayerMemory[] {
  if (!random.chance(45)) return [];
  const times = random.int(1, 14);
  const name: PayerMemory = { kind: 'name', key: baseName(bankName), times };
  return random.chance(75) ? [name, { kind: 'account', key: account.toUpperCase(), times }] : [name];
}

type Numbers = { invoice: number; credit: number; id: number };

function makePayer(
  id: number,
  seed: number,
  style: NumberStyle,
  parentOf: (id: number, random: Random) => Payer | null,
): Payer {
  const random = createRandom(seed, `customer ${id}`);
  const parent = parentOf(id, random);
  const country =
    parent && random.chance(60)
      ? parent.country
      : random.pick(countries.slice(0, random.chance(70) ? 9 : 12));
  const { name, family } = companyName(country, random);
  const shared = parent
    ? `${parent.customer.name.split(' ')[0]} ${name.split(' ').slice(-2).join(' ')}`
    : name;
  const account = accountOf(country, random);
  const full = parent && random.chance(60) ? shared : name;
  const bankName = nameVariant(full, random);
  const dba = random.chance(12) ? companyName(country, random).name : null;
  const usesPo = random.chance(35);
  return {
    customer: {
      id,
      code: random.chance(50) ? `K${10_000 + id * 7}` : String(200_000 + id * 13),
      name: full,
      aliases: dba && random.chance(60) ? [baseName(dba)] : [],
      parentId: parent?.customer.id ?? null,
      memory: memoryOf(dba ?? bankName, account, random),
      country: random.chance(90) ? country.code : null,
    },
    country,
    family,
    channel: channelOf(country, random),
    account,
    bankName: dba ?? bankName,
    habit: style.name === '4711' && random.chance(60) ? 'word and digits' : random.pick(habits),
    usesPo,
    terms: random.pick([14, 30, 30, 30, 45, 60]),
    discount: random.chance(30) ? random.pick(DISCOUNTS) : null,
    withholding: ['IN', 'BR'].includes(country.code) ? random.pick(['10', '2', '7.5']) : null,
    monthly: random.chance(40),
    open: [],
    paid: [],
    credits: [],
  };
}

const poOf = (payer: Payer, random: Random): string =>
  payer.customer.id % 3 === 0
    ? `45000${digitsOf(random, 5)}`
    : payer.customer.id % 3 === 1
      ? `PO-${random.int(1000, 98_000)}`
      : `${letters(random, 2)}${random.int(20_000, 99_999)}`;

function fillInvoices(payers: readonly Payer[], seed: number, style: NumberStyle, start: Day): Numbers {
  const random = createRandom(seed, 'invoices');
  const plans = new Map(payers.map((each) => [each.customer.id, random.pick(PLANS)]));
  // issued one after the other over all customers, as a seller does
  const planned = payers.flatMap((payer) => {
    const open = openCount(random);
    const closed = random.int(0, 5);
    return Array.from({ length: open + closed }, (_, at) => ({
      payer,
      closed: at >= open,
      issuedOn: addDays(start, at >= open ? -random.int(60, 150) : -random.int(payer.monthly ? 1 : 4, 75)),
    }));
  });
  planned.sort((a, b) =>
    a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : a.payer.customer.id - b.payer.customer.id,
  );
  const numbers: Numbers = { invoice: random.int(80, 700), credit: 1, id: 1 };
  for (const { payer, closed, issuedOn } of planned) {
    const amountMinor = amountOf(payer, plans.get(payer.customer.id)!, random);
    const partly = !closed && random.chance(4);
    const invoice: MatchInvoice = {
      id: numbers.id++,
      number: style.number(numbers.invoice++, issuedOn),
      references: payer.usesPo && random.chance(90) ? [poOf(payer, random)] : [],
      customerId: payer.customer.id,
      currency: payer.country.currency,
      issuedOn,
      dueOn: addDays(issuedOn, payer.terms),
      amountMinor,
      openMinor: closed ? 0n : partly ? amountMinor - amountMinor / BigInt(random.int(2, 5)) : amountMinor,
      status: closed ? 'paid' : 'open',
      paidOn: closed ? addDays(issuedOn, random.int(10, 58)) : null,
      disputed: !closed && random.chance(3),
    };
    (closed ? payer.paid : payer.open).push(invoice);
    if (random.chance(closed ? 0 : 5)) {
      const minor = amountMinor / BigInt(random.int(3, 12)) + BigInt(random.int(1, 99));
      payer.credits.push({
        id: 9_000 + numbers.credit,
        number: style.credit(numbers.credit++, addDays(issuedOn, 3)),
        customerId: payer.customer.id,
        currency: payer.country.currency,
        openMinor: minor < invoice.openMinor ? minor : 100n,
        issuedOn: addDays(issuedOn, 3),
      });
    }
  }
  return numbers;
}

/** The state of the books on the day before a month of payments comes in. */
export function makeWorld(seed: number): World {
  const random = createRandom(seed, 'world');
  const style = numberStyles[seed % numberStyles.length]!;
  const start = addDays('2026-01-01', random.int(0, 150));
  const payers: Payer[] = [];
  const parentOf = (id: number, draw: Random): Payer | null =>
    id > PARENTS && draw.chance(25) ? payers[draw.int(0, PARENTS - 1)]! : null;
  for (let id = 1; id <= CUSTOMERS; id++) payers.push(makePayer(id, seed, style, parentOf));
  const numbers = fillInvoices(payers, seed, style, start);
  return { seed, start, style, payers, promises: [], nextNumber: numbers.invoice };
}

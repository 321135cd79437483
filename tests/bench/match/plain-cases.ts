/** Payments of exactly what is owed: one invoice or many, named well, badly or not at all. */
import type { MatchInvoice, RemittanceLine } from '../../../src/domain/matching/shapes.ts';
import {
  type Desk,
  type Draft,
  dayFor,
  type Maker,
  naming,
  paying,
  silence,
  take,
  word,
  written,
} from './desk.ts';
import type { Piece } from './memo.ts';
import { damagedNumber, monthNames, otherWords } from './numbering.ts';

const SEPARATORS = [', ', ' ', ' / ', '; ', ' + ', ',', '/'] as const;

const exactNamed: Maker = (desk) => {
  const invoices = take(desk, 1);
  return invoices && [paying(desk, 'exact named', invoices, { pieces: naming(desk, invoices[0]!) })];
};

const exactPo: Maker = (desk) => {
  const invoices = take(desk, 1, (each) => each.references.length > 0);
  if (!invoices) return null;
  const [po] = invoices[0]!.references as [string];
  const text = desk.random.chance(30) ? po.replace(/^PO-/, '') : po;
  const pieces = [
    { text: desk.random.pick(['PO', 'P.O.', 'Order', 'Bestellung', '']) },
    { text, names: [invoices[0]!.id] },
  ];
  return [paying(desk, 'exact by PO', invoices, { pieces })];
};

const exactUnnamed: Maker = (desk) => {
  const invoices = take(desk, 1);
  return invoices && [paying(desk, 'exact unnamed', invoices, { pieces: silence(desk) })];
};

/** "Subscription March": the month of the invoice, where the customer has one invoice of that month. */
const namedByMonth: Maker = (desk) => {
  if (!desk.payer.monthly) return null;
  const monthOf = (each: MatchInvoice) => each.issuedOn.slice(0, 7);
  const alone = (each: MatchInvoice) =>
    [...desk.payer.open, ...desk.payer.paid].filter((other) => monthOf(other) === monthOf(each)).length === 1;
  const invoices = take(desk, 1, alone);
  if (!invoices) return null;
  const [year, month] = monthOf(invoices[0]!).split('-') as [string, string];
  const name = monthNames[desk.payer.country.language][Number(month) - 1]!;
  const when = desk.random.pick([
    name,
    `${name} ${year}`,
    `${month}/${year}`,
    `${name.slice(0, 3).toUpperCase()} ${year.slice(2)}`,
  ]);
  const pieces = [
    { text: desk.random.pick(['Subscription', 'Abo', 'monthly fee', 'Plan', '']) },
    { text: when, names: [invoices[0]!.id] },
  ];
  return [paying(desk, 'named by month', invoices, { pieces })];
};

const brokenNumber: Maker = (desk) => {
  const invoices = take(desk, 1);
  if (!invoices) return null;
  const text = damagedNumber(written(desk, invoices[0]!), desk.random);
  return [
    paying(desk, 'broken number', invoices, { pieces: [{ text: word(desk) }, { text }], spoiled: text }),
  ];
};

/** A slip of the hand or the eye: the number typed is another invoice's, often another customer's. */
const wrongNumber: Maker = (desk) => {
  const { world, payer, random } = desk;
  const invoices = take(desk, 1);
  if (!invoices) return null;
  const others = random.chance(70)
    ? world.payers
        .filter((each) => each !== payer && each.country.currency === payer.country.currency)
        .flatMap((each) => each.open)
    : payer.paid;
  const same = others.filter((each) => each.openMinor === invoices[0]!.openMinor);
  // two customers owe this much, the name says the one and the number the other
  const either = same.length > 0 && random.chance(25);
  const near = either ? same : others.filter((each) => each.openMinor !== invoices[0]!.openMinor);
  if (near.length === 0)
    return [paying(desk, 'exact named', invoices, { pieces: naming(desk, invoices[0]!) })];
  const text = written(desk, random.pick(near));
  return [
    paying(desk, 'wrong number', invoices, {
      pieces: [{ text: word(desk) }, { text }],
      ambiguous: either ? true : 'count',
    }),
  ];
};

/** Two invoices of one amount, nothing named: one of them paid, or both. */
const twins: Maker = (desk) => {
  const { payer, random } = desk;
  const same = (each: MatchInvoice) => (other: MatchInvoice) => other.openMinor === each.openMinor;
  const pair = payer.open.find((each) => payer.open.filter(same(each)).length >= 2);
  const invoices = pair && take(desk, 2, same(pair));
  if (!invoices) return null;
  const pay = (invoice: MatchInvoice): Draft =>
    paying(desk, 'twin invoices', [invoice], { pieces: silence(desk) });
  if (random.chance(50)) return invoices.map(pay);
  payer.open.push(invoices[1]!);
  return [pay(invoices[0]!)];
};

/** How many invoices a bundle holds: mostly a few, up to thirty where there are so many. */
function bundleSize({ payer, random }: Desk, least = 2): number {
  const most = payer.open.length;
  if (most < least) return 0;
  return random.chance(75)
    ? random.int(least, Math.min(most, Math.max(least, 6)))
    : random.int(least, Math.min(most, 30));
}

/** All numbers, in one of the ways in which people list them. */
function list(desk: Desk, invoices: readonly MatchInvoice[]): Piece[] {
  const { random } = desk;
  const numbers = invoices.map((each) => written(desk, each));
  const separator = random.pick(SEPARATORS).trimEnd();
  const way = random.int(1, 10);
  if (way <= 2) {
    // only the last digits of all but the first: INV-000123/124/127
    const short = numbers.map((number, at) => {
      const first = numbers[0]!;
      const sameLength = number.length === first.length && number.slice(0, -3) === first.slice(0, -3);
      return at > 0 && sameLength ? number.slice(-3) : number;
    });
    return [
      { text: word(desk) },
      ...short.map((text, at) => ({
        text: at < short.length - 1 ? `${text}/` : text,
        names: [invoices[at]!.id],
      })),
    ];
  }
  if (way === 3 && numbers.every((number) => number.length >= 8))
    return [{ text: numbers.join(''), names: invoices.map((each) => each.id) }];
  if (way <= 5)
    return invoices.flatMap((each, at) => [{ text: `${at + 1})` }, { text: numbers[at]!, names: [each.id] }]);
  return [
    { text: word(desk) },
    ...invoices.map((each, at) => ({
      text: numbers[at]! + (at < invoices.length - 1 ? separator : ''),
      names: [each.id],
    })),
  ];
}

const bundleNamed: Maker = (desk) => {
  const invoices = take(desk, bundleSize(desk));
  return invoices && [paying(desk, 'bundle named', invoices, { pieces: list(desk, invoices) })];
};

const bundlePartly: Maker = (desk) => {
  const invoices = take(desk, bundleSize(desk, 3));
  if (!invoices) return null;
  const shown = invoices.slice(0, desk.random.int(1, Math.min(3, invoices.length - 1)));
  const pieces = [...list(desk, shown), { text: otherWords[desk.payer.country.language].others }];
  return [paying(desk, 'bundle partly named', invoices, { pieces })];
};

/** Invoices whose running numbers follow each other among the customer's, from the first to the last. */
const bundleRange: Maker = (desk) => {
  const { payer, random } = desk;
  const open = [...payer.open].sort((a, b) => a.id - b.id);
  // numbers that mean nothing have no order
  if (open.length < 3 || !desk.world.style.ordered) return null;
  const size = random.int(3, Math.min(open.length, 9));
  const from = random.int(0, open.length - size);
  const wanted = new Set(open.slice(from, from + size));
  const invoices = take(desk, size, (each) => wanted.has(each));
  if (!invoices) return null;
  const to = random.pick(otherWords[payer.country.language].to);
  const ends = [invoices[0]!, invoices.at(-1)!].map((each) => written(desk, each));
  const pieces = [
    { text: word(desk) },
    { text: `${ends[0]} ${to} ${ends[1]}`, names: invoices.map((each) => each.id) },
  ];
  return [paying(desk, 'bundle range', invoices, { pieces })];
};

const bundleSum: Maker = (desk) => {
  const { payer, random } = desk;
  if (payer.open.length < 2) return null;
  // what people pay without a word is mostly everything, or everything due
  const receivedOn = dayFor(desk, payer.open);
  const due = payer.open.filter((each) => each.dueOn <= receivedOn);
  const wanted = random.chance(45) ? [...payer.open] : random.chance(60) && due.length >= 2 ? due : null;
  if (wanted && wanted.length > 30) return null;
  const invoices = wanted
    ? take(desk, wanted.length, (each) => wanted.includes(each))
    : take(desk, bundleSize(desk));
  return invoices && [paying(desk, 'bundle sum only', invoices, { pieces: silence(desk), receivedOn })];
};

const bundleStatement: Maker = (desk) => {
  const { payer, random } = desk;
  const days = [...new Set(payer.open.map((each) => each.issuedOn))].sort();
  const day = days[random.int(Math.min(1, days.length - 1), days.length - 1)];
  const wanted = payer.open.filter((each) => each.issuedOn <= day!);
  if (wanted.length < 2 || wanted.length > 30) return null;
  const invoices = take(desk, wanted.length, (each) => wanted.includes(each))!;
  const [year, month, date] = day!.split('-');
  const text = random.pick([`${date}.${month}.${year}`, `${day}`, `${date}/${month}/${year}`]);
  const pieces = [
    { text: otherWords[payer.country.language].statement },
    { text, names: invoices.map((each) => each.id) },
  ];
  return [paying(desk, 'bundle statement', invoices, { pieces })];
};

/** The advice lists every invoice; the bank line says little. */
const bundleRemittance: Maker = (desk) => {
  const { random } = desk;
  const invoices = take(desk, bundleSize(desk));
  if (!invoices) return null;
  const silent = random.chance(15);
  const damaged = new Set(invoices.filter(() => random.chance(6)));
  const remittance = invoices.map(
    (each): RemittanceLine => ({
      document: damaged.has(each) ? damagedNumber(written(desk, each), random) : written(desk, each),
      paidMinor: silent ? null : each.openMinor,
      deductionMinor: null,
      deductionReason: null,
    }),
  );
  const pieces = random.chance(50)
    ? silence(desk)
    : [{ text: `${random.pick(['Remittance', 'Avis', 'PAYREF'])} ${random.int(10_000, 999_999)}` }];
  return [
    paying(desk, 'bundle remittance', invoices, {
      pieces,
      remittance,
      // a spoiled number without an amount beside it names nothing for sure
      alsoNamed: invoices.filter((each) => !silent || !damaged.has(each)).map((each) => each.id),
    }),
  ];
};

/** What is called only when it can be paid: kept for the parent's and third party's payments too. */
export const listed = (desk: Desk, invoices: readonly MatchInvoice[]): Piece[] =>
  invoices.length === 1 ? naming(desk, invoices[0]!) : list(desk, invoices);

/** How often of a hundred each happens. */
export const plainCases: readonly (readonly [number, Maker])[] = [
  [22, exactNamed],
  [4, exactPo],
  [8, exactUnnamed],
  [3, namedByMonth],
  [4, brokenNumber],
  [1.5, wrongNumber],
  [2, twins],
  [9, bundleNamed],
  [2.5, bundlePartly],
  [1.5, bundleRange],
  [3, bundleSum],
  [1.5, bundleStatement],
  [3.5, bundleRemittance],
];

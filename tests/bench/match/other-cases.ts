/** Money of others, for nothing that is open, or of nobody known. */
import { createRandom } from '../../../demo/random.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import type { MatchInvoice } from '../../../src/domain/matching/shapes.ts';
import { personName, transliterated, withoutForm } from './company-names.ts';
import {
  type Desk,
  type Draft,
  dayFor,
  draft,
  type Maker,
  naming,
  openSum,
  paying,
  silence,
  take,
  word,
  written,
} from './desk.ts';
import { writtenNumber } from './numbering.ts';
import { listed } from './plain-cases.ts';
import { digitsOf } from './world.ts';

/** Where the bank cut the number off, nobody can see that it names what is paid. */
const unlessLost = (made: Draft): Draft => ({ ...made, ambiguous: made.named.size === 0 });

/** The same payment again within days: the second has nothing left to pay. */
const paidTwice: Maker = (desk) => {
  const invoices = take(desk, desk.random.chance(80) ? 1 : Math.min(2, desk.payer.open.length));
  if (!invoices) return null;
  const pieces = listed(desk, invoices);
  const first = paying(desk, 'paid twice', invoices, { pieces });
  const again = draft(desk, {
    kind: 'paid twice',
    amountMinor: openSum(invoices),
    receivedOn: addDays(first.payment.receivedOn, desk.random.int(1, 9)),
    pieces,
    truth: { noMatch: 'duplicate' },
    ambiguous: false,
  });
  const same = { ...again, named: first.named, payment: { ...again.payment, text: first.payment.text } };
  return [first, unlessLost(same)];
};

/** Names an invoice that was settled before this month. */
const paidBefore: Maker = (desk) => {
  const invoice = desk.payer.paid.shift();
  if (!invoice) return null;
  const made = draft(desk, {
    kind: 'paid before',
    amountMinor: invoice.amountMinor,
    receivedOn: dayFor(desk, [invoice]),
    pieces: naming(desk, invoice),
    truth: { noMatch: 'duplicate' },
  });
  return [unlessLost(made)];
};

/** For an order or a proforma of which there is no invoice yet, or an invoice that the ledger does not know yet. */
const prepayment: Maker = (desk) => {
  const { world, payer, random } = desk;
  const pieces = random.chance(50)
    ? [
        {
          text: random.pick([
            'Proforma',
            'Deposit order',
            'Anzahlung Auftrag',
            'Advance for quote',
            'acompte devis',
          ]),
        },
        { text: `${random.pick(['Q', 'PF-', 'SO', ''])}${random.int(10_000, 99_999)}` },
      ]
    : [
        { text: word(desk) },
        {
          text: writtenNumber(
            world.style.number(world.nextNumber + random.int(1, 90), addDays(world.start, 20)),
            payer.habit,
          ),
        },
      ];
  return [
    draft(desk, {
      kind: 'prepayment',
      amountMinor: BigInt(random.int(200, 9_000)) * 100n + BigInt(random.pick([0, 0, random.int(1, 99)])),
      receivedOn: dayFor(desk),
      pieces,
      truth: { noMatch: 'prepayment' },
      ambiguous: false,
    }),
  ];
};

/** A round sum with no word for what: the customer is known, the invoices are not. */
const onAccount: Maker = (desk) => {
  const { payer, random } = desk;
  if (payer.open.length < 2) return null;
  const amountMinor = BigInt(random.int(1, 40)) * 50_000n;
  if (payer.open.some((each) => each.openMinor === amountMinor)) return null;
  return [
    draft(desk, {
      kind: 'on account',
      amountMinor,
      receivedOn: dayFor(desk),
      pieces: [
        { text: random.pick(['on account', 'a conto', 'payment on account', 'Akonto', 'acompte', '']) },
      ],
      truth: { noMatch: 'unclear' },
      ambiguous: false,
    }),
  ];
};

/** The parent's own name and account, for invoices of a daughter, named or of exactly this amount. */
const parentPays: Maker = (desk) => {
  const { world, payer, random } = desk;
  const parent = world.payers.find((each) => each.customer.id === payer.customer.parentId);
  if (!parent) return null;
  const invoices = take(desk, random.chance(60) ? 1 : Math.min(4, payer.open.length));
  if (!invoices) return null;
  const pieces = random.chance(75) ? listed(desk, invoices) : silence(desk);
  return [
    paying(desk, 'parent pays', invoices, {
      pieces,
      payerName: parent.bankName,
      payerAccount: parent.account,
    }),
  ];
};

/** One payment of the parent for two of its daughters, every invoice named. */
const groupPays: Maker = (desk) => {
  const { world, payer, random } = desk;
  const parent = world.payers.find((each) => each.customer.id === payer.customer.parentId);
  const sister = world.payers.find(
    (each) =>
      each !== payer &&
      each.customer.parentId === payer.customer.parentId &&
      each.country.currency === payer.country.currency &&
      each.open.length > 0,
  );
  const own = parent && sister ? take(desk, Math.min(2, payer.open.length)) : null;
  if (!parent || !sister || !own) return null;
  const others = take({ world, payer: sister, random }, 1) ?? [];
  const invoices = [...own, ...others];
  return [
    paying(desk, 'group pays', invoices, {
      pieces: invoices.map((each) => ({ text: written(desk, each), names: [each.id] })),
      payerName: parent.bankName,
      payerAccount: parent.account,
    }),
  ];
};

/** An invoice named and paid in another currency, at a rate that nobody told: a person's to settle. */
const otherCurrency: Maker = (desk) => {
  const { payer, random } = desk;
  const [invoice] = take(desk, 1) ?? [];
  if (!invoice) return null;
  const currency = payer.country.currency === 'USD' ? 'EUR' : 'USD';
  const made = draft(desk, {
    kind: 'other currency',
    amountMinor: (invoice.openMinor * BigInt(random.int(80, 125))) / 100n + 1n,
    receivedOn: dayFor(desk, [invoice]),
    pieces: naming(desk, invoice),
    truth: { noMatch: 'unclear' },
    ambiguous: false,
  });
  return [{ ...made, payment: { ...made.payment, currency } }];
};

/** Somebody else's name and account: a factoring bank, a director, a shared service centre, a payment service. */
function stranger({ world, payer }: Desk): { payerName: string; payerAccount: string } {
  // one customer has one such payer, again and again
  const random = createRandom(world.seed, `stranger ${payer.customer.id}`);
  const payerAccount = `${payer.country.code}${digitsOf(random, 16)}`;
  const payerName = random.pick([
    `${random.pick(['Nordfactor', 'Creditline Factoring', 'Eurofact'])} ${random.pick(['Bank AG', 'SAS', 'Ltd'])}`,
    personName(payer.family, random),
    `${random.pick(['GBS', 'SSC', 'Global Business Services'])} ${random.pick(['Krakow', 'Cluj', 'Manila'])} ${random.pick(['Sp. z o.o.', 'Ltd', ''])}`.trim(),
    random.pick(['PAYFLOW PAYMENTS LTD', 'WISELINE EUROPE SA', 'BILLTRUSTED INC']),
    `${random.pick(['Kanzlei', 'Notary', 'Estate of'])} ${personName(null, random)}`,
  ]);
  return { payerName, payerAccount };
}

const thirdPartyNamed: Maker = (desk) => {
  const { payer, random } = desk;
  const invoices = take(desk, random.chance(70) ? 1 : Math.min(3, payer.open.length));
  if (!invoices) return null;
  const behalf = random.chance(50)
    ? [
        {
          text: `${random.pick(['obo', 'for', 'i.A.', 'on behalf of', 'wg.'])} ${transliterated(withoutForm(payer.customer.name), random)}`,
        },
      ]
    : [];
  return [
    paying(desk, 'third party named', invoices, {
      pieces: [...listed(desk, invoices), ...behalf],
      ...stranger(desk),
    }),
  ];
};

const thirdPartyUnnamed: Maker = (desk) => {
  const invoices = take(desk, 1);
  return (
    invoices && [
      paying(desk, 'third party unnamed', invoices, {
        pieces: silence(desk),
        ...stranger(desk),
      }),
    ]
  );
};

/** Through a payment service, with nothing but the customer's number. */
const customerNumber: Maker = (desk) => {
  const { payer, random } = desk;
  const all = payer.open.length <= 12 && random.chance(30);
  const invoices = take(desk, all ? payer.open.length : 1);
  if (!invoices) return null;
  const label = random.pick(['Kd.Nr.', 'Customer no', 'Cust', 'Client', 'ACCT', 'Debitor']);
  return [
    paying(desk, 'customer number', invoices, {
      pieces: [...silence(desk), { text: `${label} ${payer.customer.code}` }],
      payerName: random.pick(['PAYFLOW PAYMENTS LTD', 'WISELINE EUROPE SA', 'BILLTRUSTED INC']),
      payerAccount: null,
    }),
  ];
};

type Unrelated = {
  readonly payerName: string;
  readonly text: string;
  readonly noMatch: 'unrelated' | 'unknown_payer';
};

/** An amount of its own, or sometimes, as it happens, exactly what a customer owes. */
function unrelatedAmount({ world, payer, random }: Desk): bigint {
  const same = world.payers
    .filter((each) => each.country.currency === payer.country.currency)
    .flatMap((each) => each.open);
  if (same.length > 0 && random.chance(12)) return random.pick<MatchInvoice>(same).openMinor;
  return random.chance(40) ? BigInt(random.int(1, 300)) * 5_000n : BigInt(random.int(900, 3_000_000));
}

const unrelatedLine = (desk: Desk, kind: Draft['kind'], { payerName, text, noMatch }: Unrelated): Draft =>
  draft(desk, {
    kind,
    amountMinor: unrelatedAmount(desk),
    receivedOn: dayFor(desk),
    pieces: [{ text }],
    truth: { noMatch },
    ambiguous: false,
    payerName,
    payerAccount: `${desk.payer.country.code}${digitsOf(desk.random, 14)}`,
  });

const unrelated: Maker = (desk) => {
  const { random } = desk;
  const year = desk.world.start.slice(0, 4);
  const [payerName, text] = random.pick<readonly [string, string]>([
    ['Finanzamt Mitte', `UST-ERSTATTUNG ${random.int(1, 4)}. QUARTAL ${year} ST.NR. ${digitsOf(random, 10)}`],
    ['US TREASURY 310', `TAX REF IRS TREAS 310 ${digitsOf(random, 10)}`],
    ['HM Revenue & Customs', `VAT REPAYMENT ${digitsOf(random, 9)}`],
    ['First Harbor Bank', `INTEREST CREDIT ${year}`],
    ['Allgemeine Versicherung AG', `SCHADEN NR. ${digitsOf(random, 8)} ERSTATTUNG`],
    ['Remy Test Seller Ltd', `TRANSFER FROM SAVINGS ${digitsOf(random, 8)}`],
    ['Remy Test Seller Ltd', 'EIGENUEBERTRAG'],
    ['Krankenkasse Nord', `AAG ERSTATTUNG U1 ${digitsOf(random, 6)}`],
  ]);
  return [unrelatedLine(desk, 'unrelated', { payerName, text, noMatch: 'unrelated' })];
};

const supplierRefund: Maker = (desk) => {
  const { random } = desk;
  const payerName = random.pick([
    'Stadtwerke Energie GmbH',
    'Office Depot Supplies',
    'Cloudhost Inc.',
    'City Courier Ltd',
    'Telekom Business',
  ]);
  const text = `${random.pick(['REFUND', 'Erstattung', 'Rueckzahlung Guthaben', 'remboursement', 'credit balance refund'])} ${random.pick(['your order', 'Kundennr.', 'account', 'ref'])} ${digitsOf(random, random.int(4, 9))}`;
  return [unrelatedLine(desk, 'supplier refund', { payerName, text, noMatch: 'unrelated' })];
};

const unknownPayer: Maker = (desk) => {
  const payerName = personName(null, desk.random);
  return [
    unrelatedLine(desk, 'unknown payer', {
      payerName,
      text: silence(desk)[0]!.text,
      noMatch: 'unknown_payer',
    }),
  ];
};

export const otherCases: readonly (readonly [number, Maker])[] = [
  [2, paidTwice],
  [1.5, paidBefore],
  [2, prepayment],
  [1.5, onAccount],
  [3, parentPays],
  [2, groupPays],
  [0.5, otherCurrency],
  [2, thirdPartyNamed],
  [1, thirdPartyUnnamed],
  [1.5, customerNumber],
  [2, unrelated],
  [1, supplierRefund],
  [1, unknownPayer],
];

/** Payments of more or less than is owed, and why. */

import { addDays, daysBetween } from '../../../src/domain/calendar.ts';
import type { MatchInvoice } from '../../../src/domain/matching/shapes.ts';
import { minorDigits, toDecimal } from '../../../src/domain/money.ts';
import {
  type Desk,
  type Draft,
  dayFor,
  draft,
  inFull,
  type Line,
  type Maker,
  naming,
  openSum,
  silence,
  take,
} from './desk.ts';
import { otherWords } from './numbering.ts';
import { listed } from './plain-cases.ts';
import type { CaseKind, TrueAdjustment } from './truth.ts';

/** A share in hundredths of a percent, rounded half up. */
const share = (minor: bigint, percent: string): bigint =>
  (minor * BigInt(Math.round(Number(percent) * 100)) + 5_000n) / 10_000n;

const REASONS = [
  'damaged goods',
  'short delivery',
  'price difference',
  'returned 2 pcs',
  'missing PO',
  'SLA credit',
  'freight not agreed',
] as const;

/** One invoice with less cash than is open, and the name of the difference. */
function less(
  desk: Desk,
  kind: CaseKind,
  invoice: MatchInvoice,
  adjustment: Omit<TrueAdjustment, 'invoiceId'>,
  rest: Pick<Line, 'pieces'> & Partial<Line>,
): Draft {
  const cash = invoice.openMinor - adjustment.amountMinor;
  return draft(desk, {
    kind,
    amountMinor: cash,
    receivedOn: dayFor(desk, [invoice]),
    truth: {
      applications: [{ invoiceId: invoice.id, amountMinor: cash }],
      adjustments: [{ ...adjustment, invoiceId: invoice.id }],
    },
    ...rest,
  });
}

const big = (least: bigint) => (each: MatchInvoice) => each.openMinor >= least;

const shortWithReason: Maker = (desk) => {
  const { random, payer } = desk;
  const [invoice] = take(desk, 1, big(5_000n)) ?? [];
  if (!invoice) return null;
  const minor = (invoice.openMinor * BigInt(random.int(4, 35))) / 100n + BigInt(random.int(1, 99));
  const reason = random.pick(REASONS);
  const said = random.chance(60) ? ` ${toDecimal(minor, payer.country.currency)}` : '';
  const pieces = [
    ...naming(desk, invoice),
    { text: `${otherWords[payer.country.language].less} ${reason}${said}` },
  ];
  const remittance = random.chance(35)
    ? [
        {
          document: invoice.number,
          paidMinor: invoice.openMinor - minor,
          deductionMinor: minor,
          deductionReason: reason,
        },
      ]
    : [];
  return [
    less(
      desk,
      'short with reason',
      invoice,
      { kind: 'short_pay', amountMinor: minor },
      { pieces, remittance },
    ),
  ];
};

/** Less than is owed, and not a word why. */
const shortSilently: Maker = (desk) => {
  const { random } = desk;
  const [invoice] = take(desk, 1, big(5_000n)) ?? [];
  if (!invoice) return null;
  const kept = (invoice.openMinor * BigInt(random.int(11, 45))) / 100n + BigInt(random.int(1, 99));
  const pieces = naming(desk, invoice);
  return [less(desk, 'short, no reason', invoice, { kind: 'short_pay', amountMinor: kept }, { pieces })];
};

/** What banks on the way keep: round amounts of the currency, mostly of payments from abroad. */
export const bankFee: Maker = (desk) => {
  const { random, payer } = desk;
  if (payer.channel !== 'wire' && payer.channel !== 'foreign') return null;
  const invoices = take(desk, random.chance(80) ? 1 : Math.min(3, payer.open.length), big(20_000n));
  if (!invoices) return null;
  const units = BigInt(random.pick([8, 10, 12, 15, 15, 18, 20, 25, 25, 30, 35, 45]));
  const scale =
    10n ** BigInt(minorDigits(payer.country.currency)) *
    (payer.country.currency === 'INR' ? 60n : payer.country.currency === 'JPY' ? 100n : 1n);
  const fee = units * scale + (random.chance(15) ? 50n : 0n);
  const [first, ...others] = invoices as [MatchInvoice, ...MatchInvoice[]];
  if (fee * 3n > first.openMinor) {
    payer.open.push(...invoices);
    return null;
  }
  const pieces = random.chance(80) ? listed(desk, invoices) : silence(desk);
  if (others.length === 0)
    return [less(desk, 'bank fee', first, { kind: 'bank_fee', amountMinor: fee }, { pieces })];
  return [
    draft(desk, {
      kind: 'bank fee',
      amountMinor: openSum(invoices) - fee,
      receivedOn: dayFor(desk, invoices),
      pieces,
      truth: {
        applications: [{ invoiceId: first.id, amountMinor: first.openMinor - fee }, ...inFull(others)],
        adjustments: [{ kind: 'bank_fee', invoiceId: first.id, amountMinor: fee }],
        placing: 'set',
      },
    }),
  ];
};

/** Taken within its days, or after them, when it is not the payer's any more and stays open. */
function discountTaken(desk: Desk, late: boolean): readonly Draft[] | null {
  const { world, payer, random } = desk;
  const { discount } = payer;
  if (!discount) return null;
  const lastDay = (each: MatchInvoice) => addDays(each.issuedOn, discount.days);
  const fits = (each: MatchInvoice) =>
    big(2_000n)(each) &&
    each.openMinor === each.amountMinor &&
    (late ? addDays(each.issuedOn, 14) < addDays(world.start, 10) : lastDay(each) >= world.start);
  const count = random.chance(75) ? 1 : Math.min(4, payer.open.filter(fits).length);
  const invoices = take(desk, count, fits);
  if (!invoices) return null;
  const receivedOn = late
    ? addDays(world.start, random.int(18, 29))
    : addDays(
        invoices.map((each) => each.issuedOn).sort()[0]!,
        random.int(
          Math.max(0, daysBetween(invoices.map((each) => each.issuedOn).sort()[0]!, world.start)),
          // a day or two of grace is usual
          discount.days + (random.chance(15) ? 2 : 0),
        ),
      );
  if (!late && invoices.some((each) => each.issuedOn > receivedOn)) {
    payer.open.push(...invoices);
    return null;
  }
  const kind = late ? 'short_pay' : 'early_payment_discount';
  const parts = invoices.map((each) => ({ each, kept: share(each.amountMinor, discount.percent) }));
  // many take it off the sum, where the cents come out otherwise
  if (parts.length > 1 && random.chance(50))
    parts[0]!.kept +=
      share(openSum(invoices), discount.percent) - parts.reduce((sum, { kept }) => sum + kept, 0n);
  const pieces = random.chance(85) ? listed(desk, invoices) : silence(desk);
  if (random.chance(35))
    pieces.push({
      text: random.pick([
        `${discount.percent}% Skonto`,
        'less discount',
        `${discount.percent}% DISC`,
        'escompte',
      ]),
    });
  return [
    draft(desk, {
      kind: late ? 'discount late' : 'discount in term',
      amountMinor: parts.reduce((sum, { each, kept }) => sum + each.openMinor - kept, 0n),
      receivedOn,
      pieces,
      truth: {
        applications: parts.map(({ each, kept }) => ({
          invoiceId: each.id,
          amountMinor: each.openMinor - kept,
        })),
        adjustments: parts.map(({ each, kept }) => ({ kind, invoiceId: each.id, amountMinor: kept })),
        // of several invoices nobody sees which cent was kept of which
        placing: parts.length > 1 ? 'set' : 'exact',
      },
    }),
  ];
}

export const discountInTerm: Maker = (desk) => discountTaken(desk, false);
export const discountLate: Maker = (desk) => discountTaken(desk, true);

export const withholding: Maker = (desk) => {
  const { payer, random } = desk;
  const [invoice] =
    (payer.withholding !== null && take(desk, 1, (each) => each.openMinor === each.amountMinor)) || [];
  if (!invoice) return null;
  const kept = share(invoice.amountMinor, payer.withholding!);
  const pieces = [
    ...naming(desk, invoice),
    ...(random.chance(50) ? [{ text: random.pick(['TDS', 'WHT', 'IRRF', 'less withholding']) }] : []),
  ];
  return [less(desk, 'withholding tax', invoice, { kind: 'withholding_tax', amountMinor: kept }, { pieces })];
};

/** Cents, or in one currency out of many a whole unit, lost to rounding. */
const rounding: Maker = (desk) => {
  const { random } = desk;
  const [invoice] = take(desk, 1, big(3_000n)) ?? [];
  if (!invoice) return null;
  const cents = invoice.openMinor % 100n;
  const minor = cents > 0n && random.chance(50) ? cents : BigInt(random.int(1, 9));
  const pieces = random.chance(80) ? naming(desk, invoice) : silence(desk);
  return [less(desk, 'rounding', invoice, { kind: 'write_off', amountMinor: minor }, { pieces })];
};

/** More than is open: cents, a typing slip, or the amount before a credit; the rest is the payer's. */
const overpaid: Maker = (desk) => {
  const { random } = desk;
  const [invoice] = take(desk, 1) ?? [];
  if (!invoice) return null;
  const extra = random.pick([1n, 10n, 100n, 1_000n, (invoice.openMinor * 19n) / 100n, 5_000n]);
  return [
    draft(desk, {
      kind: 'overpaid',
      amountMinor: invoice.openMinor + (extra > 0n ? extra : 1n),
      receivedOn: dayFor(desk, [invoice]),
      pieces: naming(desk, invoice),
      truth: { applications: inFull([invoice]) },
    }),
  ];
};

/** Two or three parts of one invoice, each named, or the first with its share said. */
const instalments: Maker = (desk) => {
  const { random } = desk;
  const [invoice] = take(desk, 1, big(30_000n)) ?? [];
  if (!invoice) return null;
  const count = random.int(2, 3);
  const first = (invoice.openMinor * BigInt(random.pick([50, 30, 40, 25]))) / 100n;
  const second = count === 2 ? invoice.openMinor - first : (invoice.openMinor - first) / 2n;
  const parts = [first, second, invoice.openMinor - first - second].slice(0, random.chance(30) ? 1 : count);
  const silent = random.chance(15);
  const from = dayFor(desk, [invoice]);
  return parts.map((minor, at) => {
    const pieces = silent ? silence(desk) : naming(desk, invoice);
    if (!silent && random.chance(50))
      pieces.push({
        text: random.pick([
          `${at + 1}/${count}`,
          `part ${at + 1}`,
          `Rate ${at + 1}`,
          'part payment',
          'on account of',
        ]),
      });
    return draft(desk, {
      kind: 'instalment',
      amountMinor: minor,
      receivedOn: addDays(from, at * random.int(3, 8)),
      pieces,
      truth: { applications: [{ invoiceId: invoice.id, amountMinor: minor }] },
      ambiguous: silent ? true : 'count',
    });
  });
};

/** A credit taken off, named beside the invoice or only to be seen from the sum. */
const creditNetted: Maker = (desk) => {
  const { payer, random } = desk;
  const credit = payer.credits.shift();
  if (!credit) return null;
  const invoices = take(
    desk,
    random.int(1, Math.min(3, payer.open.length)),
    (each) => each.openMinor > credit.openMinor + 100n,
  );
  if (!invoices) return null;
  const [first, ...others] = invoices as [MatchInvoice, ...MatchInvoice[]];
  const named = random.chance(80);
  const pieces = [
    ...listed(desk, invoices),
    ...(named
      ? [
          {
            text: `${otherWords[payer.country.language].less} ${random.pick(['', 'credit', 'CN', 'Gutschrift'])} ${credit.number}`.replace(
              '  ',
              ' ',
            ),
          },
        ]
      : []),
  ];
  const advice = random.chance(30)
    ? [
        ...invoices.map((each) => ({
          document: each.number,
          paidMinor: each.openMinor,
          deductionMinor: null,
          deductionReason: null,
        })),
        {
          document: credit.number,
          paidMinor: -credit.openMinor,
          deductionMinor: null,
          deductionReason: null,
        },
      ]
    : [];
  return [
    draft(desk, {
      kind: 'credit netted',
      amountMinor: openSum(invoices) - credit.openMinor,
      receivedOn: dayFor(desk, invoices),
      pieces,
      remittance: advice,
      alsoNamed: advice.length > 0 ? invoices.map((each) => each.id) : [],
      truth: {
        applications: [
          { invoiceId: first.id, amountMinor: first.openMinor - credit.openMinor },
          ...inFull(others),
        ],
        credits: [{ creditId: credit.id, invoiceId: first.id, amountMinor: credit.openMinor }],
        placing: 'set',
      },
    }),
  ];
};

export const differenceCases: readonly (readonly [number, Maker])[] = [
  [3, shortWithReason],
  [1, shortSilently],
  [3.5, bankFee],
  [4, discountInTerm],
  [1, discountLate],
  [3, withholding],
  [2, rounding],
  [2, overpaid],
  [3, instalments],
  [4, creditNetted],
];

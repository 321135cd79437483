/** One made-up month of payments of one seller, as hard as real ones: `hardSet(seed)` is the same for the same seed. */
import { createRandom, type Random } from '../../../demo/random.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import type {
  MatchInvoice,
  MatchPayment,
  MatchPromise,
  PayerMemory,
} from '../../../src/domain/matching/shapes.ts';
import type { Draft, Maker } from './desk.ts';
import { bankFee, differenceCases, discountInTerm, discountLate, withholding } from './difference-cases.ts';
import { otherCases } from './other-cases.ts';
import { plainCases } from './plain-cases.ts';
import { canBegin, type Evidence, evidenceKeys, likelyPayers, rivals, slipsBetween } from './rivals.ts';
import { settled, takenBy } from './settled.ts';
import type { MatchSet, PaymentTruth } from './truth.ts';
import { DISCOUNTS, makeWorld, type Payer, WINDOW_DAYS, type World } from './world.ts';

const CASES = [...plainCases, ...differenceCases, ...otherCases];
const MOST_TRIES = 6;
/** Every maker as often as its weight says, in halves. */
const DECK = CASES.flatMap(([weight, maker]) => Array.from({ length: weight * 2 }, () => maker));

/** What payers with an agreement or a bank on the way do again and again. */
function habitual(payer: Payer, random: Random): Maker | null {
  if (payer.withholding !== null && random.chance(55)) return withholding;
  if (payer.discount !== null && random.chance(28)) return random.chance(75) ? discountInTerm : discountLate;
  return (payer.channel === 'wire' || payer.channel === 'foreign') && random.chance(18) ? bankFee : null;
}

/** One to six payments of a customer, more of one that owes much; what does not fit its invoices is drawn again. */
function draftsOf(world: World, payer: Payer): Draft[] {
  const random = createRandom(world.seed, `payments ${payer.customer.id}`);
  const desk = { world, payer, random };
  const count = random.int(1, payer.open.length > 9 ? 7 : 4);
  const drafts: Draft[] = [];
  for (let at = 0; at < count; at++) {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const made = (habitual(payer, random) ?? random.pick(DECK))(desk);
      if (!made) continue;
      drafts.push(...made);
      break;
    }
  }
  return drafts;
}

/** Invoices of one customer and amount that unnamed payments paid all of: nothing tells which paid which. */
function findTwins(
  world: World,
  invoices: readonly MatchInvoice[],
  drafts: readonly Draft[],
): Map<number, number> {
  const silently = new Set(
    drafts
      .filter((each) => each.named.size === 0)
      .flatMap((each) => (each.truth.applications.length === 1 ? each.truth.applications[0]!.invoiceId : [])),
  );
  const clearly = new Set(
    drafts.flatMap((each) =>
      each.truth.applications.map((part) => part.invoiceId).filter((id) => each.named.has(id)),
    ),
  );
  const groups = new Map<string, MatchInvoice[]>();
  for (const invoice of invoices) {
    if (clearly.has(invoice.id) || invoice.openMinor === 0n) continue;
    const key = `${invoice.customerId} ${invoice.openMinor}`;
    groups.set(key, [...(groups.get(key) ?? []), invoice]);
  }
  const twins = new Map<number, number>();
  for (const group of groups.values())
    if (group.length > 1 && group.every((each) => silently.has(each.id)))
      for (const each of group) twins.set(each.id, -group[0]!.id - world.seed);
  return twins;
}

/** Who pays under which name and from which account, as the payments that name all they are for show it. */
function evidenceOf(drafts: readonly Draft[], owners: ReadonlyMap<number, number>): Evidence {
  const evidence = new Map<string, Set<number>>();
  for (const { payment, truth, named } of drafts) {
    const [first] = truth.applications;
    if (!first || !truth.applications.every((each) => named.has(each.invoiceId))) continue;
    for (const key of evidenceKeys(payment))
      evidence.set(key, (evidence.get(key) ?? new Set()).add(owners.get(first.invoiceId)!));
  }
  return evidence;
}

type Known = {
  readonly world: World;
  readonly invoices: readonly MatchInvoice[];
  readonly settledByName: ReadonlySet<number>;
  readonly twins: ReadonlyMap<number, number>;
  readonly evidence: Evidence;
};
/** A number this near speaks for itself, whoever pays. */
const NEAR = 2;

/** True when what the payment does not name itself could as well be something else. */
function cannotTell(draft: Draft, { world, invoices, settledByName, twins, evidence }: Known): boolean {
  if (draft.ambiguous !== 'count') return draft.ambiguous;
  const meant = draft.truth.applications.map((each) => each.invoiceId);
  const unnamed = meant.filter((id) => !draft.named.has(id));
  if (unnamed.length === 0) return false;
  // what was kept of an invoice that is not even named cannot be seen from the sum of several
  if (meant.length > 1 && draft.truth.adjustments.length > 0) return true;
  const { payment, spoiled } = draft;
  const namedSum = draft.truth.applications
    .filter((each) => draft.named.has(each.invoiceId))
    .reduce((sum, each) => sum + each.amountMinor, 0n);
  const first = invoices.find((one) => one.id === meant[0])!;
  const slips = spoiled === null ? null : slipsBetween(spoiled, first.number);
  const likely = likelyPayers(payment, world.payers, evidence);
  const owner = world.payers.find((each) => each.customer.id === first.customerId)!;
  // a parent pays for its daughters as well
  const family = new Set(
    likely.flatMap((payer) => [
      payer,
      ...world.payers.filter((each) => each.customer.parentId === payer.customer.id),
    ]),
  );
  if (draft.named.size > 0) family.add(owner);
  if (slips !== null && slips <= NEAR) for (const each of world.payers) family.add(each);
  if (!family.has(owner)) return true;
  const payerOf = new Map([...family].map((each) => [each.customer.id, each]));
  const free = invoices.flatMap((invoice) => {
    const payer = payerOf.get(invoice.customerId);
    const open = invoice.openMinor > 0n && invoice.currency === payment.currency;
    if (!payer || !open || settledByName.has(invoice.id) || draft.named.has(invoice.id)) return [];
    const farther = spoiled !== null && slipsBetween(spoiled, invoice.number) > slips!;
    // a cut number still speaks against those that begin otherwise
    const cut = unnamed.length === 1 && draft.fragment !== null && !canBegin(draft.fragment, invoice.number);
    return farther || cut ? [] : [{ invoice, payer }];
  });
  return rivals(unnamed, payment.amountMinor - namedSum, payment.receivedOn, free, twins) > 0;
}

/** Some customers said beforehand what they would pay and when. */
function promisesOf(drafts: readonly Draft[], random: Random): MatchPromise[] {
  return drafts
    .filter((each) => each.truth.applications.length > 0 && random.chance(7))
    .map((each, at) => ({
      id: at + 1,
      customerId: each.payer.customer.id,
      currency: each.payment.currency,
      amountMinor: each.payment.amountMinor,
      payOn: addDays(each.payment.receivedOn, -random.int(-1, 3)),
      invoiceIds: random.chance(70) ? each.truth.applications.map((part) => part.invoiceId) : [],
    }));
}

export type HardOptions = {
  /** What was learned of payers before, beyond what the set itself remembers. */
  readonly learned?: ReadonlyMap<number, readonly PayerMemory[]>;
  /** Only the month's first or second half; in the second everything that the first was for is settled. */
  readonly half?: 'first' | 'second';
  /** Nothing is remembered of payers, and nothing promised: what a fresh import of the ledger knows. */
  readonly fresh?: boolean;
};

const withMemory = (payer: Payer, { learned, fresh }: HardOptions): Payer => {
  const { customer } = payer;
  const memory = [...(fresh ? [] : customer.memory), ...(learned?.get(customer.id) ?? [])];
  return { ...payer, customer: { ...customer, aliases: fresh ? [] : customer.aliases, memory } };
};

const byDay = (one: Draft, other: Draft): number =>
  one.payment.receivedOn < other.payment.receivedOn
    ? -1
    : one.payment.receivedOn > other.payment.receivedOn
      ? 1
      : 0;

/** Everything that the seed makes, before anything is decided about it. */
function makeMonth(seed: number) {
  const world = makeWorld(seed);
  const invoices = world.payers.flatMap((each) => [...each.open, ...each.paid]).sort((a, b) => a.id - b.id);
  const credits = world.payers.flatMap((each) => each.credits);
  const drafts = world.payers.flatMap((payer) => draftsOf(world, payer)).sort(byDay);
  return { world, invoices, credits, drafts };
}

/** The books and the drafts of the part of the month that is asked for. */
function partOf(
  { world, invoices, credits, drafts }: ReturnType<typeof makeMonth>,
  half: HardOptions['half'],
) {
  const middle = addDays(world.start, WINDOW_DAYS / 2);
  const first = drafts.filter((each) => each.payment.receivedOn < middle);
  if (half !== 'second') return { invoices, credits, drafts: half === 'first' ? first : drafts };
  const taken = takenBy(first.map((each) => each.truth));
  return {
    invoices: settled(invoices, taken.invoices, (each) => ({
      ...each,
      status: 'paid' as const,
      paidOn: middle,
    })),
    credits: settled(credits, taken.credits, (each) => each),
    drafts: drafts.filter((each) => !first.includes(each)),
  };
}

export function hardSet(seed: number, options: HardOptions = {}): MatchSet {
  const month = makeMonth(seed);
  const world = { ...month.world, payers: month.world.payers.map((each) => withMemory(each, options)) };
  const { invoices, credits, drafts } = partOf(month, options.half);
  const twins = findTwins(world, invoices, drafts);
  const settledByName = new Set(
    drafts.flatMap((each) =>
      each.truth.applications.map((part) => part.invoiceId).filter((id) => each.named.has(id)),
    ),
  );
  const evidence = evidenceOf(drafts, new Map(invoices.map((each) => [each.id, each.customerId])));
  const known = { world, invoices, settledByName, twins, evidence };
  const truths = new Map<number, PaymentTruth>();
  const payments = drafts.map((draft, at): MatchPayment => {
    const ambiguous = cannotTell(draft, known);
    truths.set(at + 1, { paymentId: at + 1, kind: draft.kind, ...draft.truth, ambiguous });
    return { id: at + 1, ...draft.payment };
  });
  return {
    name: `hard ${seed} (${world.style.name})`,
    seeds: String(seed),
    payments,
    pool: {
      invoices,
      credits,
      customers: world.payers.map((each) => each.customer),
      promises: options.fresh ? [] : promisesOf(drafts, createRandom(seed, 'promises')),
    },
    truths,
    settings: { discounts: DISCOUNTS },
    twins,
    tellsAdjustments: true,
    toleranceMinor: 0n,
  };
}

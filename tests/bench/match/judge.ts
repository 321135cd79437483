/** Compares what matching did with what was meant, and holds that no money came or went. */
import type {
  MatchInvoice,
  MatchPayment,
  MatchResult,
  MatchSolution,
} from '../../../src/domain/matching/shapes.ts';
import type { CaseKind, MatchSet, PaymentTruth } from './truth.ts';

export type Outcome = {
  readonly payment: MatchPayment;
  readonly truth: PaymentTruth;
  readonly result: MatchResult;
  /** The money lies where it was meant to, adjustments aside. */
  readonly placedRight: boolean;
  /** What should happen happened: the right solution, or for what nobody can tell that nothing was applied. */
  readonly right: boolean;
  /** Applied without asking though it was not what was meant, or nobody could have known. */
  readonly wrongAuto: boolean;
  /** Null where nobody knows what the differences were. */
  readonly adjustmentsRight: boolean | null;
  /** In a few words what went wrong; null when right. */
  readonly mistake: string | null;
};

const total = (parts: readonly { readonly amountMinor: bigint }[]): bigint =>
  parts.reduce((sum, each) => sum + each.amountMinor, 0n);
const key = (parts: readonly string[]): string => [...parts].sort().join(' ');

/** Adjustments that close a part of an invoice; a short payment leaves it open. */
const closing = (solution: Pick<MatchSolution, 'adjustments'> | PaymentTruth) =>
  solution.adjustments.filter((each) => each.kind !== 'short_pay');

type Placed = Pick<MatchSolution, 'applications' | 'credits' | 'adjustments'> | PaymentTruth;

/** Which invoices are touched with which cash, twins taken for one another. */
function placement(solution: Placed, set: MatchSet, withAmounts: boolean): string {
  const twin = (id: number) => set.twins.get(id) ?? id;
  const cash = new Map<number, bigint>();
  for (const part of solution.applications) {
    const before = withAmounts ? (cash.get(part.invoiceId) ?? 0n) : 0n;
    cash.set(part.invoiceId, withAmounts ? before + part.amountMinor : 0n);
  }
  for (const part of solution.credits) if (!cash.has(part.invoiceId)) cash.set(part.invoiceId, 0n);
  return key([...cash].map(([id, amount]) => `${twin(id)}=${amount}`));
}

const creditsUsed = (solution: Placed): string => {
  const used = new Map<number, bigint>();
  for (const part of solution.credits)
    used.set(part.creditId, (used.get(part.creditId) ?? 0n) + part.amountMinor);
  return key([...used].map(([id, amount]) => `${id}=${amount}`));
};

const near = (one: bigint, other: bigint, tolerance: bigint): boolean =>
  one - other <= tolerance && other - one <= tolerance;

function isPlacedRight(solution: MatchSolution, truth: PaymentTruth, set: MatchSet): boolean {
  const exact = truth.placing === 'exact';
  return (
    placement(solution, set, exact) === placement(truth, set, exact) &&
    creditsUsed(solution) === creditsUsed(truth) &&
    near(total(solution.applications), total(truth.applications), set.toleranceMinor)
  );
}

const kindsOf = (solution: Placed): string =>
  key([...new Set(solution.adjustments.map((each) => each.kind))]);

/** What kind of mistake it is, for counting the like of it. */
function mistakeOf(result: MatchResult, truth: PaymentTruth, invoices: ReadonlyMap<number, MatchInvoice>) {
  const { solution } = result;
  const got = new Set(solution.applications.map((each) => each.invoiceId));
  const meant = new Set(truth.applications.map((each) => each.invoiceId));
  if (got.size === 0) return 'found nothing';
  if (meant.size === 0) return `placed what is no payment of an invoice (${truth.noMatch})`;
  const owner = (id: number) => invoices.get(id)?.customerId;
  const owners = new Set([...meant].map(owner));
  if (![...got].some((id) => owners.has(owner(id)))) return 'another customer';
  const extra = [...got].filter((id) => !meant.has(id)).length;
  const missing = [...meant].filter((id) => !got.has(id)).length;
  if (extra > 0 && missing > 0) return meant.size === 1 ? 'another invoice of the customer' : 'another set';
  if (extra > 0) return 'invoices too many';
  if (missing > 0) return 'invoices left out';
  return creditsUsed(solution) === creditsUsed(truth)
    ? 'other amounts on the right invoices'
    : 'credits used otherwise';
}

export function judge(set: MatchSet, results: readonly MatchResult[]): Outcome[] {
  assertConserved(set, results);
  const invoices = new Map(set.pool.invoices.map((each) => [each.id, each]));
  const byPayment = new Map(results.map((each) => [each.paymentId, each]));
  return set.payments.map((payment) => {
    const truth = set.truths.get(payment.id)!;
    const result = byPayment.get(payment.id)!;
    const placedRight = isPlacedRight(result.solution, truth, set);
    const right = truth.ambiguous ? result.decision !== 'applied' : placedRight;
    const wrongAuto = result.decision === 'applied' && (truth.ambiguous || !placedRight);
    const mistake = right
      ? null
      : truth.ambiguous
        ? 'applied what nobody can tell'
        : mistakeOf(result, truth, invoices);
    const adjustmentsRight = set.tellsAdjustments ? kindsOf(result.solution) === kindsOf(truth) : null;
    return { payment, truth, result, placedRight, right, wrongAuto, adjustmentsRight, mistake };
  });
}

/** Throws on the first result that makes or loses money, names what is not there, or applies more than is open. */
export function assertConserved(set: MatchSet, results: readonly MatchResult[]): void {
  const invoices = new Map(set.pool.invoices.map((each) => [each.id, each]));
  const credits = new Map(set.pool.credits.map((each) => [each.id, each]));
  const payments = new Map(set.payments.map((each) => [each.id, each]));
  const applied = new Map<string, bigint>();
  if (
    results.length !== payments.size ||
    new Set(results.map((each) => each.paymentId)).size !== payments.size
  )
    throw new Error(`${results.length} results for ${payments.size} payments`);
  for (const result of results) {
    const payment = payments.get(result.paymentId);
    const fail = (what: string): never => {
      throw new Error(`payment ${result.paymentId} of ${set.name}: ${what}`);
    };
    if (!payment) throw new Error(`a result for payment ${result.paymentId}, which nobody gave`);
    if ((result.decision === 'none') !== (result.solution.applications.length === 0))
      fail(`${result.decision} with ${result.solution.applications.length} applications`);
    for (const solution of [result.solution, ...result.alternatives]) {
      if (total(solution.applications) + solution.unappliedMinor !== payment.amountMinor)
        fail('applied and unapplied are not the amount');
      if (solution.unappliedMinor < 0n) fail('more applied than came in');
      if (!(solution.confidence >= 0 && solution.confidence <= 1)) fail(`confidence ${solution.confidence}`);
      const here = takenBy(solution);
      for (const [what, amount] of here) {
        const [kind, id] = what.split(' ');
        const source = kind === 'invoice' ? invoices.get(Number(id)) : credits.get(Number(id));
        if (source?.currency !== payment.currency) throw new Error(`${what} cannot be used by ${payment.id}`);
        const before =
          result.decision === 'applied' && solution === result.solution ? (applied.get(what) ?? 0n) : 0n;
        if (before + amount > source.openMinor)
          fail(`${what} gets ${before + amount} of ${source.openMinor}`);
        if (result.decision === 'applied' && solution === result.solution) applied.set(what, before + amount);
      }
    }
  }
}

/** What a solution takes of each invoice and credit. Throws when an amount is not above zero. */
function takenBy(solution: MatchSolution): Map<string, bigint> {
  const taken = new Map<string, bigint>();
  const take = (what: string, amount: bigint) => {
    if (amount <= 0n) throw new Error(`${amount} on ${what}`);
    taken.set(what, (taken.get(what) ?? 0n) + amount);
  };
  for (const part of solution.applications) take(`invoice ${part.invoiceId}`, part.amountMinor);
  for (const part of solution.credits) {
    take(`invoice ${part.invoiceId}`, part.amountMinor);
    take(`credit ${part.creditId}`, part.amountMinor);
  }
  for (const part of closing(solution)) take(`invoice ${part.invoiceId}`, part.amountMinor);
  return taken;
}

/** Cases by kind, in the order in which they are first met. */
export function byKind(outcomes: readonly Outcome[]): Map<CaseKind | string, Outcome[]> {
  const kinds = new Map<CaseKind | string, Outcome[]>();
  for (const outcome of outcomes) {
    const same = kinds.get(outcome.truth.kind);
    if (same) same.push(outcome);
    else kinds.set(outcome.truth.kind, [outcome]);
  }
  return kinds;
}

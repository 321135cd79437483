/**
 * One assignment over all payments of a run. The certain ones go first: what they close is no candidate for the
 * others, and they teach whose accounts and names are. Then the strongest of the rest, each with what is left.
 */
import type { Candidate } from './candidate.ts';
import { withCompletions } from './completions.ts';
import { confidenceOf, marginOf } from './confidence.ts';
import { withInstalments } from './instalments.ts';
import { type PaymentCandidates, paymentCandidates } from './payment-candidates.ts';
import type { PaymentView } from './payment-view.ts';
import { type PlacedMoney, placeMoney, takePlaced } from './place-money.ts';
import type { RunContext } from './run-context.ts';

export type Assigned = {
  readonly of: PaymentCandidates;
  /** Null: nothing is strong enough to be worth anything. */
  readonly chosen: {
    readonly candidate: Candidate;
    readonly margin: number;
    readonly placed: PlacedMoney;
  } | null;
};

const CERTAIN = 7;
const CLEAR_OF_RIVALS = 4;
const CERTAIN_NAMING = 6;
const CERTAIN_ROUNDS = 3;

type Ranked = { of: PaymentCandidates; top: Candidate; margin: number };

const rank = (all: readonly PaymentCandidates[]): Ranked[] =>
  all
    .flatMap((of) => {
      const top = of.candidates[0];
      return top ? [{ of, top, margin: marginOf(top, of.candidates, of.nothing) }] : [];
    })
    .sort(
      (a, b) =>
        b.margin - a.margin || a.of.view.day - b.of.view.day || a.of.view.payment.id - b.of.view.payment.id,
    );

const isCertain = ({ top, margin }: Ranked): boolean =>
  margin >= CERTAIN &&
  (top.amount.kind === 'exact' || top.amount.kind === 'instalment') &&
  top.docs.every(({ naming }) => naming !== null && naming.nats >= CERTAIN_NAMING);

/** Payments whose strongest reading wants the same invoice and is not much weaker. */
function rivalsOf(ranked: readonly Ranked[]): (each: Ranked) => boolean {
  const wanting = new Map<number, Ranked[]>();
  for (const each of ranked)
    for (const { invoice } of each.top.docs)
      wanting.set(invoice.id, [...(wanting.get(invoice.id) ?? []), each]);
  const earlier = (a: PaymentView, b: PaymentView) =>
    a.day < b.day || (a.day === b.day && a.payment.id < b.payment.id);
  return (each) =>
    each.top.docs.some(({ invoice }) =>
      wanting.get(invoice.id)!.some((other) => {
        if (other === each || each.top.together.includes(other.of.view.payment.id)) return false;
        const samePayment =
          other.of.view.paid === each.of.view.paid && other.of.view.payer === each.of.view.payer;
        if (samePayment) return earlier(other.of.view, each.of.view);
        return other.top.nats > each.top.nats - CLEAR_OF_RIVALS;
      }),
    );
}

const fits = ({ docs, credits }: Candidate, { state }: RunContext): boolean =>
  docs.every(({ invoice, left }) => state.leftOf(invoice) === left) &&
  credits.every(({ credit, left }) => state.creditLeftOf(credit) === left);

function commit(of: PaymentCandidates, candidate: Candidate, margin: number, context: RunContext): Assigned {
  const placed = placeMoney(candidate, of.view.payment, context);
  takePlaced(placed, candidate, of.view.payment.id, context);
  return { of, chosen: { candidate, margin, placed } };
}

/** All parts of an invoice are committed together or not at all. */
function certainGroup(each: Ranked, byPayment: ReadonlyMap<number, Ranked>): Ranked[] | null {
  const group = [each, ...each.top.together.map((id) => byPayment.get(id))];
  return group.every((part) => part !== undefined && part.top.key === each.top.key && isCertain(part))
    ? (group as Ranked[])
    : null;
}

function commitCertain(
  all: readonly PaymentCandidates[],
  context: RunContext,
): { done: Map<number, Assigned>; taught: Set<string> } {
  const taught = new Set<string>();
  const ranked = rank(all);
  const hasRival = rivalsOf(ranked);
  const byPayment = new Map(ranked.map((each) => [each.of.view.payment.id, each]));
  const done = new Map<number, Assigned>();
  for (const each of ranked) {
    if (each.margin < CERTAIN) break;
    if (done.has(each.of.view.payment.id) || !isCertain(each) || hasRival(each)) continue;
    if (!fits(each.top, context)) continue;
    const group = certainGroup(each, byPayment);
    if (!group) continue;
    for (const { of, top, margin } of inOrder(group)) {
      done.set(of.view.payment.id, commit(of, top, margin, context));
      if (top.payer.how !== 'someone else')
        for (const key of context.state.learned.learn(of.view.payer, of.view.account, top.customer.id))
          taught.add(key);
    }
  }
  return { done, taught };
}

const inOrder = (group: readonly Ranked[]): Ranked[] =>
  [...group].sort((a, b) => a.of.view.day - b.of.view.day || a.of.view.payment.id - b.of.view.payment.id);

/** Of several payments of one amount for one invoice the first one pays it, however the others are written. */
function twinsByDay(ranked: readonly Ranked[]): Ranked[] {
  const twins = new Map<string, Ranked[]>();
  const keyOf = ({ of, top }: Ranked) => `${of.view.paid} ${top.key}`;
  for (const each of ranked) twins.set(keyOf(each), [...(twins.get(keyOf(each)) ?? []), each]);
  for (const same of twins.values()) same.sort((a, b) => compareDay(a.of.view, b.of.view));
  return ranked.map((each) => twins.get(keyOf(each))!.shift()!);
}

const compareDay = (a: PaymentView, b: PaymentView): number => a.day - b.day || a.payment.id - b.payment.id;

/** The rest: strongest first; where something was taken meanwhile, read again with what is left. */
function commitRest(all: readonly PaymentCandidates[], context: RunContext): Map<number, Assigned> {
  const done = new Map<number, Assigned>();
  for (const each of all)
    if (each.candidates.length === 0) done.set(each.view.payment.id, { of: each, chosen: null });
  for (const ranked of twinsByDay(rank(all))) {
    const id = ranked.of.view.payment.id;
    const partLeft = ranked.top.amount.kind === 'instalment' || fits(ranked.top, context);
    const of = partLeft ? ranked.of : paymentCandidates(ranked.of.view, context);
    const top = of.candidates[0];
    const margin = top ? marginOf(top, of.candidates, of.nothing) : Number.NEGATIVE_INFINITY;
    // What is not even proposed takes nothing from others.
    const worth =
      top !== undefined && confidenceOf(top, margin, of.view.paid) >= context.settings.proposeFrom;
    const isLeft = top?.docs.every(({ invoice }) => context.state.leftMinor(invoice) > 0n);
    done.set(id, worth && isLeft ? commit(of, top, margin, context) : { of, chosen: null });
  }
  return done;
}

/** What a round of certain matches changed: a payment is read again where it touches its invoices or its payer. */
function isStale(of: PaymentCandidates, changed: ReadonlySet<number>, taught: ReadonlySet<string>): boolean {
  const { view, candidates, documents } = of;
  if (taught.has(view.payer) || (view.account !== null && taught.has(view.account))) return true;
  for (const { id } of documents.open.keys()) if (changed.has(id)) return true;
  return candidates.some(({ docs }) => docs.some(({ invoice }) => changed.has(invoice.id)));
}

/** Decides for every payment, by its id. */
export function assign(views: readonly PaymentView[], context: RunContext): Map<number, Assigned> {
  const done = new Map<number, Assigned>();
  let rest = views.map((view) => paymentCandidates(view, context));
  for (let round = 0; round < CERTAIN_ROUNDS; round++) {
    const { done: certain, taught } = commitCertain(withInstalments(rest, context), context);
    if (certain.size === 0) break;
    const changed = new Set<number>();
    for (const [id, assigned] of certain) {
      done.set(id, assigned);
      for (const { invoice } of assigned.chosen!.candidate.docs) changed.add(invoice.id);
    }
    rest = rest
      .filter(({ view }) => !certain.has(view.payment.id))
      .map((of) => (isStale(of, changed, taught) ? paymentCandidates(of.view, context) : of));
  }
  for (const [id, assigned] of commitRest(withCompletions(withInstalments(rest, context), context), context))
    done.set(id, assigned);
  return done;
}

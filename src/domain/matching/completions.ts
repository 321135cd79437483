/**
 * Payments of one customer that name nothing known, and make one of its invoices together, or together with one that
 * names it: the second half of an instalment often carries a number that only the payer knows.
 */
import { type AmountEvidence, tellingValues } from './amount-evidence.ts';
import { byStrength } from './best-candidates.ts';
import type { Candidate, Doc } from './candidate.ts';
import { marginOf } from './confidence.ts';
import { dayNumber } from './day-number.ts';
import type { LikelyCustomer } from './likely-customers.ts';
import type { PaymentCandidates } from './payment-candidates.ts';
import type { RunContext } from './run-context.ts';
import { dateNats, logWays, scoreSet } from './score.ts';

const SURE_PAYER = 7;
const WEAK_MARGIN = 2;
const MOST_PAYMENTS = 14;
const MOST_DOCS = 60;
const ROUNDING = 2;
const PRIOR = -2;
const MOST_NATS = 9;
const USUAL_DAY = -1.7;

type Part = { readonly of: PaymentCandidates; readonly payer: LikelyCustomer };

const surePayer = ({ customers }: PaymentCandidates): LikelyCustomer | null =>
  customers
    .filter(({ payer }) => payer.nats >= SURE_PAYER && !payer.family)
    .reduce<LikelyCustomer | null>(
      (best, each) => (best && best.payer.nats >= each.payer.nats ? best : each),
      null,
    );

const isPartOfOne = ({ docs, amount, credits }: Candidate): boolean =>
  docs.length === 1 && credits.length === 0 && (amount.kind === 'partial' || amount.kind === 'instalment');

/** Nothing explains it, or it is a part of one invoice. */
function isOpen(of: PaymentCandidates): boolean {
  const top = of.candidates[0];
  return !top || isPartOfOne(top) || marginOf(top, of.candidates, of.nothing) < WEAK_MARGIN;
}

function byCustomer(all: readonly PaymentCandidates[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const of of all) {
    const payer = isOpen(of) && Number.isSafeInteger(of.view.paid) ? surePayer(of) : null;
    if (!payer) continue;
    const key = `${payer.customer.id} ${of.view.payment.currency}`;
    const held = groups.get(key) ?? [];
    held.push({ of, payer });
    groups.set(key, held);
  }
  const byDay = (a: Part, b: Part) =>
    a.of.view.day - b.of.view.day || a.of.view.payment.id - b.of.view.payment.id;
  return [...groups.values()].filter((parts) => parts.length >= 2).map((parts) => parts.sort(byDay));
}

/** Pairs and triples of neighbouring payments that make the amount. */
function togetherFor(parts: readonly Part[], left: number): Part[][] {
  const found: Part[][] = [];
  const fits = (sum: number) => Math.abs(sum - left) <= ROUNDING;
  for (let i = 0; i < parts.length; i++)
    for (let j = i + 1; j < parts.length; j++) {
      const two = parts[i]!.of.view.paid + parts[j]!.of.view.paid;
      if (fits(two)) found.push([parts[i]!, parts[j]!]);
      if (two >= left) continue;
      for (let k = j + 1; k < parts.length; k++)
        if (fits(two + parts[k]!.of.view.paid)) found.push([parts[i]!, parts[j]!, parts[k]!]);
    }
  return found;
}

function candidateFor(
  part: Part,
  doc: Doc,
  together: readonly Part[],
  ways: number,
  context: RunContext,
): Candidate {
  const { view, candidates } = part.of;
  const named = candidates.find(({ docs }) => docs.length === 1 && docs[0]!.invoice === doc.invoice);
  const nats = Math.max(0, Math.min(MOST_NATS, Math.log(0.7 * tellingValues(doc.left)) - ways + PRIOR));
  const amount: AmountEvidence = { kind: 'instalment', nats, gap: 0, percent: null, parts: [], fee: 0 };
  const scored = scoreSet(
    {
      ...{ paid: view.paid, day: view.day, stated: view.amounts, text: view.text, months: view.months },
      ...{ customer: part.payer.customer, payer: part.payer.payer },
      ...{ chosenFrom: MOST_DOCS / 4, creditsChosenFrom: 0, namesOthers: -1, promises: [], statements: [] },
      tolerances: context.tolerances(view.payment.currency),
    },
    [{ ...doc, naming: named?.docs[0]?.naming ?? null, dateNats: dateNats(view.day, doc.issued, doc.due) }],
    [],
    null,
    amount,
  );
  const others = together.filter((each) => each !== part).map(({ of }) => of.view.payment.id);
  return { ...scored, together: others };
}

function openDocs({ payer, of }: Part, { index, state }: RunContext): Doc[] {
  return index
    .openOf(payer.customer.id)
    .filter(({ currency }) => currency === of.view.payment.currency)
    .map((invoice): Doc => {
      const [issued, due] = [dayNumber(invoice.issuedOn), dayNumber(invoice.dueOn)];
      return { invoice, left: state.leftOf(invoice), issued, due, naming: null, dateNats: 0, line: null };
    })
    .filter(({ left }) => left > 0);
}

/** The payments with their candidates, and those that only several of them together make. */
export function withCompletions(all: readonly PaymentCandidates[], context: RunContext): PaymentCandidates[] {
  const more = new Map<PaymentCandidates, Candidate[]>();
  for (const parts of byCustomer(all)) {
    for (const doc of openDocs(parts[0]!, context).slice(0, MOST_DOCS * 5)) {
      const near = parts.filter(
        ({ of }) => of.view.paid < doc.left && dateNats(of.view.day, doc.issued, doc.due) >= USUAL_DAY,
      );
      const few = near.slice(0, MOST_PAYMENTS);
      for (const together of togetherFor(few, doc.left))
        for (const part of together) {
          const ways = logWays(few.length, together.length);
          const held = more.get(part.of) ?? [];
          held.push(candidateFor(part, doc, together, ways, context));
          more.set(part.of, held);
        }
    }
  }
  return all.map((of) => {
    const found = more.get(of);
    if (!found) return of;
    const best = new Map<string, Candidate>();
    for (const each of [...of.candidates, ...found]) {
      const held = best.get(each.key);
      if (!held || each.nats > held.nats) best.set(each.key, each);
    }
    return { ...of, candidates: [...best.values()].sort(byStrength) };
  });
}

/** Several payments of a run that together make one invoice: each is weak alone, the sum speaks for all. */
import { type AmountEvidence, tellingValues } from './amount-evidence.ts';
import { byStrength } from './best-candidates.ts';
import type { Candidate } from './candidate.ts';
import type { PaymentCandidates } from './payment-candidates.ts';
import type { RunContext } from './run-context.ts';
import { CUSTOMER_PRIOR, scoreSet } from './score.ts';

const MOST_TOGETHER = 10;
/** Rounding of parts leaves a minor unit or two. */
const ROUNDING = 2;
const PRIOR = -3;
const MOST_NATS = 9;

type Part = { readonly of: PaymentCandidates; readonly candidate: Candidate };

function partsByInvoice(all: readonly PaymentCandidates[]): Map<number, Part[]> {
  const parts = new Map<number, Part[]>();
  for (const of of all)
    for (const candidate of of.candidates) {
      const doc = candidate.docs[0]!;
      if (candidate.docs.length > 1 || candidate.credits.length > 0 || of.view.paid >= doc.left) continue;
      const held = parts.get(doc.invoice.id) ?? [];
      held.push({ of, candidate });
      parts.set(doc.invoice.id, held);
    }
  return parts;
}

type Together = { readonly parts: readonly Part[]; readonly gap: number; readonly nats: number };

/** The likeliest of the subsets whose sum closes the invoice, or nearly. */
function bestTogether(parts: readonly Part[], left: number, writeOff: number): Together | null {
  const few = [...parts]
    .sort((a, b) => b.candidate.nats - a.candidate.nats || a.of.view.payment.id - b.of.view.payment.id)
    .slice(0, MOST_TOGETHER);
  const values = Math.log(0.7 * tellingValues(left));
  const most = Math.max(writeOff, Math.floor(left / 500_000));
  let best: Together | null = null;
  for (let mask = 1; mask < 2 ** few.length; mask++) {
    if ((mask & (mask - 1)) === 0) continue;
    const chosen = few.filter((_, at) => (mask >> at) & 1);
    const gap = left - chosen.reduce((sum, { of }) => sum + of.view.paid, 0);
    if (gap < -ROUNDING || gap > most) continue;
    const width = Math.log(gap <= ROUNDING ? 1 + Math.abs(gap) * 2 : gap <= 15 ? 45 : 10 * most);
    const nats = Math.min(MOST_NATS, values - width - few.length * Math.LN2 + PRIOR);
    const strength = nats * chosen.length + chosen.reduce((sum, { candidate }) => sum + likely(candidate), 0);
    if (best === null || strength > best.nats) best = { parts: chosen, gap, nats: strength };
    if (best.parts === chosen) best = { ...best, gap };
  }
  return best;
}

/** What speaks for the document without the amount. */
const likely = (candidate: Candidate): number => candidate.nats - candidate.amount.nats - CUSTOMER_PRIOR;

/** The payments with their candidates, those of instalments strengthened by the sum that they make together. */
export function withInstalments(all: readonly PaymentCandidates[], context: RunContext): PaymentCandidates[] {
  const stronger = new Map<PaymentCandidates, Candidate[]>();
  for (const parts of partsByInvoice(all).values()) {
    if (parts.length < 2) continue;
    const doc = parts[0]!.candidate.docs[0]!;
    const { writeOff } = context.tolerances(doc.invoice.currency);
    const together = bestTogether(parts, doc.left, writeOff);
    if (!together) continue;
    const sum = Math.log(0.7 * tellingValues(doc.left));
    const width = together.gap <= ROUNDING ? 1.5 : 4;
    const nats = Math.max(0, Math.min(MOST_NATS, sum - width - parts.length * Math.LN2 + PRIOR));
    const ids = together.parts.map(({ of }) => of.view.payment.id);
    const last = [...together.parts].sort(
      (a, b) => a.of.view.day - b.of.view.day || a.of.view.payment.id - b.of.view.payment.id,
    );
    together.parts.forEach((part) => {
      const { of, candidate } = part;
      const gap = part === last.at(-1) ? together.gap : 0;
      const amount: AmountEvidence = { kind: 'instalment', nats, gap, percent: null, parts: [], fee: 0 };
      const scored = scoreSet(
        {
          paid: of.view.paid,
          day: of.view.day,
          customer: candidate.customer,
          payer: candidate.payer,
          tolerances: context.tolerances(doc.invoice.currency),
          chosenFrom: candidate.chosenFrom,
          creditsChosenFrom: 0,
          stated: of.view.amounts,
          namesOthers: 0,
          promises: [],
          text: of.view.text,
          months: of.view.months,
          statements: [],
        },
        candidate.docs,
        [],
        null,
        amount,
      );
      if (scored.nats <= candidate.nats) return;
      const others = ids.filter((id) => id !== of.view.payment.id);
      stronger.set(of, [...(stronger.get(of) ?? []), { ...scored, together: others }]);
    });
  }
  return all.map((of) => {
    const found = stronger.get(of);
    if (!found) return of;
    const keys = new Set(found.map(({ key }) => key));
    const candidates = [...found, ...of.candidates.filter(({ key }) => !keys.has(key))].sort(byStrength);
    return { ...of, candidates };
  });
}

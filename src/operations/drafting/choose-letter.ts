/** Letter, tone and the broken promise behind it: as asked, else as the cadence would write now. */
import type { ChaseFacts, ChaseInvoice, ChasePromise } from '../../domain/cadence/facts.ts';
import { type ChaseDecision, nextStep } from '../../domain/cadence/next-step.ts';
import { type Day, daysBetween } from '../../domain/calendar.ts';
import { type LetterKind, type Tone, tones } from '../../domain/chase/policy.ts';
import type { DraftSettings } from './request.ts';

export type ChosenLetter = {
  readonly letter: LetterKind;
  readonly tone: Tone;
  readonly broken: ChasePromise | null;
  /** Who the cadence copies at this step. */
  readonly cc: readonly string[];
};

const plannedOf = (decision: ChaseDecision) => (decision.act === 'chase' ? decision : decision.planned);

/** By the age of the oldest invoice, where no step of the cadence says it. */
function toneByAge(days: number): Tone {
  if (days <= 7) return 'friendly';
  if (days <= 30) return 'neutral';
  return days <= 60 ? 'firm' : 'urgent';
}

/** The newest promise that was not kept; its invoices among those of the letter, where it names some. */
export function newestBroken(
  facts: ChaseFacts,
  invoices: readonly ChaseInvoice[],
  today: Day,
): ChasePromise | null {
  const ids = new Set(invoices.map((each) => each.id));
  const broken = facts.promises
    .filter((each) => each.state === 'broken' || each.state === 'partly_kept')
    .filter((each) => each.deadline < today)
    .filter((each) => each.invoiceIds.length === 0 || each.invoiceIds.some((id) => ids.has(id)))
    .sort((a, b) => (a.payOn < b.payOn ? 1 : a.payOn > b.payOn ? -1 : b.id - a.id));
  return broken[0] ?? null;
}

/** `asked`: what the person said; the rest follows the cadence as far as it is about an email. */
export function chooseLetter(
  facts: ChaseFacts,
  invoices: readonly ChaseInvoice[],
  asked: { readonly letter?: LetterKind | undefined; readonly tone?: Tone | undefined },
  { policy, company }: DraftSettings,
  today: Day,
): ChosenLetter {
  const oldest = Math.max(0, ...invoices.map((each) => daysBetween(each.dueOn, today)));
  if (asked.letter !== undefined) {
    const chases = ['reminder', 'overdue', 'final_notice', 'broken_promise'].includes(asked.letter);
    const usual = asked.letter === 'thank_you' ? 'friendly' : chases ? toneByAge(oldest) : 'neutral';
    const broken = asked.letter === 'broken_promise' ? newestBroken(facts, invoices, today) : null;
    return { letter: asked.letter, tone: asked.tone ?? usual, broken, cc: [] };
  }
  const step = plannedOf(nextStep(facts, policy, today, company));
  const late = oldest > 0;
  const planned = step?.step.channel === 'email' ? step : null;
  const plannedLetter = planned?.step.letter;
  const fits = plannedLetter !== undefined && (late || plannedLetter === 'reminder');
  if (planned && fits && plannedLetter !== 'reminder')
    return {
      letter: plannedLetter,
      tone: asked.tone ?? planned.step.tone,
      broken: planned.broken,
      cc: planned.step.cc,
    };
  return {
    letter: late ? 'overdue' : 'reminder',
    tone: asked.tone ?? toneByAge(oldest),
    broken: null,
    cc: [],
  };
}

/** So many rungs up or down the ladder of tones, at most to its ends. */
export function climb(tone: Tone, rungs: number): Tone {
  const at = tones.indexOf(tone) + rungs;
  return tones[Math.max(0, Math.min(tones.length - 1, at))] ?? tone;
}

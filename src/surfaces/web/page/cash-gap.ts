/** What explains the gap between the payment and what is picked; the person chooses how it is booked. */
import type { ExplainPaymentOutput } from '../../../domain/cash/answers.ts';
import { adjustmentWords } from '../../../domain/cash/placing-words.ts';
import { toDecimal } from '../../../domain/money.ts';
import { explain } from './cash-api.ts';
import { el } from './dom.ts';
import { money } from './money-text.ts';
import {
  type AdjustmentKind,
  explainGap,
  letOffOf,
  missing,
  owedOf,
  type PlacingDraft,
  restOf,
} from './placing-draft.ts';

type Reason = NonNullable<ExplainPaymentOutput['difference']>['reasons'][number];
const KINDS = Object.keys(adjustmentWords) as AdjustmentKind[];

const isKind = (kind: string): kind is AdjustmentKind => KINDS.includes(kind as AdjustmentKind);

/** What stays open of all picked lines, before anything is let off. */
const gapOf = (draft: PlacingDraft): bigint =>
  draft.lines.reduce((sum, line) => {
    const gap = missing(draft, line);
    return gap > 0n ? sum + gap : sum;
  }, 0n);

const chosenKind = (draft: PlacingDraft): AdjustmentKind | null =>
  draft.lines.find((line) => letOffOf(draft, line) > 0n)?.adjustment ?? null;

function choices(
  draft: PlacingDraft,
  gap: bigint,
  reasons: readonly Reason[],
  changed: () => void,
): HTMLElement {
  const fitting = reasons.filter((each) => each.fits && isKind(each.kind));
  const options: { kind: AdjustmentKind | null; label: string; why: string }[] = [
    { kind: null, label: 'It stays open', why: 'The customer still owes it; nothing is noted.' },
    ...fitting.map(({ kind, text }) => ({
      kind: kind as AdjustmentKind,
      label: adjustmentWords[kind as AdjustmentKind],
      why: text,
    })),
    ...KINDS.filter((kind) => kind !== 'short_pay' && !fitting.some((each) => each.kind === kind)).map(
      (kind) => ({ kind, label: adjustmentWords[kind], why: '' }),
    ),
  ];
  const chosen = chosenKind(draft);
  const fits = (kind: AdjustmentKind | null) => kind === null || fitting.some((each) => each.kind === kind);
  const radio = ({ kind, label, why }: (typeof options)[number]): HTMLElement => {
    const input = el('input', {
      class: 'choice',
      attributes: { type: 'radio', name: 'gap', value: kind ?? '' },
    });
    input.checked = kind === chosen;
    input.dataset.key = `gap:${kind ?? ''}`;
    input.addEventListener('change', () => {
      explainGap(draft, kind);
      changed();
    });
    return el(
      'label',
      {},
      input,
      el('span', {}, label, fits(kind) && kind !== null ? el('span', { class: 'badge good' }, 'fits') : null),
      why ? el('small', {}, why) : null,
    );
  };
  const likely = options.filter(({ kind }) => fits(kind));
  const others = options.filter(({ kind }) => !fits(kind));
  return el(
    'fieldset',
    { class: 'cash-gap' },
    el('legend', {}, `${money(toDecimal(gap, draft.currency), draft.currency)} is missing. What is it?`),
    ...likely.map(radio),
    others.length > 0 ? el('details', {}, el('summary', {}, 'Something else'), ...others.map(radio)) : null,
    ...reasons
      .filter((each) => !each.fits)
      .slice(0, 3)
      .map((each) => el('p', { class: 'to' }, `Does not fit: ${each.text}`)),
  );
}

export type GapView = {
  element: HTMLElement;
  /** Shows the gap of the draft as it is now; explanations are asked for once what is owed has changed. */
  show(paymentId: number, draft: PlacingDraft): void;
};

const WAIT_MS = 300;

/** `changed`: how the gap is booked was chosen. */
export function createGap(changed: () => void): GapView {
  const element = el('div', { attributes: { 'aria-live': 'polite' } });
  let known: { key: string; reasons: readonly Reason[] } = { key: '', reasons: [] };
  let later: ReturnType<typeof setTimeout> | undefined;
  const show = (paymentId: number, draft: PlacingDraft): void => {
    clearTimeout(later);
    const gap = gapOf(draft);
    // while money is left, it is not yet known what is missing
    if (gap <= 0n || restOf(draft) !== 0n) {
      element.replaceChildren();
      return;
    }
    const owed = toDecimal(owedOf(draft), draft.currency);
    const key = `${paymentId} ${owed}`;
    element.replaceChildren(choices(draft, gap, known.key === key ? known.reasons : [], changed));
    if (known.key === key) return;
    later = setTimeout(async () => {
      const reasons = await explain(paymentId, owed).then(
        ({ explanation }) => explanation.difference?.reasons ?? [],
        // it can be booked without an explanation of ours
        () => [],
      );
      known = { key, reasons };
      if (element.isConnected) show(paymentId, draft);
    }, WAIT_MS);
  };
  return { element, show };
}

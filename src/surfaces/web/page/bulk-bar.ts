/** Approving several at once: pick by hand, by amount or all but some; then count, total and recipients before the click. */
import type { BulkPlanInput } from '../../../domain/chase/proposals.ts';
import { cardView } from './card-view.ts';
import { plan } from './chase-api.ts';
import { button, el, failure, skeleton } from './dom.ts';
import type { Row } from './proposal-row.ts';
import { keyHint } from './row-keys.ts';

export type BulkBar = {
  element: HTMLElement;
  show(shown: boolean): void;
  /** After something was picked or decided. */
  changed(): void;
};

const pickable = (rows: Row[]): Row[] =>
  rows.filter((row) => row.box && !row.box.disabled && !row.element.hidden);

/** The amount and currency as asked of the server, which alone compares amounts. */
function amountFields(rows: () => Row[]) {
  const amount = el('input', {
    class: 'amount',
    attributes: {
      type: 'text',
      inputmode: 'decimal',
      placeholder: '5000',
      'aria-label': 'Up to this amount',
    },
  });
  const currency = el('select', { attributes: { 'aria-label': 'Currency' } });
  return {
    amount,
    currency,
    fill: () => {
      const used = rows().flatMap((row) => (row.view.currency ? [row.view.currency] : []));
      const times = (code: string) => used.filter((each) => each === code).length;
      const all = [...new Set(used)].sort((a, b) => times(b) - times(a) || a.localeCompare(b));
      currency.replaceChildren(...all.map((code) => el('option', { attributes: { value: code } }, code)));
    },
    read: () => amount.value.replaceAll(/[,\s]/g, ''),
  };
}

export function createBulkBar(rows: () => Row[]): BulkBar {
  const picked = (): Row[] => pickable(rows()).filter((row) => row.box!.checked);
  const fields = amountFields(rows);
  const every = el('input', { attributes: { type: 'checkbox', 'aria-label': 'Pick all' } });
  const review = button('Review and approve', 'primary', () => void showPlan());
  const count = el('span', { class: 'picked', attributes: { 'aria-live': 'polite' } });
  const panel = el('div', { class: 'plan' });

  const changed = () => {
    const number = picked().length;
    const all = pickable(rows()).length;
    count.textContent = number === 0 ? 'None picked' : `${number} of ${all} picked`;
    every.checked = number > 0 && number === all;
    every.indeterminate = number > 0 && number < all;
    review.disabled = number === 0;
    // a plan of other picks is no longer what would be approved; what came of a plan stays to be read
    if (!panel.querySelector('.results')) panel.replaceChildren();
  };
  every.addEventListener('change', () => {
    for (const row of pickable(rows())) row.box!.checked = every.checked;
    changed();
  });

  async function pickByAmount(): Promise<void> {
    try {
      const { plan: found } = await plan({
        maxAmount: fields.read(),
        currency: fields.currency.value,
        exceptCustomerIds: [],
      });
      const ids = new Set(found.approve.map((each) => each.proposalId));
      for (const row of pickable(rows())) row.box!.checked = ids.has(row.view.id);
      changed();
      if (ids.size === 0) count.textContent = 'None of them is that small';
    } catch (error) {
      panel.replaceChildren(failure((error as Error).message));
    }
  }

  async function showPlan(): Promise<void> {
    panel.replaceChildren(skeleton(4));
    const input: BulkPlanInput = {
      exceptCustomerIds: [],
      onlyProposalIds: picked().map((row) => row.view.id),
    };
    try {
      panel.replaceChildren(cardView(await plan(input), () => undefined));
      panel.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      panel.replaceChildren(failure((error as Error).message, () => void showPlan()));
    }
  }

  const byAmount = el(
    'form',
    { class: 'by-amount' },
    el('span', {}, 'up to'),
    fields.amount,
    fields.currency,
    el('button', { class: 'quiet', attributes: { type: 'submit' } }, 'Pick'),
  );
  byAmount.addEventListener('submit', (event) => {
    event.preventDefault();
    if (fields.read() !== '') void pickByAmount();
  });
  const element = el(
    'section',
    { class: 'bulk', hidden: true, attributes: { 'aria-label': 'Approve several' } },
    el('div', { class: 'bulk-line' }, el('label', {}, every, ' All'), byAmount, count, review),
    keyHint(),
    panel,
  );
  return {
    element,
    changed,
    show: (shown) => {
      element.hidden = !shown;
      fields.fill();
      changed();
    },
  };
}

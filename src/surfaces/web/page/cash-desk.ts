/** The right side of the cash page: the payment that was chosen, or nothing yet. */
import { readDesk } from './cash-api.ts';
import { createPanel } from './cash-panel.ts';
import { el, failure, skeleton } from './dom.ts';

export type CashDeskView = {
  element: HTMLElement;
  open(paymentId: number | null): void;
  /** Clicks the button with this label; false when there is none that can be clicked. */
  press(label: string): boolean;
};

/** What stands where no payment is chosen. */
const nothingChosen = (): HTMLElement =>
  el('p', { class: 'none' }, 'Choose a payment to see what it is for, and to place it.');

/** `settled`: something was placed, proposed or set aside, so lists are read again. */
export function createCashDesk(settled: () => void): CashDeskView {
  const element = el(
    'div',
    { class: 'cash-desk', attributes: { 'aria-label': 'The payment' } },
    nothingChosen(),
  );
  let wanted: number | null = null;
  async function load(paymentId: number): Promise<void> {
    element.replaceChildren(skeleton(8));
    try {
      const desk = await readDesk(paymentId);
      if (wanted === paymentId) element.replaceChildren(createPanel(desk, settled));
    } catch (error) {
      if (wanted === paymentId)
        element.replaceChildren(failure((error as Error).message, () => void load(paymentId)));
    }
  }
  return {
    element,
    open: (paymentId) => {
      wanted = paymentId;
      if (paymentId === null) element.replaceChildren(nothingChosen());
      else void load(paymentId);
    },
    press: (label) => {
      const found = [...element.querySelectorAll<HTMLButtonElement>('.cash-buttons button')].find(
        (each) => each.textContent === label && !each.disabled && each.offsetParent !== null,
      );
      found?.click();
      return found !== undefined;
    },
  };
}

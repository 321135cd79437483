/** What is known of a payment, and the ways in which matching would place it. */
import { confidenceText, payerText, paymentDeceptions } from '../../../cards/application-blocks.ts';
import type { PaymentDeskOutput } from '../../../domain/cash/answers.ts';
import type { PaymentRef, Placing } from '../../../domain/cash/applications.ts';
import { noMatchWords, placingText } from '../../../domain/cash/placing-words.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { button, el } from './dom.ts';
import { money } from './money-text.ts';

const seen = (text: string): string => withoutInvisible(text);

const fact = (name: string, value: string | null): HTMLElement[] =>
  value ? [el('dt', {}, name), el('dd', {}, seen(value))] : [];

/** The payment, with a word of caution where its text hides something. */
export function paymentView(payment: PaymentRef): HTMLElement {
  const { currency, amount, unapplied } = payment;
  return el(
    'div',
    { class: 'cash-payment' },
    el(
      'div',
      { class: 'cash-sum' },
      el('h2', {}, seen(payerText(payment))),
      el('strong', {}, money(unapplied, currency)),
    ),
    ...paymentDeceptions(payment).map((text) => el('p', { class: 'notice' }, text)),
    el(
      'dl',
      {},
      ...fact('Received', payment.receivedOn),
      ...(amount === unapplied ? [] : fact('Whole payment', money(amount, currency))),
      ...fact('Text', payment.reference ?? 'none'),
      ...fact('Account', payment.payerAccount),
      ...fact('Paid by', payment.method),
      ...fact('Bank reference', payment.bankReference),
      ...fact('Number', `${payment.number} (${payment.source})`),
    ),
  );
}

const sentences = (list: readonly string[]): HTMLElement =>
  el('ul', {}, ...list.map((each) => el('li', {}, seen(each))));

/** Every way that matching knows, as buttons; the one that is laid out is pressed. */
export function waysView(
  { matched }: PaymentDeskOutput,
  laidOut: Placing | null,
  take: (placing: Placing | null) => void,
): HTMLElement {
  const { decision, noMatch, placing, alternatives, payment } = matched;
  const ways = [...(decision === 'none' ? [] : [placing]), ...alternatives].filter(
    (each) => each.applications.length > 0,
  );
  const way = (each: Placing | null, label: string, text: string) => {
    const made = button(label, 'way', () => take(each));
    made.append(el('small', {}, text));
    made.setAttribute('aria-pressed', String(each === laidOut));
    return made;
  };
  const shown = laidOut ?? (decision === 'none' ? placing : null);
  return el(
    'div',
    { class: 'cash-ways' },
    decision === 'none'
      ? el(
          'p',
          { class: 'alone' },
          `Matching leaves it alone: ${noMatch ? noMatchWords[noMatch] : 'nothing fits well enough'}.`,
        )
      : null,
    el(
      'div',
      { class: 'ways', attributes: { role: 'group', 'aria-label': 'Ways to place it' } },
      ...ways.map((each, at) =>
        way(
          each,
          each === placing
            ? `Suggested, ${confidenceText(each.confidence)}`
            : `Way ${decision === 'none' ? at + 1 : at}, ${confidenceText(each.confidence)}`,
          seen(placingText(each, payment.currency)),
        ),
      ),
      ways.length > 0 ? way(null, 'By hand', 'Nothing is picked') : null,
    ),
    shown && shown.reasons.length > 0
      ? el(
          'details',
          { class: 'why', attributes: { open: '' } },
          el('summary', {}, 'Why'),
          sentences(shown.reasons),
        )
      : null,
  );
}

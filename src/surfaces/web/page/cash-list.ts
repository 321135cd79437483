/** The payments that wait, the oldest first: filtered, summed by currency, each with what is suggested for it. */
import { payerText } from '../../../cards/application-blocks.ts';
import type { ListCashOutput } from '../../../domain/cash/answers.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { type CashQuery, readCash } from './cash-api.ts';
import { button, el, failure, skeleton } from './dom.ts';
import { money } from './money-text.ts';
import { openPayment } from './routes.ts';

type Waiting = ListCashOutput['payments'][number];
const PAGE_SIZE = 50;
const AGES: [days: number, label: string][] = [
  [0, 'Any age'],
  [3, 'Over 3 days'],
  [7, 'Over a week'],
  [30, 'Over 30 days'],
  [90, 'Over 90 days'],
];

const seen = (text: string): string => withoutInvisible(text).replace(/\s+/g, ' ').trim();

function earlier(today: string, days: number): string {
  const date = new Date(`${today}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

const daysSince = (day: string, today: string): number =>
  Math.round((Date.parse(`${today}T12:00:00Z`) - Date.parse(`${day}T12:00:00Z`)) / 86_400_000);

const ageText = (day: string, today: string): string => {
  const days = daysSince(day, today);
  return days <= 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`;
};

const percentText = (confidence: number | null): string =>
  confidence === null ? 'by hand' : `${(Math.floor(confidence * 1000) / 10).toFixed(1)} %`;

function rowOf({ payment, proposal }: Waiting, today: string): HTMLElement {
  const link = el(
    'a',
    { class: 'cash-row', attributes: { href: `#/cash/${payment.id}` } },
    el(
      'span',
      { class: 'who' },
      el('strong', {}, seen(payerText(payment))),
      proposal &&
        el(
          'span',
          { class: 'badge warning', title: 'How sure the suggestion is' },
          percentText(proposal.confidence),
        ),
    ),
    el('span', { class: 'sum' }, money(payment.unapplied, payment.currency)),
    el('span', { class: 'what' }, seen(payment.reference ?? 'no text')),
    el('span', { class: 'age' }, ageText(payment.receivedOn, today)),
    el(
      'span',
      { class: 'to' },
      proposal ? `Suggested: ${seen(proposal.text)}` : 'No proposal waits; open it to see why',
    ),
  );
  link.dataset.payment = String(payment.id);
  return el('li', {}, link);
}

export type CashList = {
  element: HTMLElement;
  /** Reads it again; keeps what is filtered. */
  load(today: string): Promise<void>;
  mark(paymentId: number | null): void;
  /** Moves the choice; false when there is none in that direction. */
  step(by: number): boolean;
  focusFilter(): void;
};

export type CashListEvents = {
  /** What stands where nothing waits at all; it is asked when the list is empty without any filter. */
  empty(): Promise<HTMLElement>;
  totals(list: ListCashOutput, filtered: boolean): void;
};

function createFilters(changed: () => void) {
  const text = el('input', {
    class: 'filter',
    attributes: { type: 'search', placeholder: 'Payer, text, amount', 'aria-label': 'Find a payment' },
  });
  const currency = el('select', { attributes: { 'aria-label': 'Currencies' } });
  const age = el('select', { attributes: { 'aria-label': 'Age' } });
  age.append(...AGES.map(([days, label]) => el('option', { attributes: { value: String(days) } }, label)));
  currency.append(el('option', { attributes: { value: '' } }, 'All currencies'));
  let later: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener('input', () => {
    clearTimeout(later);
    later = setTimeout(changed, 250);
  });
  for (const select of [currency, age]) select.addEventListener('change', changed);
  return {
    text,
    element: el('div', { class: 'cash-filters' }, text, currency, age),
    isSet: () => text.value.trim() !== '' || currency.value !== '' || age.value !== '0',
    query: (today: string): Omit<CashQuery, 'limit' | 'offset'> => ({
      ...(text.value.trim() && { text: text.value.trim() }),
      ...(currency.value && { currency: currency.value }),
      ...(age.value !== '0' && { receivedTo: earlier(today, Number(age.value)) }),
    }),
    /** Currencies that were ever seen stay choosable. */
    offer: (codes: readonly string[]) => {
      const known = new Set([...currency.options].map(({ value }) => value));
      currency.append(
        ...codes
          .filter((code) => !known.has(code))
          .map((code) => el('option', { attributes: { value: code } }, code)),
      );
    },
  };
}

export function createCashList({ empty, totals }: CashListEvents): CashList {
  let today = '';
  let marked: number | null = null;
  let request = 0;
  const list = el('ul', { class: 'cash-rows', attributes: { 'aria-label': 'Payments that wait' } });
  const filters = createFilters(() => void load());
  const element = el('div', { class: 'cash-list' }, filters.element, list);

  const links = () => [...list.querySelectorAll<HTMLAnchorElement>('.cash-row')];
  const mark = (paymentId: number | null) => {
    marked = paymentId;
    for (const link of links())
      if (link.dataset.payment === String(paymentId)) {
        link.setAttribute('aria-current', 'true');
        link.scrollIntoView({ block: 'nearest' });
      } else link.removeAttribute('aria-current');
  };

  async function fill(offset: number): Promise<void> {
    request += 1;
    const own = request;
    const read = await readCash({ ...filters.query(today), limit: `${PAGE_SIZE}`, offset: `${offset}` });
    if (own !== request) return;
    totals(read, filters.isSet());
    filters.offer(read.totals.map((each) => each.currency));
    list.querySelector('.more')?.remove();
    if (offset === 0) list.replaceChildren();
    list.append(...read.payments.map((each) => rowOf(each, today)));
    const shown = offset + read.payments.length;
    if (shown < read.total)
      list.append(
        el(
          'li',
          { class: 'more' },
          button(`Show more (${read.total - shown} left)`, 'quiet', () => void more(shown)),
        ),
      );
    if (read.total === 0)
      list.replaceChildren(
        el('li', { class: 'none' }, filters.isSet() ? 'No payment fits these filters.' : await empty()),
      );
    mark(marked);
  }
  const fail = (error: unknown, again: () => void) =>
    list.append(el('li', {}, failure((error as Error).message, again)));
  async function more(offset: number): Promise<void> {
    await fill(offset).catch((error: unknown) => fail(error, () => void more(offset)));
  }
  async function load(): Promise<void> {
    if (list.childElementCount === 0) list.replaceChildren(el('li', {}, skeleton(6)));
    await fill(0).catch((error: unknown) => {
      list.replaceChildren();
      fail(error, () => void load());
    });
  }

  return {
    element,
    load: (day) => {
      today = day;
      return load();
    },
    mark,
    step: (by) => {
      const all = links();
      const at = all.findIndex((link) => link.dataset.payment === String(marked));
      const next = all[at < 0 ? 0 : at + by];
      if (!next?.dataset.payment) return false;
      openPayment(Number(next.dataset.payment));
      next.focus({ preventScroll: true });
      return true;
    },
    focusFilter: () => filters.text.focus(),
  };
}

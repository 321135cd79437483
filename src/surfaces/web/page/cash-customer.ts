/** Whose invoices are laid out: the suspected customer, and a search for another one. */
import type { CustomerRef } from '../../../domain/ledger-query/result.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { findCustomers } from './api.ts';
import { button, el } from './dom.ts';

const named = ({ name, code }: CustomerRef): string => `${withoutInvisible(name)} (${code})`;

/** `choose` gets the customer whose invoices are wanted. */
export function customerChoice(current: CustomerRef | null, choose: (id: number) => void): HTMLElement {
  const input = el('input', {
    attributes: {
      type: 'search',
      placeholder: current ? 'Another customer' : 'Search for the customer',
      'aria-label': 'Search for another customer',
      maxlength: '200',
    },
  });
  const found = el('div', { class: 'hits', attributes: { role: 'group', 'aria-label': 'Customers found' } });
  const search = async () => {
    const name = input.value.trim();
    if (name === '') return found.replaceChildren();
    try {
      const { resolved, matches } = await findCustomers(name);
      if (resolved) return choose(resolved.id);
      found.replaceChildren(
        ...(matches.length === 0
          ? [el('p', {}, `No customer is called "${name}".`)]
          : matches.map((each) => button(named(each), 'hit', () => choose(each.id)))),
      );
    } catch (error) {
      found.replaceChildren(
        el('p', { class: 'problem', attributes: { role: 'alert' } }, (error as Error).message),
      );
    }
  };
  const form = el(
    'form',
    { class: 'cash-customer', attributes: { role: 'search' } },
    el(
      'p',
      {},
      current
        ? el('strong', {}, el('a', { attributes: { href: `#/accounts/${current.id}` } }, named(current)))
        : el('strong', {}, 'Customer not known'),
    ),
    input,
    button('Search', 'quiet', () => void search()),
    found,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') found.replaceChildren();
  });
  return form;
}

/** The page of one account: what is owed, what was said, and everything that happened. */
import { downloadAddress } from './acting.ts';
import { type Account, readAccount, type ShownCard } from './api.ts';
import { cardView } from './card-view.ts';
import { el, failure, skeleton } from './dom.ts';
import { lastThread, openThread } from './routes.ts';

const back = (): HTMLElement =>
  el('a', { class: 'back', attributes: { href: `#/c/${lastThread()}` } }, '← Back to the conversation');

/** A choice or question on an account page is asked in the conversation. */
const toConversation = () => openThread(lastThread());

const section = (shown: ShownCard): HTMLElement => {
  const view = cardView(shown, toConversation);
  view.dataset.section = shown.card.title;
  return view;
};

function page({ customer, asOf, summary, sections }: Account): HTMLElement[] {
  return [
    back(),
    el(
      'div',
      { class: 'title' },
      el('h1', { attributes: { tabindex: '-1' } }, customer.name),
      el('p', {}, `${customer.code} · as of ${asOf}`),
      el(
        'a',
        {
          class: 'quiet',
          attributes: { href: downloadAddress(`/api/timeline.csv?customer=${customer.id}`), download: '' },
        },
        'Timeline as CSV',
      ),
    ),
    el('div', { class: 'sections' }, section(summary), ...sections.map(section)),
  ];
}

/** Loads and shows an account; a slower earlier load does not overwrite a later one. */
export async function showAccount(root: HTMLElement, id: string): Promise<void> {
  root.dataset.account = id;
  root.replaceChildren(back(), skeleton(8));
  try {
    const account = await readAccount(id);
    if (root.dataset.account !== id) return;
    document.title = `${account.customer.name} · Remy`;
    root.replaceChildren(...page(account));
    root.querySelector('h1')?.focus();
  } catch (error) {
    if (root.dataset.account === id)
      root.replaceChildren(
        back(),
        failure((error as Error).message, () => void showAccount(root, id)),
      );
  }
}

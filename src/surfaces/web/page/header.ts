/** The top of the page: what this is, whose ledger, how fresh, and a way to an account. */

import type { ConsoleUser } from '../chase-deps.ts';
import type { WebStatus } from '../deps.ts';
import { actAs } from './acting.ts';
import { findCustomers } from './api.ts';
import { button, el } from './dom.ts';
import { openAccount, startConversation } from './routes.ts';

/** "just now", "12 min ago", "3 h ago", "5 days ago". */
export function ago(moment: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(moment)) / 60_000);
  if (!Number.isFinite(minutes)) return moment;
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

/** Finds an account by name or code and opens it; several are offered. */
function accountSearch(): HTMLElement {
  const input = el('input', {
    attributes: {
      type: 'search',
      placeholder: 'Find an account',
      'aria-label': 'Find an account',
      maxlength: '200',
    },
  });
  const found = el('div', {
    class: 'found',
    hidden: true,
    attributes: { role: 'group', 'aria-label': 'Accounts found' },
  });
  const close = () => {
    found.hidden = true;
  };
  const open = (id: number) => {
    close();
    input.value = '';
    openAccount(id);
  };
  const show = (...nodes: HTMLElement[]) => {
    found.replaceChildren(...nodes);
    found.hidden = false;
  };
  const search = async () => {
    const name = input.value.trim();
    if (name === '') return close();
    try {
      const { resolved, matches } = await findCustomers(name);
      if (resolved) open(resolved.id);
      else if (matches.length === 0) show(el('p', {}, `No account is called "${name}".`));
      else show(...matches.map((each) => button(`${each.name} (${each.code})`, 'hit', () => open(each.id))));
    } catch (error) {
      show(el('p', {}, (error as Error).message));
    }
  };
  const form = el('form', { class: 'search', attributes: { role: 'search' } }, input, found);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  document.addEventListener('click', (event) => {
    if (!form.contains(event.target as Node)) close();
  });
  return form;
}

const logo = (): HTMLElement =>
  el(
    'a',
    { class: 'logo', attributes: { href: '#/', 'aria-label': 'Remy, to the conversation' } },
    el('img', {
      attributes: { src: new URL('./icon.svg', import.meta.url).href, alt: '', width: '28', height: '28' },
    }),
    el(
      'span',
      {},
      el('strong', {}, 'Remy'),
      el('small', {}, 'Answers about who owes you what, from your ledger'),
    ),
  );

/** How old the oldest source is, since an answer is only as fresh as that. */
function freshness(status: WebStatus): string {
  const oldest = status.sources.map((each) => each.syncedAt).sort()[0];
  return oldest ? `Data from ${ago(oldest)}` : 'No data yet';
}

/** A phone shows only its first word. */
function newConversation(): HTMLElement {
  const start = button('New', 'quiet', startConversation);
  start.append(el('span', { class: 'wide' }, ' conversation'));
  start.setAttribute('aria-label', 'New conversation');
  return start;
}

const PAGES = [
  ['chat', '#/', 'Ask'],
  ['today', '#/today', 'Today'],
  ['approvals', '#/approvals', 'Approvals'],
  ['worklist', '#/worklist', 'Worklist'],
  ['cash', '#/cash', 'Cash'],
] as const;

const waiting = el('span', { class: 'waiting', hidden: true });
const users = el('div', { class: 'acting' });
const links = PAGES.map(([name, href, label]) => {
  const link = el('a', { attributes: { href } }, label, name === 'approvals' ? waiting : null);
  link.dataset.page = name;
  return link;
});
const pages = el('nav', { class: 'pages', attributes: { 'aria-label': 'Pages' } }, ...links);

/** Marks the link of the page that is shown. */
export function markPage(view: string): void {
  for (const link of links)
    if (link.dataset.page === view) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else link.removeAttribute('aria-current');
}

/** The number that waits for a decision; null when it is not known. */
export function showWaiting(count: number | null): void {
  waiting.hidden = !count;
  waiting.textContent = count ? String(count) : '';
  waiting.title = count ? `${count} waiting for a decision` : '';
}

/** Whom the console acts as: every decision is stored under that name, and that it came from the console. */
export function showUsers(list: ConsoleUser[], current: string): void {
  const choice = el('select', { id: 'acting', attributes: { 'aria-label': 'Acting as' } });
  choice.append(
    ...list.map((user) => {
      const option = el(
        'option',
        { attributes: { value: user.email } },
        `${user.name ?? user.email} (${user.role})`,
      );
      option.selected = user.email === current;
      return option;
    }),
  );
  choice.addEventListener('change', () => actAs(choice.value));
  users.replaceChildren(el('label', { attributes: { for: 'acting' } }, 'Acting as'), choice);
}

/** Fills the header; without a status it holds what does not depend on one. */
export function showHeader(header: HTMLElement, status: WebStatus | null): void {
  const top = el(
    'div',
    { class: 'top' },
    logo(),
    status &&
      el(
        'p',
        {
          class: 'ledger',
          title: status.sources.map((each) => `${each.source}: ${each.syncedAt}`).join('\n'),
        },
        el('strong', {}, status.tenant),
        el('span', {}, freshness(status)),
      ),
    users,
  );
  header.replaceChildren(
    top,
    el('div', { class: 'bar' }, pages, el('div', { class: 'tools' }, accountSearch(), newConversation())),
  );
}

/** A strip that tells demo figures from real ones. */
export function showBanner(banner: HTMLElement, status: WebStatus): void {
  banner.hidden = !status.isDemo;
  if (!status.isDemo) return;
  banner.replaceChildren(
    el('strong', {}, 'Demo data. '),
    'Its customers and figures are made up. To ask about your own: ',
    el('code', {}, 'npx remy import customers.csv invoices.csv'),
  );
}

/**
 * Where the page is: `#/c/THREAD` a conversation, `#/accounts/ID` an account, `#/approvals`, `#/approvals/ID` one
 * proposal, `#/worklist`, `#/cash`, `#/cash/ID` one payment, `#/today`. The last thread of each user is kept for a reload.
 */
import { actingAs } from './acting.ts';

const key = (): string => `remy.thread${actingAs() === '' ? '' : `.${actingAs()}`}`;

export type Route =
  | { view: 'chat'; thread: string }
  | { view: 'account'; id: string }
  | { view: 'approvals'; id: string | null }
  | { view: 'cash'; id: string | null }
  | { view: 'worklist' }
  | { view: 'today' };

/** Private windows may refuse storage; the address alone then keeps the thread. */
function stored(): string | null {
  try {
    return localStorage.getItem(key());
  } catch {
    return null;
  }
}

function keep(thread: string): void {
  try {
    localStorage.setItem(key(), thread);
  } catch {
    // the address still has it
  }
}

/** Not `crypto.randomUUID`, which a page served over plain HTTP to another machine does not have. */
const newThread = (): string =>
  `web-${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

/** The conversation to come back to. */
export const lastThread = (): string => stored() ?? newThread();

export function readRoute(): Route {
  const page = /^#\/(worklist|today|approvals|cash)(?:\/(\d{1,15}))?$/.exec(location.hash);
  if (page?.[1] === 'approvals' || page?.[1] === 'cash') return { view: page[1], id: page[2] ?? null };
  if (page && !page[2]) return { view: page[1] as 'worklist' | 'today' };
  const [, view, id] = /^#\/(c|accounts)\/([\w.:-]{1,100})$/.exec(location.hash) ?? [];
  if (view === 'accounts' && id) return { view: 'account', id };
  const thread = view === 'c' && id ? id : lastThread();
  keep(thread);
  const hash = `#/c/${thread}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
  return { view: 'chat', thread };
}

export const openAccount = (id: number): void => {
  location.hash = `#/accounts/${id}`;
};
export const openThread = (thread: string): void => {
  location.hash = `#/c/${thread}`;
};
export const startConversation = (): void => openThread(newThread());
export const openApprovals = (id?: number): void => {
  location.hash = id === undefined ? '#/approvals' : `#/approvals/${id}`;
};
/** Also where it is open already: it is then laid out as it stands now. */
export const openPayment = (id?: number): void => {
  const hash = id === undefined ? '#/cash' : `#/cash/${id}`;
  if (location.hash === hash) document.dispatchEvent(new CustomEvent('remy:payment'));
  else location.hash = hash;
};

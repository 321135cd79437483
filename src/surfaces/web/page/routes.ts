/** Where the page is: `#/c/THREAD` a conversation, `#/accounts/ID` an account. The last thread is kept for a reload. */
const KEY = 'remy.thread';

export type Route = { view: 'chat'; thread: string } | { view: 'account'; id: string };

/** Private windows may refuse storage; the address alone then keeps the thread. */
function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(thread: string): void {
  try {
    localStorage.setItem(KEY, thread);
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

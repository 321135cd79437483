/** Starts the page and shows what its address asks for. */
import { showAccount } from './account.ts';
import { actAs, actingAs } from './acting.ts';
import { ApiError, readStatus } from './api.ts';
import { createApprovals } from './approvals.ts';
import { createCash } from './cash.ts';
import { onChange, readProposals, readUsers } from './chase-api.ts';
import { createChat } from './chat.ts';
import { button } from './dom.ts';
import { markPage, showBanner, showHeader, showUsers, showWaiting } from './header.ts';
import { readRoute } from './routes.ts';
import { showToday } from './today.ts';
import { createWorklist } from './worklist.ts';

const part = (id: string): HTMLElement => document.getElementById(id)!;
const header = part('header');
const banner = part('banner');
const roots = {
  chat: part('chat'),
  account: part('account'),
  approvals: part('approvals'),
  worklist: part('worklist'),
  cash: part('cash'),
  today: part('today'),
};
const chat = createChat(roots.chat);
const approvals = createApprovals(roots.approvals);
const worklist = createWorklist(roots.worklist);
const cash = createCash(roots.cash);

let last = '';
function show(): void {
  const route = readRoute();
  for (const [name, root] of Object.entries(roots)) root.hidden = name !== route.view;
  markPage(route.view);
  document.title = 'Remy';
  // going from payment to payment keeps the list where it is
  if (route.view !== 'chat' && !(route.view === 'cash' && last === 'cash')) scrollTo(0, 0);
  last = route.view;
  if (route.view === 'chat') void chat.open(route.thread);
  else if (route.view === 'account') void showAccount(roots.account, route.id);
  else if (route.view === 'approvals') approvals.open(route.id);
  else if (route.view === 'worklist') worklist.open();
  else if (route.view === 'cash') cash.open(route.id);
  else showToday(roots.today);
}

/** How many wait, in the header; a failure is no news for a reader of another page. */
const countWaiting = (): void =>
  void readProposals('waiting', 1).then(
    ({ total }) => showWaiting(total),
    () => showWaiting(null),
  );

async function loadStatus(): Promise<void> {
  try {
    const status = await readStatus();
    showHeader(header, status);
    showBanner(banner, status);
    chat.setLedgerEmpty(status.empty);
    countWaiting();
    showUsers((await readUsers()).users, status.user.email);
  } catch (error) {
    // a user that is gone or switched off must not lock the page out of itself
    if (error instanceof ApiError && error.code === 'not_allowed' && actingAs() !== '') return actAs('');
    banner.hidden = false;
    banner.replaceChildren(
      `${(error as Error).message} `,
      button('Try again', 'quiet', () => void loadStatus()),
    );
  }
}

showHeader(header, null);
onChange(countWaiting);
addEventListener('hashchange', show);
show();
void loadStatus();

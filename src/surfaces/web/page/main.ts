/** Starts the page and shows what its address asks for. */
import { showAccount } from './account.ts';
import { readStatus } from './api.ts';
import { createChat } from './chat.ts';
import { button } from './dom.ts';
import { showBanner, showHeader } from './header.ts';
import { readRoute } from './routes.ts';

const part = (id: string): HTMLElement => document.getElementById(id)!;
const header = part('header');
const banner = part('banner');
const chatRoot = part('chat');
const accountRoot = part('account');
const chat = createChat(chatRoot);

function show(): void {
  const route = readRoute();
  chatRoot.hidden = route.view !== 'chat';
  accountRoot.hidden = route.view !== 'account';
  document.title = 'Remy';
  if (route.view === 'chat') void chat.open(route.thread);
  else {
    scrollTo(0, 0);
    void showAccount(accountRoot, route.id);
  }
}

async function loadStatus(): Promise<void> {
  try {
    const status = await readStatus();
    showHeader(header, status);
    showBanner(banner, status);
    chat.setLedgerEmpty(status.empty);
  } catch (error) {
    banner.hidden = false;
    banner.replaceChildren(
      `${(error as Error).message} `,
      button('Try again', 'quiet', () => void loadStatus()),
    );
  }
}

showHeader(header, null);
addEventListener('hashchange', show);
show();
void loadStatus();

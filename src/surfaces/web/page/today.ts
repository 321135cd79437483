/** The page of the day: the digest as it is posted, and the tasks that wait for a person. */
import type { ShownCard } from './api.ts';
import { cardView } from './card-view.ts';
import { readDigest, readTasks } from './chase-api.ts';
import { el, failure, skeleton } from './dom.ts';
import { lastThread, openThread } from './routes.ts';

const say = (): void => openThread(lastThread());

/** A part of the page that loads by itself, so that one that fails does not take the other with it. */
function part(title: string, read: () => Promise<ShownCard[]>, none: string, shown = true): HTMLElement {
  const place = el('div', {}, skeleton(5));
  const load = async (): Promise<void> => {
    try {
      const cards = await read();
      place.replaceChildren(
        ...(cards.length > 0 ? cards.map((card) => cardView(card, say)) : [el('p', { class: 'none' }, none)]),
      );
    } catch (error) {
      place.replaceChildren(failure((error as Error).message, () => void load()));
    }
  };
  void load();
  return el(
    'section',
    { class: 'part', attributes: { 'aria-label': title } },
    shown && el('h2', {}, title),
    place,
  );
}

export function showToday(root: HTMLElement): void {
  document.title = 'Today · Remy';
  const heading = el('h1', { attributes: { tabindex: '-1' } }, 'Today');
  root.replaceChildren(
    el('div', { class: 'title' }, heading),
    part('Digest', async () => [await readDigest()], '', false),
    part(
      'Tasks',
      async () => (await readTasks()).tasks,
      'No task is open. Calls and hand-overs of the cadence stand here.',
    ),
  );
  heading.focus();
}

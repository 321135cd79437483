/** A card with what opens below it: the rows behind its figure, and how it was computed. */
import { type CardAction, renderCard } from './adaptive.ts';
import { readRows, type ShownCard } from './api.ts';
import { el, failure, skeleton } from './dom.ts';
import { openAccount } from './routes.ts';

/** Gives a file to the person without asking the server again. */
function save(name: string, mime: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: mime }));
  el('a', { attributes: { href: address, download: name } }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The words of `method`, a paragraph a line. */
const explanation = (method: string): HTMLElement =>
  el(
    'section',
    { class: 'panel', attributes: { 'aria-label': 'How this was computed' } },
    ...method.split('\n').map((line) => el('p', {}, line)),
  );

async function fillRows(panel: HTMLElement, figureId: number, say: (text: string) => void): Promise<void> {
  panel.replaceChildren(skeleton(4));
  try {
    panel.replaceChildren(cardView(await readRows(figureId), say, 'nested'));
  } catch (error) {
    panel.replaceChildren(
      failure((error as Error).message, () => {
        void fillRows(panel, figureId, say);
      }),
    );
  }
}

/** `say` sends a message in the conversation, as if typed. */
export function cardView(
  { card, adaptive }: ShownCard,
  say: (text: string) => void,
  kind: 'card' | 'nested' = 'card',
): HTMLElement {
  const panels = el('div', { class: 'panels' });
  const open = new Map<string, HTMLElement>();
  const toggle = (action: CardAction, make: () => HTMLElement) => {
    const shown = open.get(action.verb);
    if (shown) {
      shown.remove();
      open.delete(action.verb);
    } else {
      const panel = make();
      open.set(action.verb, panel);
      panels.append(panel);
    }
    action.element?.setAttribute('aria-expanded', String(!shown));
  };
  const onAction = (action: CardAction): void => {
    const { verb, data } = action;
    if (verb === 'account') openAccount(Number(data.customerId));
    else if (verb === 'say') say(String(data.say));
    else if (verb === 'explain') toggle(action, () => explanation(card.method ?? ''));
    else if (verb === 'rows')
      toggle(action, () => {
        const panel = el('section', {
          class: 'panel',
          attributes: { 'aria-label': 'Rows behind the figure' },
        });
        void fillRows(panel, Number(data.figureId), say);
        return panel;
      });
    else if (verb === 'save') {
      const block = card.blocks[Number(data.block)];
      if (block?.type === 'file') save(block.name, block.mime, block.content);
    }
  };
  const element = el('article', { class: kind }, renderCard(adaptive, onAction), panels);
  for (const each of element.querySelectorAll<HTMLElement>('.ac-pushButton'))
    if (/^(Show rows|How was)/.test(each.textContent)) each.setAttribute('aria-expanded', 'false');
  return element;
}

/** A card with what opens below it: rows behind its figure, how it was computed, forms and cards of its buttons. */
import type { CardAction as Act } from '../../../cards/card-action.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { downloadAddress } from './acting.ts';
import { type CardAction, renderCard } from './adaptive.ts';
import { readRows, type ShownCard } from './api.ts';
import { runAction } from './card-actions.ts';
import { announceChange, readProposal, type ShownProposal } from './chase-api.ts';
import { countdown } from './countdown.ts';
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

/** Parts of a card that open and close below it, each by its own button. */
function createPanels(element: HTMLElement) {
  const open = new Map<string, HTMLElement>();
  const close = (name: string) => {
    open.get(name)?.remove();
    open.delete(name);
  };
  return {
    element,
    close,
    show: (name: string, panel: HTMLElement) => {
      close(name);
      open.set(name, panel);
      element.append(panel);
    },
    toggle: (name: string, from: HTMLElement | undefined, make: () => HTMLElement) => {
      const shown = open.has(name);
      if (shown) close(name);
      else {
        const panel = make();
        open.set(name, panel);
        element.append(panel);
      }
      from?.setAttribute('aria-expanded', String(!shown));
    },
  };
}
/** Who shows the card: says something in the conversation, and hears when another card took its place. */
type Reader = { say: (text: string) => void; onReplace?: (next: ShownCard) => void };
type Panels = ReturnType<typeof createPanels>;

/** The files of an email, as they would leave; the page that a link opens cannot send who asks, so the address does. */
function attachmentLinks({ card }: ShownCard): HTMLElement | null {
  const names = card.blocks.flatMap((block) => (block.type === 'email' ? block.attachments : []));
  if (!card.proposal || names.length === 0) return null;
  const { id, revision } = card.proposal;
  return el(
    'p',
    { class: 'attachments' },
    ...names.map(({ name }) =>
      el(
        'a',
        {
          class: 'quiet',
          attributes: {
            href: downloadAddress(`/api/proposals/${id}/attachments/${revision}/${encodeURIComponent(name)}`),
            download: '',
          },
        },
        `Open ${withoutInvisible(name)}`,
      ),
    ),
  );
}

const isDecided = (shown: ShownCard): shown is ShownProposal => 'proposal' in shown && 'now' in shown;

/** The countdown of an approved email; it brings the card up to date when the email has left. */
function leaving(shown: ShownCard, replace: (next: ShownProposal) => void): HTMLElement | null {
  const { proposal } = shown.card;
  if (!proposal?.leavesAt) return null;
  const now = isDecided(shown) ? shown.now : new Date().toISOString();
  return countdown(proposal.leavesAt, now, async () => {
    const next = await readProposal(proposal.id);
    if (next.card.proposal?.leavesAt) return false;
    replace(next);
    announceChange();
    return next.proposal.state !== 'approved';
  });
}

function listen(shown: ShownCard, article: HTMLElement, panels: Panels, reader: Reader) {
  const { card } = shown;
  const { say } = reader;
  const host = {
    article,
    shown,
    replace: (next: ShownCard, message?: string) => {
      fill(article, next, reader, message);
      reader.onReplace?.(next);
    },
    open: (name: string, panel: HTMLElement) => panels.show(name, panel),
    close: panels.close,
    view: (next: ShownCard) => cardView(next, say, 'nested'),
  };
  return (action: CardAction): void => {
    const { verb, data } = action;
    if (verb === 'account') openAccount(Number(data.customerId));
    else if (verb === 'say') say(String(data.say));
    else if (verb === 'act') void runAction(data as unknown as Act, host, action.element);
    else if (verb === 'explain')
      panels.toggle('explain', action.element, () => explanation(card.method ?? ''));
    else if (verb === 'rows')
      panels.toggle('rows', action.element, () => {
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
}

/** Puts a card into its article, in the place of what was there. */
function fill(article: HTMLElement, shown: ShownCard, reader: Reader, message?: string): void {
  const panels = createPanels(el('div', { class: 'panels' }));
  const rendered = renderCard(shown.adaptive, listen(shown, article, panels, reader));
  const said = message ? el('p', { class: 'outcome', attributes: { role: 'status' } }, message) : null;
  const timer = leaving(shown, (next) => {
    fill(article, next, reader);
    reader.onReplace?.(next);
  });
  const files = attachmentLinks(shown);
  const email = rendered.querySelector('.email-body');
  if (files && email) email.after(files);
  article.replaceChildren(...[said, timer, rendered, panels.element].filter((each) => each !== null));
  if (shown.card.proposal) article.dataset.state = shown.card.proposal.state;
  for (const each of article.querySelectorAll<HTMLElement>('.ac-pushButton'))
    if (/^(Show rows|How was)/.test(each.textContent)) each.setAttribute('aria-expanded', 'false');
}

/** `say` sends a message in the conversation, as if typed; `onReplace` hears of the card as it stands after a decision. */
export function cardView(
  shown: ShownCard,
  say: (text: string) => void,
  kind: 'card' | 'nested' = 'card',
  onReplace?: (next: ShownCard) => void,
): HTMLElement {
  const article = el('article', { class: kind });
  fill(article, shown, { say, ...(onReplace ? { onReplace } : {}) });
  return article;
}

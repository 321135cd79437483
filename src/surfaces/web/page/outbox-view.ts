/** What could not be sent, with its error and a way to try again; and what is being looked up. */

import type { OutboxItem } from '../chase-deps.ts';
import { announceChange, readOutbox, retry } from './chase-api.ts';
import { button, el, failure } from './dom.ts';
import { openApprovals } from './routes.ts';

const WORDS: Readonly<Partial<Record<OutboxItem['state'], string>>> = {
  dead: 'could not be sent',
  unknown: 'is being looked up in the mailbox: it may have left',
  sending: 'is leaving',
};

function item(effect: OutboxItem, again: () => void): HTMLElement {
  const retryIt = button('Try again', 'quiet', async () => {
    retryIt.disabled = true;
    try {
      await retry(effect.id);
      announceChange();
      again();
    } catch (error) {
      line.append(failure((error as Error).message));
      retryIt.disabled = false;
    }
  });
  const line = el(
    'li',
    { class: effect.state },
    el(
      'p',
      {},
      el('strong', {}, effect.customer ?? `Proposal ${effect.proposalId}`),
      ` ${WORDS[effect.state] ?? effect.state} after ${effect.attempts} ${effect.attempts === 1 ? 'try' : 'tries'}.`,
    ),
    effect.error && el('p', { class: 'problem' }, effect.error),
    el(
      'div',
      { class: 'buttons' },
      effect.state === 'dead' ? retryIt : null,
      button('Open', 'quiet', () => openApprovals(effect.proposalId)),
    ),
  );
  return line;
}

/** Nothing where all goes well. */
export function outboxView(): HTMLElement {
  const element = el('section', { class: 'outbox', hidden: true, attributes: { 'aria-label': 'Not sent' } });
  const load = async (): Promise<void> => {
    try {
      const { effects } = await readOutbox();
      const trouble = effects.filter((effect) => WORDS[effect.state]);
      element.hidden = trouble.length === 0;
      element.replaceChildren(
        el('h2', {}, 'Needs a look'),
        el('ul', {}, ...trouble.map((effect) => item(effect, () => void load()))),
      );
    } catch (error) {
      element.hidden = false;
      element.replaceChildren(failure((error as Error).message, () => void load()));
    }
  };
  void load();
  return element;
}

/** The conversation: loads it, asks, streams the answer, and recovers from failures. */
import { ask, readThread, type ShownCard, type StoredMessage } from './api.ts';
import { createComposer } from './composer.ts';
import { el, failure, skeleton } from './dom.ts';
import { createAnswerView, pastAnswer, question } from './message.ts';
import { emptyLedger, examples } from './welcome.ts';

export type Chat = {
  /** Shows a conversation; the one already shown is left alone. */
  open(thread: string): Promise<void>;
  setLedgerEmpty(empty: boolean): void;
};

/** On a phone a focused box would open the keyboard over what is to be read. */
const hasKeyboard = (): boolean => matchMedia('(hover: hover)').matches;

const cardsOf = ({ cards = [], adaptive = [] }: StoredMessage): ShownCard[] =>
  cards.flatMap((card, at) => {
    const rendered = adaptive[at];
    return rendered ? [{ card, adaptive: rendered }] : [];
  });

export function createChat(root: HTMLElement): Chat {
  let thread = '';
  let ledgerEmpty = false;
  let running: AbortController | null = null;
  const log = el('div', {
    class: 'log',
    attributes: { role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation' },
  });
  const composer = createComposer(
    (text) => void send(text),
    () => running?.abort(),
  );
  root.replaceChildren(log, composer.element);

  const welcome = () =>
    log.replaceChildren(ledgerEmpty ? emptyLedger() : examples((text) => void send(text)));

  async function send(text: string): Promise<void> {
    if (running) return;
    log.querySelector('.welcome')?.remove();
    const asked = question(text);
    const view = createAnswerView((said) => void send(said));
    const turn = new AbortController();
    const own = thread;
    const again = () => {
      asked.remove();
      view.element.remove();
      void send(text);
    };
    running = turn;
    composer.setBusy(true);
    log.append(asked, view.element);
    asked.scrollIntoView({ block: 'start' });
    try {
      view.finish(await ask(text, own, view, turn.signal));
    } catch (error) {
      if (turn.signal.aborted) view.stopped(again);
      else view.failed((error as Error).message, again);
    } finally {
      if (running === turn) {
        running = null;
        composer.setBusy(false);
      }
    }
    if (own === thread && !root.hidden) {
      asked.scrollIntoView({ block: 'start' });
      if (hasKeyboard()) composer.focus();
    }
  }

  async function load(id: string): Promise<void> {
    log.replaceChildren(skeleton(5));
    try {
      const { messages } = await readThread(id);
      if (id !== thread) return;
      if (messages.length === 0) return welcome();
      log.replaceChildren(
        ...messages.map((message) =>
          message.role === 'user'
            ? question(message.text)
            : pastAnswer(message.text, cardsOf(message), (said) => void send(said)),
        ),
      );
      log.lastElementChild?.scrollIntoView({ block: 'end' });
    } catch (error) {
      if (id === thread) log.replaceChildren(failure((error as Error).message, () => void load(id)));
    }
  }

  return {
    open: async (id) => {
      if (id === thread) return;
      running?.abort();
      thread = id;
      await load(id);
      if (hasKeyboard()) composer.focus();
    },
    setLedgerEmpty: (empty) => {
      ledgerEmpty = empty;
      if (log.querySelector('.welcome')) welcome();
    },
  };
}

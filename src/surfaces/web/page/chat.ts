/** The conversation: loads it, asks, streams the answer, and recovers from failures. */
import { ask, readThread, type ShownCard, type StoredMessage } from './api.ts';
import { createComposer } from './composer.ts';
import { el, failure, skeleton } from './dom.ts';
import { type AnswerView, createAnswerView, pastAnswer, question } from './message.ts';
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

const pastMessages = (messages: StoredMessage[], say: (text: string) => void): HTMLElement[] =>
  messages.map((message) =>
    message.role === 'user' ? question(message.text) : pastAnswer(message.text, cardsOf(message), say),
  );

/** Runs one turn into its view; a failure is shown there, never thrown. */
async function runTurn(
  text: string,
  thread: string,
  view: AnswerView,
  again: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    view.finish(await ask(text, thread, view, signal));
  } catch (error) {
    if (signal.aborted) view.stopped(again);
    else view.failed((error as Error).message, again);
  }
}

/** Read out as it grows. */
const conversation = (): HTMLElement =>
  el('div', {
    class: 'log',
    attributes: { role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation' },
  });

export function createChat(root: HTMLElement): Chat {
  let thread = '';
  let ledgerEmpty = false;
  let running: AbortController | null = null;
  const say = (text: string) => void send(text);
  const log = conversation();
  const composer = createComposer(say, () => running?.abort());
  root.replaceChildren(log, composer.element);

  const welcome = () => log.replaceChildren(ledgerEmpty ? emptyLedger() : examples(say));

  async function send(text: string): Promise<void> {
    if (running) return;
    log.querySelector('.welcome')?.remove();
    const asked = question(text);
    const view = createAnswerView(say);
    const turn = new AbortController();
    const own = thread;
    running = turn;
    composer.setBusy(true);
    log.append(asked, view.element);
    asked.scrollIntoView({ block: 'start' });
    const again = () => {
      asked.remove();
      view.element.remove();
      say(text);
    };
    await runTurn(text, own, view, again, turn.signal);
    if (running === turn) {
      running = null;
      composer.setBusy(false);
    }
    if (own !== thread || root.hidden) return;
    asked.scrollIntoView({ block: 'start' });
    if (hasKeyboard()) composer.focus();
  }

  async function load(id: string): Promise<void> {
    log.replaceChildren(skeleton(5));
    try {
      const { messages } = await readThread(id);
      if (id !== thread) return;
      log.querySelector(':scope > .skeleton')?.remove();
      // whoever was quick to ask keeps the question; what was before goes above it
      if (running) return log.prepend(...pastMessages(messages, say));
      if (messages.length === 0) return welcome();
      log.replaceChildren(...pastMessages(messages, say));
      log.lastElementChild?.scrollIntoView({ block: 'end' });
    } catch (error) {
      if (id === thread) log.replaceChildren(failure((error as Error).message, () => void load(id)));
    }
  }

  return {
    open: async (id) => {
      if (id === thread) return;
      running?.abort();
      running = null;
      composer.setBusy(false);
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

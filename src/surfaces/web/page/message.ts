/** One message of the conversation: what was asked, or an answer while and after it is written. */
import type { ShownCard, WebAnswer } from './api.ts';
import { cardView } from './card-view.ts';
import { button, el } from './dom.ts';
import { ago } from './header.ts';
import { markdown } from './markdown.ts';

export const question = (text: string): HTMLElement =>
  el('div', { class: 'question' }, el('span', { class: 'unseen' }, 'You asked: '), el('p', {}, text));

const provenance = ({ asOf, model, sources }: Pick<WebAnswer, 'asOf' | 'model' | 'sources'>): HTMLElement =>
  el(
    'p',
    { class: 'provenance' },
    [
      `As of ${asOf}`,
      ...sources.map((each) => `${each.source} from ${ago(each.syncedAt)}`),
      `${model} model`,
    ].join(' · '),
  );

export type AnswerView = {
  element: HTMLElement;
  progress(text: string): void;
  text(text: string): void;
  replace(): void;
  /** The checked answer, which takes the place of what was streamed. */
  finish(answer: WebAnswer): void;
  stopped(again: () => void): void;
  failed(message: string, again: () => void): void;
};

/** The cards of an answer that was given before or just now. */
const cards = (list: ShownCard[], say: (text: string) => void): HTMLElement[] =>
  list.map((each) => cardView(each, say));

/** A stored answer. */
export const pastAnswer = (text: string, list: ShownCard[], say: (text: string) => void): HTMLElement =>
  el('div', { class: 'answer' }, el('div', { class: 'words' }, ...markdown(text)), ...cards(list, say));

/** An answer that is being written. */
export function createAnswerView(say: (text: string) => void): AnswerView {
  let streamed = '';
  const words = el('div', { class: 'words' });
  const working = el(
    'p',
    { class: 'working', attributes: { role: 'status' } },
    el('i'),
    el('span', {}, 'Reading the question'),
  );
  const element = el('div', { class: 'answer', attributes: { 'aria-busy': 'true' } }, words, working);
  const show = () => words.replaceChildren(...markdown(streamed));
  const end = (...nodes: HTMLElement[]) => {
    element.removeAttribute('aria-busy');
    working.remove();
    element.append(...nodes);
  };
  return {
    element,
    progress: (text) => {
      working.lastElementChild!.textContent = text;
    },
    text: (text) => {
      streamed += text;
      show();
    },
    replace: () => {
      streamed = '';
      show();
    },
    finish: (answer) => {
      streamed = answer.answer;
      show();
      const shown = answer.cards.flatMap((card, at): ShownCard[] => {
        const adaptive = answer.adaptive[at];
        return adaptive ? [{ card, adaptive }] : [];
      });
      end(...cards(shown, say), provenance(answer));
    },
    stopped: (again) =>
      end(el('div', { class: 'stopped' }, el('p', {}, 'Stopped.'), button('Ask again', 'quiet', again))),
    failed: (message, again) =>
      end(
        el(
          'div',
          { class: 'failure', attributes: { role: 'alert' } },
          el('p', {}, message),
          button('Try again', 'quiet', again),
        ),
      ),
  };
}

/** The question box: Enter sends, Shift+Enter breaks the line, Up brings the last question back, Esc stops. */
import { button, el } from './dom.ts';

const MOST_CHARACTERS = 2000;
const COUNT_FROM = 1800;
const MOST_HEIGHT_PX = 180;

export type Composer = {
  element: HTMLElement;
  focus(): void;
  /** While a turn runs the send button stops it. */
  setBusy(busy: boolean): void;
};

const questionBox = (): HTMLTextAreaElement =>
  el('textarea', {
    id: 'question',
    attributes: {
      rows: '1',
      maxlength: String(MOST_CHARACTERS),
      placeholder: 'Ask about your receivables',
      'aria-label': 'Your question',
      enterkeyhint: 'send',
      autocomplete: 'off',
    },
  });

const key = (name: string): HTMLElement => el('kbd', {}, name);
const hint = (count: HTMLElement): HTMLElement =>
  el(
    'p',
    { class: 'hint' },
    el('span', {}, key('Enter'), ' sends, ', key('Shift Enter'), ' new line, '),
    el('span', {}, key('/'), ' to type, ', key('↑'), ' last question, ', key('Esc'), ' stops'),
    count,
  );

/** What was asked before, to go through with Up and Down. */
function createRecall(put: (text: string) => void) {
  const asked: string[] = [];
  let at = 0;
  return {
    add: (text: string) => {
      asked.push(text);
      at = asked.length;
    },
    /** True when it moved; a text that was changed by hand is never replaced. */
    move: (step: -1 | 1, shown: string): boolean => {
      const next = at + step;
      if ((shown !== '' && shown !== asked[at]) || next < 0 || next > asked.length) return false;
      at = next;
      put(asked[at] ?? '');
      return true;
    },
  };
}

/** Keys that work wherever the focus is: "/" begins to type, Esc stops. */
function listenEverywhere(input: HTMLElement, isBusy: () => boolean, stop: () => void): void {
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    if (event.key === 'Escape' && isBusy()) stop();
    else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
}

export function createComposer(send: (text: string) => void, stop: () => void): Composer {
  let busy = false;
  const input = questionBox();
  const count = el('span', { class: 'count', attributes: { 'aria-live': 'polite' } });
  const submit = button('Ask', 'send', () => (busy ? stop() : go()));
  const refresh = () => {
    input.style.height = 'auto';
    if (input.scrollHeight > 0) input.style.height = `${Math.min(input.scrollHeight, MOST_HEIGHT_PX)}px`;
    const length = input.value.length;
    count.textContent = length >= COUNT_FROM ? `${length} of ${MOST_CHARACTERS}` : '';
    submit.disabled = !busy && input.value.trim() === '';
  };
  const put = (text: string) => {
    input.value = text;
    refresh();
  };
  const recall = createRecall(put);
  const go = () => {
    const text = input.value.trim();
    if (text === '' || busy) return;
    recall.add(text);
    put('');
    send(text);
  };
  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (event.key === 'Enter' && !event.shiftKey) go();
    else if (step === null || !recall.move(step, input.value)) return;
    event.preventDefault();
  });
  listenEverywhere(input, () => busy, stop);
  const element = el('form', { class: 'composer' }, el('div', { class: 'box' }, input, submit), hint(count));
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  refresh();
  return {
    element,
    focus: () => input.focus(),
    setBusy: (value) => {
      busy = value;
      submit.textContent = busy ? 'Stop' : 'Ask';
      submit.classList.toggle('stop', busy);
      refresh();
    },
  };
}

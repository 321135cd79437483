/** The question box: Enter sends, Shift+Enter breaks the line, Up brings the last question back, Esc stops. */
import { button, el } from './dom.ts';

const MOST_CHARACTERS = 2000;
const COUNT_FROM = 1800;

export type Composer = {
  element: HTMLElement;
  focus(): void;
  /** While a turn runs the send button stops it. */
  setBusy(busy: boolean): void;
};

export function createComposer(send: (text: string) => void, stop: () => void): Composer {
  const asked: string[] = [];
  let recalled = 0;
  let busy = false;
  const input = el('textarea', {
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
  const count = el('span', { class: 'count', attributes: { 'aria-live': 'polite' } });
  const submit = button('Ask', 'send', () => (busy ? stop() : go()));

  const resize = () => {
    input.style.height = 'auto';
    if (input.scrollHeight > 0) input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
    const length = input.value.length;
    count.textContent = length >= COUNT_FROM ? `${length} of ${MOST_CHARACTERS}` : '';
    submit.disabled = !busy && input.value.trim() === '';
  };
  const put = (text: string) => {
    input.value = text;
    resize();
  };
  const go = () => {
    const text = input.value.trim();
    if (text === '' || busy) return;
    asked.push(text);
    recalled = asked.length;
    put('');
    send(text);
  };
  const recall = (step: number) => {
    recalled = Math.min(asked.length, Math.max(0, recalled + step));
    put(asked[recalled] ?? '');
  };
  input.addEventListener('input', resize);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const untouched = input.value === '' || input.value === asked[recalled];
    if (event.key === 'Enter' && !event.shiftKey) go();
    else if (event.key === 'ArrowUp' && untouched && asked.length > 0) recall(-1);
    else if (event.key === 'ArrowDown' && untouched && recalled < asked.length) recall(1);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    if (event.key === 'Escape' && busy) stop();
    else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  const element = el(
    'form',
    { class: 'composer' },
    el('div', { class: 'box' }, input, submit),
    el(
      'p',
      { class: 'hint' },
      el('span', {}, el('kbd', {}, 'Enter'), ' sends, ', el('kbd', {}, 'Shift Enter'), ' new line, '),
      el(
        'span',
        {},
        el('kbd', {}, '/'),
        ' to type, ',
        el('kbd', {}, '↑'),
        ' last question, ',
        el('kbd', {}, 'Esc'),
        ' stops',
      ),
      count,
    ),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  resize();
  return {
    element,
    focus: () => input.focus(),
    setBusy: (value) => {
      busy = value;
      submit.textContent = busy ? 'Stop' : 'Ask';
      submit.classList.toggle('stop', busy);
      resize();
    },
  };
}

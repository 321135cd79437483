/** The small forms behind a card's buttons: why it is rejected, until when it is put off, what is changed in it. */
import type { EmailEdits } from '../../../domain/chase/proposals.ts';
import { button, el } from './dom.ts';

/** Runs `work` once at a time, with the form's buttons off meanwhile; a failure is shown in the form. */
function submitting(form: HTMLFormElement, work: (submitter: string) => Promise<void>): void {
  const problem = el('p', { class: 'problem', attributes: { role: 'alert' } });
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    problem.remove();
    for (const each of form.querySelectorAll('button')) each.disabled = true;
    try {
      await work((event.submitter as HTMLButtonElement | null)?.value ?? '');
    } catch (error) {
      problem.textContent = (error as Error).message;
      form.append(problem);
    } finally {
      busy = false;
      for (const each of form.querySelectorAll('button')) each.disabled = false;
      // a button that is off loses the focus, and with it Escape
      if (form.isConnected) (event.submitter ?? form.querySelector<HTMLElement>('textarea, input'))?.focus();
    }
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    form.querySelector<HTMLButtonElement>('[data-cancel]')?.click();
  });
}

const cancel = (close: () => void): HTMLElement => {
  const made = button('Cancel', 'quiet', close);
  made.dataset.cancel = '';
  return made;
};
const submit = (label: string, className: string, value = ''): HTMLElement =>
  el('button', { class: className, attributes: { type: 'submit', value } }, label);

let made = 0;
/** A labelled field; the label is read out with it. */
function field<Control extends HTMLElement>(label: string, control: Control, hint?: string): HTMLElement {
  made += 1;
  control.id = `field-${made}`;
  return el(
    'div',
    { class: 'field' },
    el('label', { attributes: { for: control.id } }, label),
    control,
    hint ? el('small', {}, hint) : null,
  );
}

/** Asks why, in a sentence that the maker of the draft will read. */
export function reasonForm(
  title: string,
  action: string,
  send: (reason: string) => Promise<void>,
  close: () => void,
): HTMLElement {
  const reason = el('textarea', { attributes: { rows: '2', maxlength: '500', required: '' } });
  const form = el(
    'form',
    { class: 'action-form', attributes: { 'aria-label': title } },
    field(title, reason),
    el('div', { class: 'buttons' }, submit(action, 'danger'), cancel(close)),
  );
  submitting(form, () => send(reason.value.trim()));
  queueMicrotask(() => reason.focus());
  return form;
}

const isoDay = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** Days from the given one on: tomorrow, next Monday, in a week. */
function laterDays(today: string): [string, string][] {
  const at = (days: number): string => {
    const date = new Date(`${today}T12:00:00`);
    date.setDate(date.getDate() + days);
    return isoDay(date);
  };
  const weekday = new Date(`${today}T12:00:00`).getDay();
  return [
    ['Tomorrow', at(1)],
    ['Next Monday', at((8 - weekday) % 7 || 7)],
    ['In a week', at(7)],
  ];
}

/** Asks until which day; `today` is the server's. */
export function snoozeForm(
  today: string,
  send: (untilOn: string) => Promise<void>,
  close: () => void,
): HTMLElement {
  const choices = laterDays(today);
  const until = el('input', { attributes: { type: 'date', required: '', min: choices[0]![1] } });
  until.value = choices[2]![1];
  const form = el(
    'form',
    { class: 'action-form', attributes: { 'aria-label': 'Snooze until' } },
    field('Comes back on', until),
    el(
      'div',
      { class: 'buttons' },
      ...choices.map(([label, day]) =>
        button(label, 'quiet', () => {
          until.value = day;
        }),
      ),
    ),
    el('div', { class: 'buttons' }, submit('Snooze', 'primary'), cancel(close)),
  );
  submitting(form, () => send(until.value));
  queueMicrotask(() => until.focus());
  return form;
}

const addresses = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

export type Editable = { to: string[]; cc: string[]; subject: string; body: string };

/** What differs from the email as it was; fields that are the same are left out. */
export function editsOf(before: Editable, after: Editable): EmailEdits {
  const changed = <Key extends keyof Editable>(key: Key) =>
    JSON.stringify(before[key]) === JSON.stringify(after[key]) ? {} : { [key]: after[key] };
  return { ...changed('to'), ...changed('cc'), ...changed('subject'), ...changed('body') };
}

/**
 * The email as a form in its own place. `save` gets what is to be saved and whether it is approved in the same go.
 */
export function editForm(
  email: Editable,
  mayApprove: boolean,
  save: (edited: Editable, approve: boolean) => Promise<void>,
  close: () => void,
): HTMLElement {
  const input = (value: string, attributes: Record<string, string> = {}) => {
    const control = el('input', { attributes: { type: 'text', autocomplete: 'off', ...attributes } });
    control.value = value;
    return control;
  };
  const to = input(email.to.join(', '), { required: '' });
  const cc = input(email.cc.join(', '));
  const subject = input(email.subject, { required: '', maxlength: '300' });
  const body = el('textarea', {
    class: 'letter',
    attributes: { rows: '14', required: '', maxlength: '20000' },
  });
  body.value = email.body;
  const form = el(
    'form',
    { class: 'action-form edit', attributes: { 'aria-label': 'Edit the email' } },
    field('To', to, 'Addresses with commas between them; known contacts of this account only.'),
    field('Cc', cc),
    field('Subject', subject),
    field('Text', body),
    el(
      'div',
      { class: 'buttons' },
      submit('Save', mayApprove ? 'quiet' : 'primary', 'save'),
      mayApprove ? submit('Save and approve', 'primary', 'approve') : null,
      cancel(close),
    ),
  );
  submitting(form, (submitter) =>
    save(
      {
        to: addresses(to.value),
        cc: addresses(cc.value),
        subject: subject.value.trim(),
        body: body.value.trim(),
      },
      submitter === 'approve',
    ),
  );
  queueMicrotask(() => body.focus());
  return form;
}

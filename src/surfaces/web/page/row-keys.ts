/**
 * Keys on the approvals page: j and k move, Enter opens, x picks; on an open one a approves, e edits, r, s; u takes
 * back, wherever the focus is, since an approved email leaves within a minute.
 */
import { el } from './dom.ts';
import type { Row } from './proposal-row.ts';

const PRESSES: Readonly<Record<string, string>> = {
  a: 'Approve',
  e: 'Edit',
  r: 'Reject',
  s: 'Snooze',
};

export const keyHint = (): HTMLElement =>
  el(
    'p',
    { class: 'keys' },
    ...[
      ['j', 'k', 'move'],
      ['Enter', '', 'opens'],
      ['x', '', 'picks'],
      ['a', '', 'approves what is open'],
      ['e', '', 'edits'],
      ['r', '', 'rejects'],
      ['s', '', 'snoozes'],
      ['u', '', 'takes back'],
    ].map(([first, second, what]) =>
      el('span', {}, el('kbd', {}, first!), second ? el('kbd', {}, second) : null, ` ${what} `),
    ),
  );

/** Listens while `root` is shown; never while somebody types. `takeBack` gives false when there is nothing to undo. */
export function listenToKeys(root: HTMLElement, rows: () => Row[], takeBack: () => boolean): void {
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.matches('input:not([type=checkbox]), textarea, select');
    if (root.hidden || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = rows();
    const at = all.findIndex((row) => row.element.contains(document.activeElement));
    const row = all[at];
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (event.key === 'u') {
      // a key that is held down takes back one
      if (event.repeat || !takeBack()) return;
    } else if (step !== 0) (all[at < 0 ? 0 : at + step] ?? row)?.focus();
    else if (event.key === 'x' && row?.box) row.box.click();
    else if (row?.isOpen() && PRESSES[event.key]) row.press(PRESSES[event.key]!);
    else return;
    event.preventDefault();
  });
}

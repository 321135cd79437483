/** One proposal of the list: a line with what one has to know, which opens to the whole card. */

import { stateText } from '../../../cards/proposal-lists.ts';
import { applicationText } from '../../../domain/cash/placing-words.ts';
import type { ProposalView } from '../../../domain/chase/proposals.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import type { ShownCard } from './api.ts';
import { cardView } from './card-view.ts';
import { readProposal, type ShownProposal } from './chase-api.ts';
import { el, failure, skeleton } from './dom.ts';
import { money } from './money-text.ts';

export type Row = {
  element: HTMLElement;
  view: ProposalView;
  /** Null where it cannot be approved together with others. */
  box: HTMLInputElement | null;
  toggle(): void;
  isOpen(): boolean;
  /** Clicks the button of its open card with this label; false when there is none. */
  press(label: string): boolean;
  focus(): void;
};

const nameOf = (view: ProposalView): string =>
  view.customer?.name ??
  (view.content.kind === 'policy_change' ? `Change of the ${view.content.policy}` : 'Cash application');

const aboutOf = ({ content }: ProposalView): string =>
  content.kind === 'email'
    ? content.subject
    : content.kind === 'application'
      ? applicationText(content)
      : content.changes.map((change) => `${change.path}: ${change.before} → ${change.after}`).join('; ');

const recipientsOf = ({ content }: ProposalView): string =>
  content.kind === 'email' ? `to ${[...content.to, ...content.cc, ...content.bcc].join(', ')}` : '';

/** Small words beside the name: risk, a second person, a state that is not the tab's own. */
function badges(view: ProposalView): HTMLElement[] {
  const badge = (text: string, kind = '') => el('span', { class: `badge ${kind}`.trim() }, text);
  return [
    ...view.riskFlags.map((flag) => badge(flag.replaceAll('_', ' '), 'bad')),
    ...(view.approvalsNeeded > 1 ? [badge(`${view.approvalsNeeded} people`, 'warning')] : []),
    ...(view.state === 'pending' && !view.mayDecide ? [badge('not yours to approve', 'muted')] : []),
    ...(view.state === 'pending' ? [] : [badge(stateText(view), view.state === 'done' ? 'good' : 'muted')]),
  ];
}

/** What has to be known at a glance: who, how much, what, to whom. */
const lineOf = (view: ProposalView): HTMLElement[] => [
  el('span', { class: 'who' }, el('strong', {}, withoutInvisible(nameOf(view))), ...badges(view)),
  el('span', { class: 'sum' }, view.amount ? money(view.amount, view.currency ?? '') : ''),
  el('span', { class: 'what' }, withoutInvisible(aboutOf(view))),
  el('span', { class: 'to' }, withoutInvisible(recipientsOf(view))),
];

export function createRow(
  view: ProposalView,
  say: (text: string) => void,
  picked: () => void,
  canPick: boolean,
): Row {
  const box =
    canPick && view.state === 'pending' && view.mayDecide && view.customer
      ? el('input', { class: 'pick', attributes: { type: 'checkbox', 'aria-label': `Pick ${nameOf(view)}` } })
      : null;
  box?.addEventListener('change', picked);
  const body = el('div', { class: 'row-body', hidden: true });
  const head = el('button', {
    class: 'row-head',
    attributes: { type: 'button', 'aria-expanded': 'false' },
  });
  head.append(...lineOf(view));
  /** The line follows what was decided in the open card. */
  const follow = (next: ShownCard) => {
    if (!('proposal' in next)) return;
    const now = (next as ShownProposal).proposal;
    row.view = now;
    head.replaceChildren(...lineOf(now));
    if (box && (now.state !== 'pending' || now.id !== view.id)) {
      box.checked = false;
      box.disabled = true;
    }
    picked();
  };
  async function fill(): Promise<void> {
    body.replaceChildren(skeleton(5));
    try {
      body.replaceChildren(cardView(await readProposal(row.view.id), say, 'card', follow));
    } catch (error) {
      body.replaceChildren(failure((error as Error).message, () => void fill()));
    }
  }
  const toggle = () => {
    body.hidden = !body.hidden;
    head.setAttribute('aria-expanded', String(!body.hidden));
    if (!body.hidden && body.childElementCount === 0) void fill();
  };
  head.addEventListener('click', toggle);
  const element = el('li', { class: 'row' }, el('div', { class: 'row-line' }, box, head), body);
  element.dataset.proposal = String(view.id);
  const row: Row = {
    element,
    view,
    box,
    toggle,
    isOpen: () => !body.hidden,
    press: (label) => {
      const found = [...body.querySelectorAll<HTMLElement>('.ac-pushButton')].find(
        (each) => each.textContent === label,
      );
      found?.click();
      return found !== undefined;
    },
    focus: () => {
      head.focus();
      element.scrollIntoView({ block: 'nearest' });
    },
  };
  return row;
}

/** The worklist page: whom to chase, ranked, with the reasons and a draft one click away; and whom not, and why not. */
import type { NotChasedItem, WorklistItem, WorklistOutput } from '../../../domain/chase/worklist.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { cardView } from './card-view.ts';
import {
  announceChange,
  draft,
  onChange,
  readProposal,
  readWorklist,
  type ShownProposal,
} from './chase-api.ts';
import { button, el, failure, skeleton } from './dom.ts';
import { money, totalsText } from './money-text.ts';
import { lastThread, openThread } from './routes.ts';

const seen = (text: string): string => withoutInvisible(text);
const say = (): void => openThread(lastThread());

const sentences = (title: string, list: readonly string[]): HTMLElement | null =>
  list.length === 0
    ? null
    : el(
        'div',
        { class: 'said' },
        el('h3', {}, title),
        el('ul', {}, ...list.map((each) => el('li', {}, seen(each)))),
      );

const accountLink = ({ id, name }: { id: number; name: string }): HTMLElement =>
  el('a', { attributes: { href: `#/accounts/${id}` } }, seen(name));

const days = (count: number): string =>
  count > 0 ? `${count} ${count === 1 ? 'day' : 'days'} overdue` : 'not due yet';

/** The button of an item, and the place where what it opened stands. */
function act(item: WorklistItem): { control: HTMLElement | null; place: HTMLElement } {
  const place = el('div', { class: 'row-body', hidden: true });
  const open = async (read: () => Promise<ShownProposal>, control: HTMLButtonElement): Promise<void> => {
    if (!place.hidden) {
      place.hidden = true;
      control.setAttribute('aria-expanded', 'false');
      return;
    }
    place.hidden = false;
    control.disabled = true;
    place.replaceChildren(skeleton(5));
    try {
      place.replaceChildren(cardView(await read(), say));
      control.textContent = 'Open draft';
      control.setAttribute('aria-expanded', 'true');
    } catch (error) {
      place.replaceChildren(
        failure((error as Error).message, () => {
          place.hidden = true;
          void open(read, control);
        }),
      );
    } finally {
      control.disabled = false;
    }
  };
  let proposalId = item.proposalId;
  if (proposalId === null && item.step.channel !== 'email') return { control: null, place };
  const read = async (): Promise<ShownProposal> => {
    if (proposalId !== null) return readProposal(proposalId);
    const made = await draft(item.customer.id, item.currency);
    proposalId = made.proposal.id;
    announceChange();
    return made;
  };
  const control = button(
    proposalId === null ? 'Draft' : 'Open draft',
    'quiet',
    () => void open(read, control),
  );
  return { control, place };
}

function itemRow(item: WorklistItem): HTMLElement {
  const { control, place } = act(item);
  const why = el(
    'details',
    {},
    el('summary', {}, 'Why, and what would change it'),
    sentences('Why', item.reasons),
    sentences('What would change its place', item.wouldChange),
    sentences(
      'Invoices',
      item.invoices.map(
        (invoice) =>
          `${invoice.number}, due ${invoice.dueOn}, ${days(invoice.daysOverdue)}: ${money(invoice.openAmount, item.currency)}`,
      ),
    ),
    sentences(
      'Left out',
      item.leftOut.map(({ number, reason }) => `${number}: ${reason.text}`),
    ),
  );
  return el(
    'li',
    { class: 'row work' },
    el(
      'div',
      { class: 'work-line' },
      el('span', { class: 'rank' }, String(item.rank)),
      el(
        'div',
        { class: 'work-main' },
        el(
          'p',
          { class: 'who' },
          el('strong', {}, accountLink(item.customer)),
          item.owner && el('small', {}, item.owner),
        ),
        el('p', { class: 'what' }, seen(item.step.text.charAt(0).toUpperCase() + item.step.text.slice(1))),
        item.reasons[0] ? el('p', { class: 'to' }, seen(item.reasons[0])) : null,
      ),
      el(
        'div',
        { class: 'work-sums' },
        el('strong', {}, money(item.dueAmount, item.currency)),
        el('span', {}, days(item.maxDaysOverdue)),
        el(
          'span',
          { title: `${item.slipPercent}% that it slips further if nobody acts` },
          `gains ${money(item.expectedGain, item.currency)}`,
        ),
      ),
      control ?? el('span', { class: 'no-act' }),
    ),
    why,
    place,
  );
}

const notChasedRow = (item: NotChasedItem): HTMLElement =>
  el(
    'li',
    { class: 'row work' },
    el(
      'div',
      { class: 'work-line' },
      el(
        'div',
        { class: 'work-main' },
        el(
          'p',
          { class: 'who' },
          el('strong', {}, accountLink(item.customer)),
          item.owner && el('small', {}, item.owner),
        ),
        ...item.reasons.map((reason) =>
          el(
            'p',
            { class: 'what' },
            `${seen(reason.text)}${reason.untilOn ? ` (until ${reason.untilOn})` : ''}`,
          ),
        ),
      ),
      el(
        'div',
        { class: 'work-sums' },
        el('strong', {}, money(item.overdueAmount, item.currency)),
        el('span', {}, days(item.maxDaysOverdue)),
        el('span', {}, item.nextOn ? `again from ${item.nextOn}` : 'until somebody acts'),
      ),
    ),
  );

function listOf({ worklist, notChased }: { worklist: WorklistOutput; notChased: boolean }): HTMLElement[] {
  const rows = notChased ? worklist.notChased.map(notChasedRow) : worklist.items.map(itemRow);
  const total = notChased ? worklist.notChasedCount : worklist.count;
  const none = notChased
    ? 'Nothing is left out: every account with a due invoice is on the worklist.'
    : 'No account has a step due on this day. See who is not chased, and why.';
  return [
    ...(rows.length > 0 ? rows : [el('li', { class: 'none' }, none)]),
    ...(total > rows.length ? [el('li', { class: 'more' }, `and ${total - rows.length} more`)] : []),
  ];
}

export type Worklist = { open(): void };

export function createWorklist(root: HTMLElement): Worklist {
  let notChased = false;
  let stale = true;
  const heading = el('h1', { attributes: { tabindex: '-1' } }, 'Worklist');
  const totals = el('p', { class: 'totals', attributes: { 'aria-live': 'polite' } });
  const on = el('input', { attributes: { type: 'date', 'aria-label': 'Day' } });
  const tabs = el('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': 'Which' } });
  const off = el('p', { class: 'notice', hidden: true });
  const list = el('ul', { class: 'proposals', attributes: { 'aria-label': 'Accounts' } });
  const method = el('p', { class: 'method' });
  root.replaceChildren(
    el('div', { class: 'title' }, heading, totals),
    el('div', { class: 'list-head' }, tabs, el('label', { class: 'day' }, 'On ', on)),
    off,
    list,
    method,
  );
  const showTabs = (counts?: WorklistOutput) =>
    tabs.replaceChildren(
      ...(
        [
          [false, 'To chase', counts?.count],
          [true, 'Not chased', counts?.notChasedCount],
        ] as const
      ).map(([value, label, count]) => {
        const tab = button(count === undefined ? label : `${label} (${count})`, 'tab', () => {
          notChased = value;
          void load();
        });
        tab.setAttribute('role', 'tab');
        tab.setAttribute('aria-selected', String(value === notChased));
        return tab;
      }),
    );

  async function load(): Promise<void> {
    showTabs();
    stale = false;
    list.replaceChildren(el('li', {}, skeleton(6)));
    try {
      const asked = { notChased: String(notChased), limit: '100', ...(on.value ? { on: on.value } : {}) };
      const { worklist } = await readWorklist(asked);
      if (asked.notChased !== String(notChased)) return;
      showTabs(worklist);
      on.value = worklist.on;
      totals.textContent = `${worklist.on}${worklist.totals.length > 0 ? `: ${totalsText(worklist.totals)}` : ''}`;
      off.hidden = worklist.dayOff === null;
      off.textContent = worklist.dayOff === null ? '' : `Nothing goes out on this day: ${worklist.dayOff}.`;
      list.replaceChildren(...listOf({ worklist, notChased }));
      method.textContent = worklist.method;
    } catch (error) {
      list.replaceChildren(
        el(
          'li',
          {},
          failure((error as Error).message, () => void load()),
        ),
      );
    }
  }
  on.addEventListener('change', () => void load());
  onChange(() => {
    stale = true;
  });
  return {
    open: () => {
      document.title = 'Worklist · Remy';
      if (stale) void load();
      heading.focus();
    },
  };
}

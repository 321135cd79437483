/** The approvals page: what waits, what is on its way, what left, what was closed; each opens to its whole card. */
import { applicationText } from '../../../domain/cash/placing-words.ts';
import type {
  ListProposalsInput,
  ListProposalsOutput,
  ProposalView,
} from '../../../domain/chase/proposals.ts';
import { createBulkBar } from './bulk-bar.ts';
import { cardView } from './card-view.ts';
import { announceChange, onChange, readProposal, readProposals, undo } from './chase-api.ts';
import { forgetApproved, lastApproved } from './countdown.ts';
import { button, el, failure, skeleton } from './dom.ts';
import { money, totalsText } from './money-text.ts';
import { outboxView } from './outbox-view.ts';
import { createRow, type Row } from './proposal-row.ts';
import { lastThread, openApprovals, openThread } from './routes.ts';
import { listenToKeys } from './row-keys.ts';

type State = Exclude<ListProposalsInput['state'], 'all'>;
const TABS: [State, string, string][] = [
  [
    'waiting',
    'Waiting',
    'Nothing waits for a decision. Drafts come from the cadence each morning, from the worklist, and from a conversation: "draft a nudge to Acme".',
  ],
  ['approved', 'On its way', 'Nothing is on its way. What you approve stands here until it has left.'],
  ['done', 'Done', 'Nothing has left yet.'],
  ['closed', 'Closed', 'Nothing was rejected, overtaken or expired.'],
];

const say = (_text: string): void => openThread(lastThread());

/** What a row is found by. */
const searchable = (view: ProposalView): string =>
  [
    view.customer?.name,
    view.customer?.code,
    view.madeBy,
    String(view.id),
    view.amount,
    ...(view.content.kind === 'email'
      ? [view.content.subject, ...view.content.to]
      : view.content.kind === 'application'
        ? ['cash', view.content.payment?.payerName ?? '', applicationText(view.content)]
        : ['rules policy settings']),
  ]
    .join(' ')
    .toLowerCase();

function totalsLine(list: ListProposalsOutput): string {
  const sums = totalsText(list.totals);
  return `${list.total.toLocaleString('en-US')} ${list.total === 1 ? 'proposal' : 'proposals'}${sums ? `: ${sums}` : ''}`;
}

/** Clicks Undo of the card in `place`; false when it has none. */
function pressUndo(place: HTMLElement): boolean {
  const found = [...place.querySelectorAll<HTMLElement>('.ac-pushButton')].find(
    (each) => each.textContent === 'Undo',
  );
  found?.click();
  return found !== undefined;
}

/** The open row to undo: the one with the focus, else the one approved last, else the first; false when none can be. */
function undoOpen(rows: Row[]): boolean {
  const last = lastApproved();
  const rank = (row: Row): number =>
    row.element.contains(document.activeElement) ? 0 : row.view.id === last ? 1 : 2;
  return rows
    .filter((row) => row.isOpen())
    .sort((one, other) => rank(one) - rank(other))
    .some((row) => row.press('Undo'));
}

export type Approvals = { open(id: string | null): void };

export function createApprovals(root: HTMLElement): Approvals {
  let state: State = 'waiting';
  let rows: Row[] = [];
  let stale = true;
  const heading = el('h1', { attributes: { tabindex: '-1' } }, 'Approvals');
  const totals = el('p', { class: 'totals', attributes: { 'aria-live': 'polite' } });
  const tabs = el('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': 'State' } });
  const filter = el('input', {
    class: 'filter',
    attributes: { type: 'search', placeholder: 'Filter by account, subject, person', 'aria-label': 'Filter' },
  });
  const bulk = createBulkBar(() => rows);
  const outbox = el('div');
  const list = el('ul', { class: 'proposals', attributes: { 'aria-label': 'Proposals' } });
  const single = el('div', { class: 'single' });
  const notice = el('div', { attributes: { role: 'status' } });
  const head = el('div', { class: 'list-head' }, tabs, filter);
  const all = el('div', {}, head, notice, bulk.element, outbox, list);
  root.replaceChildren(el('div', { class: 'title' }, heading, totals), single, all);

  const showTabs = () =>
    tabs.replaceChildren(
      ...TABS.map(([name, label]) => {
        const tab = button(label, 'tab', () => {
          state = name;
          void load();
        });
        tab.setAttribute('role', 'tab');
        tab.setAttribute('aria-selected', String(name === state));
        return tab;
      }),
    );

  const applyFilter = () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of rows) row.element.hidden = !searchable(row.view).includes(wanted);
  };
  filter.addEventListener('input', applyFilter);

  async function load(): Promise<void> {
    const wanted = state;
    notice.replaceChildren();
    showTabs();
    stale = false;
    list.replaceChildren(el('li', {}, skeleton(6)));
    try {
      const read = await readProposals(wanted);
      if (wanted !== state) return;
      rows = read.proposals.map((view) => createRow(view, say, bulk.changed, wanted === 'waiting'));
      totals.textContent = totalsLine(read);
      const more = read.total - read.proposals.length;
      list.replaceChildren(
        ...rows.map((row) => row.element),
        ...(more > 0 ? [el('li', { class: 'more' }, `and ${more} more; decide on these first`)] : []),
        ...(rows.length === 0
          ? [el('li', { class: 'none' }, TABS.find(([name]) => name === wanted)![2])]
          : []),
      );
      bulk.show(wanted === 'waiting');
      applyFilter();
      outbox.replaceChildren(...(wanted === 'approved' || wanted === 'closed' ? [outboxView()] : []));
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

  async function showOne(id: string): Promise<void> {
    single.replaceChildren(skeleton(8));
    const back = button('← All approvals', 'quiet', () => openApprovals());
    try {
      const shown = await readProposal(Number(id));
      totals.textContent = shown.proposal.amount
        ? `No. ${id}: ${money(shown.proposal.amount, shown.proposal.currency ?? '')}`
        : `No. ${id}`;
      single.replaceChildren(back, cardView(shown, say));
    } catch (error) {
      single.replaceChildren(
        back,
        failure((error as Error).message, () => void showOne(id)),
      );
    }
  }

  /** Count and sums follow a decision at once; the rows stay where they are, so that it can be undone there. */
  async function countAgain(): Promise<void> {
    const wanted = state;
    const read = await readProposals(wanted, 1).catch(() => null);
    if (read && wanted === state && single.hidden) totals.textContent = totalsLine(read);
  }

  /** Takes back what no card on the page shows any more, and says above the list what came of it. */
  async function undoUnseen(id: number): Promise<void> {
    forgetApproved(id);
    try {
      const done = await undo(id);
      await load();
      const name = done.proposal.customer?.name ?? `No. ${id}`;
      notice.replaceChildren(el('p', { class: 'outcome' }, `${name}: ${done.message}`));
      announceChange();
    } catch (error) {
      notice.replaceChildren(failure((error as Error).message, () => void undoUnseen(id)));
    }
    notice.scrollIntoView({ block: 'nearest' });
  }

  /** The open card, else what was approved last and has not left yet. */
  function takeBack(): boolean {
    if (!single.hidden) return pressUndo(single);
    if (undoOpen(rows)) return true;
    const last = lastApproved();
    if (last === null) return false;
    const row = rows.find(({ view }) => view.id === last);
    if (row?.press('Undo')) {
      row.element.hidden = false;
      if (!row.isOpen()) row.toggle();
      row.focus();
    } else void undoUnseen(last);
    return true;
  }

  onChange(() => {
    stale = true;
    if (!root.hidden && single.hidden) void countAgain();
  });
  document.addEventListener('remy:bulk', () => void load());
  listenToKeys(root, () => rows.filter((row) => !row.element.hidden), takeBack);
  return {
    open: (id) => {
      document.title = 'Approvals · Remy';
      all.hidden = id !== null;
      single.hidden = id === null;
      if (id !== null) void showOne(id);
      else if (stale || rows.length === 0) void load();
      heading.focus();
    },
  };
}

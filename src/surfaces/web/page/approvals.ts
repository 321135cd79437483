/** The approvals page: what waits, what is on its way, what left, what was closed; each opens to its whole card. */
import type {
  ListProposalsInput,
  ListProposalsOutput,
  ProposalView,
} from '../../../domain/chase/proposals.ts';
import { createBulkBar } from './bulk-bar.ts';
import { cardView } from './card-view.ts';
import { onChange, readProposal, readProposals } from './chase-api.ts';
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
      : ['rules policy settings']),
  ]
    .join(' ')
    .toLowerCase();

function totalsLine(list: ListProposalsOutput): string {
  const sums = totalsText(list.totals);
  return `${list.total.toLocaleString('en-US')} ${list.total === 1 ? 'proposal' : 'proposals'}${sums ? `: ${sums}` : ''}`;
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
  const all = el('div', {}, el('div', { class: 'list-head' }, tabs, filter), bulk.element, outbox, list);
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

  onChange(() => {
    stale = true;
    if (!root.hidden && single.hidden) void countAgain();
  });
  document.addEventListener('remy:bulk', () => void load());
  listenToKeys(root, () => rows.filter((row) => !row.element.hidden));
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

/** The cash page: money that waits for its invoices, placing it, what was placed, and bank files. */
import type { ListCashOutput } from '../../../domain/cash/answers.ts';
import { readStatus } from './api.ts';
import { cardView } from './card-view.ts';
import { runMatching } from './cash-api.ts';
import { appliedLately, rememberedPayers } from './cash-applied.ts';
import { createBankDrop } from './cash-bank.ts';
import { createCashDesk } from './cash-desk.ts';
import { createCashList } from './cash-list.ts';
import { announceChange, onChange } from './chase-api.ts';
import { button, el, failure } from './dom.ts';
import { totalsText } from './money-text.ts';
import { lastThread, openPayment, openThread } from './routes.ts';

const say = (): void => openThread(lastThread());

export type Cash = { open(id: string | null): void };

/** Where nothing waits: whether that is good news, or no bank file was ever read. */
async function emptyState(choose: () => void): Promise<HTMLElement> {
  const { sources } = await readStatus();
  const read = sources.some(({ source }) => source.startsWith('bank'));
  return read
    ? el(
        'div',
        {},
        el('p', {}, 'All money is placed. New bank files are read here or with: npx remy bank FILE'),
      )
    : el(
        'div',
        {},
        el('p', {}, 'No bank file was read yet. Drop one here, or on the command line: '),
        el('p', {}, el('code', {}, 'npx remy bank statement.xml')),
        el('p', {}, 'BAI2, CAMT.052/053/054, MT940/942, OFX, QFX and CSV are read.'),
        button('Choose a bank file', 'primary', choose),
      );
}

const keyHint = (): HTMLElement =>
  el(
    'p',
    { class: 'keys' },
    ...[
      ['j', 'next'],
      ['k', 'before'],
      ['/', 'filters'],
      ['a', 'applies'],
      ['p', 'proposes'],
      ['w', 'says why'],
    ].map(([key, what]) => el('span', {}, el('kbd', {}, key!), ` ${what} `)),
  );

const KEYS: Readonly<Record<string, string>> = { a: 'Apply now', p: 'Propose', w: 'Why?' };

export function createCash(root: HTMLElement): Cash {
  let today = '';
  const heading = el('h1', { attributes: { tabindex: '-1' } }, 'Cash');
  const totals = el('p', { class: 'totals', attributes: { 'aria-live': 'polite' } });
  const ran = el('div', { attributes: { role: 'status' } });
  const applied = appliedLately(() => void changed());
  const payers = rememberedPayers();
  const bank = createBankDrop(root, { taken: () => void changed(), match: () => void match() });
  const list = createCashList({
    empty: () => emptyState(bank.choose),
    totals: (read: ListCashOutput, filtered) => {
      const sums = totalsText(read.totals);
      totals.textContent = `${read.total.toLocaleString('en-US')} ${read.total === 1 ? 'payment waits' : 'payments wait'}${filtered ? ' with these filters' : ''}${sums ? `: ${sums}` : ''}`;
    },
  });
  const desk = createCashDesk(() => void changed());
  const matching = button('Match now', 'quiet', () => void match());

  /** Lists follow what was done; the desk stays as it is, so that it can be undone there. */
  async function changed(): Promise<void> {
    await Promise.all([list.load(today), applied.load(), payers.load()]);
  }

  async function match(): Promise<void> {
    if (matching.disabled) return;
    matching.disabled = true;
    ran.replaceChildren(el('p', { class: 'working' }, el('i'), 'Matching what waits'));
    try {
      ran.replaceChildren(cardView(await runMatching(false), say));
      announceChange();
    } catch (error) {
      ran.replaceChildren(failure((error as Error).message, () => void match()));
    } finally {
      matching.disabled = false;
      void changed();
    }
  }

  async function begin(): Promise<void> {
    // days are counted from the ledger's own day
    today = await readStatus().then(
      (status) => status.today,
      () => new Date().toISOString().slice(0, 10),
    );
    await changed();
  }

  root.replaceChildren(
    el(
      'div',
      { class: 'title cash-title' },
      heading,
      el('div', { class: 'buttons' }, button('Read a bank file', 'quiet', bank.choose), matching),
    ),
    totals,
    bank.element,
    ran,
    el(
      'div',
      { class: 'cash-columns' },
      list.element,
      // on a narrow screen only one of the two is shown
      el(
        'div',
        { class: 'cash-side' },
        button('← All payments', 'quiet to-list', () => openPayment()),
        desk.element,
      ),
    ),
    keyHint(),
    applied.element,
    payers.element,
  );

  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
    if (root.hidden || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    const label = KEYS[event.key];
    if (step !== 0) list.step(step);
    else if (event.key === '/') list.focusFilter();
    else if (!label || !desk.press(label)) return;
    event.preventDefault();
  });
  onChange(() => {
    if (root.hidden) today = '';
  });
  let shown: string | null | undefined;
  document.addEventListener('remy:payment', () => {
    if (shown) desk.open(Number(shown));
  });
  return {
    open: (id) => {
      document.title = 'Cash · Remy';
      list.mark(id === null ? null : Number(id));
      if (shown !== id) desk.open(id === null ? null : Number(id));
      if (today === '') void begin().then(() => list.mark(id === null ? null : Number(id)));
      root.classList.toggle('one', id !== null);
      if (id === null || shown === undefined) heading.focus();
      shown = id;
    },
  };
}

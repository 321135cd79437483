/** The open invoices and credits of a customer, to tick or to drag onto the payment, with amounts that can be changed. */
import type { PaymentDeskOutput } from '../../../domain/cash/answers.ts';
import { adjustmentWords } from '../../../domain/cash/placing-words.ts';
import { toDecimal } from '../../../domain/money.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { el } from './dom.ts';
import { money } from './money-text.ts';
import {
  type DraftLine,
  isPicked,
  letOffOf,
  missing,
  type PlacingDraft,
  toggleCredit,
  toggleInvoice,
} from './placing-draft.ts';

type Desk = PaymentDeskOutput;
type Item = Desk['openInvoices'][number];
export const DRAGGED = 'application/x-remy-invoice';

const seen = (text: string): string => withoutInvisible(text);

/** Names its own row, so that it can be found again after the table was drawn anew. */
const keyed = <Control extends HTMLElement>(control: Control, key: string): Control => {
  control.dataset.key = key;
  return control;
};

function amountField(line: DraftLine, changed: () => void): HTMLInputElement {
  const input = keyed(
    el('input', {
      class: 'amount',
      attributes: { type: 'text', inputmode: 'decimal', 'aria-label': `Amount on ${seen(line.invoice)}` },
    }),
    `amount:${line.invoice}`,
  );
  input.value = line.cash;
  input.addEventListener('input', () => {
    line.cash = input.value;
    line.letOff = null;
    changed();
  });
  return input;
}

/** What stays open of a picked line, or how it is booked. */
function gapCell(draft: PlacingDraft, line: DraftLine | undefined): string {
  if (!line) return '';
  const money_ = (minor: bigint) => money(toDecimal(minor, draft.currency), draft.currency);
  const off = letOffOf(draft, line);
  const open = missing(draft, line) - off;
  return [
    ...(off > 0n && line.adjustment ? [`${money_(off)} ${adjustmentWords[line.adjustment]}`] : []),
    ...(open > 0n ? [`${money_(open)} stays open`] : []),
    ...(open < 0n ? [`${money_(-open)} too much`] : []),
  ].join(', ');
}

function invoiceRow(
  draft: PlacingDraft,
  item: Item,
  events: { picked: () => void; typed: () => void },
): HTMLElement {
  const line = draft.lines.find((each) => each.invoice === item.invoice);
  const box = keyed(
    el('input', {
      class: 'choice',
      attributes: {
        type: 'checkbox',
        'aria-label': `${seen(item.invoice)}, ${money(item.open, draft.currency)} open`,
      },
    }),
    `pick:${item.invoice}`,
  );
  box.checked = line !== undefined;
  box.addEventListener('change', () => {
    toggleInvoice(draft, item);
    events.picked();
  });
  const gap = el('td', { class: 'gap' }, gapCell(draft, line));
  const row = el(
    'tr',
    { class: line ? 'picked' : '' },
    el('td', { class: 'tick' }, box),
    el(
      'td',
      {},
      el('strong', {}, seen(item.invoice)),
      item.disputed && el('span', { class: 'badge bad' }, 'disputed'),
    ),
    el('td', {}, item.dueOn),
    el('td', { class: 'right' }, money(item.open, draft.currency)),
    el(
      'td',
      { class: 'right' },
      line
        ? amountField(line, () => {
            gap.textContent = gapCell(draft, line);
            events.typed();
          })
        : '',
    ),
    gap,
  );
  row.draggable = !line;
  row.addEventListener('dragstart', (event) => {
    event.dataTransfer?.setData(DRAGGED, item.invoice);
  });
  return row;
}

function creditRow(draft: PlacingDraft, credit: Desk['credits'][number], picked: () => void): HTMLElement {
  const box = keyed(
    el('input', {
      class: 'choice',
      attributes: {
        type: 'checkbox',
        'aria-label': `Credit ${seen(credit.credit)}, ${money(credit.open, draft.currency)} left`,
      },
    }),
    `credit:${credit.credit}`,
  );
  box.checked = draft.credits.some((each) => each.credit === credit.credit);
  box.disabled = draft.lines.length === 0 && !box.checked;
  box.addEventListener('change', () => {
    toggleCredit(draft, credit);
    picked();
  });
  return el(
    'tr',
    { class: box.checked ? 'picked' : '' },
    el('td', { class: 'tick' }, box),
    el('td', {}, 'Credit ', el('strong', {}, seen(credit.credit))),
    el('td', {}, credit.issuedOn),
    el('td', { class: 'right' }, money(credit.open, draft.currency)),
    el('td', {}),
    el('td', { class: 'gap' }, box.disabled ? 'pick an invoice first' : ''),
  );
}

/** Invoices that are picked but not of the customer that is shown: a parent pays for several. */
function elsewhere(draft: PlacingDraft, items: readonly Item[]): Item[] {
  const here = new Set(items.map((each) => each.invoice));
  return draft.lines
    .filter((line) => !here.has(line.invoice))
    .map((line) => ({
      invoiceId: 0,
      invoice: line.invoice,
      issuedOn: '',
      dueOn: 'of another customer',
      amount: toDecimal(line.open, draft.currency),
      open: toDecimal(line.open, draft.currency),
      disputed: false,
    }));
}

/** `picked`: what is ticked has changed, so all is drawn anew; `typed`: only amounts. */
export function invoiceTable(
  draft: PlacingDraft,
  desk: Desk,
  events: { picked: () => void; typed: () => void },
): HTMLElement {
  const items = [...elsewhere(draft, desk.openInvoices), ...desk.openInvoices];
  if (items.length === 0 && desk.credits.length === 0)
    return el(
      'p',
      { class: 'none' },
      desk.customer
        ? `${seen(desk.customer.name)} has nothing open in ${draft.currency}. Search for another customer, or leave the money unapplied.`
        : 'It is not known whose money this is. Search for the customer to see what is open.',
    );
  const title = (text: string, right = false) =>
    el('th', { class: right ? 'right' : '', attributes: { scope: 'col' } }, text);
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      { class: 'data invoices' },
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          title(''),
          title('Invoice'),
          title('Due'),
          title('Open', true),
          title('Put on it', true),
          title('Rest of it'),
        ),
      ),
      el(
        'tbody',
        {},
        ...items.map((item) => invoiceRow(draft, item, events)),
        ...desk.credits.map((credit) => creditRow(draft, credit, events.picked)),
      ),
    ),
  );
}

/** Takes invoices that are dropped on it. */
export function acceptInvoices(
  place: HTMLElement,
  items: () => readonly Item[],
  draft: () => PlacingDraft,
  picked: () => void,
): void {
  place.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    place.classList.add('over');
  });
  place.addEventListener('dragleave', () => place.classList.remove('over'));
  place.addEventListener('drop', (event) => {
    place.classList.remove('over');
    const number = event.dataTransfer?.getData(DRAGGED);
    const item = items().find((each) => each.invoice === number);
    if (!item || isPicked(draft(), item.invoice)) return;
    event.preventDefault();
    toggleInvoice(draft(), item);
    picked();
  });
}

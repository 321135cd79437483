/** Bank files, chosen or dropped: looked at first, taken in once a person has seen what is in them. */
import type { ImportedStatement } from '../../../domain/cash/bank-import.ts';
import { withoutInvisible } from '../../../domain/visible-text.ts';
import { type BankRead, sendBankFile } from './cash-api.ts';
import { type CsvMapForm, csvMapForm } from './cash-csv-map.ts';
import { button, el, failure } from './dom.ts';
import { money } from './money-text.ts';

const MOST_MB = 25;
const LINES = 8;
const ERRORS = 8;

const seen = (text: string): string => withoutInvisible(text).replace(/\s+/g, ' ').trim();

/** Whether opening + lines = closing, in words. */
function balanceLine(of: ImportedStatement): HTMLElement {
  const sum = (amount: string) => money(amount, of.currency);
  if (of.openingBalance === null || of.closingBalance === null || of.difference === null)
    return el(
      'p',
      { class: 'to' },
      'It gives no opening and closing balance, so it cannot be checked whether lines are missing.',
    );
  const from = `${sum(of.openingBalance)} + lines = ${sum(of.closingBalance)}`;
  return /[1-9]/.test(of.difference)
    ? el(
        'p',
        { class: 'problem' },
        `${from} does not add up: ${sum(of.difference)} apart. Lines may be missing; ask the bank for the whole file.`,
      )
    : el('p', { class: 'fine' }, `${from} adds up.`);
}

function lineTable(of: ImportedStatement): HTMLElement {
  const shown = of.lines.slice(0, LINES);
  const more = of.lines.length + of.omitted - shown.length;
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      { class: 'data' },
      el(
        'tbody',
        {},
        ...shown.map((line) =>
          el(
            'tr',
            {},
            el('td', {}, line.bookedOn),
            el(
              'td',
              { class: 'right' },
              `${line.direction === 'credit' ? '+' : '−'}${money(line.amount, line.currency)}`,
            ),
            el('td', {}, seen(line.payerName ?? 'no name')),
            el('td', { class: 'long' }, seen([line.reference, line.text].filter(Boolean).join(' · '))),
            el('td', {}, line.state === 'new' ? '' : line.state === 'known' ? 'read before' : line.state),
          ),
        ),
      ),
    ),
    more > 0 ? el('p', { class: 'more' }, `and ${more.toLocaleString('en-US')} more lines`) : null,
  );
}

const statementView = (of: ImportedStatement): HTMLElement =>
  el(
    'section',
    { class: 'statement' },
    el(
      'p',
      {},
      el('strong', {}, `${of.format.toUpperCase()}, account ${seen(of.account)}`),
      ` ${of.fromOn ?? ''}${of.toOn && of.toOn !== of.fromOn ? ` to ${of.toOn}` : ''}: ${(of.lines.length + of.omitted).toLocaleString('en-US')} lines, ${of.new} new${of.known > 0 ? `, ${of.known} read before` : ''}${of.sameMoney > 0 ? `, ${of.sameMoney} are money that is known already` : ''}${of.returned > 0 ? `, ${of.returned} take a payment back` : ''}`,
    ),
    balanceLine(of),
    ...of.warnings.map((warning) => el('p', { class: 'notice' }, seen(warning))),
    lineTable(of),
  );

/** Each account's statements in a long file are many; the first are shown, all are counted. */
const MOST_STATEMENTS = 6;

function resultView({ statements, errors, errorCount }: BankRead): HTMLElement[] {
  return [
    ...statements.slice(0, MOST_STATEMENTS).map(statementView),
    ...(statements.length > MOST_STATEMENTS
      ? [el('p', { class: 'more' }, `and ${statements.length - MOST_STATEMENTS} more statements in the file`)]
      : []),
    ...(errors.length > 0
      ? [
          el(
            'ul',
            { class: 'problems' },
            ...errors
              .slice(0, ERRORS)
              .map(({ line, reason }) =>
                el('li', {}, `${line === null ? '' : `Line ${line}: `}${seen(reason)}`),
              ),
            errorCount > ERRORS ? el('li', {}, `and ${errorCount - ERRORS} more`) : null,
          ),
        ]
      : []),
  ];
}

const newOf = ({ statements }: BankRead): number => statements.reduce((sum, each) => sum + each.new, 0);

/** One file from its choice to its taking in. */
function fileView(
  file: File,
  events: { taken: () => void; match: () => void; gone: () => void },
): HTMLElement {
  const place = el('div', { class: 'bank-file' });
  const bar = el('progress', { attributes: { max: '1', 'aria-label': 'Sent' } });
  const say = el('p', { attributes: { role: 'status' } });
  let form: CsvMapForm | null = null;
  const head = (...more: Node[]) =>
    el(
      'div',
      { class: 'bank-head' },
      el('strong', { class: 'bank-name' }, seen(file.name)),
      ...more,
      button('Close', 'quiet', events.gone),
    );

  const send = async (dryRun: boolean): Promise<BankRead> => {
    const map = form?.read();
    say.textContent = 'Sending';
    bar.value = 0;
    place.replaceChildren(head(), bar, say);
    return sendBankFile(file, dryRun, map, (sent) => {
      bar.value = sent;
      if (sent < 1) return;
      bar.removeAttribute('value');
      say.textContent = dryRun ? 'Reading it' : 'Taking it in';
    });
  };
  const failed = (error: unknown, again: () => void) =>
    place.replaceChildren(head(), failure((error as Error).message, again));

  async function look(): Promise<void> {
    try {
      const read = await send(true);
      form = read.csvMap
        ? csvMapForm(read.csvMap.map, read.csvMap.confirmed, () => again.classList.add('primary'))
        : null;
      const again = button('Look again', 'quiet', () => void look());
      const fresh = newOf(read);
      const take = button(
        fresh > 0
          ? `Take in ${fresh.toLocaleString('en-US')} new ${fresh === 1 ? 'line' : 'lines'}`
          : 'Nothing new in it',
        'primary',
        () => void takeIn(),
      );
      take.disabled = fresh === 0;
      place.replaceChildren(
        head(),
        ...(form ? [form.element, again] : []),
        ...resultView(read),
        el('div', { class: 'buttons' }, take),
      );
    } catch (error) {
      failed(error, () => void look());
    }
  }
  async function takeIn(): Promise<void> {
    try {
      const read = await send(false);
      const fresh = newOf(read);
      place.replaceChildren(
        head(),
        el(
          'p',
          { class: 'outcome', attributes: { role: 'status' } },
          `${fresh.toLocaleString('en-US')} ${fresh === 1 ? 'line is' : 'lines are'} taken in.`,
        ),
        ...(read.errorCount > 0 ? resultView({ ...read, statements: [] }) : []),
        el('div', { class: 'buttons' }, button('Match them now', 'primary', events.match)),
      );
      events.taken();
    } catch (error) {
      failed(error, () => void takeIn());
    }
  }
  if (file.size > MOST_MB * 1024 * 1024)
    failed(
      new Error(
        `${file.name} is larger than ${MOST_MB} MB. Read it on the command line: npx remy bank ${file.name}`,
      ),
      events.gone,
    );
  else void look();
  return place;
}

export type BankDrop = { element: HTMLElement; choose(): void };

/** `page` takes files that are dropped anywhere on it. */
export function createBankDrop(
  page: HTMLElement,
  events: { taken: () => void; match: () => void },
): BankDrop {
  const files = el('div', { class: 'bank-files', attributes: { 'aria-live': 'polite' } });
  const input = el('input', {
    class: 'unseen',
    attributes: { type: 'file', multiple: '', 'aria-label': 'Bank files', tabindex: '-1' },
  });
  const add = (list: Iterable<File>) => {
    for (const file of list) {
      const view = fileView(file, { ...events, gone: () => view.remove() });
      files.append(view);
    }
  };
  input.addEventListener('change', () => {
    add(input.files ?? []);
    input.value = '';
  });
  const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  page.addEventListener('dragover', (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    page.classList.add('dropping');
  });
  page.addEventListener('dragleave', (event) => {
    if (!page.contains(event.relatedTarget as Node | null)) page.classList.remove('dropping');
  });
  page.addEventListener('drop', (event) => {
    page.classList.remove('dropping');
    if (!isFile(event)) return;
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });
  return { element: el('div', {}, input, files), choose: () => input.click() };
}

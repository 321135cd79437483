/** HTML to rows of cells: what can be seen of it, tables as tables. One pass, so that no input can make it slow. */
import { textOfHtml } from '../html-text.ts';
import { cleanText } from './clean-text.ts';
import { type Look, lookOf, readSheet, type Sheet } from './html-style.ts';
import type { GridRow } from './reading.ts';
import { textRows } from './text-rows.ts';

const SILENT = new Set([
  'style',
  'script',
  'head',
  'title',
  'noscript',
  'template',
  'textarea',
  'select',
  'svg',
  'object',
  'iframe',
]);
const BREAKS = new Set(
  'br p div li ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer dl dt dd'.split(' '),
);
const EMPTY = new Set('br hr img input meta link col wbr area base source'.split(' '));
const MOST_DEPTH = 500;
/** Tables inside of each other; deeper ones are text of the one around them. */
const MOST_TABLES = 40;
/** What an opening tag ends that was not closed: a cell ends the cell in front of it. */
const ENDS: Readonly<Record<string, RegExp>> = {
  td: /^t[dh]$/,
  th: /^t[dh]$/,
  tr: /^t[dhr]$/,
  li: /^li$/,
  p: /^p$/,
};

type Element = { readonly name: string; readonly look: Look };
/** An open table; once another stands inside of it, it only places things on the page. */
type Table = { rows: string[][]; row: string[] | null; cell: string[] | null; layout: boolean; span: number };

const attributesOf = (tag: string): Map<string, string> => {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of tag
    .slice(0, 5000)
    .matchAll(/([a-zA-Z-]{1,40})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g))
    if (!found.has(name.toLowerCase()))
      found.set(name.toLowerCase(), textOfHtml((double ?? single ?? bare ?? '').replaceAll('<', '')));
  return found;
};

/** Where a tag ends: a > inside of quotes does not end it. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length && at < from + 20_000; at++) {
    const character = html[at]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at;
    else if ((character === '"' || character === "'") && html[at - 1] === '=') quote = character;
  }
  return html.indexOf('>', from);
}

class Page {
  readonly #rows: GridRow[] = [];
  readonly #tables: Table[] = [];
  #text: string[] = [];

  write(text: string): void {
    const table = this.#tables.at(-1);
    if (table?.cell) table.cell.push(text);
    else if (!table || table.layout) this.#text.push(text);
  }

  /** Lines of text that are not in a table of data. */
  #flush(): void {
    const text = cleanText(textOfHtml(this.#text.join('')));
    this.#text = [];
    for (const row of textRows(text))
      this.#rows.push({ where: `row ${this.#rows.length + 1}`, cells: row.cells });
  }

  #emit(table: Table): void {
    this.#flush();
    for (const cells of table.rows) this.#rows.push({ where: `row ${this.#rows.length + 1}`, cells });
    table.rows = [];
  }

  openTable(): void {
    if (this.#tables.length >= MOST_TABLES) return;
    for (const around of this.#tables) {
      if (around.layout) continue;
      this.#emit(around);
      this.#text.push(...(around.row ?? []).map((cell) => `${cell}<br>`), ...(around.cell ?? []), '<br>');
      around.layout = true;
      around.row = around.cell = null;
    }
    this.#flush();
    this.#tables.push({ rows: [], row: null, cell: null, layout: false, span: 1 });
  }

  closeTable(): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    this.closeRow();
    this.#tables.pop();
    if (!table.layout) this.#emit(table);
    else this.#text.push('<br>');
  }

  openRow(): void {
    this.closeRow();
    const table = this.#tables.at(-1);
    if (table && !table.layout) table.row = [];
    else this.#text.push('<br>');
  }

  closeRow(): void {
    this.closeCell();
    const table = this.#tables.at(-1);
    if (table?.row?.some((cell) => cell !== '')) table.rows.push(table.row);
    if (table) table.row = null;
  }

  openCell(span: number): void {
    this.closeCell();
    const table = this.#tables.at(-1);
    if (!table || table.layout) {
      this.#text.push('<br>');
      return;
    }
    table.row ??= [];
    table.cell = [];
    table.span = span;
  }

  closeCell(): void {
    const table = this.#tables.at(-1);
    if (!table?.cell || !table.row) return;
    table.row.push(
      cleanText(textOfHtml(table.cell.join('')))
        .replace(/\s+/g, ' ')
        .trim(),
      ...new Array<string>(table.span - 1).fill(''),
    );
    table.cell = null;
  }

  end(): GridRow[] {
    while (this.#tables.length > 0) this.closeTable();
    this.#flush();
    return this.#rows;
  }
}

/** What a tag does to the page. */
function act(page: Page, name: string, closing: boolean, tag: string): void {
  if (name === 'table') closing ? page.closeTable() : page.openTable();
  else if (name === 'tr') closing ? page.closeRow() : page.openRow();
  else if (name === 'td' || name === 'th') {
    if (closing) page.closeCell();
    else
      page.openCell(Math.min(Math.max(Number(/colspan\s*=\s*["']?(\d{1,2})/i.exec(tag)?.[1] ?? 1), 1), 30));
  } else if (BREAKS.has(name)) page.write('<br>');
}

const sheetOf = (html: string): Sheet =>
  readSheet(
    [...html.slice(0, 2_000_000).matchAll(/<style\b[^>]{0,500}>([^<]*(?:<(?!\/style)[^<]*)*)/gi)]
      .map(([, css]) => css)
      .join('\n'),
  );

/** The rows of an HTML text: each row of a table, each line of the text around them. */
export function htmlRows(html: string): GridRow[] {
  const page = new Page();
  const sheet = sheetOf(html);
  const lower = html.toLowerCase();
  const open: Element[] = [];
  const look = (): Look => open.at(-1)?.look ?? { hidden: false, color: null, background: null };
  for (let at = 0; at < html.length; ) {
    const start = html.indexOf('<', at);
    const text = html.slice(at, start < 0 ? html.length : start);
    if (text !== '' && !look().hidden) page.write(text.replaceAll('>', '&gt;'));
    if (start < 0) break;
    const comment = html.startsWith('<!--', start);
    const end = comment ? html.indexOf('-->', start + 4) : tagEnd(html, start + 1);
    if (end < 0) break; // a tag that never ends
    at = end + (comment ? 3 : 1);
    const tag = html.slice(start, end);
    const name = comment ? undefined : /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(tag)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const closing = tag[1] === '/';
    if (SILENT.has(name) && !closing) {
      const over = lower.indexOf(`</${name}`, at);
      if (over < 0) break;
      at = over;
      continue;
    }
    if (closing) {
      const opened = open.findLastIndex((each) => each.name === name);
      if (opened >= 0) open.length = opened;
    } else {
      const ends = ENDS[name];
      if (ends) {
        const table = open.findLastIndex((each) => each.name === 'table');
        const ended = open.findIndex((each, i) => i > table && ends.test(each.name));
        if (ended >= 0) open.length = ended;
      }
    }
    if (!closing && !EMPTY.has(name) && !tag.endsWith('/') && open.length < MOST_DEPTH)
      open.push({ name, look: lookOf(name, attributesOf(tag.slice(1 + name.length)), sheet, look()) });
    act(page, name, closing, tag);
  }
  return page.end();
}

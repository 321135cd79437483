/** Adaptive Cards in the page's own type and colours, with real tables. */
import {
  type Action,
  AdaptiveCard,
  ExecuteAction,
  GlobalRegistry,
  HostConfig,
  type SerializationContext,
  Table,
  type TableCell,
  Versions,
} from 'adaptivecards';
import type { AdaptiveCardJson } from '../adaptive-elements.ts';
import { el } from './dom.ts';

/** What a button of a card asks for, with the button itself. */
export type CardAction = { verb: string; data: Record<string, unknown>; element: HTMLElement | undefined };

/** Longer texts may break into lines; dates, codes and names stay on one. */
const LONG_TEXT = 28;

/** A table that the browser lays out and reads as one; wide ones scroll in their own box. */
class BrowserTable extends Table {
  protected override internalParse(source: Record<string, unknown>, context: SerializationContext): void {
    super.internalParse(source, context);
    // the format says firstRowAsHeader, the library reads firstRowAsHeaders
    this.firstRowAsHeaders = source.firstRowAsHeader !== false;
  }

  protected override internalRender(): HTMLElement {
    const body = el('tbody');
    const table = el('table', { class: this.firstRowAsHeaders ? 'data' : 'pairs' });
    for (let at = 0; at < this.getItemCount(); at++) {
      const header = at === 0 && this.firstRowAsHeaders;
      const row = el('tr', {}, ...this.cells(at, header));
      if (header) table.append(el('thead', {}, row));
      else body.append(row);
    }
    table.append(body);
    const box = el('div', { class: 'scroll' }, table);
    // a box that scrolls must be reachable with the keyboard
    new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }).observe(box);
    return box;
  }

  private cells(rowIndex: number, header: boolean): HTMLElement[] {
    const row = this.getItemAt(rowIndex);
    return Array.from({ length: row.getItemCount() }, (_, at) => {
      const cell = row.getItemAt(at);
      const right = this.getColumnAt(at)?.horizontalCellContentAlignment === 2;
      const content = contentOf(cell);
      const length = content.reduce((sum, each) => sum + (each.textContent?.length ?? 0), 0);
      const className = right ? 'right' : length > LONG_TEXT ? 'long' : '';
      return header
        ? el('th', { class: className, attributes: { scope: 'col' } }, ...content)
        : el('td', { class: className }, ...content);
    });
  }
}

/** The rendered items of a cell, without the boxes that the library lays them out with. */
const contentOf = (cell: TableCell): HTMLElement[] =>
  Array.from({ length: cell.getItemCount() }, (_, at) => cell.getItemAt(at).render()).filter(
    (element) => element !== undefined,
  );

/** Links to accounts are real links, so that they can be opened in another tab. */
class LinkedExecute extends ExecuteAction {
  override getHref(): string | undefined {
    const data = this.data as { customerId?: number } | undefined;
    return this.verb === 'account' && data?.customerId ? `#/accounts/${data.customerId}` : super.getHref();
  }
}

GlobalRegistry.defaultElements.register('Table', BrowserTable, Versions.v1_5);
GlobalRegistry.defaultActions.register('Action.Execute', LinkedExecute, Versions.v1_4);
// No markdown: cards hold plain text, and what is not processed is put in as text.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

const tone = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name})` });
const EMAIL_COLORS = {
  default: { default: 'var(--ink)', subtle: 'var(--subtle)' },
  warning: tone('warning'),
};
const hostConfig = new HostConfig({
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 14, medium: 15, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 18, default: 20, medium: 22, large: 24, extraLarge: 28 },
  spacing: { small: 4, default: 10, medium: 18, large: 24, extraLarge: 32, padding: 0 },
  containerStyles: {
    default: {
      backgroundColor: 'transparent',
      foregroundColors: {
        default: { default: 'var(--ink)', subtle: 'var(--subtle)' },
        good: tone('good'),
        warning: tone('warning'),
        attention: tone('bad'),
        accent: tone('accent'),
      },
    },
    emphasis: { backgroundColor: 'transparent', foregroundColors: EMAIL_COLORS },
    accent: { backgroundColor: 'transparent', foregroundColors: EMAIL_COLORS },
  },
  actions: {
    maxActions: 12,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
});

/** The card as an element; `onAction` gets every click. */
export function renderCard(json: AdaptiveCardJson, onAction: (action: CardAction) => void): HTMLElement {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig;
  card.onExecuteAction = (action: Action) => {
    if (action instanceof ExecuteAction)
      onAction({
        verb: action.verb ?? '',
        data: (action.data ?? {}) as Record<string, unknown>,
        element: action.renderedElement,
      });
  };
  card.parse(json);
  const element = card.render() ?? el('div');
  element.removeAttribute('tabindex');
  element.style.padding = '0';
  // the two frames of an email: its header and its text, in this order
  const frames = [...element.querySelectorAll<HTMLElement>('.ac-container.ac-adaptiveCard > .ac-container')];
  for (const [at, frame] of frames.entries()) {
    frame.classList.add(at % 2 === 0 ? 'email-head' : 'email-body');
    frame.style.padding = '';
    frame.style.margin = '';
  }
  // the library lays these out by inline styles, for a width it does not know
  for (const set of element.querySelectorAll<HTMLElement>('.ac-columnSet, .ac-actionSet'))
    set.style.flexWrap = 'wrap';
  for (const column of element.querySelectorAll<HTMLElement>('.ac-columnSet > .ac-container'))
    column.style.flex = '1 1 280px';
  for (const link of element.querySelectorAll('a[href^="#/accounts/"]'))
    for (const name of ['role', 'aria-label', 'tabindex', 'title']) link.removeAttribute(name);
  const heading = element.querySelector('.ac-richTextBlock');
  heading?.setAttribute('role', 'heading');
  heading?.setAttribute('aria-level', '3');
  return element;
}

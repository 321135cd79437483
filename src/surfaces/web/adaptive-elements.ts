/**
 * The few Adaptive Card 1.5 elements that cards are made of.
 *
 * Every text goes into a TextRun, never a TextBlock: a TextBlock reads markdown, and a customer's name or a quote
 * from a mail must not become a link or a heading.
 */
export type AdaptiveElement = { type: string } & Record<string, unknown>;
export type AdaptiveCardJson = AdaptiveElement & { type: 'AdaptiveCard'; body: AdaptiveElement[] };

export type Tone = 'good' | 'warning' | 'bad' | 'muted' | 'normal';
type TextOptions = {
  tone?: Tone | undefined;
  bold?: boolean;
  size?: 'Small' | 'Default' | 'Medium';
  align?: 'left' | 'right';
  spacing?: 'None' | 'Small' | 'Medium' | 'Large';
  action?: AdaptiveElement;
};

const COLORS: Readonly<Partial<Record<Tone, string>>> = {
  good: 'Good',
  warning: 'Warning',
  bad: 'Attention',
};

/** A piece of plain text with its tone. */
export const run = (text: string, options: TextOptions = {}): AdaptiveElement => ({
  type: 'TextRun',
  text,
  ...(options.size ? { size: options.size } : {}),
  ...(options.bold ? { weight: 'Bolder' } : {}),
  ...(options.tone === 'muted' ? { isSubtle: true } : {}),
  ...(options.tone && COLORS[options.tone] ? { color: COLORS[options.tone] } : {}),
  ...(options.action ? { selectAction: options.action } : {}),
});

/** A paragraph of runs. */
export const paragraph = (inlines: AdaptiveElement[], options: TextOptions = {}): AdaptiveElement => ({
  type: 'RichTextBlock',
  ...(options.align === 'right' ? { horizontalAlignment: 'Right' } : {}),
  ...(options.spacing ? { spacing: options.spacing } : {}),
  inlines,
});

/** A paragraph of one run. */
export const line = (text: string, options: TextOptions = {}): AdaptiveElement =>
  paragraph([run(text, options)], options);

/** What a click asks for; `data` holds ids, the words that a choice says, or for `act` the action of a button. */
export const execute = (
  verb: 'rows' | 'explain' | 'account' | 'say' | 'save' | 'act',
  title: string,
  data: Record<string, unknown>,
  style?: 'positive' | 'destructive',
): AdaptiveElement => ({ type: 'Action.Execute', verb, title, data, ...(style ? { style } : {}) });

export type TableCell = { element: AdaptiveElement; right?: boolean };

const tableRow = (cells: AdaptiveElement[]): AdaptiveElement => ({
  type: 'TableRow',
  cells: cells.map((element) => ({ type: 'TableCell', items: [element] })),
});

/** A table; widths are weights. Without titles there is no header row. */
export const table = (
  columns: { title?: string; right: boolean; weight: number }[],
  rows: AdaptiveElement[][],
): AdaptiveElement => {
  const header = columns.some((column) => column.title !== undefined);
  const titles = columns.map((column) =>
    // an empty title still needs a text, or the cell of the header would be missing
    line(column.title || '\u00a0', { bold: true, tone: 'muted', align: column.right ? 'right' : 'left' }),
  );
  return {
    type: 'Table',
    firstRowAsHeader: header,
    showGridLines: false,
    columns: columns.map((column) => ({
      type: 'TableColumnDefinition',
      width: column.weight,
      horizontalCellContentAlignment: column.right ? 'Right' : 'Left',
    })),
    rows: [...(header ? [tableRow(titles)] : []), ...rows.map(tableRow)],
  };
};

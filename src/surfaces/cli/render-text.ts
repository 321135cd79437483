/** Neutral cards as plain text for a terminal. */
import type { Block, Card, Cell } from '../../cards/card.ts';
import { formatAmount } from '../../domain/money.ts';
import { withoutInvisible } from '../../domain/visible-text.ts';

/** Text from the ledger without escape sequences and invisible marks: it must not steer the terminal. */
export const plain = withoutInvisible;

const WIDEST = 44;
const shorten = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);
const pad = (text: string, width: number, right: boolean): string =>
  right ? text.padStart(width) : text.padEnd(width);

function table(block: Extract<Block, { type: 'table' }>): string[] {
  const texts = block.rows.map((row) =>
    row.map((cell: Cell) => shorten(plain(cell.text).replace(/\s+/g, ' '))),
  );
  const widths = block.columns.map((column, at) =>
    Math.max(column.title.length, ...texts.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, block.columns[at]?.align === 'right'))
      .join('  ')
      .trimEnd();
  return [
    line(block.columns.map((column) => column.title)),
    line(widths.map((width) => '-'.repeat(width))),
    ...texts.map(line),
    ...(block.more > 0 ? [`... and ${block.more} more`] : []),
  ];
}

const BAR_WIDTH = 30;

function bars(block: Extract<Block, { type: 'bars' }>): string[] {
  const largest = Math.max(...block.bars.map((bar) => Number(bar.value)), 0);
  const label = Math.max(...block.bars.map((bar) => bar.label.length), 0);
  return block.bars.map((bar) => {
    const length = largest > 0 ? Math.round((Number(bar.value) / largest) * BAR_WIDTH) : 0;
    const value = /^[A-Z]{3}$/.test(block.unit)
      ? formatAmount(bar.value, block.unit)
      : `${bar.value} ${block.unit}`;
    return `${bar.label.padEnd(label)}  ${'█'.repeat(length)}${length > 0 ? ' ' : ''}${value}`;
  });
}

/** A heading over a part of a card, set off by an empty line. */
const headed = (title: string | undefined, lines: string[]): string[] =>
  title && lines.length > 0 ? ['', title, ...lines] : lines;

const size = (bytes: number): string =>
  bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024).toLocaleString('en-US')} kB`;

/** Header lines and body set off by a bar, so that no line of the body can pass for one of ours. */
function emailLines(block: Extract<Block, { type: 'email' }>): string[] {
  const header: [string, string][] = [
    ['From', block.from],
    ['Reply to', block.replyTo ?? ''],
    ['To', block.to.join(', ')],
    ['Cc', block.cc.join(', ')],
    ['Bcc', block.bcc.join(', ')],
    ['Subject', block.subject],
    [
      'Attached',
      block.attachments.map((each) => `${each.name} (${each.mime}, ${size(each.size)})`).join(', '),
    ],
    ['Thread', block.threadNote],
    ['Unsubscribe', block.listUnsubscribe ?? ''],
    ['Links to', block.linkHosts.join(', ')],
  ];
  return [
    '',
    ...header
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${`${name}:`.padEnd(12)} ${plain(value).replace(/\s+/g, ' ')}`),
    '',
    ...plain(block.body)
      .split('\n')
      .map((line) => `  │ ${line}`.trimEnd()),
    ...(block.cut > 0 ? [`  ... ${block.cut} characters more`] : []),
  ];
}

function renderBlock(block: Block): string[] {
  switch (block.type) {
    case 'text':
      return [block.text];
    case 'facts':
      return headed(
        block.title,
        block.facts.map((fact) => `${fact.label}: ${fact.value}`),
      );
    case 'table':
      return headed(block.title, table(block));
    case 'bars':
      return [block.title, ...bars(block)];
    case 'trend':
      return [block.title, ...block.points.map((point) => `${point.label}  ${point.value} ${block.unit}`)];
    case 'timeline':
      return headed(block.title, [
        ...block.events.map((event) => `${event.day}  ${event.kind.padEnd(12)}  ${event.text}`),
        ...(block.more > 0 ? [`... and ${block.more} more`] : []),
      ]);
    case 'choices':
      return block.choices.map((choice, at) => `${at + 1}. ${choice.label}`);
    case 'file':
      return [`File ${block.name} (${block.content.length} characters); --json holds its content`];
    case 'email':
      return emailLines(block);
    case 'checks':
      return headed(
        block.title,
        block.checks.map(
          (each) => `${each.ok ? 'ok  ' : 'STOP'}  ${each.check.replaceAll('_', ' ')}: ${each.detail}`,
        ),
      );
    case 'actions':
      // a terminal has no buttons; the commands say what can be done
      return [];
  }
}

/** A card as lines: title, blocks, how it was computed. */
export const renderCard = (card: Card): string =>
  plain(
    [
      card.title,
      ...card.blocks.flatMap((block) => renderBlock(block)),
      ...(card.method ? [`(${card.method})`] : []),
    ].join('\n'),
  );

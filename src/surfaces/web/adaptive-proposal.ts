/** Emails, checks and decision buttons as Adaptive Card elements. */
import type { Block } from '../../cards/card.ts';
import type { CardButton } from '../../cards/card-action.ts';
import { type AdaptiveElement, execute, line, table } from './adaptive-elements.ts';

type EmailBlock = Extract<Block, { type: 'email' }>;
type ChecksBlock = Extract<Block, { type: 'checks' }>;

/** "640 bytes", "12 kB", rounded up. */
const sizeText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024).toLocaleString('en-US')} kB`;

function headerRows(block: EmailBlock): [string, string][] {
  const attached = block.attachments.map(({ name, mime, size }) => `${name} (${mime}, ${sizeText(size)})`);
  const rows: [string, string][] = [
    ['From', block.from],
    ['Reply to', block.replyTo ?? ''],
    ['To', block.to.join(', ')],
    ['Cc', block.cc.join(', ')],
    ['Bcc', block.bcc.join(', ')],
    ['Subject', block.subject],
    ['Attached', attached.join(', ')],
    ['Thread', block.threadNote],
    ['Unsubscribe', block.listUnsubscribe ?? ''],
    ['Links to', block.linkHosts.join(', ')],
  ];
  return rows.filter(([, value]) => value !== '');
}

/** A line each, so that it looks the same on hosts that ignore line breaks inside a text. */
const bodyLines = (body: string): AdaptiveElement[] =>
  body.split('\n').map((text) => line(text.trim() === '' ? '\u00a0' : text, { spacing: 'None' }));

/** The email in a frame: header fields first, then the text. */
export const emailElements = (block: EmailBlock): AdaptiveElement[] => [
  {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      table(
        [
          { right: false, weight: 1 },
          { right: false, weight: 5 },
        ],
        headerRows(block).map(([name, value]) => [
          line(name, { tone: 'muted' }),
          line(value, { bold: name === 'Subject' }),
        ]),
      ),
    ],
  },
  {
    type: 'Container',
    style: 'accent',
    spacing: 'None',
    items: [
      ...bodyLines(block.body),
      ...(block.cut > 0 ? [line(`${block.cut} characters more`, { tone: 'warning' })] : []),
    ],
  },
];

/** What was looked at, each with its outcome in words and colour. */
export const checkElements = (block: ChecksBlock): AdaptiveElement[] => [
  line(block.title, { bold: true, spacing: 'Medium' }),
  table(
    [
      { right: false, weight: 1 },
      { right: false, weight: 2 },
      { right: false, weight: 6 },
    ],
    block.checks.map((each) => [
      line(each.ok ? 'ok' : 'stop', { tone: each.ok ? 'good' : 'bad', bold: true }),
      line(each.check.replaceAll('_', ' ')),
      line(each.detail || '\u00a0', { tone: 'muted' }),
    ]),
  ),
];

const STYLES = { primary: 'positive', danger: 'destructive', plain: undefined } as const;

/** Buttons whose data is the action itself. */
export const buttonSet = (buttons: readonly CardButton[]): AdaptiveElement => ({
  type: 'ActionSet',
  actions: buttons.map(({ label, style, action }) => execute('act', label, { ...action }, STYLES[style])),
});

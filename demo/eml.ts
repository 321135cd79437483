/** Writes a mail as the RFC 5322 text that a mail program saves: ASCII, CRLF, encoded where it must be. */
import { type Day, weekday } from '../src/domain/calendar.ts';
import type { DemoMail } from './mails.ts';
import { phrasesOf } from './phrases/phrases.ts';
import { createRandom } from './random.ts';
import { receivablesAddress } from './team.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 date of an ISO 8601 moment in UTC. */
export function mailDate(moment: string): string {
  const day: Day = moment.slice(0, 10);
  return `${weekdays[weekday(day) - 1]}, ${+day.slice(8)} ${months[+day.slice(5, 7) - 1]} ${day.slice(0, 4)} ${moment.slice(11, 19)} +0000`;
}

type Charset = 'utf-8' | 'iso-8859-1';
const bytesOf = (text: string, charset: Charset): number[] =>
  charset === 'utf-8' ? [...new TextEncoder().encode(text)] : [...text].map((letter) => letter.charCodeAt(0));

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** RFC 2045 quoted-printable with soft line breaks; the text has `\n` line ends. */
export function quotedPrintable(text: string, charset: Charset): string {
  const encodeLine = (line: string): string => {
    const parts = [...line].map((letter) =>
      /[!-<>-~ ]/.test(letter) ? letter : bytesOf(letter, charset).map(hex).join(''),
    );
    const rows = [''];
    for (const part of parts) {
      if (rows.at(-1)!.length + part.length > 74) rows.push('');
      rows[rows.length - 1] += part;
    }
    return rows.join('=\r\n').replace(/ $/, '=20');
  };
  return text.split('\n').map(encodeLine).join('\r\n');
}

/** RFC 2047 encoded word, only where the text is not ASCII. */
export const headerText = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text
    : `=?utf-8?Q?${[...text]
        .map((letter) =>
          letter === ' '
            ? '_'
            : /[A-Za-z0-9]/.test(letter)
              ? letter
              : bytesOf(letter, 'utf-8').map(hex).join(''),
        )
        .join('')}?=`;

const mailbox = (name: string, address: string): string =>
  /^[A-Za-z ]+$/.test(name) ? `${name} <${address}>` : `${headerText(name)} <${address}>`;

const html = (text: string): string =>
  `<html><body><div>${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>\n')}</div></body></html>`;

function content(body: string, charset: Charset, alternative: string | null): string[] {
  const part = (type: string, text: string): string[] => [
    `Content-Type: ${type}; charset=${charset}`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(text, charset),
  ];
  if (alternative === null) return part('text/plain', body);
  return [
    `Content-Type: multipart/alternative; boundary="${alternative}"`,
    '',
    `--${alternative}`,
    ...part('text/plain', body),
    `--${alternative}`,
    ...part('text/html', html(body)),
    `--${alternative}--`,
  ];
}

const quotedBelow = (reminder: DemoMail, language: string): string =>
  `\n\n${phrasesOf(language).wrote(reminder.sentAt.slice(0, 10), receivablesAddress)}\n${reminder.body
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')}`;

/** The whole file. `answered` is the reminder it replies to; people quote it below their answer, robots do not. */
export function emlText(mail: DemoMail, answered: DemoMail | undefined, seed: number): string {
  const random = createRandom(seed, `eml ${mail.messageId}`);
  const robot = mail.kind === 'out of office' || mail.kind === 'left';
  const language = mail.customer?.language ?? 'en';
  const body = answered && !robot ? mail.body + quotedBelow(answered, language) : mail.body;
  const charset: Charset = /^[\n -ÿ]*$/.test(body) && random.chance(40) ? 'iso-8859-1' : 'utf-8';
  const boundary = random.chance(30) ? `part-${random.int(100_000, 999_999)}` : null;
  return [
    `Date: ${mailDate(mail.sentAt)}`,
    `From: ${mailbox(mail.fromName, mail.from)}`,
    `To: ${mailbox(mail.toName, mail.to)}`,
    `Message-ID: ${mail.messageId}`,
    ...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`] : []),
    ...(robot ? ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'] : []),
    `Subject: ${headerText(mail.subject)}`,
    'MIME-Version: 1.0',
    'X-Demo-Data: fictional',
    ...content(body, charset, boundary),
    '',
  ].join('\r\n');
}

/** File name to text of every incoming mail. */
export function emlFiles(mails: readonly DemoMail[], seed: number): Record<string, string> {
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]));
  return Object.fromEntries(
    mails
      .filter(({ direction }) => direction === 'in')
      .map((mail, index) => [
        `${mail.sentAt.slice(0, 10)}-${String(index + 1).padStart(2, '0')}-${mail.kind.replaceAll(' ', '-')}.eml`,
        emlText(mail, mail.inReplyTo === null ? undefined : byId.get(mail.inReplyTo), seed),
      ]),
  );
}

/** Reads a mail file leniently: what is missing stays empty, what says that a machine wrote it is kept. */
import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { isAutomaticSubject } from '../domain/automatic-subject.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { IncomingMail, SentMail } from '../ports/mailbox.ts';
import { textOfHtml } from './html-text.ts';

/** As much text as anybody reads; the rest of a longer mail is cut. */
const MOST_TEXT = 500_000;
const MOST_REFERENCES = 100;
const LATEST = Date.UTC(9999, 0, 1);

const parse = (bytes: Uint8Array): Promise<Email> =>
  PostalMime.parse(bytes, {
    forceRfc822Attachments: true, // a returned mail is no text of the one that returns it
    maxNestingDepth: 50,
    maxHeadersSize: 1_000_000,
  });

const idsIn = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/<[^<>\s\p{Cc}\p{Cs}]{1,990}>/gu)].map(([id]) => id);

/** At most so many UTF-16 units, no half of a pair and nothing else that a database refuses. */
const textOfAtMost = (text: string, most: number): string =>
  text
    .replaceAll('\0', '')
    .slice(0, most)
    .replace(/\p{Cs}/gu, '');

const flat = (all: readonly (Address | undefined)[] | undefined): string[] =>
  (all ?? []).flatMap((each) =>
    (each?.group ?? (each?.address ? [each] : [])).map(({ address }) => address!.toLowerCase()),
  );

/** A file without a Message-ID gets one made of its bytes, so that it is the same one next time. */
const idOf = (email: Email, bytes: Uint8Array): string =>
  idsIn(email.messageId)[0] ??
  `<${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}@no-message-id.invalid>`;

function sentAtOf(email: Email, fallback: Date): string {
  const at = email.date === undefined ? Number.NaN : Date.parse(email.date);
  const possible = at >= 0 && at < LATEST; // false for NaN too
  return (possible ? new Date(at) : fallback).toISOString();
}

const bodyOf = ({ text, html }: Email): string | null => {
  const body = text?.trim() ? text : html ? textOfHtml(html.slice(0, MOST_TEXT * 4)) : '';
  return body.trim() === '' ? null : textOfAtMost(body, MOST_TEXT);
};

const header = (email: Email, key: string): string =>
  email.headers
    .find((each) => each.key === key)
    ?.value.trim()
    .toLowerCase() ?? '';

const reportPart = (email: Email): Attachment | undefined =>
  email.attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/i.test(mimeType));

/**
 * RFC 3834 (Auto-Submitted), RFC 3464 (reports) and what machines wrote before them. A list's header alone does not
 * count on a mail that answers another one: a person answered, through a group address.
 */
function isAutomatic(email: Email): boolean {
  const submitted = header(email, 'auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (reportPart(email) || /^multipart\/report/.test(header(email, 'content-type'))) return true;
  if (header(email, 'x-autoreply') !== '' || header(email, 'x-autorespond') !== '') return true;
  if (/^(auto_reply|junk)$/.test(header(email, 'precedence')) || header(email, 'return-path') === '<>')
    return true;
  if (isAutomaticSubject(email.subject ?? '')) return true;
  const answers = idsIn(email.inReplyTo).length > 0;
  const list = header(email, 'list-id') !== '' || /^(bulk|list)$/.test(header(email, 'precedence'));
  return list && !answers;
}

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

/** RFC 3464: the final recipients whose delivery failed for good; a delay is no failure. */
function failedRecipients(email: Email): string[] {
  const part = reportPart(email);
  if (!part) return [];
  const blocks = textOf(part)
    .slice(0, 200_000)
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/);
  const failed = blocks.flatMap((block) => {
    const field = (name: string) =>
      new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? '';
    if (field('Action').toLowerCase() !== 'failed') return [];
    const recipient = field('Original-Recipient') || field('Final-Recipient');
    const address = /^[^;]*;\s*<?([^\s<>]+@[^\s<>]+)>?/.exec(recipient)?.[1] ?? '';
    return address === '' ? [] : [address.toLowerCase()];
  });
  return [...new Set(failed)];
}

const MOST_ATTACHMENTS = 20;

/** Files that a person attached: no pictures of a signature, no reports of mail servers, no mail within the mail. */
function attachmentsOf({ attachments }: Email): NonNullable<IncomingMail['attachments']> {
  return attachments
    .filter(({ mimeType, related }) => !related && !/^(image|message|multipart)\//i.test(mimeType))
    .slice(0, MOST_ATTACHMENTS)
    .map(({ filename, mimeType, content }) => ({
      name: textOfAtMost(filename ?? 'attachment', 200),
      mime: mimeType,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    }));
}

/**
 * `fallback` is the moment taken where the mail names none.
 * Throws: InvalidInputError when it is no mail: it has no sender, or cannot be read at all.
 */
export async function readMime(bytes: Uint8Array, fallback: Date): Promise<IncomingMail> {
  const email = await parse(bytes).catch((cause) => {
    throw new InvalidInputError('This is no mail that can be read.', { cause });
  });
  const [from] = flat([email.from ?? email.sender]);
  if (from === undefined) throw new InvalidInputError('This is no mail: it has no sender.');
  const bounced = failedRecipients(email);
  const attachments = attachmentsOf(email);
  return {
    messageId: idOf(email, bytes),
    inReplyTo: idsIn(email.inReplyTo)[0] ?? null,
    references: idsIn(email.references).slice(-MOST_REFERENCES),
    from,
    to: flat([...(email.to ?? []), ...(email.cc ?? [])]).slice(0, 500),
    subject: email.subject === undefined ? null : textOfAtMost(email.subject, 998),
    body: bodyOf(email),
    sentAt: sentAtOf(email, fallback),
    automatic: isAutomatic(email),
    bouncedRecipient: bounced[0] ?? null,
    ...(bounced.length > 1 && { otherBouncedRecipients: bounced.slice(1) }),
    ...(attachments.length > 0 && { attachments }),
  };
}

/** The head of a mail: everything before the first empty line. */
const headOf = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = [text.indexOf('\r\n\r\n'), text.indexOf('\n\n')].filter((at) => at >= 0);
  return ends.length === 0 ? bytes : bytes.subarray(0, Math.min(...ends));
};

/** Who it went to and when, from the first bytes of a mail: its body may be missing. */
export async function readHead(bytes: Uint8Array, fallback: Date): Promise<SentMail> {
  const head = headOf(bytes);
  const email = await parse(head);
  return {
    messageId: idOf(email, head),
    to: flat(email.to),
    subject: email.subject ?? null,
    sentAt: sentAtOf(email, fallback),
  };
}

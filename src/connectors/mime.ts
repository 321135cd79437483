/**
 * Writes a mail as the MIME text that leaves. What goes into a header is refused where it could end the header or
 * name somebody else: line breaks and other control characters, and anything but exactly one address.
 */
import nodemailer from 'nodemailer';
import { addressParser } from 'postal-mime';
import { InvalidInputError } from '../domain/errors.ts';
import type { OutgoingMail } from '../ports/mailbox.ts';

type Address = { name: string; address: string };

// C0, DEL, C1 and the two Unicode line ends; a tab is no better in a header
const UNSAFE = /[\p{Cc}\u2028\u2029]/u;
const ADDRESS = /^[^\s@<>(),;:\\"[\]\p{C}]+@[^\s@<>(),;:\\"[\]\p{C}]+$/u;
const MESSAGE_ID = /^<[^<>\s@]+@[^<>\s@]+>$/;

/** Throws: InvalidInputError when the value holds a line break or another control character. */
export function headerSafe(what: string, value: string): string {
  if (UNSAFE.test(value))
    throw new InvalidInputError(`The ${what} holds a line break or a control character. Take it out.`);
  return value;
}

/**
 * Reads "Name <a@b.example>" or "a@b.example".
 * Throws: InvalidInputError unless it is exactly one address.
 */
export function oneAddress(what: string, text: string): Address {
  const found = addressParser(headerSafe(what, text));
  const [only] = found;
  if (found.length !== 1 || !only || only.group || !ADDRESS.test(only.address))
    throw new InvalidInputError(`The ${what} must be exactly one email address, not "${text}".`);
  return { name: only.name, address: only.address };
}

const addresses = (what: string, all: readonly string[]): Address[] =>
  all.map((each) => oneAddress(what, each));

/** Throws: InvalidInputError unless it is like `<id@host>`. */
function ownMessageId(id: string): string {
  if (!MESSAGE_ID.test(headerSafe('Message-ID', id)))
    throw new InvalidInputError(`A Message-ID is like <id@host>, not "${id}".`);
  return id;
}

/** RFC 2369: the address that takes the wish, with a subject that tells it from other mail. */
const unsubscribe = (address: string): string => {
  const plain = oneAddress('unsubscribe address', address.replace(/^mailto:/i, ''));
  return `<mailto:${plain.address}?subject=unsubscribe>`;
};

const attachmentOf = ({ name, mime, bytes }: OutgoingMail['attachments'][number]) => ({
  filename: headerSafe('name of an attachment', name),
  contentType: headerSafe('type of an attachment', mime),
  contentDisposition: 'attachment' as const,
  content: Buffer.from(bytes),
});

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/**
 * The whole mail with CRLF line ends. Bcc stays in it: it is the sender's own copy.
 * Throws: InvalidInputError for anything that cannot be written as it was meant.
 */
export async function writeMime(mail: OutgoingMail): Promise<Buffer> {
  const { message } = await transport.sendMail({
    messageId: ownMessageId(mail.messageId),
    date: mail.date,
    from: oneAddress('sender', mail.from),
    ...(mail.replyTo !== null && { replyTo: oneAddress('reply address', mail.replyTo) }),
    to: addresses('recipient', mail.to),
    cc: addresses('copied recipient', mail.cc),
    bcc: addresses('hidden recipient', mail.bcc),
    subject: headerSafe('subject', mail.subject),
    text: mail.body,
    textEncoding: 'quoted-printable',
    attachments: mail.attachments.map(attachmentOf),
    ...(mail.inReplyTo !== null && { inReplyTo: headerSafe('In-Reply-To', mail.inReplyTo) }),
    references: mail.references.map((each) => headerSafe('References', each)),
    headers: mail.listUnsubscribe === null ? {} : { 'List-Unsubscribe': unsubscribe(mail.listUnsubscribe) },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message as Buffer;
}

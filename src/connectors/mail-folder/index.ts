/**
 * A mailbox that is two folders: `.eml` files come in through one, what was sent is written to the other. It needs
 * no account, and any mail program opens the files.
 */
import { join, resolve } from 'node:path';
import { RemyError } from '../../domain/errors.ts';
import type { IncomingMail, Mailbox, OutgoingMail, SendResult, SentMail } from '../../ports/mailbox.ts';
import { writeMime } from '../mime.ts';
import { readHead, readMime } from '../mime-read.ts';
import { exists, folderProblem, listMailFiles, type MailFile, readStart, writeOnce } from './client.ts';
import { fileNameOf, isOurName } from './map.ts';

export type MailFolderConfig = {
  readonly inbox: string;
  readonly sent: string;
  /** Told of each file that is skipped, and why, every time it is met. */
  readonly onProblem?: (problem: { file: string; reason: string }) => void;
};

const MOST_BYTES = 25_000_000;
/** Where the head of a mail ends at the latest. */
const HEAD_BYTES = 256_000;
const DAY = 86_400_000;

const headOf = async (file: MailFile): Promise<SentMail> =>
  readHead(await readStart(file.path, Math.min(HEAD_BYTES, file.size)), file.modifiedAt);

async function send(sent: string, mail: OutgoingMail, signal: AbortSignal): Promise<SendResult> {
  signal.throwIfAborted();
  let bytes: Buffer;
  try {
    bytes = await writeMime(mail);
  } catch (error) {
    if (error instanceof RemyError) return { outcome: 'refused', retry: false, error };
    throw error;
  }
  signal.throwIfAborted();
  const name = fileNameOf(mail.messageId);
  const written = await writeOnce(join(sent, name), bytes);
  return { outcome: 'sent', detail: written ? `written to ${name}` : `was there already: ${name}` };
}

/** Our own files are found by their names; only foreign ones have to be opened. */
async function findSent(sent: string, messageId: string): Promise<SentMail | null> {
  const path = join(sent, fileNameOf(messageId));
  const files = await listMailFiles(sent);
  const own = files.find((file) => file.path === path);
  if (own) return { ...(await headOf(own)), messageId };
  for (const file of files.filter(({ name }) => !isOurName(name))) {
    const head = await headOf(file).catch(() => null);
    if (head?.messageId === messageId) return head;
  }
  // written while the others were read
  if (await exists(path)) return findSent(sent, messageId);
  return null;
}

async function* listSent(sent: string, since: Date, skip: (file: MailFile, why: string) => void) {
  const found: SentMail[] = [];
  for (const file of await listMailFiles(sent)) {
    if (file.arrivedAt.getTime() < since.getTime() - DAY) continue;
    const head = await headOf(file).catch(() => null);
    if (!head) skip(file, 'its head cannot be read');
    else if (Date.parse(head.sentAt) >= since.getTime()) found.push(head);
  }
  yield* found.sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt));
}

async function* listIncoming(
  inbox: string,
  since: Date | null,
  skip: (file: MailFile, why: string) => void,
): AsyncGenerator<IncomingMail> {
  const dated: { file: MailFile; at: number }[] = [];
  for (const file of await listMailFiles(inbox)) {
    if (since && file.arrivedAt < since) continue;
    if (file.size > MOST_BYTES) skip(file, `it is larger than ${MOST_BYTES / 1_000_000} MB`);
    else {
      const head = await headOf(file).catch(() => null);
      if (head) dated.push({ file, at: Date.parse(head.sentAt) });
      else skip(file, 'its head cannot be read');
    }
  }
  for (const { file } of dated.sort((a, b) => a.at - b.at)) {
    const mail = await readStart(file.path, file.size)
      .then((bytes) => readMime(bytes, file.modifiedAt))
      .catch((error: unknown) => skip(file, error instanceof Error ? error.message : 'it cannot be read'));
    if (mail) yield mail;
  }
}

const said = (folder: string, code: string, need: string, variable: string): string =>
  `Mail cannot be ${need} ${folder} (${code}). Give the user that runs Remy access to this folder, or set ${variable} to another one.`;

/** Nothing in either folder is ever changed or deleted; a sent mail is one file, however often it is tried. */
export function createMailFolder(config: MailFolderConfig): Mailbox {
  const inbox = resolve(config.inbox);
  const sent = resolve(config.sent);
  const skip = (file: MailFile, reason: string): void => {
    config.onProblem?.({ file: file.path, reason });
  };
  return {
    name: 'mail-folder',
    send: (mail, signal) => send(sent, mail, signal),
    findSent: (messageId) => findSent(sent, messageId),
    listSent: (since) => listSent(sent, since, skip),
    listIncoming: (since) => listIncoming(inbox, since, skip),
    problem: async () => {
      const reading = await folderProblem(inbox, 'read');
      if (reading) return said(inbox, reading, 'read from', 'REMY_MAIL_INBOX');
      const writing = await folderProblem(sent, 'write');
      return writing && said(sent, writing, 'written to', 'REMY_MAIL_SENT');
    },
  };
}

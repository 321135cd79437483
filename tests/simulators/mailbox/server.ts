/**
 * A mail provider on a loopback port, with a journal of what left. Like the real ones it does not mind a Message-ID
 * that it saw before: whoever sends twice has sent twice, and `duplicates()` shows it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingMail } from '../../../src/ports/mailbox.ts';
import type { JournalEntry, Mode, TakenMail } from './modes.ts';

/** A fixed mode, or one for each request, which sees what is asked and how many requests came before. */
export type Modes = Mode | ((request: { act: JournalEntry['act']; count: number }) => Mode);

export type MailboxSimulator = {
  readonly url: string;
  readonly token: string;
  readonly journal: readonly JournalEntry[];
  /** Everything that left, in order, doubles included. */
  readonly sent: readonly TakenMail[];
  /** Message-IDs that left more than once. Must stay empty. */
  duplicates(): string[];
  setMode(modes: Modes): void;
  /** What left shows in the Sent folder only after so long. */
  setSentLag(milliseconds: number): void;
  receive(mail: IncomingMail): void;
  close(): Promise<void>;
};

export type SimulatorOptions = {
  modes?: Modes;
  sentLagMs?: number;
  /** Called when a mail has left and before its answer goes out: the place to kill the sender. */
  onTaken?: (mail: TakenMail) => void | Promise<void>;
};

const TOKEN = 'token-of-the-simulator';

async function readBody(request: IncomingMessage, mode: Mode): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (mode.mode === 'cut_request' && size >= mode.bytes) break;
  }
  return mode.mode === 'cut_request' ? null : Buffer.concat(chunks).toString('utf8');
}

const actOf = ({ method, url = '' }: IncomingMessage): JournalEntry['act'] | null => {
  if (method === 'POST' && url === '/messages') return 'send';
  if (method !== 'GET') return null;
  if (url.startsWith('/sent/')) return 'search';
  if (url.startsWith('/sent')) return 'list_sent';
  return url.startsWith('/inbox') ? 'list_inbox' : null;
};

/** Answers, whole or cut; remembers how it ended. */
function answer(
  response: ServerResponse,
  entry: JournalEntry,
  mode: Mode,
  status: number,
  content: unknown,
  headers: Record<string, string> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(content));
  if (mode.mode === 'cut_answer' && mode.bytes < bytes.length) {
    if (mode.bytes === 0) return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    return void response.write(bytes.subarray(0, mode.bytes), () => response.destroy());
  }
  response.on('finish', () => {
    entry.status = status;
  });
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes);
}

/** The answer of a mode that takes nothing; null for the modes that do. */
function refusal(mode: Mode): [number, unknown, Record<string, string>?] | null {
  if (mode.mode === 'failed') return [mode.status ?? 500, { error: 'internal' }];
  if (mode.mode === 'too_many')
    return [429, { error: 'slow down' }, { 'retry-after': String(mode.retryAfterSeconds) }];
  if (mode.mode === 'refused') return [422, { error: mode.reason }];
  if (mode.mode === 'token_expired') return [401, { error: 'the token has expired' }];
  return null;
}

export async function startMailbox(options: SimulatorOptions = {}): Promise<MailboxSimulator> {
  let modes: Modes = options.modes ?? { mode: 'ok' };
  let lag = options.sentLagMs ?? 0;
  const journal: JournalEntry[] = [];
  const sent: (TakenMail & { takenAt: number })[] = [];
  const inbox: IncomingMail[] = [];
  const closing = new AbortController();
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal });

  const visible = () => sent.filter(({ takenAt }) => Date.now() - takenAt >= lag);
  const asSent = ({ messageId, to, subject, date }: TakenMail) => ({ messageId, to, subject, sentAt: date });
  const since = (url: string) => new URL(url, 'http://simulator').searchParams.get('since') ?? '';

  const look = (entry: JournalEntry, url: string): unknown => {
    if (entry.act === 'list_inbox') return { mails: inbox.filter((mail) => mail.sentAt >= since(url)) };
    if (entry.act === 'list_sent')
      return {
        mails: visible()
          .filter((mail) => mail.date >= since(url))
          .map(asSent),
      };
    return {
      mails: visible()
        .filter((mail) => mail.messageId === entry.messageId)
        .map(asSent),
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const act = actOf(request);
    if (!act) return void response.writeHead(404).end();
    const mode = typeof modes === 'function' ? modes({ act, count: journal.length }) : modes;
    const messageId = act === 'search' ? decodeURIComponent(request.url!.slice('/sent/'.length)) : null;
    const entry = { at: Date.now(), act, messageId, mode: mode.mode, taken: false, status: null };
    journal.push(entry);
    const body = await readBody(request, mode);
    if (body === null) return void request.socket.destroy();
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return answer(response, entry, { mode: 'ok' }, 401, { error: 'no such token' });
    const refused = refusal(mode);
    if (refused) return answer(response, entry, mode, ...refused);
    if (act !== 'send') {
      if (mode.mode === 'slow') await pause(mode.answerMs);
      if (mode.mode === 'accepted_then_500') return answer(response, entry, mode, 500, { error: 'internal' });
      return answer(response, entry, mode, 200, look(entry, request.url!));
    }
    const mail = JSON.parse(body) as TakenMail;
    Object.assign(entry, { messageId: mail.messageId });
    if (mode.mode === 'slow') await pause(mode.takeMs ?? 0);
    sent.push({ ...mail, takenAt: Date.now() });
    entry.taken = true;
    await options.onTaken?.(mail);
    if (mode.mode === 'slow') await pause(mode.answerMs);
    if (mode.mode === 'accepted_then_500') return answer(response, entry, mode, 500, { error: 'internal' });
    answer(response, entry, mode, 201, { id: `sim-${sent.length}` });
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    journal,
    sent,
    duplicates: () => {
      const ids = sent.map((mail) => mail.messageId);
      return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
    },
    setMode: (next) => {
      modes = next;
    },
    setSentLag: (milliseconds) => {
      lag = milliseconds;
    },
    receive: (mail) => void inbox.push(mail),
    close: () =>
      new Promise((done, fail) => {
        closing.abort();
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}

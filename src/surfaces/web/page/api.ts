/** The console's own API. Every failure is an ApiError whose message can be shown as it is. */
import type { Card } from '../../../cards/card.ts';
import type { FindCustomerOutput } from '../../../domain/ledger-query/answers.ts';
import type { Answer } from '../../../ports/assistant.ts';
import type { AdaptiveCardJson } from '../adaptive-elements.ts';
import type { WebStatus } from '../deps.ts';
import { actingHeader } from './acting.ts';

export type ShownCard = { card: Card; adaptive: AdaptiveCardJson };
export type WebAnswer = Answer & { adaptive: AdaptiveCardJson[] };
export type StoredMessage = {
  role: 'user' | 'remy';
  text: string;
  cards?: Card[];
  adaptive?: AdaptiveCardJson[];
};
export type Account = {
  customer: { id: number; code: string; name: string };
  asOf: string;
  summary: ShownCard;
  sections: ShownCard[];
};

export class ApiError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const lost = () =>
  new ApiError('lost', 'Remy cannot be reached. Check that npx remy start is still running, then try again.');

const failed = (body: { error?: { code: string; message: string } } | null, status: number): ApiError =>
  new ApiError(
    body?.error?.code ?? 'failed',
    body?.error?.message ?? `Remy answered with error ${status}. Try again.`,
  );

async function request(path: string, init?: RequestInit): Promise<Response> {
  const headers = { ...actingHeader(), ...(init?.headers as Record<string, string> | undefined) };
  const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : lost();
  });
  if (response.ok) return response;
  const body = (await response.json().catch(() => null)) as {
    error?: { code: string; message: string };
  } | null;
  throw failed(body, response.status);
}

export const get = async <T>(path: string): Promise<T> => (await request(path)).json() as Promise<T>;
export const post = async <T>(path: string, body: unknown): Promise<T> =>
  (
    await request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json() as Promise<T>;

/** Sends a file as it is; not by `fetch`, which does not tell how much of it is sent. */
export const upload = <T>(path: string, file: Blob, progress: (sent: number) => void): Promise<T> =>
  new Promise((done, fail) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.responseType = 'json';
    sending.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [name, value] of Object.entries(actingHeader())) sending.setRequestHeader(name, value);
    sending.upload.addEventListener('progress', ({ loaded, total }) =>
      progress(total > 0 ? loaded / total : 0),
    );
    sending.addEventListener('load', () =>
      sending.status < 300 ? done(sending.response as T) : fail(failed(sending.response, sending.status)),
    );
    sending.addEventListener('error', () => fail(lost()));
    sending.send(file);
  });

export const readStatus = () => get<WebStatus>('/api/status');
export const readThread = (id: string) =>
  get<{ messages: StoredMessage[] }>(`/api/threads/${encodeURIComponent(id)}`);
export const readAccount = (id: string) => get<Account>(`/api/accounts/${encodeURIComponent(id)}`);
export const readRows = (figureId: number) => get<ShownCard>(`/api/figures/${figureId}/rows`);
export const findCustomers = (name: string) =>
  get<FindCustomerOutput>(`/api/customers?${new URLSearchParams({ name })}`);

export type StreamHandlers = {
  progress(text: string): void;
  text(text: string): void;
  replace(): void;
};

/** Events of a stream, one at a time; comments that only keep the line open are skipped. */
async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: unknown }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (held + decoder.decode(value, { stream: true })).split('\n\n');
    held = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event && data) yield { event, data: JSON.parse(data) };
    }
  }
}

/** Asks one question. Rejects with an ApiError, or an AbortError when `signal` stopped it. */
export async function ask(
  text: string,
  thread: string,
  handlers: StreamHandlers,
  signal: AbortSignal,
): Promise<WebAnswer> {
  const response = await request('/api/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text, thread }),
    signal,
  });
  try {
    for await (const { event, data } of events(response.body!)) {
      const told = data as { text: string; code: string; message: string };
      if (event === 'progress') handlers.progress(told.text);
      else if (event === 'text') handlers.text(told.text);
      else if (event === 'replace') handlers.replace();
      else if (event === 'answer') return data as WebAnswer;
      else if (event === 'error') throw new ApiError(told.code, told.message);
    }
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) throw error;
  }
  throw lost();
}

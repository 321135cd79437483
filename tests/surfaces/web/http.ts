/** Plain HTTP requests to a loopback address, with any Host header (fetch does not let one choose it). */
import { type IncomingHttpHeaders, request } from 'node:http';

export type Reply = { status: number; headers: IncomingHttpHeaders; text: string; json: () => unknown };

export const http = (
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> =>
  new Promise((done, fail) => {
    const sent = request(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: () => JSON.parse(text) as unknown,
          }),
        );
      },
    );
    sent.on('error', fail);
    sent.end(options.body);
  });

/** Asks as the page does. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  http(`${url}api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The events of a stream in order. */
export const eventsOf = (text: string): { event: string; data: Record<string, unknown> }[] =>
  [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = '', data = '{}']) => ({
    event,
    data: JSON.parse(data) as Record<string, unknown>,
  }));

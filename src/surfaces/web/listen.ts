/** Starts and stops the HTTP server of the console. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RemyError } from '../../domain/errors.ts';
import type { WebConfig } from './deps.ts';

const GRACE_MS = 5000;
const IDLE_CHECK_MS = 50;

export type Listening = {
  /** Where the console is, e.g. `http://127.0.0.1:3000/`. */
  url: string;
  /** Takes no new request, gives running ones five seconds, then cuts them. */
  close(): Promise<void>;
};

const reason = (error: NodeJS.ErrnoException, { host, port }: WebConfig): RemyError =>
  error.code === 'EADDRINUSE'
    ? new RemyError(
        'port_taken',
        `Port ${port} is taken, perhaps by another Remy. Stop that one, or choose another port: REMY_PORT=3001 (0 takes any free one).`,
        { cause: error },
      )
    : new RemyError(
        'cannot_listen',
        `Cannot listen on ${host}:${port} (${error.code}). Check REMY_HOST and REMY_PORT.`,
        {
          cause: error,
        },
      );

/** Throws: RemyError `port_taken`, `cannot_listen`. */
export async function listen(app: RequestListener, config: WebConfig): Promise<Listening> {
  const server = createServer(app);
  await new Promise<void>((done, fail) => {
    server.once('error', (error) => fail(reason(error, config)));
    server.listen(config.port, config.host, done);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`,
    close: () =>
      new Promise((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        // a browser keeps its connections open after their answer, so they are closed as they fall idle
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(idle);
          done();
        });
      }),
  };
}

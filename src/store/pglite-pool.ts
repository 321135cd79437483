/**
 * A real `pg.Pool` over one embedded PGlite session. A client owns the session from its first query until the
 * server reports it idle, so that transactions of several clients never mix.
 */
import type { PGlite } from '@electric-sql/pglite';
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';

type Waiter = () => void;

/** Hands the one session to one owner at a time, first come first served. */
class Gate {
  private owner: object | null = null;
  private readonly waiting: Waiter[] = [];
  private readonly waitMs: number;

  constructor(waitMs: number) {
    this.waitMs = waitMs;
  }

  take(client: object): Promise<void> | undefined {
    if (this.owner === client) return undefined;
    if (this.owner === null) {
      this.owner = client;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const turn: Waiter = () => {
        clearTimeout(timer);
        this.owner = client;
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(turn), 1);
        reject(new Error('the embedded database is held by another open transaction'));
      }, this.waitMs);
      this.waiting.push(turn);
    });
  }

  give(client: object): void {
    if (this.owner !== client) return;
    this.owner = null;
    this.waiting.shift()?.();
  }

  isOwner(client: object): boolean {
    return this.owner === client;
  }
}

type QueryConfig = string | { text: string; name?: string };
/** The parts of the package's connection that are used; it publishes no type for them. */
type EmbeddedConnection = {
  parse(query: Record<string, unknown>): void;
  on(event: 'readyForQuery', listener: (message: { status?: string } | undefined) => void): void;
};
type Callback = (error: Error | null, result?: unknown) => void;

const gatedClient = (db: PGlite, gate: Gate) =>
  class extends pg.Client {
    private status = 'I';
    private starting = 0;
    private ended = false;

    constructor(options: pg.ClientConfig) {
      const connection = new PglitePgConnection({ pglite: db }) as unknown as EmbeddedConnection;
      const parse = connection.parse.bind(connection);
      // pg's own per-query parsers are an object, which the embedded parser does not take
      connection.parse = (query) => parse({ ...query, types: Array.isArray(query.types) ? query.types : [] });
      super({ ...options, connection, user: 'postgres', database: 'postgres' } as pg.ClientConfig);
      connection.on('readyForQuery', (message: { status?: string } | undefined) => {
        this.status = message?.status ?? 'I';
      });
      this.on('drain', () => {
        if (this.starting === 0 && this.status === 'I') gate.give(this);
      });
    }

    private assertOpen(): void {
      if (this.ended) throw new Error('the database client was closed');
    }

    private async run(config: QueryConfig, values: unknown): Promise<unknown> {
      // one session has one namespace of prepared statements: names are dropped
      const plain = typeof config === 'object' && config.name ? { ...config, name: undefined } : config;
      let result: unknown;
      try {
        this.assertOpen();
        await gate.take(this);
        if (this.ended) gate.give(this);
        this.assertOpen();
        result = super.query(plain as string, values as unknown[]);
      } finally {
        this.starting--;
      }
      return await result;
    }

    // `never` fits the result of each of pg's overloads, which one override cannot write out
    override query(config: unknown, values?: unknown, callback?: unknown): never {
      const done = (typeof values === 'function' ? values : callback) as Callback | undefined;
      this.starting++;
      const promise = this.run(config as QueryConfig, typeof values === 'function' ? undefined : values);
      if (!done) return promise as never;
      promise.then(
        (result) => done(null, result),
        (error) => done(error),
      );
      return undefined as never;
    }

    private async close(): Promise<void> {
      this.ended = true;
      if (gate.isOwner(this)) await super.query('rollback').catch(() => undefined);
      gate.give(this);
      await super.end();
    }

    override end(callback?: (error: Error) => void): never {
      const promise = this.close();
      if (!callback) return promise as never;
      promise.then(
        () => (callback as () => void)(),
        (error) => callback(error),
      );
      return undefined as never;
    }
  };

/** A `pg.Pool` whose clients share one PGlite session; waiting longer than `waitMs` for it is an error. */
export const createPglitePool = (db: PGlite, max = 10, waitMs = 30_000): pg.Pool =>
  new pg.Pool({
    Client: gatedClient(db, new Gate(waitMs)),
    max,
    idleTimeoutMillis: 0,
  } as unknown as pg.PoolConfig);

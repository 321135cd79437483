/** What the console needs from the rest; the composition root gives it, tests give their own. */
import type { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import type {
  AccountBrief,
  exportTimelineOutput,
  FindCustomerOutput,
} from '../../domain/ledger-query/answers.ts';
import type { LedgerResult } from '../../domain/ledger-query/result.ts';
import type { Answer, TurnEvent } from '../../ports/assistant.ts';
import type { WebCash } from './cash-deps.ts';
import type { As, WebChase } from './chase-deps.ts';

/** A message of a stored conversation, oldest first. */
export type PastMessage = { role: 'user' | 'remy'; text: string; cards?: Card[] };

/** What the header of the console shows. */
export type WebStatus = {
  tenant: string;
  /** The ledger is the demo company, not a real one. */
  isDemo: boolean;
  /** The ledger holds nothing yet. */
  empty: boolean;
  model: string;
  today: string;
  user: { email: string; name: string | null; role: string };
  sources: { source: string; syncedAt: string }[];
};

/** The part of a pino logger that is used. */
export type WebLogger = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

/** Everything runs as the user that `as` names; errors are RemyErrors whose message may be shown. */
export type WebDeps = {
  /** One turn. Rejects with an AbortError when `signal` is aborted. */
  ask(
    text: string,
    thread: string,
    onEvent: (event: TurnEvent) => void,
    signal: AbortSignal,
    as: As,
  ): Promise<Answer>;
  /** Empty for a thread that does not exist. */
  history(thread: string, as: As): Promise<PastMessage[]>;
  accountBrief(customerId: number, as: As): Promise<AccountBrief>;
  findCustomers(text: string, as: As): Promise<FindCustomerOutput>;
  showRows(figureId: number, as: As): Promise<{ result: LedgerResult; of: string }>;
  exportTimeline(
    of: { customerId: number } | { invoice: string },
    as: As,
  ): Promise<z.infer<typeof exportTimelineOutput>>;
  status(as: As): Promise<WebStatus>;
  chase: WebChase;
  cash: WebCash;
  /** The database answers and the migrations are done. */
  health(): Promise<{ ok: boolean; problems: string[] }>;
  metrics(): Promise<{ contentType: string; text: string }>;
  logger: WebLogger;
};

export type WebConfig = {
  host: string;
  port: number;
  /** Asked for as HTTP Basic, any user name. Must be there for any host but loopback. */
  password?: string | undefined;
  /** Folder of the built page; by default it is built on first use. */
  page?: string;
};

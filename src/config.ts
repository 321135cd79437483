/** The environment, read once and checked. The only reader of `process.env`. */
import { join } from 'node:path';
import { z } from 'zod';
import { isDay } from './domain/calendar.ts';
import { InvalidInputError } from './domain/errors.ts';

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
const isPostgresUrl = (value: string | undefined): boolean =>
  value === undefined || /^postgres(ql)?:\/\//.test(value);

/** A variable that is set to nothing counts as not set. */
const environment = z.object({
  REMY_DATA: text.transform((value) => value ?? '.remy'),
  DATABASE_URL: text.refine(isPostgresUrl, 'must be like postgres://user:password@host:5432/database'),
  REMY_HOST: text.transform((value) => value ?? '127.0.0.1'),
  REMY_PORT: text
    .transform((value) => value ?? '3000')
    .refine(isPort, 'must be a whole number from 0 to 65535')
    .transform(Number),
  REMY_PASSWORD: text,
  REMY_TODAY: text.refine((value) => value === undefined || isDay(value), 'must be a day like 2026-02-28'),
  REMY_MAIL_INBOX: text.transform((value) => value ?? join('.remy-mail', 'inbox')),
  REMY_MAIL_SENT: text.transform((value) => value ?? join('.remy-mail', 'sent')),
  REMY_MODEL: text,
  REMY_LOG_LEVEL: text
    .transform((value) => value ?? 'info')
    .pipe(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)),
  ANTHROPIC_API_KEY: text,
  ANTHROPIC_BASE_URL: text,
});

export type Config = {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Asked for at the console (HTTP Basic); required for any address but loopback. */
  readonly password: string | undefined;
  /** Fixes the calendar day; undefined means the machine's own day. */
  readonly today: string | undefined;
  /** Where mail comes from and goes to while no mailbox is connected: folders of .eml files. */
  readonly mail: { readonly inbox: string; readonly sent: string };
  /** `offline` needs no key. */
  readonly model: {
    readonly model: string;
    readonly apiKey: string | undefined;
    readonly baseUrl: string | undefined;
  };
  readonly logLevel: z.infer<typeof environment>['REMY_LOG_LEVEL'];
};

const OFFLINE_MODEL = 'offline';
const DEFAULT_MODEL = 'claude-sonnet-5';

/**
 * Keeps conversations on this machine: the model library would send every turn to a tracing service where the
 * environment asks for it, which is meant for other programs.
 */
export function forbidTracing(env: NodeJS.ProcessEnv = process.env): void {
  for (const prefix of ['LANGSMITH', 'LANGCHAIN'])
    for (const suffix of ['TRACING', 'TRACING_V2']) delete env[`${prefix}_${suffix}`];
}

/** Throws: InvalidInputError that names each wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new InvalidInputError(
      `The environment is not right.\n  ${problems.join('\n  ')}\nSee .env.example.`,
    );
  }
  const e = parsed.data;
  const model = e.REMY_MODEL ?? (e.ANTHROPIC_API_KEY ? DEFAULT_MODEL : OFFLINE_MODEL);
  if (model !== OFFLINE_MODEL && !e.ANTHROPIC_API_KEY)
    throw new InvalidInputError(
      `REMY_MODEL is ${model}, which needs ANTHROPIC_API_KEY. Set the key, or REMY_MODEL=offline.`,
    );
  return {
    dataFolder: e.REMY_DATA,
    databaseUrl: e.DATABASE_URL,
    host: e.REMY_HOST,
    port: e.REMY_PORT,
    password: e.REMY_PASSWORD,
    today: e.REMY_TODAY,
    mail: { inbox: e.REMY_MAIL_INBOX, sent: e.REMY_MAIL_SENT },
    model: { model, apiKey: e.ANTHROPIC_API_KEY, baseUrl: e.ANTHROPIC_BASE_URL },
    logLevel: e.REMY_LOG_LEVEL,
  };
}

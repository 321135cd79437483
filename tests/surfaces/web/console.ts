/** A console on a real HTTP server over scripted parts, and a real browser to look at it. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { cardsFor, type ToolOutput } from '../../../src/cards/answer-cards.ts';
import { NotFoundError } from '../../../src/domain/errors.ts';
import type { Answer } from '../../../src/ports/assistant.ts';
import type { PastMessage, WebConfig, WebDeps } from '../../../src/surfaces/web/deps.ts';
import { listen } from '../../../src/surfaces/web/listen.ts';
import { createWebSurface } from '../../../src/surfaces/web/server.ts';
import {
  aging,
  behindTheFigure,
  brief,
  dso,
  northwind,
  severalAcmes,
  TODAY,
  whoOwesMost,
} from '../../cards/outputs.ts';

import { emptyCash } from './empty-cash.ts';
import { queue, scriptedChase } from './scripted-chase.ts';

const SYNCED = [{ source: 'csv', syncedAt: new Date(Date.now() - 3 * 3_600_000).toISOString() }];

const SCRIPT: { when: RegExp; words: string; tool?: ToolOutput }[] = [
  {
    when: /owes us the most/i,
    words:
      '**Northwind Traders** owes the most in USD: 184,250.00 USD over 9 invoices.\n- In EUR it is Initech GmbH, 77,120.35 EUR.\n- In JPY it is Sakura Trading KK, 9,840,000 JPY.',
    tool: { name: 'query_ledger', input: {}, output: whoOwesMost },
  },
  {
    when: /aging/i,
    words: 'Open by age, each currency by itself.',
    tool: { name: 'ledger_metrics', input: {}, output: aging },
  },
  {
    when: /dso/i,
    words: 'DSO (count-back) is **43.2 days** in USD.',
    tool: { name: 'ledger_metrics', input: {}, output: dso },
  },
  {
    when: /story/i,
    words: 'Northwind Traders owes 184,250.00 USD; 124,250.00 USD of it is overdue.',
    tool: { name: 'account_brief', input: {}, output: brief },
  },
  {
    when: /^how much does acme/i,
    words: 'Which Acme do you mean?',
    tool: { name: 'find_customer', input: {}, output: severalAcmes },
  },
  { when: /^(acme logistics|C-00)/i, words: 'Acme Logistics owes 900.00 USD.' },
  {
    when: /^draft/i,
    words: 'Drafted. It waits for approval.',
    tool: { name: 'draft_email', input: {}, output: { proposal: queue()[0], leftOut: [] } },
  },
  {
    when: /export/i,
    words: 'Here is the timeline of INV-2041.',
    tool: {
      name: 'export_timeline',
      input: {},
      output: {
        subject: 'INV-2041',
        fileName: 'INV-2041-timeline.csv',
        csv: 'day,kind\n2026-03-21,chased\n',
        events: brief.timeline,
      },
    },
  },
];

export const answerTo = (text: string, thread: string): Answer => {
  const found = SCRIPT.find((each) => each.when.test(text));
  const tools = found?.tool ? [found.tool] : [];
  return {
    thread,
    answer: found?.words ?? `I can't answer "${text}", but I can show who owes what.`,
    tools,
    cards: cardsFor(tools),
    model: 'offline',
    asOf: TODAY,
    sources: SYNCED,
  };
};

export { scriptedChase } from './scripted-chase.ts';

/** A turn that tells its progress and writes word by word, first something that it takes back. */
export const scriptedAsk =
  (past: Map<string, PastMessage[]>, pause = 5): WebDeps['ask'] =>
  async (text, thread, onEvent, signal) => {
    if (/^fail/.test(text)) throw new TypeError('secret detail of the inside');
    onEvent({ type: 'progress', text: 'Looking in the ledger' });
    const answer = answerTo(text, thread);
    if (/^wait/.test(text)) await sleep(60_000, undefined, { signal });
    onEvent({ type: 'text', text: 'A draft that is not shown in the end' });
    await sleep(pause, undefined, { signal });
    onEvent({ type: 'replace' });
    for (const word of answer.answer.split(/(?<= )/)) {
      onEvent({ type: 'text', text: word });
      await sleep(pause, undefined, { signal });
    }
    past.set(thread, [
      ...(past.get(thread) ?? []),
      { role: 'user', text },
      { role: 'remy', text: answer.answer, cards: answer.cards },
    ]);
    return answer;
  };

export type Logged = { level: string; fields: object; message: string };

/** Parts that answer from the fixtures; `change` replaces some of them. */
export function scriptedDeps(change: Partial<WebDeps> = {}): WebDeps & { logged: Logged[] } {
  const past = new Map<string, PastMessage[]>();
  const logged: Logged[] = [];
  const log = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  return {
    ask: scriptedAsk(past),
    history: async (thread) => past.get(thread) ?? [],
    accountBrief: async (id) => {
      if (id !== northwind.id)
        throw new NotFoundError('There is no such account, or it is not yours to see.');
      return brief;
    },
    findCustomers: async (asked) => ({ ...severalAcmes, asked }),
    showRows: async () => behindTheFigure,
    exportTimeline: async () => ({ subject: 'x', fileName: 'a "b".csv', csv: 'day,kind\n', events: [] }),
    status: async (as) => ({
      tenant: 'Bluebird Supplies',
      isDemo: true,
      empty: false,
      model: 'offline',
      today: TODAY,
      user: { email: as ?? 'you@example.com', name: null, role: 'admin' },
      sources: SYNCED,
    }),
    chase: scriptedChase(),
    cash: emptyCash(),
    health: async () => ({ ok: true, problems: [] }),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'remy_up 1\n' }),
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    logged,
    ...change,
  };
}

/** Close it at the end of the test. */
export async function startConsole(deps: WebDeps = scriptedDeps(), config: Partial<WebConfig> = {}) {
  const all: WebConfig = { host: '127.0.0.1', port: 0, ...config };
  return listen(createWebSurface(deps, all), all);
}

const executablePath = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

/** False where the machine has no Chromium; CHROMIUM_PATH may name one. */
export const hasBrowser = executablePath !== undefined;

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Where pictures of the page are put, to be looked at. */
export async function pictureFolder(): Promise<string> {
  const folder = join(tmpdir(), 'remy-console-pictures');
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Loads the demo company through the importers and operations that a user's own data goes through. */
import type { DemoCompany, DemoMessage } from './company.ts';
import type { DemoDispute, DemoHold } from './disputes.ts';
import type { DemoPromise } from './promises.ts';
import type { DemoEvent } from './reminders.ts';
import { type DemoUser, demoUsers } from './team.ts';

type ImportReport = {
  files: readonly {
    file: string;
    skipped: readonly { line: number; reason: string }[];
    /** Why the file could not be read at all. */
    error?: string;
  }[];
};

export type DemoSteps = {
  company: DemoCompany;
  importLedger: (files: { name: string; bytes: Uint8Array }[]) => Promise<ImportReport>;
  /** Adds the people of the demo company, so that one can ask as one of them. */
  addUser?: (user: DemoUser) => Promise<unknown>;
  logPromise: (promise: DemoPromise) => Promise<unknown>;
  /** The amount is in the invoice's currency. */
  openDispute: (dispute: Omit<DemoDispute, 'currency'>) => Promise<unknown>;
  setHold: (hold: DemoHold) => Promise<unknown>;
  recordEvent: (event: DemoEvent) => Promise<unknown>;
  recordMessage: (message: DemoMessage) => Promise<unknown>;
  /** Runs the records in one transaction: all or nothing, and several times faster. */
  together?: (work: () => Promise<void>) => Promise<void>;
  /** A few words for the person who waits. */
  onProgress?: (text: string) => void;
};

/** The demo's own files are clean: a refused line is a fault of the generator or of the importer. */
function refuseSkipped({ files }: ImportReport): void {
  for (const { file, skipped, error } of files) {
    if (error !== undefined) throw new Error(`the demo file ${file} was not read: ${error}`);
    const [first] = skipped;
    if (first)
      throw new Error(
        `the demo file ${file} was not taken whole: line ${first.line}, ${first.reason} (${skipped.length} in all)`,
      );
  }
}

async function inTurn<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) await act(item);
}

/**
 * Imports the six files, then records what people did. When the records fail, importing again changes nothing.
 * Mail files are not loaded: they are for the user to try. Bank statements are read once the console is up.
 *
 * Throws: Error when the importer refuses a line; whatever an operation throws.
 */
export async function loadDemoCompany(steps: DemoSteps): Promise<void> {
  const { company, together = (work) => work(), onProgress = () => {} } = steps;
  const { promises, disputes, holds, events, messages } = company.records;
  const encoder = new TextEncoder();
  if (steps.addUser) await inTurn(demoUsers, steps.addUser);
  onProgress('Importing the ledger of the demo company');
  refuseSkipped(
    await steps.importLedger(
      Object.entries(company.files).map(([name, text]) => ({ name, bytes: encoder.encode(text) })),
    ),
  );
  onProgress('Recording promises, disputes, mail and the timeline');
  await together(async () => {
    await inTurn(promises, steps.logPromise);
    await inTurn(disputes, ({ currency: _, ...dispute }) => steps.openDispute(dispute));
    await inTurn(holds, steps.setHold);
    await inTurn(messages, steps.recordMessage);
    await inTurn(events, steps.recordEvent);
  });
  onProgress('The demo company is ready');
}

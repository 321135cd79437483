/** What the command line can do; the composition root implements it. */
import type { Answer, TurnEvent } from '../../ports/assistant.ts';
import type { CashCommands } from './cash-commands.ts';
import type { ChaseCommands } from './chase-commands.ts';

export type ImportedFile = {
  file: string;
  kind: string | null;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: { line: number; reason: string }[];
  warnings?: string[];
  error?: string | undefined;
};

export type DoctorCheck = { name: string; ok: boolean; detail: string; next?: string };

export type Commands = ChaseCommands &
  CashCommands & {
    /** Runs until the process is told to stop. `onReady` gets the address of the console. */
    start(
      options: { empty: boolean; port?: number | undefined },
      report: { progress: (text: string) => void; ready: (address: string, notes: string[]) => void },
    ): Promise<void>;
    ask(
      options: { text: string; as?: string | undefined; thread?: string | undefined },
      onEvent: (event: TurnEvent) => void,
    ): Promise<Answer>;
    importFiles(
      paths: string[],
      onProgress: (text: string) => void,
    ): Promise<{ files: ImportedFile[]; notes: string[] }>;
    doctor(): Promise<{ ok: boolean; checks: DoctorCheck[] }>;
    migrate(): Promise<{ applied: string[]; current: string | null }>;
  };

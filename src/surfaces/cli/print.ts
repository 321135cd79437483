/** Where the command line writes: results to stdout, everything about the work to stderr. */
import type { Answer } from '../../ports/assistant.ts';
import type { Commands, DoctorCheck, ImportedFile } from './commands.ts';
import { plain, renderCard } from './render-text.ts';

export type Streams = {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Asks the person at the terminal a question of yes or no, no by default; absent where nobody sits at one. */
  confirm?: ((question: string) => Promise<boolean>) | undefined;
};

export const printJson = (streams: Streams, value: unknown): void =>
  streams.out(`${JSON.stringify(value, null, 2)}\n`);

export function printAnswer(streams: Streams, answer: Answer): void {
  const cards = answer.cards.map((card) => `\n${renderCard(card)}\n`).join('');
  const sources = answer.sources.map(
    ({ source, syncedAt }) => `${source} of ${syncedAt.slice(0, 16).replace('T', ' ')}`,
  );
  streams.out(`${plain(answer.answer)}\n${cards}`);
  streams.out(`\nAs of ${answer.asOf} · ${sources.join(', ') || 'no source yet'} · ${answer.model}\n`);
  streams.err(`Follow up with --thread ${answer.thread}\n`);
}

const SKIPPED_SHOWN = 20;

function importedFile(file: ImportedFile): string {
  // the error names its file already
  if (file.error) return `${plain(file.error)}\n`;
  const counts = `${file.rows} rows: ${file.created} created, ${file.updated} updated, ${file.unchanged} unchanged, ${file.skipped.length} skipped`;
  const skipped = file.skipped
    .slice(0, SKIPPED_SHOWN)
    .map(({ line, reason }) => `  line ${line}: ${plain(reason)}\n`);
  const rest = file.skipped.length - SKIPPED_SHOWN;
  return [
    `${file.file}: ${file.kind}, ${counts}\n`,
    ...(file.warnings ?? []).map((warning) => `  note: ${plain(warning)}\n`),
    ...skipped,
    ...(rest > 0 ? [`  ... and ${rest} more; --json lists them all\n`] : []),
  ].join('');
}

export function printImport(streams: Streams, result: Awaited<ReturnType<Commands['importFiles']>>): void {
  streams.out(result.files.map(importedFile).join(''));
  for (const note of result.notes) streams.out(`${note}\n`);
}

const doctorLine = (check: DoctorCheck): string =>
  `${check.ok ? 'ok  ' : 'FAIL'}  ${check.name}: ${plain(check.detail)}${check.next ? `\n      ${check.next}` : ''}\n`;

export const printDoctor = (streams: Streams, checks: DoctorCheck[]): void =>
  streams.out(checks.map(doctorLine).join(''));

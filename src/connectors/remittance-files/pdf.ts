/** The rows of a PDF with text in it: texts that stand on one line are a row, put under the headers above them. */
import { Worker } from 'node:worker_threads';
import { InvalidInputError } from '../../domain/errors.ts';
import { cleanText } from './clean-text.ts';
import type { PdfAnswer, PdfOrder, PdfText } from './pdf-worker.ts';
import { alignRows, type PlacedCell, type PlacedRow } from './positions.ts';
import type { GridRow } from './reading.ts';

const MOST_PAGES = 300;
const MOST_TEXTS = 300_000;
const MOST_MS = 20_000;
const MOST_MEMORY_MB = 512;

/** Asks the thread; ends it after the time limit. Throws: InvalidInputError. */
function ask(order: PdfOrder, mostMs: number): Promise<PdfAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    const timer = setTimeout(() => refuse(`reading it took longer than ${mostMs / 1000} seconds`), mostMs);
    const refuse = (reason: string, cause?: unknown) => {
      clearTimeout(timer);
      void worker.terminate();
      reject(new InvalidInputError(`The PDF was not read: ${reason}; ask for a CSV.`, { cause }));
    };
    worker.once('error', (error) => refuse('its reader failed', error));
    worker.once('exit', () => refuse('its reader stopped'));
    worker.once('message', (answer: PdfAnswer) => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    });
  });
}

const words: Readonly<Record<'password' | 'bomb' | 'damaged', string>> = {
  password: 'The PDF is protected by a password; ask for one without, or for a CSV.',
  bomb: 'The PDF was not read: it unpacks to far more than any advice holds.',
  damaged: 'The PDF is damaged and cannot be read; ask for it again, or for a CSV.',
};

/** One text drawn with wide gaps inside of it is several cells. */
function pieces(text: PdfText): PlacedCell[] {
  const clean = cleanText(text.text);
  const perCharacter = text.width / Math.max(clean.length, 1);
  return [...clean.matchAll(/\S+(?: \S+)*/g)].map((found) => ({
    text: found[0],
    from: text.x + found.index * perCharacter,
    to: text.x + (found.index + found[0].length) * perCharacter,
  }));
}

/** Joins what stands so close that it is one word or one phrase; numbers beside each other stay apart sooner. */
function cellsOf(texts: readonly PdfText[]): PlacedCell[] {
  const size = texts.reduce((most, text) => Math.max(most, text.size), 0);
  const sorted = texts.flatMap(pieces).sort((a, b) => a.from - b.from);
  const cells: PlacedCell[] = [];
  for (const piece of sorted) {
    const last = cells.at(-1);
    const gap = last ? piece.from - last.to : Number.POSITIVE_INFINITY;
    const numbers = last !== undefined && /[\d)]$/.test(last.text) && /^[\d(+-]|^\p{Sc}/u.test(piece.text);
    if (last && gap < size * (numbers ? 0.3 : 0.7))
      cells[cells.length - 1] = {
        text: gap < size * 0.15 ? last.text + piece.text : `${last.text} ${piece.text}`,
        from: last.from,
        to: Math.max(last.to, piece.to),
      };
    else cells.push(piece);
  }
  return cells;
}

/** Texts of one base line, from the top of the page to its end. */
function rowsOfPage(texts: readonly PdfText[], page: number): PlacedRow[] {
  const lines: PdfText[][] = [];
  for (const text of [...texts].sort((a, b) => a.y - b.y)) {
    const line = lines.at(-1);
    if (line && Math.abs(text.y - line[0]!.y) < Math.min(text.size, line[0]!.size) * 0.5) line.push(text);
    else lines.push([text]);
  }
  return lines
    .map((line, i) => ({ where: `page ${page}, line ${i + 1}`, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.length > 0);
}

/**
 * The rows of all pages. Scripts inside of it are never run.
 * Throws: InvalidInputError when it is protected, damaged, a bomb, too slow, or has no text in it.
 */
export async function pdfRows(
  bytes: Uint8Array,
  mostMs = MOST_MS,
): Promise<{ rows: GridRow[]; warnings: string[] }> {
  const answer = await ask({ bytes, mostPages: MOST_PAGES, mostTexts: MOST_TEXTS }, mostMs);
  if ('refused' in answer) throw new InvalidInputError(words[answer.refused], { cause: answer.detail });
  if (!answer.pages.some((texts) => texts.some(({ text }) => /[\p{L}\d]{2}/u.test(text))))
    throw new InvalidInputError('The PDF has no text in it, only pictures; type the lines or ask for a CSV.');
  const rows = alignRows(answer.pages.flatMap((texts, i) => rowsOfPage(texts, i + 1)));
  return { rows, warnings: answer.more > 0 ? [`${answer.more} more pages were not read.`] : [] };
}

/** Bank statement files: sees the format from the bytes and hands out statements and lines. See README for the formats. */
import { InvalidInputError, RemyError } from '../../domain/errors.ts';
import type { BankCsvMap, BankFileEvent, BankFiles, BankFormat } from '../../ports/bank-files.ts';
import type { NamedFile } from '../../ports/ledger-source.ts';
import { type Content, detectEncoding } from '../encoding.ts';
import { Bai2Reader } from './bai2.ts';
import { unblock } from './bai2-blocks.ts';
import { CamtReader } from './camt.ts';
import { readBankCsv } from './csv.ts';
import { OfxReader } from './ofx.ts';
import type { LineReader } from './reader.ts';
import { type Sniffed, sniff } from './sniff.ts';
import { StatementBook } from './statement-book.ts';
import { SwiftReader } from './swift.ts';
import { type Ends, readEnds, readLines, readStrict } from './text-stream.ts';

/** The declared encoding, or UTF-8 where all bytes are, else Windows-1252. Odd bytes are replaced and named. */
async function textOf(
  content: Content,
  declared: string | null,
  book: StatementBook,
): Promise<AsyncGenerator<string>> {
  if (declared) return readStrict(content, declared);
  const { encoding, broken } = await detectEncoding(content);
  if (broken) book.problem(null, 'some characters are not valid UTF-8 and were replaced by \ufffd');
  return readStrict(content, encoding, !broken);
}

async function* readByLine(
  reader: LineReader,
  text: AsyncIterable<string>,
  book: StatementBook,
): AsyncGenerator<BankFileEvent> {
  for await (const lines of readLines(text)) {
    for (const line of lines) reader.line(line);
    yield* book.take();
  }
  reader.end();
  yield* book.take();
}

type StreamReader = { write(piece: string): void; end(): void };

async function* readStream(
  reader: StreamReader,
  text: AsyncIterable<string>,
  book: StatementBook,
): AsyncGenerator<BankFileEvent> {
  for await (const piece of text) {
    reader.write(piece);
    yield* book.take();
  }
  reader.end();
  yield* book.take();
}

/** The last tag of XML and OFX, so that a file that is cut off is refused before anything of it is taken. */
function checkTail(format: BankFormat, { tail }: Ends, encoding: string | null): void {
  if (encoding?.startsWith('utf-16')) return;
  const end = new TextDecoder('latin1').decode(tail).replace(/<!--[\s\S]*?-->/g, '');
  const whole = format === 'ofx' || format === 'qfx' ? /<\/OFX\s*>/i.test(end) : /<\/[^<>]+>\s*$/.test(end);
  if (!whole)
    throw new InvalidInputError(
      'it ends before its last tag is closed, so the file is cut off; download it again',
    );
}

async function* readFormat(content: Content, ends: Ends, sniffed: Sniffed): AsyncGenerator<BankFileEvent> {
  const { format, encoding } = sniffed;
  yield { kind: 'format', format, csvMap: null };
  const book = new StatementBook();
  if (format.startsWith('camt')) {
    checkTail(format, ends, encoding);
    yield* readStream(new CamtReader(book), await textOf(content, encoding, book), book);
    return;
  }
  const text = await textOf(content, encoding, book);
  if (format === 'ofx' || format === 'qfx') {
    checkTail(format, ends, encoding);
    yield* readStream(new OfxReader(book), text, book);
  } else if (format === 'bai2') yield* readByLine(new Bai2Reader(book), unblock(text, sniffed.head), book);
  else yield* readByLine(new SwiftReader(book, format === 'mt942'), text, book);
}

/** A file of which nothing at all could be read is refused with its first reason. */
async function* orRefused(events: AsyncIterable<BankFileEvent>): AsyncGenerator<BankFileEvent> {
  const before: BankFileEvent[] = [];
  let found = false;
  for await (const event of events) {
    if (found) yield event;
    else if (event.kind === 'statement') {
      found = true;
      yield* before;
      yield event;
    } else if (before.length < 20) before.push(event);
  }
  if (found) return;
  const problem = before.find((event) => event.kind === 'problem');
  const why =
    problem?.kind === 'problem' ? `: ${problem.line ? `line ${problem.line}: ` : ''}${problem.reason}` : '';
  throw new InvalidInputError(
    `it holds no statement that can be read${why}. Ask the bank for the whole statement`,
  );
}

const WHY_UNREADABLE: Record<string, string> = {
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'this user may not read it',
  ENOENT: 'there is no such file',
};

/** Errors with the file's name in front. */
function named(name: string, cause: unknown): unknown {
  if (cause instanceof InvalidInputError)
    return new InvalidInputError(`${name}: ${cause.message}`, { cause });
  if (cause instanceof RemyError || !(cause instanceof Error) || !('code' in cause)) return cause;
  const why = WHY_UNREADABLE[String(cause.code)] ?? cause.message;
  return new InvalidInputError(`${name}: the file cannot be read (${why})`, { cause });
}

async function* read(
  { name, bytes }: NamedFile,
  options: { csvMap?: BankCsvMap } = {},
): AsyncGenerator<BankFileEvent> {
  try {
    const ends = await readEnds(bytes);
    const sniffed = sniff(ends);
    yield* orRefused(
      sniffed.format === 'csv'
        ? readBankCsv(bytes, sniffed.encoding, options.csvMap ?? null)
        : readFormat(bytes, ends, sniffed),
    );
  } catch (cause) {
    throw named(name, cause);
  }
}

/**
 * The reader of bank statement files. A file that is cut off or turns out broken late is refused when that is seen,
 * which may be after events were given: then nothing of the file is to be kept.
 */
export const createBankFiles = (): BankFiles => ({ read });

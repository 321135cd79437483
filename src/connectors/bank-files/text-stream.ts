/** Bytes to text and lines, refusing what cannot be read instead of replacing it. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InvalidInputError } from '../../domain/errors.ts';
import type { Content } from '../encoding.ts';

const PIECE = 64 * 1024;
/** Longer than any line of any bank; past it the file is no statement. */
const MAX_LINE = 1024 * 1024;

/** The first and the last bytes of a file. */
export type Ends = { readonly head: Uint8Array; readonly tail: Uint8Array; readonly size: number };

export async function readEnds(
  content: Content,
  headBytes = 256 * 1024,
  tailBytes = 8 * 1024,
): Promise<Ends> {
  if (typeof content !== 'string')
    return {
      head: content.subarray(0, headBytes),
      tail: content.subarray(Math.max(0, content.length - tailBytes)),
      size: content.length,
    };
  const { size } = await stat(content);
  const file = await open(content);
  try {
    const part = async (from: number, length: number) => {
      const buffer = new Uint8Array(length);
      const { bytesRead } = await file.read(buffer, 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const from = Math.max(0, size - tailBytes);
    return { head: await part(0, Math.min(size, headBytes)), tail: await part(from, size - from), size };
  } finally {
    await file.close();
  }
}

async function* pieces(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') {
    yield* createReadStream(content, { highWaterMark: PIECE }) as AsyncIterable<Uint8Array>;
    return;
  }
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

const decoderOf = (encoding: string, strict: boolean): TextDecoder => {
  try {
    return new TextDecoder(encoding, { fatal: strict });
  } catch {
    throw new InvalidInputError(
      `the file says that it is written in "${encoding}", which is not known; export it as UTF-8`,
    );
  }
};

/**
 * The text in pieces without byte order mark, every line end written as one line feed.
 *
 * Throws: InvalidInputError for bytes that are not of the encoding, and for NUL bytes.
 */
export async function* readStrict(content: Content, encoding: string, strict = true): AsyncGenerator<string> {
  const decoder = decoderOf(encoding, strict);
  let held = '';
  let lines = 1;
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new InvalidInputError(
        `after line ${lines} it is not the ${encoding.toUpperCase()} that it should be; export it again as UTF-8, or ask the bank for a whole file`,
        { cause },
      );
    }
  };
  const plain = (text: string): string => {
    if (text.includes('\0'))
      throw new InvalidInputError(
        `after line ${lines} it holds NUL bytes, as files do that were cut off while they were written; download it again`,
      );
    const unix = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    for (let at = unix.indexOf('\n'); at >= 0; at = unix.indexOf('\n', at + 1)) lines++;
    return unix;
  };
  for await (const piece of pieces(content)) {
    const text = held + decode(piece);
    held = text.endsWith('\r') ? '\r' : '';
    yield plain(held ? text.slice(0, -1) : text);
  }
  const rest = plain(held + decode());
  if (rest) yield rest;
}

export type TextLine = {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** False for a last line that does not end with a line feed. */
  readonly ended: boolean;
};

/**
 * Splits text into lines, a bunch for each piece.
 * Throws: InvalidInputError for a line of more than a million characters.
 */
export async function* readLines(text: AsyncIterable<string>): AsyncGenerator<TextLine[]> {
  let held = '';
  let number = 0;
  for await (const piece of text) {
    const parts = (held + piece).split('\n');
    held = parts.pop()!;
    if (held.length > MAX_LINE || parts.some((part) => part.length > MAX_LINE))
      throw new InvalidInputError(
        `line ${number + 1} has more than a million characters, which no bank writes; ask the bank for the file again`,
      );
    yield parts.map((part) => ({ text: part, number: ++number, ended: true }));
  }
  if (held !== '') yield [{ text: held, number: number + 1, ended: false }];
}

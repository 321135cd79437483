/** Bytes to text: finds the encoding of a file and hands its text out in pieces, with plain line feeds. */
import { createReadStream } from 'node:fs';

const PIECE = 256 * 1024;

/** The bytes themselves, or the path of a file, which is read again for each pass and never held whole. */
export type Content = Uint8Array | string;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

async function* pieces(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') {
    yield* createReadStream(content, { highWaterMark: PIECE }) as AsyncIterable<Uint8Array>;
    return;
  }
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

const markOf = (start: Uint8Array): Encoding | null => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  return null;
};

/** Characters that are no ASCII, and how many of them are what a decoder puts for bytes that it cannot read. */
async function countOddities(content: Content): Promise<{ foreign: number; broken: number }> {
  const decoder = new TextDecoder('utf-8');
  let foreign = 0;
  let broken = 0;
  for await (const piece of pieces(content)) {
    for (const found of decoder.decode(piece, { stream: true }).match(/[\u0080-\uffff]/g) ?? []) {
      foreign++;
      if (found === '\ufffd') broken++;
    }
  }
  return { foreign, broken };
}

/**
 * The byte order mark decides; without one, UTF-8 where every byte is valid UTF-8, else Windows-1252 (which has a
 * character for every byte). `broken` is true when a file is clearly UTF-8 but some bytes of it are not.
 */
export async function detectEncoding(content: Content): Promise<{ encoding: Encoding; broken: boolean }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const piece of pieces(content)) {
      const mark = first ? markOf(piece) : null;
      first = false;
      if (mark === 'utf-16le' || mark === 'utf-16be') return { encoding: mark, broken: false };
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return { encoding: 'utf-8', broken: false };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the file itself cannot be read
    const { foreign, broken } = await countOddities(content);
    return foreign - broken > broken
      ? { encoding: 'utf-8', broken: true }
      : { encoding: 'windows-1252', broken: false };
  }
}

/** The text in pieces, without byte order mark, every line end written as one line feed. */
export async function* readText(content: Content, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  const plain = (text: string) => text.replace(/\r\n?/g, '\n');
  for await (const piece of pieces(content)) {
    const text = held + decoder.decode(piece, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    yield plain(held ? text.slice(0, -1) : text);
  }
  const rest = plain(held + decoder.decode());
  if (rest) yield rest;
}

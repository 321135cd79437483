/** Finds streams of a PDF that unpack to more than any advice needs, before the reader of PDFs unpacks them for good. */
import { inflateSync } from 'node:zlib';

const MOST_STREAM = 64 * 1024 * 1024;
const MOST_TOTAL = 256 * 1024 * 1024;
const MOST_STREAMS = 50_000;

/** The unpacked bytes, `null` when they would be too many; data that is damaged unpacks to nothing. */
function inflated(data: Uint8Array, most: number): Uint8Array | null {
  try {
    return inflateSync(data, { maxOutputLength: most, finishFlush: 2 });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? null : new Uint8Array();
  }
}

/** True when a stream, or all together, unpack to more than the limits; packed twice is unpacked twice. */
export function unpacksTooFar(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  let at = file.indexOf('stream');
  for (let count = 0; at >= 0; at = file.indexOf('stream', at + 6)) {
    if (file.toString('latin1', at - 3, at) === 'end') continue;
    if (++count > MOST_STREAMS) return true;
    const dictionary = file.toString('latin1', Math.max(0, at - 2000), at);
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1);
    const times = own.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    if (times === 0) continue;
    const start =
      at +
      6 +
      (file[at + 6] === 0x0d ? 1 : 0) +
      (file[at + (file[at + 6] === 0x0d ? 7 : 6)] === 0x0a ? 1 : 0);
    const end = file.indexOf('endstream', start);
    let data: Uint8Array | null = file.subarray(start, end < 0 ? file.length : end);
    for (let i = 0; i < Math.min(times, 4) && data && data.length > 0; i++)
      data = inflated(data, MOST_STREAM);
    if (data === null) return true;
    total += data.length;
    if (total > MOST_TOTAL) return true;
  }
  return false;
}

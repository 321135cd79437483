/** Looks into a zip before anything is unpacked, and unpacks no more than it declares. */
import { crc32, inflateRawSync } from 'node:zlib';
import { InvalidInputError } from '../../domain/errors.ts';

const MOST_ENTRIES = 500;
const MOST_BYTES = 150 * 1024 * 1024;
/** A spreadsheet's XML packs to about a tenth; a bomb to a thousandth. */
const MOST_RATIO = 150;
const SMALL = 2 * 1024 * 1024;

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

const refuse = (reason: string): never => {
  throw new InvalidInputError(`The spreadsheet was not opened: ${reason}.`);
};

function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at > view.byteLength - 66_000; at--)
    if (view.getUint32(at, true) === 0x06054b50) return at;
  return refuse('the file is cut off or damaged');
}

/** The entries by the directory at the end. Throws: InvalidInputError for a bomb, a password, a damaged directory. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 22) refuse('the file is cut off or damaged');
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) refuse(`it holds more than ${MOST_ENTRIES} parts`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) refuse('its directory is damaged');
    if ((view.getUint16(at + 8, true) & 1) === 1)
      refuse('it is protected by a password; save it without one');
    const name = view.getUint16(at + 28, true);
    const size = view.getUint32(at + 24, true);
    const packed = view.getUint32(at + 20, true);
    if (size === 0xffffffff || packed === 0xffffffff) refuse('it declares parts of more than 4 GB');
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      method: view.getUint16(at + 10, true),
      packed,
      size,
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_BYTES) refuse(`it would unpack to ${Math.round(total / 1024 / 1024)} MB`);
  if (entries.some(({ size, packed }) => size > SMALL && size > packed * MOST_RATIO))
    refuse('it is packed like a bomb, far smaller than what it unpacks to');
  return entries;
}

/** The bytes of an entry; never more than it declares, whatever is packed. Throws: InvalidInputError. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50)
    refuse('one of its parts is damaged');
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) refuse('the file is cut off');
  if (entry.method === 0) return packed;
  if (entry.method !== 8) refuse('it is packed in a way that spreadsheets are not');
  try {
    const data = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
    if (data.length === entry.size) return data;
  } catch {
    // more than it declares, or no packed data: refused below
  }
  return refuse(`its part ${entry.name.slice(0, 60)} unpacks to something else than it declares`);
}

/** A zip of these parts, not packed: what was checked is all that is read later. */
export function storedZip(
  parts: readonly { readonly name: string; readonly data: Uint8Array }[],
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data } of parts) {
    const label = new TextEncoder().encode(name);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    central.setUint16(6, 20, true);
    central.setUint32(16, crc32(data), true);
    central.setUint32(20, data.length, true);
    central.setUint32(24, data.length, true);
    central.setUint16(28, label.length, true);
    central.setUint32(42, at, true);
    directory.push(new Uint8Array(central.buffer), label);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(4, 20, true);
    local.setUint32(14, crc32(data), true);
    local.setUint32(18, data.length, true);
    local.setUint32(22, data.length, true);
    local.setUint16(26, label.length, true);
    pieces.push(new Uint8Array(local.buffer), label, data);
    at += 30 + label.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, parts.length, true);
  end.setUint16(10, parts.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return Buffer.concat([...pieces, ...directory, new Uint8Array(end.buffer)]);
}

/** What a file is, from its bytes. */
import { isX12 } from './x12.ts';

export type Kind = 'pdf' | 'zip' | 'ole' | 'archive' | 'picture' | 'binary' | 'text';
export type TextKind = 'x12' | 'html' | 'other' | 'text';

const starts = (bytes: Uint8Array, ...expected: number[]): boolean =>
  expected.every((byte, i) => bytes[i] === byte);

const PICTURES: readonly number[][] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x42, 0x4d],
  [0x52, 0x49, 0x46, 0x46],
];
const ARCHIVES: readonly number[][] = [
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0xfd, 0x37, 0x7a, 0x58],
];

export function kindOf(bytes: Uint8Array): Kind {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-'))
    return 'pdf';
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  const zeros =
    bytes.subarray(0, 4096).includes(0) && !starts(bytes, 0xff, 0xfe) && !starts(bytes, 0xfe, 0xff);
  const odd =
    bytes.subarray(0, 64).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) || zeros;
  if (ARCHIVES.some((each) => starts(bytes, ...each)) && odd) return 'archive';
  if (PICTURES.some((each) => starts(bytes, ...each)) && (odd || bytes[0]! > 127)) return 'picture';
  return zeros ? 'binary' : 'text';
}

export function textKindOf(text: string): TextKind {
  const start = text.slice(0, 5000).trimStart();
  if (isX12(text)) return 'x12';
  // RTF, JSON, and bank statements, which are read elsewhere
  if (/^(?:\{\\rtf|[{[]\s*["{[]|01,[^,\n]*,[^,\n]*,\d{6},|OFXHEADER|\{1:F01|:20:)/.test(start))
    return 'other';
  if (
    /<(?:!doctype html|html|body|head|table|tr|td|div|p|br|span|pre|meta|style)\b[^>]*>/i.test(
      text.slice(0, 20_000),
    )
  )
    return 'html';
  return start.startsWith('<?xml') || /^<[A-Za-z][\w:]*[\s>]/.test(start) ? 'other' : 'text';
}

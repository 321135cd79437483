/** Ledger files that went wrong on the way, made from a seed: the same seed gives the same bytes. */
import type { NamedFile } from '../../src/ports/ledger-source.ts';
import { headers } from './import-fixtures.ts';

type Chance = { below(limit: number): number; pick<Item>(items: readonly Item[]): Item };

const createChance = (seed: number): Chance => {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, pick: (items) => items[below(items.length)]! };
};

const line: Record<keyof typeof headers, (n: number, chance: Chance) => string> = {
  customers: (n) =>
    `C${n},"Customer ""${n}"" Ltd",${n % 3 === 2 ? `C${n - 1}` : ''},USD,30,own${n}@example.com,smb,en,UTC,US`,
  contacts: (n) => `C${n},Person ${n},p${n}@example.com,AP,${n % 2 ? 'yes' : 'no'}`,
  invoices: (n, { below }) =>
    `I${below(40)},C${n % 9},2026-0${1 + (n % 9)}-1${n % 10},,USD,"${1 + below(9)},${100 + below(900)}.5${n % 10}",,,PO${n},"Line one\nline two"`,
  payments: (n, { below }) =>
    `P${below(40)},2026-05-1${n % 10},USD,${50 + below(900)}.00,Payer,,ref ${n},wire,C${n % 9}`,
  applications: (n, { below }) => `P${below(40)},I${below(40)},${1 + below(300)}.00,2026-05-2${n % 9}`,
  credits: (n, { below }) => `N${below(40)},C${n % 9},2026-03-0${1 + (n % 9)},USD,${below(500)}.25,`,
};

type Harm = (text: string, chance: Chance) => string | Uint8Array;

/** One way each in which a file goes wrong. */
const harms: Record<string, Harm> = {
  cut: (text, { below }) => text.slice(0, below(text.length)),
  'cut in front': (text, { below }) => text.slice(below(text.length / 2)),
  'shuffled lines': (text, { below }) => {
    const lines = text.split('\n');
    for (let at = lines.length - 1; at > 0; at--) {
      const other = below(at + 1);
      [lines[at], lines[other]] = [lines[other]!, lines[at]!];
    }
    return lines.join('\n');
  },
  'quote storm': (text, { below }) =>
    [...text].map((letter, at) => (at > 90 && below(15) === 0 ? '"' : letter)).join(''),
  'lost quotes': (text) => text.replaceAll('"', ''),
  'wrong columns': (text, { below }) =>
    [...text].map((letter) => (letter === ',' && below(20) === 0 ? (below(2) ? '' : ',,') : letter)).join(''),
  'huge cells': (text, { below }) =>
    text.replace(/wire|smb|PO\d+|AP/g, (word) => word.repeat(1 + below(3) * 40_000)),
  'endless cell': (text, { below }) => {
    const at = 100 + below(text.length - 100);
    return text.slice(0, at) + 'x'.repeat(1_200_000) + text.slice(at);
  },
  'other signs': (text, { pick, below }) =>
    text.replace(/[0-9]/g, (digit) =>
      below(25) ? digit : pick(['-', 'O', '٣', '$', '%', '\u202e', '😀', '(']),
    ),
  'other line ends': (text, { pick }) =>
    text.replaceAll('\n', () => pick(['\n', '\r\n', '\r', '\n\r', '\n\n'])),
  'two delimiters': (text, { below }) => text.replaceAll(',', () => (below(8) ? ',' : ';')),
  'mixed encodings': (text, { below }) => {
    const cut = below(text.length);
    return Buffer.concat([
      Buffer.from(text.slice(0, cut).replaceAll('e', 'é')),
      Buffer.from(text.slice(cut).replaceAll('e', 'é'), 'latin1'),
    ]);
  },
  'odd UTF-16': (text, { below }) =>
    Buffer.from(`\ufeff${text}`, 'utf16le').subarray(0, text.length + below(text.length)),
  'binary in between': (text, { below }) => {
    const content = Buffer.from(text);
    for (let n = 0; n < 30; n++) content[100 + below(content.length - 100)] = below(256);
    return content;
  },
  'only binary': (_, { below }) => Uint8Array.from({ length: 3000 }, () => below(256)),
  'two files in one': (text) => `${text}${text}`,
};

export const harmNames = Object.keys(harms);

/** A file of 60 rows, harmed in one way (two for every third seed). */
export function malformedFile(seed: number): NamedFile {
  const chance = createChance(seed);
  const kind = chance.pick(Object.keys(headers) as (keyof typeof headers)[]);
  const rows = Array.from({ length: 60 }, (_, n) => line[kind](n, chance));
  const first = harmNames[seed % harmNames.length]!;
  let content = harms[first]!([headers[kind], ...rows, ''].join('\n'), chance);
  let name = first;
  if (seed % 3 === 0) {
    const second = chance.pick(harmNames);
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
    if (text.length > 200) {
      content = harms[second]!(text, chance);
      name = `${first}, ${second}`;
    }
  }
  return {
    name: `${seed} ${kind}: ${name}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  };
}

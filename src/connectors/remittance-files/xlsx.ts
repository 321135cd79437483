/** The rows of an .xlsx workbook. Numbers keep their digits; what a spreadsheet's arithmetic adds behind them is rounded off. */
import readXlsxFile from 'read-excel-file/node';
import { InvalidInputError } from '../../domain/errors.ts';
import { cleanText } from './clean-text.ts';
import { decimalText, exactOf } from './exact.ts';
import type { GridRow } from './reading.ts';
import { storedZip, unpack, zipEntries } from './zip.ts';

const MOST_CELLS = 2_000_000;

/** A number cell's own text, told from a text that looks like a number. */
class CellNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** "1175.9999999999998" is "1176.00", "1.2E3" is "1200"; a whole number, such as a document's, stays as it is. */
export function plainNumber(text: string): string {
  const found = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  if (!found) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const shift = Number(exponent);
  if (Math.abs(shift) > 30) return text;
  const digits = `${whole}${fraction}`;
  const point = whole.length + shift;
  const left =
    point <= 0
      ? '0'
      : digits
          .padEnd(point, '0')
          .slice(0, point)
          .replace(/^0+(?=\d)/, '') || '0';
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  if (/^0*$/.test(right)) return `${sign}${left}`;
  const rounded = decimalText(exactOf(`${sign}${left}.${right}`));
  // three decimals would leave open whether the point separates thousands
  return /\.\d{3}$/.test(rounded) ? `${rounded}0` : rounded;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof CellNumber) return plainNumber(value.text);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return cleanText(String(value).slice(0, 2000)).replace(/\s+/g, ' ').trim();
}

/** Columns and rows by the addresses of the cells: one cell far out would fill a table of millions. */
function refuseWideSheets(xml: string): void {
  let columns = 0;
  let rows = 0;
  for (const [, letters = '', row = ''] of xml.matchAll(/\br="([A-Z]{1,3})(\d{1,7})"/g)) {
    columns = Math.max(
      columns,
      [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
    );
    rows = Math.max(rows, Number(row));
  }
  if (columns * rows > MOST_CELLS)
    throw new InvalidInputError(
      'The spreadsheet was not opened: its cells are spread over more than two million places; save only the part with the lines.',
    );
}

/** The parts that hold cells, checked and unpacked, in a zip of our own. */
function checkedWorkbook(bytes: Uint8Array): Uint8Array {
  const entries = zipEntries(bytes);
  if (!entries.some(({ name }) => name === 'xl/workbook.xml'))
    throw new InvalidInputError(
      'It is an archive, not a spreadsheet: unpack it and send the files themselves.',
    );
  const wanted = entries.filter(
    ({ name }) => /^(?:\[Content_Types\]|_rels\/|xl\/)/.test(name) && /\.xml(?:\.rels)?$/.test(name),
  );
  const parts = wanted.map((entry) => ({ name: entry.name, data: unpack(bytes, entry) }));
  const decoder = new TextDecoder();
  for (const { name, data } of parts) {
    const xml = decoder.decode(data);
    if (/<!(?:DOCTYPE|ENTITY)/i.test(xml.slice(0, 10_000)))
      throw new InvalidInputError('The spreadsheet was not opened: it declares entities of its own.');
    if (/^xl\/worksheets\//.test(name)) refuseWideSheets(xml);
  }
  return storedZip(parts);
}

/** The rows of each sheet. Throws: InvalidInputError for bombs, passwords, archives, damaged files. */
export async function xlsxSheets(bytes: Uint8Array): Promise<{ name: string; rows: GridRow[] }[]> {
  const workbook = checkedWorkbook(bytes);
  try {
    const sheets = await readXlsxFile(Buffer.from(workbook), { parseNumber: (text) => new CellNumber(text) });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row, i) => ({ where: `row ${i + 1}`, cells: row.map(cellText) })),
    }));
  } catch (cause) {
    throw new InvalidInputError('The spreadsheet cannot be read; save it again as .xlsx or as CSV.', {
      cause,
    });
  }
}

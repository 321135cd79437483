/** Remittance advices and lockbox files of any kind, seen from their bytes. */
import { InvalidInputError } from '../../domain/errors.ts';
import type { Advice, AdvicePart, RemittanceFiles } from '../../ports/remittance-files.ts';
import { detectEncoding } from '../encoding.ts';
import { advicesOfRows } from './advice-rows.ts';
import { cleanText } from './clean-text.ts';
import { csvRows } from './csv.ts';
import { htmlRows } from './html-rows.ts';
import { kindOf, textKindOf } from './kind.ts';
import { asOne } from './payments.ts';
import { pdfRows } from './pdf.ts';
import { ownWords } from './quoted-mail.ts';
import { textRows } from './text-rows.ts';
import { x12Advices } from './x12.ts';
import { xlsxSheets } from './xlsx.ts';

const MOST_BYTES = 25 * 1024 * 1024;
/** Of a text or a page; ten thousand lines fit. Rows of a CSV may be longer. */
const MOST_CHARACTERS = 3_000_000;

function refuseLong(text: string): void {
  if (text.length > MOST_CHARACTERS)
    throw new InvalidInputError(
      'The text is longer than three million characters; send only the part with the lines.',
    );
}

async function fromText(part: AdvicePart): Promise<Advice[]> {
  const { encoding } = await detectEncoding(part.bytes);
  const raw = new TextDecoder(encoding).decode(part.bytes);
  const kind = textKindOf(raw);
  if (kind === 'other') return [];
  if (kind === 'html') refuseLong(raw);
  if (kind === 'html') return advicesOfRows({ rows: htmlRows(raw), kind: 'text' });
  const text = cleanText(raw);
  if (kind === 'x12') return x12Advices(text);
  const named = /csv|tab-separated/i.test(part.mime ?? '') || /\.(?:csv|tsv|psv)$/i.test(part.name);
  const rows = csvRows(text, named);
  const read = rows ? advicesOfRows({ rows, kind: 'sheet' }) : [];
  if (read.length > 0 || named) return read;
  refuseLong(text);
  return advicesOfRows({ rows: textRows(ownWords(text)), kind: 'text' });
}

/** The sheet that has the most lines; what others hold is told, since a summary and its details repeat each other. */
async function fromWorkbook(bytes: Uint8Array): Promise<Advice[]> {
  const sheets = (await xlsxSheets(bytes))
    .map(({ name, rows }) => ({ name, advices: advicesOfRows({ rows, kind: 'sheet' }) }))
    .map((sheet) => ({ ...sheet, lines: sheet.advices.reduce((sum, { lines }) => sum + lines.length, 0) }))
    .filter(({ lines }) => lines > 0)
    .sort((a, b) => b.lines - a.lines);
  const [most, ...others] = sheets;
  return (most?.advices ?? []).map((advice) => ({
    ...advice,
    warnings: [
      ...advice.warnings,
      ...others.map(
        ({ name, lines }) => `The sheet "${name.slice(0, 40)}" has ${lines} lines too, which were left out.`,
      ),
    ],
  }));
}

async function fromPdf(bytes: Uint8Array): Promise<Advice[]> {
  const { rows, warnings } = await pdfRows(bytes);
  return advicesOfRows({ rows, kind: 'text' }).map((advice) => ({
    ...advice,
    warnings: [...advice.warnings, ...warnings],
  }));
}

/** `EncryptedPackage` in the directory of an OLE file is an .xlsx with a password. */
const olePassword = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );

async function readAll(part: AdvicePart): Promise<readonly Advice[]> {
  const { bytes } = part;
  if (bytes.length > MOST_BYTES)
    throw new InvalidInputError(
      `The file is larger than ${MOST_BYTES / 1024 / 1024} MB; send the part with the lines.`,
    );
  switch (kindOf(bytes)) {
    case 'pdf':
      return fromPdf(bytes);
    case 'zip':
      return fromWorkbook(bytes);
    case 'ole':
      throw new InvalidInputError(
        olePassword(bytes)
          ? 'The spreadsheet is protected by a password; save it without one.'
          : 'It is an old Excel or Word file (.xls, .doc); save it as .xlsx or CSV.',
      );
    case 'archive':
      throw new InvalidInputError('It is an archive: unpack it and send the files themselves.');
    case 'binary':
      throw new InvalidInputError('It is neither text nor a spreadsheet nor a PDF and cannot be read.');
    case 'picture':
      return [];
    case 'text':
      return fromText(part);
  }
}

/** Reads advices; the kind is seen from the bytes, never from the name. */
export const createRemittanceFiles = (): RemittanceFiles => ({
  readAll,
  read: async (part) => asOne(await readAll(part)),
});

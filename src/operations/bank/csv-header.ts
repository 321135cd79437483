/** The header of a bank's CSV: files with the same one are read in the same way. */
import { open } from 'node:fs/promises';
import { foldName } from '../../domain/customer.ts';
import type { BankCsvMap } from '../../ports/bank-files.ts';
import type { NamedFile } from '../../ports/ledger-source.ts';

const HEAD_BYTES = 65_536;

async function headOf({ bytes }: NamedFile): Promise<Uint8Array> {
  if (typeof bytes !== 'string') return bytes.subarray(0, HEAD_BYTES);
  const file = await open(bytes);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // an encoding of an unknown name
  }
}

/** The folded header, as the map says where it is. Columns in another order are another header. */
export async function csvSignature(
  file: NamedFile,
  { headerLine, delimiter, encoding }: Pick<BankCsvMap, 'headerLine' | 'delimiter' | 'encoding'>,
): Promise<string> {
  const lines = decoded(await headOf(file), encoding).split(/\r\n|\n|\r/);
  const header = lines[headerLine - 1] ?? '';
  return header.split(delimiter).map(foldName).join('|').slice(0, 2_000);
}

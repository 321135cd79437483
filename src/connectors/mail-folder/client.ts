/** Mail files on disk: found, read within bounds, written once and for good. */
import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type MailFile = {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** When its content was written. */
  readonly modifiedAt: Date;
  /** When it came into the folder: a copied or moved file keeps the day it was written. */
  readonly arrivedAt: Date;
};

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const MOST_DEEP = 8;

/** Every `.eml` file below the folder, by name; links are not followed. A folder that is not there holds none. */
export async function listMailFiles(folder: string, depth = 0): Promise<MailFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const files: MailFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && depth < MOST_DEEP) files.push(...(await listMailFiles(path, depth + 1)));
    if (!entry.isFile() || !/\.eml$/i.test(entry.name)) continue;
    const found = await stat(path).catch(() => null); // gone meanwhile
    if (found)
      files.push({
        path,
        name: entry.name,
        size: found.size,
        modifiedAt: found.mtime,
        arrivedAt: new Date(Math.max(found.mtimeMs, found.ctimeMs)),
      });
  }
  return files;
}

/** The first bytes of a file, at most so many. */
export async function readStart(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(most);
    let read = 0;
    while (read < most) {
      const { bytesRead } = await file.read(bytes, read, most - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

export const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );

/** Gives the finished file its name unless that is taken; false when it is. */
async function claimName(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path); // fails where the name is taken, at once and for everybody
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // some network and memory-card file systems know no links
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
    if (await exists(path)) return false;
    await rename(temporary, path);
    return true;
  }
}

/** The names of a folder reach the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null); // not every system opens folders
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Writes a file that is there whole or not at all, and on the disk when this returns.
 * False when a file of that name is there already: then nothing changed.
 */
export async function writeOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  if (await exists(path)) return false;
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx');
  try {
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const claimed = await claimName(temporary, path);
    await syncFolder(folder);
    return claimed;
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

/** Makes the folder where it is missing. Null when it can be used so; else the code of what is wrong. */
export async function folderProblem(folder: string, need: 'read' | 'write'): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, need === 'read' ? constants.R_OK : constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

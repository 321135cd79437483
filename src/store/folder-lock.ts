/** The embedded database does not lock its folder; two processes on it would overwrite each other. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RemyError } from '../domain/errors.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const unusable = (folder: string, cause: unknown): RemyError =>
  new RemyError(
    'data_folder_unusable',
    `The data folder ${folder} cannot be used (${cause instanceof Error ? cause.message : String(cause)}). ` +
      'Set REMY_DATA to a folder that this user can write.',
    { cause },
  );

function writable(folder: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

/**
 * Takes `FOLDER.lock` for this process and returns how to give it back. A lock left by a process that is gone is
 * taken over.
 *
 * Throws: RemyError `data_folder_in_use`, naming the process that holds it; `data_folder_unusable` when this user
 * cannot write there.
 */
export function lockFolder(folder: string): () => void {
  const path = `${resolve(folder)}.lock`;
  writable(folder, () => mkdirSync(dirname(path), { recursive: true }));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(folder, error);
    }
    let holder = Number.NaN;
    try {
      holder = Number(readFileSync(path, 'utf8'));
    } catch {
      continue; // the holder gave it back in between
    }
    if (holder !== process.pid && Number.isInteger(holder) && holder > 0 && isAlive(holder))
      throw new RemyError(
        'data_folder_in_use',
        `The data folder ${folder} is in use by process ${holder} (Remy is running there). ` +
          `Stop that process, ask at its console, or set REMY_DATA to another folder.`,
      );
    if (holder === process.pid)
      throw new RemyError(
        'data_folder_in_use',
        `The data folder ${folder} is already open in this process (${holder}).`,
      );
    rmSync(path, { force: true });
  }
  throw new RemyError('data_folder_in_use', `The data folder ${folder} could not be locked; try again.`, {
    retryable: true,
  });
}

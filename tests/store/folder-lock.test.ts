import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from '../../src/store/folder-lock.ts';

const holder = `
  import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/folder-lock.ts'))};
  lockFolder(process.argv[1]);
  console.log('locked');
  setInterval(() => {}, 1000);
`;

describe('the lock of an embedded data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'remy-lock-')), 'data');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  test('a second process is refused and the first one is named; after kill -9 the folder is free again', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(() => lockFolder(folder)).toThrow(new RegExp(`in use by process ${child.pid}`));
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(/already open in this process/);
    unlock();
    lockFolder(folder)();
  });

  test('a folder that cannot be made is refused with what to set', () => {
    writeFileSync(folder, 'a file');
    expect(() => lockFolder(join(folder, 'below'))).toThrow(/cannot be used .*REMY_DATA/);
  });

  test('a lock file with nonsense in it does not lock anybody out', () => {
    writeFileSync(`${folder}.lock`, 'nonsense');
    lockFolder(folder)();
  });
});

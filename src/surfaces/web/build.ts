/** Builds the page on first start and whenever its sources change: the repository holds no built file. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RemyError } from '../../domain/errors.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const sources = join(here, 'page');
const dist = join(here, 'dist');
const builder = join(here, 'build-page.ts');
const manifest = join(here, '../../../package.json');

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Name of the build: a digest of the page's sources, the way it is built, and the versions of its packages. */
async function buildName(): Promise<string> {
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), builder, manifest]) {
    hash.update(`${relative(here, file)}\0`);
    hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A process of its own builds, so that the builder's memory is given back; a rename puts the result in place. */
async function build(target: string): Promise<void> {
  const unfinished = join(dist, `unfinished-${process.pid}`);
  await mkdir(dist, { recursive: true });
  try {
    await promisify(execFile)(process.execPath, [builder, sources, unfinished]);
    await rename(unfinished, target).catch(async (error: unknown) => {
      // another process finished the same build first
      if (!(await exists(join(target, 'index.html')))) throw error;
    });
  } catch (error) {
    throw new RemyError(
      'page_not_built',
      `The console's page could not be built into ${dist}. Check that the folder can be written and run npm ci, then start again.`,
      { cause: error },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function removeOthers(kept: string): Promise<void> {
  const old = (await readdir(dist)).filter((name) => name !== kept && !name.startsWith('unfinished-'));
  await Promise.all(old.map((name) => rm(join(dist, name), { recursive: true, force: true })));
}

async function builtFolder(): Promise<string> {
  const name = await buildName();
  const target = join(dist, name);
  if (!(await exists(join(target, 'index.html')))) {
    await build(target);
    await removeOthers(name);
  }
  return target;
}

let running: Promise<string> | undefined;

/**
 * The folder of the built page; builds it (one to two seconds) when there is none for the sources as they are.
 * Throws: RemyError `page_not_built`.
 */
export function ensureBuilt(): Promise<string> {
  running ??= builtFolder().catch((error: unknown) => {
    running = undefined;
    throw error;
  });
  return running;
}

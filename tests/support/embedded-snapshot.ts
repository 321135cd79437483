/** Migrates one embedded database a run and keeps its dump, since making one anew costs seconds in every file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../../src/store/migrate.ts';
import { embeddedDatabase, embeddedExtensions } from '../../src/store/pool.ts';

const VARIABLE = 'REMY_TEST_SNAPSHOT';

export const snapshotPath = (): string => {
  const path = process.env[VARIABLE];
  if (!path) throw new Error('the embedded snapshot is made by the global setup of the tests');
  return path;
};

export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'remy-tests-'));
  const db = await PGlite.create({ extensions: embeddedExtensions });
  await migrate(embeddedDatabase(db).pool);
  const dump = await db.dumpDataDir('none');
  const path = join(folder, 'snapshot.tar');
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  await db.close();
  process.env[VARIABLE] = path;
  return () => rmSync(folder, { recursive: true, force: true });
}

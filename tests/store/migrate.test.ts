import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, migrationState, migrationsFolder } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/pool.ts';
import { emptyDatabase } from '../support/database.ts';

describe('migrations', () => {
  let database: Database;
  let folder: string;

  beforeEach(async () => {
    database = await emptyDatabase();
    folder = mkdtempSync(join(tmpdir(), 'remy-migrations-'));
    for (const name of readdirSync(migrationsFolder))
      copyFileSync(join(migrationsFolder, name), join(folder, name));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  test('several starters at once on an empty database all come up, and each file is applied once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(database.pool, folder)));
    const applied = results.flatMap((result) => result.applied).sort();
    expect(applied).toEqual(readdirSync(folder).sort());
    expect(await migrationState(database.pool, folder)).toEqual({ applied, pending: [] });
  });

  test('a second run changes nothing, and a new file is applied alone', async () => {
    await migrate(database.pool, folder);
    expect(await migrate(database.pool, folder)).toEqual({ applied: [] });
    writeFileSync(join(folder, '9000_more.sql'), 'create table more (id int)');
    expect(await migrate(database.pool, folder)).toEqual({ applied: ['9000_more.sql'] });
  });

  test('an applied file that was edited is refused by name, and nothing is applied', async () => {
    await migrate(database.pool, folder);
    writeFileSync(join(folder, '0001_ledger.sql'), 'select 1');
    writeFileSync(join(folder, '9000_more.sql'), 'create table more (id int)');
    await expect(migrate(database.pool, folder)).rejects.toThrow(/0001_ledger\.sql was changed/);
    expect((await migrationState(database.pool, folder)).pending).toEqual(['9000_more.sql']);
  });

  test('a database of a newer version is refused', async () => {
    writeFileSync(join(folder, '9000_more.sql'), 'create table more (id int)');
    await migrate(database.pool, folder);
    rmSync(join(folder, '9000_more.sql'));
    await expect(migrate(database.pool, folder)).rejects.toThrow(/does not know/);
  });

  test('a new file that should have come before an applied one is refused', async () => {
    await migrate(database.pool, folder);
    writeFileSync(join(folder, '0001_later.sql'), 'create table more (id int)');
    await expect(migrate(database.pool, folder)).rejects.toThrow(/0001_later\.sql comes before/);
  });

  test('a file that fails leaves the database as it was', async () => {
    writeFileSync(join(folder, '9000_wrong.sql'), 'create table half (id int); select nonsense');
    await expect(migrate(database.pool, folder)).rejects.toThrow(/nonsense/);
    expect((await migrationState(database.pool, folder)).applied).toEqual([]);
  });
});

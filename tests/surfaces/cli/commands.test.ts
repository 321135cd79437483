import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const entry = join(import.meta.dirname, '../../../src/remy.js');

type Run = { code: number; out: string; err: string };

describe('the command line, as a process of its own', { timeout: 300_000 }, () => {
  let folder: string;
  const environment = (): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    REMY_DATA: join(folder, 'data'),
    REMY_TODAY: '2026-11-24',
    REMY_LOG_LEVEL: 'error',
  });
  const remy = (args: string[], extra: NodeJS.ProcessEnv = {}): Promise<Run> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [entry, ...args],
        { env: { ...environment(), ...extra }, cwd: folder },
        (error, out, err) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
      );
    });
  const file = (name: string, lines: string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'remy-cli-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('help tells every command, and works with a wrong environment', async () => {
    const { code, out } = await remy(['--help'], { REMY_PORT: 'many' });
    expect(code).toBe(0);
    const commands =
      'start ask import worklist digest proposals outbox tasks settings users audit doctor migrate';
    for (const command of commands.split(' ')) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test('wrong usage exits with 2 and names what is wrong', async () => {
    const unknown = await remy(['collect']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/unknown command 'collect'/);
    expect((await remy(['ask'])).code).toBe(2);
    expect((await remy([])).code).toBe(2);
    const asJson = await remy(['ask', '--json']);
    expect(asJson.code).toBe(2);
    expect(JSON.parse(asJson.out)).toMatchObject({
      error: { code: 'wrong_usage', message: expect.stringMatching(/question/) },
    });
  });

  test('a wrong environment is named, variable by variable, with exit code 1', async () => {
    const { code, err } = await remy(['doctor'], { REMY_PORT: 'many', REMY_TODAY: '2026-02-30' });
    expect(code).toBe(1);
    expect(err).toMatch(/REMY_PORT/);
    expect(err).toMatch(/REMY_TODAY/);
  });

  test('a variable that is set to nothing counts as not set', async () => {
    const { code, err } = await remy(['doctor'], {
      REMY_PORT: '',
      REMY_LOG_LEVEL: '',
      DATABASE_URL: 'nonsense',
    });
    expect(code).toBe(1);
    expect(err).toMatch(/DATABASE_URL: must be like postgres:/);
    expect(err).not.toMatch(/REMY_PORT|REMY_LOG_LEVEL/);
  });

  test('from CSV files to an answer, by people with different rights', async () => {
    const customers = file('customers.csv', [
      'customer_id,name,parent_id,currency,terms_days,owner_email,segment,language,timezone,country',
      'C1,Brightwater Dairy Inc,,USD,30,rep@example.com,SMB,en,,US',
      'C2,Ironbridge Tools Ltd,,GBP,30,other@example.com,SMB,en,,GB',
    ]);
    const invoices = file('invoices.csv', [
      'invoice_number,customer_id,issued_on,due_on,currency,amount,open_amount,status,po_number,description',
      'INV-1,C1,2026-09-01,2026-10-01,USD,1250.00,,open,,',
      'INV-2,C1,2026-09-01,2026-12-01,USD,100.50,,open,,',
      'INV-3,C2,2026-09-01,2026-10-01,GBP,70.00,,open,,',
      'INV-4,C9,2026-09-01,2026-10-01,USD,1.00,,open,,',
    ]);
    const imported = await remy(['import', invoices, customers, '--json']);
    expect(imported.code).toBe(0);
    const { files } = JSON.parse(imported.out) as {
      files: { kind: string; created: number; skipped: { line: number }[] }[];
    };
    expect(files.map((each) => [each.kind, each.created])).toEqual([
      ['invoices', 3],
      ['customers', 2],
    ]);
    expect(files[0]!.skipped).toMatchObject([{ line: 5, reason: expect.stringMatching(/C9/) }]);

    const asked = await remy(['ask', 'how much does brightwater owe', '--json']);
    expect(asked.code).toBe(0);
    const answer = JSON.parse(asked.out);
    expect(answer.answer).toContain('1,350.50 USD');
    expect(answer).toMatchObject({ model: 'offline', asOf: '2026-11-24', sources: [{ source: 'csv' }] });
    expect(Object.keys(answer).sort()).toEqual(
      ['answer', 'asOf', 'cards', 'model', 'sources', 'thread', 'tools'].sort(),
    );

    const followed = await remy(['ask', 'only the overdue ones', '--thread', answer.thread]);
    expect(followed.out).toContain('1,250.00 USD');
    expect(followed.out).not.toContain('1,350.50');

    const rep = await remy(['ask', 'total open AR by currency', '--as', 'rep@example.com', '--json']);
    expect(rep.out).toContain('1,350.50 USD');
    expect(rep.out).not.toContain('GBP');
    const stranger = await remy(['ask', 'total open AR', '--as', 'nobody@example.com', '--json']);
    expect(stranger.code).toBe(1);
    expect(JSON.parse(stranger.out)).toMatchObject({ error: { code: 'not_allowed' } });
  });

  test('a file that is not there, and one that is no ledger, are refused with what was looked for', async () => {
    const missing = await remy(['import', 'nowhere.csv']);
    expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/no file nowhere\.csv/) });
    const other = await remy(['import', file('recipes.csv', ['dish,minutes', 'soup,20'])]);
    expect(other.code).toBe(1);
    expect(other.out).toMatch(/invoice_number/);
    expect(other.out.match(/recipes\.csv/g)).toHaveLength(1);
    expect((await remy(['import', folder])).out).toMatch(/it is a folder/);
  });

  test('doctor and migrate tell the state', async () => {
    const doctor = await remy(['doctor', '--json']);
    expect(doctor.code).toBe(0);
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: true });
    expect((await remy(['migrate'])).out).toMatch(/Up to date/);
  });

  test('start serves the console, keeps a second process out, and stops cleanly on SIGTERM', async () => {
    const server = spawn(process.execPath, [entry, 'start', '--port', '0'], {
      env: environment(),
      cwd: folder,
    });
    let out = '';
    server.stdout.on('data', (data) => {
      out += data;
    });
    const exit = new Promise<number | null>((resolve) => server.once('exit', resolve));
    while (!/ready at (\S+)/.test(out)) await new Promise((resolve) => setTimeout(resolve, 100));
    const url = /ready at (\S+)/.exec(out)![1]!;
    expect((await fetch(`${url}readyz`)).status).toBe(200);
    expect(await (await fetch(url)).text()).toContain('<title>');
    expect(await (await fetch(`${url}metrics`)).text()).toContain('remy_turn_seconds');
    const status = (await (await fetch(`${url}api/status`)).json()) as { isDemo: boolean };
    expect(status.isDemo).toBe(false);
    const second = await remy(['ask', 'total open AR']);
    expect(second.code).toBe(1);
    expect(second.err).toContain(`in use by process ${server.pid}`);
    server.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect((await remy(['ask', 'total open AR'])).code).toBe(0);
  });
});

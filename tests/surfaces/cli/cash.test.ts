/** The commands of cash with the real operations on a real database, in this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cliCash } from '../../../src/cli-cash.ts';
import type { Database } from '../../../src/store/pool.ts';
import type { Commands } from '../../../src/surfaces/cli/commands.ts';
import { runProgram } from '../../../src/surfaces/cli/program.ts';
import { aCashCounter, BANK_CSV, type CashCounter } from '../../support/cash-counter.ts';
import { testDatabase } from '../../support/database.ts';

describe('the commands of cash', { timeout: 90_000 }, () => {
  let database: Database;
  let counter: CashCounter;
  let folder: string;
  let file: string;
  let commands: Commands;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'remy-cash-'));
    file = join(folder, 'bank.csv');
    writeFileSync(file, BANK_CSV);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });
  beforeEach(async () => {
    counter = await aCashCounter(database);
    const { cash, findCustomer, contextOf } = counter;
    commands = cliCash(
      (as) => async (work) =>
        work({ cash, findCustomer, isDemo: false }, await contextOf('command_line', as)),
    ) as Commands;
  });

  async function remy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    let out = '';
    let err = '';
    const code = await runProgram(argv, async () => commands, {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    });
    return { code, out, err };
  }
  const json = async (...argv: string[]) => JSON.parse((await remy(...argv, '--json')).out);

  test('a dry run shows what is in a file and stores nothing; taking it in twice adds nothing', async () => {
    const dry = await remy('bank', file, '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.out).toMatch(/bank\.csv: csv, account/);
    expect(dry.err).toMatch(/columns guessed: .*bookedOn = Date/);
    expect((await json('match', '--dry-run')).payments).toEqual([]);
    const first = await json('bank', file);
    const lines = first.statements.flatMap((each: { lines: object[] }) => each.lines);
    expect(lines).toHaveLength(5);
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ bookedOn: '2026-11-20', amount: '800.00', currency: 'EUR', direction: 'credit' },
        ...{ payerName: 'GLOBEX GMBH', reference: 'INV-7002', reversal: false },
        payment: expect.any(String),
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ direction: 'debit', amount: '40.00' }));
    expect(first).toMatchObject({ errors: [], csvMaps: [{ confirmed: false, map: { decimalMark: '.' } }] });
    const again = await json('bank', file);
    expect(again.statements.reduce((sum: number, each: { new: number }) => sum + each.new, 0)).toBe(0);
  });

  test('a map from a file is used; one that does not fit, a missing file and a refused one are said', async () => {
    const { csvMaps } = await json('bank', file, '--dry-run');
    const map = join(folder, 'map.json');
    writeFileSync(map, JSON.stringify(csvMaps[0].map));
    expect((await remy('bank', file, '--csv-map', map)).code).toBe(0);
    writeFileSync(map, '{"delimiter": ";;"}');
    const wrong = await remy('bank', file, '--csv-map', map);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('is no column map') });
    expect((await remy('bank', join(folder, 'none.sta'))).err).toContain('There is no file');
    const broken = join(folder, 'broken.bin');
    writeFileSync(broken, Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
    const refused = await remy('bank', file, broken, '--json');
    expect(refused.code).toBe(1);
    const output = JSON.parse(refused.out);
    expect(output.errors).toMatchObject([{ file: broken, line: null, reason: expect.any(String) }]);
    expect(output.statements.length).toBeGreaterThan(0);
    expect((await remy('bank')).code).toBe(2);
  });

  test('matching gives each payment as the contract says, and cash plus the rest is the payment', async () => {
    await counter.read();
    const run = await json('match');
    expect(run.summary).toMatchObject({ payments: 4 });
    for (const each of run.payments) {
      const cents = (text: string) => BigInt(text.replace('.', ''));
      const cash = each.applications.reduce(
        (sum: bigint, part: { amount: string }) => sum + cents(part.amount),
        0n,
      );
      expect(cash + cents(each.unapplied) + cents(each.placedBefore)).toBe(cents(each.amount));
      expect(typeof each.confidence).toBe('number');
      for (const other of each.alternatives)
        expect(Object.keys(other)).toEqual(
          expect.arrayContaining([
            'applications',
            'credits',
            'adjustments',
            'unapplied',
            'confidence',
            'reasons',
          ]),
        );
    }
    const by = (amount: string) => run.payments.find((each: { amount: string }) => each.amount === amount);
    expect(by('800.00')).toMatchObject({
      ...{ source: 'bank', receivedOn: '2026-11-20', currency: 'EUR', payerName: 'GLOBEX GMBH' },
      decision: 'applied',
      applications: [{ invoice: 'INV-7002', amount: '800.00' }],
      credits: [],
      adjustments: [],
      unapplied: '0.00',
    });
    expect(by('9975.00').adjustments).toMatchObject([
      { kind: 'bank_fee', amount: '25.00', invoice: 'INV-5501' },
    ]);
    expect(by('48212.50')).toMatchObject({ decision: 'none', applications: [], unapplied: '48212.50' });
  });

  test('in words the groups stand with counts and sums, and only so many lines without --all', async () => {
    await counter.read();
    const { out, err } = await remy('match');
    expect(out).toMatch(/^4 payments: \d applied, \d proposed, \d left alone\n/);
    expect(out).toContain('from <b>BRT</b> HOLDINGS LLC');
    expect(err).toContain('remy match undo');
    const many = Array.from(
      { length: 30 },
      (_, at) => `2026-11-01,${at + 1}.11,USD,Nobody ${at},,nothing ${at}`,
    );
    writeFileSync(
      join(folder, 'many.csv'),
      `Date,Amount,Currency,Payer,IBAN,Reference\n${many.join('\n')}\n`,
    );
    expect((await remy('bank', join(folder, 'many.csv'))).code).toBe(0);
    const short = await remy('match', '--dry-run');
    expect(short.out).toMatch(/\.\.\. and \d+ more; --all lists them/);
    expect(short.err).toContain('Nothing was written.');
    const whole = await remy('match', '--dry-run', '--all');
    expect(whole.out.split('\n').length).toBeGreaterThan(short.out.split('\n').length);
    expect(whole.out).not.toContain('--all lists them');
  });

  test('what was applied is listed and taken back once; the second time says that it was', async () => {
    await counter.read();
    const run = await json('match');
    const { match } = run.payments.find((each: { amount: string }) => each.amount === '800.00');
    expect((await json('match', 'list', '--auto', '--below', '1')).matches.length).toBeGreaterThan(0);
    expect((await remy('match', 'list')).out).toContain('800.00 EUR on INV-7002');
    const undone = await json('match', 'undo', String(match), '--note', 'wrong customer');
    expect(undone).toMatchObject({
      because: 'mistake',
      reopened: [{ invoice: 'INV-7002', amount: '800.00', open: '800.00', currency: 'EUR' }],
    });
    const twice = await remy('match', 'undo', String(match));
    expect(twice.code).toBe(1);
    expect(twice.err).not.toBe('');
    expect((await remy('match', 'undo', 'abc')).code).toBe(2);
    expect((await remy('match', 'undo', '999999')).code).toBe(1);
  });

  test('rights are those of the user that is named', async () => {
    await counter.read();
    const refused = await remy('match', '--as', 'rep@remy.test');
    expect(refused.code).toBe(1);
    expect((await json('match', '--as', 'nobody@remy.test')).error.code).toBe('not_allowed');
    expect((await remy('bank', file, '--as', 'rep@remy.test')).code).toBe(1);
  });

  test('a person who approves teaches who pays; the names can be listed and forgotten', async () => {
    await counter.read();
    await remy('match');
    const payment = await counter.payment('48212.50');
    const context = await counter.contextOf('');
    const { proposal } = await counter.cash.proposeApplication(
      { payment: { paymentId: payment.id }, parts: [{ invoice: 'INV-5502' }] },
      context,
      'command_line',
    );
    const { id: proposalId, revision, digest } = proposal;
    const decided = await counter.chase.decide(
      { kind: 'approve', proposalId, revision, digest },
      context,
      'command_line',
    );
    expect(decided.applied).toBe(true);
    const { payers } = await json('payers');
    expect(payers.length).toBeGreaterThan(0);
    const { key } = payers[0];
    expect((await remy('payers', '--customer', 'acme')).out).toContain(key);
    expect((await remy('payers', 'forget', key)).out).toContain(`Forgotten: ${payers[0].kind} "${key}"`);
    expect((await remy('payers', 'forget', key)).code).toBe(1);
    expect((await remy('payers', '--customer', 'nobody at all')).err).toContain('There is no customer');
  });

  test('a window of a replay is two days; one in which nobody applied anything says what to do', async () => {
    expect((await remy('match', '--replay', '2026-08-01')).code).toBe(2);
    expect((await remy('match', '--replay', '2026-08-01..yesterday')).code).toBe(2);
    const none = await remy('match', '--replay', '2026-08-01..2026-10-31');
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('Nobody applied a payment') });
  });

  test('with nothing to do each command says what brings something', async () => {
    expect((await remy('match')).out).toContain('remy bank FILE');
    expect((await remy('match', 'list')).out).toContain('Nothing of this kind was applied.');
    expect((await remy('payers')).out).toContain('Nothing is remembered of payers yet.');
  });

  test('every command has help with examples', async () => {
    for (const name of ['bank', 'match', 'payers']) {
      const { code, out } = await remy(name, '--help');
      expect(code, name).toBe(0);
      expect(out, name).toMatch(/Examples:\n {2}remy/);
    }
    expect((await remy('match', 'undo', '--help')).out).toContain('--note');
  });
});

/** Who may see what, how names are resolved, and the rows behind a figure. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerQuestionInput } from '../../src/domain/ledger-query/question.ts';
import { createQueryLedger } from '../../src/operations/query-ledger.ts';
import { createShowRows } from '../../src/operations/show-rows.ts';
import type { Context } from '../../src/ports/actor.ts';
import { saveFigure } from '../../src/store/figures.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContext, aCustomer, anInvoice, aPayment, type In } from '../support/ledger-builders.ts';

const TODAY = '2026-11-24';

describe('access to ledger questions', () => {
  let database: Database;
  let where: In;
  let finance: Context;
  let sales: Context;
  let ours: number;
  let theirs: number;

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    finance = await aContext(where, { role: 'collector', email: 'fay@remy.test', today: TODAY });
    sales = await aContext(where, { role: 'viewer', email: 'sam.hill@remy.test', today: TODAY });
    theirs = await aCustomer(where, { name: 'Head', owner: 'sam.rivers@remy.test' });
    ours = await aCustomer(where, { name: 'Daughter', owner: 'sam.hill@remy.test', parent: theirs });
    await anInvoice(where, theirs, { number: 'T-1', amount: '70', dueOn: '2026-11-01' });
    await anInvoice(where, ours, { number: 'O-1', amount: '30', dueOn: '2026-11-10' });
    await anInvoice(where, ours, { number: 'O-2', amount: '11', paidOn: '2026-11-02', dueOn: '2026-11-01' });
    await aPayment(where, { amount: '9', unapplied: '9' });
  });
  afterAll(() => database.close());

  const ask = (...input: Parameters<ReturnType<typeof createQueryLedger>>) =>
    createQueryLedger(database)(...input);
  const show = (...input: Parameters<ReturnType<typeof createShowRows>>) =>
    createShowRows(database)(...input);

  test('P-10: a viewer sees own accounts only, also in totals, heads of groups and payments of nobody', async () => {
    const groups = await ask(
      { dataset: 'invoices', filters: { status: ['open'] }, measures: ['sum_open'], groupBy: ['parent'] },
      sales,
    );
    expect(groups.groups?.map((group) => [group.parent?.name, group.values.sum_open])).toEqual([
      ['Daughter', '30.00'],
    ]);
    expect(groups.totals).toMatchObject([{ open: '30.00', count: 1 }]);
    expect(groups.description).toContain('accounts of sam.hill@remy.test only');
    const rows = await ask({ dataset: 'invoices' }, sales);
    expect(rows.rows?.map((row) => [row.number, row.parent])).toEqual([
      ['O-2', null],
      ['O-1', null],
    ]);
    expect((await ask({ dataset: 'payments' }, sales)).rowCount).toBe(0);
  });

  test('finance sees the group under its head', async () => {
    const { groups } = await ask(
      { dataset: 'invoices', filters: { status: ['open'] }, measures: ['sum_open'], groupBy: ['parent'] },
      finance,
    );
    expect(groups?.map((group) => [group.parent?.name, group.values.sum_open])).toEqual([['Head', '100.00']]);
  });

  test('P-10: an own account below somebody else’s heads its own group, and is counted once', async () => {
    const apart: In = { database, tenantId: await aTenant(database) };
    const viewer = await aContext(apart, { role: 'viewer', email: 'kim@remy.test', today: TODAY });
    const head = await aCustomer(apart, { name: 'Own head', owner: 'kim@remy.test' });
    const middle = await aCustomer(apart, { name: 'Not own', owner: 'lee@remy.test', parent: head });
    const bottom = await aCustomer(apart, { name: 'Own below', owner: 'kim@remy.test', parent: middle });
    const child = await aCustomer(apart, { name: 'Own child', owner: 'kim@remy.test', parent: head });
    for (const [customer, amount] of [
      [head, '1'],
      [middle, '20'],
      [bottom, '300'],
      [child, '4000'],
    ] as const)
      await anInvoice(apart, customer, { amount });
    const question: LedgerQuestionInput = {
      dataset: 'invoices',
      measures: ['sum_open'],
      groupBy: ['parent'],
    };
    const sums = async (context: Context) =>
      (await ask(question, context)).groups?.map((group) => [group.parent?.name, group.values.sum_open]);
    expect(await sums(viewer)).toEqual([
      ['Own head', '4001.00'],
      ['Own below', '300.00'],
    ]);
    const all = await aContext(apart, { role: 'controller', today: TODAY });
    expect(await sums(all)).toEqual([['Own head', '4321.00']]);
  });

  test("a viewer who asks for another's account or owner is refused", async () => {
    await expect(
      ask({ dataset: 'invoices', filters: { customer: { ids: [theirs] } } }, sales),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'not_found',
        message: expect.stringMatching(/not one of your accounts/),
      }),
    );
    for (const owner of ['sam.rivers@remy.test', 'rivers', 'fay'])
      await expect(ask({ dataset: 'invoices', filters: { owner: [owner] } }, sales)).rejects.toThrow(
        expect.objectContaining({ code: 'not_allowed' }),
      );
    const own = await ask({ dataset: 'invoices', filters: { owner: ['sam.hill'] } }, sales);
    expect(own.rowCount).toBe(2);
  });

  test('a customer id that does not exist is named', async () => {
    await expect(
      ask({ dataset: 'invoices', filters: { customer: { ids: [ours, 999_999] } } }, finance),
    ).rejects.toThrow(/no customer with the id 999999/);
  });

  test("an owner's name is resolved, asked back when it fits several, and refused when it fits nobody", async () => {
    const result = await ask({ dataset: 'invoices', filters: { owner: ['Rivers'] } }, finance);
    expect(result.question.filters.owner).toEqual(['sam.rivers@remy.test']);
    expect(result.rows?.map((row) => row.number)).toEqual(['T-1']);
    await expect(ask({ dataset: 'invoices', filters: { owner: ['sam'] } }, finance)).rejects.toThrow(
      /"sam" could be sam.hill@remy.test, sam.rivers@remy.test. Which one\?/,
    );
    await expect(ask({ dataset: 'invoices', filters: { owner: ['zoe'] } }, finance)).rejects.toThrow(
      /No account owner is called "zoe". Owners are: fay@remy.test, sam.hill/,
    );
  });

  test('a question that cannot be read is refused as input', async () => {
    await expect(
      ask({ dataset: 'invoices', limit: 0 } as Parameters<typeof ask>[0], finance),
    ).rejects.toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('the rows behind a figure have its filter and its day, in the same thread and for the same user', async () => {
    const context = { ...finance, thread: 'rows' };
    await expect(show({}, context)).rejects.toThrow(/No figure was given in this conversation yet/);
    const figure = await ask(
      {
        dataset: 'invoices',
        filters: { status: ['overdue'], due: { last: 30, unit: 'day' } },
        measures: ['sum_open'],
        groupBy: ['customer'],
        limit: 1,
      },
      context,
    );
    // a day later the figure's rows are still those of its own day
    const rows = await show({}, { ...context, today: '2026-11-25' });
    expect(rows.figureId).toBe(figure.figureId);
    expect(rows.of).toContain('due from 2026-10-26 to 2026-11-24; as of 2026-11-24');
    expect(rows.result.rows?.map((row) => [row.number, row.daysOverdue])).toEqual([
      ['T-1', 23],
      ['O-1', 14],
    ]);
    expect((await show({ figureId: figure.figureId, limit: 1 }, context)).result.rows).toHaveLength(1);
    await expect(show({ figureId: figure.figureId }, sales)).rejects.toThrow(
      expect.objectContaining({
        code: 'not_found',
        message: expect.stringMatching(/Ask the question again/),
      }),
    );
  });

  test('the rows behind a metric are the invoices it looked at', async () => {
    const context = { ...finance, thread: 'metrics' };
    const save = (input: unknown) =>
      inTenant(database.pool, where.tenantId, (sql) =>
        saveFigure(sql, context, { tool: 'ledger_metrics', input, asOf: TODAY }),
      );
    const numbers = async (figureId: number) =>
      (await show({ figureId }, context)).result.rows?.map((row) => row.number);
    expect(await numbers(await save({ metric: 'concentration' }))).toEqual(['T-1', 'O-1']);
    expect(await numbers(await save({ metric: 'payer_habits', customerIds: [ours] }))).toEqual(['O-2']);
    expect(await numbers(await save({ metric: 'dso', owner: ['sam.hill@remy.test'] }))).toEqual(['O-1']);
    const other = await inTenant(database.pool, where.tenantId, (sql) =>
      saveFigure(sql, context, { tool: 'data_freshness', input: {}, asOf: TODAY }),
    );
    await expect(numbers(other)).rejects.toThrow(/has no ledger rows behind it/);
  });
});

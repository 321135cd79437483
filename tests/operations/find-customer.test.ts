import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCustomerOutput } from '../../src/domain/ledger-query/answers.ts';
import { createFindCustomer } from '../../src/operations/find-customer.ts';
import type { Context } from '../../src/ports/actor.ts';
import type { Database } from '../../src/store/pool.ts';
import { aTenant, testDatabase } from '../support/database.ts';
import { aContext, aCustomer, anAlias, anInvoice, type In } from '../support/ledger-builders.ts';

describe('finding a customer', () => {
  let database: Database;
  let where: In;
  let collector: Context;
  let viewer: Context;
  const ids: Record<string, number> = {};
  const find = async (name: string, context = collector) =>
    findCustomerOutput.parse(await createFindCustomer(database)({ name }, context));

  beforeAll(async () => {
    database = await testDatabase();
    where = { database, tenantId: await aTenant(database) };
    collector = await aContext(where);
    viewer = await aContext(where, { role: 'viewer', email: 'rep@remy.test' });
    const customer = async (name: string, over: Parameters<typeof aCustomer>[1] = {}) => {
      ids[name] = await aCustomer(where, { name, ...over });
    };
    await customer('Acme Corp', { code: 'AC-1', country: 'US', owner: 'other@remy.test' });
    await customer('Acme GmbH', { code: 'AC-2', country: 'DE', owner: 'rep@remy.test' });
    await customer('Stark Industries', { owner: 'rep@remy.test' });
    await customer('Northwind Traders');
    await customer('Northwind Europe', { parent: ids['Northwind Traders']!, country: 'NL' });
    await customer('Northwind Dublin Ltd', { parent: ids['Northwind Europe']! });
    await customer('Globex Corporation');
    await customer('Cyberdyne Systems');
    await customer('Müller & Söhne KG');
    await anAlias(where, ids['Globex Corporation']!, 'Springfield Holding');
    await anInvoice(where, ids['Acme GmbH']!, { amount: '120.50', currency: 'EUR' });
    await anInvoice(where, ids['Acme GmbH']!, { amount: '80', currency: 'EUR' });
    await anInvoice(where, ids['Acme GmbH']!, { amount: '9000', currency: 'JPY' });
    await anInvoice(where, ids['Acme GmbH']!, { amount: '77', currency: 'EUR', paidOn: '2026-11-01' });
    const other = { database, tenantId: await aTenant(database) };
    await aCustomer(other, { name: 'Hooli', code: 'AC-9' });
  });
  afterAll(() => database.close());

  test('two with one name come back as several, with what tells them apart', async () => {
    const found = await find('acme');
    expect(found).toMatchObject({ asked: 'acme', why: 'several', resolved: null });
    expect(found.matches).toEqual([
      expect.objectContaining({ name: 'Acme Corp', country: 'US', owner: 'other@remy.test', open: [] }),
      expect.objectContaining({
        name: 'Acme GmbH',
        how: 'exact',
        open: [
          { currency: 'EUR', amount: '200.50', count: 2 },
          { currency: 'JPY', amount: '9000', count: 1 },
        ],
      }),
    ]);
  });

  test.each([
    ['acme gmbh', 'Acme GmbH', 'exact'],
    ['ac-1', 'Acme Corp', 'code'],
    ['springfield holding', 'Globex Corporation', 'alias'],
    ["stark's", 'Stark Industries', 'part'],
    ['muller sohne', 'Müller & Söhne KG', 'exact'],
  ])('%s is %s', async (asked, name, how) => {
    const found = await find(asked);
    expect(found.resolved?.name ?? null).toBe(name);
    expect(found.matches[0]?.how ?? null).toBe(how);
  });

  test.each([
    ['northwnd traders', 'Northwind Traders'],
    ['globx', 'Globex Corporation'],
    ['mueller', 'Müller & Söhne KG'],
    ['cyberdine', 'Cyberdyne Systems'],
    ['springfeild holding', 'Globex Corporation'],
    ['strak', 'Stark Industries'],
  ])('%s is found by its spelling and said so', async (asked, name) => {
    expect(await find(asked)).toMatchObject({
      why: 'spelling',
      resolved: { name },
      matches: [{ how: 'close' }],
    });
  });

  test.each(['banana', 'zebra crossing', 'friday', 'qqqq', '%', '_', "'; drop table customer; --"])(
    'nothing is found for %s',
    async (asked) => {
      expect(await find(asked)).toMatchObject({ why: 'none', resolved: null, matches: [] });
    },
  );

  test('a group is taken at its head, over a member in between, with its members named', async () => {
    const found = await find('northwind');
    expect(found).toMatchObject({ why: 'group', resolved: { name: 'Northwind Traders' } });
    expect(found.matches.map((match) => match.name).sort()).toEqual([
      'Northwind Dublin Ltd',
      'Northwind Europe',
      'Northwind Traders',
    ]);
    expect(found.matches[0]).toMatchObject({
      name: 'Northwind Traders',
      parent: null,
      children: [{ name: 'Northwind Europe', country: 'NL' }],
    });
  });

  test('a viewer finds only own accounts, so that a shared name can be clear', async () => {
    expect(await find('acme', viewer)).toMatchObject({ why: 'one', resolved: { name: 'Acme GmbH' } });
    for (const asked of ['AC-1', 'acme corp', 'globx', 'northwind', 'springfield holding'])
      expect((await find(asked, viewer)).matches.map((match) => match.owner)).not.toContain(
        'other@remy.test',
      );
    expect(await find('globx', viewer)).toMatchObject({ why: 'none' });
  });

  test('customers of another company are not found', async () => {
    expect(await find('hooli')).toMatchObject({ why: 'none' });
    expect(await find('AC-9')).toMatchObject({ why: 'none' });
  });
});

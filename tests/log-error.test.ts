import { describe, expect, test } from 'vitest';
import { loggedError } from '../src/log-error.ts';

describe('errors in the log', () => {
  test('what a database or a model puts beside the message stays out, in causes too', () => {
    const refused = Object.assign(new Error('violates foreign key constraint "invoice_customer"'), {
      code: '23503',
      table: 'invoice',
      detail: 'Key (name)=(Northwind Traders) is not present in table "customer".',
      where: 'portal with parameters: $1 = Northwind',
    });
    const failed = Object.assign(new Error('400 invalid request', { cause: refused }), {
      status: 400,
      request: { messages: ['How much does Northwind owe?'] },
    });
    const logged = loggedError(failed);
    expect(logged).toMatchObject({
      message: '400 invalid request',
      status: 400,
      cause: { code: '23503', table: 'invoice', stack: expect.stringContaining('log-error.test') },
    });
    expect(JSON.stringify(logged)).not.toContain('Northwind');
  });

  test('what is no error is logged as what it is, and causes that go in a circle end', () => {
    expect(loggedError({ customer: 'Northwind' })).toEqual({ message: 'object' });
    const circle = new Error('again');
    circle.cause = circle;
    expect(JSON.stringify(loggedError(circle)).match(/"message":"again"/g)?.length).toBe(6);
  });
});

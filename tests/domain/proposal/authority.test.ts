import { describe, expect, test } from 'vitest';
import { approvalRefusal, type Decidable, type Decider } from '../../../src/domain/proposal/authority.ts';

const rules = {
  limits: { collector: { USD: '50.00' }, approver: { USD: '500.00' } },
  secondPersonFrom: { USD: '100000.00' },
  sendingDelaySeconds: 0,
  expiresAfterHours: 24,
} as Parameters<typeof approvalRefusal>[2];

const person = (role: Decider['role'], limit: bigint | null, currency = 'USD'): Decider => ({
  ...{ id: 1, email: 'dana@demo.example', role, active: true, isBot: false },
  limit: limit === null ? null : { minor: limit, currency },
});

const asked = (kind: Decidable['kind'], minor: bigint, before = 0n): Decidable => ({
  ...{ kind, riskFlags: [], approvalsNeeded: 1, maker: { userId: 2, isBot: false }, approvedBy: [] },
  amount: { minor: minor + before, currency: 'USD', before },
});

describe('the limit of a person', () => {
  test.each([
    [
      'for letting off',
      'an email limit does not raise',
      'application',
      'collector',
      5_000_000n,
      5_001n,
      false,
    ],
    [
      'for letting off',
      'the limit of the role holds for',
      'application',
      'collector',
      5_000_000n,
      5_000n,
      true,
    ],
    ['for letting off', 'a smaller own limit lowers', 'application', 'approver', 2_000n, 2_001n, false],
    ['for letting off', 'a limit binds even', 'application', 'controller', 100_000n, 100_001n, false],
    ['for letting off', 'without one nothing binds', 'application', 'controller', null, 9_000_000n, true],
    ['for emails', 'it replaces that of', 'email', 'collector', 5_000_000n, 4_000_000n, true],
  ] as const)('%s: %s (%s) the %s', (_, __, kind, role, limit, minor, may) => {
    expect(approvalRefusal(person(role, limit), asked(kind, minor), rules) === null).toBe(may);
  });

  test('in another currency changes nothing', () => {
    expect(
      approvalRefusal(person('collector', 9_000_000n, 'EUR'), asked('application', 5_001n), rules),
    ).toMatch(/up to 50.00 USD/);
  });

  test('counts what was let off before, and says so', () => {
    expect(
      approvalRefusal(person('collector', null), asked('application', 3_000n, 2_000n), rules),
    ).toBeNull();
    expect(approvalRefusal(person('collector', null), asked('application', 3_000n, 2_001n), rules)).toBe(
      'It lets off 30.00 USD, and with the 20.01 USD let off before on the same invoices or by you for this customer today that is 50.01 USD; you may approve up to 50.00 USD. Ask someone with a higher limit.',
    );
  });
});

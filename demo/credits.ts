/** Credit notes: most still open, a few refunded (open amount zero). None is put on an invoice. */
import { addDays, type Day } from '../src/domain/calendar.ts';
import type { DemoCredit } from './ledger.ts';
import { customerOf } from './roster.ts';
import { workdayOnOrBefore } from './workdays.ts';

const notes: readonly [customer: string, daysAgo: number, amountMinor: bigint, refunded: boolean][] = [
  ['hooli', 12, 312_500n, false],
  ['globex', 27, 180_000n, false],
  ['acme', 35, 96_400n, false],
  ['umbrella-fr', 21, 240_000n, false],
  ['zorin', 52, 415_000n, false],
  ['wonka', 9, 127_500n, false],
  ['kaminari', 44, 355_000n, false],
  ['soylent', 66, 51_200n, false],
  ['gekko', 88, 72_000n, false],
  ['lemaire', 130, 33_000n, true],
  ['southern', 171, 140_000n, true],
  ['ashworth', 243, 28_750n, true],
];

export const issueCredits = (today: Day): DemoCredit[] =>
  notes
    .map(([slug, daysAgo, amountMinor, refunded]) => {
      const customer = customerOf(slug);
      return {
        number: '',
        customer,
        issuedOn: workdayOnOrBefore(addDays(today, -daysAgo)),
        currency: customer.currency,
        amountMinor,
        openMinor: refunded ? 0n : amountMinor,
      };
    })
    .sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1))
    .map((credit, index) => ({ ...credit, number: `CN-${7001 + index}` }));

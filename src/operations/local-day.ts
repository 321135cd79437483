/** The calendar day at the company: what "once a day" and "yesterday" mean. */

import { isZone, type WallClock, wallClock } from '../domain/cadence/zones.ts';
import type { Day } from '../domain/calendar.ts';
import type { CompanySettings } from '../domain/chase/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { readCompany } from '../store/policies.ts';
import type { Database } from '../store/pool.ts';
import { inTenant } from '../store/transaction.ts';

type Company = Pick<CompanySettings, 'timezone'> | null;

const zoneOf = (company: Company): string =>
  company !== null && isZone(company.timezone) ? company.timezone : 'UTC';

/** The day and minute on the wall clock of the company at an instant; in UTC where no zone is set. */
export const localTime = (at: Date, company: Company): WallClock => wallClock(at, zoneOf(company));

/** Today at the company; the machine's own day where no company settings are there or the day was set by hand. */
export const localDay = (clock: Clock, company: Company): Day =>
  clock.fixed || company === null ? clock.today() : localTime(clock.now(), company).day;

/** The day of a tenant's questions and records: the same one by which its mail leaves. */
export const createTenantDay =
  (database: Pick<Database, 'pool'>, clock: Clock) =>
  (tenantId: number): Promise<Day> =>
    inTenant(database.pool, tenantId, async (sql) => localDay(clock, (await readCompany(sql)).company));

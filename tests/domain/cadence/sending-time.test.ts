import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHolidays, publicHoliday } from '../../../src/domain/cadence/holidays.ts';
import { nextSendingTime, type Recipient } from '../../../src/domain/cadence/sending-time.ts';
import { isZone, wallClock, whereabouts, zonesOfCountry } from '../../../src/domain/cadence/zones.ts';
import { weekday } from '../../../src/domain/calendar.ts';
import { aPolicy } from '../../support/chase-facts.ts';

beforeAll(loadHolidays);

const policy = aPolicy();
const at = (iso: string, place: Partial<Recipient>, company: Parameters<typeof nextSendingTime>[3] = null) =>
  nextSendingTime(
    new Date(iso),
    { timezone: null, country: null, region: null, ...place },
    policy,
    company,
  ).at.toISOString();

const berlin = { timezone: 'Europe/Berlin', country: 'DE' };
const newYork = { timezone: 'America/New_York', country: 'US' };

describe('public holidays', () => {
  test('are those of the country, and of the region where one is given', () => {
    expect(publicHoliday('2026-10-03', 'DE', null)).toBe('National Holiday');
    expect(publicHoliday('2026-06-04', 'DE', null)).toBeNull();
    expect(publicHoliday('2026-06-04', 'DE', 'BY')).not.toBeNull();
    expect(publicHoliday('2026-11-26', 'US', null)).toMatch(/thanksgiving/i);
  });

  test('last as many days as they have, and are none for unknown countries and regions', () => {
    expect(publicHoliday('2026-03-20', 'SA', null)).not.toBeNull();
    expect(publicHoliday('2026-03-22', 'SA', null)).not.toBeNull();
    expect(publicHoliday('2026-12-25', 'XX', null)).toBeNull();
    expect(publicHoliday('2026-12-25', null, null)).toBeNull();
    expect(publicHoliday('2026-06-04', 'DE', 'EMEA')).toBeNull();
  });
});

describe('where a customer may be', () => {
  test('is its zone, else all of its country, else all unknown ones', () => {
    expect(whereabouts({ timezone: 'Asia/Tokyo', country: 'US' }, policy)).toEqual({
      zones: ['Asia/Tokyo'],
      known: 'zone',
    });
    expect(whereabouts({ timezone: 'Berlin time', country: 'FR' }, policy).zones).toEqual(['Europe/Paris']);
    expect(whereabouts({ timezone: null, country: 'US' }, policy).zones).toContain('Pacific/Honolulu');
    expect(whereabouts({ timezone: '', country: 'XX' }, policy)).toEqual({
      zones: policy.unknownZones,
      known: 'nothing',
    });
  });

  test('needs zones that this machine knows for every country that has many', () => {
    for (const country of ['US', 'CA', 'BR', 'AU', 'MX', 'ES', 'PT', 'CN', 'ID', 'NZ'])
      expect(zonesOfCountry(country).length, country).toBeGreaterThan(1);
    expect(isZone('Mars/Olympus')).toBe(false);
  });
});

describe('a message leaves', () => {
  test('at once inside hours, at the opening of the next working day else', () => {
    expect(at('2026-08-20T10:00:30.500Z', berlin)).toBe('2026-08-20T10:00:30.500Z');
    expect(at('2026-08-20T05:59:00Z', berlin)).toBe('2026-08-20T06:00:00.000Z');
    expect(at('2026-08-20T16:00:00Z', berlin)).toBe('2026-08-21T06:00:00.000Z'); // 18:00 is too late
    expect(at('2026-08-21T17:00:00Z', berlin)).toBe('2026-08-24T06:00:00.000Z');
  });

  test('by the wall clock on both sides of a clock change', () => {
    expect(at('2026-03-27T20:00:00Z', berlin)).toBe('2026-03-30T06:00:00.000Z'); // summer time from the 29th
    expect(at('2026-10-23T20:00:00Z', berlin)).toBe('2026-10-26T07:00:00.000Z');
    expect(at('2026-03-06T23:30:00Z', newYork)).toBe('2026-03-09T12:00:00.000Z');
    expect(at('2026-10-30T23:30:00Z', newYork)).toBe('2026-11-02T13:00:00.000Z');
  });

  test('on no holiday of the customer or the company', () => {
    const us = { country: 'US', holidayRegion: null, timezone: 'America/New_York' };
    expect(at('2026-12-24T20:00:00Z', berlin)).toBe('2026-12-28T07:00:00.000Z');
    expect(at('2026-09-07T08:00:00Z', berlin)).toBe('2026-09-07T08:00:00.000Z');
    // Labor Day ends in New York at 04:00 UTC
    expect(at('2026-09-07T08:00:00Z', berlin, us)).toBe('2026-09-08T06:00:00.000Z');
  });

  test('to an unknown place when it fits in every zone it may be in', () => {
    expect(at('2026-08-20T00:00:00Z', { country: 'US' })).toBe('2026-08-20T18:00:00.000Z'); // 08:00 in Honolulu
    expect(at('2026-08-20T00:00:00Z', {})).toBe('2026-08-20T15:00:00.000Z'); // 17:00 in Berlin, 08:00 in Los Angeles
  });

  test('to a country whose zones share none of the hours within the widest ones', () => {
    const found = new Date(at('2026-08-20T00:00:00Z', { country: 'RU' }));
    for (const zone of zonesOfCountry('RU')) {
      const { minutes } = wallClock(found, zone);
      expect(minutes).toBeGreaterThanOrEqual(8 * 60);
      expect(minutes).toBeLessThan(21 * 60);
    }
  });

  test('never, and says what to do, where nothing fits', () => {
    const nowhere = aPolicy({ unknownZones: ['Asia/Tokyo', 'America/New_York', 'Europe/London'] });
    expect(() =>
      nextSendingTime(
        new Date('2026-08-20T00:00:00Z'),
        { timezone: null, country: null, region: null },
        nowhere,
        null,
      ),
    ).toThrow(/Set its time zone/);
  });

  test('later than now with the reason in words', () => {
    const found = nextSendingTime(
      new Date('2026-08-22T10:00:00Z'),
      { ...berlin, region: null },
      policy,
      null,
    );
    expect(found.why).toBe('2026-08-22 is not a working day');
    const inside = nextSendingTime(
      new Date('2026-08-20T10:00:00Z'),
      { ...berlin, region: null },
      policy,
      null,
    );
    expect(inside.why).toBeNull();
  });
});

/** Half of them change their clocks, on different days and by different amounts. */
const zones =
  `Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Anchorage
America/Argentina/Buenos_Aires America/Bogota America/Caracas America/Chicago America/Denver America/Halifax
America/Havana America/Lima America/Los_Angeles America/Mexico_City America/New_York America/Phoenix America/Santiago
America/Sao_Paulo America/St_Johns America/Toronto Asia/Bangkok Asia/Beirut Asia/Dhaka Asia/Dubai Asia/Hong_Kong
Asia/Jakarta Asia/Jerusalem Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Riyadh Asia/Seoul Asia/Shanghai
Asia/Singapore Asia/Tehran Asia/Tokyo Atlantic/Azores Australia/Adelaide Australia/Lord_Howe Australia/Sydney
Europe/Athens Europe/Berlin Europe/Dublin Europe/Istanbul Europe/London Europe/Madrid Europe/Moscow Pacific/Apia
Pacific/Auckland Pacific/Chatham Pacific/Honolulu`.split(/\s+/);

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Day and `HH:MM` by another way than the code under test. */
function local(instant: Date, zone: string): { day: string; time: string } {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  const [day = '', time = ''] = clock.format(instant).split(' ');
  return { day, time: time.slice(0, 5) };
}

type Hours = { from: string; to: string };
const fits = (instant: Date, zone: string, country: string | null, hours: Hours): boolean => {
  const { day, time } = local(instant, zone);
  return (
    time >= hours.from && time < hours.to && weekday(day) <= 5 && publicHoliday(day, country, null) === null
  );
};

const year = Date.UTC(2026, 0, 1);
const YEAR_MINUTES = 365 * 1440;
const country = fc.constantFrom(null, 'US', 'DE', 'JP', 'SA', 'GB');
const hour = fc.integer({ min: 0, max: 23 });
const hours = fc
  .tuple(hour, hour, fc.constantFrom('00', '07', '30', '45'))
  .filter(([from, to]) => from < to)
  .map(([from, to, minutes]): Hours => {
    const text = (each: number) => `${String(each).padStart(2, '0')}:${minutes}`;
    return { from: text(from), to: text(to) };
  });

describe('over fifty zones and a year', () => {
  test('the time is inside hours, on a working day, no holiday, not before now, and the earliest such minute', () => {
    expect(zones.length).toBeGreaterThanOrEqual(50);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        country,
        hours,
        fc.integer({ min: 0, max: YEAR_MINUTES }),
        fc.integer({ min: 0, max: 59_999 }),
        (zone, in_, contactHours, minute, rest) => {
          const now = new Date(year + minute * 60_000 + rest);
          const found = nextSendingTime(
            now,
            { timezone: zone, country: in_, region: null },
            aPolicy({ contactHours }),
            null,
          ).at;
          expect(found >= now && fits(found, zone, in_, contactHours)).toBe(true);
          if (found.getTime() === now.getTime()) return;
          // every whole minute before it does not fit, by a plain scan of the last day (the days before in hours)
          for (let t = found.getTime() - 60_000; t >= now.getTime(); ) {
            expect(fits(new Date(t), zone, in_, contactHours), new Date(t).toISOString()).toBe(false);
            t -= found.getTime() - t < 86_400_000 ? 60_000 : 900_000;
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('hours that a clock change skips or repeats are found to the minute', () => {
    for (const [zone, from, to] of [
      ['America/New_York', '2026-03-07T22:00:00Z', '2026-03-09T06:00:00Z'],
      ['America/New_York', '2026-10-31T22:00:00Z', '2026-11-02T06:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T00:00:00Z', '2026-04-06T00:00:00Z'],
      ['Africa/Cairo', '2026-04-23T00:00:00Z', '2026-04-25T00:00:00Z'],
    ] as const)
      for (const contactHours of [
        { from: '02:15', to: '02:45' },
        { from: '00:30', to: '01:45' },
        { from: '00:00', to: '00:10' },
      ]) {
        const everyDay = aPolicy({ contactHours, workingDays: [1, 2, 3, 4, 5, 6, 7] });
        const open = (t: number) => {
          const { time } = local(new Date(t), zone);
          return time >= contactHours.from && time < contactHours.to;
        };
        for (let now = Date.parse(from); now < Date.parse(to); now += 71 * 60_000) {
          let naive = now;
          while (!open(naive)) naive += 60_000;
          const { at: found } = nextSendingTime(
            new Date(now),
            { timezone: zone, country: null, region: null },
            everyDay,
            null,
          );
          expect(found.toISOString()).toBe(new Date(naive).toISOString());
        }
      }
  });

  test('with several zones it fits in all of them, and a minute earlier in not all', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('US', 'CA', 'AU', 'BR', 'ES', null),
        fc.integer({ min: 0, max: YEAR_MINUTES }),
        (in_, minute) => {
          const now = new Date(year + minute * 60_000);
          const place = { timezone: null, country: in_, region: null };
          const { zones: all } = whereabouts(place, policy);
          const { at: found } = nextSendingTime(now, place, policy, null);
          const open = (instant: Date) => all.every((zone) => fits(instant, zone, in_, policy.contactHours));
          expect(found >= now && open(found)).toBe(true);
          if (found > now) expect(open(new Date(found.getTime() - 60_000))).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});

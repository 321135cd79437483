/** Time zones: what the clock on a customer's wall shows, and which zones a customer may be in. */

import type { Day } from '../calendar.ts';
import type { CadencePolicy } from '../chase/policy.ts';
import type { ChaseFacts } from './facts.ts';

const clocks = new Map<string, Intl.DateTimeFormat | null>();

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const made = clocks.get(zone);
  if (made !== undefined) return made;
  let clock: Intl.DateTimeFormat | null = null;
  try {
    clock = new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    } as const);
  } catch {
    // text from a ledger that names no zone: remembered as such
  }
  clocks.set(zone, clock);
  return clock;
}

/** True for a zone of the IANA database (or an offset such as `+05:30`). */
export const isZone = (text: string): boolean => clockOf(text) !== null;

/** Minutes since midnight of wall-clock text `HH:MM`. */
export const minutesOf = (clock: string): number => +clock.slice(0, 2) * 60 + +clock.slice(3, 5);

export type WallClock = { readonly day: Day /** Since midnight, 0 to 1439. */; readonly minutes: number };

/**
 * Day and minute in the zone at an instant.
 * Throws: RangeError for a zone that is none.
 */
export function wallClock(at: Date, zone: string): WallClock {
  const clock = clockOf(zone);
  if (!clock) throw new RangeError(`"${zone}" is not a time zone`);
  const text = clock.format(at); // 2026-03-08, 01:59
  return { day: text.slice(0, 10), minutes: minutesOf(text.slice(12)) };
}

export type Whereabouts = {
  /** All zones in which the customer may be. */
  readonly zones: readonly string[];
  readonly known: 'zone' | 'country' | 'nothing';
};

const ofCountry = new Map<string, readonly string[]>();

/** The zones of a country (ISO 3166-1 alpha-2); none for a code that is no country. */
export function zonesOfCountry(country: string): readonly string[] {
  const made = ofCountry.get(country);
  if (made) return made;
  const locale = /^[A-Za-z]{2}$/.test(country) ? new Intl.Locale(`und-${country}`) : null;
  // `getTimeZones` is newer than the type library
  const { getTimeZones } = (locale ?? {}) as { getTimeZones?: () => string[] | undefined };
  const zones = (getTimeZones?.call(locale) ?? []).filter(isZone);
  ofCountry.set(country, zones);
  return zones;
}

/**
 * Where a customer may be: its own zone; without one (or with text that is no zone) all zones of its country; without
 * that too, all the policy's `unknownZones`.
 */
export function whereabouts(
  { timezone, country }: Pick<ChaseFacts['customer'], 'timezone' | 'country'>,
  policy: Pick<CadencePolicy, 'unknownZones'>,
): Whereabouts {
  if (timezone !== null && timezone !== '' && isZone(timezone)) return { zones: [timezone], known: 'zone' };
  const zones = country === null ? [] : zonesOfCountry(country);
  if (zones.length > 0) return { zones, known: 'country' };
  return { zones: policy.unknownZones.filter(isZone), known: 'nothing' };
}

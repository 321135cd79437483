/** Day windows of a question, absolute or relative to the question's today. Both ends count. */
import { z } from 'zod';
import { addDays, type Day, endOf, isDay, shift, startOf } from '../calendar.ts';

export const day = z.string().refine(isDay, 'a real day as YYYY-MM-DD');
const unit = z.enum(['day', 'week', 'month', 'quarter', 'year']);

export const dayWindow = z.union([
  z.strictObject({ from: day.optional(), to: day.optional() }).describe('absolute, both ends count'),
  z
    .strictObject({ calendar: unit, offset: z.int().min(-120).max(120) })
    .describe('a whole calendar unit: {"calendar":"month","offset":-1} is last month, 0 this one'),
  z
    .strictObject({ last: z.int().min(1).max(1000), unit })
    .describe('rolling, ends today: {"last":30,"unit":"day"}'),
  z
    .strictObject({ next: z.int().min(1).max(1000), unit })
    .describe('rolling, begins today: {"next":2,"unit":"week"}'),
]);
export type DayWindow = z.infer<typeof dayWindow>;
export type ResolvedWindow = { from?: Day | undefined; to?: Day | undefined };

/**
 * Turns a window into days. `last 30 day` is the 30 days that end today; `last 12 month` begins the day
 * after the same day twelve months ago; `next` mirrors it and holds today.
 */
export function resolveWindow(window: DayWindow, today: Day): ResolvedWindow {
  if ('calendar' in window) {
    const inside = shift(window.calendar, startOf(window.calendar, today), window.offset);
    return { from: inside, to: endOf(window.calendar, inside) };
  }
  if ('last' in window) return { from: addDays(shift(window.unit, today, -window.last), 1), to: today };
  if ('next' in window) return { from: today, to: addDays(shift(window.unit, today, window.next), -1) };
  return window;
}

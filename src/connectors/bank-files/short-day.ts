/** Days of six digits, YYMMDD, as BAI2 and SWIFT write them. */
import { type Day, isDay } from '../../domain/calendar.ts';

/** Years 70 to 99 are of the last century. Null when it is no day. */
export function shortDay(text: string): Day | null {
  const found = /^(?:(19|20))?(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!found) return null;
  const [, century, year = '', month, day] = found;
  const full = `${century ?? (year >= '70' ? '19' : '20')}${year}-${month}-${day}`;
  return isDay(full) ? full : null;
}

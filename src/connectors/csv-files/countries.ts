/** Country names, as exports print them, to ISO 3166-1 alpha-2 codes. */
import { foldName } from '../../domain/customer.ts';

const OTHER_NAMES: Record<string, string> = {
  usa: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  deutschland: 'DE',
  'the netherlands': 'NL',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  korea: 'KR',
  'republic of korea': 'KR',
  'hong kong': 'HK',
};

let byName: Map<string, string> | undefined;
let codes: Set<string> | undefined;

function loadNames(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = new Map<string, string>();
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = names.of(code);
    // a retired code (SU, DD) becomes its successor; EU, EZ, UN and XA to ZZ are no countries
    const current = new Intl.Locale(`und-${code}`).region ?? code;
    if (name && current === code && !/^(E[UZ]|UN|X[A-JL-Z]|ZZ|QO|Q[M-Z]|UK)$/.test(code))
      found.set(foldName(name), code);
  }
  for (const [name, code] of Object.entries(OTHER_NAMES)) found.set(name, code);
  return found;
}

/** The code for a code ("de") or an English name ("Germany"); null when it is neither. */
export function countryCode(text: string): string | null {
  byName ??= loadNames();
  codes ??= new Set(byName.values());
  const upper = text.trim().toUpperCase();
  return codes.has(upper) ? upper : (byName.get(foldName(text)) ?? null);
}

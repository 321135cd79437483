/** Where the customers of the simulated year are: fifty time zones, and some of whom less is known. */
export type Place = {
  readonly timezone: string | null;
  readonly country: string | null;
  /** The zones in which it may be, written down here and not asked of the code under test. */
  readonly mayBeIn: readonly string[];
};

const zones: Record<string, string> = {
  US: 'America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage Pacific/Honolulu',
  CA: 'America/Toronto America/Vancouver America/Halifax America/St_Johns',
  ...{ MX: 'America/Mexico_City', CL: 'America/Santiago', BR: 'America/Sao_Paulo', PE: 'America/Lima' },
  ...{ AR: 'America/Argentina/Buenos_Aires', CO: 'America/Bogota', CU: 'America/Havana' },
  ...{ GB: 'Europe/London', IE: 'Europe/Dublin', PT: 'Europe/Lisbon Atlantic/Azores', ES: 'Europe/Madrid' },
  ...{ FR: 'Europe/Paris', DE: 'Europe/Berlin', IT: 'Europe/Rome', PL: 'Europe/Warsaw', GR: 'Europe/Athens' },
  ...{ FI: 'Europe/Helsinki', TR: 'Europe/Istanbul', RU: 'Europe/Moscow', MA: 'Africa/Casablanca' },
  ...{ EG: 'Africa/Cairo', NG: 'Africa/Lagos', KE: 'Africa/Nairobi', ZA: 'Africa/Johannesburg' },
  ...{ IL: 'Asia/Jerusalem', LB: 'Asia/Beirut', SA: 'Asia/Riyadh', AE: 'Asia/Dubai', PK: 'Asia/Karachi' },
  ...{ IN: 'Asia/Kolkata', BD: 'Asia/Dhaka', TH: 'Asia/Bangkok', SG: 'Asia/Singapore', CN: 'Asia/Shanghai' },
  ...{ JP: 'Asia/Tokyo', KR: 'Asia/Seoul', AU: 'Australia/Sydney Australia/Adelaide Australia/Lord_Howe' },
  ...{ NZ: 'Pacific/Auckland Pacific/Chatham' },
};

const known: Place[] = Object.entries(zones).flatMap(([country, list]) =>
  list.split(' ').map((timezone) => ({ timezone, country, mayBeIn: [timezone] })),
);

const american = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Pacific/Honolulu',
];
const vague: Place[] = [
  { timezone: null, country: 'US', mayBeIn: american },
  { timezone: 'EST5EDTX', country: 'ES', mayBeIn: ['Europe/Madrid', 'Atlantic/Canary'] },
  { timezone: '', country: 'AU', mayBeIn: ['Australia/Sydney', 'Australia/Adelaide', 'Australia/Perth'] },
  { timezone: null, country: null, mayBeIn: ['America/Los_Angeles', 'Europe/Berlin'] },
  { timezone: 'somewhere', country: null, mayBeIn: ['America/Los_Angeles', 'Europe/Berlin'] },
];

export const places: readonly Place[] = [...vague, ...known];
export const zoneCount = new Set(known.map((each) => each.timezone)).size;

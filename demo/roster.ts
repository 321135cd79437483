/**
 * The 60 customers of the demo company: fictional names, three regions, four groups, and two pairs of names that are
 * easily confused although nothing connects them (Summit Partners, Delta).
 */
import { type SalesRep, salesReps } from './team.ts';

export type PayerKind =
  | 'prompt'
  | 'twelve days late'
  | 'end of month'
  | 'chronic'
  | 'partial'
  | 'consolidated'
  | 'short payer'
  | 'first time late';
export type Segment = 'Enterprise' | 'Mid-market' | 'SMB';

type Extra = {
  /** Slug of the head of the group. */
  parent?: string;
  /** Nothing was paid in this many days until today. */
  quietDays?: number;
  /** Has its own, older invoice numbers. */
  oldNumbers?: boolean;
  timezone?: string;
};

export type DemoCustomer = Extra & {
  /** Also the name of its mail domain. */
  slug: string;
  code: string;
  name: string;
  country: string;
  currency: string;
  language: string;
  timezone: string;
  termsDays: number;
  segment: Segment;
  kind: PayerKind;
  ownerEmail: string;
};

type Row = [
  slug: string,
  name: string,
  country: string,
  termsDays: number,
  segment: Segment,
  kind: PayerKind,
  owner: SalesRep,
  extra?: Extra,
];

const places: Record<string, { currency: string; language: string; timezone: string }> = {
  US: { currency: 'USD', language: 'en', timezone: 'America/New_York' },
  CA: { currency: 'USD', language: 'en', timezone: 'America/Toronto' },
  MX: { currency: 'USD', language: 'es', timezone: 'America/Mexico_City' },
  DE: { currency: 'EUR', language: 'de', timezone: 'Europe/Berlin' },
  FR: { currency: 'EUR', language: 'fr', timezone: 'Europe/Paris' },
  ES: { currency: 'EUR', language: 'es', timezone: 'Europe/Madrid' },
  IT: { currency: 'EUR', language: 'it', timezone: 'Europe/Rome' },
  NL: { currency: 'EUR', language: 'nl', timezone: 'Europe/Amsterdam' },
  IE: { currency: 'EUR', language: 'en', timezone: 'Europe/Dublin' },
  GB: { currency: 'GBP', language: 'en', timezone: 'Europe/London' },
  JP: { currency: 'JPY', language: 'ja', timezone: 'Asia/Tokyo' },
  SG: { currency: 'USD', language: 'en', timezone: 'Asia/Singapore' },
  AU: { currency: 'USD', language: 'en', timezone: 'Australia/Sydney' },
  IN: { currency: 'USD', language: 'en', timezone: 'Asia/Kolkata' },
};

const chicago = { timezone: 'America/Chicago' };
const losAngeles = { timezone: 'America/Los_Angeles' };

const americas: Row[] = [
  ['acme', 'Acme Corporation', 'US', 45, 'Enterprise', 'consolidated', 'maria', chicago],
  ['northwind', 'Northwind Traders', 'US', 30, 'Mid-market', 'twelve days late', 'maria', losAngeles],
  ['globex', 'Globex Corporation', 'US', 30, 'Enterprise', 'partial', 'james'],
  ['stark', 'Stark Industries', 'US', 60, 'Enterprise', 'prompt', 'james', losAngeles],
  ['initech', 'Initech', 'US', 30, 'Mid-market', 'twelve days late', 'maria', chicago],
  ['piedpiper', 'Pied Piper', 'US', 15, 'SMB', 'twelve days late', 'maria', losAngeles],
  ['hooli', 'Hooli', 'US', 60, 'Enterprise', 'end of month', 'james', losAngeles],
  ['umbrella', 'Umbrella Corporation', 'US', 45, 'Enterprise', 'chronic', 'james', chicago],
  ['soylent', 'Soylent Corporation', 'US', 30, 'Mid-market', 'short payer', 'maria'],
  ['wayne', 'Wayne Enterprises', 'US', 60, 'Enterprise', 'consolidated', 'james'],
  ['cyberdyne', 'Cyberdyne Systems', 'US', 45, 'Mid-market', 'first time late', 'james', losAngeles],
  ['oscorp', 'Oscorp', 'US', 30, 'Mid-market', 'chronic', 'maria', { quietDays: 84 }],
  ['tyrell', 'Tyrell Corporation', 'US', 45, 'Mid-market', 'twelve days late', 'maria', losAngeles],
  ['vandelay', 'Vandelay Industries', 'US', 30, 'Mid-market', 'partial', 'maria', { oldNumbers: true }],
  ['massive', 'Massive Dynamic', 'US', 60, 'Enterprise', 'prompt', 'james'],
  ['dunder', 'Dunder Mifflin', 'US', 15, 'SMB', 'twelve days late', 'maria'],
  ['aperture', 'Aperture Laboratories', 'US', 30, 'Mid-market', 'end of month', 'james', chicago],
  ['summit-inc', 'Summit Partners Inc', 'US', 30, 'Mid-market', 'prompt', 'maria'],
  ['summit-llc', 'Summit Partners LLC', 'US', 15, 'SMB', 'end of month', 'james', chicago],
  ['delta-freight', 'Delta Freight', 'US', 30, 'Mid-market', 'end of month', 'maria', chicago],
  ['delta-foods', 'Delta Foods', 'CA', 30, 'Mid-market', 'partial', 'james'],
  ['bluth', 'Bluth Development', 'US', 15, 'SMB', 'twelve days late', 'maria', losAngeles],
  ['sterling', 'Sterling Cooper Advertising', 'US', 30, 'Mid-market', 'short payer', 'james'],
  ['gekko', 'Gekko Holdings', 'CA', 60, 'Mid-market', 'twelve days late', 'james'],
  ['brawndo', 'Brawndo Beverages', 'US', 15, 'SMB', 'chronic', 'maria', { quietDays: 112 }],
  ['yoyodyne', 'Yoyodyne Propulsion', 'US', 45, 'Enterprise', 'prompt', 'james'],
  ['pollos', 'Pollos del Desierto SA', 'MX', 30, 'SMB', 'prompt', 'maria'],
];

const europe: Row[] = [
  ['acme-de', 'Acme GmbH', 'DE', 30, 'Mid-market', 'twelve days late', 'lena', { parent: 'acme' }],
  ['acme-uk', 'Acme UK Ltd', 'GB', 30, 'Mid-market', 'end of month', 'omar', { parent: 'acme' }],
  [
    'umbrella-fr',
    'Umbrella Pharma France SAS',
    'FR',
    60,
    'Enterprise',
    'chronic',
    'lena',
    { parent: 'umbrella' },
  ],
  [
    'umbrella-de',
    'Umbrella Pharma Deutschland GmbH',
    'DE',
    45,
    'Mid-market',
    'end of month',
    'lena',
    { parent: 'umbrella' },
  ],
  ['wonka', 'Wonka Industries', 'GB', 30, 'Enterprise', 'consolidated', 'omar'],
  ['wernham', 'Wernham Hogg Paper Ltd', 'GB', 15, 'SMB', 'short payer', 'omar'],
  ['ashworth', 'Ashworth Textiles Ltd', 'GB', 30, 'Mid-market', 'twelve days late', 'omar'],
  ['pemberton', 'Pemberton Rail plc', 'GB', 45, 'Enterprise', 'prompt', 'omar'],
  ['sirius', 'Sirius Cybernetics Ltd', 'GB', 30, 'Mid-market', 'first time late', 'omar'],
  ['wayne-uk', 'Wayne Aerospace Ltd', 'GB', 60, 'Enterprise', 'prompt', 'omar', { parent: 'wayne' }],
  ['mueller', 'Müller & Söhne Maschinenbau GmbH', 'DE', 30, 'Mid-market', 'prompt', 'lena'],
  ['nordlicht', 'Nordlicht Logistik GmbH', 'DE', 15, 'SMB', 'prompt', 'lena'],
  ['zorin', 'Zorin Mikrotechnik AG', 'DE', 60, 'Enterprise', 'chronic', 'lena'],
  ['etoile', 'Étoile Cosmétiques SARL', 'FR', 45, 'SMB', 'end of month', 'lena'],
  ['lemaire', 'Transports Lemaire SAS', 'FR', 30, 'Mid-market', 'prompt', 'lena'],
  ['aragonda', 'Textiles Aragonda SL', 'ES', 60, 'SMB', 'chronic', 'omar', { quietDays: 77 }],
  ['castellar', 'Grupo Castellar SA', 'ES', 60, 'Mid-market', 'twelve days late', 'omar'],
  ['molinari', 'Molinari Ricambi Srl', 'IT', 60, 'SMB', 'end of month', 'omar'],
  ['vandorp', 'Van Dorp Bloemen BV', 'NL', 15, 'SMB', 'prompt', 'lena'],
  ['kilbride', 'Kilbride Dairy Ltd', 'IE', 30, 'SMB', 'prompt', 'omar'],
];

const asia: Row[] = [
  ['nakatomi', 'Nakatomi Trading KK', 'JP', 60, 'Enterprise', 'end of month', 'aiko'],
  ['massive-jp', 'Massive Dynamic Japan KK', 'JP', 60, 'Mid-market', 'prompt', 'aiko', { parent: 'massive' }],
  [
    'massive-sg',
    'Massive Dynamic Singapore Pte Ltd',
    'SG',
    30,
    'Mid-market',
    'prompt',
    'aiko',
    { parent: 'massive' },
  ],
  [
    'wayne-sg',
    'Wayne Enterprises Asia Pte Ltd',
    'SG',
    60,
    'Mid-market',
    'consolidated',
    'aiko',
    { parent: 'wayne' },
  ],
  ['kaminari', 'Kaminari Motors KK', 'JP', 60, 'Enterprise', 'twelve days late', 'aiko'],
  ['hoshizora', 'Hoshizora Foods KK', 'JP', 30, 'Mid-market', 'twelve days late', 'aiko'],
  ['aozora', 'Aozora Printing KK', 'JP', 30, 'SMB', 'prompt', 'aiko'],
  ['mirai', 'Mirai Robotics KK', 'JP', 45, 'Mid-market', 'first time late', 'aiko'],
  ['tanuki', 'Tanuki Toys KK', 'JP', 30, 'SMB', 'consolidated', 'aiko'],
  ['southern', 'Southern Cross Mining Pty Ltd', 'AU', 45, 'Enterprise', 'end of month', 'aiko'],
  [
    'wattle',
    'Wattle Creek Wines Pty Ltd',
    'AU',
    30,
    'SMB',
    'first time late',
    'aiko',
    { timezone: 'Australia/Adelaide' },
  ],
  ['merlion', 'Merlion Marine Pte Ltd', 'SG', 30, 'SMB', 'short payer', 'aiko'],
  ['padma', 'Padma Textiles Ltd', 'IN', 45, 'Mid-market', 'partial', 'aiko'],
];

export const roster: readonly DemoCustomer[] = [...americas, ...europe, ...asia].map(
  ([slug, name, country, termsDays, segment, kind, owner, extra], index) => ({
    slug,
    code: `C${1001 + index}`,
    name,
    country,
    ...places[country]!,
    termsDays,
    segment,
    kind,
    ownerEmail: salesReps[owner],
    ...extra,
  }),
);

const bySlug = new Map(roster.map((customer) => [customer.slug, customer]));

/** Throws: Error when the roster has no such slug. */
export function customerOf(slug: string): DemoCustomer {
  const found = bySlug.get(slug);
  if (!found) throw new Error(`the demo company has no customer ${slug}`);
  return found;
}

/** Countries as people write them, with ISO 3166-1 alpha-2 codes. */
const names: Readonly<Record<string, string>> = {
  US: 'usa us american united states',
  CA: 'canada canadian',
  MX: 'mexico mexican',
  BR: 'brazil brazilian',
  AR: 'argentina argentinian',
  CL: 'chile chilean',
  CO: 'colombia colombian',
  GB: 'uk britain british england english united kingdom',
  IE: 'ireland irish',
  DE: 'germany german',
  AT: 'austria austrian',
  CH: 'switzerland swiss',
  FR: 'france french',
  BE: 'belgium belgian',
  NL: 'netherlands dutch holland',
  LU: 'luxembourg',
  ES: 'spain spanish',
  PT: 'portugal portuguese',
  IT: 'italy italian',
  PL: 'poland polish',
  CZ: 'czechia czech',
  SE: 'sweden swedish',
  NO: 'norway norwegian',
  DK: 'denmark danish',
  FI: 'finland finnish',
  GR: 'greece greek',
  RO: 'romania romanian',
  HU: 'hungary hungarian',
  TR: 'turkey turkish',
  IL: 'israel israeli',
  AE: 'uae emirati',
  SA: 'saudi',
  ZA: 'south-africa',
  EG: 'egypt egyptian',
  NG: 'nigeria nigerian',
  KE: 'kenya kenyan',
  IN: 'india indian',
  CN: 'china chinese',
  HK: 'hongkong',
  TW: 'taiwan taiwanese',
  JP: 'japan japanese',
  KR: 'korea korean',
  SG: 'singapore singaporean',
  MY: 'malaysia malaysian',
  TH: 'thailand thai',
  VN: 'vietnam vietnamese',
  ID: 'indonesia indonesian',
  PH: 'philippines filipino',
  AU: 'australia australian aussie',
  NZ: 'zealand kiwi',
};
const skip = new Set(['united', 'states', 'kingdom', 'english', 'turkey']);
const codes = new Map<string, string>();
for (const [code, words] of Object.entries(names))
  for (const word of words.split(' ')) if (!skip.has(word)) codes.set(word, code);
codes
  .set('united states', 'US')
  .set('united kingdom', 'GB')
  .set('south africa', 'ZA')
  .set('hong kong', 'HK')
  .set('new zealand', 'NZ');
codes.delete('zealand');

/** Source of a pattern of all country names and adjectives, longer ones first. */
export const countryWords = [...codes.keys()].sort((a, b) => b.length - a.length).join('|');

/** The code of a country's name or adjective in lower case. */
export const countryOf = (word: string): string | null => codes.get(word) ?? null;

/** Made-up companies of several countries, and how banks and payers write their names. */
import type { Random } from '../../../demo/random.ts';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl';
export type Country = { readonly code: string; readonly language: Language; readonly currency: string };

export const countries: readonly Country[] = [
  { code: 'US', language: 'en', currency: 'USD' },
  { code: 'GB', language: 'en', currency: 'GBP' },
  { code: 'CA', language: 'en', currency: 'CAD' },
  { code: 'DE', language: 'de', currency: 'EUR' },
  { code: 'AT', language: 'de', currency: 'EUR' },
  { code: 'FR', language: 'fr', currency: 'EUR' },
  { code: 'ES', language: 'es', currency: 'EUR' },
  { code: 'IT', language: 'it', currency: 'EUR' },
  { code: 'NL', language: 'nl', currency: 'EUR' },
  { code: 'IN', language: 'en', currency: 'INR' },
  { code: 'BR', language: 'es', currency: 'USD' },
  { code: 'JP', language: 'en', currency: 'JPY' },
];

const FORMS: Readonly<Record<string, readonly string[]>> = {
  US: ['Inc.', 'LLC', 'Corp.', 'Co.', 'L.P.'],
  GB: ['Ltd', 'Limited', 'PLC', 'LLP'],
  CA: ['Inc.', 'Ltd.'],
  DE: ['GmbH', 'AG', 'GmbH & Co. KG', 'KG', 'e.K.'],
  AT: ['GmbH', 'AG'],
  FR: ['SARL', 'SAS', 'S.A.'],
  ES: ['S.L.', 'S.A.', 'SLU'],
  IT: ['S.r.l.', 'S.p.A.'],
  NL: ['B.V.', 'N.V.'],
  IN: ['Pvt. Ltd.', 'Private Limited'],
  BR: ['Ltda.', 'S.A.'],
  JP: ['K.K.', 'Co., Ltd.'],
};

const FAMILIES: Readonly<Record<Language, readonly string[]>> = {
  en: 'Hartwell Pemberton Caldwell Okafor Lindqvist Whitmore Delaney Ashford Brennan Kowalski Mehta Tanaka Fairchild Osgood'.split(
    ' ',
  ),
  de: 'Müller Schröder Weiß Krüger Bäumler Hofstätter Jäger Köhler Grünwald Vogelsang Straßburger Lindner'.split(
    ' ',
  ),
  fr: 'Lefèvre Mercier Gauthier Chevalier Béranger Fontaine Rousselot Deschênes'.split(' '),
  es: 'Núñez Ibáñez Carrasco Villanueva Peñalver Ortuño Cabrera Muñoz'.split(' '),
  it: 'Bellandi Marchetti Ferrero Conti Zanella Moretti Galli Rinaldi'.split(' '),
  nl: 'Vermeulen Hoekstra Dijkman Brouwer Kuijpers Verhoeven Postma'.split(' '),
};
const STEMS =
  'Northgate Silverline Bluepeak Redwood Granite Harbor Summit Crestview Ironbridge Meridian Atlas Polaris Vertex Quantum Beacon Cobalt Evergreen Keystone Lakeside Orion Pinnacle Sterling Trident Westfield Zenith Aurora Falcon Juniper'.split(
    ' ',
  );
const TRADES: Readonly<Record<Language, readonly string[]>> = {
  en: 'Manufacturing;Logistics;Foods;Systems;Medical Supplies;Engineering;Consulting;Packaging;Energy Services;International;Retail Group;Construction;Technologies'.split(
    ';',
  ),
  de: 'Maschinenbau;Logistik;Elektrotechnik;Handelsgesellschaft;Bäckereibedarf;Metallverarbeitung;Spedition;Anlagenbau'.split(
    ';',
  ),
  fr: 'Distribution;Industrie;Bâtiment;Services;Transports;Boulangerie'.split(';'),
  es: 'Construcciones;Distribuciones;Servicios;Alimentación;Ingeniería'.split(';'),
  it: 'Costruzioni;Alimentari;Meccanica;Trasporti;Impianti'.split(';'),
  nl: 'Groothandel;Transport;Bouw;Techniek;Installaties'.split(';'),
};

/** A company's name, and whether it is a family's, after which its director is called. */
export function companyName(country: Country, random: Random): { name: string; family: string | null } {
  const { language } = country;
  const family = random.chance(45) ? random.pick(FAMILIES[language]) : null;
  const head = family === null ? random.pick(STEMS) : family;
  const joined =
    family !== null && random.chance(30)
      ? `${head} & ${random.pick({ en: ['Sons', 'Co', random.pick(FAMILIES.en)], de: ['Söhne', 'Partner'], fr: ['Fils', 'Frères'], es: ['Hijos'], it: ['Figli'], nl: ['Zonen'] }[language])}`
      : head;
  return {
    name: `${joined} ${random.pick(TRADES[language])} ${random.pick(FORMS[country.code]!)}`,
    family,
  };
}

const FIRST_NAMES = 'Anna Jonas Marie Peter Claire Luis Sofia Marco Ingrid Tom Helen Ravi'.split(' ');
export const personName = (family: string | null, random: Random): string =>
  `${random.pick(FIRST_NAMES)} ${family ?? random.pick(FAMILIES.en)}`;

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/Manufacturing/i, 'MFG'],
  [/International/i, 'INTL'],
  [/Services/i, 'SVCS'],
  [/Technologies/i, 'TECH'],
  [/Engineering/i, 'ENG'],
  [/Construction\b/i, 'CONSTR'],
  [/Construcciones/i, 'CONST'],
  [/Handelsgesellschaft/i, 'HANDELSGES'],
  [/Distribution/i, 'DISTRIB'],
  [/Consulting/i, 'CONSLT'],
  [/Supplies/i, 'SUPP'],
  [/Systems/i, 'SYS'],
  [/Group/i, 'GRP'],
];

/** As banks without umlauts write it: ä becomes AE with some, A with others; what is no letter of theirs is dropped. */
export function transliterated(text: string, random: Random): string {
  const german = random.chance(70);
  const pairs: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'AE', Ö: 'OE', Ü: 'UE' };
  return text
    .replace(/ß/g, 'ss')
    .replace(/[äöüÄÖÜ]/g, (letter) => (german ? pairs[letter]! : letter))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, random.pick(['&', '+', 'AND', 'U.']))
    .replace(/[^\w\s.,+&/-]/g, '');
}

const typo = (text: string, random: Random): string => {
  const at = random.int(1, Math.max(1, text.length - 3));
  return random.chance(50)
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
};

/** The last word or two, which say the legal form, left out. */
export const withoutForm = (name: string): string =>
  name
    .replace(
      /\s+(?:Inc\.|LLC|Corp\.|Co\.|L\.P\.|Ltd\.?|Limited|PLC|LLP|GmbH & Co\. KG|GmbH|AG|KG|e\.K\.|SARL|SAS|S\.A\.|S\.L\.|SLU|S\.r\.l\.|S\.p\.A\.|B\.V\.|N\.V\.|Pvt\. Ltd\.|Private Limited|Ltda\.|K\.K\.|Co\., Ltd\.)$/,
      '',
    )
    .trim();

/** One way in which this name stands on a bank line; a payer keeps its way, so draw once a payer. */
export function nameVariant(name: string, random: Random): string {
  const short = () => SHORT.reduce((text, [long, brief]) => text.replace(long, brief), name).toUpperCase();
  switch (random.int(1, 12)) {
    case 1:
    case 2:
    case 3:
      return name;
    case 4:
    case 5:
      return transliterated(name, random).toUpperCase();
    case 6:
      return withoutForm(name);
    case 7:
      return transliterated(short(), random);
    case 8:
      return typo(name, random);
    case 9:
      return `${transliterated(withoutForm(name), random).toUpperCase()} ${String(random.int(1000, 99_999)).padStart(7, '0')} ${random.pick(['VIA PAYPRO', 'BILLPAY', 'EPAY', 'AP DEPT', 'OPERATING'])}`;
    case 10:
      return `${name} ${random.int(1, 240)} ${random.pick(['High Street', 'Main St', 'Industriestr.', 'Rue de la Gare'])}`;
    case 11:
      return withoutForm(name).split(/\s+/).slice(0, 2).join(' ').toUpperCase();
    default:
      return `${name
        .split(/\s+/)
        .map((word) => word[0])
        .join('')
        .toUpperCase()} ${random.pick(['PAYMENTS', 'TREASURY', 'GROUP AP', 'FINANCE'])}`;
  }
}

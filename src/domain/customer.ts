/** Sales regions as finance teams name them. */
export const regions = ['AMER', 'EMEA', 'APAC'] as const;
export type Region = (typeof regions)[number];

const AMER =
  'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI';
const APAC =
  'AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN IO JP KG KH KI KP KR KZ LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TH TJ TK TL TM TO TV TW UM UZ VN VU WF WS';
const REGION_OF = new Map<string, Region>([
  ...AMER.split(' ').map((c) => [c, 'AMER'] as const),
  ...APAC.split(' ').map((c) => [c, 'APAC'] as const),
]);

/**
 * Region of an ISO 3166-1 alpha-2 country: the Americas, Asia-Pacific, and everything else as
 * Europe, Middle East and Africa. Null when the country is not known.
 */
export const regionOf = (country: string | null | undefined): Region | null =>
  country && /^[A-Z]{2}$/.test(country) ? (REGION_OF.get(country) ?? 'EMEA') : null;

const LEGAL_FORMS = new Set(
  'inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh mbh ag kg kgaa ohg ug se sa sas sarl srl spa bv nv oy ab as aps kk pty pte sl slu lda the'.split(
    ' ',
  ),
);

/** Lower case, without accents and punctuation, single spaces: "Müller & Söhne GmbH" is "muller sohne gmbh". */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/(?<=\p{L})[.'’](?=\p{L}|$|\s)/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The folded name without legal forms ("Acme Corp." and "ACME GmbH" are both "acme"); never empty. */
export function baseName(name: string): string {
  const folded = foldName(name);
  const kept = folded.split(' ').filter((word) => !LEGAL_FORMS.has(word));
  return kept.length === 0 ? folded : kept.join(' ');
}

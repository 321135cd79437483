/** Whether an element of an HTML mail can be seen: style attributes, old attributes, and simple rules of its style sheet. */

export type Look = {
  readonly hidden: boolean;
  readonly color: string | null;
  readonly background: string | null;
};

/** Declarations by simple selector: a tag, a class, an id, or a tag with a class. */
export type Sheet = ReadonlyMap<string, string>;

const MOST_RULES = 2000;

/** Without @media and other blocks, whose rules hold on some screens only. */
function withoutBlocks(css: string): string {
  let plain = '';
  let at = 0;
  for (;;) {
    const block = css.indexOf('@', at);
    if (block < 0) return plain + css.slice(at);
    plain += css.slice(at, block);
    const open = css.indexOf('{', block);
    const end = css.indexOf(';', block);
    if (end >= 0 && (open < 0 || end < open)) {
      at = end + 1;
      continue;
    }
    if (open < 0) return plain;
    let depth = 1;
    for (at = open + 1; at < css.length && depth > 0; at++)
      depth += css[at] === '{' ? 1 : css[at] === '}' ? -1 : 0;
  }
}

/** Reads the rules of a style sheet that have a simple selector. */
export function readSheet(css: string): Sheet {
  const sheet = new Map<string, string>();
  const rules = withoutBlocks(
    css.slice(0, 200_000).replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|<!--|-->/g, ''),
  ).split('}');
  for (const rule of rules.slice(0, MOST_RULES)) {
    const [selectors = '', declarations = ''] = rule.split('{');
    for (const selector of selectors.split(',').slice(0, 50)) {
      const name = selector.trim().toLowerCase();
      if (/^[a-z0-9]*[.#]?[\w-]+$/.test(name)) sheet.set(name, `${sheet.get(name) ?? ''};${declarations}`);
    }
  }
  return sheet;
}

const NAMES: Readonly<Record<string, string>> = {
  white: '255,255,255',
  black: '0,0,0',
  snow: '255,250,250',
  ivory: '255,255,240',
  whitesmoke: '245,245,245',
  ghostwhite: '248,248,255',
  transparent: '',
};

/** "r,g,b" of a colour; '' for a transparent one, 'other' for a colour that is not read, null for none. */
function colorOf(text: string | undefined): string | null {
  const value =
    text
      ?.trim()
      .toLowerCase()
      .replace(/\s*!important$/, '') ?? '';
  if (value === '' || value === 'inherit') return null;
  if (NAMES[value] !== undefined) return NAMES[value];
  const hex = /^#([0-9a-f]{3,8})$/.exec(value)?.[1];
  if (hex) {
    const full = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    if (full.length === 8 && full.endsWith('00')) return '';
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)).join(',');
  }
  const parts = /^rgba?\(([^)]*)\)/.exec(value)?.[1]?.split(/[\s,/]+/) ?? [];
  if (parts.length < 3) return 'other';
  return parts.length > 3 && Number.parseFloat(parts[3]!) === 0
    ? ''
    : parts.slice(0, 3).map(Number).join(',');
}

/** Too alike to be read on one another. */
const alike = (a: string, b: string): boolean => {
  const [first, second] = [a.split(',').map(Number), b.split(',').map(Number)];
  return (
    first.length === 3 && second.length === 3 && first.every((value, i) => Math.abs(value - second[i]!) <= 12)
  );
};

function declarationsOf(
  name: string,
  attributes: ReadonlyMap<string, string>,
  sheet: Sheet,
): Map<string, string> {
  const classes = (attributes.get('class') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const rules = [
    sheet.get(name),
    ...classes.flatMap((each) => [sheet.get(`.${each}`), sheet.get(`${name}.${each}`)]),
    sheet.get(`#${(attributes.get('id') ?? '').toLowerCase()}`),
    attributes.get('style'),
  ];
  const found = new Map<string, string>();
  for (const declaration of rules.filter(Boolean).join(';').split(';').slice(0, 500)) {
    const colon = declaration.indexOf(':');
    if (colon > 0)
      found.set(
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration
          .slice(colon + 1)
          .trim()
          .toLowerCase(),
      );
  }
  return found;
}

/** A font too small to be read. */
function isTiny(value: string | undefined): boolean {
  const [, number = '', unit = ''] = /^(-?[\d.]+)\s*(px|pt|em|rem|%)?/.exec(value ?? '') ?? [];
  const least = unit === '%' ? 15 : unit.endsWith('em') ? 0.2 : 2;
  return number !== '' && Number(number) < least;
}

const outOfSight = (style: ReadonlyMap<string, string>): boolean =>
  /^none/.test(style.get('display') ?? '') ||
  /^(?:hidden|collapse)/.test(style.get('visibility') ?? '') ||
  /^all/.test(style.get('mso-hide') ?? '') ||
  /^0*(?:\.0\d*)?\s*(?:!important)?$/.test(style.get('opacity') ?? '1') ||
  isTiny(style.get('font-size')) ||
  (/hidden/.test(style.get('overflow') ?? '') &&
    ['height', 'max-height', 'width', 'max-width'].some((key) => /^0/.test(style.get(key) ?? ''))) ||
  ['left', 'top', 'text-indent', 'margin-left'].some(
    (key) => Number.parseFloat(style.get(key) ?? '0') <= -500,
  ) ||
  /rect\(\s*0/.test(style.get('clip') ?? '');

/** How an element looks inside of another. White on white, or any colour on its like, cannot be seen. */
export function lookOf(
  name: string,
  attributes: ReadonlyMap<string, string>,
  sheet: Sheet,
  around: Look,
): Look {
  if (around.hidden) return around;
  const style = declarationsOf(name, attributes, sheet);
  const own = colorOf(
    /^[^()]*url\(|gradient/.test(style.get('background') ?? '') || style.has('background-image')
      ? 'picture'
      : (style.get('background-color') ??
          style.get('background')?.split(/\s(?![^(]*\))/)[0] ??
          attributes.get('bgcolor')),
  );
  const background = own === null || own === '' ? around.background : own;
  const color =
    colorOf(style.get('color') ?? (name === 'font' ? attributes.get('color') : undefined)) ?? around.color;
  const unreadable = color === '' || (color !== null && alike(color, background ?? '255,255,255'));
  const hidden =
    attributes.has('hidden') ||
    (name === 'font' && attributes.get('size') === '0') ||
    outOfSight(style) ||
    unreadable;
  return { hidden, color, background };
}

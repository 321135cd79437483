/** Random statements, and how each format writes them: small writers that share nothing with the readers. */
import fc from 'fast-check';

export type Booking = {
  /** Minor units; below zero for money out. Never zero. */
  minor: bigint;
  /** Days after the statement's first. */
  after: number;
  name: string;
  words: string;
};
export type Sheet = { currency: string; digits: number; opening: bigint; first: string; bookings: Booking[] };

const word = fc.stringMatching(/^[A-Z]{2,9}$|^INV-[0-9]{4}$|^[0-9]{3,6}$/);
const phrase = (most: number) =>
  fc.array(word, { minLength: 1, maxLength: most }).map((words) => words.join(' '));

const booking: fc.Arbitrary<Booking> = fc.record({
  minor: fc.bigInt({ min: -99_999_999n, max: 99_999_999n }).map((minor) => (minor === 0n ? 1n : minor)),
  after: fc.integer({ min: 0, max: 25 }),
  name: phrase(2),
  words: phrase(6),
});

export const sheet = (currencies: readonly [string, number][], maxBookings = 12): fc.Arbitrary<Sheet> =>
  fc
    .record({
      code: fc.constantFrom(...currencies),
      opening: fc.bigInt({ min: -9_999_999n, max: 99_999_999n }),
      first: fc.constantFrom('2026-01-03', '2025-12-20', '2024-02-10', '2026-11-01'),
      bookings: fc.array(booking, { minLength: 1, maxLength: maxBookings }),
    })
    .map(({ code, ...rest }) => ({
      ...rest,
      currency: code[0],
      digits: code[1],
      bookings: rest.bookings.sort((a, b) => a.after - b.after),
    }));

export const closingOf = ({ opening, bookings }: Sheet): bigint =>
  bookings.reduce((sum, { minor }) => sum + minor, opening);
export const dayOf = ({ first }: Sheet, after: number): string =>
  new Date(Date.parse(`${first}T00:00:00Z`) + after * 86_400_000).toISOString().slice(0, 10);
const abs = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

/** Decimal text with the given mark; the sign is kept. */
export function decimal(minor: bigint, digits: number, mark = '.'): string {
  const text = abs(minor)
    .toString()
    .padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}${mark}${text.slice(-digits)}`;
}

const short = (day: string): string => day.slice(2).replaceAll('-', '');
const wrap = (text: string, width: number): string[] => text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];

export function writeMt940(of: Sheet): string {
  const amount = (minor: bigint) => decimal(abs(minor), of.digits, ',') + (of.digits === 0 ? ',' : '');
  const balance = (minor: bigint, after: number) =>
    `${minor < 0n ? 'D' : 'C'}${short(dayOf(of, after))}${of.currency}${amount(minor)}`;
  const lines = of.bookings.flatMap(({ minor, after, name, words }, at) => {
    const day = short(dayOf(of, after));
    const purpose = wrap(`SVWZ+${words}`, 27).map((part, i) => `?${20 + i}${part}`);
    return [
      `:61:${day}${day.slice(2)}${minor < 0n ? 'D' : 'C'}${amount(minor)}NTRFNONREF//B${at}`,
      ...wrap(`166?00CREDIT${purpose.join('')}?32${name}`, 65).map((part, i) =>
        i === 0 ? `:86:${part}` : part,
      ),
    ];
  });
  return [
    ':20:STMT',
    ':25:12030000/202051',
    ':28C:7/1',
    `:60F:${balance(of.opening, 0)}`,
    ...lines,
    `:62F:${balance(closingOf(of), 26)}`,
    '-',
    '',
  ].join('\r\n');
}

export function writeBai2(of: Sheet): string {
  const records = [`03,9911,${of.currency},010,${of.opening},,,015,${closingOf(of)},,/`];
  of.bookings.forEach(({ minor, name, words }, at) => {
    records.push(`16,${minor < 0n ? 475 : 195},${abs(minor)},Z,B${at},,${name}`, `88,${words}`);
  });
  const total = of.opening + closingOf(of) + of.bookings.reduce((sum, { minor }) => sum + abs(minor), 0n);
  const day = short(dayOf(of, 0));
  return [
    `01,0210,ACME,${day},0630,1,,,2/`,
    `02,ACME,0210,1,${day},2359,,2/`,
    ...records,
    `49,${total},${records.length + 1}/`,
    `98,${total},1,${records.length + 3}/`,
    `99,${total},1,${records.length + 5}/`,
    '',
  ].join('\n');
}

const CAMT = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

/** Two bookings in a row that fall on one day and one side become one entry of two transactions. */
export function writeCamt(of: Sheet, prefix = ''): string {
  const tag = (name: string, inner: string, attributes = '') =>
    `<${prefix}${name}${attributes}>${inner}</${prefix}${name}>`;
  const money = (minor: bigint) => tag('Amt', decimal(abs(minor), of.digits), ` Ccy="${of.currency}"`);
  const side = (minor: bigint) => tag('CdtDbtInd', minor < 0n ? 'DBIT' : 'CRDT');
  const day = (name: string, text: string) => tag(name, tag('Dt', text));
  const balance = (code: string, minor: bigint) =>
    tag(
      'Bal',
      tag('Tp', tag('CdOrPrtry', tag('Cd', code))) + money(minor) + side(minor) + day('Dt', dayOf(of, 0)),
    );
  const details = ({ minor, name, words }: Booking) => {
    const party = minor < 0n ? 'Cdtr' : 'Dbtr';
    return tag(
      'TxDtls',
      money(minor) +
        side(minor) +
        tag('RltdPties', tag(party, tag('Pty', tag('Nm', name)))) +
        tag('RmtInf', tag('Ustrd', words)),
    );
  };
  const groups: Booking[][] = [];
  for (const each of of.bookings) {
    const last = groups.at(-1);
    const joins =
      last?.length === 1 && last[0]!.after === each.after && last[0]!.minor < 0n === each.minor < 0n;
    if (joins) last.push(each);
    else groups.push([each]);
  }
  const entries = groups.map((group) => {
    const sum = group.reduce((total, { minor }) => total + minor, 0n);
    const head =
      money(sum) + side(sum) + tag('Sts', tag('Cd', 'BOOK')) + day('BookgDt', dayOf(of, group[0]!.after));
    return tag('Ntry', head + tag('NtryDtls', group.map(details).join('')));
  });
  const account = tag('Acct', tag('Id', tag('IBAN', 'DE02120300000000202051')) + tag('Ccy', of.currency));
  const statement = tag(
    'Stmt',
    tag('Id', 'S1') +
      account +
      balance('OPBD', of.opening) +
      balance('CLBD', closingOf(of)) +
      entries.join('\n'),
  );
  const xmlns = prefix ? ` xmlns:${prefix.slice(0, -1)}="${CAMT}"` : ` xmlns="${CAMT}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('Document', tag('BkToCstmrStmt', statement), xmlns)}\n`;
}

export function writeOfx(of: Sheet, kind: 'sgml' | 'xml'): string {
  const leaf = (name: string, value: string) =>
    kind === 'xml' ? `<${name}>${value}</${name}>` : `<${name}>${value}\n`;
  const day = (after: number) => dayOf(of, after).replaceAll('-', '');
  const list = of.bookings.map(
    ({ minor, after, name, words }, at) =>
      `<STMTTRN>${leaf('TRNTYPE', 'OTHER')}${leaf('DTPOSTED', `${day(after)}120000[-5:EST]`)}${leaf('TRNAMT', decimal(minor, of.digits))}${leaf('FITID', `F${at}`)}${leaf('NAME', name)}${leaf('MEMO', words)}</STMTTRN>`,
  );
  const header =
    kind === 'xml'
      ? '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
      : 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n';
  const account = `<BANKACCTFROM>${leaf('BANKID', '021')}${leaf('ACCTID', '9911')}${leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>`;
  const balance = `<LEDGERBAL>${leaf('BALAMT', decimal(closingOf(of), of.digits))}${leaf('DTASOF', day(26))}</LEDGERBAL>`;
  return `${header}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>${leaf('CURDEF', of.currency)}${account}<BANKTRANLIST>${list.join('\n')}</BANKTRANLIST>${balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
}

export type CsvStyle = {
  delimiter: string;
  mark: '.' | ',';
  columns: 'signed' | 'sides' | 'word';
  newestFirst: boolean;
};
export const csvStyle: fc.Arbitrary<CsvStyle> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  mark: fc.constantFrom('.', ','),
  columns: fc.constantFrom('signed', 'sides', 'word'),
  newestFirst: fc.boolean(),
});

export function writeCsv(of: Sheet, { delimiter, mark, columns, newestFirst }: CsvStyle): string {
  const group = mark === '.' ? ',' : '.';
  const money = (minor: bigint): string => {
    const [whole = '', fraction] = decimal(minor, of.digits, '#').split('#');
    return whole.replace(/\B(?=(\d{3})+(?!\d))/g, group) + (fraction === undefined ? '' : mark + fraction);
  };
  const cell = (text: string) => (text.includes(delimiter) ? `"${text}"` : text);
  const sides: Record<CsvStyle['columns'], string[]> = {
    signed: ['Amount'],
    sides: ['Debit', 'Credit'],
    word: ['Amount', 'Dr/Cr'],
  };
  let balance = of.opening;
  const rows = of.bookings.map(({ minor, after, name, words }) => {
    balance += minor;
    const out = minor < 0n;
    const amounts = {
      signed: [money(minor)],
      sides: out ? [money(-minor), ''] : ['', money(minor)],
      word: [money(abs(minor)), out ? 'DR' : 'CR'],
    }[columns];
    return [dayOf(of, after), name, words, ...amounts, of.currency, money(balance)];
  });
  const header = ['Date', 'Payee', 'Description', ...sides[columns], 'Currency', 'Balance'];
  return `${[header, ...(newestFirst ? rows.reverse() : rows)].map((row) => row.map(cell).join(delimiter)).join('\n')}\n`;
}

import { writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createStatementFiles } from '../../../src/connectors/statement-files/index.ts';
import { printable } from '../../../src/connectors/statement-files/words.ts';
import { languages } from '../../../src/domain/chase/policy.ts';
import type { Statement, StatementRow } from '../../../src/ports/statements.ts';

const files = createStatementFiles();

const aRow = (over: Partial<StatementRow> = {}): StatementRow => ({
  number: 'INV-20418',
  issuedOn: '2026-06-12',
  dueOn: '2026-07-12',
  daysOverdue: 39,
  poNumber: 'PO-771',
  amount: '12345.50',
  openAmount: '2345.50',
  ...over,
});

const aStatement = (over: Partial<Statement> = {}): Statement => ({
  language: 'en',
  company: { name: 'Remy Demo Company', address: 'ar@demo.example', phone: '+1 212 555 0100' },
  customer: { code: 'C-0007', name: 'Müller & Söhne GmbH' },
  currency: 'EUR',
  asOf: '2026-08-20',
  rows: [aRow(), aRow({ number: 'INV-20500', dueOn: '2026-09-01', daysOverdue: -12, poNumber: null })],
  aging: ['not_due', '1-30', '31-60', '61-90', '90+'].map((bucket) => ({ bucket, amount: '1000.00' })),
  total: '4691.00',
  paymentInstructions: 'IBAN DE02 1203 0000 0000 2020 51\nReference: invoice number',
  ...over,
});

const cp1252 = new TextDecoder('windows-1252');

/** The text that the pages show, one entry for each string drawn; enough of PDF for what the writer makes. */
function textOf(pdf: Uint8Array): string[] {
  const raw = Buffer.from(pdf);
  const found: string[] = [];
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 7)) {
    const end = raw.indexOf('endstream', at);
    const body = raw.subarray(at + 7, end);
    let page = '';
    try {
      page = inflateSync(body).toString('latin1');
    } catch {
      continue; // not a page: fonts and profiles are stored otherwise
    }
    for (const [, array] of page.matchAll(/\[([^\]]*)\] TJ/g)) {
      const hex = [...array!.matchAll(/<([0-9a-f]*)>/g)].map((match) => match[1]!).join('');
      found.push(cp1252.decode(Buffer.from(hex, 'hex')));
    }
  }
  return found;
}

describe('a statement of account as PDF', () => {
  test('it shows every invoice, the total and the buckets in the language of the customer', async () => {
    for (const language of languages) {
      const { bytes } = await files.pdf(aStatement({ language }));
      const text = textOf(bytes);
      expect(text).toContain('INV-20418');
      expect(text).toContain('INV-20500');
      expect(text.join('|')).toContain('Müller & Söhne GmbH (C-0007)');
      expect(text.join('|')).toContain('IBAN DE02 1203 0000 0000 2020 51');
      const total = { en: '4,691.00 EUR', de: '4.691,00 EUR', fr: '4 691,00 EUR', es: '4.691,00 EUR' }[
        language
      ];
      expect(text).toContain(total);
      const folder = process.env.REMY_STATEMENTS_FOLDER;
      if (folder) writeFileSync(`${folder}/statement-${language}.pdf`, bytes);
    }
  });

  test('the same statement gives the same bytes, another one does not', async () => {
    const one = await files.pdf(aStatement());
    const same = await files.pdf(aStatement());
    const other = await files.pdf(aStatement({ total: '4692.00' }));
    expect(Buffer.from(one.bytes).equals(Buffer.from(same.bytes))).toBe(true);
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(false);
    expect(one.name).toBe('statement-C-0007-EUR-2026-08-20.pdf');
  });

  test('long statements have a head on every page and lose no line', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => aRow({ number: `INV-${30_000 + at}` }));
    const text = textOf((await files.pdf(aStatement({ rows }))).bytes);
    for (const { number } of rows) expect(text).toContain(number);
    const pages = text.filter((each) => each.startsWith('Page '));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.at(-1)).toBe(`Page ${pages.length} of ${pages.length}`);
    expect(
      text.filter((each) => each === 'Days ove…' || each.startsWith('Days')).length,
    ).toBeGreaterThanOrEqual(4);
  });

  test('names outside the font are shown by letters near them or a visible mark, never by a gap', async () => {
    expect(printable('Żółć Sp. z o.o.')).toBe('Zólc Sp. z o.o.');
    expect(printable('株式会社レミー')).toBe('?');
    expect(printable('Hoshizora 星空 K.K.')).toBe('Hoshizora ? K.K.');
    expect(printable('Café “Ñandú” – 5 €')).toBe('Café “Ñandú” – 5 €');
    const customer = { code: 'C-9', name: '株式会社レミー' };
    expect(textOf((await files.pdf(aStatement({ customer }))).bytes).join('|')).toContain('? (C-9)');
  });

  test('the largest amounts are shown whole', async () => {
    const rows = [aRow({ amount: '999999999999.99', openAmount: '999999999999.99', number: 'X'.repeat(90) })];
    const text = textOf((await files.pdf(aStatement({ rows }))).bytes);
    expect(text.filter((each) => each === '999,999,999,999.99')).toHaveLength(2);
  });

  test('nothing open is said', async () => {
    const text = textOf((await files.pdf(aStatement({ rows: [], total: '0.00' }))).bytes);
    expect(text).toContain('Nothing is open.');
  });
});

describe('a statement of account as CSV', () => {
  const lines = (over: Partial<Statement>) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(files.csv(aStatement(over)).bytes).split('\r\n');

  test('it has a head in the language, plain decimals, ISO days, and the total', () => {
    expect(lines({ language: 'de' })).toEqual([
      '\ufeffRechnung,Datum,Fällig,Tage überfällig,Ihre Bestellung,Betrag,Offen,Währung',
      'INV-20418,2026-06-12,2026-07-12,39,PO-771,12345.50,2345.50,EUR',
      'INV-20500,2026-06-12,2026-09-01,0,,12345.50,2345.50,EUR',
      'Offener Saldo,,2026-08-20,,,,4691.00,EUR',
      '',
    ]);
  });

  test('a number or order that a spreadsheet would run is text', () => {
    const [, line] = lines({ rows: [aRow({ number: '=HYPERLINK("http://x")', poNumber: '@SUM(A1)' })] });
    expect(line).toMatch(/^"'=HYPERLINK\(""http:\/\/x""\)",.*,'@SUM\(A1\),/);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAdviceText } from '../../../src/connectors/remittance-files/advice-text.ts';
import { createRemittanceFiles } from '../../../src/connectors/remittance-files/index.ts';
import type { Advice } from '../../../src/ports/remittance-files.ts';
import { pdfTable } from './make-pdf.ts';
import { xlsxOf } from './make-xlsx.ts';
import { arbAdvice, expected, plain, type RandomAdvice, sum, tableOf, titles } from './random-advice.ts';

const files = createRemittanceFiles();
const read = (bytes: Uint8Array, name = 'file', mime: string | null = null) =>
  files.read({ name, mime, bytes });

function check(advice: Advice | null, random: RandomAdvice): void {
  const lines = advice?.lines.map(({ document, paid, gross, deduction }) => ({
    document,
    paid,
    gross,
    deduction,
  }));
  expect(lines).toEqual(expected(random));
  expect(advice?.warnings).toEqual([]);
  expect(advice?.total).toBe(random.layout.total ? plain(sum(random.lines, 'paid')) : null);
}

const aligned = (random: RandomAdvice): string => {
  const { headers, rows, right } = tableOf(random);
  const widths = headers.map(
    (header, i) => Math.max(header.length, ...rows.map((row) => row[i]!.length)) + 3,
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => (right[i] ? `${text.padStart(widths[i]! - 2)}  ` : text.padEnd(widths[i]!)))
      .join('');
  return [
    titles[random.layout.language],
    '',
    line(headers),
    ...rows.map(line),
    '',
    'Regards',
    'Accounts Payable',
  ].join('\n');
};

describe('an advice of random layout is read line for line', () => {
  test('as CSV with any delimiter that its numbers allow', async () => {
    await fc.assert(
      fc.asyncProperty(arbAdvice, fc.constantFrom(',', ';', '\t', '|'), async (random, delimiter) => {
        const { headers, rows } = tableOf(random);
        const quoted = (cell: string) => (cell.includes(delimiter) ? `"${cell}"` : cell);
        const text = [headers, ...rows].map((row) => row.map(quoted).join(delimiter)).join('\r\n');
        check(await read(Buffer.from(text)), random);
      }),
      { numRuns: 150 },
    );
  });

  test('as columns aligned by spaces in a mail', () => {
    fc.assert(
      fc.property(arbAdvice, (random) => check(readAdviceText(aligned(random)), random)),
      { numRuns: 200 },
    );
  });

  test('as a table of pipes or pasted with tabs', () => {
    fc.assert(
      fc.property(arbAdvice, fc.constantFrom('|', '\t'), (random, mark) => {
        const { headers, rows } = tableOf(random);
        const text = [headers, ...rows]
          .map((row) => (mark === '|' ? `| ${row.join(' | ')} |` : row.join(mark)))
          .join('\n');
        check(readAdviceText(`${titles[random.layout.language]}\n\n${text}\n`), random);
      }),
      { numRuns: 150 },
    );
  });

  test('as a table in an HTML mail', async () => {
    await fc.assert(
      fc.asyncProperty(arbAdvice, async (random) => {
        const { headers, rows } = tableOf(random);
        const row = (cells: readonly string[], tag: string) =>
          `<tr>${cells.map((cell) => `<${tag}><p>${cell || '&nbsp;'}</p></${tag}>`).join('')}</tr>`;
        const html = `<html><body><div>${titles[random.layout.language]}</div><table><tr><td><table>${row(headers, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table></td></tr></table></body></html>`;
        check(await read(Buffer.from(html)), random);
      }),
      { numRuns: 100 },
    );
  });

  test('as a spreadsheet with numbers in its cells', async () => {
    await fc.assert(
      fc.asyncProperty(arbAdvice, async (random) => {
        const { headers, rows } = tableOf({
          ...random,
          layout: { ...random.layout, format: { decimal: '.', group: '' }, creditStyle: 'minus' },
        });
        const numeric = (cell: string) =>
          /^-?\d+\.\d\d$/.test(cell) ? { number: String(Number(cell)) } : cell;
        check(
          await read(
            xlsxOf([[titles[random.layout.language]], [], headers, ...rows.map((row) => row.map(numeric))]),
          ),
          random,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('as a PDF of several pages', async () => {
    await fc.assert(
      fc.asyncProperty(arbAdvice, fc.integer({ min: 3, max: 30 }), async (random, rowsPerPage) => {
        const table = tableOf(random);
        check(
          await read(
            await pdfTable({
              above: [titles[random.layout.language], 'Acme Payables'],
              ...table,
              rowsPerPage,
            }),
          ),
          random,
        );
      }),
      { numRuns: 12 },
    );
  });
});

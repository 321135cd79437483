/** The statement as PDF: A4, standard fonts only, so that nothing has to be shipped. */
import PDFDocument from 'pdfkit';
import { letterAmount, letterDay, letterFigure } from '../../domain/proposal/letter-format.ts';
import { withoutInvisible } from '../../domain/visible-text.ts';
import type { Statement, StatementRow } from '../../ports/statements.ts';
import { printable, type StatementWords, statementWords } from './words.ts';

const MARGIN = 48;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN - 24;
const ROW = 17;
const GREY = '#5b6470';
const LINE = '#d4d9df';
const INK = '#16202b';

type Doc = InstanceType<typeof PDFDocument>;
type Column = {
  readonly key: keyof StatementWords['columns'];
  readonly width: number;
  readonly right: boolean;
  readonly text: (row: StatementRow) => string;
};

const oneLine = (text: string): string => printable(withoutInvisible(text).replace(/\s+/gu, ' ').trim());

function columnsOf({ language }: Statement): Column[] {
  const day = (value: string): string => letterDay(value, language);
  return [
    { key: 'number', width: 78, right: false, text: (row) => oneLine(row.number) },
    { key: 'issued', width: 84, right: false, text: (row) => day(row.issuedOn) },
    { key: 'due', width: 84, right: false, text: (row) => day(row.dueOn) },
    {
      key: 'days',
      width: 52,
      right: true,
      text: (row) => (row.daysOverdue > 0 ? String(row.daysOverdue) : ''),
    },
    { key: 'order', width: 63, right: false, text: (row) => oneLine(row.poNumber ?? '') },
    { key: 'amount', width: 69, right: true, text: (row) => letterFigure(row.amount, language) },
    { key: 'open', width: 69, right: true, text: (row) => letterFigure(row.openAmount, language) },
  ];
}

/** The text cut so that it fits; a figure or a day is never cut, it gets a smaller size. */
function fitted(doc: Doc, text: string, width: number, whole: boolean): { text: string; size: number } {
  let size = 8.5;
  const wide = (value: string): boolean => doc.fontSize(size).widthOfString(value) > width;
  if (whole) {
    while (wide(text) && size > 5) size -= 0.25;
    return { text, size };
  }
  if (!wide(text)) return { text, size };
  let cut = text;
  while (cut.length > 1 && wide(`${cut}…`)) cut = cut.slice(0, -1);
  return { text: `${cut}…`, size };
}

/** One line of cells. */
function line(doc: Doc, columns: readonly Column[], y: number, textOf: (column: Column) => string): void {
  let x = MARGIN;
  for (const column of columns) {
    const inner = column.width - 6;
    const whole = column.right || column.key === 'issued' || column.key === 'due';
    const cell = fitted(doc, textOf(column), inner, whole);
    doc.fontSize(cell.size).text(cell.text, x, y, {
      width: inner,
      align: column.right ? 'right' : 'left',
      lineBreak: false,
    });
    x += column.width;
  }
}

const rule = (doc: Doc, y: number): void => {
  doc
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.6)
    .strokeColor(LINE)
    .stroke();
};

function head(doc: Doc, statement: Statement, words: StatementWords): number {
  const { company, customer } = statement;
  doc
    .font('Helvetica-Bold')
    .fontSize(11)
    .fillColor(INK)
    .text(oneLine(company.name), MARGIN, MARGIN, { width: WIDTH });
  const reach = [company.address, company.phone].filter((each) => each !== null).join(' · ');
  doc.font('Helvetica').fontSize(8.5).fillColor(GREY).text(printable(reach), { width: WIDTH });
  doc.moveDown(2).font('Helvetica-Bold').fontSize(18).fillColor(INK).text(words.title, { width: WIDTH });
  doc.moveDown(0.4).font('Helvetica').fontSize(9.5).fillColor(INK);
  const facts = [
    [words.customer, `${oneLine(customer.name)} (${oneLine(customer.code)})`],
    [words.asOf, letterDay(statement.asOf, statement.language)],
    [words.currency, statement.currency],
  ] as const;
  for (const [label, value] of facts) {
    const y = doc.y;
    doc.fillColor(GREY).text(label, MARGIN, y, { width: 80, lineBreak: false });
    doc.fillColor(INK).text(value, MARGIN + 84, y, { width: WIDTH - 84 });
  }
  return doc.y + 14;
}

function tableHead(doc: Doc, columns: readonly Column[], words: StatementWords, y: number): number {
  doc.font('Helvetica-Bold').fillColor(GREY);
  line(doc, columns, y, ({ key }) =>
    key === 'days' || key === 'order' ? words.short[key] : words.columns[key],
  );
  rule(doc, y + ROW - 4);
  doc.font('Helvetica').fillColor(INK);
  return y + ROW + 1;
}

/** A page that has no room for so much more is ended. */
function room(doc: Doc, y: number, height: number): number {
  if (y + height <= BOTTOM) return y;
  doc.addPage();
  return MARGIN;
}

function table(doc: Doc, statement: Statement, words: StatementWords, from: number): number {
  const columns = columnsOf(statement);
  let y = tableHead(doc, columns, words, from);
  if (statement.rows.length === 0) {
    doc.fontSize(9).text(words.nothing, MARGIN, y, { width: WIDTH });
    y += ROW;
  }
  for (const row of statement.rows) {
    const next = room(doc, y, ROW);
    if (next !== y) y = tableHead(doc, columns, words, next);
    line(doc, columns, y, (column) => column.text(row));
    y += ROW;
  }
  rule(doc, y - 2);
  return y + 6;
}

function totals(doc: Doc, statement: Statement, words: StatementWords, from: number): number {
  const { language, currency, aging } = statement;
  let y = room(doc, from, 100);
  doc.font('Helvetica-Bold').fontSize(10.5).fillColor(INK);
  doc.text(words.total, MARGIN, y, { width: WIDTH / 2, lineBreak: false });
  doc.text(letterAmount(statement.total, currency, language), MARGIN + WIDTH / 2, y, {
    width: WIDTH / 2 - 6,
    align: 'right',
    lineBreak: false,
  });
  y += 30;
  doc
    .fontSize(8.5)
    .fillColor(GREY)
    .text(`${words.aging} (${currency})`, MARGIN, y, { width: WIDTH, lineBreak: false });
  y += 15;
  const width = WIDTH / Math.max(1, aging.length);
  aging.forEach(({ bucket, amount }, at) => {
    const x = MARGIN + at * width;
    doc.font('Helvetica').fontSize(8.5).fillColor(GREY);
    doc.text(words.buckets[bucket] ?? bucket, x, y, { width: width - 6, lineBreak: false });
    doc
      .fillColor(INK)
      .text(letterFigure(amount, language), x, y + 12, { width: width - 6, lineBreak: false });
  });
  return y + 40;
}

function payment(doc: Doc, { paymentInstructions }: Statement, words: StatementWords, from: number): void {
  if (!paymentInstructions) return;
  const y = room(doc, from, 60);
  doc.font('Helvetica-Bold').fontSize(9).fillColor(INK).text(words.pay, MARGIN, y, { width: WIDTH });
  const text = withoutInvisible(paymentInstructions).split('\n').map(printable).join('\n');
  doc.moveDown(0.2).font('Helvetica').fontSize(9).text(text, { width: WIDTH });
}

function pageNumbers(doc: Doc, words: StatementWords): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    doc.page.margins.bottom = 0; // below the margin a text would begin a page of its own
    doc.font('Helvetica').fontSize(8).fillColor(GREY);
    doc.text(words.page(page - start + 1, count), MARGIN, 841.89 - MARGIN, {
      width: WIDTH,
      align: 'right',
      lineBreak: false,
    });
  }
}

/** The same statement gives the same bytes: the file's own date is the day of the statement. */
export function statementPdf(statement: Statement): Promise<Uint8Array> {
  const words = statementWords[statement.language];
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: statement.language,
    info: {
      Title: `${words.title} ${printable(statement.customer.code)} ${statement.asOf}`,
      Author: oneLine(statement.company.name),
      CreationDate: new Date(`${statement.asOf}T00:00:00Z`),
      ModDate: new Date(`${statement.asOf}T00:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  const written = new Promise<Uint8Array>((done, fail) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => done(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', fail);
  });
  const y = totals(doc, statement, words, table(doc, statement, words, head(doc, statement, words)));
  payment(doc, statement, words, y);
  pageNumbers(doc, words);
  doc.end();
  return written;
}

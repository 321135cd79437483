/** PDFs as programs of payers print them: texts at places, pages with their own header. */
import PDFDocument from 'pdfkit';

type Document = InstanceType<typeof PDFDocument>;

/** Draws with the given function and hands out the bytes. */
export function pdfOf(
  draw: (document: Document) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ size: 'A4', margin: 40, ...options });
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    draw(document);
    document.end();
  });
}

export type PdfTable = {
  readonly above: readonly string[];
  readonly headers: readonly string[];
  /** True for columns that stand at the right, as amounts do. */
  readonly right: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
  readonly rowsPerPage: number;
};

/** A table whose header is printed again on each page, with page numbers below. */
export const pdfTable = ({ above, headers, right, rows, rowsPerPage }: PdfTable): Promise<Uint8Array> =>
  pdfOf((document) => {
    const width = 515 / headers.length;
    const row = (cells: readonly string[], y: number) => {
      cells.forEach((text, i) => {
        if (text === '') return;
        const size = document.widthOfString(text);
        document.text(text, 40 + i * width + (right[i] ? width - 12 - size : 0), y, { lineBreak: false });
      });
    };
    document.fontSize(8);
    for (let from = 0, page = 1; from < rows.length; from += rowsPerPage, page++) {
      if (page > 1) document.addPage();
      let y = 40;
      for (const line of page === 1 ? above : [above[0] ?? '']) {
        document.text(line, 40, y, { lineBreak: false });
        y += 14;
      }
      y += 10;
      row(headers, y);
      for (const cells of rows.slice(from, from + rowsPerPage)) {
        y += 14;
        row(cells, y);
      }
      document.text(`Page ${page}`, 280, 790, { lineBreak: false });
    }
  });

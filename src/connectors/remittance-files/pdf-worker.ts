/** Runs in a thread of its own, which is ended when it takes too long: the texts of a PDF with where they stand. */
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { unpacksTooFar } from './pdf-bombs.ts';

export type PdfText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
};
export type PdfAnswer =
  | { readonly pages: readonly (readonly PdfText[])[]; readonly more: number }
  | { readonly refused: 'password' | 'bomb' | 'damaged'; readonly detail: string };

export type PdfOrder = { readonly bytes: Uint8Array; readonly mostPages: number; readonly mostTexts: number };

type Placed = { str?: string; transform?: number[]; width?: number };
type Transform = (a: number[], b: number[]) => number[];

/** Text that can be seen: upright, large enough, on the page. */
function seen(
  item: Placed,
  viewport: { transform: number[]; width: number; height: number },
  transform: Transform,
): PdfText | null {
  if (!item.str?.trim() || !item.transform) return null;
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform(viewport.transform, item.transform);
  const size = Math.hypot(c, d);
  const turned = Math.abs(b) > Math.abs(a) * 0.3 || a < 0;
  const outside = x < -size || y < 0 || x > viewport.width || y > viewport.height + size;
  return turned || outside || size < 2 ? null : { text: item.str, x, y, width: item.width ?? 0, size };
}

async function textsOf({ bytes, mostPages, mostTexts }: PdfOrder): Promise<PdfAnswer> {
  if (unpacksTooFar(bytes)) return { refused: 'bomb', detail: '' };
  const { Util } = await getResolvedPDFJS();
  const document = await getDocumentProxy(bytes, {
    verbosity: 0,
    enableXfa: false,
    maxImageSize: 4_000_000,
    useWorkerFetch: false,
    disableAutoFetch: true,
  });
  const pages: PdfText[][] = [];
  let texts = 0;
  for (let number = 1; number <= Math.min(document.numPages, mostPages) && texts < mostTexts; number++) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const found = (items as Placed[])
      .map((item) => seen(item, viewport, Util.transform as Transform))
      .filter((text) => text !== null);
    texts += found.length;
    pages.push(found);
    page.cleanup();
  }
  return { pages, more: document.numPages - pages.length };
}

textsOf(workerData as PdfOrder)
  .catch(
    (error: Error): PdfAnswer => ({
      refused: /password/i.test(error.name + error.message) ? 'password' : 'damaged',
      detail: error.message.slice(0, 200),
    }),
  )
  .then((answer) => parentPort?.postMessage(answer));

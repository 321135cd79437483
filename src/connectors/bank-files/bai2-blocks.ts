/** BAI2 without line ends: records in blocks of a fixed width, or one after the other. */

const START = /^(?:01|02|03|16|49|88|98|99),/;
/** A file whose beginning has no line end in so many characters has none. */
const LOOK = 2_000;

/** Width of the blocks, where every block of the beginning starts a record; 0 when there is none. */
function blockWidth(head: string): number {
  const stated = Number(/^\s*01(?:,[^,]*){5},\s*(\d+)/.exec(head)?.[1]);
  const widths = [stated, 80].filter((width) => width >= 20);
  return (
    widths.find((width) => {
      for (let at = 0; at < head.length && at < LOOK; at += width)
        if (!START.test(head.slice(at))) return false;
      return true;
    }) ?? 0
  );
}

async function* cut(text: AsyncIterable<string>, width: number): AsyncGenerator<string> {
  let held = '';
  for await (const piece of text) {
    held += piece;
    let out = '';
    let at = 0;
    for (; at + width <= held.length; at += width) out += `${held.slice(at, at + width)}\n`;
    held = held.slice(at);
    if (out) yield out;
  }
  if (held) yield held;
}

/** A slash, blanks and a record code begin a new line. The end of a piece waits for what follows it. */
async function* split(text: AsyncIterable<string>): AsyncGenerator<string> {
  const lines = (part: string) => part.replace(/\/\s*(?=(?:02|03|16|49|88|98|99),)/g, '/\n');
  let held = '';
  for await (const piece of text) {
    held += piece;
    const safe = held.lastIndexOf('/', held.length - 200);
    if (safe <= 0) continue;
    yield lines(held.slice(0, safe));
    held = held.slice(safe);
  }
  if (held) yield lines(held);
}

/** The text with a line for each record, as most files have it from the start. */
export function unblock(text: AsyncIterable<string>, head: string): AsyncIterable<string> {
  const start = head.trim().replace(/\r\n?/g, '\n');
  if (start.slice(0, LOOK).includes('\n')) return text;
  const width = blockWidth(start);
  return width > 0 ? cut(text, width) : split(text);
}

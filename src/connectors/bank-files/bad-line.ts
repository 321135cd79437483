/** A line of a statement that cannot be read; the reader names it and goes on with the next one. */
export class BadLineError extends Error {}

/** A piece of the file for a message: short, on one line, in quotes. */
export function quote(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return `"${plain.length > 40 ? `${plain.slice(0, 39)}…` : plain}"`;
}

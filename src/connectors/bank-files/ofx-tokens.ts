/**
 * Tags and text of OFX, whether SGML (leaves without end tags) or XML; some banks mix them.
 * Source: OFX specification 1.6, section 2.3, and 2.2.
 */
import { InvalidInputError } from '../../domain/errors.ts';

export type OfxToken =
  | { readonly kind: 'open'; readonly name: string; readonly line: number }
  | { readonly kind: 'close'; readonly name: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string };

const MAX_FIELD = 64 * 1024;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[String(name).toLowerCase()] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      ? String.fromCodePoint(code)
      : ' ';
  });
}

const refuseDeclaration = (): InvalidInputError =>
  new InvalidInputError(
    'it has a DOCTYPE or an entity declaration, which bank files do not have; it was not read',
  );

/** Anything that looks like a tag; a lone `<` in a text is a character. */
const TAG =
  /<(?:(\/?)([A-Za-z][A-Za-z0-9._]*)\s*(\/?)>|!\[CDATA\[([\s\S]*?)\]\]>|!--[\s\S]*?-->|\?[\s\S]*?\?>|!(?:DOCTYPE|ENTITY)\b)/gi;

export class OfxTokenizer {
  private held = '';
  private line = 1;

  /** Tokens of the next piece of text; what may go on in the following piece is kept back. */
  write(piece: string): OfxToken[] {
    const text = this.held + piece;
    const whole = this.wholeUntil(text);
    this.held = text.slice(whole);
    if (this.held.length > MAX_FIELD) throw this.tooLong();
    return this.scan(text.slice(0, whole));
  }

  end(): OfxToken[] {
    const text = this.held;
    this.held = '';
    return this.scan(text);
  }

  /** Where the last tag begins, or the section or comment that is open there: from it on the text may go on. */
  private wholeUntil(text: string): number {
    let last = text.lastIndexOf('<');
    for (const [begin, end] of [
      ['<![CDATA[', ']]>'],
      ['<!--', '-->'],
    ] as const) {
      const at = text.lastIndexOf(begin);
      const closed = at < 0 ? -1 : text.indexOf(end, at);
      if (at >= 0 && at < last && (closed < 0 || closed > last)) last = at;
    }
    return Math.max(0, last);
  }

  private tooLong(): InvalidInputError {
    return new InvalidInputError(
      `a field after line ${this.line} has more than ${MAX_FIELD} characters, which no bank writes; it was not read`,
    );
  }

  private scan(text: string): OfxToken[] {
    const tokens: OfxToken[] = [];
    let from = 0;
    const words = (to: number) => {
      const part = text.slice(from, to);
      if (part.length > MAX_FIELD) throw this.tooLong();
      if (part.trim() !== '') tokens.push({ kind: 'text', text: decodeEntities(part) });
      this.count(part);
    };
    for (const found of text.matchAll(TAG)) {
      words(found.index);
      from = found.index + found[0].length;
      const [whole, slash, name, empty, cdata] = found;
      if (/^<!(DOCTYPE|ENTITY)/i.test(whole)) throw refuseDeclaration();
      if (cdata !== undefined) tokens.push({ kind: 'text', text: cdata });
      if (name) {
        const upper = name.toUpperCase();
        tokens.push({ kind: slash ? 'close' : 'open', name: upper, line: this.line });
        if (empty) tokens.push({ kind: 'close', name: upper, line: this.line });
      }
      this.count(whole);
    }
    words(text.length);
    return tokens;
  }

  private count(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line++;
  }
}

/** Finds phrases in a token list and marks them as explained, so that what nobody explained stays visible. */
import type { Token } from './tokens.ts';

export type Span = { from: number; to: number };
type Use = (match: RegExpExecArray, span: Span) => unknown;

const compiled = new WeakMap<RegExp, RegExp>();
/** The pattern between word boundaries; the text begins and ends with a space, so its anchors are moved there. */
const bounded = (pattern: RegExp): RegExp => {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern.source.replace(/^\^/, '(?<=^ )').replace(/(?<![[\\])\$/g, '(?= $)');
  const made = new RegExp(`(?<= )(?:${source})(?= )`, 'g');
  compiled.set(pattern, made);
  return made;
};

/** Explained tokens read as "_", customers' names and document numbers as "@". */
const shown = (token: Token): string =>
  token.by === null ? token.word : token.by === 'name' || token.by === 'number' ? '@' : '_';

export class Scanner {
  readonly tokens: Token[];
  private text = ' ';
  private starts: number[] = [];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
    this.rebuild();
  }

  private rebuild(): void {
    this.text = ' ';
    this.starts = this.tokens.map((token) => {
      const at = this.text.length;
      this.text += `${shown(token)} `;
      return at;
    });
  }

  /** The unexplained text as the patterns see it. */
  get rest(): string {
    return this.text.trim();
  }

  has(pattern: RegExp): boolean {
    const bound = bounded(pattern);
    bound.lastIndex = 0;
    return bound.test(this.text);
  }

  /**
   * Calls `use` for every place the pattern fits with a word that is still unexplained, and marks its words as explained by `rule`,
   * unless `use` returns false. Returns whether anything was marked.
   */
  take(rule: string, pattern: RegExp, use: Use = () => true): boolean {
    const bound = bounded(pattern);
    let taken = false;
    let from = 0;
    for (;;) {
      bound.lastIndex = from;
      const match = bound.exec(this.text);
      if (!match) return taken;
      const end = match.index + match[0].length;
      const first = this.starts.findIndex((start) => start >= match.index);
      const after = this.starts.findIndex((start) => start > end);
      const span = { from: first, to: after < 0 ? this.tokens.length : after };
      const fresh = this.tokens.slice(span.from, span.to).some((token) => token.by === null);
      if (!fresh || use(match, span) === false) {
        from = match.index + 1;
        continue;
      }
      for (let index = span.from; index < span.to; index += 1) {
        const token = this.tokens[index]!;
        if (token.by === null) token.by = rule;
      }
      taken = true;
      from = 0;
      this.rebuild();
    }
  }

  /** Takes the tokens of a span out of the grammar's sight. */
  reserve(span: Span, by: string): void {
    for (let index = span.from; index < span.to; index += 1) this.tokens[index]!.by = by;
    this.rebuild();
  }
}

/** Finds phrases in a token list and marks them as explained, so that what nobody explained stays visible. */
import type { Token } from './tokens.ts';

export type Span = { from: number; to: number };
type Use = (match: RegExpExecArray, span: Span) => unknown;

/** By source: rules build many patterns anew in every call. */
const compiled = new Map<string, RegExp>();
/** The pattern between word boundaries; the text begins and ends with a space, so its anchors are moved there. */
const bounded = (pattern: RegExp): RegExp => {
  const known = compiled.get(pattern.source);
  if (known) return known;
  const source = pattern.source.replace(/^\^/, '(?<=^ )').replace(/(?<![[\\])\$/g, '(?= $)');
  const made = new RegExp(`(?<= )(?:${source})(?= )`, 'g');
  compiled.set(pattern.source, made);
  return made;
};

/** Explained tokens read as "_", customers' names and document numbers as "@". */
const shown = (token: Token): string =>
  token.by === null ? token.word : token.by === 'name' || token.by === 'number' ? '@' : '_';

export class Scanner {
  readonly tokens: Token[];
  private text = ' ';
  private starts: number[] = [];
  private folded: { from: number; to: number; words: string }[] = [];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
    this.rebuild();
  }

  /**
   * Shows each unexplained place of the pattern as one stand-in word ("§0"), so that longer patterns need not repeat
   * it. `expand` gives the words back; `unfold` ends it.
   */
  foldPhrases(pattern: RegExp): void {
    this.unfold();
    const bound = bounded(pattern);
    bound.lastIndex = 0;
    for (const match of this.text.matchAll(bound)) {
      const from = this.starts.findIndex((start) => start >= match.index);
      const after = this.starts.findIndex((start) => start > match.index + match[0].length);
      const to = after < 0 ? this.tokens.length : after;
      this.folded.push({ from, to, words: match[0] });
    }
    this.rebuild();
  }

  unfold(): void {
    this.folded = [];
    this.rebuild();
  }

  expand(text: string): string {
    return text.replace(/§(\d+)/g, (_, index) => this.folded[Number(index)]!.words);
  }

  private rebuild(): void {
    this.text = ' ';
    this.starts = this.tokens.map((token, index) => {
      const at = this.text.length;
      const place = this.folded.findIndex(({ from, to }) => index >= from && index < to);
      const phrase = this.folded[place];
      if (phrase && this.tokens.slice(phrase.from, phrase.to).every((each) => each.by === null)) {
        if (index === phrase.from) this.text += `§${place} `;
        return index === phrase.from ? at : at - `§${place} `.length;
      }
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

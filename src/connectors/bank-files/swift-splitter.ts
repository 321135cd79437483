/** Lines of MT940 and MT942 to tagged fields and message ends. */
import type { TextLine } from './text-stream.ts';

export type SwiftField = {
  /** `20`, `60F`, `61`, ..., `NS`. */
  readonly tag: string;
  readonly lines: string[];
  readonly line: number;
  /** The file ends in the middle of it, as far as one can see. */
  cut: boolean;
};

export type SwiftToken = { readonly kind: 'field'; readonly field: SwiftField } | { readonly kind: 'end' };

/** Only these begin a field: a text may hold a line that begins with `:12:11`. */
const TAG = /^:(20|21|25P?|28C?|60[FM]?|61|86|62[FM]?|64|65|34F|13D?|90[CD]|NS):(.*)$/s;

// biome-ignore lint/suspicious/noControlCharactersInRegex: transmission marks that banks leave around messages
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/g;

/** Gives fields when they are whole, which is when the next one begins. */
export class SwiftSplitter {
  private field: SwiftField | null = null;
  /** The closing balance was read: a lone dash ends the message rather than being text. */
  private closing = false;

  next(line: TextLine): SwiftToken[] {
    const text = line.text.replace(CONTROLS, '');
    const body = /^(-\})?\s*\{[1-4]:/.test(text) ? text.indexOf('{4:') : -1;
    if (body >= 0) return [...this.finish(), ...this.begin(text.slice(body + 3).trimStart(), line)];
    if (/^-\}/.test(text) || (/^-\s*$/.test(text) && (this.closing || !this.inText))) return this.finish();
    if (/^\{[1235]:/.test(text)) return [];
    const tag = TAG.exec(text);
    if (tag) return this.begin(text, line);
    if (this.field) {
      this.field.lines.push(text);
      this.field.cut = !line.ended;
    }
    return [];
  }

  end(): SwiftToken[] {
    return this.take();
  }

  private get inText(): boolean {
    return this.field?.tag === '86';
  }

  private begin(text: string, line: TextLine): SwiftToken[] {
    const done = this.take();
    const tag = TAG.exec(text);
    if (!tag) return done;
    this.field = { tag: tag[1]!, lines: [tag[2]!], line: line.number, cut: !line.ended };
    if (tag[1] === '20') this.closing = false;
    if (/^(62|90|34F)/.test(tag[1]!)) this.closing = true;
    return done;
  }

  private take(): SwiftToken[] {
    const { field } = this;
    this.field = null;
    return field ? [{ kind: 'field', field }] : [];
  }

  private finish(): SwiftToken[] {
    this.closing = false;
    return [...this.take(), { kind: 'end' }];
  }
}

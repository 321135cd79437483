/** What the readers of line-based formats have in common. */
import type { TextLine } from './text-stream.ts';

export interface LineReader {
  line(line: TextLine): void;
  end(): void;
}

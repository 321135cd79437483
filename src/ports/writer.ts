/** Writes the prose of a letter from typed facts. Figures, days, numbers and links stay placeholders. */
import type { LetterFacts, LetterProse } from '../domain/chase/drafting.ts';

export type WrittenLetter = LetterProse & {
  /** `templates`, or the model that wrote it. */
  readonly model: string;
  readonly promptVersion: string;
};

export type Writer = {
  /** Never throws for a model's fault: the templates write then. `wish` is the asking person's, never outside text. */
  write(facts: LetterFacts, wish: string | null): Promise<WrittenLetter>;
};

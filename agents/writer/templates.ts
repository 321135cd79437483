/** The writer that needs no model: letters from the parts in prompts/letters, chosen by the facts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { composeLetter } from '../../prompts/letters/compose.ts';
import type { LetterFacts, LetterProse } from '../../src/domain/chase/drafting.ts';
import { letterValues } from '../../src/domain/proposal/letter-values.ts';
import type { Writer } from '../../src/ports/writer.ts';

const files = ['parts', 'compose', 'en', 'de', 'fr', 'es'];

/** Twelve hex digits over the texts: the same letters have the same version. */
export const textVersion = (texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\0'), 'utf8').digest('hex').slice(0, 12);

const version = textVersion(
  files.map((name) => readFileSync(new URL(`../../prompts/letters/${name}.ts`, import.meta.url), 'utf8')),
);

export const proseFromTemplates = (facts: LetterFacts): LetterProse =>
  composeLetter({
    letter: facts.letter,
    tone: facts.tone,
    language: facts.language,
    shorter: facts.shorter,
    mentionPo: facts.mentionPo,
    invoices: facts.invoices.length,
    lateInvoices: facts.invoices.filter((each) => each.daysOverdue > 0).length,
    reminded: facts.chasesSoFar > 0,
    known: new Set<string>(letterValues(facts).keys()),
  });

/** A person's own words beyond tone, length, language and PO are for a model; templates cannot follow them. */
export const createTemplateWriter = (): Writer => ({
  write: async (facts) => ({ ...proseFromTemplates(facts), model: 'templates', promptVersion: version }),
});

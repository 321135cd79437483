/** The writer over a language model: no tools, no names, no figures; what it writes is checked before it is used. */
import { readFileSync } from 'node:fs';
import type { AIMessage } from '@langchain/core/messages';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { z } from 'zod';
import { type LetterFacts, type LetterProse, letterProse } from '../../src/domain/chase/drafting.ts';
import { InvalidInputError } from '../../src/domain/errors.ts';
import { checkProse, requiredPlaceholders } from '../../src/domain/proposal/letter-prose.ts';
import { letterValues } from '../../src/domain/proposal/letter-values.ts';
import { withoutInvisible } from '../../src/domain/visible-text.ts';
import type { Writer } from '../../src/ports/writer.ts';
import { assertUsableReply, createAnthropicModel } from '../anthropic-model.ts';
import { textVersion } from './templates.ts';

export type WriterSettings = {
  readonly model: string;
  readonly apiKey: string;
  readonly baseUrl?: string | undefined;
  /** Writes when the model does not. */
  readonly templates: Writer;
  /** Why the templates wrote instead; for the log. */
  readonly onFallback?: (error: unknown) => void;
  /** The longest a letter may take in milliseconds; default 20 seconds. */
  readonly timeoutMs?: number;
};

const prompt = readFileSync(new URL('../../prompts/writer.md', import.meta.url), 'utf8');
const version = textVersion([prompt]);
const LONGEST_BODY = 6000;

const bounded = letterProse.extend({
  subject: z.string().trim().min(1).max(300),
  body: z.string().trim().min(1).max(LONGEST_BODY),
});

/** What the model sees: kinds and counts, which placeholders there are, and the wish of the person who asked. */
function taskOf(facts: LetterFacts, wish: string | null): string {
  const late = facts.invoices.filter((each) => each.daysOverdue > 0).length;
  return JSON.stringify({
    letter: facts.letter,
    tone: facts.tone,
    language: facts.language,
    shorter: facts.shorter,
    mentionPo: facts.mentionPo,
    invoices: facts.invoices.length === 0 ? 'no' : facts.invoices.length === 1 ? 'one' : 'several',
    late: late === 0 ? 'none' : late === facts.invoices.length ? 'all' : 'some',
    reminded: facts.chasesSoFar > 0,
    placeholders: [...letterValues(facts).keys()],
    required: requiredPlaceholders(facts),
    wish: wish === null ? null : withoutInvisible(wish.slice(0, 2000)),
  });
}

/** Throws: SyntaxError, ZodError when the reply is not the asked object. A code fence around it is taken off. */
function proseOf(reply: string): LetterProse {
  const text = reply.trim().replace(/^```(?:json)?\s*\n|\n```$/g, '');
  const { subject, body } = bounded.parse(JSON.parse(text));
  const tidy = withoutInvisible(body)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { subject: withoutInvisible(subject).replace(/\s+/g, ' ').trim(), body: tidy };
}

/** Falls back on the templates for any fault of the model, and when its prose breaks a rule. */
export function createModelWriter(settings: WriterSettings): Writer {
  const timeoutMs = settings.timeoutMs ?? 20_000;
  const { model, apiKey, baseUrl } = settings;
  const chat = createAnthropicModel({ model, apiKey, baseUrl, maxRetries: 1, timeoutMs, maxTokens: 2000 });
  const system = new SystemMessage(prompt);
  const ask = async (facts: LetterFacts, wish: string | null): Promise<LetterProse> => {
    const reply = (await chat.invoke([system, new HumanMessage(taskOf(facts, wish))], {
      signal: AbortSignal.timeout(timeoutMs),
    })) as AIMessage;
    assertUsableReply(reply);
    const prose = proseOf(reply.text);
    const problems = checkProse(prose, facts);
    if (problems.length > 0)
      throw new InvalidInputError(`The model's letter was refused: ${problems.join('; ')}`);
    return prose;
  };
  return {
    write: async (facts, wish) => {
      try {
        return { ...(await ask(facts, wish)), model, promptVersion: version };
      } catch (error) {
        settings.onFallback?.(error);
        return settings.templates.write(facts, wish);
      }
    },
  };
}

/**
 * Holds an answer to the rule that the model never computes: each of its figures must stand in the outputs of the
 * tools that this turn called, or in the person's own question.
 */

import { ONE, type Scaled } from './decimal.ts';
import { ANY_CURRENCY, Evidence, wordsBeside } from './evidence.ts';
import { extractFigures } from './extract.ts';
import { type Figure, identifierKey, type NumberReading } from './figure.ts';
import { plainText } from './plain-text.ts';
import type { Pool } from './pool.ts';
import { addOutput } from './read-outputs.ts';

export type FigureEvidence = {
  /** What the tools of this turn gave, as data or as JSON text. */
  readonly toolOutputs: readonly unknown[];
  readonly question: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
};
export type FigureCheck = { readonly ok: boolean; readonly unsupported: string[] };

const MAX_REPORTED = 50;

/** The evidence of each output by itself, kept while the output lives: a turn checks line by line as it streams. */
const known = new WeakMap<object, Evidence>();

function evidenceOf(output: unknown): Evidence {
  const cached = typeof output === 'object' && output !== null ? known.get(output) : undefined;
  if (cached) return cached;
  const evidence = new Evidence();
  addOutput(evidence, output);
  if (typeof output === 'object' && output !== null) known.set(output, evidence);
  return evidence;
}

const gather = ({ toolOutputs, question, today }: FigureEvidence): Evidence[] => {
  const asked = new Evidence();
  asked.addDay(today);
  asked.addText(question, true);
  return [asked, ...toolOutputs.map(evidenceOf)];
};

const inPool = (pool: Pool, { value, roundedTo }: NumberReading): boolean =>
  pool.has(value) || (roundedTo !== null && pool.hasRounded(value, roundedTo));

function readingHolds(evidence: Evidence, reading: NumberReading): boolean {
  if (reading.unit === 'plain') {
    for (const pool of evidence.allPools()) if (inPool(pool, reading)) return true;
    return false;
  }
  if (reading.unit !== 'money') return inPool(evidence.pool(reading.unit), reading);
  return [...reading.currencies, ANY_CURRENCY].some((code) => inPool(evidence.pool('money', code), reading));
}

type Case = { readonly text: string; readonly evidence: readonly Evidence[] };

const anyHolds = ({ evidence }: Case, readings: readonly NumberReading[]): boolean =>
  readings.some((reading) => evidence.some((each) => readingHolds(each, reading)));

const inName = ({ text, evidence }: Case, figure: { start: number; digits: string }): boolean => {
  const { before, after } = wordsBeside(text, figure);
  return evidence.some(
    ({ inNames }) => inNames.has(`${before}|${figure.digits}`) || inNames.has(`${figure.digits}|${after}`),
  );
};

const partsHold = (given: Case, figure: Extract<Figure, { kind: 'number' }>): boolean =>
  figure.parts.length > 0 &&
  figure.parts.every(
    ({ digits, readings }, index) =>
      anyHolds(given, readings) || (index === 0 && inName(given, { start: figure.start, digits })),
  );

const isRank = ({ evidence }: Case, value: Scaled): boolean =>
  value > 0n && evidence.some(({ longestList }) => value <= BigInt(longestList) * ONE);

function holds(given: Case, figure: Figure): boolean {
  const { evidence } = given;
  const identified = (key: string) => evidence.some(({ identifiers }) => identifiers.has(key));
  const dated = (day: string) => evidence.some(({ days }) => days.has(day));
  if (identified(identifierKey(figure.text))) return true;
  switch (figure.kind) {
    case 'identifier':
      return identified(figure.key);
    case 'date':
      return figure.dates.every((each) => each.split('|').some(dated));
    case 'ordinal':
      return dated(figure.day) || isRank(given, figure.value);
    case 'range':
      return (
        evidence.some(({ ranges }) => ranges.has(figure.key)) ||
        figure.ends.every((end) => anyHolds(given, end))
      );
    case 'number':
      return anyHolds(given, figure.readings) || partsHold(given, figure) || inName(given, figure);
    case 'unreadable':
      return false;
  }
}

/**
 * Checks every figure of an answer. An amount must have an equal value in the evidence, in the same currency where the
 * answer names one; a rounded form ("1.2m", "about 43 %") must be what a value of the evidence rounds to; percents,
 * day counts and counts must be such there; a day must be a day of the evidence, a name's or document's number a part
 * of it. Numbers of a list are free. What the model added up itself is a value that nothing supports.
 *
 * Cost: linear in answer and evidence; outputs must not change between calls. `unsupported` holds the figures as
 * written, without repeats, at most 50.
 */
export function checkFigures(answer: string, given: FigureEvidence): FigureCheck {
  const text = plainText(answer);
  const figures = extractFigures(text);
  if (figures.length === 0) return { ok: true, unsupported: [] };
  const evidence = gather(given);
  const unsupported = new Set<string>();
  for (const figure of figures)
    if (unsupported.size < MAX_REPORTED && !holds({ text, evidence }, figure)) unsupported.add(figure.text);
  return { ok: unsupported.size === 0, unsupported: [...unsupported] };
}

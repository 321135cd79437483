/** Whether prose may become a letter: placeholders only, every one with a fact behind it, and nothing smuggled in. */
import type { LetterFacts, LetterProse } from '../chase/drafting.ts';
import type { LetterKind } from '../chase/policy.ts';
import { withoutInvisible } from '../visible-text.ts';
import { PLACEHOLDER } from './letter-fill.ts';
import { type LetterValues, letterValues, type Placeholder } from './letter-values.ts';
import { bankWords, figureWords, threatWords } from './letter-words.ts';

const LONGEST_SUBJECT_PROSE = 150;
const REQUIRED: Record<LetterKind, readonly Placeholder[]> = {
  reminder: ['invoice_list', 'how_to_pay'],
  overdue: ['invoice_list', 'how_to_pay'],
  final_notice: ['invoice_list', 'total', 'answer_by', 'how_to_pay'],
  broken_promise: ['promise_amount', 'promise_day', 'invoice_list', 'answer_by', 'how_to_pay'],
  thank_you: ['payment_amount'],
  remittance_request: ['payment_amount', 'payment_day', 'answer_by'],
  statement: ['total', 'how_to_pay'],
};

const required = (facts: LetterFacts, values: LetterValues): Placeholder[] => {
  const wanted: Placeholder[] = ['greeting', 'sender', ...REQUIRED[facts.letter]];
  if (facts.attachment !== null) wanted.push('attachment');
  return wanted.filter((name) => values.has(name));
};

/** Those that the body of this letter cannot do without. */
export const requiredPlaceholders = (facts: LetterFacts): Placeholder[] =>
  required(facts, letterValues(facts));

type Rule = readonly [reason: string, patterns: readonly RegExp[]];

/** What nobody may write outside a placeholder, each with its reason. */
const forbidden = ({ language }: LetterFacts): readonly Rule[] => [
  ['it has digits', [/\p{N}/u]],
  ['it states a figure or a day in words', figureWords(language)],
  [
    'it has a link',
    [/:\/\/|\bwww\.|\b(?:mailto|tel|data|javascript):/iu, /[\p{L}\p{N}-]{2,}\.\p{L}{2,24}(?![\p{L}.])/u],
  ],
  ['it has an address', [/@/u]],
  ['it has bank details', bankWords],
  ['it has markup', [/<[^>\n]*>|\]\(|^#{1,6}\s|\*\*|__|```|!\[/mu]],
  ['it threatens', threatWords(language)],
  ['it has a broken placeholder', [/[{}]/u]],
];

/**
 * What is wrong with the prose, in words; empty when it may be used.
 * A placeholder counts as unknown when this letter has no fact for it.
 */
export function checkProse(prose: LetterProse, facts: LetterFacts): string[] {
  const values = letterValues(facts);
  const problems: string[] = [];
  const whole = `${prose.subject}\n${prose.body}`;
  for (const [, name] of whole.matchAll(PLACEHOLDER))
    if (!values.has(name as Placeholder))
      problems.push(`it has the unknown placeholder {{${name!.slice(0, 40)}}}`);
  const used = new Set([...prose.body.matchAll(PLACEHOLDER)].map((match) => match[1]));
  for (const name of required(facts, values)) if (!used.has(name)) problems.push(`it lacks {{${name}}}`);
  // the list of invoices names the order beside each of them
  if (facts.mentionPo && values.has('po_numbers') && !used.has('po_numbers') && !used.has('invoice_list'))
    problems.push('it lacks {{po_numbers}}');
  const own = whole.replace(PLACEHOLDER, ' ');
  for (const [reason, patterns] of forbidden(facts))
    if (patterns.some((each) => each.test(own))) problems.push(reason);
  if (withoutInvisible(own) !== own) problems.push('it has characters that nobody sees');
  if (prose.subject.trim() === '' || /\n/.test(prose.subject)) problems.push('its subject is not one line');
  if (prose.subject.length > LONGEST_SUBJECT_PROSE) problems.push('its subject is too long');
  if (/\n{3,}/.test(prose.body)) problems.push('it has more than one empty line in a row');
  return [...new Set(problems)];
}

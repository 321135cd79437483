/** Puts a letter together from the parts of its language. What comes out is prose with placeholders. */

import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import type { Flag, Letter, Line, Parts, Text, Tone } from './parts.ts';

export const languages = { en: english, de: german, fr: french, es: spanish } as const;

export type LetterChoice = {
  readonly letter: Letter;
  readonly tone: Tone;
  readonly language: keyof typeof languages;
  readonly shorter: boolean;
  readonly mentionPo: boolean;
  /** How many invoices it is about, and how many of them are past due. */
  readonly invoices: number;
  readonly lateInvoices: number;
  /** Whether the customer was written to before. */
  readonly reminded: boolean;
  /** The placeholders that have facts behind them. */
  readonly known: ReadonlySet<string>;
};

const PLACEHOLDER = /\{\{([a-z_]+)\}\}/g;
const COUNTED = /\(([^()|]*)\|([^()|]*)\)/g;
/** About money that is owed: they say how to pay it. */
const asksForMoney: ReadonlySet<Letter> = new Set([
  'reminder',
  'overdue',
  'final_notice',
  'broken_promise',
  'statement',
]);

const flagsOf = ({ invoices, lateInvoices, reminded }: LetterChoice): ReadonlySet<Flag> =>
  new Set<Flag>([
    ...(invoices > 0 ? (['owing'] as const) : []),
    ...(invoices > 0 && lateInvoices === invoices ? (['late'] as const) : []),
    ...(lateInvoices > 0 && lateInvoices < invoices ? (['partlyLate'] as const) : []),
    ...(reminded ? (['reminded'] as const) : []),
  ]);

/** Gives of each text the first line that the facts allow; null when there is none. */
function chooser(choice: LetterChoice): (text: Text | undefined) => string | null {
  const flags = flagsOf(choice);
  const worded = (line: Line): string | null => {
    if (typeof line !== 'string' && !flags.has(line.when)) return null;
    const text = (typeof line === 'string' ? line : line.text).replace(
      COUNTED,
      choice.invoices === 1 ? '$1' : '$2',
    );
    return [...text.matchAll(PLACEHOLDER)].every(([, name]) => choice.known.has(name!)) ? text : null;
  };
  return (text) => {
    const lines = text === undefined ? [] : Array.isArray(text) ? (text as readonly Line[]) : [text as Line];
    for (const line of lines) {
      const found = worded(line);
      if (found !== null) return found;
    }
    return null;
  };
}

/** Opening and list: the statement's file is its list, and a letter about a payment lists what is still open. */
function subjectMatter(parts: Parts, choice: LetterChoice, choose: ReturnType<typeof chooser>) {
  const { letter, tone, invoices, lateInvoices } = choice;
  const mixed = lateInvoices > 0 && lateInvoices < invoices;
  const aboutInvoices = ['reminder', 'overdue', 'final_notice'].includes(letter);
  const opening = mixed && aboutInvoices ? parts.listed : parts.opening[letter][tone];
  const list = letter === 'statement' && choice.known.has('attachment') ? null : choose('{{invoice_list}}');
  const several = invoices > 1 && letter !== 'thank_you';
  return [
    choose(opening),
    list && choose(parts.beforeList[letter]),
    list,
    list && several ? choose(parts.total) : null,
    // the list names the order beside each invoice
    choice.mentionPo && !list ? choose(parts.orders) : null,
  ];
}

/** Where only some of it is past due, what is due is asked for, not the total. */
const askOf = (parts: Parts, { letter, tone, invoices, lateInvoices }: LetterChoice): Text =>
  parts.ask[letter === 'overdue' && lateInvoices < invoices ? 'reminder' : letter][tone];

/** Paragraphs with one empty line between them, none empty. */
export function composeLetter(choice: LetterChoice): { subject: string; body: string } {
  const { letter, tone, shorter } = choice;
  const parts: Parts = languages[choice.language];
  const choose = chooser(choice);
  const subject = choose(parts.subject[letter][tone]);
  if (subject === null) throw new Error(`no subject for ${letter} in ${tone}`);
  const signature = [parts.signOff[tone], '{{sender}}', ...(shorter ? [] : ['{{company}}', '{{phone}}'])]
    .map((line) => choose(line))
    .filter((line) => line !== null);
  const paragraphs = [
    '{{greeting}}',
    ...subjectMatter(parts, choice, choose),
    choose(askOf(parts, choice)),
    letter === 'statement' ? null : choose(parts.attached),
    asksForMoney.has(letter) ? choose(parts.pay) : null,
    shorter ? null : choose(parts.courtesy[letter]),
    shorter ? null : choose(parts.reach),
    signature.join('\n'),
  ];
  return { subject, body: paragraphs.filter((each) => each !== null && each !== '').join('\n\n') };
}

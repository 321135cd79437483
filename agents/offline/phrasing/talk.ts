/**
 * What is said when no figure is given: help, refusals, questions back. No digits stand in these texts, since every
 * figure of an answer must come from a tool.
 */
import type { CustomerMatch, FreshnessOutput } from '../../../src/domain/ledger-query/answers.ts';
import type { Candidate } from '../frame.ts';
import type { OfflineContext, Refusal } from '../grammar/context.ts';
import { capital, lines, listed, paragraphs, sentence } from './words.ts';

const examples = [
  'who owes us the most',
  'aging, or aging for EMEA in EUR',
  'open invoices for a customer, or the story with a customer',
  'DSO and its trend',
  'broken promises this month, or open disputes',
  'unapplied cash, oldest first',
];

const chaseExamples = [
  'who should I chase today, or why a customer is on that list',
  'draft a nudge to a customer, then "firmer", "cc their controller", "in German"',
  'stop chasing a customer until a day, or resume',
  'log a promise with its amount and day, or open a dispute on an invoice',
  'what is waiting for approval, or what was sent to a customer',
];

const cashExamples = [
  'what is unmatched, match payments, or what was applied by itself yesterday',
  'why a payment did not match, who a payer is, or whether somebody paid twice',
  'match it to the invoices you name, "no, use" another, "it is a wire fee, write it off"',
  'undo that application, or a chargeback or bounced cheque came in on an invoice',
];

export const help = (): string =>
  paragraphs(
    'I answer questions about receivables from the ledger: what is open or overdue, aging, payments, credits, promises, disputes, payer habits, DSO, contacts and timelines. For example:',
    lines(examples),
    'I also say whom to chase, draft what is to be sent, and keep holds, promises and disputes. Nothing is sent before somebody approves it. For example:',
    lines(chaseExamples),
    'And I match payments: what is certain is applied and can be taken back, the rest waits for a click. For example:',
    lines(cashExamples),
    'Then narrow it down: "only USD", "by owner", "just the ones due before a day", "show rows", "how was this computed".',
  );

export const greeting = (name: string | null): string =>
  `Hello${name ? ` ${name.split(' ')[0]}` : ''}. Ask me about receivables, e.g. "who owes us the most", "what is overdue by owner", or "what's the story with" and a customer.`;

export const thanks = (): string => 'You are welcome. Ask on when you need more.';

/** Names what was not understood and what can be asked instead. */
export const notUnderstood = (words: readonly string[]): string =>
  paragraphs(
    `I did not understand ${listed(words.map((each) => `"${each}"`))}, so I give no figure rather than a wrong one.`,
    'I can answer, for example:',
    lines(examples.slice(0, 3)),
    'or say "help" for more.',
  );

/** The same for an act: it is not done by half. */
export const actNotUnderstood = (words: readonly string[]): string =>
  paragraphs(
    `I did not understand ${listed(words.map((each) => `"${each}"`))}, so I did nothing rather than the wrong thing.`,
    'Say it without that, or in other words.',
  );

export const nothingAsked = (): string =>
  paragraphs('I am not sure what to look up. I can answer, for example:', lines(examples.slice(0, 4)));

/** An unknown name, with the nearest ones where there are any. */
export function noCustomer(text: string, near: readonly CustomerMatch[], viewer: boolean): string {
  const where = viewer ? ' among the accounts you own' : '';
  const nearest =
    near.length > 0
      ? ` The nearest are ${listed(
          near.slice(0, 3).map((each) => each.name),
          'or',
        )}.`
      : '';
  return `I did not understand "${text}", and found no customer of that name${where}.${nearest} Write the name or the customer code as in the ledger.`;
}

const one = (each: Candidate): string => [each.name, each.country, each.code].filter(Boolean).join(', ');

/** Candidates for a name that fits several customers (policy P-5). */
export const whichCustomer = (text: string, candidates: readonly Candidate[]): string =>
  paragraphs(
    `"${text}" fits several customers. Which one do you mean?`,
    lines(candidates.map(one)),
    'Say the name, the country, the code, or "all of them".',
  );

export const stillWhich = (candidates: readonly Candidate[]): string =>
  paragraphs(
    'I still cannot tell which one you mean:',
    lines(candidates.map(one)),
    'Say the name, the country or the code.',
  );

export const whichOwner = (names: readonly string[]): string =>
  `That first name fits several account owners: ${listed(names, 'or')}. Which one?`;

const later: Readonly<Record<string, string>> = {
  forecast:
    'Forecasts of who will pay and when are not available in this version. I can show what falls due ("due next week"), open promises, and how a customer usually pays.',
  matching:
    'I could not tell what is to be matched. Say "match payments" for all that is unapplied, "what would you apply" to look first, or which payment goes to which invoices.',
  advice:
    'I do not guess reasons or rate risks. I can rank whom to chase ("who should I chase today"), say why an account is on that list or not, and tell the story with a customer.',
  convert:
    'I hold no exchange rates, so nothing is converted or added up over currencies. I can show each currency by itself, or a single currency ("in EUR").',
};

export function refusal(refused: Refusal, context: OfflineContext): string {
  switch (refused.kind) {
    case 'negative':
      return 'An amount must be above zero, and yours has a minus sign. I did nothing with it; say it again without the sign.';
    case 'act':
      return `I cannot do that: I do not change the ledger, and nothing is sent without an approval (that was ${refused.what}). I can draft an email, stop chasing, record a promise or a dispute, or show what stands there, so that you can do it where it is booked.`;
    case 'other_owner':
    case 'which_owner':
      return context.actor.role === 'viewer'
        ? 'You see the accounts you own, so I cannot answer about those of somebody else. I can answer the same about yours: "my biggest accounts", "my overdue invoices".'
        : `Whose accounts do you mean? ${ownersText(context)}Ask e.g. "biggest customers owned by" and the name.`;
    case 'unsupported':
      return (
        sentence(`I cannot answer with ${refused.what}`) +
        (refused.instead ? ` ${capital(sentence(refused.instead))}` : '')
      );
    default:
      return later[refused.kind] ?? nothingAsked();
  }
}

const ownersText = ({ vocabulary }: OfflineContext): string =>
  vocabulary.owners.length > 0
    ? `Account owners are ${listed(vocabulary.owners.slice(0, 8).map((each) => each.name ?? each.email))}. `
    : '';

export function freshness(output: FreshnessOutput): string {
  if (output.sources.length === 0) return 'Nothing was imported or synced yet.';
  const time = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
  return paragraphs(
    'Last synced (times in UTC):',
    lines(
      output.sources.map(
        (each) =>
          `${each.source}: ${time(each.syncedAt)}, ${each.hoursAgo} ${each.hoursAgo === 1 ? 'hour' : 'hours'} ago${each.stale ? ' (stale)' : ''}`,
      ),
    ),
  );
}

/** Answers from the tools of cash, in words; null when the tool is none of them. */
import { z } from 'zod';
import {
  type ExplainPaymentOutput,
  explainPaymentOutput,
  type FindPayerOutput,
  findPayerOutput,
  listMatchesOutput,
  type ReversedApplication,
  reversedApplication,
} from '../../../src/domain/cash/answers.ts';
import { matchRun } from '../../../src/domain/cash/applications.ts';
import { adjustmentWords } from '../../../src/domain/cash/placing-words.ts';
import { type ProposalView, proposalView } from '../../../src/domain/chase/proposals.ts';
import type { CashSlots } from '../cash/slots.ts';
import type { Slots } from '../slots.ts';
import { phraseMatches, phraseRun } from './matches.ts';
import {
  alternativesText,
  hasMoney,
  numbered,
  paymentText,
  placingWords,
  reasonsText,
  sureness,
} from './placings.ts';
import { lines, listed, money, paragraphs, sentence } from './words.ts';

type Explained = ExplainPaymentOutput;

function whereItIs({ payment, applied, matches }: Explained): string {
  const { currency } = payment;
  const head = paymentText(payment);
  if (applied.length === 0)
    return hasMoney(payment.unapplied)
      ? `${head} is on no invoice; ${money(payment.unapplied, currency)} is unapplied.`
      : `${head} is on no invoice, and nothing of it is left.`;
  const by = matches.find((each) => each.reversedOn === null);
  const besides = (by?.placing.adjustments ?? [])
    .slice(0, 3)
    .map((each) => `${adjustmentWords[each.kind]} of ${money(each.amount, currency)} on ${each.invoice}`);
  const rest = hasMoney(payment.unapplied) ? `; ${money(payment.unapplied, currency)} is unapplied` : '';
  const shown = applied.slice(0, 6).map((each) => `${money(each.amount, currency)} on ${each.invoice}`);
  return sentence(
    `${head}: ${listed(shown)}${applied.length > shown.length ? ' and others' : ''}${besides.length > 0 ? `; ${listed(besides)}` : ''}${rest}${by ? `. Applied by ${by.madeBy === 'remy' ? 'Remy itself' : by.madeBy} on ${by.matchedOn}${sureness(by.placing)}` : ''}`,
  );
}

/** The gap with its arithmetic; what fits comes first, as it came. */
function gapText({ comparedWith, difference, payment }: Explained): string | null {
  if (!comparedWith || !difference) return null;
  const fits = difference.reasons.filter((each) => each.fits);
  const near = difference.reasons.filter((each) => !each.fits);
  const { currency } = payment;
  return paragraphs(
    `Held against ${comparedWith.what}: ${money(comparedWith.owed, currency)} owed, ${money(comparedWith.paid, currency)} paid.`,
    lines(fits.slice(0, 4).map((each) => `${label(each.kind)}: ${each.text}`)),
    near.length > 0 && `Near, but no explanation: ${listed(near.slice(0, 2).map((each) => each.text))}.`,
  );
}

const label = (kind: string): string => kind.replaceAll('_', ' ');

function suggestionText({ suggestion, payment }: Explained): string | null {
  if (!suggestion) return null;
  const { placing, alternatives } = suggestion;
  const words = placingWords(placing, payment.currency);
  return paragraphs(
    words ? sentence(`Suggested${sureness(placing)}: ${words}`) : null,
    reasonsText(placing),
    alternativesText(alternatives, payment.currency),
  );
}

function twinsText({ payment, duplicates }: Explained, cash: CashSlots): string | null {
  if (duplicates.length === 0)
    return cash.act === 'duplicates' ? 'No other payment looks like the same money again.' : null;
  const left = [payment, ...duplicates.map((each) => each.payment)].find((each) => hasMoney(each.unapplied));
  return paragraphs(
    duplicates.length === 1
      ? 'It may be a second payment; the other one is:'
      : 'It may be paid more than once; the others are:',
    lines(duplicates.slice(0, 4).map((each) => `${paymentText(each.payment)}: ${each.why}`)),
    left
      ? `${money(left.unapplied, left.currency)} of ${left.number} can be refunded, or stay on account for the next invoices. That is yours to decide; I do neither by myself.`
      : 'Nothing of it is left to refund or to keep on account: both are on invoices. Take one back first if it is a mistake.',
  );
}

const returnsText = ({ returns, payment }: Explained): string | null =>
  returns.length === 0
    ? null
    : lines(
        returns.map(
          (each) =>
            `${each.kind.replaceAll('_', ' ')} of ${money(each.amount, payment.currency)} on ${each.on}${each.reason ? `: ${each.reason}` : ''}`,
        ),
      );

const explained = (output: Explained, cash: CashSlots): string =>
  cash.act === 'duplicates'
    ? paragraphs(whereItIs(output), twinsText(output, cash), returnsText(output))
    : paragraphs(
        whereItIs(output),
        gapText(output),
        suggestionText(output),
        twinsText(output, cash),
        returnsText(output),
        ...output.next.slice(0, 3).map(sentence),
      );

function payer({ payment, candidates, next }: FindPayerOutput): string {
  const told = candidates.slice(0, 4).map(({ customer, why, invoices }) => {
    const open = (amount: string) => (payment ? money(amount, payment.currency) : amount);
    const owed = invoices.slice(0, 3).map((each) => `${each.invoice}, ${open(each.open)} open`);
    return `${customer.name} (${customer.code}): ${why.slice(0, 3).join('; ')}${owed.length > 0 ? ` [${owed.join('; ')}]` : ''}`;
  });
  return paragraphs(
    payment ? sentence(`The payment is ${paymentText(payment)}`) : 'No such payment is booked.',
    told.length === 0
      ? 'I found no customer whose money it could be.'
      : `${told.length === 1 ? 'It points at' : 'It could be, the likeliest first'}:\n${numbered(told)}`,
    ...next.slice(0, 2).map(sentence),
  );
}

/** A proposal to place money: what it would do, and that words decide nothing. */
function proposed({ proposal }: { proposal: ProposalView }): string {
  const { content } = proposal;
  if (content.kind !== 'application') return 'The proposal is on its card.';
  const { payment, placing, currency, alternatives } = content;
  const what = placingWords(placing, currency) ?? 'nothing is placed';
  return paragraphs(
    payment ? sentence(`Proposed for ${paymentText(payment)}: ${what}`) : sentence(`Proposed: ${what}`),
    alternativesText(alternatives, currency),
    ...[...new Set(proposal.cautions.map(sentence))].slice(0, 3),
    proposal.mayDecide
      ? 'Nothing was applied: a click on its card decides.'
      : sentence(
          `Nothing was applied: a click decides. ${proposal.whyNot ?? 'Somebody else has to decide it'}`,
        ),
  );
}

function reversed({ match, payment, reopened, unlearned, summary }: ReversedApplication): string {
  return paragraphs(
    payment ? sentence(paymentText(payment)) : null,
    sentence(summary),
    lines(
      reopened
        .slice(0, 6)
        .map(
          (each) =>
            `${each.invoice} of ${each.customer}: ${money(each.amount, each.currency)} taken off, ${money(each.open, each.currency)} open`,
        ),
    ),
    unlearned.length > 0 && sentence(`Forgotten again as a payer: ${listed(unlearned.slice(0, 4))}`),
    match && payment && hasMoney(payment.unapplied)
      ? 'The money is unapplied now: say which invoices it is for.'
      : null,
    'No money was moved by this.',
  );
}

type Phrase = (output: unknown, cash: CashSlots) => string | null;
const reading =
  <Schema extends z.ZodType>(
    schema: Schema,
    phrase: (output: z.output<Schema>, cash: CashSlots) => string,
  ): Phrase =>
  (output, cash) => {
    const read = schema.safeParse(output);
    return read.success ? phrase(read.data, cash) : null;
  };
const proposalOutput = z.object({ proposal: proposalView });

const phrases: Readonly<Record<string, Phrase>> = {
  explain_payment: reading(explainPaymentOutput, explained),
  find_payer: reading(findPayerOutput, payer),
  propose_application: reading(proposalOutput, proposed),
  propose_adjustment: reading(proposalOutput, proposed),
  reverse_application: reading(reversedApplication, reversed),
  match_payments: reading(matchRun, phraseRun),
  list_matches: reading(listMatchesOutput, phraseMatches),
};

/** Null when the tool is not of cash, or its output cannot be read. */
export const phraseCash = (tool: string, output: unknown, slots: Slots): string | null =>
  slots.cash ? (phrases[tool]?.(output, slots.cash) ?? null) : null;

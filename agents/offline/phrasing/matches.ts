/** What a run of matching did, and what was applied when and by whom. */
import type { ListMatchesOutput } from '../../../src/domain/cash/answers.ts';
import type { AppliedMatch, MatchedPayment, MatchRun } from '../../../src/domain/cash/applications.ts';
import { noMatchWords } from '../../../src/domain/cash/placing-words.ts';
import { waitingOf } from '../cash/memory.ts';
import type { CashSlots } from '../cash/slots.ts';
import { hasMoney, numbered, paymentText, placingWords, reasonsText, sureness } from './placings.ts';
import { counted, lines, listed, money, paragraphs, sentence } from './words.ts';

/** The card shows the rest. */
const SHOWN = 6;
const APPLIED = 4;

function one({ payment, placing, decision, noMatch }: MatchedPayment): string {
  const words = placingWords(placing, payment.currency);
  if (words && decision !== 'none') return `${paymentText(payment)}: ${words}${sureness(placing)}`;
  return `${paymentText(payment)}: ${noMatch ? noMatchWords[noMatch] : 'nothing fits it well enough'}`;
}

const amounts = ({ summary }: MatchRun, of: 'applied' | 'proposed' | 'none'): string =>
  listed(summary.amounts.filter((each) => hasMoney(each[of])).map((each) => money(each[of], each.currency)));

function outcome(run: MatchRun): string {
  const { summary, dryRun } = run;
  const told: string[] = [];
  const tell = (of: 'applied' | 'proposed' | 'none', words: string): void => {
    if (summary[of] > 0) told.push(`${counted(summary[of], 'payment')} ${words} (${amounts(run, of)})`);
  };
  tell('applied', dryRun ? 'certain enough to be applied' : 'applied');
  tell('proposed', dryRun ? 'likely, to be proposed' : 'waiting for a click');
  tell('none', 'with no suggestion');
  return sentence(`Of ${counted(summary.payments, 'payment')} with money on no invoice: ${told.join('; ')}`);
}

export function phraseRun(run: MatchRun, cash: CashSlots): string {
  const { payments, summary, dryRun } = run;
  const [single] = payments;
  if (!single)
    return cash.payment || cash.points || cash.nth !== undefined
      ? 'Nothing of that payment is left to match.'
      : `No payment has money on no invoice as of ${run.asOf}.`;
  const certain = payments.filter(({ decision }) => decision === 'applied');
  const applied = certain.filter(({ matchId }) => dryRun || matchId !== null);
  // certain, and yet not applied: a person's own placing of it waits
  const held = certain.filter((each) => !applied.includes(each));
  const waiting = waitingOf(payments);
  return paragraphs(
    summary.payments === 1 || held.length > 0 ? null : outcome(run),
    applied.length > 0 &&
      paragraphs(dryRun ? 'Certain:' : 'Applied:', lines(applied.slice(0, APPLIED).map(one))),
    held.length > 0 &&
      paragraphs(
        "Certain, but not applied: somebody's own placing of it waits for a click.",
        lines(held.slice(0, APPLIED).map(one)),
      ),
    waiting.length > 0 &&
      paragraphs(certain.length > 0 ? 'The rest:' : null, numbered(waiting.slice(0, SHOWN).map(one))),
    payments.length === 1 && reasonsText(single.placing),
    dryRun
      ? 'Nothing was applied: I only looked. Say "match payments" to apply what is certain and propose the rest.'
      : applied.length > 0
        ? 'What was applied can be taken back: "undo" and the invoice or payment.'
        : 'Nothing was applied: a click decides what is proposed.',
  );
}

function matchLine(match: AppliedMatch): string {
  const { payment, placing, origin, madeBy, matchedOn, reversedOn } = match;
  const currency = payment?.currency ?? '';
  const words = payment ? placingWords(placing, currency) : null;
  const what = payment ? `${paymentText(payment)}: ${words ?? 'nothing'}` : 'adjustments without a payment';
  const who = origin === 'auto' ? `by itself${sureness(placing)}` : `by ${madeBy}`;
  return `${matchedOn}, ${who}: ${what}${reversedOn ? `; taken back on ${reversedOn}` : ''}`;
}

/** `by`: only of whom it was asked; the address holds the name. */
export function phraseMatches({ total, matches }: ListMatchesOutput, { by }: CashSlots): string {
  const shown =
    by === undefined
      ? matches
      : matches.filter((each) => each.madeBy.toLowerCase().includes(by.toLowerCase()));
  if (shown.length === 0) return 'Nothing was applied like that.';
  return paragraphs(
    by === undefined
      ? `${counted(total, 'application')}, the newest first:`
      : `Applied by ${shown[0]!.madeBy}, the newest first:`,
    numbered(shown.slice(0, SHOWN).map(matchLine)),
    'Say "undo" with "the first", the invoice or the payment to take one back.',
  );
}

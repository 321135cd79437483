/** Reads a message about cash: which act, and what it is about. The other rules never see such a message. */
import type { Frame } from '../frame.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import { takeFillers } from '../grammar/fillers.ts';
import type { Scanner } from '../text/scanner.ts';
import { cashActOf, wouldDecide } from './detect.ts';
import { takePaymentAmount, takePaymentCurrency } from './payment.ts';
import { type CashAct, type CashSlots, noMemory } from './slots.ts';
import { takeAdjust, takeApply, takeReverse } from './take-orders.ts';
import { takeDuplicates, takeExplain, takeFindPayer, takeMatches } from './take-questions.ts';
import { type Take, takeNth, takeWhich } from './take-which.ts';
import { takeCashWords } from './words.ts';

const takes: Readonly<Record<CashAct, Take>> = {
  apply: takeApply,
  adjust: takeAdjust,
  reverse: takeReverse,
  explain: takeExplain,
  duplicates: takeDuplicates,
  find_payer: takeFindPayer,
  matches: takeMatches,
  run: (scan, cash, draft, context) => {
    takeWhich(scan, cash, draft, context);
    takeNth(scan, cash, draft, context);
    takePaymentAmount(scan, cash);
    takePaymentCurrency(scan, cash);
  },
  returns: (scan) => scan.reserve({ from: 0, to: scan.tokens.length }, 'returns'),
  // nothing is looked up: the answer is where to look
  memory: (scan) => scan.reserve({ from: 0, to: scan.tokens.length }, 'memory'),
  on_account: () => undefined,
};

const POINTS = /^(?:it|that|this|its|it's|these|those|them)$/;

/**
 * Takes the message when it is about cash, or gives what the last act still lacked ("the second one", "P-12").
 * `asks`: a question mark ends it, so nothing is recorded. False when it is neither; the tokens may then be partly
 * explained, so the caller reads them anew.
 */
export function takeCash(
  scan: Scanner,
  draft: Draft,
  context: OfflineContext,
  last: Frame | null,
  asks: boolean,
): boolean {
  const before = last?.slots.cash;
  const memory = last?.cash ?? noMemory();
  if (wouldDecide(scan.tokens, before?.act)) {
    scan.reserve({ from: 0, to: scan.tokens.length }, 'decide');
    draft.slots.chase = { act: 'decide', decision: 'approve', single: true };
    return true;
  }
  const found = cashActOf(scan.tokens, {
    act: before?.act,
    memory,
    asks,
    pays: last?.slots.dataset === 'payments',
  });
  const asked = found === null && last?.pending?.kind === 'detail' ? before : undefined;
  const act = found?.act ?? asked?.act;
  if (!act) return false;
  const cash: CashSlots = {
    act,
    ...(found?.run === undefined ? {} : { run: found.run }),
    ...(found?.corrects ? { corrects: true } : {}),
  };
  takes[act](scan, cash, draft, context);
  if (scan.tokens.some(({ word, by }) => POINTS.test(word) && by !== 'decide')) cash.points = true;
  takeCashWords(scan, act);
  takeFillers(scan);
  if (asked) {
    // asked which payment: digits alone are its number, and the invoices stay as they were said
    const [only] = cash.parts ?? [];
    if (only && asked.parts && !cash.payment && cash.parts?.length === 1) {
      cash.payment = { number: only.invoice };
      delete cash.parts;
    }
    if (scan.tokens.some(({ by }) => by === null || by === 'name')) return false;
    const { points: _, ...rest } = cash;
    if (Object.keys(rest).length === 1) return false;
  }
  delete draft.slots.invoices;
  const payment = { ...asked?.payment, ...cash.payment };
  draft.slots.cash = JSON.parse(
    JSON.stringify({
      ...asked,
      ...cash,
      payment: Object.keys(payment).length > 0 ? payment : undefined,
    }),
  ) as CashSlots;
  return true;
}

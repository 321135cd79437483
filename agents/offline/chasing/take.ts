/** Reads a message about chasing: which act, and what it is about. The ledger's rules never see such a message. */
import type { Frame } from '../frame.ts';
import type { Draft, OfflineContext } from '../grammar/context.ts';
import { takeFillers } from '../grammar/fillers.ts';
import { takePicks, takePronouns } from '../grammar/links.ts';
import type { Scanner } from '../text/scanner.ts';
import { actOf } from './detect.ts';
import { takeEveryone } from './everyone.ts';
import {
  takeAttachment,
  takeCopies,
  takeInvoiceMonth,
  takeKind,
  takeLanguage,
  takeShape,
  takeTone,
} from './letters.ts';
import { takePolicy } from './policy.ts';
import { takeAudit, takeDecision, takeProposals, takeWorklist } from './reads.ts';
import { takeDispute, takeHold, takePromise } from './records.ts';
import type { ChaseAct, ChaseSlots } from './slots.ts';
import { takeActWords, takeCurrency } from './words.ts';

type Take = (scan: Scanner, chase: ChaseSlots, draft: Draft, context: OfflineContext) => void;

const takeLetter: Take = (scan, chase, draft, context) => {
  takeLanguage(scan, chase, draft);
  takeCopies(scan, chase, context);
  takeAttachment(scan, chase);
  takeKind(scan, chase);
  if (chase.act === 'revise_draft') takeShape(scan, chase, draft);
  takeTone(scan, chase);
  if (chase.act !== 'draft_many') takeInvoiceMonth(scan, chase, context);
};

/** "In EUR", "only usd". */
const takeLetterCurrency: Take = (scan, chase) => {
  takeCurrency(scan, (currency) => {
    chase.currency ??= currency;
  });
};

const takes: Readonly<Record<ChaseAct, readonly Take[]>> = {
  worklist: [(scan, chase, _, context) => takeWorklist(scan, chase, context)],
  draft_email: [takeLetter, takeLetterCurrency],
  draft_many: [
    (scan, chase, draft, context) => takeEveryone(scan, chase, draft, context),
    takeLetter,
    takeLetterCurrency,
  ],
  revise_draft: [takeLetter],
  set_hold: [(scan, chase, _, context) => takeHold(scan, chase, context)],
  lift_hold: [],
  log_promise: [(scan, chase, _, context) => takePromise(scan, chase, context)],
  open_dispute: [(scan, chase, draft, context) => takeDispute(scan, chase, context, draft)],
  policy: [takePolicy],
  proposals: [takeProposals],
  decide: [takeDecision],
  audit: [(scan, chase, _, context) => takeAudit(scan, chase, context)],
};

/** Who is in copy of the draft that the conversation is about. */
function remember(chase: ChaseSlots, before: ChaseSlots | undefined): void {
  const known = chase.act === 'revise_draft' ? (before?.copied ?? []) : [];
  if (chase.removeAllCc) chase.removeCc = [...new Set([...known, ...(chase.removeCc ?? [])])];
  const copied = [...known, ...(chase.cc ?? [])].filter((each) => !chase.removeCc?.includes(each));
  if (copied.length > 0) chase.copied = [...new Set(copied)].slice(0, 10);
}

/** What was gained beyond the act itself. */
const gained = (chase: ChaseSlots): boolean =>
  Object.entries(chase).some(([key, value]) => key !== 'act' && value !== undefined);

/**
 * Takes the message when it is about chasing, or gives what the last act still lacked ("the 28th", "usd").
 * False when it is neither; the tokens may then be partly explained, so the caller reads them anew.
 */
export function takeChase(scan: Scanner, draft: Draft, context: OfflineContext, last: Frame | null): boolean {
  const before = last?.slots.chase;
  const asked = last?.pending?.kind === 'detail' ? before : undefined;
  const act = actOf(scan.tokens, before) ?? asked?.act;
  if (!act) return false;
  const chase: ChaseSlots = { act };
  for (const take of takes[act]) take(scan, chase, draft, context);
  takePicks(scan, draft, last?.pending?.kind === 'customer');
  if (
    act === 'worklist' ||
    act === 'audit' ||
    act === 'lift_hold' ||
    act === 'set_hold' ||
    act.startsWith('draft')
  )
    takePronouns(scan, draft);
  takeActWords(scan, act);
  takeFillers(scan);
  const detail = asked?.act === act && actOf(scan.tokens, undefined) === null;
  if (detail && !gained(chase) && !draft.slots.invoices) return false;
  remember(chase, before);
  draft.slots.chase = JSON.parse(JSON.stringify(detail ? { ...asked, ...chase } : chase)) as ChaseSlots;
  return true;
}

/** How a proposal stands, in one or two sentences: the first thing its card says. */
import type { ProposalView } from '../domain/chase/proposals.ts';
import type { Block } from './card.ts';
import { instantText, plural } from './labels.ts';

const say = (text: string, tone: 'normal' | 'muted' | 'warning' = 'normal'): Block => ({
  type: 'text',
  text,
  tone,
});

/** The last word of that kind on the newest revision. */
const last = (view: ProposalView, kind: ProposalView['decisions'][number]['kind']) =>
  view.decisions.findLast((each) => each.kind === kind);

/** People who have approved the revision that is shown. */
const approvers = (view: ProposalView): string[] => [
  ...new Set(
    view.decisions
      .filter((each) => each.kind === 'approve' && each.revision === view.revision)
      .map((each) => each.by),
  ),
];

function pendingBlocks(view: ProposalView): Block[] {
  const given = approvers(view);
  const needed =
    view.approvalsNeeded > 1
      ? ` It takes ${view.approvalsNeeded} people${given.length > 0 ? `; ${given.join(' and ')} approved already` : ''}.`
      : '';
  return [
    say(`Waiting for a decision until ${instantText(view.expiresAt)}.${needed}`),
    ...(view.mayDecide || view.whyNot === null ? [] : [say(view.whyNot, 'warning')]),
  ];
}

function approvedBlocks(view: ProposalView): Block[] {
  const who = approvers(view).join(' and ') || 'somebody';
  const { effect } = view;
  switch (effect?.state) {
    case 'ready':
      return [
        say(`Approved by ${who}. Leaves at ${instantText(effect.notBefore)}, unless it is undone before.`),
      ];
    case 'sending':
      return [say(`Approved by ${who}. It is leaving right now.`)];
    case 'unknown':
      return [
        say(
          `Approved by ${who}. Whether it left is not known yet; it is looked up in the mailbox and never sent a second time blindly.`,
          'warning',
        ),
      ];
    default:
      return [say(`Approved by ${who}.`)];
  }
}

function doneText({ kind, effect, match }: ProposalView, who: string): string {
  if (kind === 'application')
    return match?.reversedOn
      ? `Applied, approved by ${who}. Taken back on ${match.reversedOn} by ${match.reversedBy}: the invoices are open again.`
      : `Applied, approved by ${who}. It can be taken back.`;
  if (kind === 'policy_change') return `In force since ${at(effect?.receipt?.sentAt)}, approved by ${who}.`;
  return `Sent ${at(effect?.receipt?.sentAt)}, approved by ${who}.`;
}

const at = (instant: string | null | undefined): string => (instant ? instantText(instant) : 'already');

function closedText(view: ProposalView): string {
  const reason = view.stateReason ? ` ${view.stateReason}` : '';
  const isCash = view.kind === 'application';
  const nothing = isCash ? 'nothing was applied' : 'nothing was sent';
  switch (view.state) {
    case 'rejected':
      return `Rejected by ${last(view, 'reject')?.by ?? 'somebody'}:${reason || ' no reason on record'}`;
    case 'stale':
      return `Overtaken by events, so ${nothing}.${reason}`;
    case 'expired':
      return `Nobody decided in time, so ${nothing}.${reason}`;
    case 'replaced':
      return isCash ? `It no longer waits.${reason}` : `A later draft took its place.${reason}`;
    default:
      return `It could not be sent${view.effect ? ` after ${plural(view.effect.attempts, 'try', 'tries')}` : ''}.${reason || ` ${view.effect?.error ?? ''}`}`;
  }
}

/** First what state it is in; for one that waits also why this person may not decide. */
export function stateBlocks(view: ProposalView): Block[] {
  switch (view.state) {
    case 'pending':
      return pendingBlocks(view);
    case 'snoozed':
      return [
        say(`Snoozed until ${view.snoozedUntil} by ${last(view, 'snooze')?.by ?? 'somebody'}.`),
        ...pendingBlocks(view).slice(1),
      ];
    case 'approved':
      return approvedBlocks(view);
    case 'done':
      return [say(doneText(view, approvers(view).join(' and ') || 'somebody'))];
    case 'rejected':
    case 'replaced':
      return [say(closedText(view))];
    default:
      return [say(closedText(view), 'warning')];
  }
}

/** What the decision buttons of a card do: one request each, and the card as it stands afterwards in its place. */
import type { CardAction } from '../../../cards/card-action.ts';
import type { EmailContent } from '../../../domain/chase/proposals.ts';
import { type Editable, editForm, editsOf, reasonForm, snoozeForm } from './action-forms.ts';
import { ApiError, type ShownCard } from './api.ts';
import { choose, reverse } from './cash-api.ts';
import {
  announceChange,
  approvePlan,
  closeTask,
  type Decided,
  decide,
  draft,
  edit,
  plan,
  readProposal,
  redraft,
  retry,
  type Seen,
  type ShownProposal,
  undo,
} from './chase-api.ts';
import { forgetApproved, rememberApproved } from './countdown.ts';
import { el, failure } from './dom.ts';
import { openPayment } from './routes.ts';

/** The card that an action belongs to. */
export type ActionHost = {
  article: HTMLElement;
  shown: ShownCard;
  /** Shows another card in its place, with a sentence above it. */
  replace(next: ShownCard, message?: string): void;
  /** Shows something below it, in the place of what `name` showed before. */
  open(name: string, panel: HTMLElement): void;
  close(name: string): void;
  view(next: ShownCard): HTMLElement;
};

const PANEL = 'action';

const panelOf = (content: HTMLElement): HTMLElement => el('section', { class: 'panel' }, content);

/**
 * Undo stands beside the countdown, where both are in sight however long the email is. The button that was clicked is
 * gone by now: the focus goes on to Undo, or else to the card, unless the person has moved it elsewhere.
 */
function showOutcome(article: HTMLElement, takeFocus: boolean): void {
  const timer = article.querySelector<HTMLElement>('.countdown');
  const takeBack = [...article.querySelectorAll<HTMLElement>('.ac-pushButton')].find(
    (each) => each.textContent === 'Undo',
  );
  if (timer && takeBack) timer.append(takeBack);
  if (takeFocus) {
    article.tabIndex = -1;
    (takeBack ?? article).focus({ preventScroll: true });
  }
  timer?.scrollIntoView({ block: 'nearest' });
  article.querySelector('.outcome')?.scrollIntoView({ block: 'nearest' });
}

function settle(host: ActionHost, next: Decided): void {
  const focused = document.activeElement;
  const takeFocus = focused === null || focused === document.body || host.article.contains(focused);
  const { id } = next.proposal;
  const leavesAt = next.card.proposal?.leavesAt;
  if (!leavesAt) forgetApproved(id);
  else if (next.applied) rememberApproved(id, leavesAt, next.now);
  host.replace(next, next.message);
  showOutcome(host.article, takeFocus);
  announceChange();
}

/** Below the card: what a button of it opened. */
function below(host: ActionHost, next: ShownCard, message?: string): void {
  const panel = panelOf(host.view(next));
  if (message) panel.prepend(el('p', { class: 'outcome', attributes: { role: 'status' } }, message));
  host.open(PANEL, panel);
  panel.scrollIntoView({ block: 'nearest' });
}

const emailOf = ({ proposal }: ShownProposal): EmailContent | null =>
  proposal.content.kind === 'email' ? proposal.content : null;

const sameAs = (typed: Editable, stored: EmailContent): boolean =>
  Object.keys(editsOf(typed, { to: stored.to, cc: stored.cc, subject: stored.subject, body: stored.body }))
    .length === 0;

/**
 * Saves; with `approve` then decides on exactly what was saved. Where the stored text is not what was typed, nothing
 * is approved and the card shows it as it is now.
 */
async function saveEdited(
  host: ActionHost,
  seen: Seen,
  before: Editable,
  after: Editable,
  approve: boolean,
  back: () => void,
): Promise<void> {
  const edits = editsOf(before, after);
  const unchanged = Object.keys(edits).length === 0;
  if (unchanged && !approve) return back();
  const saved = unchanged ? await readProposal(seen.proposalId) : await edit(seen, edits);
  const { id: proposalId, revision, digest } = saved.proposal;
  const stored = emailOf(saved);
  if (!approve) return host.replace(saved, 'Saved as a new revision. Nothing leaves before it is approved.');
  if (!stored || !sameAs(after, stored) || (unchanged && digest !== seen.digest))
    return host.replace(
      saved,
      'Saved, but it is not word by word what you typed. Read it again, then approve.',
    );
  try {
    settle(host, await decide({ proposalId, revision, digest }, { kind: 'approve' }));
  } catch (error) {
    host.replace(saved, `Saved, not approved: ${(error as Error).message}`);
  }
}

/**
 * Puts a form in the place of the email and the buttons, and gives the way back. The library lays the card out with
 * inline styles, so what is hidden is hidden by one too.
 */
function editInPlace(article: HTMLElement, form: HTMLElement): () => void {
  const hidden = [...article.querySelectorAll<HTMLElement>('.email-head, .email-body, .ac-actionSet')];
  const before = hidden.map((each) => each.style.display);
  for (const each of hidden) each.style.display = 'none';
  article.querySelector('.email-head')?.before(form);
  return () => {
    form.remove();
    for (const [at, each] of hidden.entries()) each.style.display = before[at] ?? '';
  };
}

/** The form takes the place of the email until it is saved or cancelled. */
async function openEditor(host: ActionHost, seen: Seen): Promise<void> {
  const fresh = await readProposal(seen.proposalId);
  const email = emailOf(fresh);
  if (!email || fresh.proposal.digest !== seen.digest)
    return host.replace(fresh, 'It has changed since this card was shown. Here it is as it stands now.');
  const before: Editable = { to: email.to, cc: email.cc, subject: email.subject, body: email.body };
  host.close(PANEL);
  const place = el('div', { class: 'in-place' });
  const back = editInPlace(host.article, place);
  const save = (after: Editable, approve: boolean) => saveEdited(host, seen, before, after, approve, back);
  place.append(editForm(before, fresh.proposal.mayDecide, save, back));
}

/** What came of each email of the plan; or the plan as it would be now, where it changed before the click. */
async function approveAll(
  action: Extract<CardAction, { kind: 'approve_plan' }>,
  host: ActionHost,
): Promise<void> {
  const done = await approvePlan(action.planDigest, action.input);
  if (!done.applied && done.results.length === 0) return host.replace(done, done.message);
  // "the last one" would no longer be what the person approved last
  forgetApproved();
  const nameOf = (proposalId: number): string =>
    done.plan.approve.find((each) => each.proposalId === proposalId)?.customer.name ?? `No. ${proposalId}`;
  host.article.replaceChildren(
    el('p', { class: 'outcome', attributes: { role: 'status' } }, done.message),
    el(
      'ul',
      { class: 'results' },
      ...done.results.map((each) =>
        el('li', { class: each.applied ? '' : 'not' }, `${nameOf(each.proposalId)}: ${each.message}`),
      ),
    ),
  );
  announceChange();
  document.dispatchEvent(new CustomEvent('remy:bulk'));
}

function today(shown: ShownCard): string {
  const now = 'now' in shown ? new Date(String(shown.now)) : new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** Closes the form and gives the focus back to the card. */
const closing = (host: ActionHost) => () => host.close(PANEL);

/** The card of what was taken back; a proposal's own card then stands as it is now. */
async function takeBack(matchId: number, host: ActionHost, from: HTMLElement | undefined): Promise<void> {
  const done = await reverse(matchId);
  const { proposal } = host.shown.card;
  if (proposal) host.replace(await readProposal(proposal.id), done.reversed.summary);
  else {
    from?.remove();
    below(host, done);
  }
  announceChange();
}

async function performCash(
  action: Extract<CardAction, { kind: 'choose' | 'reverse' | 'open_payment' | 'ask_remittance' }>,
  host: ActionHost,
  from: HTMLElement | undefined,
): Promise<void> {
  switch (action.kind) {
    case 'choose':
      return settle(host, await choose(action, action.alternative));
    case 'reverse':
      return takeBack(action.matchId, host, from);
    case 'open_payment':
      return openPayment(action.paymentId);
    case 'ask_remittance': {
      below(
        host,
        await draft(action.customerId, action.currency, 'remittance_request'),
        'Drafted, about their newest payment that waits. Look at the amount; it waits for approval.',
      );
      return announceChange();
    }
  }
}

async function perform(action: CardAction, host: ActionHost, from: HTMLElement | undefined): Promise<void> {
  switch (action.kind) {
    case 'approve':
      return settle(host, await decide(action, { kind: 'approve' }));
    case 'undo':
      return settle(host, await undo(action.proposalId));
    case 'edit':
      return openEditor(host, action);
    case 'reject': {
      const send = async (reason: string) => settle(host, await decide(action, { kind: 'reject', reason }));
      return host.open(PANEL, panelOf(reasonForm('Why is it rejected?', 'Reject', send, closing(host))));
    }
    case 'snooze': {
      const send = async (untilOn: string) => settle(host, await decide(action, { kind: 'snooze', untilOn }));
      return host.open(PANEL, panelOf(snoozeForm(today(host.shown), send, closing(host))));
    }
    case 'redraft': {
      const made = await redraft(action.proposalId);
      host.replace(made, 'Drafted again as things stand now.');
      return announceChange();
    }
    case 'draft': {
      below(host, await draft(action.customerId, action.currency), 'Drafted. It waits for approval.');
      return announceChange();
    }
    case 'show':
      return below(host, await readProposal(action.proposalId));
    case 'plan':
      return below(host, await plan(action.input));
    case 'approve_plan':
      return approveAll(action, host);
    case 'close_task':
      return closeOne(action, host);
    case 'retry': {
      await retry(action.effectId);
      return announceChange();
    }
    default:
      return performCash(action, host, from);
  }
}

async function closeOne(
  action: Extract<CardAction, { kind: 'close_task' }>,
  host: ActionHost,
): Promise<void> {
  const close = async (reason: string | null) => {
    host.replace(
      await closeTask(action.taskId, action.outcome, reason),
      action.outcome === 'done' ? 'Done.' : 'The hand-over is stopped.',
    );
    announceChange();
  };
  if (action.outcome === 'done') return close(null);
  host.open(PANEL, panelOf(reasonForm('Why is it stopped?', 'Stop the hand-over', close, closing(host))));
}

/** Runs an action once at a time for its card; a failure is said below it, with what to do. */
export async function runAction(
  action: CardAction,
  host: ActionHost,
  from: HTMLElement | undefined,
): Promise<void> {
  if (host.article.ariaBusy === 'true') return;
  host.article.ariaBusy = 'true';
  from?.classList.add('working');
  try {
    await perform(action, host, from);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const again = error.code === 'lost' ? () => void runAction(action, host, from) : undefined;
    host.open(PANEL, failure(error.message, again));
  } finally {
    host.article.ariaBusy = null;
    from?.classList.remove('working');
  }
}

/** What can be done with a payment that lies on the desk: place it, ask what it is for, set it aside. */
import type { PaymentDeskOutput } from '../../../domain/cash/answers.ts';
import { reasonForm } from './action-forms.ts';
import type { ShownCard } from './api.ts';
import { explain, propose, setAside, takeBack } from './cash-api.ts';
import { announceChange, decide, draft as draftLetter } from './chase-api.ts';
import { button, el, failure } from './dom.ts';
import { inputOf, isExactly, type PlacingDraft, problemsOf } from './placing-draft.ts';

/** The panel that the buttons belong to. */
export type ActsHost = {
  readonly element: HTMLElement;
  /** Where what came of it is shown. */
  readonly below: HTMLElement;
  desk(): PaymentDeskOutput;
  draft(): PlacingDraft;
  showBelow(card: ShownCard, message?: string): void;
  /** Its money is placed: there is nothing more to put together. */
  lock(): void;
  /** Lists are to be read again. */
  settled(): void;
};

export const LABELS = {
  apply: 'Apply now',
  propose: 'Propose',
  ask: 'Ask for remittance',
  aside: 'Set aside',
  explain: 'Why?',
} as const;

/** Runs one thing at a time; a failure is said below, with what to do. */
async function run(host: ActsHost, from: HTMLElement, work: () => Promise<void>): Promise<void> {
  if (host.element.ariaBusy === 'true') return;
  host.element.ariaBusy = 'true';
  from.classList.add('working');
  try {
    await work();
  } catch (error) {
    host.below.replaceChildren(failure((error as Error).message));
    host.below.scrollIntoView({ block: 'nearest' });
  } finally {
    host.element.ariaBusy = null;
    from.classList.remove('working');
  }
}

/** A button of the host. */
export const actButton = (
  host: ActsHost,
  label: string,
  className: string,
  work: () => Promise<void>,
): HTMLButtonElement => {
  const made: HTMLButtonElement = button(label, className, () => void run(host, made, work));
  return made;
};

/** Proposes exactly what is laid out; with `approve` then decides on exactly what was stored. */
async function place(host: ActsHost, approve: boolean): Promise<void> {
  const draft = host.draft();
  const made = await propose(host.desk().matched.payment.id, inputOf(draft));
  host.settled();
  announceChange();
  const { proposal } = made;
  if (!approve) return host.showBelow(made, 'Proposed. It waits for a decision.');
  if (proposal.content.kind !== 'application' || !isExactly(draft, proposal.content.placing))
    return host.showBelow(
      made,
      'Proposed, but it is not to the cent what you put together. Look at it, then approve.',
    );
  if (!proposal.mayDecide)
    return host.showBelow(
      made,
      `Proposed, not applied: ${proposal.whyNot ?? 'somebody else has to approve it.'}`,
    );
  const { id: proposalId, revision, digest } = proposal;
  const decided = await decide({ proposalId, revision, digest }, { kind: 'approve' });
  if (decided.proposal.state === 'done') host.lock();
  host.showBelow(decided, decided.message);
  host.settled();
  announceChange();
}

async function ask(host: ActsHost): Promise<void> {
  const { payment } = host.desk().matched;
  if (!payment.customer) return;
  host.showBelow(
    await draftLetter(payment.customer.id, payment.currency, 'remittance_request'),
    'Drafted, about their newest payment that waits. Look at the amount; it leaves once it is approved.',
  );
  announceChange();
}

/** The money waits again as it did before. */
const undoAside = (host: ActsHost, paymentId: number): HTMLElement =>
  actButton(host, 'Undo', 'quiet', async () => {
    await takeBack(paymentId);
    host.below.replaceChildren(
      el('p', { class: 'outcome', attributes: { role: 'status' } }, 'Taken back. It waits again.'),
    );
    host.settled();
  });

function openAside(host: ActsHost): void {
  const paymentId = host.desk().matched.payment.id;
  const done = async (reason: string): Promise<void> => {
    await setAside(paymentId, reason);
    host.lock();
    host.below.replaceChildren(
      el(
        'p',
        { class: 'outcome', attributes: { role: 'status' } },
        'Set aside: it is no longer counted as money of a customer. ',
        undoAside(host, paymentId),
      ),
    );
    host.settled();
  };
  host.below.replaceChildren(
    reasonForm('Why is it no payment of a customer?', 'Set aside', done, () => host.below.replaceChildren()),
  );
  host.below.scrollIntoView({ block: 'nearest' });
}

export type Acts = {
  element: HTMLElement;
  /** Turns off what cannot be done with the draft as it is. */
  follow(): void;
};

export function createActs(host: ActsHost): Acts {
  const apply = actButton(host, LABELS.apply, 'primary', () => place(host, true));
  const proposing = actButton(host, LABELS.propose, 'quiet', () => place(host, false));
  const asking = actButton(host, LABELS.ask, 'quiet', () => ask(host));
  const aside = actButton(host, LABELS.aside, 'quiet', async () => openAside(host));
  const why = actButton(host, LABELS.explain, 'quiet', async () =>
    host.showBelow(await explain(host.desk().matched.payment.id)),
  );
  return {
    element: el('div', { class: 'buttons cash-buttons' }, apply, proposing, asking, aside, why),
    follow: () => {
      const draft = host.draft();
      const cannot = draft.lines.length === 0 || problemsOf(draft).length > 0;
      apply.disabled = cannot;
      proposing.disabled = cannot;
      asking.disabled = host.desk().matched.payment.customer === null;
      asking.title = asking.disabled
        ? 'The ledger does not say whose payment it is, so nobody can be asked yet'
        : '';
    },
  };
}

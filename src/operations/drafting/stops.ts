/** What forbids an email that a person asks for, and what the person should know and may overrule. */
import type { ChaseFacts, ChaseInvoice } from '../../domain/cadence/facts.ts';
import { stopsFor } from '../../domain/cadence/stops.ts';
import type { Day } from '../../domain/calendar.ts';
import type { LetterKind } from '../../domain/chase/policy.ts';
import type { HoldReason } from '../../domain/chase/worklist.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import type { DraftSettings } from './request.ts';
import { onItsWay } from './store-draft.ts';

const INSTEAD: Partial<Record<HoldReason['kind'], string>> = {
  hold: 'Lift the hold first if it is over.',
  written_today: 'Write tomorrow, or call.',
  opted_out: 'Call them, or ask for another contact; they are not written to.',
  bounced: 'Correct the address in the ledger, or restore it with npx remy contacts restore EMAIL.',
  no_contact: 'Add a contact with an email address to the ledger first.',
  promise_open: 'Wait for the promised day, or withdraw the promise if they took it back.',
  disputed: 'Resolve the dispute first, or send a statement of account.',
  payment_unmatched: 'Match the payment first, or ask for the remittance advice.',
};

type Subject = {
  readonly facts: ChaseFacts;
  readonly invoices: readonly ChaseInvoice[];
  readonly letter: LetterKind;
};

const momentOf = ({ invoices, letter }: Subject, { policy }: DraftSettings, today: Day) => ({
  ...{ today, policy, letter, asked: true as const },
  invoices: invoices.map((each) => each.id),
});

/** `own`: the draft that is being changed, which is no reason against itself. */
export function assertMayWrite(subject: Subject, settings: DraftSettings, today: Day): void {
  const { facts } = subject;
  if (facts.liveProposal?.state === 'approved') throw onItsWay(facts.liveProposal.id);
  const [first, ...more] = stopsFor(facts, momentOf(subject, settings, today));
  if (!first) return;
  const reasons = [first, ...more];
  const instead = [...new Set(reasons.map(({ kind }) => INSTEAD[kind]).filter((each) => each !== undefined))];
  throw new InvalidInputError(
    `${facts.customer.name} cannot be written to about this now: ${reasons.map(({ text }) => text).join('; ')}. ${instead.join(' ')}`.trim(),
  );
}

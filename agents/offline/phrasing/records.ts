/** What was recorded, as the outputs say. */
import type {
  HoldToolOutput,
  LiftedHolds,
  RecordedDispute,
  RecordedHold,
  RecordedPromise,
} from '../../../src/domain/chase/records.ts';
import { lines, listed, money, paragraphs, sentence } from './words.ts';

const whose = ({ customer, invoice }: Pick<RecordedHold, 'customer' | 'invoice'>): string =>
  invoice ? `${invoice} of ${customer.name}` : customer.name;

/** "Until the 20th" holds through the 19th; both are said. */
export const phraseHold = (hold: HoldToolOutput): string =>
  paragraphs(
    hold.untilOn && hold.resumeOn
      ? `Chasing of ${whose(hold)} is stopped from ${hold.fromOn} through ${hold.untilOn}; it may go on from ${hold.resumeOn}.`
      : `Chasing of ${whose(hold)} is stopped from ${hold.fromOn} until the hold is lifted.`,
    sentence(`Reason: ${hold.reason}`),
    'Say "lift the hold" and the name to take it back.',
  );

const holdLine = (hold: RecordedHold): string =>
  `${whose(hold)}, held since ${hold.fromOn}${hold.untilOn ? `, was to end ${hold.untilOn}` : ''}: ${hold.reason}`;

export const phraseLifted = ({ customer, lifted, stillHeld, liftedOn }: LiftedHolds): string =>
  paragraphs(
    lifted.length === 0
      ? `There is no hold of ${customer.name} to lift.`
      : paragraphs(`Lifted on ${liftedOn}; chasing may go on:`, lines(lifted.map(holdLine))),
    stillHeld.length > 0 && paragraphs('The whole customer is still held:', lines(stillHeld.map(holdLine))),
  );

export const phrasePromise = (promise: RecordedPromise): string =>
  paragraphs(
    sentence(
      `Recorded: ${promise.customer.name} promised ${money(promise.amount, promise.currency)} by ${promise.payOn}${promise.method ? ` by ${promise.method}` : ''}${promise.invoices.length > 0 ? ` for ${listed(promise.invoices)}` : ''}`,
    ),
    promise.caution ?? false,
    'It is not chased for that until the promise was due, with the days that the money takes to clear.',
  );

export const phraseDispute = (dispute: RecordedDispute): string =>
  paragraphs(
    sentence(
      `Recorded: ${dispute.invoice} of ${dispute.customer.name}${dispute.lineNumber === null ? '' : `, line ${dispute.lineNumber},`} is disputed over ${money(dispute.amount, dispute.currency)} (${dispute.reason.replaceAll('_', ' ')})`,
    ),
    sentence(
      `${dispute.owner ? `It is with ${dispute.owner}, who has to answer it` : 'Nobody is assigned to it yet'}${dispute.dueOn ? ` by ${dispute.dueOn}` : ''}`,
    ),
    'That invoice is not chased while the dispute is open.',
  );

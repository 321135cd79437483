/** Who of a customer's contacts is written to. */
import type { ChaseContact, ChaseFacts } from './facts.ts';

/** Roles of people who pay bills, as ledgers name them. */
const PAYS_BILLS =
  /\b(ap\b|accounts? payable|payable|billing|accounting|bookkeep|buchhaltung|comptabilit|finance|invoice)/i;

export const canBeWrittenTo = (contact: ChaseContact): boolean =>
  contact.email !== null && contact.bouncedOn === null && contact.optedOutOn === null;

/**
 * The primary contacts that can be written to; without one, whoever's role is to pay bills; without that too, the
 * first with an address. Empty when nobody can be written to.
 */
export function recipients({ contacts }: Pick<ChaseFacts, 'contacts'>): ChaseContact[] {
  const reachable = contacts.filter(canBeWrittenTo);
  const primary = reachable.filter((each) => each.isPrimary);
  if (primary.length > 0) return primary;
  const payers = reachable.filter((each) => PAYS_BILLS.test(each.role ?? ''));
  return payers.length > 0 ? payers : reachable.slice(0, 1);
}

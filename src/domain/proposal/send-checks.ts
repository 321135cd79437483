/**
 * What is looked at before an approved email leaves, and before one is shown as waiting. Every check gives its answer
 * in words, whether it holds or not, so that the receipt shows all that was looked at.
 */
import type { CheckResult, EmailContent } from '../chase/proposals.ts';
import { formatAmount, parseDecimal, toDecimal } from '../money.ts';

const check = (name: string, problem: string | null, fine: string): CheckResult => ({
  check: name,
  ok: problem === null,
  detail: problem ?? fine,
});

/** An invoice as the ledger has it now. */
export type InvoiceNow = {
  readonly id: number;
  readonly number: string;
  readonly customerId: number;
  readonly currency: string;
  readonly status: string;
  readonly openMinor: bigint;
  readonly dueOn: string;
};

function invoiceProblem(
  named: EmailContent['invoices'][number],
  now: InvoiceNow | undefined,
  content: Pick<EmailContent, 'customerId' | 'currency'>,
): string | null {
  if (!now) return `${named.number} is not in the ledger any more`;
  if (now.number !== named.number) return `${named.number} is now called ${now.number}`;
  if (now.customerId !== content.customerId) return `${named.number} belongs to another customer now`;
  if (now.currency !== content.currency) return `${named.number} is in ${now.currency} now`;
  const wanted = parseDecimal(named.openAmount, content.currency);
  if (now.status === 'void' || (now.status === 'paid' && wanted > 0n))
    return `${named.number} is ${now.status} now`;
  if (now.openMinor !== wanted)
    return `${named.number} has ${formatAmount(toDecimal(now.openMinor, now.currency), now.currency)} open now, not ${formatAmount(named.openAmount, content.currency)}`;
  return now.dueOn === named.dueOn ? null : `${named.number} is due on ${now.dueOn} now, not ${named.dueOn}`;
}

/** Every invoice it names: there, of the same customer, with the same balance (open, where it was open) and due day. */
export function checkBalance(content: EmailContent, now: ReadonlyMap<number, InvoiceNow>): CheckResult {
  const problems = content.invoices.flatMap(
    (named) => invoiceProblem(named, now.get(named.id), content) ?? [],
  );
  const count = content.invoices.length;
  return check(
    'balance',
    problems.length > 0 ? `${problems.join('; ')}.` : null,
    count === 0
      ? 'It names no invoice.'
      : `${count === 1 ? 'The invoice has' : `All ${count} invoices have`} the same balance.`,
  );
}

export type Newest = { readonly lastMessageInId: number; readonly lastPaymentId: number };

/** Nothing came from the customer since it was written. Without evidence of what was known, nothing may leave. */
export const checkReplies = (known: Newest | null, now: Newest): CheckResult =>
  check(
    'replies',
    known === null
      ? 'It is not recorded what was known when it was written.'
      : now.lastMessageInId > known.lastMessageInId
        ? 'The customer has written since it was drafted.'
        : null,
    'No message came since it was drafted.',
  );

export const checkPayments = (known: Newest | null, now: Newest): CheckResult =>
  check(
    'payments',
    known !== null && now.lastPaymentId > known.lastPaymentId
      ? 'The customer has paid something since it was drafted.'
      : null,
    'No payment came since it was drafted.',
  );

export type KnownAddress = {
  readonly email: string;
  readonly bouncedOn: string | null;
  readonly optedOutOn: string | null;
};

function addressProblem(
  address: string,
  contacts: readonly KnownAddress[],
  ours: ReadonlySet<string> | null,
): string | null {
  const wanted = address.trim().toLowerCase();
  const found = contacts.filter((each) => each.email.toLowerCase() === wanted);
  if (found.length === 0)
    return ours?.has(wanted) ? null : `${address} is not a known contact of the customer`;
  if (found.some((each) => each.optedOutOn !== null)) return `${address} asked not to be written to`;
  return found.some((each) => each.bouncedOn !== null) ? `mail to ${address} came back` : null;
}

/** Recipients are the customer's known contacts; in copy also people of our own. None of them bounced or opted out. */
export function checkRecipients(
  content: Pick<EmailContent, 'to' | 'cc' | 'bcc'>,
  contacts: readonly KnownAddress[],
  ours: ReadonlySet<string>,
): CheckResult {
  const problems = [
    ...content.to.map((address) => addressProblem(address, contacts, null)),
    ...[...content.cc, ...content.bcc].map((address) => addressProblem(address, contacts, ours)),
  ].filter((each) => each !== null);
  return check(
    'recipients',
    problems.length > 0 ? `${problems.join('; ')}.` : null,
    'All recipients are known and can be written to.',
  );
}

type File = { readonly name: string; readonly mime: string; readonly size: number; readonly sha256: string };

/** What is stored hashes to what was approved, and the attachments are exactly those that were approved. */
export function checkDigest(
  digests: {
    readonly recomputed: string | null;
    readonly stored: string;
    readonly approved: readonly string[];
  },
  named: readonly File[],
  stored: readonly File[],
): CheckResult {
  const text = (files: readonly File[]) =>
    files.map(({ name, mime, size, sha256 }) => JSON.stringify([name, mime, size, sha256])).sort();
  const same =
    digests.recomputed !== null &&
    [digests.stored, ...digests.approved].every((each) => each === digests.recomputed);
  const files = text(named).join() === text(stored).join();
  return check(
    'digest',
    same && files ? null : `${same ? 'An attachment' : 'The content'} is not what was approved.`,
    'It is exactly what was approved.',
  );
}

/** The address in `Name <address>` or in a bare address, in lower case; null when there is none. */
export function bareAddress(from: string): string | null {
  const match = /^(?:[^<>]*<([^<>@\s]+@[^<>@\s]+)>|([^<>@\s]+@[^<>@\s]+))$/.exec(from.trim());
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

/** The sender is still ours, answers still come to us, and what the letter says about paying is still in force. */
export function checkSender(
  content: Pick<EmailContent, 'from' | 'replyTo' | 'listUnsubscribe'>,
  company: { readonly fromAddress: string; readonly replyTo: string | null } | null,
  changedSince: boolean,
): CheckResult {
  const problem = !company
    ? 'The company settings do not name a sender.'
    : bareAddress(content.from) !== company.fromAddress.toLowerCase()
      ? `${content.from} is not our address any more.`
      : content.replyTo !== null &&
          ![company.replyTo, company.fromAddress].some(
            (ours) => ours?.toLowerCase() === bareAddress(content.replyTo!),
          )
        ? `Answers would go to ${content.replyTo}, which is not our address.`
        : changedSince
          ? 'The company settings (sender, payment instructions) changed since it was drafted.'
          : null;
  return check('sender', problem, 'Sender and payment instructions are those in force.');
}

export const checkExpiry = (expiresAt: Date, now: Date): CheckResult =>
  check(
    'expiry',
    expiresAt <= now ? `The approval was good until ${expiresAt.toISOString()}.` : null,
    `The approval is good until ${expiresAt.toISOString()}.`,
  );

/** The people who approved could approve it now, and are enough. `refusals`: why some could not, in words. */
export const checkApproval = (
  approvedBy: readonly string[],
  refusals: readonly string[],
  needed: number,
): CheckResult =>
  check(
    'approval',
    refusals[0] !== undefined
      ? `An approval does not count any more: ${refusals.join(' ')}`
      : new Set(approvedBy).size < needed
        ? `It needs ${needed} approvals and has ${new Set(approvedBy).size}.`
        : null,
    `Approved by ${approvedBy.join(' and ')}.`,
  );

/** Every stop of the cadence: promise, dispute, hold, opt-out and the rest. */
export const checkStops = (
  reasons: readonly { readonly kind: string; readonly text: string }[],
): CheckResult =>
  check(
    'stops',
    reasons.length > 0 ? `${reasons.map((each) => each.text).join('; ')}.` : null,
    'No promise, dispute, hold, opt-out or other stop.',
  );

/** Only the time: what fails here waits, and is not void. */
export const checkHours = (
  next: { readonly at: Date; readonly why: string | null },
  now: Date,
): CheckResult =>
  check(
    'hours',
    next.at > now ? (next.why ?? `It may leave from ${next.at.toISOString()} on.`) : null,
    'It may leave now.',
  );

const DAY_MS = 86_400_000;
/** A ledger that nobody read for so long may have been paid in the meantime. */
const OLDEST_DAYS = 14;

/** Whole days since the ledger was last read from any source; null when no reading is recorded. */
export const ledgerAge = (sources: readonly { readonly syncedAt: string }[], now: Date): number | null =>
  sources.length === 0
    ? null
    : Math.floor((now.getTime() - Math.max(...sources.map((each) => Date.parse(each.syncedAt)))) / DAY_MS);

/** The ledger was read in the last two weeks: nobody is chased for what may be paid long since. */
export function checkFreshness(
  sources: readonly { readonly source: string; readonly syncedAt: string }[],
  now: Date,
): CheckResult {
  const age = ledgerAge(sources, now);
  return check(
    'freshness',
    age !== null && age > OLDEST_DAYS
      ? `The ledger was last read ${age} days ago; import or sync it first.`
      : null,
    age === null ? 'No reading of the ledger is recorded.' : `The ledger was read ${age} days ago.`,
  );
}

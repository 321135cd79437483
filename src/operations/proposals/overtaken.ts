/** What has happened since a draft was written, for many drafts at once: the checks that do not depend on who or when. */

import type { ChaseFacts } from '../../domain/cadence/facts.ts';
import { stopsFor } from '../../domain/cadence/stops.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import { type CheckResult, type EmailContent, proposalContent } from '../../domain/chase/proposals.ts';
import {
  checkBalance,
  checkPayments,
  checkRecipients,
  checkReplies,
  checkStops,
  type InvoiceNow,
  type KnownAddress,
  type Newest,
} from '../../domain/proposal/send-checks.ts';
import { readChaseFacts } from '../../store/chase/facts.ts';
import {
  readInvoicesNow,
  readKnownContacts,
  readNewest,
  readOurAddresses,
} from '../../store/proposals/ledger-now.ts';
import type { StoredRevision } from '../../store/proposals/stored.ts';
import type { Sql } from '../../store/transaction.ts';

/** Reasons that a live draft itself causes, so they never stop it. */
const OWN = new Set(['draft_waiting', 'on_its_way']);

export type Setting = {
  readonly today: string;
  readonly policy: CadencePolicy;
  readonly company: CompanySettings | null;
  /** The instant at which it leaves, where that is decided: gap and cap are counted in the customer's days too then. */
  readonly leavesAt?: Date | undefined;
};

type Standing = {
  readonly facts: readonly ChaseFacts[];
  readonly invoices: ReadonlyMap<number, InvoiceNow>;
  readonly contacts: ReadonlyMap<number, readonly KnownAddress[]>;
  readonly newest: ReadonlyMap<number, Newest>;
  readonly ours: ReadonlySet<string>;
};

/** Who may be in copy beside the customer's contacts: addresses of the company's settings and of its own steps. */
const ownAddresses = ({ company, policy }: Setting): string[] =>
  [
    company?.fromAddress,
    company?.replyTo,
    company?.managerEmail,
    company?.legalEmail,
    ...Object.values(policy.segments).flatMap((steps) => steps.flatMap((step) => step.cc)),
  ].flatMap((each) => (each?.includes('@') ? [each.toLowerCase()] : []));

async function readStanding(sql: Sql, emails: readonly EmailContent[], setting: Setting): Promise<Standing> {
  const customerIds = [...new Set(emails.map((each) => each.customerId))];
  const invoiceIds = [...new Set(emails.flatMap((each) => each.invoices.map((invoice) => invoice.id)))];
  return {
    facts: await readChaseFacts(sql, { today: setting.today, customerIds, owner: null }),
    invoices: await readInvoicesNow(sql, invoiceIds),
    contacts: await readKnownContacts(sql, customerIds),
    newest: await readNewest(sql, customerIds),
    ours: new Set([...(await readOurAddresses(sql)), ...ownAddresses(setting)]),
  };
}

function stops(stored: StoredRevision, content: EmailContent, facts: ChaseFacts, setting: Setting) {
  const { today, policy, leavesAt } = setting;
  const found = stopsFor(facts, {
    ...{ today, policy, now: leavesAt },
    invoices: content.invoices.map((each) => each.id),
    letter: content.letter,
    asked: stored.origin !== 'cadence',
  });
  return found.filter((each) => !OWN.has(each.kind));
}

const nothing: Newest = { lastMessageInId: 0, lastPaymentId: 0 };

function checksOf(
  stored: StoredRevision,
  content: EmailContent,
  now: Standing,
  setting: Setting,
): CheckResult[] {
  const facts = now.facts.find(
    (each) => each.customer.id === content.customerId && each.currency === content.currency,
  );
  const newest = now.newest.get(content.customerId) ?? nothing;
  return [
    checkBalance(content, now.invoices),
    checkReplies(stored.evidence, newest),
    checkPayments(stored.evidence, newest),
    checkRecipients(content, now.contacts.get(content.customerId) ?? [], now.ours),
    checkStops(facts ? stops(stored, content, facts, setting) : []),
  ];
}

/** The email in it; null when it is something else, or no email that could be read. */
export function emailIn(stored: StoredRevision): EmailContent | null {
  const parsed = proposalContent.safeParse(stored.content);
  return parsed.success && parsed.data.kind === 'email' ? parsed.data : null;
}

/** For each email: every check of what may have changed since it was written, whether it holds or not. */
export async function lookAgain(
  sql: Sql,
  stored: readonly StoredRevision[],
  setting: Setting,
): Promise<Map<number, CheckResult[]>> {
  const emails = stored.flatMap((each) => {
    const content = emailIn(each);
    return content ? [{ each, content }] : [];
  });
  if (emails.length === 0) return new Map();
  const now = await readStanding(
    sql,
    emails.map(({ content }) => content),
    setting,
  );
  return new Map(
    emails.map(({ each, content }) => [each.proposal_id, checksOf(each, content, now, setting)]),
  );
}

/** What does not hold, as sentences; empty when all of it does. */
export const failures = (checks: readonly CheckResult[]): string[] =>
  checks.filter((each) => !each.ok).map((each) => each.detail);

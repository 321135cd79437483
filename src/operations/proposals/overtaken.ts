/** What has happened since a draft was written, for many drafts at once: the checks that do not depend on who or when. */

import type { ChaseFacts } from '../../domain/cadence/facts.ts';
import { stopsFor } from '../../domain/cadence/stops.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import { type CheckResult, type EmailContent, proposalContent } from '../../domain/chase/proposals.ts';
import { checkAge } from '../../domain/proposal/age-check.ts';
import {
  checkBalance,
  checkPayments,
  checkRecipients,
  checkReplies,
  checkSender,
  checkStops,
  type InvoiceNow,
  type KnownAddress,
  type Newest,
} from '../../domain/proposal/send-checks.ts';
import { readChaseFacts } from '../../store/chase/facts.ts';
import { readOtherSettings } from '../../store/proposals/approvals.ts';
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
  /** Proposals that were written with other company settings. */
  readonly otherSettings: ReadonlySet<number>;
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

type Email = { readonly each: StoredRevision; readonly content: EmailContent };

async function readStanding(sql: Sql, all: readonly Email[], setting: Setting): Promise<Standing> {
  const emails = all.map(({ content }) => content);
  const customerIds = [...new Set(emails.map((each) => each.customerId))];
  const invoiceIds = [...new Set(emails.flatMap((each) => each.invoices.map((invoice) => invoice.id)))];
  return {
    facts: await readChaseFacts(sql, { today: setting.today, customerIds, owner: null }),
    invoices: await readInvoicesNow(sql, invoiceIds),
    contacts: await readKnownContacts(sql, customerIds),
    newest: await readNewest(sql, customerIds),
    ours: new Set([...(await readOurAddresses(sql)), ...ownAddresses(setting)]),
    otherSettings: await readOtherSettings(
      sql,
      all.map(({ each }) => each.proposal_id),
    ),
  };
}

function stops(stored: StoredRevision, content: EmailContent, facts: ChaseFacts, setting: Setting) {
  const { today, policy, leavesAt } = setting;
  const found = stopsFor(facts, {
    ...{ today, policy, now: leavesAt },
    invoices: content.invoices.map((each) => each.id),
    letter: content.letter,
    // a draft with a step was asked for by nobody, or for many at once; a person's change of its words overrules nothing
    asked: stored.origin !== 'cadence' && content.stepId === null,
  });
  return found.filter((each) => !OWN.has(each.kind));
}

/** Checks of what the letter says of itself: they do not matter while it is put off. */
export const TEXT_CHECKS: ReadonlySet<string> = new Set(['sender', 'age']);

/** Whether the sender, the payment instructions and the days in the text are still right. */
export const textChecks = (
  stored: StoredRevision,
  content: EmailContent,
  otherSettings: ReadonlySet<number>,
  { company, today }: Pick<Setting, 'company' | 'today'>,
): CheckResult[] => [
  checkSender(content, company, otherSettings.has(stored.proposal_id)),
  ...(stored.evidence ? [checkAge(content, stored.evidence, today)] : []),
];

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
    ...textChecks(stored, content, now.otherSettings, setting),
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
  const now = await readStanding(sql, emails, setting);
  return new Map(
    emails.map(({ each, content }) => [each.proposal_id, checksOf(each, content, now, setting)]),
  );
}

/** What does not hold, as sentences; empty when all of it does. */
export const failures = (checks: readonly CheckResult[]): string[] =>
  checks.filter((each) => !each.ok).map((each) => each.detail);

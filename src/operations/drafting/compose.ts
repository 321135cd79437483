/**
 * One way to a draft, whoever asks for it: read what it rests on, have the prose written, put the figures in, store it.
 * The prose is written between two transactions, since a model may take its time.
 */
import type { Day } from '../../domain/calendar.ts';
import type { LetterFacts } from '../../domain/chase/drafting.ts';
import type { EmailContent } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { toDecimal } from '../../domain/money.ts';
import { approvalRule } from '../../domain/proposal/approval-rule.ts';
import { checkLetter } from '../../domain/proposal/letter-check.ts';
import { fillLetter } from '../../domain/proposal/letter-fill.ts';
import { LONGEST_LIST } from '../../domain/proposal/letter-values.ts';
import { plainData } from '../../domain/proposal/plain-data.ts';
import type { Context } from '../../ports/actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StatementWriter } from '../../ports/statements.ts';
import type { Writer } from '../../ports/writer.ts';
import { bytesDigest } from '../../store/digest.ts';
import { type MailThread, readNewestPayment, readNewestThread } from '../../store/drafting/conversation.ts';
import type { Database } from '../../store/pool.ts';
import { readNewest } from '../../store/proposals/ledger-now.ts';
import type { Attachment, Evidence, NewRevision } from '../../store/proposals/write.ts';
import type { Sql } from '../../store/transaction.ts';
import { letterFactsOf } from './letter-facts.ts';
import { addressees, ourAddresses, type Recipients } from './recipients.ts';
import type { Attach, DraftRequest, DraftSettings } from './request.ts';
import { statementFile, statementOf } from './statement.ts';
import { threadFor } from './thread.ts';

export type DraftParts = {
  readonly database: Pick<Database, 'pool'>;
  readonly clock: Clock;
  readonly writer: Writer;
  readonly statements: StatementWriter;
};

/** Read in one transaction; all that the letter says is fixed from here on. */
export type PreparedDraft = {
  readonly request: DraftRequest;
  readonly settings: DraftSettings;
  readonly recipients: Recipients;
  readonly letter: LetterFacts;
  readonly attachment: Attachment | null;
  readonly thread: MailThread | null;
  readonly evidence: Evidence;
};

/** A list that does not fit the mail goes with it. */
const attachOf = ({ letter, attach, invoices }: DraftRequest): Attach | null =>
  attach ?? (letter === 'statement' || invoices.length > LONGEST_LIST ? 'statement_pdf' : null);

function assertHasFacts(request: DraftRequest, payment: unknown, today: Day): void {
  const { letter, facts } = request;
  const { name } = facts.customer;
  const late = request.invoices.some((each) => each.dueOn < today);
  const early = request.invoices.filter((each) => each.dueOn >= today).map((each) => each.number);
  if ((letter === 'overdue' || letter === 'final_notice') && !late)
    throw new InvalidInputError(
      `Nothing in it is past due, so ${letter === 'overdue' ? 'an overdue letter' : 'a final notice'} would say what is not true. Ask for a reminder.`,
    );
  if (letter === 'final_notice' && early.length > 0)
    throw new InvalidInputError(
      `A final notice is about what is past due; leave out ${early.join(', ')}, or ask for a reminder.`,
    );
  if (letter === 'broken_promise' && !request.broken)
    throw new InvalidInputError(
      `${name} broke no promise in ${facts.currency} lately. Ask for an overdue letter.`,
    );
  if (letter === 'thank_you' && !payment)
    throw new InvalidInputError(
      `No payment of ${name} in ${facts.currency} is in the ledger to give thanks for.`,
    );
  if (letter === 'remittance_request' && !payment)
    throw new InvalidInputError(
      `Every payment of ${name} in ${facts.currency} is on invoices already, so there is no remittance to ask for.`,
    );
}

/**
 * Throws: InvalidInputError when nobody can be written to, somebody in copy is not known, or the letter has no facts
 * behind it.
 */
export async function prepareDraft(
  sql: Sql,
  { clock, statements }: Pick<DraftParts, 'clock' | 'statements'>,
  request: DraftRequest,
  { settings, today }: { readonly settings: DraftSettings; readonly today: Day },
): Promise<PreparedDraft> {
  const { facts, language } = request;
  const { id } = facts.customer;
  const recipients = addressees(facts, request, await ourAddresses(sql, settings));
  const aboutMoney = request.letter === 'thank_you' || request.letter === 'remittance_request';
  const payment = aboutMoney
    ? await readNewestPayment(sql, id, facts.currency, { unapplied: request.letter === 'remittance_request' })
    : null;
  assertHasFacts(request, payment, today);
  const attach = attachOf(request);
  const file =
    attach && (await statementFile(statements, statementOf(facts, settings, language, today), attach));
  const around = {
    settings,
    today,
    payment,
    greetingName: recipients.greetingName,
    attachment: file?.name ?? null,
  };
  const newest = (await readNewest(sql, [id])).get(id) ?? { lastMessageInId: 0, lastPaymentId: 0 };
  const { shorter, mentionPo, wishes } = request;
  const letter = letterFactsOf(request, around);
  return {
    request,
    settings,
    recipients,
    letter,
    attachment: file,
    thread: await readNewestThread(sql, id),
    evidence: {
      lastMessageInId: newest.lastMessageInId,
      lastPaymentId: newest.lastPaymentId,
      at: clock.now().toISOString(),
      asOf: today,
      companyVersion: settings.companyVersion,
      answerBy: letter.answerBy,
      style: { shorter, mentionPo, wishes, edited: false },
    },
  };
}

/** `Name <address>`, the name quoted where it has to be (RFC 5322). */
export function mailboxOf(name: string, address: string): string {
  const plain = plainData(name).replace(/["\\]/g, '');
  return /[^\p{L}\p{N} '&-]/u.test(plain) ? `"${plain}" <${address}>` : `${plain} <${address}>`;
}

/** Others wrote it: it is sent under our name only where it states nothing that is not in the ledger and the settings. */
const isHarmless = (subject: string, { letter, settings }: PreparedDraft): boolean =>
  checkLetter({ subject, body: '' }, letter, settings.company).length === 0;

/** The letter and everything around it as it would leave. */
function contentOf(prepared: PreparedDraft, letter: { subject: string; body: string }): EmailContent {
  const { request, settings, recipients, attachment, thread } = prepared;
  const { facts } = request;
  const { company } = settings;
  const answer = threadFor(
    thread,
    request.invoices.map((each) => each.number),
    prepared.letter.today,
  );
  return {
    kind: 'email',
    customerId: facts.customer.id,
    currency: facts.currency,
    letter: request.letter,
    tone: request.tone,
    language: request.language,
    from: mailboxOf(company.fromName, company.fromAddress),
    replyTo: company.replyTo,
    to: recipients.to,
    cc: recipients.cc,
    bcc: [],
    subject: answer && isHarmless(answer.subject, prepared) ? answer.subject : letter.subject,
    body: letter.body,
    attachments: attachment
      ? [
          {
            name: attachment.name,
            mime: attachment.mime,
            size: attachment.bytes.length,
            sha256: bytesDigest(attachment.bytes),
          },
        ]
      : [],
    inReplyTo: answer?.thread.inReplyTo ?? null,
    references: [...(answer?.thread.references ?? [])],
    listUnsubscribe: company.unsubscribeAddress,
    invoices: request.invoices.map((each) => ({
      id: each.id,
      number: each.number,
      openAmount: toDecimal(each.openMinor, facts.currency),
      dueOn: each.dueOn,
    })),
    totalAmount: prepared.letter.totalAmount,
    stepId: request.stepId,
  };
}

const HOUR_MS = 3_600_000;

/** What is stored with every revision of an email beside its content. */
export function revisionOf(
  of: {
    readonly content: EmailContent;
    readonly attachments: readonly Attachment[];
    readonly evidence: Evidence;
    readonly riskFlags: readonly string[];
    readonly instruction: string | null;
    readonly model: string;
    readonly promptVersion: string;
    readonly amountMinor: bigint;
  },
  made: {
    readonly settings: DraftSettings;
    readonly context: Context;
    readonly byBot: boolean;
    readonly now: Date;
  },
): NewRevision {
  const { policy } = made.settings;
  const { actor } = made.context;
  const { amountMinor, riskFlags, content } = of;
  const rule = approvalRule(
    { amountMinor, currency: content.currency, riskFlags, madeByBot: made.byBot },
    policy,
  );
  return {
    ...of,
    madeBy: { userId: actor.userId, email: actor.email },
    approvalsNeeded: rule.approvalsNeeded,
    expiresAt: new Date(made.now.getTime() + policy.approval.expiresAfterHours * HOUR_MS),
  };
}

/**
 * Has the prose written and gives the revision to store. Outside a transaction where the writer is a model.
 * The wish goes along as the person's words; figures and addresses never come from it.
 */
export async function composeDraft(
  { writer, clock }: Pick<DraftParts, 'writer' | 'clock'>,
  prepared: PreparedDraft,
  made: { readonly context: Context; readonly byBot: boolean },
): Promise<NewRevision> {
  const { letter, settings, request, attachment, evidence } = prepared;
  const wish = request.wishes.length > 0 ? request.wishes.join('\n') : null;
  const written = await writer.write(letter, wish);
  const filled = fillLetter(written, letter);
  return revisionOf(
    {
      content: contentOf(prepared, filled),
      attachments: attachment ? [attachment] : [],
      evidence,
      riskFlags: checkLetter(filled, letter, settings.company),
      instruction: request.wishes.at(-1) ?? null,
      model: written.model,
      promptVersion: written.promptVersion,
      amountMinor: request.invoices.reduce((sum, each) => sum + each.openMinor, 0n),
    },
    { settings, ...made, now: clock.now() },
  );
}

/** Changes a waiting draft in place, by hand: the text as typed, looked through for what the ledger does not know. */
import { z } from 'zod';
import { type EmailContent, emailEdits, type ProposalView } from '../domain/chase/proposals.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { parseDecimal } from '../domain/money.ts';
import { checkLetter } from '../domain/proposal/letter-check.ts';
import { subjectLine } from '../domain/proposal/letter-fill.ts';
import { withoutInvisible } from '../domain/visible-text.ts';
import type { Context } from '../ports/actor.ts';
import { contentDigest } from '../store/digest.ts';
import { readNewestPayment } from '../store/drafting/conversation.ts';
import { readStyle } from '../store/drafting/drafts.ts';
import { readOtherSettings } from '../store/proposals/approvals.ts';
import { readNewest } from '../store/proposals/ledger-now.ts';
import { readAttachments, readStored, type StoredRevision } from '../store/proposals/stored.ts';
import type { Attachment, NewRevision } from '../store/proposals/write.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { newestBroken } from './drafting/choose-letter.ts';
import { type DraftParts, revisionOf } from './drafting/compose.ts';
import { letterFactsOf } from './drafting/letter-facts.ts';
import { knownAddress, ourAddresses } from './drafting/recipients.ts';
import { type DraftSettings, readDraftSettings } from './drafting/request.ts';
import { storeRevision } from './drafting/store-draft.ts';
import { factsOfDraft, findWaitingDraft, stillOpen } from './drafting/waiting-draft.ts';
import { viewProposals } from './list-proposals.ts';
import { failures, textChecks } from './proposals/overtaken.ts';
import { assertMayRecord, parseInput } from './recording.ts';

export const editDraftInput = z.strictObject({
  proposalId: z.int().positive(),
  /** What the person had before them. */
  revision: z.int().positive(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  edits: emailEdits,
});
export type EditDraftInput = z.infer<typeof editDraftInput>;

type Facts = Awaited<ReturnType<typeof factsOfDraft>>;

/** Recipients are contacts of the customer; in copy also our own people. An unknown address is refused. */
function editedContent(
  content: EmailContent,
  { edits }: EditDraftInput,
  facts: Facts,
  ours: ReadonlySet<string>,
) {
  const { name } = facts.customer;
  const to = edits.to?.map((each) => knownAddress(each, facts, new Set())) ?? content.to;
  const cc = edits.cc?.map((each) => knownAddress(each, facts, ours)) ?? content.cc;
  const body = edits.body === undefined ? content.body : withoutInvisible(edits.body).trim();
  const subject =
    edits.subject === undefined ? content.subject : subjectLine(withoutInvisible(edits.subject));
  if (body === '' || subject === '')
    throw new InvalidInputError(`An email to ${name} needs a subject and a text.`);
  const direct = [...new Set(to)];
  return {
    ...content,
    to: direct,
    cc: [...new Set(cc)].filter((each) => !direct.includes(each)),
    body,
    subject,
  };
}

/** The flags of the new text. What code or the conversation gave was checked when it was drafted. */
async function flagsOf(
  sql: Sql,
  {
    before,
    after,
    byHand,
  }: { readonly before: EmailContent; readonly after: EmailContent; readonly byHand: boolean },
  facts: Facts,
  settings: DraftSettings,
  today: string,
): Promise<string[]> {
  const { open, gone } = stillOpen(before, facts);
  const moved = open.filter((each) => {
    const named = before.invoices.find(({ id }) => id === each.id);
    return named && parseDecimal(named.openAmount, before.currency) !== each.openMinor;
  });
  if (gone.length > 0 || moved.length > 0)
    throw new InvalidInputError(
      `The ledger has changed since it was drafted (${[...gone, ...moved.map((each) => each.number)].join(', ')}). Have it written anew first.`,
    );
  const broken = before.letter === 'broken_promise' ? newestBroken(facts, open, today) : null;
  const choices = {
    to: null,
    cc: [],
    attach: null,
    shorter: false,
    mentionPo: true,
    wishes: [],
    stepId: null,
  } as const;
  const { letter, tone, language } = before;
  const request = { ...choices, ...{ facts, invoices: open, broken, letter, tone, language } };
  const attachment = before.attachments[0]?.name ?? null;
  const unapplied = letter === 'remittance_request';
  const payment = await readNewestPayment(sql, before.customerId, before.currency, { unapplied });
  const known = letterFactsOf(request, { settings, today, payment, greetingName: null, attachment });
  // lines that code wrote were checked when it wrote them; those of a hand are looked at again
  const subject = !byHand && after.subject === before.subject ? '' : after.subject;
  const kept = new Set(byHand ? [] : before.body.split('\n'));
  const body = after.body
    .split('\n')
    .filter((line) => !kept.has(line))
    .join('\n');
  return checkLetter({ subject, body }, known, settings.company);
}

async function filesOf(sql: Sql, content: EmailContent, input: EditDraftInput): Promise<Attachment[]> {
  const bytes = await readAttachments(sql, input.proposalId, input.revision);
  return content.attachments.map(({ name, mime }) => {
    const found = bytes.get(name);
    if (!found)
      throw new InvalidInputError(`The attachment ${name} is not there any more. Have it drafted anew.`);
    return { name, mime, bytes: found };
  });
}

/** A hand changes words; the sender, how to pay and the days are written anew. */
async function assertTextHolds(
  sql: Sql,
  stored: StoredRevision,
  content: EmailContent,
  { company }: DraftSettings,
  { today }: Context,
): Promise<void> {
  const others = await readOtherSettings(sql, [stored.proposal_id]);
  const problems = failures(textChecks(stored, content, others, { company, today }));
  if (problems.length > 0) throw new InvalidInputError(`${problems.join(' ')} Have it written anew.`);
}

async function editedRevision(
  sql: Sql,
  { clock }: Pick<DraftParts, 'clock'>,
  input: EditDraftInput,
  context: Context,
): Promise<NewRevision> {
  const settings = await readDraftSettings(sql);
  const { row, content } = await findWaitingDraft(sql, input.proposalId, context);
  if (row.revision !== input.revision || row.digest !== input.digest)
    throw new InvalidInputError(
      `Draft ${row.id} has changed since you opened it. Open it again; nothing was saved.`,
    );
  const facts = await factsOfDraft(sql, content, context);
  const after = editedContent(content, input, facts, await ourAddresses(sql, settings));
  if (contentDigest(after) === row.digest) throw new InvalidInputError('Nothing was changed.');
  const [stored] = await readStored(sql, [row.id]);
  await assertTextHolds(sql, stored!, content, settings, context);
  const style = await readStyle(sql, row.id, row.revision);
  const flags = await flagsOf(
    sql,
    { before: content, after, byHand: style.edited },
    facts,
    settings,
    // what it may say of days is what was true when it was written
    stored!.evidence?.asOf ?? context.today,
  );
  const before = after.body === content.body && after.subject === content.subject ? row.risk_flags : [];
  const newest = (await readNewest(sql, [content.customerId])).get(content.customerId)!;
  const now = clock.now();
  const text = after.body !== content.body || after.subject !== content.subject;
  return revisionOf(
    {
      content: after,
      attachments: await filesOf(sql, content, input),
      // what came since it was written still counts as new, and its days are those of then: an edit changes neither
      evidence: {
        ...(stored!.evidence ?? { ...newest, at: now.toISOString(), asOf: context.today }),
        // those it was written with, as was just seen
        companyVersion: settings.companyVersion,
        style: { ...style, edited: style.edited || text },
      },
      riskFlags: [...new Set([...flags, ...before])],
      instruction: 'edited by hand',
      model: text ? 'by hand' : row.model,
      promptVersion: stored!.prompt_version,
      amountMinor: row.amount_minor ?? 0n,
    },
    { settings, context, byBot: false, now },
  );
}

/**
 * Stores the edited email as the next revision, made by the editor.
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError when it is not the revision that was seen, does
 * not wait any more, or names somebody who is not known.
 */
export const createEditDraft =
  (parts: Pick<DraftParts, 'database' | 'clock'>) =>
  async (raw: EditDraftInput, context: Context): Promise<ProposalView> => {
    assertMayRecord(context);
    const input = parseInput(editDraftInput, raw);
    return inTenant(parts.database.pool, context.actor.tenantId, async (sql) => {
      const revision = await editedRevision(sql, parts, input, context);
      const of = { proposalId: input.proposalId, from: input.revision };
      await storeRevision(sql, of, revision, context, 'edit_draft');
      const [view] = await viewProposals(sql, parts.clock, [input.proposalId], context);
      return view!;
    });
  };

/** Changes a waiting draft as a person wishes ("firmer", "cc their controller", "shorter, in German"): its next revision. */
import type { ChaseFacts, ChaseInvoice } from '../domain/cadence/facts.ts';
import { type DraftEmailOutput, type ReviseDraftInput, reviseDraftInput } from '../domain/chase/drafting.ts';
import type { EmailContent } from '../domain/chase/proposals.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { Context } from '../ports/actor.ts';
import { type DraftStyle, readStyle } from '../store/drafting/drafts.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { chooseInvoices, findOpen } from './drafting/choose-invoices.ts';
import { climb, newestBroken } from './drafting/choose-letter.ts';
import { composeDraft, type DraftParts, type PreparedDraft, prepareDraft } from './drafting/compose.ts';
import {
  type Attach,
  type DraftRequest,
  type LeftOutInvoice,
  readDraftSettings,
} from './drafting/request.ts';
import { assertMayWrite } from './drafting/stops.ts';
import { storeRevision } from './drafting/store-draft.ts';
import { factsOfDraft, findWaitingDraft, stillOpen, type WaitingDraft } from './drafting/waiting-draft.ts';
import { viewProposals } from './list-proposals.ts';
import { assertMayRecord, parseInput } from './recording.ts';

const MOST_WISHES = 10;

type Change = {
  readonly invoices: readonly ChaseInvoice[];
  readonly leftOut: readonly LeftOutInvoice[];
  readonly cautions: string[];
};

/** The invoices of the draft with those added and removed; what was paid or must not be chased any more drops out. */
function changedInvoices(
  content: EmailContent,
  facts: ChaseFacts,
  input: ReviseDraftInput,
  today: string,
): Change {
  const { open, gone } = stillOpen(content, facts);
  const added = input.addInvoices.map((number) => findOpen(facts, number));
  const removed = new Set(input.removeInvoices.map((number) => findOpen(facts, number).id));
  const wanted = [...new Set([...open, ...added])].filter((each) => !removed.has(each.id));
  const letter = input.letter ?? content.letter;
  const cautions = gone.length > 0 ? [`${gone.join(', ')} is no longer open and was taken out.`] : [];
  const mayBeEmpty = letter === 'thank_you' || letter === 'remittance_request' || letter === 'statement';
  if (letter === 'statement') return { invoices: facts.invoices, leftOut: [], cautions };
  if (wanted.length === 0 && !mayBeEmpty)
    throw new InvalidInputError('Then no invoice would be left in it. Reject the draft instead.');
  if (mayBeEmpty) return { invoices: wanted, leftOut: [], cautions };
  const numbers = wanted.map((each) => each.number);
  const { leftOut } = chooseInvoices(facts, { numbers, letter }, today);
  const stopped = new Set(leftOut.map((each) => each.number));
  return { invoices: wanted.filter((each) => !stopped.has(each.number)), leftOut, cautions };
}

function changedAttachment(content: EmailContent, asked: ReviseDraftInput['attach']): Attach | null {
  if (asked !== undefined) return asked === 'none' ? null : asked;
  const [file] = content.attachments;
  if (!file) return null;
  return file.mime === 'text/csv' ? 'statement_csv' : 'statement_pdf';
}

/** Throws: InvalidInputError where "firmer" is all that was asked and the ladder ends here. */
function changedTone(content: EmailContent, input: ReviseDraftInput): EmailContent['tone'] {
  if (input.tone) return input.tone;
  const tone = climb(content.tone, input.firmer ?? 0);
  const nothingElse =
    !input.letter &&
    !input.language &&
    !input.attach &&
    input.shorter === undefined &&
    input.mentionPo === undefined;
  const lists = [input.addCc, input.removeCc, input.addInvoices, input.removeInvoices];
  if (input.firmer && tone === content.tone && nothingElse && lists.every((list) => list.length === 0))
    throw new InvalidInputError(
      input.firmer > 0
        ? `It is as firm as letters get (${tone}). A final notice says more: ask for that.`
        : `It is as friendly as letters get (${tone}).`,
    );
  return tone;
}

const lower = (text: string): string => text.trim().toLowerCase();

function changedCc(content: EmailContent, input: ReviseDraftInput, facts: ChaseFacts): string[] {
  const roles = new Map(
    facts.contacts.flatMap((each) => (each.email ? [[lower(each.email), lower(each.role ?? '')]] : [])),
  );
  const owner = facts.customer.owner ? lower(facts.customer.owner) : '';
  const dropped = input.removeCc.map(lower);
  const isDropped = (address: string): boolean =>
    dropped.some(
      (each) =>
        each === address ||
        (each === 'owner' && address === owner) ||
        (each !== '' && !each.includes('@') && (roles.get(address) ?? '').includes(each)),
    );
  const kept = content.cc.filter((each) => !isDropped(lower(each)));
  if (dropped.length > 0 && kept.length === content.cc.length)
    throw new InvalidInputError(
      `${input.removeCc.join(', ')} is not in copy; in copy are: ${content.cc.join(', ') || 'nobody'}.`,
    );
  return [...kept, ...input.addCc];
}

type Before = WaitingDraft & { readonly facts: ChaseFacts; readonly style: DraftStyle };

function changedRequest(
  { content, facts, style }: Before,
  input: ReviseDraftInput,
  change: Change,
  today: string,
): DraftRequest {
  const letter = input.letter ?? content.letter;
  const wishes = [...style.wishes, ...(input.wish?.trim() ? [input.wish.trim()] : [])].slice(-MOST_WISHES);
  return {
    ...{ facts, letter, invoices: change.invoices, wishes },
    tone: changedTone(content, input),
    language: input.language ?? content.language,
    broken: letter === 'broken_promise' ? newestBroken(facts, change.invoices, today) : null,
    cc: changedCc(content, input, facts),
    to: content.to,
    attach: changedAttachment(content, input.attach),
    shorter: input.shorter ?? style.shorter,
    mentionPo: input.mentionPo ?? style.mentionPo,
    stepId: content.stepId,
  };
}

type Planned = WaitingDraft & { readonly prepared: PreparedDraft; readonly change: Change };

async function plan(
  sql: Sql,
  parts: DraftParts,
  input: ReviseDraftInput,
  context: Context,
): Promise<Planned> {
  const { today } = context;
  const settings = await readDraftSettings(sql);
  const draft = await findWaitingDraft(sql, input.proposalId, context);
  const facts = await factsOfDraft(sql, draft.content, context);
  const style = await readStyle(sql, draft.row.id, draft.row.revision);
  const change = changedInvoices(draft.content, facts, input, today);
  const request = changedRequest({ ...draft, facts, style }, input, change, today);
  const subject = { facts, invoices: request.invoices, letter: request.letter };
  assertMayWrite(subject, settings, today);
  const noOrder = request.mentionPo && request.invoices.every((each) => each.poNumber === null);
  const cautions = [
    ...change.cautions,
    ...(style.edited ? ['The text that was changed by hand was written anew.'] : []),
    ...(noOrder ? ['The ledger has no purchase order number for these invoices, so none is mentioned.'] : []),
  ];
  const prepared = await prepareDraft(sql, parts, request, { settings, today });
  return { ...draft, prepared, change: { ...change, cautions } };
}

/**
 * An approval of an older revision does not count for the new one. Throws: NotAllowedError (viewer), NotFoundError,
 * InvalidInputError when the draft does not wait any more, or the wish cannot be followed.
 */
export const createReviseDraft =
  (parts: DraftParts) =>
  async (raw: ReviseDraftInput, context: Context): Promise<DraftEmailOutput> => {
    assertMayRecord(context);
    const input = parseInput(reviseDraftInput, raw);
    const { pool } = parts.database;
    const { tenantId } = context.actor;
    const { row, prepared, change } = await inTenant(pool, tenantId, (sql) =>
      plan(sql, parts, input, context),
    );
    const revision = await composeDraft(parts, prepared, { context, byBot: false });
    return inTenant(pool, tenantId, async (sql) => {
      const of = { proposalId: row.id, from: row.revision };
      const instruction = input.wish ?? describe(input);
      await storeRevision(sql, of, { ...revision, instruction }, context, 'revise_draft');
      const [proposal] = await viewProposals(sql, parts.clock, [row.id], context);
      return {
        proposal: { ...proposal!, cautions: [...proposal!.cautions, ...change.cautions] },
        leftOut: [...change.leftOut],
      };
    });
  };

/** What was asked, for the record, where it was not said in words. */
const describe = ({ proposalId: _, wish: __, ...input }: ReviseDraftInput): string =>
  Object.entries(input)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ')
    .slice(0, 500);

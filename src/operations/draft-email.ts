/** Drafts one email to one customer as a proposal: it leaves only when a person approved exactly that text. */
import type { ChaseFacts } from '../domain/cadence/facts.ts';
import { type DraftEmailInput, type DraftEmailOutput, draftEmailInput } from '../domain/chase/drafting.ts';
import { InvalidInputError, NotFoundError, RemyError } from '../domain/errors.ts';
import { canMeanNumber, invoiceKey } from '../domain/invoice-number.ts';
import { isCurrency } from '../domain/money.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { readChaseFacts } from '../store/chase/facts.ts';
import { inTenant, type Sql } from '../store/transaction.ts';
import { chooseInvoices } from './drafting/choose-invoices.ts';
import { chooseLetter } from './drafting/choose-letter.ts';
import { composeDraft, type DraftParts, type PreparedDraft, prepareDraft } from './drafting/compose.ts';
import { addressees, ourAddresses } from './drafting/recipients.ts';
import {
  type DraftRequest,
  type DraftSettings,
  type LeftOutInvoice,
  languageOf,
  type Origin,
  readDraftSettings,
} from './drafting/request.ts';
import { assertMayWrite } from './drafting/stops.ts';
import { storeDraft } from './drafting/store-draft.ts';
import { viewProposals } from './list-proposals.ts';
import { assertMayRecord, parseInput } from './recording.ts';

type Planned = {
  readonly prepared: PreparedDraft;
  readonly leftOut: readonly LeftOutInvoice[];
  readonly cautions: readonly string[];
};

/** The currency that is meant: the named one, that of the named invoices, or the only one with something overdue. */
function inOneCurrency(all: readonly ChaseFacts[], input: DraftEmailInput, today: string): ChaseFacts {
  const { currency, invoices } = input;
  if (currency !== undefined && !isCurrency(currency.toUpperCase()))
    throw new InvalidInputError(`"${currency}" is not a currency code such as USD.`);
  const named = currency ? all.filter((each) => each.currency === currency.toUpperCase()) : all;
  const [first, another] = named;
  const { name } = all[0]!.customer;
  if (!first) throw new InvalidInputError(`${name} has nothing open in ${currency}.`);
  if (!another) return first;
  const holding = (facts: ChaseFacts) =>
    invoices?.every((number) =>
      facts.invoices.some((each) => canMeanNumber(invoiceKey(number), each.number)),
    );
  const overdue = (facts: ChaseFacts) => facts.invoices.some((each) => each.dueOn < today);
  const fitting = invoices?.length ? named.filter(holding) : named.filter(overdue);
  if (fitting.length === 1) return fitting[0]!;
  throw new InvalidInputError(
    `${name} owes in ${named.map((each) => each.currency).join(' and ')}, and one email is about one currency. Name the currency.`,
  );
}

/** Those whom the cadence copies, as far as they are known; the rest is told. */
async function copiesOfStep(
  sql: Sql,
  facts: ChaseFacts,
  cc: readonly string[],
  settings: DraftSettings,
): Promise<{ cc: string[]; cautions: string[] }> {
  const ours = await ourAddresses(sql, settings);
  const found: { cc: string[]; cautions: string[] } = { cc: [], cautions: [] };
  for (const each of cc)
    try {
      addressees(facts, { to: null, cc: [each] }, ours);
      found.cc.push(each);
    } catch (error) {
      if (!(error instanceof RemyError)) throw error;
      found.cautions.push(`The cadence copies "${each}" here: ${error.message}`);
    }
  return found;
}

async function plan(sql: Sql, parts: DraftParts, input: DraftEmailInput, context: Context): Promise<Planned> {
  const { today, actor } = context;
  const settings = await readDraftSettings(sql);
  const all = await readChaseFacts(sql, {
    today,
    customerIds: [input.customerId],
    owner: visibleOwner(actor),
    ...(input.currency ? { currency: input.currency.toUpperCase() } : {}),
  });
  if (all.length === 0)
    throw new NotFoundError(`There is no customer ${input.customerId} that you may write to.`);
  const facts = inOneCurrency(all, input, today);
  const wish = { numbers: input.invoices, month: input.dueMonth, letter: input.letter };
  const { invoices, leftOut } = chooseInvoices(facts, wish, today);
  const chosen = chooseLetter(facts, invoices, input, settings, today);
  const { letter } = chosen;
  assertMayWrite({ facts, invoices, letter }, settings, today);
  const copied = await copiesOfStep(sql, facts, chosen.cc, settings);
  const request: DraftRequest = {
    ...{ facts, invoices, letter, tone: chosen.tone, broken: chosen.broken },
    language: input.language ?? languageOf(facts.customer, settings),
    cc: [...copied.cc, ...input.cc],
    ...{ to: null, attach: input.attach ?? null, shorter: false, mentionPo: false, wishes: [], stepId: null },
  };
  const prepared = await prepareDraft(sql, parts, request, { settings, today });
  const live = facts.liveProposal;
  const replaced = live ? [`Draft ${live.id} to them is replaced by this one.`] : [];
  return {
    prepared,
    leftOut,
    cautions: [...replaced, ...copied.cautions],
  };
}

/**
 * `origin`: the surface it is asked on. A draft that waits for the same customer and currency is replaced.
 * Throws: NotAllowedError (viewer), NotFoundError, InvalidInputError that says what stops it and what to do instead.
 */
export const createDraftEmail =
  (parts: DraftParts) =>
  async (raw: DraftEmailInput, context: Context, origin: Origin = 'chat'): Promise<DraftEmailOutput> => {
    assertMayRecord(context);
    const input = parseInput(draftEmailInput, raw);
    const { pool } = parts.database;
    const { tenantId } = context.actor;
    const planned = await inTenant(pool, tenantId, (sql) => plan(sql, parts, input, context));
    const revision = await composeDraft(parts, planned.prepared, { context, byBot: false });
    return inTenant(pool, tenantId, async (sql) => {
      const live = planned.prepared.request.facts.liveProposal?.id ?? null;
      const id = await storeDraft(sql, revision, { origin, context, live });
      const [proposal] = await viewProposals(sql, parts.clock, [id], context);
      return {
        proposal: { ...proposal!, cautions: [...proposal!.cautions, ...planned.cautions] },
        leftOut: [...planned.leftOut],
      };
    });
  };

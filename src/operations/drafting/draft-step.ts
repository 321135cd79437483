/** The email of a due step of the cadence, made by Remy itself the same way as one that a person asks for. */

import type { ChaseFacts } from '../../domain/cadence/facts.ts';
import type { PlannedStep } from '../../domain/cadence/next-step.ts';
import { stopsFor } from '../../domain/cadence/stops.ts';
import type { Language, Tone } from '../../domain/chase/policy.ts';
import { InvalidInputError, RemyError } from '../../domain/errors.ts';
import type { Context } from '../../ports/actor.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { composeDraft, type DraftParts, prepareDraft } from './compose.ts';
import { addressees, ourAddresses } from './recipients.ts';
import { type DraftRequest, type DraftSettings, languageOf, readDraftSettings } from './request.ts';
import { storeDraft } from './store-draft.ts';

type Due = PlannedStep & { readonly facts: ChaseFacts };

/** Copies that nobody is known for are left out: the letter goes all the same. */
async function knownCopies(sql: Sql, { facts, step }: Due, settings: DraftSettings): Promise<string[]> {
  const ours = await ourAddresses(sql, settings);
  return step.cc.filter((each) => {
    try {
      return addressees(facts, { to: null, cc: [each] }, ours).cc.length > 0;
    } catch (error) {
      if (error instanceof RemyError) return false;
      throw error;
    }
  });
}

const requestOf = (
  due: Due,
  settings: DraftSettings,
  over: {
    readonly byBot: boolean;
    readonly tone?: Tone | undefined;
    readonly language?: Language | undefined;
    readonly cc: readonly string[];
  },
): DraftRequest => ({
  ...{ facts: due.facts, invoices: due.invoices, letter: due.step.letter, broken: due.broken },
  tone: over.tone ?? due.step.tone,
  language: over.language ?? languageOf(due.facts.customer, settings),
  cc: over.cc,
  ...{
    to: null,
    attach: null,
    shorter: false,
    mentionPo: false,
    wishes: [],
    stepId: due.step.id,
  },
});

/**
 * Null when a draft for the customer and currency is alive already. `byBot`: false where a person asked for many.
 * Throws: InvalidInputError when something stops it or nobody can be written to.
 */
export const createDraftStep =
  (parts: DraftParts) =>
  async (
    due: Due,
    context: Context,
    over: { tone?: Tone | undefined; language?: Language | undefined; byBot?: boolean } = {},
  ): Promise<number | null> => {
    const { pool } = parts.database;
    const { tenantId } = context.actor;
    const { today } = context;
    const { byBot = true } = over;
    if (due.facts.liveProposal) return null;
    const prepared = await inTenant(pool, tenantId, async (sql) => {
      const settings = await readDraftSettings(sql);
      const invoices = due.invoices.map((each) => each.id);
      const moment = { today, policy: settings.policy, invoices, letter: due.step.letter, asked: false };
      const [stop] = stopsFor(due.facts, moment);
      if (stop) throw new InvalidInputError(`${due.facts.customer.name}: ${stop.text}.`);
      const cc = await knownCopies(sql, due, settings);
      return prepareDraft(sql, parts, requestOf(due, settings, { ...over, byBot, cc }), { settings, today });
    });
    const revision = await composeDraft(parts, prepared, { context, byBot });
    return inTenant(pool, tenantId, (sql) =>
      storeDraft(sql, revision, { origin: byBot ? 'cadence' : 'chat', context, live: null }),
    );
  };

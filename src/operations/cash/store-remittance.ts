/** Keeps what a payer says a payment is for. It is evidence for matching and never places money by itself. */
import { InvalidInputError } from '../../domain/errors.ts';
import type { Context } from '../../ports/actor.ts';
import type { Advice, AdvicePart, RemittanceFiles } from '../../ports/remittance-files.ts';
import { addRemittance } from '../../store/cash/remittances.ts';
import type { Database } from '../../store/pool.ts';
import { inTenant, type Sql } from '../../store/transaction.ts';
import { assertMayRecord, audit } from '../recording.ts';
import { linkAdvices } from './pair-advices.ts';

/** More than anybody attaches to one message. */
const MOST_PARTS = 20;
const MOST_ADVICES = 2_000;

export type ReadAdvices = {
  readonly advices: readonly Advice[];
  /** Parts that could not be read, and why. */
  readonly problems: readonly { name: string; reason: string }[];
};

const contentOf = ({ lines, total, currency, paymentReference }: Advice): string =>
  JSON.stringify([lines, total, currency, paymentReference]);

/** The advices in these parts; one that stands in two of them (the mail's text and its attachment) counts once. */
export async function readAdvices(
  remittanceFiles: RemittanceFiles,
  parts: readonly AdvicePart[],
): Promise<ReadAdvices> {
  const advices = new Map<string, Advice>();
  const problems: { name: string; reason: string }[] = [];
  for (const part of parts.slice(0, MOST_PARTS)) {
    try {
      for (const advice of await remittanceFiles.readAll(part))
        if (advices.size < MOST_ADVICES && !advices.has(contentOf(advice)))
          advices.set(contentOf(advice), advice);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      problems.push({ name: part.name, reason: error.message });
    }
  }
  return { advices: [...advices.values()], problems };
}

export type RemittanceOrigin = {
  readonly source: 'mail' | 'file' | 'bank';
  /** Of the message or file; the same one is stored once. */
  readonly externalId: string;
  readonly messageId?: number | null;
  readonly customerId?: number | null;
};

/** Stores those that are not there yet and pairs what waits with payments. */
export async function storeAdvices(
  sql: Sql,
  origin: RemittanceOrigin,
  advices: readonly Advice[],
): Promise<{ stored: number; known: number; paired: number }> {
  const { source, externalId, messageId = null, customerId = null } = origin;
  let stored = 0;
  for (const [at, advice] of advices.entries()) {
    const id = at === 0 ? externalId : `${externalId}#${at + 1}`;
    const added = await addRemittance(sql, { source, externalId: id, messageId, customerId, advice });
    if (added !== null) stored += 1;
  }
  return { stored, known: advices.length - stored, paired: stored > 0 ? await linkAdvices(sql) : 0 };
}

export type StoreRemittanceInput = RemittanceOrigin & {
  /** Files, or the text of a message. */
  readonly parts: readonly AdvicePart[] | string;
};

export const textPart = (text: string): AdvicePart => ({
  name: 'message.txt',
  mime: 'text/plain',
  bytes: new TextEncoder().encode(text),
});

/** Throws: NotAllowedError (viewer). A part that cannot be read is named in `problems`. */
export const createStoreRemittance =
  (database: Database, remittanceFiles: RemittanceFiles) =>
  async (
    { parts, ...origin }: StoreRemittanceInput,
    context: Context,
  ): Promise<ReadAdvices & { readonly stored: number; readonly known: number; readonly paired: number }> => {
    assertMayRecord(context);
    const read = await readAdvices(remittanceFiles, typeof parts === 'string' ? [textPart(parts)] : parts);
    const counts = await inTenant(database.pool, context.actor.tenantId, async (sql) => {
      const done = await storeAdvices(sql, origin, read.advices);
      if (done.stored > 0) await audit(sql, context, 'store_remittance', { ...origin, ...done });
      return done;
    });
    return { ...read, ...counts };
  };

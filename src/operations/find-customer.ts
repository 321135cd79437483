/** Finds the customer that a person means by a name or a code. */
import type { z } from 'zod';
import type { FindCustomerOutput, findCustomerInput } from '../domain/ledger-query/answers.ts';
import { closeness, nameForms } from '../domain/name-forms.ts';
import { resolveName } from '../domain/name-resolution.ts';
import { type Context, visibleOwner } from '../ports/actor.ts';
import { describeCustomers } from '../store/customers/matches.ts';
import {
  type CandidateRow,
  findByExactName,
  findByFoldedName,
  findByWords,
  findNearNames,
} from '../store/customers/name-search.ts';
import type { Database } from '../store/pool.ts';
import { inTenant, type Sql } from '../store/transaction.ts';

const MOST_SHOWN = 10;

/** The candidates of the first way that finds a fit: exact, words, spelling (P-5). */
async function search(sql: Sql, asked: string, owner: string | null) {
  const forms = nameForms(asked);
  const ways: (() => Promise<CandidateRow[]>)[] =
    forms.length === 0
      ? []
      : [
          () => findByExactName(sql, forms, owner),
          () => findByWords(sql, forms, owner),
          ...forms.map((form) => async () => {
            const near = (await findNearNames(sql, form)).filter((name) => closeness(form.base, name));
            return near.length === 0 ? [] : findByFoldedName(sql, near, owner);
          }),
        ];
  const known = new Map<number, CandidateRow>();
  let decision = resolveName(asked, []);
  for (const way of ways) {
    for (const candidate of await way()) known.set(candidate.id, candidate);
    decision = resolveName(asked, [...known.values()]);
    if (decision.fits.length > 0 && decision.fits[0]!.how !== 'close') break;
  }
  return { decision, known };
}

/**
 * Finds who is meant by a name, code or alias (P-5), among the accounts that the asking person may see (P-10).
 * `resolved` is set only when there is no doubt, or when one spelling is nearest (`spelling`: say it aloud).
 */
export const createFindCustomer =
  (database: Database) =>
  async (
    { name }: z.output<typeof findCustomerInput>,
    { actor }: Pick<Context, 'actor'>,
  ): Promise<FindCustomerOutput> =>
    inTenant(database.pool, actor.tenantId, async (sql) => {
      const owner = visibleOwner(actor);
      const { decision, known } = await search(sql, name, owner);
      const shown = decision.fits.slice(0, MOST_SHOWN);
      const details = await describeCustomers(
        sql,
        shown.map((fit) => fit.id),
        owner,
      );
      const taken = decision.resolved === null ? undefined : known.get(decision.resolved);
      return {
        asked: name,
        resolved: taken ? { id: taken.id, code: taken.code, name: taken.name } : null,
        why: decision.why,
        matches: details.map((detail) => ({
          ...detail,
          how: shown.find((fit) => fit.id === detail.id)!.how,
        })),
      };
    });

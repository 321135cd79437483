/** Who and what a question names, looked up before it runs: customers by id, owners by name. */
import { z } from 'zod';
import { InvalidInputError, NotAllowedError, NotFoundError } from '../../domain/errors.ts';
import type { Filters } from '../../domain/ledger-query/question.ts';
import { type Actor, visibleOwner } from '../../ports/actor.ts';
import type { Sql } from '../transaction.ts';

export type NamedCustomers = { ids: number[]; names: string[] };

const customerRow = z.object({
  id: z.coerce.number(),
  name: z.string(),
  asked: z.boolean(),
});

/**
 * The customers of the filter, with all that are below them when asked, and the names of those asked for.
 * Throws: NotFoundError when an id is not in the tenant, or not an account of a viewer.
 */
export async function resolveCustomers(
  sql: Sql,
  actor: Actor,
  filter: NonNullable<Filters['customer']>,
): Promise<NamedCustomers> {
  const owner = visibleOwner(actor);
  const rows = await sql.many(
    customerRow,
    `with recursive tree as (
       select c.id from customer c where c.tenant_id = $1 and c.id = any($2::bigint[])
         and ($3::text is null or c.owner_email = $3)
       union select k.id from tree t join customer k on k.tenant_id = $1 and k.parent_id = t.id and $4::boolean)
     select c.id, c.name, c.id = any($2::bigint[]) as asked from tree t
       join customer c on c.tenant_id = $1 and c.id = t.id order by lower(c.name), c.id`,
    [sql.tenantId, filter.ids, owner, filter.withChildren],
  );
  const asked = rows.filter((row) => row.asked);
  const missing = filter.ids.filter((each) => !asked.some((row) => row.id === each));
  if (missing.length > 0)
    throw new NotFoundError(
      owner === null
        ? `There is no customer with the id ${missing.join(', ')}. Use an id that find_customer gave.`
        : `Customer ${missing.join(', ')} is not one of your accounts, or does not exist. You can ask about the accounts you own.`,
    );
  return { ids: rows.map((row) => row.id), names: asked.map((row) => row.name) };
}

type Person = { email: string; name: string | null };

const words = (person: Person): string[] => [
  ...(person.name ?? '').toLowerCase().split(/\s+/),
  ...person.email.split('@')[0]!.split(/[._+-]+/),
];

/** Whole name or local part of the email first; else one word of either, so that "dana" finds Dana Reyes. */
function matching(people: readonly Person[], wanted: string): Person[] {
  const value = wanted.trim().toLowerCase();
  const exact = people.filter(
    (person) => person.name?.toLowerCase() === value || person.email.split('@')[0] === value,
  );
  return exact.length > 0 ? exact : people.filter((person) => words(person).includes(value));
}

const listed = (people: readonly Person[]): string =>
  people
    .slice(0, 20)
    .map((person) => (person.name ? `${person.name} <${person.email}>` : person.email))
    .join(', ');

const personRow = z.object({ email: z.string(), name: z.string().nullable() });

/** Everybody who uses Remy or owns an account. */
const people = (sql: Sql): Promise<Person[]> =>
  sql.many(
    personRow,
    `select p.email, max(p.name) as name from (
       select email, name from app_user where tenant_id = $1
       union all select owner_email, null from customer where tenant_id = $1 and owner_email is not null) p
     group by p.email order by p.email`,
    [sql.tenantId],
  );

function ownerOf(everybody: readonly Person[], wanted: string): string {
  const found = matching(everybody, wanted);
  if (found.length === 1) return found[0]!.email;
  throw new InvalidInputError(
    found.length === 0
      ? `No account owner is called "${wanted}". Owners are: ${listed(everybody) || 'none yet'}.`
      : `"${wanted}" could be ${listed(found)}. Which one?`,
  );
}

/**
 * The emails behind owner names. Throws: InvalidInputError that lists candidates when a name fits nobody or several;
 * NotAllowedError when a viewer names somebody else (P-10).
 */
export async function resolveOwners(sql: Sql, actor: Actor, owners: readonly string[]): Promise<string[]> {
  const own = visibleOwner(actor);
  if (own !== null) {
    const self = [{ email: own, name: actor.name }];
    const other = owners.find(
      (each) => each.trim().toLowerCase() !== own && matching(self, each).length === 0,
    );
    if (other !== undefined)
      throw new NotAllowedError(
        `You see the accounts that you own, not those of ${other}. Ask ${other}, or somebody in finance.`,
      );
    return [own];
  }
  const everybody = owners.every((each) => each.includes('@')) ? [] : await people(sql);
  const emails = owners.map((each) =>
    each.includes('@') ? each.trim().toLowerCase() : ownerOf(everybody, each),
  );
  return [...new Set(emails)];
}

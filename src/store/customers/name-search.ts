/** Customers that a typed name may mean. Names and aliases are compared folded (`baseName` in the domain). */
import { z } from 'zod';
import type { NameForm } from '../../domain/name-forms.ts';
import type { Sql } from '../transaction.ts';

const candidateRow = z.object({
  id: z.coerce.number(),
  code: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  ancestors: z.array(z.number()),
});
export type CandidateRow = z.infer<typeof candidateRow>;

const MOST_FOUND = 200;
/** Trigrams only preselect; which spelling is nearest is decided by its letters. */
const MOST_SPELLINGS = 1000;
/** Below this two names share hardly a syllable. The domain looks at the letters afterwards. */
const LEAST_SIMILARITY = 0.3;

/** Reads the customers whose ids `found` (a query with `$1` as the owner) gives, with all their parents. */
const candidates = (sql: Sql, found: string, values: readonly unknown[]): Promise<CandidateRow[]> =>
  sql.many(
    candidateRow,
    `with recursive found as materialized (${found}), up (id, ancestor, height) as (
       select c.id, c.parent_id, 1 from customer c where c.id in (select id from found) and c.parent_id is not null
       union all
       select up.id, c.parent_id, up.height + 1 from up join customer c on c.id = up.ancestor
        where c.parent_id is not null and up.height < 20
     )
     select c.id, c.external_id as code, c.name,
       coalesce((select json_agg(a.alias) from customer_alias a where a.customer_id = c.id), '[]') as aliases,
       coalesce((select json_agg(up.ancestor) from up where up.id = c.id), '[]') as ancestors
     from customer c where c.id in (select id from found) order by c.name, c.id`,
    values,
  );

/** By code, name without legal form, or alias. `owner` limits to that person's accounts. */
export const findByExactName = (sql: Sql, forms: readonly NameForm[], owner: string | null) =>
  candidates(
    sql,
    `select id from customer where ($1::text is null or owner_email = $1) and id in (
       select id from customer where external_id = any($2::text[])
       union all select id from customer where base_name = any($3::text[])
       union all select customer_id from customer_alias where alias = any($4::text[]))
     limit ${MOST_FOUND}`,
    [
      owner,
      forms.flatMap(({ raw }) => [raw, raw.toUpperCase(), raw.toLowerCase()]),
      forms.map((form) => form.base),
      forms.flatMap((form) => [form.base, form.folded]),
    ],
  );

/** Whose name has every word of one of the forms. Folded words hold no pattern sign. */
export const findByWords = (sql: Sql, forms: readonly NameForm[], owner: string | null) =>
  candidates(
    sql,
    `select c.id from customer c join (
       select distinct base_name from customer
        where ${forms.map((_, i) => `' ' || base_name || ' ' like all ($${i + 2}::text[])`).join(' or ')}
     ) n using (base_name)
     where $1::text is null or c.owner_email = $1 order by length(c.base_name), c.id limit ${MOST_FOUND}`,
    [owner, ...forms.map((form) => form.base.split(' ').map((word) => `% ${word} %`))],
  );

/**
 * Pieces of a word, of which a misspelled one keeps some: three letters side by side, the last three, and of a short
 * word how it begins. Words of up to three letters are not misspelled.
 */
const piecesOf = (word: string): string[] => [
  ...new Set([
    ...(word.match(/.{3}/gu) ?? []).map((piece) => `%${piece}%`),
    `%${word.slice(-3)}%`,
    ...(word.length <= 5 ? [`% ${word.slice(0, 2)}%`] : []),
  ]),
];

/**
 * The names and aliases nearest in spelling, by trigrams (pg_trgm), nearest first. Comparing trigrams costs
 * microseconds a name and no index can serve it under row-level security, so names that do not share a piece of
 * every word are passed over first.
 */
export async function findNearNames(sql: Sql, form: NameForm): Promise<string[]> {
  const words = form.base.split(' ').filter((word) => word.length > 3);
  if (words.length === 0) return [];
  const values: unknown[] = [form.base, form.base.replaceAll(' ', '')];
  const conditions = words.map((word) => piecesOf(word).map((piece) => `like $${values.push(piece)}`));
  const shares = (name: string) =>
    conditions
      .map((pieces) => `(${pieces.map((like) => `' ' || ${name} ${like}`).join(' or ')})`)
      .join(' and ');
  const rows = await sql.many(
    z.object({ name: z.string() }),
    `with near as materialized (
       select base_name as name from customer where ${shares('base_name')}
       union select alias from customer_alias where ${shares('alias')}
     ), scored as (
       select name, greatest(word_similarity($1, name), similarity($2, replace(name, ' ', ''))) as score from near
     )
     select name from scored where score >= ${LEAST_SIMILARITY} order by score desc, name limit ${MOST_SPELLINGS}`,
    values,
  );
  return rows.map((row) => row.name);
}

/** The customers with one of these folded names or aliases. */
export const findByFoldedName = (sql: Sql, names: readonly string[], owner: string | null) =>
  candidates(
    sql,
    `select id from customer where ($1::text is null or owner_email = $1) and id in (
       select id from customer where base_name = any($2::text[])
       union all select customer_id from customer_alias where alias = any($2::text[]))
     limit ${MOST_FOUND}`,
    [owner, names],
  );

/** Cadence and company settings: whole documents, the newest of a kind is in force. */
import { z } from 'zod';
import { defaultPolicy } from '../domain/cadence/default-policy.ts';
import { loadHolidays } from '../domain/cadence/holidays.ts';
import { defaultCashPolicy } from '../domain/cash/default-policy.ts';
import { type CashPolicy, cashPolicy } from '../domain/cash/policy.ts';
import {
  type CadencePolicy,
  type CompanySettings,
  cadencePolicy,
  companySettings,
} from '../domain/chase/policy.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { Sql } from './transaction.ts';

type Kind = 'cadence' | 'company' | 'cash';
const shapes = { cadence: cadencePolicy, company: companySettings, cash: cashPolicy };

const versionRow = z.object({ id: z.coerce.number(), data: z.record(z.string(), z.unknown()) });

const newest = (sql: Sql, kind: Kind) =>
  sql.maybe(
    versionRow,
    'select id, data from policy_version where tenant_id = $1 and kind = $2 order by id desc limit 1',
    [sql.tenantId, kind],
  );

/**
 * The cadence in force; the default one, with version null, where the tenant changed nothing. A setting that is newer
 * than the stored document has its default. Public holidays can be asked for from then on.
 */
export async function readCadence(sql: Sql): Promise<{ version: number | null; policy: CadencePolicy }> {
  await loadHolidays();
  const row = await newest(sql, 'cadence');
  if (!row) return { version: null, policy: defaultPolicy };
  return { version: row.id, policy: cadencePolicy.parse({ ...defaultPolicy, ...row.data }) };
}

/** The company's settings; null where nobody gave any: then nothing can be sent. */
export async function readCompany(
  sql: Sql,
): Promise<{ version: number | null; company: CompanySettings | null }> {
  const row = await newest(sql, 'company');
  return { version: row?.id ?? null, company: row && companySettings.parse(row.data) };
}

/** The rules of cash application in force; those shipped, with version null, where the tenant changed nothing. */
export async function readCashPolicy(sql: Sql): Promise<{ version: number | null; policy: CashPolicy }> {
  const row = await newest(sql, 'cash');
  if (!row) return { version: null, policy: defaultCashPolicy };
  return { version: row.id, policy: cashPolicy.parse({ ...defaultCashPolicy, ...row.data }) };
}

export type NewPolicyVersion = {
  readonly kind: Kind;
  readonly data: unknown;
  readonly madeBy: string;
  readonly proposalId: number | null;
};

/**
 * Puts a whole document in force and gives its version.
 * Throws: InvalidInputError that names what does not fit.
 */
export async function addPolicyVersion(sql: Sql, made: NewPolicyVersion): Promise<number> {
  const parsed = shapes[made.kind].safeParse(made.data);
  if (!parsed.success) throw new InvalidInputError(z.prettifyError(parsed.error), { cause: parsed.error });
  const { id } = await sql.one(
    z.object({ id: z.coerce.number() }),
    `insert into policy_version (tenant_id, kind, data, made_by, proposal_id) values ($1, $2, $3, $4, $5)
     returning id`,
    [sql.tenantId, made.kind, JSON.stringify(parsed.data), made.madeBy, made.proposalId],
  );
  return id;
}

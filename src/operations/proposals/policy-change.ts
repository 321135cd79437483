/** A change of cadence or company settings: whether it can still be made, and making it. */
import { cashPolicy } from '../../domain/cash/policy.ts';
import { cadencePolicy, companySettings } from '../../domain/chase/policy.ts';
import { type PolicyChangeContent, proposalContent } from '../../domain/chase/proposals.ts';
import { readCadence, readCashPolicy, readCompany } from '../../store/policies.ts';
import type { StoredRevision } from '../../store/proposals/stored.ts';
import type { Sql } from '../../store/transaction.ts';

const shapes = { cadence: cadencePolicy, company: companySettings, cash: cashPolicy };
const readers = { cadence: readCadence, company: readCompany, cash: readCashPolicy };

/** The change in it; null when it is none that could be read. */
export function changeIn(stored: Pick<StoredRevision, 'content'>): PolicyChangeContent | null {
  const parsed = proposalContent.safeParse(stored.content);
  return parsed.success && parsed.data.kind === 'policy_change' ? parsed.data : null;
}

const inForce = async (sql: Sql, policy: PolicyChangeContent['policy']): Promise<number | null> =>
  (await readers[policy](sql)).version;

/** Why it cannot be made (any more); null when it can. */
export async function policyProblem(
  sql: Sql,
  stored: Pick<StoredRevision, 'content'>,
): Promise<string | null> {
  const change = changeIn(stored);
  if (!change) return 'The change cannot be read.';
  if (!shapes[change.policy].safeParse(change.after).success)
    return 'The settings as they would be are not complete or not allowed.';
  return (await inForce(sql, change.policy)) === change.baseVersion
    ? null
    : 'The settings were changed by something else in the meantime.';
}

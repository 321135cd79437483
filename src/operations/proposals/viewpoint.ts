/** From where a person looks at proposals: its rights as stored now, the policy in force, and the time. */
import { NotAllowedError } from '../../domain/errors.ts';
import type { Actor } from '../../ports/actor.ts';
import type { Clock } from '../../ports/clock.ts';
import { readCadence, readCashPolicy, readCompany } from '../../store/policies.ts';
import { readPerson } from '../../store/proposals/people.ts';
import type { Sql } from '../../store/transaction.ts';
import type { Viewpoint } from './present.ts';

/** Throws: NotAllowedError when there is no such user in this tenant. */
export async function viewpointOf(sql: Sql, clock: Clock, actor: Actor): Promise<Viewpoint> {
  const person = await readPerson(sql, actor.userId);
  if (!person) throw new NotAllowedError(`${actor.email} is not a user of this ledger.`);
  const { policy } = await readCadence(sql);
  const { company } = await readCompany(sql);
  const { policy: cash } = await readCashPolicy(sql);
  return { person, policy, company, cash, now: clock.now() };
}

/** Who asks, in which tenant, and what of the ledger that person may see. */
export type Role = 'viewer' | 'collector' | 'approver' | 'controller' | 'admin';

export type Actor = {
  readonly tenantId: number;
  readonly userId: number;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
};

/** Sales (`viewer`) see the accounts they own; everybody else sees the tenant. Null means no limit. */
export const visibleOwner = (actor: Pick<Actor, 'role' | 'email'>): string | null =>
  actor.role === 'viewer' ? actor.email : null;

/** What every operation and tool gets beside its input. */
export type Context = {
  readonly actor: Actor;
  /** The conversation this belongs to. */
  readonly thread: string;
  /** The calendar day of the question, `YYYY-MM-DD`. */
  readonly today: string;
};

/** When an email may leave, also where no hour of any day fits. */
import { nextSendingTime, type Recipient } from '../../domain/cadence/sending-time.ts';
import type { CadencePolicy, CompanySettings } from '../../domain/chase/policy.ts';
import { InvalidInputError } from '../../domain/errors.ts';

export type LeavingTime = { readonly at: Date; readonly why: string | null } | { readonly never: string };

/** The earliest instant from `from` on, or why there is none. */
export function leavingTime(
  from: Date,
  recipient: Recipient,
  policy: CadencePolicy,
  company: CompanySettings | null,
): LeavingTime {
  try {
    return nextSendingTime(from, recipient, policy, company);
  } catch (error) {
    if (error instanceof InvalidInputError) return { never: error.message };
    throw error;
  }
}

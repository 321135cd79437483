/** What people decided about payments before counts more than what matching is sure of. */
import type { Placing } from '../../domain/cash/applications.ts';
import { bookedText } from '../../domain/cash/same-placing.ts';
import type { MatchDecision } from '../../domain/matching/shapes.ts';
import { readTakenBack, type TakenBack } from '../../store/cash/matches.ts';
import { rejectedPlacings } from '../../store/proposals/write-many.ts';
import type { Sql } from '../../store/transaction.ts';

export type Objections = {
  /** By payment: what was rejected, as `bookedText`. */
  readonly rejected: ReadonlyMap<number, ReadonlySet<string>>;
  /** By payment and invoice. */
  readonly takenBack: ReadonlyMap<number, ReadonlyMap<number, TakenBack>>;
};

/** Rejected placings, and applications that were taken back, of these payments. Reads only. */
export async function readObjections(sql: Sql, paymentIds: readonly number[]): Promise<Objections> {
  const rejected = new Map<number, Set<string>>();
  for (const { payment_id, placing } of await rejectedPlacings(sql, paymentIds))
    rejected.set(payment_id, (rejected.get(payment_id) ?? new Set()).add(bookedText(placing)));
  const takenBack = new Map<number, Map<number, TakenBack>>();
  for (const row of await readTakenBack(sql, paymentIds))
    takenBack.set(
      row.payment_id,
      (takenBack.get(row.payment_id) ?? new Map<number, TakenBack>()).set(row.invoice_id, row),
    );
  return { rejected, takenBack };
}

export const REJECTED = 'a person rejected this before';

const reasonOf = ({ reversed_on, reversed_by, reversed_reason }: TakenBack, invoice: string): string =>
  reversed_on === null
    ? `the ledger had put this on ${invoice}, and it was taken off again`
    : `this was on ${invoice} before: ${reversed_by} took it back on ${reversed_on}${reversed_reason ? ` (${reversed_reason})` : ''}`;

type Heard = {
  readonly payment: { readonly id: number };
  readonly result: { readonly decision: MatchDecision };
  readonly placing: Placing;
};

const because = (placing: Placing, reason: string): Placing =>
  placing.reasons.includes(reason) ? placing : { ...placing, reasons: [reason, ...placing.reasons] };

/**
 * What was rejected is neither applied nor proposed again, however sure matching is by now. Money that was taken off an
 * invoice goes back onto it only when a person says so. Heeding twice changes nothing more.
 */
export function heedPeople<Found extends Heard>(found: Found, { rejected, takenBack }: Objections): Found {
  const { payment, placing, result } = found;
  if (result.decision === 'none') return found;
  if (rejected.get(payment.id)?.has(bookedText(placing)))
    return { ...found, result: { ...result, decision: 'none' }, placing: because(placing, REJECTED) };
  const before = takenBack.get(payment.id);
  const again = before && placing.applications.find(({ invoiceId }) => before.has(invoiceId));
  if (!again) return found;
  const reason = reasonOf(before.get(again.invoiceId)!, again.invoice);
  return { ...found, result: { ...result, decision: 'proposed' }, placing: because(placing, reason) };
}

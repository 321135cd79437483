/** Puts money of a payment on an invoice, as matching does when it is certain. */
import { toDecimal } from '../../src/domain/money.ts';
import { applyPlacings } from '../../src/operations/cash/apply-placing.ts';
import type { Database } from '../../src/store/pool.ts';
import { inTenant } from '../../src/store/transaction.ts';

export type ToPlace = {
  readonly payment: {
    readonly id: number;
    readonly number: string;
    readonly minor: bigint;
    readonly unapplied: bigint;
  };
  readonly invoice: {
    readonly id: number;
    readonly number: string;
    readonly open: bigint;
    readonly customer: { readonly id: number; readonly code: string; readonly name: string };
  };
  readonly minor: bigint;
};

/** All in USD; the id of the act, null when it did not fit. */
export async function place(
  database: Database,
  tenantId: number,
  { payment, invoice, minor }: ToPlace,
  on = '2026-06-02',
): Promise<number | null> {
  const usd = (amount: bigint) => toDecimal(amount, 'USD');
  const { customer } = invoice;
  const [matchId] = await inTenant(database.pool, tenantId, (sql) =>
    applyPlacings(
      sql,
      [
        {
          content: {
            kind: 'application',
            payment: {
              ...{ id: payment.id, number: payment.number, source: 'bank', receivedOn: on, currency: 'USD' },
              ...{ amount: usd(payment.minor), unapplied: usd(payment.unapplied) },
              ...{ payerName: null, payerAccount: null, reference: null, method: null, bankReference: null },
              customer: null,
            },
            currency: 'USD',
            placing: {
              customer,
              applications: [
                {
                  ...{ invoiceId: invoice.id, invoice: invoice.number, customer: customer.name },
                  ...{ amount: usd(minor), open: usd(invoice.open) },
                },
              ],
              credits: [],
              adjustments: [],
              unapplied: usd(payment.unapplied - minor),
              confidence: 1,
              reasons: [],
            },
            alternatives: [],
          },
          origin: 'auto',
          proposalId: null,
          madeBy: 'remy',
        },
      ],
      { on, learn: false },
    ),
  );
  return matchId ?? null;
}

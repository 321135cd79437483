/** The public set as payments, pool and truth: every invoice open, its numbers known in one of several ways. */
import type { MatchInvoice, MatchPayment, MatchPool } from '../../../src/domain/matching/shapes.ts';
import type { PublicData, PublicInvoice, PublicMatch, PublicPayment } from './public-files.ts';
import type { MatchSet, PaymentTruth } from './truth.ts';

/** Which of its numbers an invoice is known by; the rest, where it is kept, are other numbers that payers may use. */
export type PublicNumbering = 'assignment' | 'billing' | 'assignment only' | 'billing only';

const numbersOf = (
  invoice: PublicInvoice,
  numbering: PublicNumbering,
): { number: string; references: string[] } => {
  const { assignment, billing, document } = invoice;
  if (numbering === 'assignment') return { number: assignment, references: [billing, document] };
  if (numbering === 'billing') return { number: billing, references: [assignment, document] };
  return { number: numbering === 'assignment only' ? assignment : billing, references: [] };
};

export function publicPool(data: PublicData, numbering: PublicNumbering): MatchPool {
  const codes = [...new Set(data.invoices.map((each) => each.customerCode))].sort();
  const customerIds = new Map(codes.map((code, at) => [code, at + 1]));
  const names = new Map(data.invoices.map((each) => [each.customerCode, each.customerName]));
  const invoices = data.invoices.map(
    (each): MatchInvoice => ({
      id: each.id,
      ...numbersOf(each, numbering),
      customerId: customerIds.get(each.customerCode)!,
      currency: each.currency,
      issuedOn: each.issuedOn,
      dueOn: each.dueOn,
      amountMinor: each.amountMinor,
      openMinor: each.amountMinor,
      status: 'open',
      paidOn: null,
      disputed: false,
    }),
  );
  const customers = codes.map((code) => ({
    id: customerIds.get(code)!,
    code,
    name: names.get(code)!,
    aliases: [],
    parentId: null,
    memory: [],
    country: null,
  }));
  return { invoices, credits: [], customers, promises: [] };
}

export const publicPayment = (each: PublicPayment): MatchPayment => ({
  id: each.id,
  currency: each.currency,
  amountMinor: each.amountMinor,
  receivedOn: each.receivedOn,
  payerName: each.payer,
  payerAccount: each.account,
  text: each.memo,
  method: null,
  customerId: null,
  externalIds: [],
  remittance: [],
});

/**
 * The truths of one match: its payments fill its invoices in the order given. The given data says only which belong
 * together, so how the money lies on them is not judged.
 */
export function publicTruths(
  match: Pick<PublicMatch, 'category' | 'invoiceIds'>,
  payments: readonly MatchPayment[],
  amounts: ReadonlyMap<number, bigint>,
  kind: string,
): PaymentTruth[] {
  const open = match.invoiceIds.map((id) => ({ id, left: amounts.get(id)! }));
  return payments.map((payment) => {
    let left = payment.amountMinor;
    const applications = open.flatMap((invoice) => {
      const beyond = left - invoice.left;
      const amountMinor = beyond > 0n ? invoice.left : left;
      invoice.left -= amountMinor;
      left -= amountMinor;
      return amountMinor > 0n ? [{ invoiceId: invoice.id, amountMinor }] : [];
    });
    return {
      paymentId: payment.id,
      kind,
      applications,
      credits: [],
      adjustments: [],
      unappliedMinor: left,
      placing: 'set',
      ambiguous: false,
      noMatch: null,
    };
  });
}

const kindOf = (match: PublicMatch): string =>
  `${match.category.replaceAll('_', ' ')}, ${match.faults.length === 0 ? 'clean' : match.faults.join(' + ').replaceAll('_', ' ')}`;

export function publicSet(data: PublicData, numbering: PublicNumbering): MatchSet {
  const payments = data.payments.map(publicPayment);
  const byId = new Map(payments.map((each) => [each.id, each]));
  const amounts = new Map(data.invoices.map((each) => [each.id, each.amountMinor]));
  const truths = data.matches.flatMap((match) =>
    publicTruths(
      match,
      match.paymentIds.map((id) => byId.get(id)!),
      amounts,
      kindOf(match),
    ),
  );
  return {
    name: `public, number = ${numbering}`,
    seeds: '',
    payments,
    pool: publicPool(data, numbering),
    truths: new Map(truths.map((each) => [each.paymentId, each])),
    settings: {},
    twins: new Map(),
    tellsAdjustments: false,
    toleranceMinor: 2n,
  };
}

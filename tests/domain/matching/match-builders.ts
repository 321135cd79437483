/** Payments, invoices and the rest as matching takes them, with plain defaults. */
import type {
  MatchCredit,
  MatchCustomer,
  MatchInvoice,
  MatchPayment,
  MatchPool,
} from '../../../src/domain/matching/shapes.ts';

export const aPayment = (over: Partial<MatchPayment> = {}): MatchPayment => ({
  id: 1,
  currency: 'USD',
  amountMinor: 100_000n,
  receivedOn: '2026-03-20',
  payerName: 'Acme Corp',
  payerAccount: null,
  text: '',
  method: null,
  customerId: null,
  externalIds: [],
  remittance: [],
  ...over,
});

export function anInvoice(over: Partial<MatchInvoice> = {}): MatchInvoice {
  const amountMinor = over.amountMinor ?? over.openMinor ?? 100_000n;
  return {
    id: 1,
    number: `INV-${1070 + (over.id ?? 1)}`,
    references: [],
    customerId: 1,
    currency: 'USD',
    issuedOn: '2026-02-15',
    dueOn: '2026-03-17',
    amountMinor,
    openMinor: amountMinor,
    status: 'open',
    paidOn: null,
    disputed: false,
    ...over,
  };
}

export const aPaidInvoice = (over: Partial<MatchInvoice> = {}): MatchInvoice =>
  anInvoice({ status: 'paid', paidOn: '2026-03-01', ...over, openMinor: 0n });

export const aCustomer = (over: Partial<MatchCustomer> = {}): MatchCustomer => ({
  id: 1,
  code: `C-${over.id ?? 1}`,
  name: 'Acme Corp',
  aliases: [],
  parentId: null,
  memory: [],
  country: 'US',
  ...over,
});

export const aCredit = (over: Partial<MatchCredit> = {}): MatchCredit => ({
  id: 1,
  number: `CN-${over.id ?? 1}`,
  customerId: 1,
  currency: 'USD',
  openMinor: 10_000n,
  issuedOn: '2026-02-20',
  ...over,
});

export const aPool = (over: Partial<MatchPool> = {}): MatchPool => ({
  invoices: [],
  credits: [],
  customers: [aCustomer()],
  promises: [],
  ...over,
});

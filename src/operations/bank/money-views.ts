/** Stored lines and payments as they are compared. */
import { methodOf } from '../../domain/cash/bank-codes.ts';
import { baseName } from '../../domain/customer.ts';
import type { BookedMoney, DatedMoney } from '../../domain/matching/same-money.ts';
import type { StoredLine } from '../../store/bank/lines.ts';
import type { KnownMoney } from '../../store/bank/money.ts';

const given = (parts: readonly (string | null)[]): string[] =>
  parts.filter((part): part is string => part !== null && part !== '');

type LineContent = Pick<
  StoredLine,
  | 'booked_on'
  | 'payer_name'
  | 'payer_account'
  | 'reference'
  | 'end_to_end_id'
  | 'bank_reference'
  | 'text'
  | 'interim'
  | 'code'
> & { readonly format: string };

export const lineView = (line: LineContent): BookedMoney => ({
  day: line.booked_on,
  names: given([line.payer_name]),
  knownNames: [],
  accounts: given([line.payer_account]),
  knownAccounts: [],
  ids: given([line.end_to_end_id, line.bank_reference]),
  text: given([line.reference, line.text]).join('\n'),
  method: methodOf(line),
  format: line.format,
  interim: line.interim,
  bankReference: line.bank_reference,
  endToEndId: line.end_to_end_id,
});

/** An id made from a row's content tells nothing. */
const ownId = (id: string): string[] => (id.startsWith('content-') ? [] : [id]);

export const paymentView = (payment: KnownMoney): DatedMoney => ({
  day: payment.received_on,
  names: given([payment.payer_name]),
  knownNames: [
    ...given([payment.customer_name]).map(baseName),
    ...payment.aliases,
    ...payment.remembered_names,
  ],
  accounts: given([payment.payer_account]),
  knownAccounts: payment.remembered_accounts,
  ids: [...ownId(payment.external_id), ...payment.bank_ids],
  text: given([payment.reference, payment.bank_text, ...payment.sighted]).join('\n'),
  // a provider collects the money: whatever the payer used, it does not come from them
  method: payment.source === 'stripe' ? 'stripe' : payment.method,
});

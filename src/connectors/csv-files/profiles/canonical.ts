/** The format of README: the headers that a hand-made export should have. */
import { foldHeader, type Profile } from './profile.ts';

const canonical = (kind: Profile['kind'], headers: string, required: string, marks?: string): Profile => ({
  source: 'csv',
  kind,
  fields: Object.fromEntries(headers.split(' ').map((header) => [header, [foldHeader(header)]])),
  required: required.split(' '),
  ...(marks ? { marks: marks.split(' ').map(foldHeader) } : {}),
});

export const canonicalProfiles: readonly Profile[] = [
  canonical(
    'customers',
    'customer_id name parent_id currency terms_days owner_email segment language timezone country',
    'customer_id name',
  ),
  canonical('contacts', 'customer_id name email role is_primary', 'customer_id', 'email role is_primary'),
  canonical(
    'invoices',
    'invoice_number customer_id issued_on due_on currency amount open_amount status po_number description paid_on',
    'invoice_number customer_id issued_on amount',
  ),
  canonical(
    'credits',
    'credit_number customer_id issued_on currency amount open_amount',
    'credit_number customer_id issued_on amount',
  ),
  canonical(
    'payments',
    'payment_id received_on currency amount payer_name payer_account reference method customer_id',
    'payment_id received_on amount',
  ),
  canonical(
    'applications',
    'payment_id invoice_number amount applied_on',
    'payment_id invoice_number amount applied_on',
  ),
];

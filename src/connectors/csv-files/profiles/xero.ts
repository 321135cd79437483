/**
 * Xero: the exports of Contacts and Sales invoices (one line for each invoice line, the invoice repeated) and the
 * payments list. Contacts are referred to by name; it is unique in an organisation.
 */
import type { Profile } from './profile.ts';

export const xeroProfiles: readonly Profile[] = [
  {
    source: 'xero',
    kind: 'customers',
    fields: {
      name: ['contactname'],
      email: ['emailaddress', 'email'],
      first_name: ['firstname'],
      last_name: ['lastname'],
      currency: ['defaultcurrency', 'currency', 'currencycode'],
      terms_days: ['duedatesalesday'],
      terms_kind: ['duedatesalesterm'],
      country: ['pocountry', 'sacountry', 'country'],
      status: ['contactstatus', 'status'],
    },
    required: ['name'],
    marks: [
      'accountnumber',
      'firstname',
      'skypename',
      'duedatesalesday',
      'contactstatus',
      'legalname',
      'companynumber',
    ],
  },
  {
    source: 'xero',
    kind: 'invoices',
    fields: {
      number: ['invoicenumber'],
      customer_name: ['contactname', 'contact'],
      issued_on: ['invoicedate', 'date'],
      due_on: ['duedate'],
      currency: ['currency', 'currencycode'],
      amount: ['total', 'invoicetotal'],
      open_amount: ['invoiceamountdue', 'amountdue', 'due'],
      paid_amount: ['invoiceamountpaid', 'amountpaid', 'paid'],
      status: ['status'],
      type: ['type'],
      po_number: ['reference'],
      paid_on: ['fullypaidondate'],
    },
    required: ['number', 'customer_name', 'issued_on', 'amount'],
    marks: ['contactname', 'invoiceamountdue', 'amountcredited', 'fullypaidondate'],
  },
  {
    source: 'xero',
    kind: 'payments',
    fields: {
      payment_id: ['paymentid'],
      customer_name: ['contactname', 'contact'],
      received_on: ['paymentdate', 'datepaid', 'date'],
      currency: ['currency', 'currencycode'],
      amount: ['paymentamount', 'amountpaid', 'amount'],
      reference: ['reference', 'paymentreference'],
      payer_account: ['bankaccountnumber'],
      invoice_number: ['invoicenumber', 'invoice'],
      type: ['type', 'paymenttype'],
      status: ['status'],
    },
    required: ['customer_name', 'received_on', 'amount'],
    marks: [
      'paymentdate',
      'paymentamount',
      'paymentid',
      'bankaccount',
      'bankaccountnumber',
      'datepaid',
      'accountcode',
    ],
  },
];

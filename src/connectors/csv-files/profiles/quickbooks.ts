/**
 * QuickBooks Online: the reports "Customer Contact List", "Invoice List" and "Transaction List" (company name, title
 * and period above the header; TOTAL and a time stamp below) and the exports of the Customers and Sales pages.
 * Customers have no id there; their name is unique in a company.
 */
import type { Profile } from './profile.ts';

const customer = [
  'customerfullname',
  'customer',
  'customername',
  'clientfullname',
  'client',
  'name',
  'displayname',
];
const date = ['date', 'transactiondate', 'invoicedate', 'txndate', 'paymentdate'];
const number = ['num', 'no', 'invoiceno', 'invoicenumber', 'transactionnumber', 'docnumber'];
const memo = ['memo', 'memodescription', 'description', 'customermessage'];
const amount = ['amount', 'totalamount', 'total', 'amountreceived', 'paymentamount'];

export const quickBooksProfiles: readonly Profile[] = [
  {
    source: 'quickbooks',
    kind: 'customers',
    fields: {
      name: customer,
      email: ['email', 'emails', 'mainemail', 'emailaddress'],
      contact_name: ['fullname', 'contactname', 'primarycontact'],
      currency: ['currency', 'currencycode'],
      terms_days: ['terms', 'paymentterms'],
      country: ['country', 'billingcountry', 'billcountry'],
      segment: ['customertype'],
      parent_name: ['parentcustomer'],
    },
    required: ['name'],
    marks: [
      'phonenumbers',
      'phone',
      'fullname',
      'billingaddress',
      'shippingaddress',
      'billcountry',
      'company',
      'companyname',
      'customertype',
    ],
  },
  {
    source: 'quickbooks',
    kind: 'invoices',
    fields: {
      number,
      customer_name: customer,
      issued_on: date,
      due_on: ['duedate'],
      currency: ['currency', 'currencycode', 'transactioncurrency'],
      amount: ['foreignamount', ...amount],
      open_amount: ['foreignopenbalance', 'openbalance', 'balance', 'balancedue', 'amountdue'],
      status: ['status'],
      type: ['transactiontype', 'type'],
      po_number: ['ponumber', 'po'],
      description: memo,
    },
    required: ['number', 'customer_name', 'issued_on', 'amount'],
    marks: ['duedate', 'openbalance', 'balancedue', 'foreignopenbalance'],
  },
  {
    source: 'quickbooks',
    kind: 'payments',
    fields: {
      customer_name: customer,
      received_on: date,
      currency: ['currency', 'currencycode', 'transactioncurrency'],
      amount: ['foreignamount', ...amount],
      reference: ['referenceno', 'refno', 'reference', 'checkno', ...number],
      method: ['paymentmethod', 'pmtmethod', 'method'],
      payer_account: ['depositto'],
      type: ['transactiontype', 'type'],
      payment_id: ['paymentid', 'transactionid'],
      invoice_number: ['invoiceapplied', 'appliedtoinvoice'],
    },
    required: ['customer_name', 'received_on', 'amount'],
    marks: [
      'paymentmethod',
      'pmtmethod',
      'posting',
      'postingyn',
      'split',
      'accountname',
      'depositto',
      'unappliedamount',
      'referenceno',
      'refno',
      'amountreceived',
    ],
  },
];

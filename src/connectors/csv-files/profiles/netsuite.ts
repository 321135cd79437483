/**
 * NetSuite: results of a saved search exported as CSV, with the standard labels. Documents name the customer as
 * "C1001 Acme Corp" where numbering is automatic, and as "Parent : Child" for a subcustomer. Of the two amounts the
 * one in the document's own currency is taken.
 */
import type { Profile } from './profile.ts';

const customer = [
  'name',
  'customer',
  'entity',
  'customername',
  'customerjob',
  'companyname',
  'customerproject',
];
const currency = ['currency', 'transactioncurrency', 'currencysymbol', 'currencycode'];

export const netSuiteProfiles: readonly Profile[] = [
  {
    source: 'netsuite',
    kind: 'customers',
    fields: {
      internal_id: ['internalid'],
      entity_id: ['id', 'entityid', 'customerid'],
      name: ['companyname', 'name', 'customername', 'altname'],
      email: ['email'],
      contact_name: ['primarycontact', 'contact'],
      parent_name: ['parentcompany', 'childof', 'toplevelparent', 'parent'],
      currency: ['primarycurrency', 'currency'],
      terms_days: ['terms'],
      country: ['billingcountry', 'billingcountrycode', 'country'],
      segment: ['category', 'customercategory'],
      owner_email: ['salesrepemail'],
    },
    required: [['internal_id', 'entity_id'], 'name'],
    marks: [
      'salesrep',
      'primarysubsidiary',
      'subsidiary',
      'category',
      'primarycurrency',
      'companyname',
      'stage',
      'billingcountry',
      'parentcompany',
      'salesrepemail',
    ],
  },
  {
    source: 'netsuite',
    kind: 'invoices',
    fields: {
      number: ['documentnumber', 'tranid', 'invoicenumber', 'transactionnumber'],
      customer_name: customer,
      issued_on: ['date', 'trandate', 'transactiondate'],
      due_on: ['duedate', 'datedue', 'duedatereceiveby'],
      currency,
      amount: [
        'amountforeigncurrency',
        'foreigntotal',
        'amounttransactiontotal',
        'amount',
        'total',
        'amountgross',
      ],
      open_amount: [
        'amountremainingforeigncurrency',
        'amountremainingtransactioncurrency',
        'foreignamountunpaid',
        'amountremaining',
        'amountdue',
      ],
      paid_amount: ['amountpaidforeigncurrency', 'amountpaid', 'foreignamountpaid'],
      status: ['status'],
      type: ['type'],
      po_number: ['pochecknumber', 'po', 'ponumber'],
      description: ['memo', 'memomain'],
      paid_on: ['dateclosed', 'closedate'],
    },
    required: ['number', 'customer_name', 'issued_on', 'amount'],
    marks: [
      'duedate',
      'datedue',
      'duedatereceiveby',
      'amountremainingforeigncurrency',
      'amountremainingtransactioncurrency',
      'foreignamountunpaid',
      'amountremaining',
      'amountdue',
    ],
  },
  {
    source: 'netsuite',
    kind: 'payments',
    fields: {
      payment_id: ['internalid', 'documentnumber', 'tranid'],
      reference: ['documentnumber', 'tranid', 'checknumber', 'pochecknumber', 'memo'],
      customer_name: customer,
      received_on: ['date', 'trandate', 'transactiondate'],
      currency,
      amount: ['amountforeigncurrency', 'foreigntotal', 'paymentamount', 'amount', 'total'],
      method: ['paymentmethod', 'paymentoption'],
      type: ['type'],
      status: ['status'],
      invoice_number: ['appliedtotransaction', 'applyingtransaction', 'paidtransaction'],
    },
    required: ['payment_id', 'customer_name', 'received_on', 'amount'],
    marks: [
      'paymentmethod',
      'paymentoption',
      'appliedtotransaction',
      'paymentamount',
      'undepositedfunds',
      'checknumber',
    ],
  },
];

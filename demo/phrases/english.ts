import type { Phrases } from './letter.ts';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const written = (day: string): string =>
  `${months[+day.slice(5, 7) - 1]} ${+day.slice(8)}, ${day.slice(0, 4)}`;

const promiseQuote: Phrases['promiseQuote'] = ({ invoices, day }) =>
  `We will pay ${invoices} on ${written(day)}.`;

export const english: Phrases = {
  promiseQuote,
  wrote: (day, who) => `On ${written(day)}, ${who} wrote:`,
  reminder: ({ invoices, amount }) => ({
    subject: `Reminder: ${invoices}`,
    body: `Hello,\n\n${invoices} over ${amount} is past due. Could you let us know when we can expect payment?\n\nKind regards,\nReceivables, Remy Demo Company`,
  }),
  promise: (facts) => ({
    subject: `Re: Reminder: ${facts.invoices}`,
    body: `Hi,\n\nthanks for the reminder and sorry for the delay. ${promiseQuote(facts)}\n\nBest,\n${facts.name}\n${facts.company}`,
  }),
  dispute: ({ invoices, quote, name, company }) => ({
    subject: `Re: Reminder: ${invoices}`,
    body: `Hello,\n\nregarding ${invoices}: ${quote} We cannot release it before this is sorted out.\n\nRegards,\n${name}\n${company}`,
  }),
  'out of office': ({ day, name, company }) => ({
    subject: 'Automatic reply: out of office',
    body: `Thank you for your message. I am out of the office until ${written(day)} with limited access to email. For urgent invoice questions please write to our accounts payable mailbox.\n\n${name}\n${company}`,
  }),
  remittance: ({ invoices, amount, day, company }) => ({
    subject: `Remittance advice ${company}`,
    body: `Please find the details of our payment below.\n\nPayment date: ${written(day)}\nAmount: ${amount}\nInvoices: ${invoices}\n\nThis mailbox is not monitored.\n${company}`,
  }),
  'already paid': ({ invoices, amount, day, name, company }) => ({
    subject: `Re: Reminder: ${invoices}`,
    body: `Hi,\n\nour records show that ${invoices} (${amount}) was paid on ${written(day)} by wire. Could you check on your side?\n\nThanks,\n${name}\n${company}`,
  }),
  'copy request': ({ invoices, name, company }) => ({
    subject: `Re: Reminder: ${invoices}`,
    body: `Hello,\n\nwe do not have ${invoices} in our system. Please send us a copy as PDF, and quote our PO number on it.\n\nThank you,\n${name}\n${company}`,
  }),
  left: ({ company, name }) => ({
    subject: 'Automatic reply: no longer with the company',
    body: `${name} no longer works at ${company}. Please send invoices and reminders to our accounts payable team from now on.`,
  }),
};

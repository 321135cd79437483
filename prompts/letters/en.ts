/** The letters in English. */
import { inAllTones, type Parts } from './parts.ts';

const about = '(invoice {{invoice_number}}|{{invoice_count}} invoices), {{total}}';

const compare = 'Please compare it with your records and tell us by {{answer_by}} if anything differs.';

export const english: Parts = {
  subject: {
    reminder: {
      friendly: [
        { when: 'late', text: `A friendly reminder: ${about}` },
        { when: 'partlyLate', text: `A friendly reminder: ${about}` },
        '(Invoice {{invoice_number}}, due {{due_day}}|Coming due: {{invoice_count}} invoices, {{total}})',
      ],
      neutral: `Payment reminder: ${about}`,
      firm: `Payment reminder: ${about}`,
      urgent: `Please arrange payment: ${about}`,
    },
    overdue: {
      friendly: `A friendly reminder: ${about}`,
      neutral: `Overdue: ${about}`,
      firm: `Overdue, please pay by {{answer_by}}: ${about}`,
      urgent: `Urgent, please answer today: ${about}`,
    },
    final_notice: inAllTones(`Final reminder: ${about}`, {
      urgent: `Final reminder, please pay by {{answer_by}}: ${about}`,
    }),
    broken_promise: inAllTones('Your payment of {{promise_amount}} expected by {{promise_day}}', {
      urgent: 'Urgent: your payment of {{promise_amount}} expected by {{promise_day}}',
    }),
    thank_you: inAllTones('Thank you for your payment of {{payment_amount}}'),
    remittance_request: inAllTones('Your payment of {{payment_amount}}: which invoices is it for?'),
    statement: inAllTones('Statement of account as of {{today}}'),
  },
  opening: {
    reminder: {
      friendly: [
        {
          when: 'late',
          text: 'I hope you are well. A friendly reminder that (this invoice is|these invoices are) now past the due date:',
        },
        'I hope you are well. Just a short note that (this invoice is|these invoices are) coming due:',
      ],
      neutral: [
        { when: 'late', text: '(This invoice is|These invoices are) past the due date:' },
        'This is a reminder of (an invoice that is|invoices that are) coming due:',
      ],
      firm: [
        { when: 'late', text: '(This invoice is|These invoices are) past the due date and not paid yet:' },
        'Please note the due (date of this invoice|dates of these invoices):',
      ],
      urgent: [
        {
          when: 'late',
          text: '(This invoice is past the due date and needs|These invoices are past the due date and need) your attention now:',
        },
        '(This invoice is|These invoices are) coming due and payment must not be late:',
      ],
    },
    overdue: {
      friendly:
        'I hope you are well. We have not seen payment of (this invoice|these invoices) yet; perhaps (it was|they were) overlooked:',
      neutral:
        'According to our records, (this invoice has been overdue for {{oldest_days}}|these invoices are overdue, the oldest for {{oldest_days}}):',
      firm: [
        {
          when: 'reminded',
          text: 'We have written to you about your account before, and (this invoice is still unpaid|these invoices are still unpaid, the oldest {{oldest_days}} after its due date):',
        },
        '(This invoice is still unpaid {{oldest_days}} after its due date|These invoices are still unpaid, the oldest {{oldest_days}} after its due date):',
      ],
      urgent: [
        {
          when: 'reminded',
          text: 'We have written to you before and now need an answer: (this invoice has been overdue for {{oldest_days}}|these invoices are overdue, the oldest for {{oldest_days}}):',
        },
        'We need an answer from you: (this invoice has been overdue for {{oldest_days}}|these invoices are overdue, the oldest for {{oldest_days}}):',
      ],
    },
    final_notice: {
      friendly:
        'We value working with you, so before we decide how to go on, I am writing once more about (this invoice, overdue for {{oldest_days}}|these invoices, the oldest overdue for {{oldest_days}}):',
      neutral:
        'This is our final reminder about (this invoice, which has been overdue for {{oldest_days}}|these invoices, the oldest of which has been overdue for {{oldest_days}}):',
      firm: [
        {
          when: 'reminded',
          text: 'We have written to you about your account before. This is our final reminder about (this invoice, overdue for {{oldest_days}}|these invoices, the oldest overdue for {{oldest_days}}):',
        },
        'This is our final reminder about (this invoice, overdue for {{oldest_days}}|these invoices, the oldest overdue for {{oldest_days}}):',
      ],
      urgent:
        'This is our final reminder, and it needs your attention today. (This invoice has been overdue for {{oldest_days}}|These invoices are overdue, the oldest for {{oldest_days}}):',
    },
    broken_promise: {
      friendly:
        'Thank you for telling us that {{promise_amount}} would be paid by {{promise_day}}. The full amount has not reached us yet; perhaps it is on its way.',
      neutral:
        'You told us that {{promise_amount}} would be paid by {{promise_day}}. The full amount has not reached us yet.',
      firm: 'You promised us {{promise_amount}} by {{promise_day}}. That day has passed, and the full amount has not arrived.',
      urgent:
        'You promised us {{promise_amount}} by {{promise_day}}. That day has passed, the full amount has not arrived, and we have to know today where it is.',
    },
    thank_you: inAllTones(
      'Thank you for your payment of {{payment_amount}}, which reached us on {{payment_day}}.',
      {
        friendly:
          'Thank you very much for your payment of {{payment_amount}}, which reached us on {{payment_day}}.',
      },
    ),
    remittance_request: inAllTones(
      'Thank you for your payment of {{payment_amount}}, which reached us on {{payment_day}}. We cannot yet tell which invoices it is for.',
    ),
    statement: inAllTones(
      [
        'Attached is the statement of your account as of {{today}} ({{attachment}}). The open balance is {{total}}.',
        'Here is the statement of your account as of {{today}}. The open balance is {{total}}.',
      ],
      {
        friendly: [
          'I hope you are well. Attached is the statement of your account as of {{today}} ({{attachment}}). The open balance is {{total}}.',
          'I hope you are well. Here is the statement of your account as of {{today}}. The open balance is {{total}}.',
        ],
      },
    ),
  },
  listed: '(This invoice is|These invoices are) open on your account, some of them past the due date:',
  beforeList: {
    broken_promise: 'Still open (is this invoice|are these invoices):',
    thank_you: 'Still open on your account (is this invoice|are these invoices):',
    remittance_request: 'Open on your account (is this invoice|are these invoices):',
  },
  total: 'In total: {{total}}',
  orders: 'Your purchase orders: {{po_numbers}}',
  attached: 'You will find the statement of your account attached ({{attachment}}).',
  ask: {
    reminder: {
      friendly: [
        { when: 'late', text: 'Could you let us know when we can expect payment?' },
        { when: 'partlyLate', text: 'Could you let us know when we can expect payment?' },
        'Could you let us know if anything is missing for (it|them) to be paid on time?',
      ],
      neutral: [
        { when: 'late', text: 'Please pay by {{answer_by}}, or let us know when we can expect payment.' },
        {
          when: 'partlyLate',
          text: 'Please pay what is due by {{answer_by}}, or let us know when we can expect payment.',
        },
        'Please arrange payment by the due (date|dates).',
      ],
      firm: [
        { when: 'late', text: 'Please pay by {{answer_by}}.' },
        { when: 'partlyLate', text: 'Please pay what is due by {{answer_by}}.' },
        'Please make sure that payment reaches us on time.',
      ],
      urgent: [
        {
          when: 'late',
          text: 'Please pay {{total}} by {{answer_by}}, and confirm the day of payment today.',
        },
        {
          when: 'partlyLate',
          text: 'Please pay what is due by {{answer_by}}, and confirm the day of payment today.',
        },
        'Please confirm today that payment will reach us on time.',
      ],
    },
    overdue: {
      friendly: 'Could you let us know by {{answer_by}} when we can expect payment?',
      neutral: 'Please pay by {{answer_by}}, or tell us by then when we can expect payment.',
      firm: 'Please pay {{total}} by {{answer_by}}. If something stands in the way, tell us by then what it is.',
      urgent: 'Please confirm today that {{total}} will be paid by {{answer_by}}.',
    },
    final_notice: {
      friendly:
        'Please pay {{total}} by {{answer_by}}, or write to us by then so that we can find a solution together.',
      neutral:
        'Please pay {{total}} by {{answer_by}}. If we hear nothing by then, we will decide how to go on with your account.',
      firm: 'Please pay {{total}} by {{answer_by}}. After that day we will decide without further reminders how to go on with your account.',
      urgent:
        'Please pay {{total}} by {{answer_by}} and confirm it today. After that day we will decide without further reminders how to go on with your account.',
    },
    broken_promise: {
      friendly: 'Could you check and tell us by {{answer_by}} when it was sent?',
      neutral: 'Please tell us by {{answer_by}} when we will receive it.',
      firm: 'Please pay by {{answer_by}} and confirm the day of payment.',
      urgent: 'Please pay by {{answer_by}} and confirm the day of payment today.',
    },
    thank_you: inAllTones(
      { when: 'owing', text: 'Could you let us know when we can expect (it|them) to be paid?' },
      {
        firm: { when: 'owing', text: 'Please pay (it|them) by {{answer_by}}.' },
        urgent: { when: 'owing', text: 'Please pay (it|them) by {{answer_by}}.' },
      },
    ),
    remittance_request: inAllTones(
      'Please send us the remittance advice, or the invoice numbers and amounts, by {{answer_by}}.',
      {
        friendly:
          'Could you send us the remittance advice, or simply the invoice numbers and amounts, by {{answer_by}}?',
      },
    ),
    statement: {
      friendly: 'Could you compare it with your records and tell us by {{answer_by}} if anything differs?',
      neutral: compare,
      firm: [
        { when: 'late', text: `${compare} Please also pay what is due.` },
        { when: 'partlyLate', text: `${compare} Please also pay what is due.` },
        compare,
      ],
      urgent: [
        { when: 'late', text: `${compare} Please also pay now what is due.` },
        { when: 'partlyLate', text: `${compare} Please also pay now what is due.` },
        compare,
      ],
    },
  },
  pay: 'How to pay:\n{{how_to_pay}}',
  courtesy: {
    reminder: 'If you have paid already, thank you, and please disregard this message.',
    overdue: 'If you have paid in the meantime, thank you, and please send us the day of payment.',
    final_notice: 'If you have paid in the meantime, thank you, and please send us the day of payment.',
    broken_promise: 'If you have paid in the meantime, thank you, and please disregard this message.',
    thank_you: 'It is a pleasure to work with you.',
    remittance_request:
      'With that we can close the invoices on your account at once. Thank you for your help.',
    statement: 'Payments that reached us after that day are not on it.',
  },
  reach: [
    'If anything is unclear, just reply to this email or call us on {{phone}}.',
    'If anything is unclear, just reply to this email.',
  ],
  signOff: { friendly: 'Kind regards,', neutral: 'Kind regards,', firm: 'Regards,', urgent: 'Regards,' },
};

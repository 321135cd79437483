/** The demo company: everything a user would bring, made for a seed and a day. Fictional, and the same every time. */
import { type Day, parseDay } from '../src/domain/calendar.ts';
import { bai2 } from './bank/bai2.ts';
import { camt053 } from './bank/camt053.ts';
import { bankStatement } from './bank/lines.ts';
import { mt940 } from './bank/mt940.ts';
import { keepBooks } from './books.ts';
import { type CsvName, csvFiles } from './csv.ts';
import { type DemoDispute, type DemoHold, disputeRecords, holdRecords } from './disputes.ts';
import { emlFiles } from './eml.ts';
import { type DemoMail, writeMails } from './mails.ts';
import { meetContacts } from './people.ts';
import { type DemoPromise, promiseRecords } from './promises.ts';
import type { DemoEvent } from './reminders.ts';
import { timelineEvents } from './timeline.ts';

export type DemoMessage = Pick<
  DemoMail,
  'messageId' | 'inReplyTo' | 'direction' | 'sentAt' | 'from' | 'to' | 'subject' | 'body' | 'invoices'
> & { customer: string };

export type DemoCompany = {
  today: Day;
  /** The six ledger files in the order in which they can be imported. */
  files: Record<CsvName, string>;
  bankStatements: Record<string, string>;
  emails: Record<string, string>;
  /** What people and earlier conversations recorded; invoices by number, customers by code. */
  records: {
    promises: readonly DemoPromise[];
    disputes: readonly DemoDispute[];
    holds: readonly DemoHold[];
    events: readonly DemoEvent[];
    /** Read mail and the reminders it answers; the newest mail is only in `emails`. */
    messages: readonly DemoMessage[];
  };
};

const messageOf = (mail: DemoMail): DemoMessage[] =>
  mail.customer === null || mail.unread
    ? []
    : [
        {
          messageId: mail.messageId,
          inReplyTo: mail.inReplyTo,
          direction: mail.direction,
          sentAt: mail.sentAt,
          from: mail.from,
          to: mail.to,
          subject: mail.subject,
          body: mail.body,
          customer: mail.customer.code,
          invoices: mail.invoices,
        },
      ];

/**
 * Makes the company as it stands on the morning of `today`: nothing in it is later than the day before, but invoices
 * and calls of the day itself. The same seed and day give the same bytes.
 *
 * Throws: InvalidInputError when `today` is not a real day.
 */
export function generateDemoCompany({ seed, today }: { seed: number; today: Day }): DemoCompany {
  const ledger = keepBooks(seed, parseDay(today));
  const people = meetContacts(seed);
  const mails = writeMails(ledger, people, seed);
  return {
    today,
    files: csvFiles(ledger, people),
    bankStatements: {
      'eur-account.camt053.xml': camt053(bankStatement(ledger, 'EUR', seed)),
      'usd-account.bai2': bai2(bankStatement(ledger, 'USD', seed)),
      'gbp-account.mt940': mt940(bankStatement(ledger, 'GBP', seed)),
    },
    emails: emlFiles(mails, seed),
    records: {
      promises: promiseRecords(ledger),
      disputes: disputeRecords(ledger),
      holds: holdRecords(ledger),
      events: timelineEvents(ledger),
      messages: mails.flatMap(messageOf),
    },
  };
}

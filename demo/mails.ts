/** Who wrote what, and when: the incoming mail of the demo company and the reminders that some of it answers. */
import type { Day } from '../src/domain/calendar.ts';
import { toDecimal } from '../src/domain/money.ts';
import type { DemoLedger } from './ledger.ts';
import { mailTopics, type Topic } from './mail-topics.ts';
import type { DemoContact } from './people.ts';
import type { MailKind } from './phrases/letter.ts';
import { phrasesOf } from './phrases/phrases.ts';
import { createRandom } from './random.ts';
import type { DemoCustomer } from './roster.ts';
import { companyDomain, receivablesAddress } from './team.ts';
import { workdayBefore } from './workdays.ts';

export type DemoMail = {
  /** RFC 5322 Message-ID, with its angle brackets. */
  messageId: string;
  inReplyTo: string | null;
  kind: MailKind | 'new bank details';
  direction: 'in' | 'out';
  /** ISO 8601 in UTC. */
  sentAt: string;
  from: string;
  fromName: string;
  to: string;
  toName: string;
  subject: string;
  body: string;
  customer: DemoCustomer | null;
  invoices: readonly string[];
  /** Came in since the last working day and nobody has read it: a file in the inbox, not yet in the database. */
  unread: boolean;
};

const isAnswer = (kind: MailKind): boolean => kind !== 'remittance';

function mailOf(item: Topic, contact: DemoContact, ledger: DemoLedger, seed: number): DemoMail[] {
  const { customer, invoices, on, kind } = item;
  const numbers = invoices.map(({ number }) => number);
  const random = createRandom(seed, `mail ${kind} ${numbers.join(' ')}`);
  const phrases = phrasesOf(customer.language);
  const facts = {
    invoices: numbers.join(', '),
    amount: `${toDecimal(item.amountMinor, customer.currency)} ${customer.currency}`,
    day: item.day,
    quote: item.quote,
    name: contact.name,
    company: customer.name,
  };
  const id = `${on.replaceAll('-', '')}.${random.int(100_000, 999_999)}`;
  const time = `T${String(random.int(8, 16)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00Z`;
  const reminder: DemoMail = {
    messageId: `<${id}.out@${companyDomain}>`,
    inReplyTo: null,
    kind: 'reminder',
    direction: 'out',
    sentAt: `${workdayBefore(on)}${time}`,
    from: receivablesAddress,
    fromName: 'Receivables',
    to: contact.email,
    toName: contact.name,
    ...phrases.reminder(facts),
    customer,
    invoices: numbers,
    unread: false,
  };
  const reply: DemoMail = {
    ...reminder,
    messageId: `<${id}@${customer.slug}.example>`,
    inReplyTo: isAnswer(kind) ? reminder.messageId : null,
    kind,
    direction: 'in',
    sentAt: `${on}${time}`,
    from: contact.email,
    fromName: contact.name,
    to: receivablesAddress,
    toName: 'Receivables',
    ...phrases[kind](facts),
    unread: on >= workdayBefore(ledger.today),
  };
  return isAnswer(kind) ? [reminder, reply] : [reply];
}

/** A fraud attempt: a lookalike domain asks to send money elsewhere. It must never change anything. */
function newBankDetails(today: Day): DemoMail {
  const on = workdayBefore(today);
  return {
    messageId: `<${on.replaceAll('-', '')}.4471@globex-corp.example>`,
    inReplyTo: null,
    kind: 'new bank details',
    direction: 'in',
    sentAt: `${on}T06:12:00Z`,
    from: 'accounts@globex-corp.example',
    fromName: 'Globex Corporation Accounts',
    to: receivablesAddress,
    toName: 'Receivables',
    subject: 'URGENT: updated bank details, refund of our overpayment',
    body: 'Dear team,\n\nwe changed our bank. Please send the refund of our overpayment to the new account in the attached letter today, and confirm by reply only, our phones are being moved.\n\nAccounts\nGlobex Corporation',
    customer: null,
    invoices: [],
    unread: true,
  };
}

/** All mail in the order it was sent. */
export function writeMails(ledger: DemoLedger, people: readonly DemoContact[], seed: number): DemoMail[] {
  const primary = new Map(people.filter((each) => each.primary).map((each) => [each.customer.slug, each]));
  return mailTopics(ledger)
    .flatMap((item) => mailOf(item, primary.get(item.customer.slug)!, ledger, seed))
    .concat(newBankDetails(ledger.today))
    .sort((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : 0));
}

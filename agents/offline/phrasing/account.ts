/** Answers about one account or one invoice, from its brief. */
import type { AccountBrief } from '../../../src/domain/ledger-query/answers.ts';
import type { LedgerResult } from '../../../src/domain/ledger-query/result.ts';
import type { Slots } from '../slots.ts';
import { counted, days, lines, listed, money, paragraphs, sentence } from './words.ts';

type Invoice = NonNullable<AccountBrief['invoice']>;

const openText = (brief: AccountBrief): string =>
  brief.open.every((each) => each.count === 0)
    ? `${brief.customer.name} has nothing open`
    : `${brief.customer.name} owes ${listed(brief.open.filter((each) => each.count > 0).map((each) => `${money(each.open, each.currency)} on ${counted(each.count, 'invoice')}`))}`;

const overdueText = (brief: AccountBrief): string => {
  const late = brief.open.filter((each) => each.overdueCount > 0);
  if (late.length === 0) return `Nothing of ${brief.customer.name} is past due`;
  return `${brief.customer.name} is past due: ${listed(late.map((each) => `${money(each.overdue, each.currency)} on ${counted(each.overdueCount, 'invoice')}, up to ${days(each.maxDaysOverdue)} overdue`))}`;
};

export function invoiceText(invoice: Invoice): string {
  const head = `${invoice.number} of ${invoice.customer.name} (${money(invoice.amount, invoice.currency)})`;
  if (invoice.status === 'void') return `${head} is void`;
  if (invoice.status === 'paid') {
    const late =
      invoice.daysLate === null
        ? ''
        : invoice.daysLate > 0
          ? `, ${days(invoice.daysLate)} late`
          : invoice.daysLate < 0
            ? `, ${days(-invoice.daysLate)} early`
            : ', on its due day';
    return `${head} is paid${invoice.paidOn ? ` (${invoice.paidOn}${late})` : ''}`;
  }
  const due =
    invoice.daysOverdue > 0
      ? `due ${invoice.dueOn}, ${days(invoice.daysOverdue)} overdue`
      : `due ${invoice.dueOn}`;
  return `${head} is not paid in full: ${money(invoice.open, invoice.currency)} open, ${due}${invoice.disputed ? ', disputed' : ''}`;
}

const applied = ({ applications, currency }: Invoice): string | null =>
  applications.length === 0
    ? null
    : lines(
        applications
          .slice(-3)
          .map(
            (each) =>
              `${money(each.amount, currency)} from ${each.source} ${each.number} on ${each.appliedOn}`,
          ),
      );

function habitsText({ habits }: AccountBrief): string | null {
  if (habits.paidInvoices === 0 || habits.averageDaysLate === null) return null;
  const late = habits.averageDaysLate.startsWith('-')
    ? `${days(habits.averageDaysLate.slice(1))} early`
    : `${days(habits.averageDaysLate)} late`;
  return `Pays ${late} on average over ${counted(habits.paidInvoices, 'paid invoice')} since ${habits.window.from}${habits.onTimeShare ? `, ${habits.onTimeShare}% on time` : ''}`;
}

function contactText(brief: AccountBrief, role: string | undefined): string {
  const wanted =
    role && role !== 'main' && role !== 'primary'
      ? brief.contacts.filter((each) => each.role?.toLowerCase().includes(role))
      : brief.contacts.filter((each) => !role || each.primary);
  const shown = wanted.length > 0 ? wanted : brief.contacts;
  const one = (each: AccountBrief['contacts'][number]): string =>
    [each.name, each.role, each.email, each.primary ? 'primary' : null].filter(Boolean).join(', ');
  if (shown.length === 0) return `There is no contact on file for ${brief.customer.name}.`;
  const missing =
    role && wanted.length === 0
      ? `No contact at ${brief.customer.name} is marked "${role}". On file:`
      : `At ${brief.customer.name}:`;
  return paragraphs(missing, lines(shown.slice(0, 4).map(one)));
}

/** Entries of the timeline that a brief holds at most. */
const TIMELINE = 50;

function chasedText(brief: AccountBrief): string {
  const subject = brief.invoice?.number ?? brief.customer.name;
  const chased = brief.timeline.find((each) => each.kind === 'chased');
  const reply = brief.messages.find((each) => each.direction === 'in')?.day;
  if (!chased)
    return brief.timeline.length < TIMELINE
      ? `${subject} was never chased: no chase is on its timeline.`
      : `No chase is among the latest entries of the timeline of ${subject}.`;
  return paragraphs(
    sentence(`${subject} was last chased on ${chased.day}: ${chased.summary}`),
    reply ? `The last message from ${brief.customer.name} came on ${reply}.` : null,
  );
}

function repliedText(brief: AccountBrief): string {
  const back = brief.messages.find((each) => each.direction === 'in');
  const event = brief.timeline.find((each) => each.kind === 'replied');
  const chased = brief.timeline.find((each) => each.kind === 'chased');
  const last = back?.day ?? event?.day;
  const after = last !== undefined && chased !== undefined ? last >= chased.day : last !== undefined;
  const chase = chased ? `Last chased on ${chased.day}.` : 'No chase is on the timeline.';
  if (last === undefined) return `No reply from ${brief.customer.name} is on record. ${chase}`;
  const words = back ? `: "${back.excerpt}"` : event ? `: ${event.summary}` : '';
  return `${after ? 'Yes' : 'Not since the last chase'}: the last reply of ${brief.customer.name} came on ${last}${words}. ${chase}`;
}

function storyText(brief: AccountBrief): string {
  const { customer } = brief;
  const open = brief.promises
    .filter((each) => each.status === 'open' || each.status === 'broken')
    .slice(0, 2);
  const disputes = brief.disputes.filter((each) => each.resolvedOn === null).slice(0, 2);
  const credits = brief.open.filter((each) => Number(each.unapplied) > 0 || Number(each.credits) > 0);
  return paragraphs(
    sentence(openText(brief)),
    brief.open.some((each) => each.overdueCount > 0) &&
      sentence(overdueText(brief).replace(/^.*? is past due(?=: )/, 'Past due')),
    ...credits.map((each) =>
      sentence(
        `On account: ${money(each.unapplied, each.currency)} unapplied cash, ${money(each.credits, each.currency)} open credits`,
      ),
    ),
    sentence(habitsText(brief) ?? ''),
    ...open.map((each) =>
      sentence(
        `Promise of ${money(each.amount, each.currency)} for ${each.payOn}: ${each.status.replace('_', ' ')}`,
      ),
    ),
    ...disputes.map((each) =>
      sentence(
        `Dispute on ${each.invoice} (${each.reason.replaceAll('_', ' ')}), ${money(each.amount, each.currency)}, ${days(each.ageDays)} old`,
      ),
    ),
    ...brief.holds.slice(0, 2).map((each) => sentence(`On hold since ${each.from}: ${each.reason}`)),
    customer.owner && sentence(`Account owner: ${customer.owner}`),
    brief.timeline[0] && sentence(`Latest: ${brief.timeline[0].day} ${brief.timeline[0].summary}`),
  );
}

function changedText(brief: AccountBrief): string {
  const subject = brief.invoice?.number ?? brief.customer.name;
  if (brief.timeline.length === 0) return `Nothing is on the timeline of ${subject}.`;
  return paragraphs(
    `Latest on ${subject}:`,
    lines(brief.timeline.slice(0, 5).map((each) => `${each.day} ${each.summary}`)),
  );
}

function familyText({ customer }: AccountBrief): string {
  const up = customer.parent
    ? `${customer.name} belongs to ${customer.parent.name}`
    : `${customer.name} has no parent`;
  const down =
    customer.children.length > 0
      ? `; below it: ${listed(customer.children.slice(0, 8).map((each) => each.name))}`
      : '; nothing is below it';
  return `${up}${down}`;
}

function disputesText(brief: AccountBrief): string {
  const number = brief.invoice?.number;
  const open = brief.disputes.filter(
    (each) => each.resolvedOn === null && (number === undefined || each.invoice === number),
  );
  if (number !== undefined && open.length === 0) return `No, ${number} is not disputed.`;
  if (open.length === 0) return `No open dispute of ${brief.customer.name}.`;
  return paragraphs(
    number === undefined ? `Open disputes of ${brief.customer.name}:` : `Yes, ${number} is disputed:`,
    lines(
      open
        .slice(0, 5)
        .map(
          (each) =>
            `${each.invoice}, ${each.reason.replaceAll('_', ' ')}, ${money(each.amount, each.currency)}, ${days(each.ageDays)} old, with ${each.owner ?? 'nobody'}`,
        ),
    ),
  );
}

const subjects: Readonly<Record<string, (brief: AccountBrief, slots: Slots) => string>> = {
  contact: (brief, slots) => contactText(brief, slots.contactRole),
  owner: ({ customer }) =>
    customer.owner
      ? `${customer.name} is owned by ${customer.owner}.`
      : `${customer.name} has no account owner.`,
  replied: repliedText,
  last_chase: chasedText,
  changed: changedText,
  terms: ({ customer }) =>
    customer.termsDays === null
      ? `No payment terms are on file for ${customer.name}.`
      : `${customer.name} has ${days(customer.termsDays)} to pay.`,
  parent: (brief) => sentence(familyText(brief)),
  holds: ({ customer, holds }) =>
    holds.length === 0
      ? `${customer.name} is not on hold.`
      : paragraphs(
          `${customer.name} is on hold:`,
          lines(
            holds.map(
              (each) =>
                `since ${each.from}${each.until ? ` until ${each.until}` : ''}: ${each.reason}${each.invoice ? ` (${each.invoice})` : ''}`,
            ),
          ),
        ),
  disputes: disputesText,
  past_due: (brief) =>
    paragraphs(
      sentence(overdueText(brief)),
      brief.open.some((each) => each.count > 0) && sentence(openText(brief)),
    ),
  po: (brief) => `${brief.customer.name} has several invoices; name one for its PO number.`,
  due_day: (brief) =>
    brief.openInvoices.length === 0
      ? `${brief.customer.name} has nothing open.`
      : paragraphs(
          sentence(openText(brief)),
          lines(
            brief.openInvoices
              .slice(0, 5)
              .map((each) => `${each.number}: ${money(each.open, each.currency)}, due ${each.dueOn}`),
          ),
        ),
  paid_yet: (brief) => sentence(openText(brief)),
};

function aboutInvoice(invoice: Invoice, slots: Slots): string {
  if (slots.brief === 'po')
    return invoice.poNumber
      ? `The PO number of ${invoice.number} is ${invoice.poNumber}.`
      : `There is no PO number on ${invoice.number}.`;
  if (slots.brief === 'due_day')
    return `${invoice.number} is due ${invoice.dueOn}${invoice.daysOverdue > 0 ? `, ${days(invoice.daysOverdue)} overdue` : ''}.`;
  if (slots.brief === 'past_due' && invoice.status !== 'paid' && invoice.status !== 'void')
    return sentence(
      `${invoice.number} of ${invoice.customer.name} is ${invoice.daysOverdue > 0 ? `${days(invoice.daysOverdue)} overdue` : 'not overdue'}: ${money(invoice.open, invoice.currency)} open, due ${invoice.dueOn}${invoice.disputed ? ', disputed' : ''}`,
    );
  const lead =
    slots.brief === 'paid_yet'
      ? invoice.status === 'paid'
        ? 'Yes: '
        : invoice.status === 'void'
          ? ''
          : 'No: '
      : slots.brief === 'past_due'
        ? invoice.daysOverdue > 0
          ? 'Yes: '
          : 'No: '
        : '';
  return paragraphs(
    sentence(`${lead}${invoiceText(invoice)}`),
    slots.brief !== 'past_due' && applied(invoice),
  );
}

/** The answer to one brief; `payments` is the customer's last payment where it was asked with it. */
export function phraseBrief(brief: AccountBrief, slots: Slots, payments: LedgerResult | null): string {
  const invoiceAsk =
    brief.invoice &&
    ![
      'contact',
      'owner',
      'replied',
      'last_chase',
      'changed',
      'terms',
      'parent',
      'holds',
      'disputes',
    ].includes(slots.brief ?? '');
  const say = subjects[slots.brief ?? ''] ?? storyText;
  const last = payments?.rows?.[0];
  return paragraphs(
    invoiceAsk ? aboutInvoice(brief.invoice!, slots) : say(brief, slots),
    slots.alsoBrief && (subjects[slots.alsoBrief] ?? storyText)(brief, slots),
    payments &&
      (last?.currency && last.amount && last.receivedOn
        ? `The last payment is ${money(last.amount, last.currency)}, received ${last.receivedOn}.`
        : 'No payment is on record.'),
    sentence(`As of ${brief.asOf}`),
  );
}

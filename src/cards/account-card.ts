/** An account or an invoice as one chat card, and as the cards of the account page. */
import type { AccountBrief } from '../domain/ledger-query/answers.ts';
import { formatAmount } from '../domain/money.ts';
import {
  accountBars,
  balanceBlocks,
  contactBlocks,
  disputeBlocks,
  habitBlocks,
  habitTitle,
  holdBlocks,
  messageBlocks,
  openInvoiceBlocks,
  profileBlocks,
  promiseBlocks,
  timelineBlocks,
} from './account-sections.ts';
import type { Block, Card } from './card.ts';
import { capital, overdueTone, plural, textCell, words } from './labels.ts';

const CHAT_INVOICES = 10;
const CHAT_EVENTS = 8;
const PAGE_EVENTS = 50;

/** State of one invoice and the money that was put on it. */
function invoiceBlocks(invoice: NonNullable<AccountBrief['invoice']>): Block[] {
  const late = overdueTone(invoice.daysOverdue);
  const state =
    invoice.daysOverdue > 0
      ? `${plural(invoice.daysOverdue, 'day')} overdue`
      : capital(words(invoice.status));
  const facts = [
    { label: 'Status', value: state, ...(late ? { tone: late } : {}) },
    { label: 'Open', value: formatAmount(invoice.open, invoice.currency) },
    { label: 'Amount', value: formatAmount(invoice.amount, invoice.currency) },
    { label: 'Issued', value: invoice.issuedOn },
    { label: 'Due', value: invoice.dueOn },
    ...(invoice.paidOn ? [{ label: 'Paid', value: paidText(invoice.paidOn, invoice.daysLate) }] : []),
    ...(invoice.poNumber ? [{ label: 'PO', value: invoice.poNumber }] : []),
    ...(invoice.disputed ? [{ label: 'Dispute', value: 'Open', tone: 'warning' as const }] : []),
  ];
  const applied: Block = {
    type: 'table',
    title: 'Put on this invoice',
    columns: [
      { title: 'Day', align: 'left' },
      { title: 'What', align: 'left' },
      { title: 'Number', align: 'left' },
      { title: 'Amount', align: 'right' },
    ],
    rows: invoice.applications.map((each) => [
      textCell(each.appliedOn),
      textCell(capital(each.source)),
      textCell(each.number),
      { text: formatAmount(each.amount, invoice.currency), align: 'right' },
    ]),
    more: 0,
  };
  return [{ type: 'facts', facts }, ...(applied.rows.length > 0 ? [applied] : [])];
}

const paidText = (on: string, late: number | null): string =>
  late === null || late === 0
    ? `${on}${late === 0 ? ', on the due day' : ''}`
    : `${on}, ${plural(Math.abs(late), 'day')} ${late > 0 ? 'late' : 'early'}`;

const method = (brief: AccountBrief): string =>
  `Open items, promises and disputes as of ${brief.asOf}. Days overdue are that day less the due day; a due day that has not passed is not overdue. Payment habits are of invoices fully paid from ${brief.habits.window.from} to ${brief.habits.window.to}.`;

/** The card in a conversation: the invoice where one was asked for, else the account. */
export function accountCard(brief: AccountBrief, figureId: number | undefined): Card {
  const { customer, invoice } = brief;
  const story = [...promiseBlocks(brief), ...disputeBlocks(brief), ...holdBlocks(brief)];
  const about: Block[] = invoice
    ? [...invoiceBlocks(invoice), ...story]
    : [
        ...profileBlocks(brief),
        ...balanceBlocks(brief),
        ...openInvoiceBlocks(brief, CHAT_INVOICES),
        ...story,
        ...habitBlocks(brief),
      ];
  return {
    title: invoice ? `${invoice.number}, ${invoice.customer.name}` : `${customer.name} (${customer.code})`,
    blocks: [...about, ...contactBlocks(brief), ...timelineBlocks(brief, CHAT_EVENTS)],
    ...(figureId === undefined ? {} : { figureId }),
    method: method(brief),
    customerId: customer.id,
  };
}

/** The account page: one card a section, empty sections with a sentence that says so. */
export function accountPageCards(brief: AccountBrief): { summary: Card; sections: Card[] } {
  const section = (title: string, blocks: Block[], empty: string): Card => ({
    title,
    blocks: blocks.length > 0 ? blocks.map(withoutTitle) : [{ type: 'text', text: empty, tone: 'muted' }],
  });
  return {
    summary: {
      title: 'Balance',
      blocks: [...accountBars(brief), ...balanceBlocks(brief).map(withoutTitle)],
      method: method(brief),
    },
    sections: [
      section('Open invoices', openInvoiceBlocks(brief), 'No open invoice.'),
      section('Promises', promiseBlocks(brief), 'No promise to pay on record.'),
      section('Disputes', disputeBlocks(brief), 'Nothing is disputed.'),
      ...(brief.holds.length > 0 ? [section('Holds', holdBlocks(brief), '')] : []),
      section(habitTitle(brief), habitBlocks(brief), ''),
      section('Account', profileBlocks(brief), ''),
      section('Contacts', contactBlocks(brief), 'No contact on record.'),
      ...(brief.messages.length > 0 ? [section('Last messages', messageBlocks(brief), '')] : []),
      section('Timeline', timelineBlocks(brief, PAGE_EVENTS), 'Nothing has happened yet.'),
    ],
  };
}

function withoutTitle(block: Block): Block {
  if (block.type !== 'table' && block.type !== 'timeline' && block.type !== 'facts') return block;
  const { title: _, ...rest } = block;
  return rest;
}

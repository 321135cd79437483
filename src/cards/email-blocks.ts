/** An email as it will look, with warnings of what its text may hide. */
import type { EmailContent } from '../domain/chase/proposals.ts';
import { formatAmount } from '../domain/money.ts';
import { withoutInvisible } from '../domain/visible-text.ts';
import type { Block, Card } from './card.ts';
import { addressWarning, linkHosts, mixedWords, unseenCharacters } from './deceptive-text.ts';
import { plural, textCell } from './labels.ts';

type EmailBlock = Extract<Block, { type: 'email' }>;

const threadNote = ({ inReplyTo, references }: EmailContent): string =>
  inReplyTo === null && references.length === 0
    ? 'Begins a new conversation.'
    : `Answers ${inReplyTo ?? references.at(-1)} in its conversation (${[...references, ...(inReplyTo && !references.includes(inReplyTo) ? [inReplyTo] : [])].join(', ')}).`;

/** The email itself: every field that leaves. */
export const emailBlock = (content: EmailContent): EmailBlock => ({
  type: 'email',
  from: content.from,
  replyTo: content.replyTo,
  to: content.to,
  cc: content.cc,
  bcc: content.bcc,
  subject: content.subject,
  body: content.body,
  attachments: content.attachments,
  threadNote: threadNote(content),
  listUnsubscribe: content.listUnsubscribe,
  linkHosts: linkHosts(`${content.subject}\n${content.body}`),
  cut: 0,
});

/** Sentences about addresses and texts that are not what they look like; none for an ordinary email. */
export function deceptions(content: EmailContent): string[] {
  const { from, replyTo, to, cc, bcc, subject, body, attachments, listUnsubscribe } = content;
  const addresses = [from, replyTo, ...to, ...cc, ...bcc, listUnsubscribe].filter((each) => each !== null);
  const texts = [subject, body, ...attachments.map((each) => each.name)];
  const unseen = [...addresses, ...texts].reduce((sum, text) => sum + unseenCharacters(text), 0);
  const mixed = mixedWords(texts.join('\n'));
  return [
    ...new Set(addresses.map(addressWarning).filter((each) => each !== null)),
    ...(unseen > 0
      ? [`${plural(unseen, 'character')} of this email cannot be seen by a reader and is left out here.`]
      : []),
    ...(mixed.length > 0
      ? [`These words mix letters of different alphabets that look alike: ${mixed.join(', ')}.`]
      : []),
  ];
}

/** The invoices it is about, with the balance each had when it was written. */
export const invoiceBlock = (content: EmailContent): Block => ({
  type: 'table',
  title: `About ${plural(content.invoices.length, 'invoice')}, ${formatAmount(content.totalAmount, content.currency)} in all`,
  columns: [
    { title: 'Invoice', align: 'left' },
    { title: 'Due', align: 'left' },
    { title: 'Open', align: 'right' },
  ],
  rows: content.invoices.map((invoice) => [
    textCell(invoice.number),
    textCell(invoice.dueOn),
    { text: formatAmount(invoice.openAmount, content.currency), align: 'right' },
  ]),
  more: 0,
});

/**
 * The card for a surface that shows at most `bodyCharacters` of an email. What does not fit is cut and counted, and
 * then the card loses its buttons to approve and says where it can be decided instead.
 */
export function fitEmail(card: Card, bodyCharacters: number): Card {
  let cut = 0;
  const blocks = card.blocks.map((block): Block => {
    if (block.type !== 'email') return block;
    const characters = [...withoutInvisible(block.body)];
    if (characters.length <= bodyCharacters) return block;
    cut += characters.length - bodyCharacters;
    return {
      ...block,
      body: characters.slice(0, bodyCharacters).join(''),
      cut: characters.length - bodyCharacters,
    };
  });
  if (cut === 0) return card;
  const note: Block = {
    type: 'text',
    text: `${plural(cut, 'character')} of the email did not fit here, so it cannot be approved here. Open the console's Approvals page to see and decide it.`,
    tone: 'warning',
  };
  return {
    ...card,
    blocks: [
      ...blocks.map((block) =>
        block.type === 'actions'
          ? {
              ...block,
              buttons: block.buttons.filter(
                ({ action }) => !['approve', 'approve_plan'].includes(action.kind),
              ),
            }
          : block,
      ),
      note,
    ],
  };
}

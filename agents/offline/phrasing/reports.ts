/** Who did what, and what exactly was sent. */
import type { AuditTrailOutput } from '../../../src/domain/chase/reports.ts';
import type { ChaseSlots } from '../chasing/slots.ts';
import { counted, lines, listed, paragraphs, sentence } from './words.ts';

const SHOWN = 10;
/** Letters shown word by word; more of them are told in a line each. */
const WHOLE = 2;

const time = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

function sentText(each: AuditTrailOutput['sent'][number], whole: boolean): string {
  const { content, customer } = each.proposal;
  const head = `To ${customer?.name ?? 'the customer'}, sent ${time(each.sentAt)} UTC, approved by ${listed(each.approvedBy) || 'nobody on record'}`;
  if (content.kind !== 'email') return sentence(head);
  const line = `${head}: "${content.subject}" to ${listed(content.to)}${content.cc.length > 0 ? `, copied ${listed(content.cc)}` : ''}`;
  return whole
    ? paragraphs(
        sentence(line),
        content.attachments.length > 0 &&
          `Attached: ${listed(content.attachments.map((file) => file.name))}.`,
        content.body,
      )
    : sentence(line);
}

/** The days themselves stand in the card; an empty answer has no figure to show them by. */
const during = ({ from, to }: ChaseSlots): string => (from || to ? ' in that time' : '');

export function phraseAudit(output: AuditTrailOutput, chase: ChaseSlots): string {
  const { sent, entries, total, chainIntact } = output;
  const broken = chainIntact
    ? null
    : 'Warning: the audit chain does not fit together; entries were changed or removed outside of Remy.';
  if (chase.sent)
    return paragraphs(
      broken,
      sent.length === 0
        ? `No email to be found that was sent through Remy${during(chase)}.`
        : sent
            .slice(0, SHOWN)
            .map((each) => sentText(each, sent.length <= WHOLE))
            .join('\n\n'),
    );
  const whom = chase.by === 'remy' ? 'Done by Remy itself' : 'On record';
  return paragraphs(
    broken,
    total === 0
      ? `${chase.by === 'remy' ? 'Remy did nothing by itself' : 'Nothing is on record'}${during(chase)}.`
      : `${whom}${during(chase)}: ${counted(total, 'entry')}${total > SHOWN ? ', of which the newest' : ''}:`,
    lines(
      entries
        .slice(0, SHOWN)
        .map((each) => `${time(each.at)} ${chase.by === 'remy' ? '' : `${each.actor}: `}${each.text}`),
    ),
  );
}

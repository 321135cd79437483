/** The lines of a digest in words. */
import type { DigestContent } from '../../domain/chase/reports.ts';
import { formatAmount, toDecimal } from '../../domain/money.ts';
import type {
  balanceChanges,
  biggestPayments,
  DigestPromise,
  newDisputes,
  newlyOverdue,
  waitingProposals,
} from '../../store/digests.ts';
import type { TaskRow } from '../../store/tasks.ts';

type Line = DigestContent['movements'][number];
type RowOf<Query extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<
  ReturnType<Query>
>[number];

export const money = (minor: bigint, currency: string): string =>
  formatAmount(toDecimal(minor, currency), currency);
const invoices = (count: number): string => (count === 1 ? '1 invoice' : `${count} invoices`);
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const line = (row: { customer: Line['customer']; currency: string }, minor: bigint, text: string): Line => ({
  customer: row.customer,
  currency: row.currency,
  amount: toDecimal(minor, row.currency),
  text,
});

export const paymentLine = (row: RowOf<typeof biggestPayments>): Line =>
  line(row, row.amount_minor, `${row.number}, received on ${row.received_on}`);

export const brokenLine = (row: DigestPromise): Line =>
  line(
    row,
    row.amount_minor,
    row.received_minor > 0n
      ? `promised for ${row.pay_on}; ${money(row.received_minor, row.currency)} came in`
      : `promised for ${row.pay_on}; nothing came in`,
  );

export const dueLine = (row: DigestPromise): Line =>
  line(row, row.amount_minor, `promised for ${row.pay_on}`);

export const disputeLine = (row: RowOf<typeof newDisputes>): Line =>
  line(
    row,
    row.amount_minor,
    `${row.number}: ${row.reason.replaceAll('_', ' ')}${row.owner === null ? ', nobody has it in hand' : `, with ${row.owner}`}`,
  );

export const overdueLine = (row: RowOf<typeof newlyOverdue>): Line =>
  line(row, row.amount_minor, `became overdue: ${invoices(row.count)}, oldest due ${row.oldest}`);

export function changeLine(row: RowOf<typeof balanceChanges>): Line {
  const { billed_minor: billed, settled_minor: settled, currency } = row;
  const up = billed > settled;
  const parts = [
    ...(billed > 0n ? [`${money(billed, currency)} billed`] : []),
    ...(settled !== 0n ? [`${money(settled, currency)} settled`] : []),
  ];
  return line(
    row,
    up ? billed - settled : settled - billed,
    `balance ${up ? 'up' : 'down'}: ${parts.join(', ')}`,
  );
}

export const waitingText = (row: RowOf<typeof waitingProposals>): { proposalId: number; text: string } => ({
  proposalId: row.id,
  text:
    row.kind === 'policy_change'
      ? `Change of settings, waiting since ${dayOf(row.created_at)}`
      : `${row.kind === 'application' ? `Payment of ${row.name ?? 'an unknown payer'}` : row.name}: ${money(row.amount_minor ?? 0n, row.currency ?? 'USD')}, waiting since ${dayOf(row.created_at)}`,
});

export const taskText = (row: TaskRow): { taskId: number; text: string } => ({
  taskId: row.id,
  text: `${row.title} (due ${row.due_on}${row.assignee === null ? '' : `, ${row.assignee}`}${row.state === 'veto_window' ? '; can still be stopped' : ''})`,
});

/** One and many, by the act of the audit log. Acts that are not named here are not worth a line. */
const DEEDS: Readonly<Record<string, readonly [string, string]>> = {
  draft_email: ['Drafted 1 email for a decision', 'Drafted # emails for a decision'],
  make_task: ['Made 1 task', 'Made # tasks'],
  match_payments: ['Applied 1 payment it was sure about', 'Applied # payments it was sure about'],
  return_payment: [
    'Re-opened what 1 returned payment had paid',
    'Re-opened what # returned payments had paid',
  ],
  email_sent: ['Sent 1 approved email', 'Sent # approved emails'],
  effect_void: [
    'Held back 1 approved email that was overtaken by events',
    'Held back # approved emails that were overtaken by events',
  ],
  effect_dead: [
    'Could not send 1 approved email: a person has to look',
    'Could not send # approved emails: a person has to look',
  ],
  proposal_stale: [
    'Withdrew 1 draft that was overtaken by events',
    'Withdrew # drafts that were overtaken by events',
  ],
  proposal_expired: ['Let 1 draft expire that nobody decided', 'Let # drafts expire that nobody decided'],
  sent_found: ['Found 1 email in Sent that had left before', 'Found # emails in Sent that had left before'],
  record_message: ['Took in 1 email', 'Took in # emails'],
  contact_bounced: [
    'Stopped writing to 1 address that cannot be reached',
    'Stopped writing to # addresses that cannot be reached',
  ],
  contact_opted_out: [
    'Stopped writing to 1 person who asked for it',
    'Stopped writing to # people who asked for it',
  ],
  set_hold: ['Stopped chasing 1 account', 'Stopped chasing # accounts'],
  hand_over_open: [
    'Handed 1 account over after its veto window',
    'Handed # accounts over after their veto window',
  ],
  policy_changed: [
    'Put 1 approved change of settings in force',
    'Put # approved changes of settings in force',
  ],
};

export const deeds = (acts: readonly { act: string; count: number }[]): string[] =>
  acts.flatMap(({ act, count }) => {
    const words = Object.hasOwn(DEEDS, act) ? DEEDS[act] : undefined;
    return words ? [`${count === 1 ? words[0] : words[1].replace('#', String(count))}.`] : [];
  });

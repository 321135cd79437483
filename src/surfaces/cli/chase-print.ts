/** Worklists, proposals and what left, on a terminal. Amounts and recipients are printed whole, never shortened. */

import { proposalCard } from '../../cards/proposal-card.ts';
import { stateText } from '../../cards/proposal-lists.ts';
import { auditCards, digestCard, taskCard } from '../../cards/report-cards.ts';
import { applicationText } from '../../domain/cash/placing-words.ts';
import type {
  DecideOutput,
  EffectView,
  ListProposalsOutput,
  ProposalView,
} from '../../domain/chase/proposals.ts';
import type { AuditTrailOutput, DigestContent, TaskView } from '../../domain/chase/reports.ts';
import type { WorklistOutput } from '../../domain/chase/worklist.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Settings, UserView } from './chase-commands.ts';
import type { Streams } from './print.ts';
import { plain, renderCard } from './render-text.ts';

const line = (text: string): string => `${plain(text).replaceAll('\n', ' ')}\n`;
const totals = (list: { currency: string; amount: string; count: number }[]): string =>
  list.map((each) => `${formatAmount(each.amount, each.currency)} in ${each.count}`).join(', ');
const instant = (text: string): string => `${text.slice(0, 16).replace('T', ' ')} UTC`;

export function printWorklist(streams: Streams, output: WorklistOutput, notChased: boolean): void {
  const out = (text: string) => streams.out(line(text));
  if (output.dayOff) out(`Nothing goes out on ${output.on}: ${output.dayOff}.`);
  if (notChased) {
    out(`Not chased on ${output.on}: ${output.notChasedCount}`);
    for (const item of output.notChased) {
      out(
        `\u2013 ${item.customer.name} (${item.customer.code}), ${formatAmount(item.overdueAmount, item.currency)} overdue`,
      );
      for (const reason of item.reasons)
        out(`    ${reason.text}${reason.untilOn ? `, until ${reason.untilOn}` : ''}`);
      out(`    again from ${item.nextOn ?? 'when somebody acts'}`);
    }
    return;
  }
  out(`To chase on ${output.on}: ${output.count}${output.count > 0 ? `, ${totals(output.totals)}` : ''}`);
  for (const item of output.items) {
    const { customer, currency } = item;
    out(
      `${item.rank}. ${customer.name} (${customer.code}): ${formatAmount(item.dueAmount, currency)} due, ${item.maxDaysOverdue} days overdue, expected gain ${formatAmount(item.expectedGain, currency)}`,
    );
    out(`    ${item.step.text}${item.proposalId === null ? '' : ` (draft ${item.proposalId} waits)`}`);
    if (item.reasons.length > 0) out(`    why: ${item.reasons.join('; ')}`);
    if (item.wouldChange.length > 0) out(`    would change it: ${item.wouldChange.join('; ')}`);
  }
  if (output.count > output.items.length)
    out(`... and ${output.count - output.items.length} more; --limit shows them`);
  if (output.notChasedCount > 0) out(`Not chased: ${output.notChasedCount}; --not-chased says why`);
}

const about = (view: ProposalView): string =>
  view.content.kind === 'email'
    ? `${view.customer?.name}, ${formatAmount(view.content.totalAmount, view.content.currency)}: ${view.content.subject} (to ${view.content.to.join(', ')})`
    : view.content.kind === 'application'
      ? applicationText(view.content)
      : `change of the ${view.content.policy}: ${view.content.changes.map((change) => change.path).join(', ')}`;

export function printProposals(streams: Streams, list: ListProposalsOutput): void {
  const out = (text: string) => streams.out(line(text));
  out(
    list.total === 0
      ? 'No proposal of this kind.'
      : `${list.total} in all${list.totals.length > 0 ? `: ${totals(list.totals)}` : ''}`,
  );
  for (const view of list.proposals)
    out(
      `${String(view.id).padStart(5)}  ${stateText(view)}  ${about(view)}${view.riskFlags.length > 0 ? `  [risk: ${view.riskFlags.join(', ')}]` : ''}`,
    );
  if (list.total > list.proposals.length)
    out(`... and ${list.total - list.proposals.length} more; --limit shows them`);
  if (list.proposals.some((view) => view.state === 'pending'))
    streams.err('See one with: remy proposals show ID; decide with approve, reject or snooze.\n');
}

export const printProposal = (streams: Streams, view: ProposalView): void =>
  streams.out(`No. ${view.id}: ${renderCard(proposalCard(view))}\n`);

/** What became of a decision, and when what was approved leaves. */
export function printDecided(streams: Streams, { applied, message, proposal }: DecideOutput): void {
  streams.out(line(`${applied ? '' : 'Not done: '}${message}`));
  const { effect } = proposal;
  if (!applied || proposal.state !== 'approved' || effect?.state !== 'ready') return;
  streams.out(
    line(
      `It leaves at ${instant(effect.notBefore)} while "remy start" runs, or with "remy outbox --send" from then on. Until it has left: remy proposals undo ${proposal.id}`,
    ),
  );
}

const EFFECT_STATES: Readonly<Record<EffectView['state'], string>> = {
  ready: 'ready',
  sending: 'leaving',
  unknown: 'looked up',
  sent: 'sent',
  void: 'stopped',
  cancelled: 'undone',
  dead: 'DEAD',
};

function effectLine(effect: EffectView): string {
  const when = effect.receipt?.sentAt
    ? `sent ${instant(effect.receipt.sentAt)}`
    : effect.state === 'ready'
      ? `not before ${instant(effect.notBefore)}`
      : `${effect.attempts} tries`;
  return `${String(effect.id).padStart(5)}  ${EFFECT_STATES[effect.state].padEnd(9)}  proposal ${effect.proposalId}  ${when}${effect.error ? `  ${effect.error}` : ''}`;
}

export function printOutbox(
  streams: Streams,
  { acted, effects }: { acted: number | null; effects: EffectView[] },
): void {
  if (acted !== null) streams.out(line(`Tried ${acted}.`));
  streams.out(
    effects.length === 0 ? 'The outbox is empty.\n' : effects.map((each) => line(effectLine(each))).join(''),
  );
  const dead = effects.filter((each) => each.state === 'dead');
  if (dead.length > 0)
    streams.err(`${dead.length} could not be sent. Mend the cause, then: remy outbox retry ${dead[0]!.id}\n`);
}

export function printTasks(streams: Streams, tasks: TaskView[]): void {
  streams.out(
    tasks.length === 0
      ? 'No task is open.\n'
      : tasks.map((task) => `${task.id}. ${renderCard(taskCard(task))}\n\n`).join(''),
  );
}

export const printDigest = (streams: Streams, digest: DigestContent): void =>
  streams.out(`${renderCard(digestCard(digest))}\n`);

export function printSettings(streams: Streams, { cadence, company, cash }: Settings): void {
  const version = (of: number | null) => (of === null ? 'as shipped' : `version ${of}`);
  streams.out(`Cadence, ${version(cadence.version)}:\n${plain(JSON.stringify(cadence.policy, null, 2))}\n\n`);
  streams.out(
    company.company === null
      ? 'Company: not set. Nothing can be sent before it names a sender: remy settings set company FILE\n'
      : `Company, ${version(company.version)}:\n${plain(JSON.stringify(company.company, null, 2))}\n`,
  );
  streams.out(`\nCash, ${version(cash.version)}:\n${plain(JSON.stringify(cash.policy, null, 2))}\n`);
}

export function printSettingsChange(
  streams: Streams,
  { proposal, ...settings }: Settings & { proposal: ProposalView | null },
): void {
  if (proposal === null) {
    printSettings(streams, settings);
    return;
  }
  streams.out(`${renderCard(proposalCard(proposal))}\n`);
  streams.out(
    `Nothing has changed yet: another controller or admin decides, with remy proposals approve ${proposal.id} --as EMAIL\n`,
  );
}

export function printUsers(streams: Streams, users: UserView[]): void {
  for (const user of users)
    streams.out(
      line(
        `${user.email.padEnd(34)} ${(user.isBot ? 'remy itself' : user.role).padEnd(12)} ${user.name ?? ''}${user.active ? '' : ' (switched off)'}`.trimEnd(),
      ),
    );
}

/** Emails that left as whole cards, then the entries, a line each and never shortened. */
export function printAudit(streams: Streams, output: AuditTrailOutput & { exported: number | null }): void {
  if (output.exported !== null) {
    streams.out(line(`${output.exported} entries written.`));
    return;
  }
  const cards = auditCards({ ...output, entries: [] });
  for (const card of cards) streams.out(`${renderCard(card)}\n${card === cards.at(-1) ? '' : '\n'}`);
  for (const { at, actor, text } of output.entries) streams.out(line(`${instant(at)}  ${actor}: ${text}`));
  const more = output.total - output.entries.length;
  if (more > 0) streams.out(`... and ${more} more; --limit and --export show them\n`);
}

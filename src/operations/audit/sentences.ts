/** Entries of the audit log in plain sentences. What came from outside is named, never followed. */
import { formatAmount, toDecimal } from '../../domain/money.ts';
import { withoutInvisible } from '../../domain/visible-text.ts';
import type { TrailEntry } from '../../store/audit-trail.ts';

type Say = (detail: Record<string, unknown>, entry: TrailEntry) => string;

const MOST = 300;
/** One visible line: some of it came from outside. */
const shown = (value: string): string => {
  const line = withoutInvisible(value).replace(/\s+/gu, ' ').trim();
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line;
};
const text = (value: unknown): string => (value === undefined || value === null ? '' : shown(String(value)));
const because = (value: unknown): string => (text(value) === '' ? '' : `: ${text(value)}`);
const of = ({ customer }: TrailEntry): string => (customer === null ? '' : ` of ${shown(customer)}`);
const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(', ') : text(value));

/** "email 12 to Acme over 5,000.00 USD" */
function proposal(detail: Record<string, unknown>, entry: TrailEntry): string {
  const number = text(detail.proposalId);
  if (entry.kind === 'policy_change') return `change of settings ${number}`;
  const what = entry.kind === 'application' ? 'cash application' : 'email';
  const { customer, currency, amount_minor: amount } = entry;
  const over =
    currency !== null && amount !== null
      ? ` over ${formatAmount(toDecimal(amount, currency), currency)}`
      : '';
  const whom = customer === null ? '' : ` ${entry.kind === 'application' ? 'for' : 'to'} ${shown(customer)}`;
  return `${what} ${number}${whom}${over}`;
}

const SENTENCES: Readonly<Record<string, Say>> = {
  draft_email: (d, e) => `Drafted ${proposal(d, e)}, written by ${text(d.model)}.`,
  revise_draft: (d, e) => `Rewrote ${proposal(d, e)} (revision ${text(d.revision)}).`,
  edit_draft: (d, e) => `Edited ${proposal(d, e)} (revision ${text(d.revision)}).`,
  approve_proposal: (d, e) =>
    `Approved ${proposal(d, e)}, revision ${text(d.revision)}, via ${text(d.via).replaceAll('_', ' ')}${d.final ? '' : '; another person has to approve it too'}.`,
  reject_proposal: (d, e) => `Rejected ${proposal(d, e)}${because(d.reason)}.`,
  snooze_proposal: (d, e) => `Put ${proposal(d, e)} off until ${text(d.untilOn)}.`,
  undo_proposal: (d, e) => `Took the approval of ${proposal(d, e)} back before it left.`,
  decision_refused: (d, e) => `Was refused a decision on ${proposal(d, e)}${because(d.reason)}`,
  email_sent: (d, e) => `Sent ${proposal(d, e)}, approved by ${list(d.approvedBy)}.`,
  effect_void: (d, e) => `Held back ${proposal(d, e)} although it was approved${because(d.reason)}`,
  effect_dead: (d, e) => `Could not send ${proposal(d, e)}${because(d.reason)}`,
  retry_effect: (d, e) => `Put ${proposal(d, e)} on its way again.`,
  sent_found: (d) => `Found in Sent that effect ${text(d.effectId)} had left before.`,
  proposal_stale: (d, e) => `Withdrew ${proposal(d, e)}, overtaken by events${because(d.reason)}`,
  proposal_expired: (d, e) => `Let ${proposal(d, e)} expire: nobody decided in time.`,
  proposal_woken: (d, e) => `Brought ${proposal(d, e)} back for a decision.`,
  propose_policy_change: (d, e) => `Proposed ${proposal(d, e)}.`,
  policy_changed: (d) =>
    `Put change of settings ${text(d.proposalId)} in force, approved by ${list(d.approvedBy)}.`,
  store_settings: (d) => `Put version ${text(d.version)} of the ${text(d.kind)} settings in force.`,
  match_payments: (d) => `Matched payments: applied ${text(d.count)}, proposed ${text(d.proposed)}.`,
  apply_payment: (d, e) => `Applied payment ${text(d.paymentId)}${of(e)}, as ${proposal(d, e)} said.`,
  propose_placing: (d, e) => `Proposed ${proposal(d, e)}.`,
  revise_placing: (d, e) => `Changed ${proposal(d, e)}.`,
  reverse_application: (d, e) =>
    `Took application ${text(d.matchId ?? d.applicationId)}${of(e)} back${because(d.reason)}; open again: ${list(d.reopened)}.`,
  return_payment: (d, e) =>
    `Recorded that ${text(d.amount)} of payment ${text(d.paymentId)}${of(e)} left (${text(d.kind).replaceAll('_', ' ')}); open again: ${list(d.reopened) || 'nothing'}.`,
  set_payment_aside: (d) =>
    `Set ${text(d.amount)} of payment ${text(d.paymentId)} aside${because(d.reason)}.`,
  undo_return: (d) =>
    `Took back what was recorded of payment ${text(d.paymentId)} (${text(d.kind).replaceAll('_', ' ')}).`,
  forget_payer: (d, e) => `Forgot that ${text(d.key)} pays${of(e)}.`,
  make_task: (d, e) => `Made task ${text(d.taskId)} (${text(d.kind)})${of(e)}.`,
  close_task: (d, e) => `Did task ${text(d.taskId)}${of(e)}${because(d.reason)}.`,
  veto_task: (d, e) => `Stopped the hand-over${of(e)}, task ${text(d.taskId)}${because(d.reason)}.`,
  hand_over_open: (d, e) => `Handed over task ${text(d.taskId)}${of(e)}: its veto window was over.`,
  run_cadence: (d) =>
    `Did the work of ${text(d.day)}: ${text(d.drafted)} drafts, ${text(d.tasks)} tasks, ${text(d.skipped)} left out.`,
  record_message: (d, e) =>
    `${d.direction === 'out' ? 'Recorded an email that was sent' : 'Took in an email'}${of(e)}.`,
  contact_bounced: (d) => `Stopped writing to ${text(d.address)}: mail cannot be delivered.`,
  contact_opted_out: (d) => `Stopped writing to ${text(d.address)}, who asked for no more mail.`,
  set_hold: (d, e) =>
    `Stopped chasing${e.customer === null ? '' : ` ${shown(e.customer)}`} from ${text(d.fromOn)}${d.untilOn ? ` until ${text(d.untilOn)}` : ''}${because(d.reason)}.`,
  lift_hold: (d, e) => `Lifted hold ${text(d.holdId)}${of(e)} on ${text(d.on)}.`,
  log_promise: (d, e) => `Recorded a promise${of(e)}: ${text(d.amount)} by ${text(d.payOn)}.`,
  withdraw_promise: (d, e) => `Withdrew promise ${text(d.promiseId)}${of(e)} on ${text(d.on)}.`,
  open_dispute: (d, e) =>
    `Opened a dispute${of(e)}: ${text(d.amount)}, ${text(d.reason).replaceAll('_', ' ')}.`,
  resolve_dispute: (d, e) => `Resolved dispute ${text(d.disputeId)}${of(e)}${because(d.resolution)}.`,
  record_event: (d, e) => `Recorded an event${of(e)}: ${text(d.kind)} on ${text(d.day)}.`,
  add_user: (d) => `Added the user ${text(d.email)}${d.role ? ` as ${text(d.role)}` : ''}.`,
};

/** An act without a sentence of its own is named as it is. */
export function sentenceOf(entry: TrailEntry): string {
  const say = Object.hasOwn(SENTENCES, entry.act) ? SENTENCES[entry.act] : undefined;
  const said = say?.(entry.detail, entry) ?? `${entry.act.replaceAll('_', ' ')}${of(entry)}.`;
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

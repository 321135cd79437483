/** Drafts and what waits for a decision. Nothing here says that something was sent unless the proposal says so. */
import { applicationText } from '../../../src/domain/cash/placing-words.ts';
import type { DraftEmailOutput, DraftManyOutput } from '../../../src/domain/chase/drafting.ts';
import type {
  EmailContent,
  ListProposalsOutput,
  PolicyChangeContent,
  ProposalView,
} from '../../../src/domain/chase/proposals.ts';
import type { ChaseSlots } from '../chasing/slots.ts';
import { capital, counted, lines, listed, money, paragraphs, sentence } from './words.ts';

const SHOWN = 10;
const languages = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' } as const;

const letters = {
  reminder: 'reminder before the due day',
  overdue: 'payment reminder',
  final_notice: 'final notice',
  broken_promise: 'letter about the broken promise',
  thank_you: 'thank-you',
  remittance_request: 'remittance request',
  statement: 'statement of account',
} as const;

const letterName = (content: EmailContent): string =>
  `${content.tone} ${letters[content.letter]} in ${languages[content.language]}`;

/** Inside of a sentence. */
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');

const decisionText = (proposal: ProposalView): string =>
  proposal.mayDecide
    ? 'Nothing was sent: it leaves only after you approve it on its card.'
    : sentence(
        `Nothing was sent: it waits for approval. ${proposal.whyNot ?? 'Somebody else has to decide it'}`,
      );

function expectedText(content: EmailContent, { expected }: ChaseSlots): string | null {
  if (!expected || expected.count === content.invoices.length) return null;
  return `You spoke of "${expected.typed}", but ${counted(content.invoices.length, 'invoice')} fit; check the list before approving.`;
}

/** One draft: to whom, what kind, about which invoices, and that it waits. */
export function phraseDraft({ proposal, leftOut }: DraftEmailOutput, chase: ChaseSlots): string {
  const { content } = proposal;
  if (content.kind !== 'email') return phrasePolicy(proposal);
  const { invoices } = content;
  const about =
    invoices.length > 0
      ? `, about ${money(content.totalAmount, content.currency)} on ${listed(invoices.slice(0, 8).map((each) => each.number))}${invoices.length > 8 ? ' and others' : ''}`
      : '';
  return paragraphs(
    sentence(
      `${chase.act === 'revise_draft' ? 'Changed the draft' : 'Drafted an email'} to ${proposal.customer?.name ?? 'the customer'} (${listed(content.to)}): ${letterName(content)}${about}`,
    ),
    content.cc.length > 0 && `Copied: ${listed(content.cc)}.`,
    `Subject: "${content.subject}".`,
    content.attachments.length > 0 && `Attached: ${listed(content.attachments.map((each) => each.name))}.`,
    expectedText(content, chase),
    leftOut.length > 0 &&
      sentence(
        `Left out: ${listed(leftOut.slice(0, 6).map((each) => `${each.number} (${each.reason.text})`))}`,
      ),
    ...[...new Set(proposal.cautions.map(sentence))].slice(0, 3),
    decisionText(proposal),
  );
}

const amountText = ({ amount, currency }: { amount: string; currency: string }): string =>
  money(amount, currency);

/** Drafts for everybody that fits, and who got none. */
export function phraseMany(
  { made, notChased, notChasedCount }: DraftManyOutput,
  { daysSaid }: ChaseSlots,
): string {
  const { total, totals, proposals } = made;
  return paragraphs(
    total === 0
      ? 'No draft was made: nobody fits.'
      : `${capital(counted(total, 'draft'))} made, about ${listed(totals.map(amountText))}. Nothing was sent: each waits for approval.`,
    daysSaid && `Looked at: accounts with invoices ${daysSaid} overdue.`,
    lines(proposals.slice(0, SHOWN).map((each) => `${each.customer?.name}: ${proposalAmount(each)}`)),
    notChasedCount > 0 &&
      paragraphs(
        `No draft for ${counted(notChasedCount, 'account')}:`,
        lines(notChased.slice(0, 6).map((each) => `${each.customer}: ${each.reasons.join('; ')}`)),
      ),
    'What is disputed, promised or on hold is always left out.',
  );
}

const proposalAmount = (proposal: ProposalView): string =>
  proposal.amount && proposal.currency ? money(proposal.amount, proposal.currency) : 'no amount';

/** Changes told in words. */
const CHANGES = 4;

const changeText = (each: PolicyChangeContent['changes'][number]): string =>
  `${each.path}: ${each.before} → ${each.after}`;

function changeLines(content: PolicyChangeContent): string {
  return paragraphs(
    lines(content.changes.slice(0, CHANGES).map(changeText)),
    content.changes.length > CHANGES &&
      `All in all ${counted(content.changes.length, 'setting')} would change; the card shows each.`,
    ...content.effects.slice(0, 4).map(sentence),
  );
}

/** A change of the policy: before and after, and what goes out differently. */
export function phrasePolicy(proposal: ProposalView): string {
  const { content } = proposal;
  if (content.kind !== 'policy_change') return '';
  return paragraphs(
    'Proposed a change of the policy:',
    changeLines(content),
    proposal.mayDecide
      ? 'It counts only after you approve it on its card.'
      : sentence(`It counts only once approved. ${proposal.whyNot ?? ''}`),
  );
}

const stateWords: Readonly<Record<ProposalView['state'], string>> = {
  pending: 'waits',
  snoozed: 'snoozed',
  approved: 'approved, on its way',
  done: 'done',
  rejected: 'rejected',
  stale: 'overtaken',
  expired: 'expired',
  replaced: 'replaced',
  failed: 'failed',
};

function proposalLine(proposal: ProposalView): string {
  const { content, state, customer, whyNot, mayDecide } = proposal;
  const what =
    content.kind === 'email'
      ? `${customer?.name}, ${letterName(content)}, ${proposalAmount(proposal)}`
      : content.kind === 'application'
        ? `cash application, ${applicationText(content)}`
        : `policy change of ${counted(content.changes.length, 'setting')}${content.changes[0] ? `: ${changeText(content.changes[0])}${content.changes.length > 1 ? ' and so on' : ''}` : ''}`;
  const waits = state === 'pending' || state === 'snoozed';
  const until = state === 'snoozed' && proposal.snoozedUntil ? ` until ${proposal.snoozedUntil}` : '';
  return `${what} (${stateWords[state]}${until}${waits && !mayDecide && whyNot ? `; ${lowered(whyNot)}` : ''}${proposal.stateReason && !waits ? `; ${proposal.stateReason}` : ''})`;
}

const WORDS_DO_NOT =
  'Words do not decide anything here, only a click does: press the button on the card of the draft, or open the approvals page of the console, where several can be approved at once up to an amount and with exceptions.';

const noun = {
  waiting: 'waiting for a decision',
  approved: 'on its way',
  done: 'done',
  closed: 'closed',
  all: 'in all',
};

/** What waits, or became of the rest; `decide`: the person wrote "approve it". */
export function phraseProposals(output: ListProposalsOutput, { act, state = 'waiting' }: ChaseSlots): string {
  const { total, totals, proposals } = output;
  return paragraphs(
    act === 'decide' && WORDS_DO_NOT,
    total === 0
      ? state === 'waiting'
        ? 'Nothing is waiting for a decision.'
        : 'There is none of that kind.'
      : `${counted(total, 'proposal')} ${noun[state]}${totals.length > 0 ? `, over ${listed(totals.map(amountText))}` : ''}:`,
    lines(proposals.slice(0, SHOWN).map(proposalLine)),
  );
}

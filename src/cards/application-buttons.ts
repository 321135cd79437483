/** What can be done about a proposal to place money, by the person the view was made for. */
import type { ApplicationContent } from '../domain/cash/applications.ts';
import type { ProposalView } from '../domain/chase/proposals.ts';
import type { CardButton } from './card-action.ts';

const WAYS = [1, 2] as const;

/** Opens the payment where money is placed by hand; none where there is no money. */
const openPayment = ({ payment }: ApplicationContent, label: string): CardButton[] =>
  payment ? [{ label, style: 'plain', action: { kind: 'open_payment', paymentId: payment.id } }] : [];

/** Asks the customer what the money is for, where the ledger says whose it is: nobody is asked about another's money. */
function askFor(content: ApplicationContent): CardButton[] {
  const customer = content.payment?.customer;
  if (!customer) return [];
  return [
    {
      label: 'Ask for remittance',
      style: 'plain',
      action: { kind: 'ask_remittance', customerId: customer.id, currency: content.currency },
    },
  ];
}

/** Buttons of a waiting one between Approve and Snooze, and of one that was settled. */
export function applicationButtons(view: ProposalView, content: ApplicationContent): CardButton[] {
  const { id: proposalId, revision, digest, state, match } = view;
  const mayStop = view.mayStop ?? true;
  if (!mayStop) return [];
  if (state === 'pending')
    return [
      ...WAYS.slice(0, content.alternatives.length).map(
        (alternative): CardButton => ({
          label: `Take way ${alternative} instead`,
          style: 'plain',
          action: { kind: 'choose', proposalId, revision, digest, alternative },
        }),
      ),
      ...openPayment(content, 'Split by hand'),
      ...askFor(content),
    ];
  if (state === 'done')
    return match && match.reversedOn === null
      ? [{ label: 'Undo', style: 'danger', action: { kind: 'reverse', matchId: match.matchId } }]
      : openPayment(content, 'Open the payment');
  return state === 'snoozed' || state === 'approved' ? [] : openPayment(content, 'Open the payment');
}

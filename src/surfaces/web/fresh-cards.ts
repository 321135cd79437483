/** Cards of a stored conversation, brought up to date: an old card shows how its proposal stands now. */
import type { Card } from '../../cards/card.ts';
import { proposalCard } from '../../cards/proposal-card.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { As, WebChase } from './chase-deps.ts';

const withoutButtons = (card: Card): Card => ({
  ...card,
  blocks: card.blocks.filter((block) => block.type !== 'actions'),
});

/** Reads each proposal once, however many cards show it. One that this user cannot see any more loses its buttons. */
export function createFreshCards(chase: Pick<WebChase, 'proposals'>, as: As): (card: Card) => Promise<Card> {
  const read = new Map<number, Promise<Card | null>>();
  const now = (proposalId: number): Promise<Card | null> => {
    const known =
      read.get(proposalId) ??
      chase.proposals({ state: 'all', proposalId, limit: 1 }, as).then(
        ({ proposals }) => (proposals[0] ? proposalCard(proposals[0]) : null),
        (error: unknown) => {
          if (error instanceof NotFoundError) return null;
          throw error;
        },
      );
    read.set(proposalId, known);
    return known;
  };
  return async (card) => {
    if (!card.proposal) return card;
    const fresh = await now(card.proposal.id);
    if (!fresh) return withoutButtons(card);
    const unchanged =
      fresh.proposal?.state === card.proposal.state && fresh.proposal.revision === card.proposal.revision;
    return unchanged ? card : fresh;
  };
}

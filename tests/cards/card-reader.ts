/** Makes the card of one tool output and reads its blocks. */
import { expect } from 'vitest';
import { cardsFor } from '../../src/cards/answer-cards.ts';
import { type Block, type Card, card as cardShape } from '../../src/cards/card.ts';

export const only = (name: string, output: unknown): Card => {
  const cards = cardsFor([{ name, input: {}, output }]);
  expect(cards).toHaveLength(1);
  return cardShape.parse(cards[0]);
};
export const blocks = <Type extends Block['type']>(card: Card, type: Type) =>
  card.blocks.filter((block): block is Extract<Block, { type: Type }> => block.type === type);
export const texts = (card: Card, at = 0) =>
  blocks(card, 'table')[at]!.rows.map((row) => row.map((cell) => cell.text));
export const titles = (card: Card, at = 0) =>
  blocks(card, 'table')[at]!.columns.map((column) => column.title);

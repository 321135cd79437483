import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/cards/card.ts';
import { renderCard } from '../../../src/surfaces/cli/render-text.ts';

/** Clears the screen, sets the window's title, turns the writing around, hides a mark. */
const NASTY = '\u001b[2J\u009b31m\u001b]0;x\u0007\u202eAcme\u200b\r';

const card: Card = {
  title: NASTY,
  method: NASTY,
  blocks: [
    { type: 'text', text: NASTY, tone: 'normal' },
    { type: 'facts', title: NASTY, facts: [{ label: NASTY, value: NASTY }] },
    {
      type: 'table',
      title: NASTY,
      columns: [{ title: NASTY, align: 'left' }],
      rows: [[{ text: NASTY }]],
      more: 0,
    },
    { type: 'bars', title: NASTY, unit: 'days', bars: [{ label: NASTY, value: '3' }] },
    { type: 'trend', title: NASTY, unit: 'days', points: [{ label: NASTY, value: '3' }] },
    {
      type: 'timeline',
      title: NASTY,
      events: [{ day: '2026-11-24', kind: 'note', text: NASTY }],
      more: 0,
    },
    { type: 'choices', choices: [{ label: NASTY, say: NASTY }] },
  ],
};

describe('cards on a terminal', () => {
  test('no text of the ledger can steer the terminal or hide itself, wherever it stands', () => {
    const text = renderCard(card);
    expect(text.match(/Acme/g)?.length).toBe(16);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
  });
});

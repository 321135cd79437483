import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { card as cardShape } from '../../src/cards/card.ts';
import { fitEmail } from '../../src/cards/email-blocks.ts';
import { proposalCard } from '../../src/cards/proposal-card.ts';
import { bulkPlanCard, proposalListCard } from '../../src/cards/proposal-lists.ts';
import type { ProposalView } from '../../src/domain/chase/proposals.ts';
import { renderCard } from '../../src/surfaces/cli/render-text.ts';
import { renderAdaptive } from '../../src/surfaces/web/render-adaptive.ts';
import {
  aDecision,
  anEffect,
  anEmail,
  aPlan,
  aPolicyChange,
  aProposal,
  aReceipt,
  DIGEST,
} from '../support/proposal-builders.ts';
import { hasSchema, schemaProblem, structureProblems } from '../surfaces/web/adaptive-schema.ts';
import { blocks } from './card-reader.ts';

const kinds = (card: Card): string[] =>
  blocks(card, 'actions').flatMap((block) => block.buttons.map((button) => button.action.kind));
const texts = (card: Card): string =>
  blocks(card, 'text')
    .map((block) => block.text)
    .join('\n');

/** Every text of the content that leaves, as it would be read; ids of rows and hashes stand in the digest alone. */
const leaving = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(leaving)
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, each]) =>
            ['kind', 'sha256'].includes(key) ? [] : leaving(each),
          )
        : [];

const everyState: [string, ProposalView][] = [
  ['pending', aProposal()],
  [
    'for two',
    aProposal({
      approvalsNeeded: 2,
      decisions: [aDecision()],
      mayDecide: false,
      whyNot: 'You approved it already.',
    }),
  ],
  ['approved', aProposal({ state: 'approved', decisions: [aDecision()], effect: anEffect() })],
  [
    'unknown',
    aProposal({ state: 'approved', decisions: [aDecision()], effect: anEffect({ state: 'unknown' }) }),
  ],
  [
    'done',
    aProposal({
      state: 'done',
      decisions: [aDecision()],
      effect: anEffect({ state: 'sent', receipt: aReceipt() }),
    }),
  ],
  [
    'rejected',
    aProposal({
      state: 'rejected',
      stateReason: 'Wrong tone',
      decisions: [aDecision({ kind: 'reject', reason: 'Wrong tone' })],
    }),
  ],
  [
    'snoozed',
    aProposal({
      state: 'snoozed',
      snoozedUntil: '2026-12-01',
      decisions: [aDecision({ kind: 'snooze', untilOn: '2026-12-01' })],
    }),
  ],
  ['stale', aProposal({ state: 'stale', stateReason: 'INV-5501 was paid on 2026-11-24.' })],
  ['expired', aProposal({ state: 'expired' })],
  ['replaced', aProposal({ state: 'replaced', stateReason: 'See no. 14.' })],
  [
    'failed',
    aProposal({ state: 'failed', effect: anEffect({ state: 'dead', attempts: 5, error: 'mailbox full' }) }),
  ],
  ['policy', aProposal({ content: aPolicyChange(), approvalsNeeded: 2 })],
];

describe('the card of a proposal', () => {
  test.each(everyState)(
    '%s: nothing that leaves is missing, on the model, in the page and on a terminal',
    async (_name, view) => {
      const card = cardShape.parse(proposalCard(view));
      const rendered = JSON.stringify(await renderAdaptive(card));
      const printed = renderCard(card).replaceAll(/\s+/g, ' ');
      const { after: _, language: __, ...shown } = { after: {}, language: '', ...view.content };
      for (const text of leaving(shown).flatMap((each) => each.split('\n'))) {
        const amount = /^\d+\.\d\d$/.test(text) ? text.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : text;
        const spoken = /^[a-z_]+$/.test(amount) ? amount.replaceAll('_', ' ') : amount;
        expect(rendered.toLowerCase()).toContain(JSON.stringify(spoken).slice(1, -1).toLowerCase());
        expect(printed.toLowerCase()).toContain(spoken.toLowerCase());
      }
    },
  );

  test.each(everyState)(
    '%s: follows the structure that every host of Adaptive Cards reads',
    async (_name, view) => {
      const rendered = await renderAdaptive(proposalCard(view));
      expect(structureProblems(rendered)).toEqual([]);
      if (hasSchema) expect(schemaProblem(rendered)).toBeNull();
    },
  );

  test.each<[string, string[]]>([
    ['pending', ['approve', 'edit', 'snooze', 'reject']],
    ['for two', ['edit', 'snooze', 'reject']],
    ['approved', ['undo']],
    ['unknown', []],
    ['done', []],
    ['rejected', []],
    ['snoozed', ['undo']],
    ['stale', ['redraft']],
    ['expired', ['redraft']],
    ['replaced', []],
    ['failed', ['redraft', 'retry']],
    ['policy', ['approve', 'snooze', 'reject']],
  ])('%s offers %j and nothing that would be refused', (name, expected) => {
    const [, view] = everyState.find(([each]) => each === name)!;
    expect(kinds(proposalCard(view))).toEqual(expected);
  });

  test('a person who may not hold it back gets no button at all', () => {
    const card = proposalCard(aProposal({ mayDecide: false, mayStop: false, whyNot: 'Your role can look.' }));
    expect(kinds(card)).toEqual([]);
    expect(texts(card)).toContain('Your role can look.');
  });

  test('every button carries the revision and digest that the person saw, and says nothing of who that is', () => {
    const [block] = blocks(proposalCard(aProposal()), 'actions');
    for (const { action } of block!.buttons)
      expect(action).toEqual({ kind: action.kind, proposalId: 12, revision: 2, digest: DIGEST });
  });

  test('an approved email says when it leaves, one that left shows every check with its outcome', () => {
    const waiting = proposalCard(everyState[2]![1]);
    expect(texts(waiting)).toContain('Leaves at 2026-11-24 09:01 UTC');
    expect(waiting.proposal).toMatchObject({ state: 'approved', leavesAt: '2026-11-24T09:01:00.000Z' });
    const sent = proposalCard(everyState[4]![1]);
    expect(blocks(sent, 'checks')[0]!.checks).toHaveLength(2);
    expect(sent.proposal!.leavesAt).toBeNull();
  });

  test('a risk flag and a caution are warnings above the email', () => {
    const card = proposalCard(
      aProposal({ riskFlags: ['new_recipient'], cautions: ['It would leave tomorrow.'] }),
    );
    const warned = card.blocks.flatMap((block) =>
      block.type === 'text' && block.tone === 'warning' ? [block.text] : [],
    );
    expect(warned).toEqual(['Risk: new recipient.', 'It would leave tomorrow.']);
    const place = (type: string) => card.blocks.findIndex((block) => block.type === type);
    expect(
      card.blocks.findIndex((block) => block.type === 'text' && block.text.startsWith('Risk')),
    ).toBeLessThan(place('email'));
  });
});

describe('what a text hides', () => {
  const warningsOf = (change: Partial<ReturnType<typeof anEmail>>): string =>
    texts(proposalCard(aProposal({ content: anEmail(change) })));

  test('characters that nobody sees are counted and left out', async () => {
    const hidden = anEmail({ body: 'Pay\u200b now\u202e or never\u{e0041}' });
    const card = proposalCard(aProposal({ content: hidden }));
    expect(texts(card)).toContain('3 characters of this email cannot be seen');
    expect(JSON.stringify(await renderAdaptive(card))).not.toMatch(/[\u200b\u202e]|\u{e0041}/u);
    expect(renderCard(card)).toContain('Pay now or never');
  });

  test('an address with a letter of another alphabet is spelled out with the domain that mail would go to', () => {
    const warned = warningsOf({ to: ['ap@\u0430cme.example'] });
    expect(warned).toContain('(U+0430)');
    expect(warned).toContain('xn--cme-5cd.example');
  });

  test('a word of mixed alphabets in subject or text is named', () => {
    expect(warningsOf({ subject: 'Your p\u0430yment' })).toContain('p\u0430yment');
    expect(
      warningsOf({ body: 'Zahlung f\u00fcr \u041c\u043e\u0441\u043a\u0432\u0430, caf\u00e9 fran\u00e7ais' }),
    ).not.toContain('alphabets');
  });

  test('an ordinary email has no warning', () => {
    expect(warningsOf({ body: 'Line one\r\nLine two \u2013 na\u00efve caf\u00e9' })).not.toMatch(
      /cannot be seen|look/,
    );
  });

  test('the hosts of links stand outside the text', () => {
    const hosts = (body: string) =>
      blocks(proposalCard(aProposal({ content: anEmail({ body }) })), 'email')[0]!.linkHosts;
    expect(hosts('see https://pay.example.com@evil.example/x and http://a.example:81/')).toEqual([
      'evil.example',
      'a.example:81',
    ]);
    expect(hosts('no link')).toEqual([]);
  });
});

describe('a surface with little room', () => {
  const long = proposalCard(aProposal({ content: anEmail({ body: 'x'.repeat(5000) }) }));

  test('cuts the text, says how much is missing, and takes the approval away', () => {
    const cut = fitEmail(long, 3000);
    expect(blocks(cut, 'email')[0]).toMatchObject({ cut: 2000, body: 'x'.repeat(3000) });
    expect(kinds(cut)).toEqual(['edit', 'snooze', 'reject']);
    expect(texts(cut)).toContain('2,000 characters of the email did not fit');
  });

  test('leaves a text that fits as it is, with its approval', () => {
    expect(fitEmail(long, 5000)).toBe(long);
  });
});

describe('several proposals', () => {
  test('one is shown whole, several as rows with a way to see each and all', () => {
    const one = {
      total: 1,
      totals: [{ currency: 'USD', amount: '12000.00', count: 1 }],
      proposals: [aProposal()],
    };
    expect(proposalListCard(one).proposal).toMatchObject({ id: 12 });
    const other = aProposal({ id: 13, customer: { id: 8, code: 'C-8', name: 'Globex' } });
    const card = proposalListCard({ total: 2, totals: one.totals, proposals: [aProposal(), other] });
    expect(card.title).toBe('Proposals: 2, 12,000.00 USD in 1');
    expect(kinds(card)).toEqual(['plan', 'show', 'show']);
    expect(JSON.stringify(card)).toContain('"onlyCustomerIds":[7,8]');
  });

  test('a plan shows count, total and every recipient before its button, and why the rest stays', () => {
    const input = { exceptCustomerIds: [] };
    const card = bulkPlanCard(aPlan(), input);
    expect(card.title).toBe('Approve 1 email: 12,000.00 USD in 1');
    const said = JSON.stringify(
      card.blocks.slice(
        0,
        card.blocks.findIndex((block) => block.type === 'actions'),
      ),
    );
    for (const text of ['ap@acme.example', 'controller@acme.example', 'Two invoices', '12,000.00 USD'])
      expect(said).toContain(text);
    expect(JSON.stringify(card)).toContain('Above 20,000.00 EUR.');
    expect(blocks(card, 'actions')[0]!.buttons[0]!.action).toEqual({
      kind: 'approve_plan',
      planDigest: 'ef'.repeat(32),
      input,
    });
    expect(kinds(bulkPlanCard(aPlan({ count: 0, approve: [], recipients: [] }), input))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { proposalCard } from '../../src/cards/proposal-card.ts';
import type { ProposalView } from '../../src/domain/chase/proposals.ts';
import { renderCard } from '../../src/surfaces/cli/render-text.ts';
import { renderAdaptive } from '../../src/surfaces/web/render-adaptive.ts';
import {
  aCashProposal,
  aMatch,
  aMatched,
  anApplication,
  anExplanation,
  another,
  aPayment,
  aPlacing,
  aRun,
  unknown,
} from '../support/cash-builders.ts';
import { acme, aDecision } from '../support/proposal-builders.ts';
import { hasSchema, schemaProblem, structureProblems } from '../surfaces/web/adaptive-schema.ts';
import { blocks, only, texts } from './card-reader.ts';

const buttons = (card: Card) => blocks(card, 'actions').flatMap((block) => block.buttons);
const kinds = (card: Card) => buttons(card).map((each) => each.action.kind);
const said = (card: Card) => blocks(card, 'text').map((block) => block.text);
const applied = aMatched({
  payment: aPayment({
    id: 500,
    payerName: 'GLOBEX GMBH',
    currency: 'EUR',
    amount: '800.00',
    unapplied: '800.00',
  }),
  decision: 'applied',
  placing: aPlacing({ adjustments: [], confidence: 0.99999 }),
  alternatives: [],
  matchId: 31,
  proposalId: null,
});

describe('a run of matching', () => {
  const run = aRun([applied, aMatched(), unknown()]);

  test('is a table of decisions with where the money goes, how sure and why, and totals by currency', () => {
    const card = only('match_payments', run);
    expect(card.title).toBe('Matching: 3 payments, 1 applied, 1 proposed, 1 left alone');
    expect(texts(card, 0)).toEqual([
      ['800.00 EUR', '800.00 EUR', '0.00 EUR', '0.00 EUR'],
      ['58,187.50 USD', '0.00 USD', '9,975.00 USD', '48,212.50 USD'],
    ]);
    expect(texts(card, 1)[1]).toEqual([
      '2026-11-20',
      'ACME LOGISTICS LLC',
      '9,975.00 USD',
      'Proposed',
      '9,975.00 USD on INV-5501; bank fee 25.00 USD on INV-5501',
      '98.7 %',
      'The text names INV-5501.',
    ]);
    expect(texts(card, 1)[2]!.slice(3, 6)).toEqual(['Left alone', 'Nobody known pays like this', '–']);
  });

  test('opens what waits: the proposal where there is one, else the payment', () => {
    expect(buttons(only('match_payments', run)).map((each) => each.action)).toEqual([
      { kind: 'show', proposalId: 61 },
      { kind: 'open_payment', paymentId: 502 },
    ]);
  });

  test('never reads as certain: 99.999 % is rounded down', () => {
    expect(texts(only('match_payments', run), 1)[0]![5]).toBe('99.9 %');
  });

  test('of one payment shows all of it, and dry says that nothing was done', () => {
    const card = only('match_payments', aRun([aMatched()], { dryRun: true }));
    expect(card.title).toBe('Matching, only looked at: 9,975.00 USD from ACME LOGISTICS LLC');
    expect(said(card)).toEqual(['Would be proposed, 98.7 % sure.']);
    expect(texts(card)).toEqual([
      ['INV-5501', 'Acme Logistics', 'cash', '10,000.00 USD', '9,975.00 USD'],
      ['INV-5501', '', 'bank fee', '', '25.00 USD'],
    ]);
  });

  test('of many lists the first and counts the rest', () => {
    const many = Array.from({ length: 60 }, (_, at) => unknown({ id: 900 + at }));
    const card = only('match_payments', aRun(many));
    expect(blocks(card, 'table')[1]).toMatchObject({ more: 35 });
    expect(buttons(card)).toHaveLength(6);
  });

  test('with nothing to match says what to do', () => {
    expect(said(only('match_payments', aRun([])))[0]).toContain('npx remy bank FILE');
  });

  test('a call that failed has no card', () => {
    expect(() => only('match_payments', { error: 'no' })).toThrow();
  });
});

describe('what was applied', () => {
  test('each in force has its own Undo; one that was taken back says by whom', () => {
    const card = only('list_matches', {
      total: 40,
      matches: [
        aMatch(),
        aMatch({ matchId: 30, origin: 'person', madeBy: 'cora@demo.example' }),
        aMatch({ matchId: 29, reversedOn: '2026-11-25', reversedBy: 'cora@demo.example' }),
      ],
    });
    expect(buttons(card).map(({ label, action }) => [label, action])).toEqual([
      ['Undo no. 31', { kind: 'reverse', matchId: 31 }],
      ['Undo no. 30', { kind: 'reverse', matchId: 30 }],
    ]);
    expect(texts(card).map((row) => row.slice(6))).toEqual([
      ['matching, 98.7 % sure', 'In force'],
      ['cora@demo.example', 'In force'],
      ['matching, 98.7 % sure', 'Taken back 2026-11-25 by cora@demo.example'],
    ]);
    expect(blocks(card, 'table')[0]).toMatchObject({ more: 37 });
  });

  test('a write-off without money keeps its currency', () => {
    const match = aMatch({
      payment: null,
      currency: 'JPY',
      placing: aPlacing({ applications: [], unapplied: '0' }),
    });
    expect(texts(only('list_matches', { total: 1, matches: [match] }))[0]).toContain(
      'bank fee 25.00 JPY on INV-5501',
    );
  });

  test('no row of buttons is longer than hosts show', () => {
    const matches = Array.from({ length: 25 }, (_, at) => aMatch({ matchId: 100 + at }));
    const rows = blocks(only('list_matches', { total: 25, matches }), 'actions');
    expect(rows.map((row) => row.buttons.length)).toEqual([10, 10, 5]);
  });
});

describe('why a payment is where it is', () => {
  test('the gap stands with every explanation that was tried, and its arithmetic', () => {
    const card = only('explain_payment', anExplanation());
    expect(card.title).toBe('9,975.00 USD from ACME LOGISTICS LLC, 2026-11-20');
    expect(texts(card, 0)).toEqual([
      [
        'bank fee',
        '25.00 USD',
        'yes',
        '9,975.00 is 10,000.00 less 25.00, within the 50.00 USD that banks keep',
      ],
      ['early payment discount', '25.00 USD', 'no', '2 % of 10,000.00 would be 200.00'],
    ]);
    expect(blocks(card, 'facts')[1]).toMatchObject({
      title: 'Compared with INV-5501',
      facts: [
        { label: 'Owed', value: '10,000.00 USD' },
        { label: 'Paid', value: '9,975.00 USD' },
        { label: 'Missing', value: '25.00 USD', tone: 'warning' },
      ],
    });
    expect(kinds(card)).toEqual(['show', 'open_payment']);
  });

  test('too much is said as too much, not as a negative gap', () => {
    const card = only('explain_payment', anExplanation({ difference: { amount: '-40.00', reasons: [] } }));
    expect(JSON.stringify(card)).toContain('"Too much","value":"40.00 USD"');
  });

  test('duplicates, what left again and what was applied are tables; an application in force can be undone', () => {
    const card = only(
      'explain_payment',
      anExplanation({
        payment: aPayment({ unapplied: '0.00' }),
        matches: [
          aMatch(),
          aMatch({ matchId: 30, reversedOn: '2026-11-23', reversedBy: 'cora@demo.example' }),
        ],
        suggestion: null,
        comparedWith: null,
        difference: null,
        duplicates: [
          { payment: aPayment({ id: 9, number: 'ch_9', source: 'stripe' }), why: 'the same charge' },
        ],
        returns: [{ kind: 'chargeback', amount: '9975.00', on: '2026-11-25', reason: 'fraud' }],
      }),
    );
    expect(blocks(card, 'table').map((each) => each.title)).toEqual([
      'What became of it',
      'Looks like the same money, or paid twice',
      'What left of it again',
    ]);
    expect(buttons(card).map((each) => each.action)).toEqual([{ kind: 'reverse', matchId: 31 }]);
  });
});

test('who sent money is a list of customers with why, and a way to place it', () => {
  const card = only('find_payer', {
    payment: unknown().payment,
    candidates: [
      {
        customer: acme,
        why: ['an account used before', 'INV-5501 is exactly this much'],
        invoices: [{ invoice: 'INV-5501', open: '48212.50', currency: 'USD', dueOn: '2026-11-12' }],
        score: 0.8,
      },
    ],
    next: ['Ask Acme for a remittance advice.'],
  });
  expect(card.title).toBe('Who is BRT HOLDINGS LLC?');
  expect(texts(card)[0]).toEqual([
    'Acme Logistics',
    'C-0007',
    'an account used before; INV-5501 is exactly this much',
    'INV-5501 48,212.50 USD, due 2026-11-12',
  ]);
  expect(buttons(card).map((each) => each.action)).toEqual([{ kind: 'open_payment', paymentId: 502 }]);
});

test('what was taken back says what is open again and what is forgotten', () => {
  const card = only('reverse_application', {
    match: aMatch({ reversedOn: '2026-11-25' }),
    payment: aPayment(),
    because: 'mistake',
    reopened: [
      { invoice: 'INV-5501', customer: acme.name, amount: '9975.00', open: '10000.00', currency: 'USD' },
    ],
    unlearned: ['acme logistics'],
    summary: 'Taken off, because taken back by a person: INV-5501 has 10,000.00 USD open again.',
  });
  expect(texts(card)).toEqual([['INV-5501', 'Acme Logistics', '9,975.00 USD', '10,000.00 USD']]);
  expect(JSON.stringify(card)).toContain('acme logistics');
  expect(kinds(card)).toEqual(['open_payment']);
});

describe('a proposal to place money', () => {
  const states: [string, ProposalView, string[]][] = [
    ['pending', aCashProposal(), ['approve', 'choose', 'open_payment', 'ask_remittance', 'snooze', 'reject']],
    [
      'not mine to approve',
      aCashProposal({ mayDecide: false, whyNot: 'You have no limit in USD.' }),
      ['choose', 'open_payment', 'ask_remittance', 'snooze', 'reject'],
    ],
    ['not mine at all', aCashProposal({ mayDecide: false, mayStop: false }), []],
    ['snoozed', aCashProposal({ state: 'snoozed', snoozedUntil: '2026-12-01' }), ['undo']],
    [
      'done',
      aCashProposal({
        state: 'done',
        decisions: [aDecision()],
        match: { matchId: 31, reversedOn: null, reversedBy: null },
      }),
      ['reverse'],
    ],
    [
      'taken back',
      aCashProposal({
        state: 'done',
        decisions: [aDecision()],
        match: { matchId: 31, reversedOn: '2026-11-25', reversedBy: 'cora@demo.example' },
      }),
      ['open_payment'],
    ],
    ['stale', aCashProposal({ state: 'stale', stateReason: 'INV-5501 was paid.' }), ['open_payment']],
    ['rejected', aCashProposal({ state: 'rejected', stateReason: 'Not theirs' }), ['open_payment']],
    ['expired', aCashProposal({ state: 'expired' }), ['open_payment']],
    ['replaced', aCashProposal({ state: 'replaced' }), ['open_payment']],
    [
      'a write-off without money',
      aCashProposal({ content: anApplication({ payment: null, alternatives: [] }) }),
      ['approve', 'snooze', 'reject'],
    ],
  ];
  test.each(states)('%s: has the buttons that can be used', (_name, view, expected) => {
    expect(kinds(proposalCard(view))).toEqual(expected);
  });

  test.each(states)('%s: shows all that is booked, in the page and on a terminal', async (_name, view) => {
    const card = proposalCard(view);
    const adaptive = await renderAdaptive(card);
    expect(structureProblems(adaptive)).toEqual([]);
    if (hasSchema) expect(schemaProblem(adaptive)).toBeNull();
    const { content } = view;
    if (content.kind !== 'application') throw new Error('not of cash');
    const shown = [JSON.stringify(adaptive), renderCard(card)];
    for (const part of [...content.placing.applications, ...content.placing.adjustments])
      for (const where of shown) {
        expect(where).toContain(part.invoice);
        expect(where).toContain(part.amount.replace(/\B(?=(\d{3})+(?!\d))/g, ','));
        if ('reason' in part) expect(where).toContain(part.reason);
      }
  });

  test('stale and expired never say that something was not sent', () => {
    const [stale, expired] = (['stale', 'expired'] as const).map(
      (state) => said(proposalCard(aCashProposal({ state })))[0],
    );
    expect(stale).toBe('Overtaken by events, so nothing was applied.');
    expect(expired).toBe('Nobody decided in time, so nothing was applied.');
  });

  test('a choice carries what was seen, and each way has its own button', () => {
    const view = aCashProposal({ content: anApplication({ alternatives: [another, another] }) });
    const chosen = buttons(proposalCard(view)).filter(({ action }) => action.kind === 'choose');
    expect(chosen.map(({ action }) => action)).toMatchObject([
      { alternative: 1, revision: view.revision, digest: view.digest },
      { alternative: 2, revision: view.revision, digest: view.digest },
    ]);
  });

  test('nobody is asked for remittance where it is not known who paid', () => {
    const content = anApplication({ payment: aPayment({ customer: null }) });
    expect(kinds(proposalCard(aCashProposal({ content })))).not.toContain('ask_remittance');
  });

  test('a text that hides something says so, and what nobody sees is not shown', async () => {
    const payment = aPayment({ payerName: 'AСME\u202e LLC', reference: 'INV\u200b-5501 <b>now</b>' });
    const card = proposalCard(aCashProposal({ content: anApplication({ payment }) }));
    expect(said(card).join(' ')).toMatch(/2 characters of what payer and bank wrote cannot be seen/);
    expect(said(card).join(' ')).toMatch(/mix letters of different alphabets that look alike: AСME/);
    const rendered = JSON.stringify(await renderAdaptive(card));
    expect(rendered).not.toMatch(/[\u202e\u200b]/);
    expect(rendered).toContain('INV-5501 <b>now</b>');
    expect(rendered).not.toContain('"TextBlock"');
  });
});

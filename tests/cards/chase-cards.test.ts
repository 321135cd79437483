import { describe, expect, test } from 'vitest';
import { cardsFor } from '../../src/cards/answer-cards.ts';
import { type Card, card as cardShape } from '../../src/cards/card.ts';
import { renderAdaptive } from '../../src/surfaces/web/render-adaptive.ts';
import {
  acme,
  aDecision,
  aDigest,
  aNotChased,
  anEffect,
  anItem,
  aProposal,
  aReceipt,
  aTask,
  aWorklist,
} from '../support/proposal-builders.ts';
import { hasSchema, schemaProblem, structureProblems } from '../surfaces/web/adaptive-schema.ts';
import { blocks, only, texts, titles } from './card-reader.ts';

const actions = (card: Card) =>
  blocks(card, 'actions').flatMap((block) => block.buttons.map((each) => each.action));

describe('the worklist', () => {
  test('is ranked, with what to do, what it gains and why, and a button for each email', () => {
    const card = only('worklist', aWorklist());
    expect(card.title).toBe('To chase on 2026-11-24: 1 account, 12,000.00 USD in 1');
    expect(titles(card)).toEqual([
      '#',
      'Account',
      'Due now',
      'Days overdue',
      'Expected gain',
      'What to do',
      'Why',
    ]);
    expect(texts(card)[0]).toEqual([
      '1',
      'Acme Logistics',
      '12,000.00 USD',
      '41',
      '1,860.00 USD',
      'Second reminder by email to ap@acme.example',
      '12,000.00 USD is up to 41 days overdue; cash came after 3 of 4 chases',
    ]);
    expect(actions(card)).toEqual([{ kind: 'draft', customerId: 7, currency: 'USD' }]);
  });

  test('opens the draft where one waits, and offers no email for a call', () => {
    const call = anItem({ rank: 2, step: { ...anItem().step, channel: 'call' } });
    const card = only('worklist', aWorklist({ count: 2, items: [anItem({ proposalId: 12 }), call] }));
    expect(actions(card)).toEqual([{ kind: 'show', proposalId: 12 }]);
  });

  test('says on a day off that nothing goes out', () => {
    const card = only('worklist', aWorklist({ dayOff: 'Thanksgiving', items: [], count: 0, totals: [] }));
    expect(blocks(card, 'text')[0]).toMatchObject({
      tone: 'warning',
      text: expect.stringContaining('Thanksgiving'),
    });
  });

  test('what is not chased has its reasons and the day from which it could be', () => {
    const [card] = cardsFor([{ name: 'worklist', input: { notChased: true }, output: aWorklist() }]);
    expect(card!.title).toBe('Not chased on 2026-11-24: 1 account');
    expect(texts(card!)[0]).toEqual([
      'Soylent',
      '5,000.00 USD',
      '12',
      'held: legal is talking to them',
      '2026-12-20',
      '0',
    ]);
  });

  test('"why this account" has reasons, what would change them, invoices, and those left out', () => {
    const [card] = cardsFor([
      { name: 'worklist', input: { customerId: acme.id }, output: aWorklist({ notChased: [] }) },
    ]);
    const said = JSON.stringify(card);
    for (const text of [
      'a promise would take it off',
      '42%',
      'INV-5501',
      'contested: wrong quantity',
      'rep@demo.example',
    ])
      expect(said).toContain(text);
    expect(card).toMatchObject({ customerId: 7 });
    const [no] = cardsFor([
      {
        name: 'worklist',
        input: { customerId: 9 },
        output: aWorklist({ items: [], notChased: [aNotChased()] }),
      },
    ]);
    expect(no!.title).toBe('Why Soylent is not chased on 2026-11-24 (USD)');
  });
});

describe('what is recorded', () => {
  const hold = {
    holdId: 3,
    customer: acme,
    invoice: null,
    reason: 'legal',
    fromOn: '2026-11-24',
    untilOn: '2026-12-19',
  };

  test('a hold says what it stops, why, and when chasing goes on', () => {
    const card = only('set_hold', { ...hold, resumeOn: '2026-12-20' });
    expect(blocks(card, 'facts')[0]!.facts.map((each) => each.value)).toEqual([
      'the whole account',
      'legal',
      '2026-11-24',
      '2026-12-20',
    ]);
  });

  test('lifting names what was lifted and what still holds', () => {
    const card = only('lift_hold', {
      customer: acme,
      liftedOn: '2026-11-24',
      lifted: [hold],
      stillHeld: [{ ...hold, reason: 'audit' }],
    });
    expect(card.title).toBe('1 hold lifted: Acme Logistics');
    expect(blocks(card, 'table').map((block) => block.title)).toEqual(['Lifted', 'Still in force']);
  });

  test('a promise has its amount, day and method, a dispute its invoice, line, reason and who works on it', () => {
    const promise = only('log_promise', {
      promiseId: 1,
      customer: acme,
      invoices: [],
      amount: '40000.00',
      currency: 'USD',
      madeOn: '2026-11-24',
      payOn: '2026-11-28',
      method: 'cheque',
      caution: 'That is more than the 30,000.00 USD they owe in all.',
    });
    expect(promise.title).toBe('Promise logged: Acme Logistics, 40,000.00 USD');
    expect(JSON.stringify(promise)).toContain('more than the 30,000.00 USD they owe');
    const dispute = only('open_dispute', {
      disputeId: 2,
      customer: acme,
      invoice: 'INV-5567',
      lineNumber: 2,
      reason: 'quantity',
      amount: '300.00',
      currency: 'USD',
      owner: 'ops@demo.example',
      openedOn: '2026-11-24',
      dueOn: null,
    });
    expect(blocks(dispute, 'facts')[0]!.facts.map((each) => each.value)).toEqual(
      expect.arrayContaining(['INV-5567', '2', 'Quantity', '300.00 USD', 'ops@demo.example']),
    );
  });
});

describe('drafts, lists and reports', () => {
  test('a draft shows its email and the invoices that stayed out', () => {
    const card = only('draft_email', { proposal: aProposal(), leftOut: anItem().leftOut });
    expect(card.proposal).toMatchObject({ id: 12, state: 'pending' });
    expect(blocks(card, 'email')).toHaveLength(1);
    expect(blocks(card, 'table').map((block) => block.title)).toContain('Left out');
  });

  test('drafts for many come with whom they left out', () => {
    const cards = cardsFor([
      {
        name: 'draft_many',
        input: {},
        output: {
          made: { total: 2, totals: [], proposals: [aProposal(), aProposal({ id: 13 })] },
          notChased: [{ customer: 'Soylent', currency: 'USD', amount: '5000.00', reasons: ['held: legal'] }],
          notChasedCount: 1,
        },
      },
    ]);
    expect(cards.map((card) => card.title)).toEqual(['Drafts made: 2', 'Left out: 1 account']);
  });

  test('the audit trail says whether its chain is whole, and shows what left with who approved it', () => {
    const sent = aProposal({
      state: 'done',
      decisions: [aDecision()],
      effect: anEffect({ state: 'sent', receipt: aReceipt() }),
    });
    const output = {
      total: 1,
      entries: [
        { id: 1, at: '2026-11-24T09:00:00.000Z', actor: 'cora@demo.example', act: 'approve', text: 'no. 12' },
      ],
      sent: [
        {
          proposal: sent,
          approvedBy: ['cora@demo.example'],
          sentAt: '2026-11-24T09:01:01.000Z',
          receipt: aReceipt(),
          promptVersion: 'p1',
        },
      ],
      chainIntact: true,
    };
    const cards = cardsFor([{ name: 'audit_trail', input: {}, output }]);
    expect(cards[0]!.title).toBe(
      'Sent 2026-11-24 09:01 UTC: Overdue notice to Acme Logistics, 12,000.00 USD',
    );
    expect(JSON.stringify(cards[0])).toContain('INV-5502 (4,000.00 USD)');
    expect(blocks(cards[1]!, 'text')[0]!.text).toContain('whole');
    const [, broken] = cardsFor([
      { name: 'audit_trail', input: {}, output: { ...output, chainIntact: false } },
    ]);
    expect(blocks(broken!, 'text')[0]).toMatchObject({ tone: 'warning' });
  });

  test('the digest leaves empty parts out and warns of old data', () => {
    const card = only(
      'digest',
      aDigest({ sources: [{ source: 'csv', syncedAt: '2026-11-20T06:00:00.000Z', stale: true }] }),
    );
    expect(blocks(card, 'table').map((block) => block.title)).toEqual([
      'Biggest payments',
      'Broken promises',
    ]);
    expect(blocks(card, 'text')[0]!.text).toContain('2026-11-20 06:00 UTC');
    expect(actions(card)).toEqual([{ kind: 'show', proposalId: 12 }]);
  });

  test('a task can be stopped while its window lasts, then done', () => {
    const [veto, open, done] = cardsFor([
      {
        name: 'list_tasks',
        input: {},
        output: { tasks: [aTask(), aTask({ id: 6, state: 'open' }), aTask({ id: 7, state: 'done' })] },
      },
    ]);
    expect(actions(veto!)).toEqual([{ kind: 'close_task', taskId: 5, outcome: 'vetoed' }]);
    expect(actions(open!)).toEqual([{ kind: 'close_task', taskId: 6, outcome: 'done' }]);
    expect(actions(done!)).toEqual([]);
  });

  test('a call that failed gives no card', () => {
    for (const name of ['worklist', 'draft_email', 'set_hold', 'audit_trail', 'constructor'])
      expect(cardsFor([{ name, input: {}, output: { error: 'no' } }])).toEqual([]);
  });

  test('every one of these cards follows the structure that hosts read', async () => {
    const cards = cardsFor([
      { name: 'worklist', input: {}, output: aWorklist() },
      { name: 'worklist', input: { customerId: 7 }, output: aWorklist() },
      { name: 'digest', input: {}, output: aDigest() },
      { name: 'list_tasks', input: {}, output: { tasks: [aTask()] } },
    ]);
    for (const each of cards) {
      const rendered = await renderAdaptive(cardShape.parse(each));
      expect(structureProblems(rendered)).toEqual([]);
      if (hasSchema) expect(schemaProblem(rendered)).toBeNull();
    }
  });
});

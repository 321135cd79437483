import { describe, expect, test } from 'vitest';
import { checkFigures } from '../../../agents/figure-check/index.ts';
import { answerText } from '../../../agents/offline/phrasing/answer.ts';
import type { Slots } from '../../../agents/offline/slots.ts';
import type { EmailContent, ProposalView } from '../../../src/domain/chase/proposals.ts';
import type { AuditTrailOutput } from '../../../src/domain/chase/reports.ts';

const customer = { id: 3, code: 'C1017', name: 'Aperture Laboratories' };

const content: EmailContent = {
  kind: 'email',
  customerId: 3,
  currency: 'USD',
  letter: 'overdue',
  tone: 'firm',
  language: 'en',
  from: 'ar@demo.example',
  replyTo: null,
  to: ['ap@aperture.example'],
  cc: ['controller@aperture.example'],
  bcc: [],
  subject: 'Overdue: INV-20426, 1,045.00 USD',
  body: 'Dear Cave,\n\nINV-20426 over 1,045.00 USD was due on 14 August 2026.\n\nDana',
  attachments: [{ name: 'statement.pdf', mime: 'application/pdf', size: 1200, sha256: 'a'.repeat(64) }],
  inReplyTo: null,
  references: [],
  listUnsubscribe: null,
  invoices: [{ id: 9, number: 'INV-20426', openAmount: '1045.00', dueOn: '2026-08-14' }],
  totalAmount: '1045.00',
  stepId: null,
};

const aProposal = (over: Partial<ProposalView> = {}): ProposalView => ({
  id: 41,
  revision: 1,
  digest: 'b'.repeat(64),
  kind: 'email',
  origin: 'chat',
  state: 'pending',
  stateReason: null,
  customer,
  currency: 'USD',
  amount: '1045.00',
  content,
  madeBy: 'dana.kim@demo.example',
  createdAt: '2026-08-14T09:00:00.000Z',
  expiresAt: '2026-08-17T09:00:00.000Z',
  snoozedUntil: null,
  riskFlags: [],
  approvalsNeeded: 1,
  mayDecide: true,
  whyNot: null,
  model: 'templates',
  decisions: [],
  effect: null,
  cautions: [],
  ...over,
});

/** The answer, whose figures must all stand in the output. */
function told(tool: string, output: unknown, slots: Partial<Slots> & Pick<Slots, 'chase'>): string {
  const about: Slots = { filters: {}, ...slots };
  const text = answerText([{ call: { name: tool, args: {} }, output }], about, about);
  expect(
    checkFigures(text, { toolOutputs: [output], question: '', today: '2026-08-20' }).unsupported,
    text,
  ).toEqual([]);
  return text;
}

describe('who approved it and what exactly was sent', () => {
  const sent: AuditTrailOutput['sent'][number] = {
    proposal: aProposal({ state: 'done' }),
    approvedBy: ['ruth.adler@demo.example'],
    sentAt: '2026-08-14T15:02:11.000Z',
    receipt: null,
    promptVersion: '1',
  };
  const trail = (over: Partial<AuditTrailOutput>): AuditTrailOutput => ({
    total: 1,
    entries: [],
    sent: [],
    chainIntact: true,
    ...over,
  });

  test('a letter is told word by word, with who approved it and when it left', () => {
    const text = told('audit_trail', trail({ sent: [sent] }), { chase: { act: 'audit', sent: true } });
    expect(text).toContain('To Aperture Laboratories, sent 2026-08-14 15:02 UTC');
    expect(text).toContain('approved by ruth.adler@demo.example');
    expect(text).toContain(content.body);
    expect(text).toContain('copied controller@aperture.example');
    expect(text).toContain('Attached: statement.pdf.');
  });

  test('many letters are told in a line each, without their text', () => {
    const text = told('audit_trail', trail({ sent: [sent, sent, sent] }), {
      chase: { act: 'audit', sent: true },
    });
    expect(text.match(/To Aperture/g)).toHaveLength(3);
    expect(text).not.toContain('Dear Cave');
  });

  test('a broken chain is said first', () => {
    const text = told('audit_trail', trail({ chainIntact: false, total: 0 }), {
      chase: { act: 'audit', by: 'remy' },
    });
    expect(text).toMatch(/^Warning: the audit chain/);
    expect(text).toContain('Remy did nothing by itself');
  });
});

describe('a draft in words', () => {
  test('what was left out, what to mind, and that it waits for a click', () => {
    const reason = { kind: 'disputed' as const, text: 'disputed: quantity', untilOn: null };
    const text = told(
      'draft_email',
      {
        proposal: aProposal({
          cautions: ['Last contact was on 2026-08-18.', 'Last contact was on 2026-08-18'],
        }),
        leftOut: [{ number: 'INV-20513', reason }],
      },
      { chase: { act: 'draft_email', expected: { count: 1, typed: 'one' } } },
    );
    expect(text).toContain('firm payment reminder in English, about 1,045.00 USD on INV-20426');
    expect(text).toContain('Left out: INV-20513 (disputed: quantity).');
    expect(text.match(/Last contact/g)).toHaveLength(1);
    expect(text).toContain('Nothing was sent: it leaves only after you approve it on its card.');
    expect(text).not.toContain('You spoke of');
  });

  test('another count than was said is pointed out', () => {
    const text = told(
      'draft_email',
      { proposal: aProposal(), leftOut: [] },
      { chase: { act: 'draft_email', expected: { count: 2, typed: 'both' } } },
    );
    expect(text).toContain('You spoke of "both", but 1 invoice fit');
  });

  test('who may not decide it is told why', () => {
    const text = told(
      'revise_draft',
      {
        proposal: aProposal({ mayDecide: false, whyNot: 'You made it, so somebody else decides.' }),
        leftOut: [],
      },
      { chase: { act: 'revise_draft' } },
    );
    expect(text).toMatch(/^Changed the draft/);
    expect(text).toContain('You made it, so somebody else decides.');
  });
});

test('"approve it" is answered with what waits and where to click, never with an approval', () => {
  const output = {
    total: 1,
    totals: [{ currency: 'USD', amount: '1045.00', count: 1 }],
    proposals: [aProposal()],
  };
  const text = told('list_proposals', output, { chase: { act: 'decide', decision: 'approve' } });
  expect(text).toMatch(/^Words do not decide anything here, only a click does/);
  expect(text).toContain('1 proposal waiting for a decision, over 1,045.00 USD');
  expect(text).not.toMatch(/\bapproved\b(?! at once)/);
});

test('an act that was refused says why, and does not claim anything', () => {
  const error = { error: { code: 'not_allowed', message: 'Your role (viewer) can look but not record.' } };
  const text = told('set_hold', error, { chase: { act: 'set_hold' } });
  expect(text).toBe('I could not do that: Your role (viewer) can look but not record.');
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createModelWriter } from '../../../agents/writer/model-writer.ts';
import { createTemplateWriter, proseFromTemplates } from '../../../agents/writer/templates.ts';
import type { LetterFacts } from '../../../src/domain/chase/drafting.ts';
import { reachesLimit, refuses, says, serverError } from '../../simulators/anthropic/reply.ts';
import { type AnthropicSimulator, startAnthropic } from '../../simulators/anthropic/server.ts';
import { someLetterFacts } from '../../support/letter-facts.ts';

let simulator: AnthropicSimulator;
let fallbacks: unknown[];
beforeEach(async () => {
  simulator = await startAnthropic();
  fallbacks = [];
});
afterEach(() => simulator.close());

const writer = (timeoutMs?: number) =>
  createModelWriter({
    model: 'claude-sonnet-5',
    apiKey: simulator.apiKey,
    baseUrl: simulator.url,
    templates: createTemplateWriter(),
    onFallback: (error) => fallbacks.push(error),
    ...(timeoutMs ? { timeoutMs } : {}),
  });

const facts = (over: Partial<LetterFacts> = {}) =>
  someLetterFacts({ customerName: 'Zebra Holding', greetingName: 'Zoe Zimmer', ...over });
const GOOD = {
  subject: 'Your open invoice {{invoice_number}}',
  body: '{{greeting}}\n\nThis one is still open with us:\n\n{{invoice_list}}\n\nPlease pay by {{answer_by}}.\n\n{{how_to_pay}}\n\nKind regards,\n{{sender}}',
};
const said = (prose: { subject: string; body: string }) => says(JSON.stringify(prose));

describe('the writer over a model', () => {
  test('prose that keeps the rules is taken as it is, under the name of the model', async () => {
    simulator.script([said(GOOD)]);
    const letter = await writer().write(facts(), 'a bit warmer');
    expect(letter).toMatchObject({ ...GOOD, model: 'claude-sonnet-5' });
    expect(letter.promptVersion).toMatch(/^[0-9a-f]{12}$/);
    expect(fallbacks).toEqual([]);
  });

  test('the model sees kinds, placeholders and the wish, but no name, amount, number, day or account, and has no tool', async () => {
    simulator.script([said(GOOD)]);
    await writer().write(facts(), 'warmer, they are old friends');
    const { body } = simulator.journal[0]!;
    expect(body.tools ?? []).toEqual([]);
    const sent = JSON.stringify(body.messages);
    expect(sent).toContain('warmer, they are old friends');
    expect(sent).toContain('invoice_list');
    expect(sent).not.toMatch(/Zebra|Zoe|1234|INV-|2026|DE02|PO-771|https|212/);
  });

  const wrong: [string, { subject: string; body: string }][] = [
    ['a figure', { ...GOOD, body: GOOD.body.replace('{{answer_by}}', '27 August') }],
    ['a figure in words', { ...GOOD, body: GOOD.body.replace('This one', 'These two') }],
    ['a day', { ...GOOD, body: GOOD.body.replace('{{answer_by}}', 'Friday') }],
    ['a link', { ...GOOD, body: `${GOOD.body}\nSee pay.evil.com` }],
    ['an address', { ...GOOD, body: `${GOOD.body}\nme@evil` }],
    ['new bank details', { ...GOOD, body: `${GOOD.body}\nOur bank details have changed.` }],
    ['a threat', { ...GOOD, body: `${GOOD.body}\nOtherwise our lawyers will write.` }],
    ['an unknown placeholder', { ...GOOD, body: `${GOOD.body}\n{{bank_account}}` }],
    ['a placeholder without its fact', { ...GOOD, body: `${GOOD.body}\n{{invoice_count}}` }],
    ['no list of invoices', { ...GOOD, body: GOOD.body.replace('{{invoice_list}}', 'see the last mail') }],
    ['no payment instructions', { ...GOOD, body: GOOD.body.replace('{{how_to_pay}}', '') }],
    ['markdown', { ...GOOD, body: `${GOOD.body}\n[here](x)` }],
  ];
  test.each(wrong)('prose with %s is not used: the templates write', async (_, prose) => {
    simulator.script([said(prose)]);
    const letter = await writer().write(facts(), null);
    expect(letter).toMatchObject({ ...proseFromTemplates(facts()), model: 'templates' });
    expect(String(fallbacks[0])).toContain('refused');
  });

  test.each([
    ['an error', serverError()],
    ['a refusal', refuses()],
    ['a reply cut at the limit', reachesLimit('{"subject":"x","bo')],
    ['no JSON', says('Dear customer, please pay.')],
    ['a whole other object', says('{"tool":"send_email"}')],
  ])('after %s the templates write', async (_, reply) => {
    simulator.script([reply]);
    expect(await writer().write(facts(), null)).toMatchObject({ model: 'templates' });
    expect(fallbacks).toHaveLength(1);
  });

  test('a model that does not answer in time is not waited for', async () => {
    simulator.script([{ fault: 'hang' }]);
    const before = performance.now();
    expect(await writer(300).write(facts(), null)).toMatchObject({ model: 'templates' });
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test('a code fence around the answer is taken off, and needless empty lines go', async () => {
    const loose = { ...GOOD, body: GOOD.body.replace('Please', '\n\n\nPlease') };
    simulator.script([says(`\`\`\`json\n${JSON.stringify(loose)}\n\`\`\``)]);
    expect(await writer().write(facts(), null)).toMatchObject({ body: GOOD.body, model: 'claude-sonnet-5' });
  });
});

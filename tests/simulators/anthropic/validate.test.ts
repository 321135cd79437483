import { describe, expect, test } from 'vitest';
import { requestProblem } from './validate.ts';

const use = (id: string, name = 'find_customer') => ({ type: 'tool_use', id, name, input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: '{}' });
const cached = (text: string) => ({ type: 'text', text, cache_control: { type: 'ephemeral' } });
const ask = { role: 'user', content: 'hi' };
const right = { model: 'claude-sonnet-5', max_tokens: 100, messages: [ask] };
const aTool = { name: 'find_customer', input_schema: { type: 'object', properties: {} } };

describe('the simulator refuses what the API refuses', () => {
  test('a right request passes, also with tool turns and several messages of one role', () => {
    expect(requestProblem(right)).toBeNull();
    expect(requestProblem({ ...right, messages: [ask, ask] })).toBeNull();
    const turn = [
      ask,
      { role: 'assistant', content: [use('a'), use('b')] },
      { role: 'user', content: [result('b'), result('a')] },
    ];
    expect(requestProblem({ ...right, tools: [aTool], messages: turn })).toBeNull();
  });

  const wrong: [string, object, RegExp][] = [
    ['no max_tokens', { model: 'claude-sonnet-5', messages: [ask] }, /max_tokens: Field required/],
    ['no messages', { ...right, messages: [] }, /at least one message/],
    ['an unknown field', { ...right, foo: 1 }, /foo: Extra inputs are not permitted/],
    [
      'an assistant message first',
      { ...right, messages: [{ role: 'assistant', content: 'x' }, ask] },
      /first message/,
    ],
    [
      'an assistant message last',
      { ...right, messages: [ask, { role: 'assistant', content: 'x' }] },
      /prefill/,
    ],
    ['an empty message', { ...right, messages: [{ role: 'user', content: '' }] }, /non-empty content/],
    [
      'an empty text',
      { ...right, messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] },
      /text content blocks must be non-empty/,
    ],
    [
      'a call without result',
      { ...right, messages: [ask, { role: 'assistant', content: [use('a')] }, ask] },
      /without `tool_result` blocks immediately after: a/,
    ],
    [
      'a result without call',
      { ...right, messages: [{ role: 'user', content: [result('z')] }] },
      /unexpected `tool_use_id`.*z/,
    ],
    [
      'a result after text',
      {
        ...right,
        messages: [
          ask,
          { role: 'assistant', content: [use('a')] },
          { role: 'user', content: [{ type: 'text', text: 'so' }, result('a')] },
        ],
      },
      /immediately after/,
    ],
    [
      'a call id twice',
      {
        ...right,
        messages: [
          ask,
          { role: 'assistant', content: [use('a')] },
          { role: 'user', content: [result('a')] },
          { role: 'assistant', content: [use('a')] },
          { role: 'user', content: [result('a')] },
        ],
      },
      /ids must be unique/,
    ],
    [
      'a bad tool name in a call',
      {
        ...right,
        messages: [
          ask,
          { role: 'assistant', content: [use('a', 'no spaces')] },
          { role: 'user', content: [result('a')] },
        ],
      },
      /should match pattern/,
    ],
    ['a bad tool name', { ...right, tools: [{ ...aTool, name: 'a.b' }] }, /should match pattern/],
    ['a tool twice', { ...right, tools: [aTool, aTool] }, /must be unique/],
    [
      'a choice at the top of a schema',
      { ...right, tools: [{ ...aTool, input_schema: { type: 'object', anyOf: [] } }] },
      /oneOf, allOf, or anyOf/,
    ],
    [
      'five cache marks',
      {
        ...right,
        cache_control: { type: 'ephemeral' },
        system: [cached('a'), cached('b'), cached('c'), cached('d')],
      },
      /maximum of 4.*Found 5/,
    ],
    ['a temperature the model does not take', { ...right, temperature: 0 }, /temperature.*deprecated/],
    [
      'thinking that cannot be turned off',
      { ...right, model: 'claude-sonnet-5-5', thinking: { type: 'disabled' } },
      /not supported for this model/,
    ],
    [
      'an effort the model does not know',
      { ...right, model: 'claude-haiku-4-5', output_config: { effort: 'low' } },
      /effort/,
    ],
    [
      'a thinking block without signature',
      {
        ...right,
        messages: [ask, { role: 'assistant', content: [{ type: 'thinking', thinking: '' }] }, ask],
      },
      /signature: Field required/,
    ],
  ];
  test.each(wrong)('%s', (_, body, words) => {
    expect(requestProblem(body)).toMatch(words);
  });
});

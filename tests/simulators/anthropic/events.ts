/** A message as JSON and as the API's server-sent events, in the API's order. */
import type { Usage } from './cache.ts';
import { tokensOf } from './cache.ts';
import type { Answer, ReplyBlock } from './reply.ts';

const PIECE = 24;

const piecesOf = (text: string, size = PIECE): string[] => {
  // long texts in bigger pieces, so that ten megabytes are not half a million events
  const step = Math.max(size, Math.ceil(text.length / 2000));
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += step) pieces.push(text.slice(at, at + step));
  return pieces;
};

const jsonOf = (block: Extract<ReplyBlock, { type: 'tool_use' }>): string =>
  block.json ?? JSON.stringify(block.input ?? {});

/** The answer's length in tokens, as the usage reports it. */
export const outputTokens = (answer: Answer): number =>
  tokensOf(
    answer.content
      .map((block) =>
        block.type === 'text' ? block.text : block.type === 'thinking' ? block.thinking : jsonOf(block),
      )
      .join(''),
  );

type Message = { id: string; model: string; usage: Usage };

const usageOf = ({ usage }: Message, output: number) => ({
  ...usage,
  cache_creation: {
    ephemeral_5m_input_tokens: usage.cache_creation_input_tokens,
    ephemeral_1h_input_tokens: 0,
  },
  output_tokens: output,
  service_tier: 'standard',
});

const stopDetails = (answer: Answer) =>
  answer.stopReason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null;

export const asJson = (answer: Answer, message: Message, ids: string[]): object => {
  let used = 0;
  return {
    id: message.id,
    type: 'message',
    role: 'assistant',
    model: message.model,
    content: answer.content.map((block) =>
      block.type === 'tool_use'
        ? { type: 'tool_use', id: block.id ?? ids[used++], name: block.name, input: block.input ?? {} }
        : block,
    ),
    stop_reason: answer.stopReason,
    stop_sequence: null,
    stop_details: stopDetails(answer),
    usage: usageOf(message, outputTokens(answer)),
  };
};

const event = (type: string, data: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

function blockEvents(block: ReplyBlock, index: number, id: string): string[] {
  const start = (content: object) => event('content_block_start', { index, content_block: content });
  const delta = (content: object) => event('content_block_delta', { index, delta: content });
  const stop = event('content_block_stop', { index });
  if (block.type === 'text')
    return [
      start({ type: 'text', text: '' }),
      ...piecesOf(block.text).map((text) => delta({ type: 'text_delta', text })),
      stop,
    ];
  if (block.type === 'thinking')
    return [
      start({ type: 'thinking', thinking: '', signature: '' }),
      ...piecesOf(block.thinking).map((thinking) => delta({ type: 'thinking_delta', thinking })),
      delta({ type: 'signature_delta', signature: block.signature }),
      stop,
    ];
  return [
    start({ type: 'tool_use', id, name: block.name, input: {} }),
    delta({ type: 'input_json_delta', partial_json: '' }),
    ...piecesOf(jsonOf(block), 7).map((json) => delta({ type: 'input_json_delta', partial_json: json })),
    stop,
  ];
}

export function asEvents(answer: Answer, message: Message, ids: string[]): string[] {
  let used = 0;
  const blocks = answer.content.flatMap((block, index) =>
    blockEvents(block, index, block.type === 'tool_use' ? (block.id ?? ids[used++]!) : ''),
  );
  return [
    event('message_start', {
      message: {
        id: message.id,
        type: 'message',
        role: 'assistant',
        model: message.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        usage: usageOf(message, 1),
      },
    }),
    event('ping', {}),
    ...blocks,
    event('message_delta', {
      delta: { stop_reason: answer.stopReason, stop_sequence: null, stop_details: stopDetails(answer) },
      usage: { output_tokens: outputTokens(answer) },
    }),
    event('message_stop', {}),
  ];
}

export const errorEvent = (type: string): string =>
  event('error', {
    error: { type, message: type === 'overloaded_error' ? 'Overloaded' : 'Internal server error' },
  });

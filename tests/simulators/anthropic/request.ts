/** The request of the Messages API as the simulator keeps it in its journal. */
import { z } from 'zod';

export const cacheControl = z.object({
  type: z.literal('ephemeral'),
  ttl: z.enum(['5m', '1h']).optional(),
});

const block = z.looseObject({ type: z.string(), cache_control: cacheControl.nullish() });
export type RequestBlock = z.infer<typeof block> & {
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: unknown;
  thinking?: string;
  signature?: string;
};

export const messagesRequest = z.object({
  model: z.string(),
  max_tokens: z.int().positive(),
  messages: z.array(
    z.object({ role: z.enum(['user', 'assistant']), content: z.union([z.string(), z.array(block)]) }),
  ),
  system: z.union([z.string(), z.array(block)]).optional(),
  stream: z.boolean().optional(),
  tools: z
    .array(
      z.looseObject({
        name: z.string(),
        description: z.string().optional(),
        input_schema: z.looseObject({ type: z.literal('object') }),
        cache_control: cacheControl.nullish(),
      }),
    )
    .optional(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']) }).optional(),
  cache_control: cacheControl.nullish(),
  temperature: z.number().min(0).max(1).optional(),
  top_k: z.int().optional(),
  top_p: z.number().optional(),
  stop_sequences: z.array(z.string()).optional(),
  thinking: z.looseObject({ type: z.string() }).optional(),
  output_config: z
    .looseObject({ effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional() })
    .optional(),
  metadata: z.looseObject({}).optional(),
  service_tier: z.string().optional(),
});
export type MessagesRequest = z.infer<typeof messagesRequest>;

/** The fields the API knows; anything else is refused. */
export const knownFields = new Set([...Object.keys(messagesRequest.shape), 'container', 'inference_geo']);

export const blocksOf = (content: string | { type: string }[]): RequestBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : (content as RequestBlock[]);
